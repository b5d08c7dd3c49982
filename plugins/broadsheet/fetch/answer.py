"""Judging answers: a whole listing, part of one, an empty one, or none at all."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from ..counts import counted
from ..errors import ListingError, shown
from ..listings.formats import parse
from ..listings.model import Listing
from ..listings.sameness import title_key
from .request import Request

_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>|<!--.{0,500}?-->|\s)*<([A-Za-z][\w:.-]{0,60})", re.S
)
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.I)
_HTML_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.I)
_TOTAL = re.compile(rb"<opensearch:totalResults[^>]{0,200}>\s*(\d{1,9})\s*<")
_ENTRY = re.compile(rb"<entry[\s>]")
_API_ERROR = re.compile(
    rb"<id>\s*https?://(?:export\.)?arxiv\.org/api/errors[^<]{0,300}</id>"
    rb"(?:.{0,1000}?<summary[^>]{0,100}>([^<]{1,300}))?",
    re.S,
)
_FEED_ROOTS = frozenset({b"feed", b"rss", b"rdf:RDF"})
_FEED_BEGIN = re.compile(rb"<((?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|RDF))[\s>]", re.I)
_FEED_END = re.compile(rb"</(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|RDF)\s{0,20}>", re.I)
_ALTERNATE = re.compile(
    rb"<link\s[^>]{0,500}application/(?:rss\+xml|atom\+xml|feed\+json)[^>]{0,1000}>", re.I
)
_HREF = re.compile(rb"\shref\s{0,5}=\s{0,5}[\"']?([^\s\"'>]{1,500})", re.I)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What identifies a paper in another capture of the same day."""

    title: str  # as listings.merging.title_key gives it
    arxiv: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The papers of a listing, the day that it names, and its format (`Listing.format`)."""

    papers: tuple[PaperMark, ...]
    day: date | None = None
    format: str = ""


def contents_of(listing: Listing) -> Contents:
    """Return the contents of a parsed listing."""
    papers = tuple(PaperMark(title_key(entry.title), entry.arxiv) for entry in listing.entries)
    return Contents(papers=papers, day=listing.date, format=listing.format)


def read_listing(data: bytes, name: str) -> Contents:
    """Return what a raw listing holds, read as an import would. Raises ListingError."""
    return contents_of(parse(data, file=name))


Reader = Callable[[bytes, str], Contents]
"""Reads a listing's bytes, given its file's name. Raises ListingError where it can't."""


class AnswerKind(Enum):
    """The kinds of answer."""

    COMPLETE = "complete"
    EMPTY = "empty"  # a whole listing that says there is nothing
    DOUBTFUL = "doubtful"  # empty where papers were to be expected
    PARTIAL = "partial"  # a whole answer with fewer papers than it ought to hold
    CUT_OFF = "cut off"  # breaks off
    ERROR_PAGE = "error page"  # says in words that something went wrong
    NOT_A_LISTING = "not a listing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedAnswer:
    """A judged answer. `reason` says, for all but COMPLETE, what was found."""

    kind: AnswerKind
    contents: Contents = Contents(papers=())
    total: int | None = None  # papers in all, where the source says
    reason: str = ""

    @property
    def passing(self) -> bool:
        """Whether another request may bring a better answer."""
        return self.kind in (
            AnswerKind.DOUBTFUL,
            AnswerKind.PARTIAL,
            AnswerKind.CUT_OFF,
            AnswerKind.ERROR_PAGE,
        )

    @property
    def whole(self) -> bool:
        """Whether it is complete, even if empty."""
        return self.kind in (AnswerKind.COMPLETE, AnswerKind.EMPTY, AnswerKind.DOUBTFUL)


def judge(data: bytes, request: Request, name: str, read: Reader) -> FetchedAnswer:
    """Judge `data`, the body of an answer to `request`. `name` is its file's name, `read` reads
    a listing."""
    extension = request.extension_of(data)
    if extension == "json":
        fault = _json_fault(data)
    else:
        fault = _feed_fault(data) if request.rolling else _xml_fault(data)
    if fault is not None:
        return fault
    try:
        contents = read(data, name)
    except ListingError as error:
        return FetchedAnswer(kind=AnswerKind.NOT_A_LISTING, reason=plain(error.message))
    total = _total(data) if extension == "xml" else None
    count = len(contents.papers)
    # The reader leaves withdrawn papers out, which are given all the same.
    given = max(count, len(_ENTRY.findall(data))) if extension == "xml" else count
    if total is not None and request.limit is not None:
        due = max(0, min(request.limit, total - request.start))
        if given < due:
            reason = f"it holds {given} of the {counted(due, 'paper')} it announces"
            return FetchedAnswer(
                kind=AnswerKind.PARTIAL, contents=contents, total=total, reason=reason
            )
    if count == 0:
        # arXiv's API is known to say "none" now and then where there are some.
        doubted = request.expects_papers and request.start == 0 and not given
        kind = AnswerKind.DOUBTFUL if doubted else AnswerKind.EMPTY
        return FetchedAnswer(kind=kind, contents=contents, total=total, reason="it lists no papers")
    return FetchedAnswer(kind=AnswerKind.COMPLETE, contents=contents, total=total)


