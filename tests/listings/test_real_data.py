"""Real listings parse with nothing lost. Needs the data that BROADSHEET_DATA names."""

from __future__ import annotations

import ast
import json
import lzma
import os
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse, parse_name, resolve_date
from tests.soak import SOAK

DATA = os.environ.get("BROADSHEET_DATA")
pytestmark = pytest.mark.skipif(
    not DATA, reason="BROADSHEET_DATA is not set: no real listings to read"
)


def listings(folder: str) -> Iterator[tuple[str, str, Listing]]:
    """Name, text and value of each listing in a folder of the data, except arXiv's error."""
    paths = sorted(Path(DATA or "", "listings", folder).iterdir())
    assert paths
    for path in paths:
        if path.is_file() and "_id_abc_" not in path.name:
            data = path.read_bytes()
            yield path.name, data.decode(), parse(data, file=path.name)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_first_listing_is_read_whole() -> None:
    (path,) = Path(DATA or "", "listings").glob("000_*.txt")
    listing = parse(path.read_bytes(), file=path.name)
    blocks = [line for line in path.read_text().split("\n") if line][5:]
    assert blocks[0] == "Aug 7"
    assert listing.heading == (8, 7)
    assert [text for e in listing.entries for text in (e.title, e.abstract)] == blocks[1:]
    assert len(listing.entries) == 50


def test_every_copied_page_is_read_whole() -> None:
    counts = {}
    for name, text, listing in listings("text"):
        counts[name[:10]] = len(listing.entries)
        day = resolve_date(listing, parse_name(name), None, name)
        assert str(day) == name[:10]
        marks = len(re.findall(r"\d+\s*authors|^\s*Google|\] Microsoft", text, re.MULTILINE))
        assert len(listing.entries) == marks
        for entry in listing.entries:
            assert entry.author_count or entry.organisation
            assert "[" not in entry.title
            assert bool(entry.abstract) == (name[:4] == "2026")
    assert counts == {"2024-08-01": 13, "2026-03-25": 4, "2026-06-29": 4}


def test_the_page_copied_and_the_page_itself_agree() -> None:
    folder = Path(DATA or "", "listings")
    copied = parse((folder / "text/2024-08-01.papers-page.txt").read_bytes(), file="txt")
    page = parse((folder / "huggingface/2024-08-01.papers-page.html").read_bytes(), file="html")
    assert [
        (e.title, e.upvotes, e.submitter, e.author_count, e.comments) for e in copied.entries
    ] == [(e.title, e.upvotes, e.submitter, len(e.authors), e.comments) for e in page.entries]


def test_every_answer_of_arxivs_api() -> None:
    total = 0
    for _, text, listing in listings("arxiv-atom"):
        assert listing.format == "arxiv_api"
        assert listing.captured is not None
        assert len(listing.entries) == text.count("<entry>")
        assert len(listing.entries) or listing.empty
        authors = text.count("<author>")
        assert sum(len(entry.authors) for entry in listing.entries) == authors
        for entry in listing.entries:
            total += 1
            assert entry.arxiv
            assert entry.tex
            assert entry.categories
            assert "Ã" not in "".join(entry.authors)
    assert total == 221


def test_arxivs_error_is_told() -> None:
    (path,) = Path(DATA or "", "listings", "arxiv-atom").glob("*_id_abc_*")
    with pytest.raises(ListingError, match="incorrect id format for abc"):
        parse(path.read_bytes(), file=path.name)


def test_every_feed_of_arxiv() -> None:
    found = {name: listing for name, _, listing in listings("arxiv-rss")}
    assert sorted(len(listing.entries) for listing in found.values()) == [0, 7]
    for listing in found.values():
        assert listing.entries or listing.empty == "weekend"
        assert all(e.announce and e.abstract and e.authors for e in listing.entries)


