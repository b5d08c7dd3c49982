"""BibTeX and RIS."""

from __future__ import annotations

import tracemalloc

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from . import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="refs")


def error(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


def test_bibtex() -> None:
    listing = read(samples.BIBTEX)
    assert listing.format == "bibtex"
    first, second = listing.entries
    assert first.title == "Steering Kites by the Pull on Their $k$-Line"
    assert first.abstract == samples.ABSTRACTS[0]
    assert (first.arxiv, first.categories) == ("2501.00001", ("cs.RO",))
    assert first.authors == ("Ada Kite", "José Line")
    assert (first.keywords, first.published, first.line) == (("kites", "wind"), "2025-01-02", 4)
    assert first.tex
    assert second.authors == ("Cy Crumb Jr.",)
    assert (second.doi, second.url) == ("10.1000/bread.1", "https://bread.example/paper")
    assert second.line == 14


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  author = {Kite", "  author = {{Kite", 4),
        ("journal = meadow", "journal = nowhere", 4),
        ("@misc{crumb2025, title =", "@misc{crumb2025 title", 14),
        ('"}}\n', "", 14),
    ],
)
def test_no_broken_bibtex_record_is_passed_over(old: str, new: str, line: int) -> None:
    text = samples.BIBTEX.replace(old, new)
    if text == samples.BIBTEX:
        text = samples.BIBTEX.rstrip()[:-2]
    if line == 14:  # the last
        message = error(text)
    else:
        listing = read(text)
        assert [entry.title for entry in listing.entries] == [samples.TITLES[1]]
        message = f"refs:{listing.notices[0].removeprefix('line ')}"
        assert message.endswith("left out")
    assert message.startswith(f"refs:{line}: the BibTeX record")
    assert "broken or cut off" in message


def test_braces_nested_without_end_are_an_error() -> None:
    assert "nests 3000 braces" in error("@misc{x, title=" + "{" * 2999 + "}" * 3000)


def test_strings_that_double_each_other_are_bounded() -> None:
    doubling = '@string{s0 = "0123456789"}\n' + "".join(
        f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(28)
    )
    record = "@misc{big, title = s28 # S28}\n@misc{bread, title = {Bread}}\n"
    tracemalloc.start()
    listing = read(doubling + record)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [entry.title for entry in listing.entries] == ["Bread"]
    assert any("line 30: " in one and "strings put in" in one for one in listing.notices)
    assert peak < 50_000_000


def test_strings_of_usual_length_are_put_in() -> None:
    text = '@string{k = "Kites"}\n@string{all = k # " and " # k}\n@misc{x, title = all # { Again}}'
    assert read(text).entries[0].title == "Kites and Kites Again"


def test_bibtex_without_papers_is_an_error() -> None:
    assert "holds no papers" in error('@string{a = "b"}\n')


def test_arxiv_ids_in_a_bibtex_journal_or_doi() -> None:
    for field in (
        "journal={arXiv preprint arXiv:2501.00009}",
        "doi={10.48550/arXiv.2501.00009}",
        "url={https://arxiv.org/pdf/2501.00009v3}",
    ):
        entry = read(f"@article{{x, title={{Kites}}, {field}}}").entries[0]
        assert (entry.arxiv, entry.doi) == ("2501.00009", None)


def test_ris() -> None:
    listing = read(samples.RIS)
    assert listing.format == "ris"
    first, second = listing.entries
    assert (first.title, first.abstract) == (samples.TITLES[0], samples.ABSTRACTS[0])
    assert (first.arxiv, first.version, first.doi) == ("2501.00001", 1, None)
    assert first.authors == ("Ada Kite", "Bo Line")
    assert (first.keywords, first.published) == (("kites", "wind"), "2025-01-02")
    assert (second.title, second.abstract) == (samples.TITLES[1], samples.ABSTRACTS[1])
    assert (second.doi, second.url) == ("10.1000/bread.1", "https://bread.example/paper")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (samples.RIS.rstrip()[:-6], "the record that starts here is cut off"),
        (samples.RIS.replace("ER  - ", "", 1), "refs:1: the record that starts here is cut off"),
        (samples.RIS.replace("TY  - CPAPER\n", ""), "between records"),
        (
            samples.RIS.replace("TI  - ", "XX  - ").replace("T1  - ", "XX  - "),
            "refs:1: the record has no title",
        ),
    ],
)
def test_no_broken_ris_record_is_passed_over(text: str, found: str) -> None:
    assert found in error(text)