def plain(text: str, limit: int = 200) -> str:
    """Return a server's message made safe to print: one line, no control characters."""
    line = " ".join(text.split())[:limit]
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def _json_fault(data: bytes) -> FetchedAnswer | None:
    stripped = data.removeprefix(_BYTE_ORDER_MARK).strip()
    if not stripped:
        return FetchedAnswer(kind=AnswerKind.CUT_OFF, reason="it holds nothing at all")
    if stripped[:1] == b"<":
        return _page(stripped)
    try:
        value = json.loads(stripped)
    except RecursionError:
        return FetchedAnswer(kind=AnswerKind.NOT_A_LISTING, reason="its JSON is nested too deeply")
    except ValueError as error:
        if stripped[:1] in (b"[", b"{"):
            return FetchedAnswer(
                kind=AnswerKind.CUT_OFF, reason=f"its JSON breaks off: {plain(str(error))}"
            )
        return _page(stripped)
    if isinstance(value, dict) and "error" in value:
        words = shown(plain(str(value["error"])))
        return FetchedAnswer(kind=AnswerKind.ERROR_PAGE, reason=f"it is an error that says {words}")
    if not isinstance(value, list | dict):
        return FetchedAnswer(
            kind=AnswerKind.NOT_A_LISTING, reason="its JSON is neither a list nor an object"
        )
    return None


def _xml_fault(data: bytes) -> FetchedAnswer | None:
    stripped = data.removeprefix(_BYTE_ORDER_MARK).strip()
    if not stripped:
        return FetchedAnswer(kind=AnswerKind.CUT_OFF, reason="it holds nothing at all")
    root = _ROOT.match(stripped)
    if root is None or root.group(1) not in _FEED_ROOTS or _HTML.match(stripped):
        return _page(stripped)
    if error := _API_ERROR.search(stripped):
        words = html.unescape((error.group(1) or b"").decode("utf-8", "replace"))
        message = f" that says {shown(plain(words))}" if words.strip() else ""
        return FetchedAnswer(kind=AnswerKind.NOT_A_LISTING, reason=f"it is arXiv's error{message}")
    closing = b"</" + root.group(1) + b">"
    if not stripped.endswith(closing):
        return FetchedAnswer(
            kind=AnswerKind.CUT_OFF, reason=f"it breaks off before {closing.decode()}"
        )
    return None


def _feed_fault(data: bytes) -> FetchedAnswer | None:
    """Return what is wrong with an answer that may be anybody's feed: these begin with all kinds
    of declarations, and end with comments of caches."""
    if data.startswith(_UTF_16):
        return None
    stripped = data.removeprefix(_BYTE_ORDER_MARK).strip()
    if not stripped:
        return FetchedAnswer(kind=AnswerKind.CUT_OFF, reason="it holds nothing at all")
    if _HTML.match(stripped):
        page = _page(stripped)
        feed = _ALTERNATE.search(stripped[:100_000])
        address = feed and _HREF.search(feed.group())
        if address is None:
            return page
        named = shown(plain(html.unescape(address.group(1).decode("utf-8", "replace"))))
        return replace(page, reason=f"{page.reason}, and names {named} as its feed")
    if _FEED_END.search(stripped[-10_000:]):
        return None
    begun = _FEED_BEGIN.search(stripped[:10_000])
    if begun is None:
        return _page(stripped)
    name = begun.group(1).decode()
    return FetchedAnswer(kind=AnswerKind.CUT_OFF, reason=f"it breaks off before </{name}>")


def _page(stripped: bytes) -> FetchedAnswer:
    """Return a page of words where a listing should be: failing servers send those."""
    title = _HTML_TITLE.search(stripped[:20_000])
    words = title.group(1) if title else stripped[:300]
    what = "a web page" if _HTML.match(stripped) else "text"
    message = shown(plain(html.unescape(words.decode("utf-8", "replace"))))
    return FetchedAnswer(kind=AnswerKind.ERROR_PAGE, reason=f"it is {what} that says {message}")


def _total(data: bytes) -> int | None:
    match = _TOTAL.search(data[:20_000])
    return int(match.group(1)) if match else None
