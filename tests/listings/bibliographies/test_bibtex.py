"""BibTeX and biblatex."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.bibliographies import bibtex
from tests.growth import assert_quick

from .. import samples
from ..samples import outcome


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
    assert "nests more than 40 braces" in error("@misc{x, title=" + "{" * 2999 + "}" * 3000)


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
    assert any("strings put in" in one for one in listing.notices)
    assert any("line 30: " in one and "no title" in one for one in listing.notices)
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


def entry(fields: str) -> object:
    (found,) = read(f"@article{{x, title = {{Kites}}, {fields}}}").entries
    return found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{Do kites need wind?}}", "Do kites need wind?"),
        ("{The {BERT} of {Kites (and lines)}}", "The BERT of Kites (and lines)"),
        ('"{Kites at $\\sqrt{s}=13$ TeV}"', r"Kites at $\sqrt{s}=13$ TeV"),
        (r"{{{a$\cdot$b}} Methods}", r"a$\cdot$b Methods"),
        (r"{{Zn\textsubscript{x}Cd} wires of 5\,\textmu m}", "Zn$_x$Cd wires of 5 µm"),
        (r"{A companion for {\TeX}nicians}", "A companion for TeXnicians"),
        (r"{L{\'e}vy kites~-- a {\L}{\'o}d{\'z} \emph{view}}", "Lévy kites – a Łódź view"),
        (r"{Kites \& lines: 5\% of \$3}", "Kites & lines: 5% of $3"),
        (r"{Kites\textendash{}reels \mykite{x}}", "Kites–reels x"),
        ("kite # { and } # reel", "KITE and REEL"),
    ],
)
def test_titles_show_neither_braces_nor_commands(written: str, shown: str) -> None:
    text = f'@string{{kite = {{KITE}}}} @string(reel = "REEL")\n@misc{{x, title = {written}}}\n'
    (found,) = read(text).entries
    assert found.title == shown


def test_an_undefined_abbreviation_costs_its_field_only() -> None:
    listing = read("@article{a, title={Kites}, journal=IEEE_J_K, author=nobody, month=sep}\n")
    (found,) = listing.entries
    assert (found.title, found.authors) == ("Kites", ())
    assert 'line 1: author: the abbreviation "nobody" is not defined; left empty' in listing.notices


def test_a_missing_key_or_comma_or_an_empty_field_costs_nothing() -> None:
    text = (
        "@article{,\n title={Kites},\n}\n"
        "@article{author={Jane Doe}, title={Lines}}\n"
        "@article{c, title={Reels} author={Rick Roe}, note=, year=2019}\n"
        "@comment{jabref-meta: x} @misc{d, title={Tails}} @misc{e, title={Bows}}\n"
    )
    listing = read(text)
    assert [one.title for one in listing.entries] == ["Kites", "Lines", "Reels", "Tails", "Bows"]
    assert listing.entries[2].authors == ("Rick Roe",)


def test_a_record_without_a_title_is_named_and_left_out() -> None:
    listing = read("@misc{a, title={Kites}}\n@misc{b,\n}\n@book{c, booktitle={Proc.}}\n")
    assert [one.title for one in listing.entries] == ["Kites"]
    assert listing.notices == (
        'line 2: the record "b" has no title; expected one; left out',
        'line 4: the record "c" has no title; expected one; left out',
    )


def test_identifiers_and_addresses_come_without_escapes() -> None:
    found = read(
        r"@article{x, title={Kites}, doi={10.1000/a{\_}b\%3C}, url={\url{https://x.example/a\_b\#c}}}"
    ).entries[0]
    assert (found.doi, found.url) == ("10.1000/a_b%3C", "https://x.example/a_b#c")


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint={2501.00009v2}, archivePrefix={arXiv}", "2501.00009"),
        ("eprint={2501.00009}, eprinttype={arxiv}", "2501.00009"),
        ("eprint={2501.00009}, archivePrefix={other}", None),
        ("journal={CoRR}, volume={abs/2501.00009}", "2501.00009"),
        (r"howpublished={\url{https://arxiv.org/abs/2501.00009}}", "2501.00009"),
        ("note={Preprint, arXiv:2501.00009 [cs.RO]}", "2501.00009"),
    ],
)
def test_arxiv_ids_of_any_field(fields: str, arxiv: str | None) -> None:
    assert entry(fields).arxiv == arxiv  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year=2019", "2019"),
        ("year={2019}, month=may", "2019-05"),
        ("year=2019, month={May}, day={3}", "2019-05-03"),
        ('year=2019, month="3~" # may', "2019-05-03"),
        ("date={2019-05-03}", "2019-05-03"),
        ("date={2019-05}", "2019-05"),
        ("date={2019/2020}", "2019"),
        ("year={in press}", None),
    ],
)
def test_a_year_or_month_is_kept_where_no_day_is_given(fields: str, published: str | None) -> None:
    assert entry(fields).published == published  # type: ignore[attr-defined]


@given(st.text(alphabet='@a{}(),="#\\ \n1$~%', max_size=60))
def test_nothing_else_than_an_error_comes_of_odd_text(text: str) -> None:
    found = outcome(bibtex.parse, f"@misc{{k, title={{Kites}}}}\n{text}", file="f")
    for one in getattr(found, "entries", ()):
        assert one.title == " ".join(one.title.split())


@pytest.mark.slow
def test_short_records_are_read_in_linear_time() -> None:
    record = "@misc{k%d, title = {The {BERT} of kite %d}, author = {Doe, J. and Roe, R.}}\n"
    text = "".join(record % (n, n) for n in range(2_000))
    assert len(read(text).entries) == 2_000
    assert_quick(lambda: read(text), 2)


def test_html_that_a_program_wrote_into_a_field_is_no_text() -> None:
    (entry,) = read(
        r"@article{a, title = {Kites}, abstract = {We {\textless}i{\textgreater}fly"
        r"{\textless}/i{\textgreater} at 5{\%}.}}"
    ).entries
    assert entry.abstract == "We fly at 5%."


def test_astronomys_macros_are_its_journals() -> None:
    text = "@article{{k{n}, title={{Kites {n}}}, journal={j}, year=2026}}\n"
    macros = ("{\\apj}", "{{\\mnras}}", '"\\aap{}"', "{\\kites}")
    listing = read("".join(text.format(n=n, j=j) for n, j in enumerate(macros)))
    assert [entry.venue for entry in listing.entries] == [
        "The Astrophysical Journal",
        "Monthly Notices of the Royal Astronomical Society",
        "Astronomy and Astrophysics",
        "kites",
    ]