def test_every_mailing_of_arxiv() -> None:
    for _, text, listing in listings("arxiv-mailing"):
        announced = len(re.findall(r"^arXiv:", text, re.MULTILINE))
        replaced = len(re.findall(r"^replaced with", text, re.MULTILINE))
        assert len(listing.entries) == announced - replaced
        told = [notice for notice in listing.notices if not notice.startswith("field ")]
        assert len(told) == replaced
        for entry in listing.entries:
            assert entry.authors
            assert entry.categories
            assert squeezed(entry.abstract) in squeezed(text)


def _lost(item: dict[str, Any], entry: Any) -> list[str]:
    """The fields of an item that its entry doesn't hold."""
    paper = item["paper"]
    there = {
        "title": squeezed(paper["title"]) == squeezed(entry.title)
        or "$" in item["title"]
        or "\\" in item["title"],
        "abstract": squeezed(paper["summary"]) == squeezed(entry.abstract),
        "authors": len(paper["authors"]) == len(entry.authors),
        "arxiv": paper["id"] == entry.arxiv,
        "upvotes": paper.get("upvotes") == entry.upvotes,
        "comments": item.get("numComments") == entry.comments,
        "code": bool(paper.get("githubRepo")) == bool(entry.code),
        "project": bool(paper.get("projectPage")) == bool(entry.project),
        "media": bool(item.get("thumbnail") or item.get("mediaUrl")) == bool(entry.media),
        "summary": bool(paper.get("ai_summary")) == bool(entry.summary),
        "keywords": {squeezed(k) for k in paper.get("ai_keywords") or () if k}
        == {squeezed(k) for k in entry.keywords},
        "submitter": not item.get("submittedBy") or item["submittedBy"]["name"] == entry.submitter,
        "organisation": not item.get("organization") or bool(entry.organisation),
    }
    return [field for field, kept in there.items() if not kept]


def _compared(text: str, listing: Listing) -> Counter[str]:
    value = json.loads(text)
    items = value["data"] if isinstance(value, dict) else value
    lost: Counter[str] = Counter()
    assert len(items) == len(listing.entries)
    for item, entry in zip(items, listing.entries, strict=True):
        lost.update(_lost(ast.literal_eval(item) if isinstance(item, str) else item, entry))
    return lost


def test_every_shape_of_hugging_faces_answers() -> None:
    for name, text, listing in listings("huggingface"):
        if name.endswith(".json"):
            assert not _compared(text, listing), name
        assert str(resolve_date(listing, parse_name(name), None, name)) == name[:10]


@pytest.mark.slow
def test_all_archived_days_of_hugging_face() -> None:
    days = papers = 0
    seconds = 0.0
    lost: Counter[str] = Counter()
    with tarfile.open(Path(DATA or "", "huggingface-daily-papers.tar.xz")) as archive:
        for member in archive:
            if not member.isfile():
                continue
            stored = archive.extractfile(member)
            assert stored is not None
            data, name = stored.read(), Path(member.name).name
            start = time.process_time()
            listing = parse(data, file=name)
            day = resolve_date(listing, parse_name(name), None, name)
            seconds += time.process_time() - start
            assert str(day) == name.removesuffix(".json")
            assert not listing.notices
            lost += _compared(data.decode(), listing)
            days, papers = days + 1, papers + len(listing.entries)
    assert (days, papers) == (415, 6141)
    assert not lost
    assert papers / seconds > 1000


@pytest.mark.slow
def test_a_copied_page_of_any_papers_is_read_back() -> None:
    """Every tenth of 56,077 papers, of which an ordinary run takes every fifth, in pages of 50, as
    titles and abstracts in turn."""
    rows = []
    with lzma.open(Path(DATA or "", "papers.jsonl.xz"), "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 10 if SOAK else 50):
            row = json.loads(line)
            rows.append((" ".join(row["title"].split()), " ".join(row["abstract"].split())))
    for start in range(0, len(rows), 50):
        page = rows[start : start + 50]
        text = "Daily Papers\n\nAug 7\n\n" + "\n\n".join(f"{t}\n\n{a}" for t, a in page)
        found = parse(text.encode(), file=f"{start}").entries
        assert [(e.title, e.abstract) for e in found] == page
