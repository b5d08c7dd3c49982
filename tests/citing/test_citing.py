"""References in each format, read back by other programs where there are any."""

from __future__ import annotations

import json
import re
from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import citing, tex
from broadsheet.citing import latex
from broadsheet.citing.names import PersonName, name
from broadsheet.papers import Paper
from broadsheet.tex.accents import letters

LISTED = date(2025, 8, 7)
PAPER = Paper(
    id="2508.00001",
    title="A LoRA study of $\\varepsilon$-decay & 3D: 50% better",
    arxiv="2508.00001",
    categories=("cs.LG",),
    authors=("Ada Lovelace", "Ludwig van Beethoven", "The Example Team", "Zoë Müller"),
)


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Lovelace, Ada", "Lovelace", "Ada"),
        ("Plato", "Plato", ""),
        ("The Example Team", "The Example Team", ""),
        ("李明", "李明", ""),
        ("Jo  Q.  Public", "Public", "Jo Q."),
    ],
)
def test_family_names_stand_apart(text: str, family: str, given: str) -> None:
    assert (name(text).family, name(text).given) == (family, given)


def test_a_suffix_is_no_family_name() -> None:
    assert name("Martin King Jr.") == PersonName("King", "Martin", "Jr.")
    assert name("Martin King, Jr.") == PersonName("King", "Martin", "Jr.")
    assert name("Martin King Jr.").natural == "Martin King Jr."


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (Paper(id="a", title="A", published="2024-02-03T10:00:00Z"), (2024, 2, 3)),
        (Paper(id="a", title="A", published="2019"), (2019,)),
        (Paper(id="a", title="A", published="2019-05"), (2019, 5)),
        (Paper(id="a", title="A", published="soon"), (2025, 8, 7)),
        (Paper(id="a", title="A", arxiv="2401.16164"), (2024, 1)),
        (Paper(id="a", title="A", arxiv="math/9901001"), (1999, 1)),
        (Paper(id="a", title="A"), (2025, 8, 7)),
    ],
)
def test_the_date_is_as_exact_as_is_known(paper: Paper, expected: tuple[int, ...]) -> None:
    assert citing.reference(paper, LISTED).date == expected


def test_bibtex_as_arxiv_writes_it() -> None:
    made = citing.bibtex([citing.reference(PAPER, LISTED)])
    assert made == (
        "@misc{lovelace2025lora,\n"
        "  title = {A {LoRA} study of {$\\varepsilon$}-decay \\& {3D}: 50\\% better},\n"
        "  author = {Lovelace, Ada and van Beethoven, Ludwig and {The Example Team} and "
        'M{\\"u}ller, Zo{\\"e}},\n'
        "  year = {2025},\n"
        "  eprint = {2508.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.LG},\n"
        "  url = {https://arxiv.org/abs/2508.00001}\n"
        "}\n"
    )


def test_keys_of_one_file_differ() -> None:
    one = citing.reference(PAPER, LISTED)
    assert re.findall(r"@misc\{(\w+)", citing.bibtex([one] * 28))[::9] == [
        "lovelace2025lora",
        "lovelace2025loraj",
        "lovelace2025loras",
        "lovelace2025loraab",
    ]


def test_authors_that_no_listing_named_are_others() -> None:
    paper = Paper(id="a", title="A", authors=("Ada Lovelace",), author_count=3)
    one = citing.reference(paper, LISTED)
    assert "author = {Lovelace, Ada and others}" in citing.bibtex([one])


TITLES = st.text(
    st.sampled_from(list("aB3 $\\{}&%#_~^\"'éßøł李ε–“”[]*`x")) | st.characters(codec="utf-8"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(tex.plain(text).strip()))


@given(TITLES, st.lists(TITLES, max_size=3))
def test_no_text_breaks_bibtex_or_ris(title: str, authors: list[str]) -> None:
    paper = Paper(id="a", title=" ".join(title.split()) or "A", authors=tuple(authors))
    one = citing.reference(paper, LISTED)
    made = citing.bibtex([one, one])
    depth = 0
    for brace in re.findall(r"[{}]", made):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    parser = bibtexparser.bparser.BibTexParser(common_strings=True)
    assert len(bibtexparser.loads(made, parser).entries) == 2
    lines = citing.ris([one]).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


@given(st.text(st.sampled_from("aeinosuyzcAÉéèêëñöőůøæœßłŁşżčçÿ '-")))
def test_accents_come_back_from_latex(text: str) -> None:
    assert letters(latex.escaped(text)).replace("{", "").replace("}", "") == text


def test_ris_reads_back() -> None:
    (entry,) = rispy.loads(citing.ris([citing.reference(PAPER, LISTED)]))
    assert entry["authors"][:2] == ["Lovelace, Ada", "van Beethoven, Ludwig"]
    assert entry["title"] == "A LoRA study of ε-decay & 3D: 50% better"
    assert entry["year"] == "2025"


def test_zotero_reads_one_author_a_tag() -> None:
    """Its rule: a value is cut at semicolons, and at commas with a space in the text before and
    after."""
    paper = Paper(id="a", title="A", authors=("van der Berg, Jan Willem", "A; B", "Jo Bo, Jr."))
    tags = citing.highwire(citing.reference(paper, LISTED))
    values = [value for tag, value in tags if tag == "citation_author"]
    for value in values:
        assert ";" not in value
        before, _, after = value.partition(",")
        assert not (" " in before.strip() and " " in after.strip())
    assert values[0] == "Jan Willem van der Berg"


def test_json_ld_ends_no_script() -> None:
    paper = Paper(id="a", title="</script><script>alert(1)</script> & <!--")
    made = citing.json_ld(citing.reference(paper, LISTED), "https://digest.example/papers/a/")
    assert "<" not in made
    assert json.loads(made)["headline"] == citing.reference(paper, LISTED).plain_title


def test_an_identifier_is_known_by_its_form() -> None:
    doi = citing.reference(Paper(id="a", title="A", doi="10.1000/x(y)"), LISTED)
    assert ("DC.identifier", "10.1000/x(y)") in citing.dublin_core(doi)
    assert ("citation_doi", "10.1000/x(y)") in citing.highwire(doi)
    assert doi.url == "https://doi.org/10.1000/x%28y%29"


def test_a_paper_of_a_year_is_cited_with_it_everywhere() -> None:
    paper = citing.reference(Paper(id="a", title="Kites", published="2019"), LISTED)
    assert "  year = {2019}" in citing.bibtex([paper])
    assert "PY  - 2019\r\nDA  - 2019\r\n" in citing.ris([paper])
    assert ("citation_publication_date", "2019") in citing.highwire(paper)
    assert ("DC.date", "2019") in citing.dublin_core(paper)
    assert json.loads(citing.json_ld(paper, ""))["datePublished"] == "2019"
