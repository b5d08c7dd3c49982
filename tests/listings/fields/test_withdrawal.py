"""Withdrawn papers, by abstract and by comments, in every reader of arXiv's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.fields.withdrawal import withdrawn

from .. import samples

SAYS_SO = "This paper has been withdrawn by Ada Kite due to a knot in Lemma 2"
BY_ARXIV = "arXiv admin note: This submission has been withdrawn by arXiv administrators"


def test_only_short_abstracts_that_say_so_are_withdrawn() -> None:
    assert withdrawn("This paper has been withdrawn by the authors.")
    assert withdrawn("Withdrawn due to an error in Lemma 2.")
    assert not withdrawn("We study when a paper has been withdrawn.")
    assert not withdrawn("This paper has been withdrawn " + "and then more " * 50)


@pytest.mark.parametrize(
    "comments",
    [
        SAYS_SO,
        BY_ARXIV,
        "12 pages, 3 figures. This work is withdrawn until the kite is mended",
        "9 pages; arXiv admin note: submission has been withdrawn by arXiv due to a dispute",
        "Withdrawn",
        "Paper withdrawn",
        "Retracted by the journal",
        "The authors have withdrawn this manuscript",
        "We withdraw this paper because the line was too short",
        "This submission has been withdrawn from arXiv",
        "12 pages (This article has been temporarily withdrawn)",
    ],
)
def test_comments_that_say_so(comments: str) -> None:
    assert withdrawn("We fly kites.", comments)


@pytest.mark.parametrize(
    "comments",
    [
        "Withdrawn from KITE 2025 and sent to LINE 2026",
        "This paper was withdrawn from KITE 2025",
        "arXiv admin note: text overlap with arXiv:2501.00001, which has been withdrawn",
        "Supersedes a withdrawn paper",
        "A study of kites withdrawn from service",
    ],
)
def test_comments_that_tell_of_something_else(comments: str) -> None:
    assert not withdrawn("We fly kites.", comments)


def test_titles_that_say_so() -> None:
    for title in ("WITHDRAWN: On Kites", "[Retracted] On Kites", "RETRACTED ARTICLE: On Kites"):
        assert withdrawn("We fly kites.", title=title)
    assert not withdrawn("We fly kites.", title="Withdrawn Kites and Their Lines")


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_it(abstract: str, comments: str) -> None:
    withdrawn(abstract, comments)


@pytest.mark.parametrize("comment", [SAYS_SO, BY_ARXIV])
def test_every_reader_of_arxivs_knows_them(comment: str) -> None:
    api = samples.API_ATOM.replace("12 pages. Code: https", f"{comment}. Code: https")
    page = samples.LIST_NEW.replace("Code at <a", f"{comment}. Code at <a")
    mail = samples.MAILING.replace("Comments: 16 pages", f"Comments: {comment}; 16 pages")
    for text in (api, page, mail):
        before, after = (parse(one.encode(), file="x") for one in (text.replace(comment, ""), text))
        assert len(before.entries) - len(after.entries) == 1
        assert sum("is withdrawn; left out" in notice for notice in after.notices) == 1


@pytest.mark.parametrize(
    "listed",
    [
        "@misc{a, title={Reels}}\n@misc{b, title={Kites}, note={Withdrawn by the author}}",
        "TY  - JOUR\nTI  - Reels\nER  - \nTY  - JOUR\nTI  - Kites\nN1  - Comment: This paper is "
        "withdrawn\nER  - \n",
        "PMID- 1\nTI  - Reels.\n\nPMID- 2\nTI  - Kites.\nPT  - Journal Article\n"
        "PT  - Retracted Publication\n",
        '{"title": "Reels"}\n{"title": "RETRACTED: Kites"}\n',
    ],
)
def test_bibliographies_and_records_leave_them_out(listed: str) -> None:
    listing = parse(listed.encode(), file="x")
    assert [entry.title for entry in listing.entries] == ["Reels"]
    assert sum("is withdrawn; left out" in notice for notice in listing.notices) == 1


def test_a_bibliography_of_withdrawn_papers_alone_is_empty() -> None:
    listing = parse(b"@misc{b, title={Kites}, note={Withdrawn}}", file="x")
    assert not listing.entries
