"""Which format a listing is in, told by its content alone, and reading it (`parse`)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ..errors import ListingError, shown
from . import (
    arxiv_api,
    arxiv_feed,
    arxiv_mailing,
    bibtex,
    feed,
    feed_items,
    huggingface_json,
    json_records,
    jsons,
    nesting,
    tables,
    tagged,
    xml_feed,
)
from . import text as text_page
from .bounds import MAX_ABSTRACT as MAX_ABSTRACT
from .bounds import MAX_TITLE as MAX_TITLE
from .bounds import bounded
from .columns import refuse_losses
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


def parse(data: bytes, *, file: str, day: date | None = None, strict: bool = False) -> Listing:
    """Read a raw listing in any format that Broadsheet knows.

    `file` names it in errors; `day` chooses one of a page that holds several; `strict` refuses a
    listing of which anything would be lost. Raises `EmptyListing` for a listing without content
    and `ListingError` for one that can't be read; nothing else.
    """
    listing = _read(decode(data, file=file), file, day)
    shortened: list[str] = []
    entries = tuple(bounded(entry, shortened) for entry in listing.entries)
    if shortened:
        listing = replace(listing, entries=entries, notices=(*shortened, *listing.notices))
    if strict:
        refuse_losses(listing.notices, file=file)
    more = len(listing.notices) - MAX_NOTICES
    if more > 0:
        kept = (*listing.notices[:MAX_NOTICES], f"and {more} notices more")
        return replace(listing, notices=kept)
    return listing


def _read(text: str, file: str, day: date | None) -> Listing:
    if _JSON.match(text):
        return _read_json(text, file, day)
    if _MARKUP.match(text):
        return _read_markup(text, file, day)
    _check_size(text, MAX_TEXT, file)
    if _MAILING.search(text) or (text.startswith("Date: ") and _MAILING_HEAD.search(text[:2000])):
        return arxiv_mailing.parse(text, file=file)
    if tagged.is_tagged(text):
        return tagged.parse(text, file=file)
    if bibtex.is_bibtex(text):
        return bibtex.parse(text, file=file)
    if table := tables.shape(text):
        return tables.parse(text, table, file=file)
    return text_page.parse(text, file=file)


def _check_size(text: str, limit: int, file: str) -> None:
    if len(text) > limit:
        raise ListingError(
            f"the listing has {len(text):,} characters; expected at most {limit:,} in this format",
            file=file,
            line=1,
        )


def _read_json(text: str, file: str, day: date | None) -> Listing:
    first, _, rest = text.strip().partition("\n")
    if first.startswith("{") and first.endswith("}") and _JSON_LINE.search(rest):
        return json_records.parse_lines(text, file=file)
    value = jsons.load(text, file=file)
    if feed_items.is_json_feed(value):
        return feed.parse_json(value, file=file, day=day)
    line = 1 if "\n" not in text.strip() else None
    found = nesting.find(value)
    if huggingface_json.is_listing(found.records):
        return huggingface_json.parse(
            found.records, file=file, line=line, around=jsons.mapping(value)
        )
    if found.records and any(isinstance(record, dict) for record in found.records):
        return json_records.parse(found, file=file, line=line)
    return huggingface_json.parse(value, file=file, line=line)


def _read_markup(text: str, file: str, day: date | None) -> Listing:
    start = text[:2000].lower()
    if "<!doctype html" in start or "<html" in start:
        return _read_page(text, file, day)
    if not re.search(r"<(?:\?xml|!doctype|!entity|rss|feed|rdf|[a-z]+:)", start):
        return _read_page(text, file, day)
    root = xml_feed.parse_xml(text, file=file)
    name = root.tag.rpartition("}")[2] if isinstance(root.tag, str) else ""
    if arxiv_api.is_answer(root):
        return arxiv_api.parse(root, file=file)
    if name in ("rss", "RDF", "feed"):
        if arxiv_feed.is_daily(root):
            return arxiv_feed.parse(root, file=file)
        return feed.parse(root, file=file, day=day)
    raise ListingError(f"found XML with <{name}>; {_KNOWN}", file=file, line=1)


def _read_page(text: str, file: str, day: date | None) -> Listing:
    from . import arxiv_list, html_page, huggingface_html  # few listings are HTML

    if props := huggingface_html.props(text, file=file):
        source, line = props
        return huggingface_html.parse(source, file=file, line=line)
    page = html_page.parse(text, file=file)
    if arxiv_list.is_list(page):
        return arxiv_list.parse(page, file=file, day=day)
    title = one_line(html_page.text_of(html_page.first(page, "title")))
    named = f" titled {shown(title)}" if title else ""
    raise ListingError(
        f"found an HTML page{named} that lists no papers; {_KNOWN}", file=file, line=1
    )
