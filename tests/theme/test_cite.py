"""The citations that a page's script makes: RIS as the twins have it, CSL-JSON, and words."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from broadsheet import citing
from broadsheet.citing import Reference
from broadsheet.papers import Paper

LISTED = date(2031, 3, 5)
PAPERS = (
    Paper(
        id="3103.00001",
        title="A LoRA study of $\\varepsilon$-decay & 3D: 50% <b>better</b>",
        arxiv="3103.00001",
        categories=("cs.LG",),
        authors=("Ada Lovelace", "Ludwig van Beethoven", "The Example Team", "Zoë Müller", "Ñu Ø."),
    ),
    Paper(id="a", title="No authors"),
    Paper(id="b", title="One name", authors=("Plato",), doi="10.1000/x(y)"),
    Paper(id="c", title="A\nfolded title", authors=("Martin King, Jr.", "Lovelace, Ada B. C."),
          published="2030-02-03", url="https://example.org/c"),
    Paper(id="d", title="And", authors=("Ada And", "Lab for Tides and Clocks", "Tides and Co"),
          author_count=9),
    Paper(id="f", title="Of a year", published="2019"),
    Paper(id="g", title="Of a month", published="2019-05"),
    Paper(id="e", title="Braces", authors=("Ada {and} Müller", "A } and { B", "Šára Ł. Čapek")),
)  # fmt: skip

MAKE = """async ([module, papers]) => {
  const { start } = await import(module);
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    element.append(...children);
    return element;
  };
  return papers.map(({ id, meta, bibtex }) => {
    for (const old of document.querySelectorAll("[name^=citation]")) old.remove();
    for (const [name, content] of meta) {
      const tag = make("meta", {});
      Object.assign(tag, { name, content });
      document.head.append(tag);
    }
    const details = make("details", {}, make("summary", {}, "BibTeX"), make("pre", {}, bibtex));
    const cite = make("section", {}, details);
    cite.className = "cite";
    const paper = make("article", {}, cite);
    paper.className = "paper";
    paper.dataset.paper = id;
    document.body.replaceChildren(paper);
    start({ make });
    return [...cite.querySelectorAll("pre")].slice(1).map((one) => one.textContent);
  });
}"""


def made(page: Page, address: str, references: Sequence[Reference]) -> list[list[str]]:
    """RIS, CSL-JSON and words for references, as the script makes them."""
    page.goto(f"{address}papers/bare/")
    papers = [
        {"id": one.id, "meta": citing.highwire(one), "bibtex": citing.bibtex([one]).rstrip()}
        for one in references
    ]
    found: list[list[str]] = page.evaluate(MAKE, [f"{address}theme/js/cite.js", papers])
    return found


def agree(one: Reference, ris: str, csl: str, text: str) -> None:
    """Fails unless all say what the reference says."""
    expected = citing.ris([one]).replace(";", ",")
    assert ris.replace("\n", "\r\n").replace(";", ",") + "\r\n" == expected
    assert one.plain_title.rstrip(".") in text
    assert text.endswith(one.url or f" {one.year}.")
    (item,) = json.loads(csl)
    assert item["id"] == one.id
    assert item["issued"] == {"date-parts": [list(one.date)]}
    assert item.get("number") == (f"arXiv:{one.arxiv}" if one.arxiv else None)
    assert (item.get("DOI"), item.get("URL", "")) == (one.doi, one.url)
    for person, name in zip(item["author"], one.authors, strict=True):
        if name.given:
            assert (person["family"], person["given"], person.get("suffix", "")) == (
                name.family.replace(";", ","), name.given.replace(";", ","), name.suffix,
            )  # fmt: skip
        else:
            assert person == {"literal": name.family.replace(";", ",")}


def test_all_say_what_the_reference_says(page: Page, address: str) -> None:
    references = [citing.reference(paper, LISTED) for paper in PAPERS]
    for one, texts in zip(references, made(page, address, references), strict=True):
        agree(one, *texts)


def test_words_read_like_a_bibliography(page: Page, address: str) -> None:
    references = [citing.reference(paper, LISTED) for paper in PAPERS]
    texts = [text for _, _, text in made(page, address, references)]
    assert texts[0] == (
        "Ada Lovelace, Ludwig van Beethoven, The Example Team, Zoë Müller and Ñu Ø. A LoRA study "
        "of ε-decay & 3D: 50% better. arXiv:3103.00001, 2031. "
        "https://arxiv.org/abs/3103.00001"
    )
    assert texts[1] == "No authors. 2031."
    assert texts[2] == ("Plato. One name. doi:10.1000/x(y), 2031. https://doi.org/10.1000/x%28y%29")
    assert texts[4] == "Ada And et al. And. 2031."


@pytest.mark.soak
def test_all_of_real_papers(page: Page, address: str) -> None:
    file = Path(os.environ.get("BROADSHEET_DATA", "")) / "papers.jsonl.xz"
    if not file.is_file():
        pytest.skip("BROADSHEET_DATA names no folder with papers.jsonl.xz")
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(4000), strict=False)]
    references = [
        citing.reference(
            Paper(
                id=row["id"],
                title=row["title"],
                authors=tuple(row.get("authors") or ()),
                arxiv=row["id"],
            ),
            LISTED,
        )
        for row in rows
    ]
    for one, texts in zip(references, made(page, address, references), strict=True):
        agree(one, *texts)
