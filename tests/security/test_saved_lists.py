"""A list of saved papers that somebody else made: what the reader's browser makes files of it."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from markdown import Markdown

from tests.digests import ROOT

PROGRAM = """
globalThis.fetch = () => Promise.reject(new Error("no network"));
globalThis.ngettext = (one, more, count) => more;
const { mendSaved } = await import("./shelf.js");
const { markdown, references } = await import("./shelf-export.js");
const papers = Object.entries(mendSaved(JSON.parse(process.argv[1])));
const address = (id) => `/papers/${id}/`;
const made = { md: markdown(papers, address) };
for (const form of ["bib", "ris"]) made[form] = await references(form, papers, address, () => {});
console.log(JSON.stringify(made));
"""
HOSTILE = {
    "title": "A\n\n<img src=x onerror=ran(1)> [y](javascript:ran(2)) `c` &lt;b&gt; }, url = {z",
    "date": "2025-08-07",
    "labels": ["one\nER  - \nTY  - JOUR", "<b onclick=ran(3)>", "}, url = {z"],
    "note": "said\nER  - \nTY  - JOUR }, file = {x",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that the theme's script makes."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("this needs node")
    folder = tmp_path_factory.mktemp("scripts")
    for path in (ROOT / "theme/static/js").glob("*.js"):
        shutil.copy(path, folder / path.name)
    (folder / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        [node, "--input-type=module", "-e", PROGRAM, json.dumps({"a-paper": HOSTILE})],
        cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_markdown_has_one_link_and_no_element(made: dict[str, str]) -> None:
    title = made["md"].split("\n", 1)[0]
    html = Markdown().convert(title)
    assert html.count("<a ") == 1
    assert 'href="/papers/a-paper/"' in html
    assert "<img" not in html
    assert "&amp;lt;b&amp;gt;" in html
    assert "<b " not in Markdown().convert(made["md"].split("said")[0])


def test_ris_has_one_record_whose_fields_are_ours(made: dict[str, str]) -> None:
    rows = [row for row in made["ris"].split("\n") if row]
    assert [row[:2] for row in rows] == ["TY", "TI", "PY", "DA", "UR", "KW", "KW", "KW", "N1", "ER"]


def test_bibtex_has_one_entry_whose_fields_are_ours(made: dict[str, str]) -> None:
    lines = [line.partition(" = ")[0].strip() for line in made["bib"].split("\n") if " = {" in line]
    assert lines == ["title", "year", "url", "keywords", "annote"]
    assert made["bib"].count("{") == made["bib"].count("}") == 6
