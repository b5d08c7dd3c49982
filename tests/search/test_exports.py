"""The search page's BibTeX and RIS of a paper are those that the site writes."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broadsheet import citing
from broadsheet.papers import Paper
from broadsheet.search.index.cards import AUTHORS_SHOWN

from .test_exact import SCRIPTS

AUTHORS = (
    "Ada Lovelace", "Petar Veličković", "Ludwig van Beethoven", "Sammy Davis Jr.",
    "The Example Team",
    "Lovelace, Ada", "King, Jr.", "Madonna", "Łukasz Müller-Ångström", "李 明", "A and B",
    "Æ Ø_Test", "Marie de la Cruz III", "İ Ḩ Ǖ", "Søren & Co, Ltd., Inc",
)  # fmt: skip
MARKS = "\u0315\u0300\u05ae" * 300  # upon one letter, in another order than a normal form's
TITLES = (
    "GPT-4 and LoRA: a 3D survey of X", "The  naïve “quoted” — 100% of $5 & #1_a^b~c", "On the of",
    "Über Zürich’s ß in ΔX", "数据 and Straße", "{braces} \\ back", "A plan B",
    f"A mark{MARKS} in {MARKS}",
)  # fmt: skip
PAPERS = [
    Paper(
        id=f"paper-{n}", title=title, abstract="", authors=AUTHORS[n : n + n % 4],
        arxiv=("2412.15115", "math/0601001", None, None)[n % 4],
        doi=("10.1000/a(b)%{c}", None)[n % 2] if n % 4 > 1 else None,
        author_count=n % 4 + n % 3 if n % 4 else None,
    )
    for n, title in enumerate(TITLES * 2)
]  # fmt: skip
ASK = """
import { readFileSync } from "node:fs";
const [folder] = process.argv.slice(2);
let longest = 0;
const { normalize } = String.prototype;
String.prototype.normalize = function (form) {
  longest = Math.max(longest, this.length);
  return normalize.call(this, form);
};
const { bibtex, referenceOf } = await import(`${folder}/search-bibtex.js`);
const { ris } = await import(`${folder}/citing.js`);
const cards = JSON.parse(readFileSync(0, "utf8"));
const references = cards.map((card) => referenceOf(card, new URL("https://x.example/")));
const entries = references.map((one) => `${ris(one, "\\r\\n")}\\r\\n`);
const { textOf } = await import(`${folder}/search-export.js`);
const many = { ...cards[0], authors: ["Ada Lovelace"], authorCount: 3 };
const named = { authors: [["Lovelace", "Ada"], ["Noether", "Emmy"], ["Team"]], more: false };
const read = [];
const whole = async (url) => (read.push(url.pathname), named);
const made = [];
for (const form of ["bib", "ris", "json"]) made.push(await textOf(form, [cards[3], many], whole));
made.push(await textOf("bib", [many], async () => { throw new Error("no network"); }));
console.log(JSON.stringify([bibtex(references), entries.join(""), made, read, longest]));
"""


def test_results_are_taken_away_as_the_site_cites_them(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("this needs node")
    day = date(2025, 8, 7)
    cards = [
        {
            "url": f"papers/{one.id}/", "title": one.title, "date": day.isoformat(),
            "authors": one.authors[:AUTHORS_SHOWN],
            "authorCount": max(len(one.authors), one.author_count or 0),
            "identifiers": [f"{kind}:{value}" for kind, value in
                            (("arxiv", one.arxiv), ("doi", one.doi)) if value],
        }
        for one in PAPERS
    ]  # fmt: skip
    script = tmp_path / "ask.mjs"
    script.write_text(ASK)
    for name in ("search-bibtex.js", "citing.js", "search-export.js"):
        shutil.copy(SCRIPTS / name, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        ["node", script, tmp_path],
        input=json.dumps(cards),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    bibtex, ris, made, read, longest = json.loads(done.stdout)
    cited = [
        citing.reference(plain(one), day, f"https://x.example/papers/{one.id}/") for one in PAPERS
    ]
    assert bibtex.split("\n") == citing.bibtex(cited).split("\n")
    assert longest < 500, "a row of marks was sorted at once"
    assert ris.split("\r\n") == citing.ris(cited).split("\r\n")
    # A card has the first authors alone: the paper's page has all.
    assert "author = {Lovelace, Ada and Noether, Emmy and {Team}}" in made[0]
    assert "AU  - Lovelace, Ada\r\nAU  - Noether, Emmy\r\nAU  - Team\r\n" in made[1]
    assert [one["family"] for one in json.loads(made[2])[1]["author"][:2]] == [
        "Lovelace", "Noether"]  # fmt: skip
    assert "author = {Lovelace, Ada and others}" in made[3]
    assert [path.rpartition("/papers/")[2] for path in read] == ["paper-0/"] * 3


def plain(paper: Paper) -> Paper:
    """A paper whose title, as Markdown, is the text that the card has."""
    escaped = paper.title.replace("\\", "\\\\")
    for sign in "$_*":
        escaped = escaped.replace(sign, "\\" + sign)
    return replace(paper, title=escaped)
