"""Which format a listing is in, told by its content alone, and reading it (`parse`)."""

from __future__ import annotations

import re
from dataclasses import replace

from ..errors import ListingError, shown
from . import (
    arxiv_api,
    arxiv_feed,
    arxiv_mailing,
    bibtex,
    huggingface_json,
    jsons,
    records,
    tagged,
    xml_feed,
)
from . import text as text_page
from .bounds import MAX_ABSTRACT as MAX_ABSTRACT
from .bounds import MAX_TITLE as MAX_TITLE
from .bounds import bounded
from .decoding import decode, one_line
from .model import Listing

MAX_TEXT = 5_000_000
"""Most characters of a text page or a table; a day's page has 100,000. (JSON and XML may have
as many as `decoding.MAX_BYTES`.)"""
MAX_NOTICES = 200
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\]{\"0-9]|\[\s*[\]\[{\"0-9]|null|true|false|-))")
_JSON_LINE = re.compile(r"^\{", re.MULTILINE)
_MARKUP = re.compile(r"\s*<[!?A-Za-z]")
_MAILING = re.compile(r"^\\\\[ \t]*\n(?:arXiv|Paper)\b", re.MULTILINE)
_MAILING_HEAD = re.compile(r"^Subject: .{1,200}(?:daily|received|Subj-class)", re.MULTILINE)
_KNOWN = (
    "expected a listing of Hugging Face (JSON, HTML, text) or arXiv (Atom, RSS, HTML, mailing), "
    "or JSON Lines, CSV, BibTeX, RIS"
)


def parse(data: bytes, *, file: str) -> Listing:
    """Read a raw listing in any format that Broadsheet knows.

    `file` names it in errors. Raises `EmptyListing` for a listing without content and
    `ListingError` for one that can't be read; nothing else.
    """
    listing = _read(decode(data, file=file), file)
    shortened: list[str] = []
    entries = tuple(bounded(entry, shortened) for entry in listing.entries)
    if shortened:
        listing = replace(listing, entries=entries, notices=(*shortened, *listing.notices))
    more = len(listing.notices) - MAX_NOTICES
    if more > 0:
        kept = (*listing.notices[:MAX_NOTICES], f"and {more} notices more")
        return replace(listing, notices=kept)
    return listing


def _read(text: str, file: str) -> Listing:
    if _JSON.match(text):
        return _read_json(text, file)
    if _MARKUP.match(text):
        return _read_markup(text, file)
    _check_size(text, MAX_TEXT, file)
    if _MAILING.search(text) or (text.startswith("Date: ") and _MAILING_HEAD.search(text[:2000])):
        return arxiv_mailing.parse(text, file=file)
    if tagged.is_tagged(text):
        return tagged.parse(text, file=file)
    if bibtex.is_bibtex(text):
        return bibtex.parse(text, file=file)
    if records.csv_delimiter(text):
        return records.parse_csv(text, file=file)
    return text_page.parse(text, file=file)


def _check_size(text: str, limit: int, file: str) -> None:
    if len(text) > limit:
        raise ListingError(
            f"the listing has {len(text):,} characters; expected at most {limit:,} in this format",
            file=file,
            line=1,
        )


def _read_json(text: str, file: str) -> Listing:
    first, _, rest = text.strip().partition("\n")
    if first.startswith("{") and first.endswith("}") and _JSON_LINE.search(rest):
        return records.parse_jsonl(text, file=file)
    value = jsons.load(text, file=file)
    line = 1 if "\n" not in text.strip() else None
    if isinstance(value, dict) and "title" in value and not huggingface_json.is_answer(value):
        value = [value]
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], dict)
        and ("paper" not in value[0] and not huggingface_json.is_paper(value[0]))
    ):
        return records.parse_json(value, file=file, line=line)
    return huggingface_json.parse(value, file=file, line=line)


def _read_markup(text: str, file: str) -> Listing:
    start = text[:2000].lower()
    if "<!doctype html" in start or "<html" in start:
        return _read_page(text, file)
    if not re.search(r"<(?:\?xml|!doctype|!entity|rss|feed|rdf|[a-z]+:)", start):
        return _read_page(text, file)
    root = xml_feed.parse_xml(text, file=file)
    tag = root.tag if isinstance(root.tag, str) else ""
    name = tag.rpartition("}")[2]
    if tag == f"{arxiv_api.ATOM}feed" and not _is_daily(root):
        return arxiv_api.parse(root, file=file)
    if name in ("rss", "RDF", "feed"):
        return arxiv_feed.parse(root, file=file)
    raise ListingError(f"found XML with <{name}>; {_KNOWN}", file=file, line=1)


def _is_daily(feed: xml_feed.Element) -> bool:
    """Return whether an Atom feed is one of arXiv's daily ones rather than an answer of its API."""
    address = xml_feed.text_of(feed.find(f"{arxiv_api.ATOM}id"))
    announced = feed.find(f".//{arxiv_api.ARXIV}announce_type") is not None
    return announced or "rss.arxiv.org" in address or "/atom/" in address


def _read_page(text: str, file: str) -> Listing:
    from . import arxiv_list, html_page, huggingface_html  # few listings are HTML

    if props := huggingface_html.props(text, file=file):
        source, line = props
        return huggingface_html.parse(source, file=file, line=line)
    page = html_page.parse(html_page.numbered(text), file=file)
    if arxiv_list.is_list(page):
        return arxiv_list.parse(page, file=file)
    title = one_line(html_page.text_of(page.find("title")))
    named = f" titled {shown(title)}" if title else ""
    raise ListingError(
        f"found an HTML page{named} that lists no papers; {_KNOWN}", file=file, line=1
    )
