"""Which format a listing is in, told by its content alone, and reading it (`parse`)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ..counts import counted
from ..errors import EmptyListing, ListingError, shown
from .arxiv import arxiv_api, arxiv_feed, arxiv_list, arxiv_mailing, arxiv_search
from .bibliographies import bibtex, pubmed_text, tagged
from .bounds import bounded
from .columns import Loss, refuse_losses
from .fields.dates import read_moment
from .huggingface import copied_text as text_page
from .huggingface import huggingface_json
from .lists import (
    aligned,
    citation_templates,
    copied_pages,
    hand_marks,
    latex_lists,
    notations,
    notebook,
    plain_list,
    taking_turns,
    wrapped,
)
from .lists.list_sections import mentioned_day
from .merging import unite
from .model import Listing
from .records import (
    json_records,
    labelled_blocks,
    linked_data,
    nesting,
    outline_pages,
    ruled_blocks,
    tables,
    toml_records,
    xml_records,
    yaml_records,
    zotero_rdf,
)
from .unfit import unfit
from .untrusted import html_tree, jsons, relaxed_json, saved_mail
from .untrusted import xml_tree as xml_feed
from .untrusted.decoding import decode, one_line
from .web import feed, feed_items, link_page, paper_page, scholar

MAX_TEXT = 5_000_000
"""Most characters of a text page or a table; a day's page has 100,000. (JSON and XML may have
as many as `decoding.MAX_BYTES`.)"""
MAX_NOTICES = 200
_MOST_ABOVE = 3  # blocks above a copied page's date, where its banner is missing
# A list in brackets, but not "[1] A. Author" or "[2601.00001] Title".
_JSON = re.compile(
    r"\s*(?:\{\s*[\"}]|\[\s*(?:\]\s*\Z|[{\"-]|[0-9][0-9.eE+-]*+\s*(?:,|\]?\s*\Z)|\[\s*[\]\[{\"0-9]"
    r"|null|true|false))"
)
# What JSON5 and JavaScript begin with, and a list of objects.
_RELAXED = re.compile(
    r"\s*(?://|/\*|export |module\.|const |let |var |[A-Za-z_$][\w$.]{0,60}\(\s*[\[{]|\[\s*\{"
    r"|\{\s*['\w])"
)
_JSON_LINE = re.compile(r"^\{", re.MULTILINE)
_MARKUP = re.compile(r"\s*<[!?A-Za-z]")
# Lines that only Markdown has, below the markup that many begin with.
_MARKDOWN = re.compile(
    r"^(?: {0,3}(?:[-*+]|\d{1,3}[.)]) .{0,300}\]\(https?://|#{1,6} \S|\|[ :|-]+\|$)", re.M
)
_PAGE = re.compile(r"<!doctype|<html|<\?xml|<body|<head\b|<rss|<feed|<rdf", re.I)
_XML = re.compile(
    r"<(?:\?xml|!doctype|!entity|rss|feed|rdf|[a-z]+:|[a-z-]+\s[^<>]{0,500}\bxmlns=(?!\S{0,40}xhtml))"
)
_ROOT = re.compile(r"\s*<([A-Za-z][\w.-]{0,60})[\s>]")
_HTML = frozenset(
    "a article aside b blockquote body br center code dd details div dl dt em footer form h1 h2 h3 "
    "h4 h5 h6 head header hr html i img li link main meta nav ol p pre script section span strong "
    "style table tbody td title tr ul".split()
)
_MAILING = re.compile(r"^\\\\[ \t]*\n(?:arXiv|Paper)\b", re.MULTILINE)
_MAILING_HEAD = re.compile(r"^Subject: .{1,200}(?:daily|received|Subj-class)", re.MULTILINE)
_KNOWN = (
    "expected a listing of Hugging Face or arXiv, a feed, a list of papers with links, or records "
    "that have titles (JSON, XML, YAML, CSV, BibTeX, RIS)"
)


def parse(data: bytes, *, file: str, day: date | None = None, strict: bool = False) -> Listing:
    """Read a raw listing in any format that Broadsheet knows.

    `file` names it in errors; `day` chooses one of a page that holds several, and is else of no
    account; `strict` refuses a listing of which anything would be lost. Raises `EmptyListing` for
    a listing without content and `ListingError` for one that can't be read; nothing else.
    """
    told: list[str] = []
    if saved_mail.is_mail(data):
        listing = _read_mails(saved_mail.mails(data, file=file), file, day)
    else:
        listing = _read(decode(data, file=file, notices=told), file, day)
    if told:
        listing = replace(listing, notices=(*told, *listing.notices))
    shortened: list[str] = []
    entries = tuple(bounded(entry, shortened) for entry in listing.entries)
    if shortened:
        listing = replace(listing, entries=entries, notices=(*shortened, *listing.notices))
    if strict:
        refuse_losses(listing.notices, file=file)
    more = len(listing.notices) - MAX_NOTICES
    if more > 0:
        kept = (*listing.notices[:MAX_NOTICES], f"and {counted(more, 'notice')} more")
        return replace(listing, notices=kept)
    return listing


def _read_mails(mails: list[bytes], file: str, day: date | None) -> Listing:
    """Read a mail, or a mailbox of several, whose papers are of the day of the newest."""
    if len(mails) == 1:
        return _read_mail(mails[0], file, day)
    read: list[Listing] = []
    notices: list[str] = []
    refusal: ListingError | None = None
    for number, one in enumerate(mails, 1):
        try:
            read.append(_read_mail(one, file, day))
        except ListingError as error:
            refusal = refusal or error
            notices.append(Loss(f"mail {number} of {len(mails)} is not read: {error.message}"))
    if not read:
        raise refusal or ListingError("the mailbox holds no mail", file=file)
    entries, twice = unite((entry for one in read for entry in one.entries), file=file)
    days = [one.date for one in read if one.date]
    return replace(
        read[0],
        entries=entries,
        date=max(days, default=None),
        heading=None,
        wanted=tuple(dict.fromkeys(wanted for one in read for wanted in one.wanted)),
        empty=None if entries else read[0].empty,
        notices=(*(notice for one in read for notice in one.notices), *notices, *twice),
    )


def _read_mail(data: bytes, file: str, day: date | None) -> Listing:
    """Read the text of a mail that has the most papers in it: the same may stand there as plain
    text and as HTML."""
    mail = saved_mail.read(data, file=file)
    best: Listing | None = None
    refusal: ListingError | None = None
    for part in mail.texts:
        try:
            listing = _read_mail_text(part, file, day)
        except ListingError as error:
            refusal = refusal or error
            continue
        if best is None or _papers(listing) > _papers(best):
            best = listing
    if best is None:
        raise refusal or ListingError("the mail holds no text", file=file)
    sent = read_moment(mail.texts[0].date)
    on = best.date or (sent.date() if sent and day is None and best.heading is None else None)
    return replace(
        best, date=on, captured=best.captured or sent, notices=(*mail.notices, *best.notices)
    )


def _papers(listing: Listing) -> tuple[int, int]:
    return len(listing.entries), len(listing.wanted)


def _read_mail_text(part: saved_mail.MailText, file: str, day: date | None) -> Listing:
    if part.html:
        return _read_page(part.text, file, day)
    text = saved_mail.forwarded(saved_mail.unquoted(part.text))
    if (first := _MAILING.search(text)) and "\nDate: " not in f"\n{text[: first.start()]}":
        text = f"Date: {part.date}\n{text}"
    return _read(text, file, day)


def _read(text: str, file: str, day: date | None) -> Listing:
    if _JSON.match(text):
        return _read_json(text, file, day)
    if _RELAXED.match(text) and (written := relaxed_json.strict(text)) is not None:
        return _read_json(written, file, day)
    if _MARKUP.match(text) and not _is_markdown(text):
        return _read_markup(text, file, day)
    _check_size(text, MAX_TEXT, file)
    text = saved_mail.unquoted(text)
    if _MAILING.search(text) or (text.startswith("Date: ") and _MAILING_HEAD.search(text[:2000])):
        return arxiv_mailing.parse(text, file=file)
    if tagged.is_tagged(text):
        return tagged.parse(text, file=file)
    if bibtex.is_bibtex(text):
        return bibtex.parse(text, file=file)
    if (copied := _read_copied(text, file, day)) is not None:
        return copied
    if (value := toml_records.read(text, file=file)) is not None:
        return json_records.parse(nesting.find(value), file=file, line=None, name="toml")
    if (value := yaml_records.read(text, file=file)) is not None:
        return json_records.parse(nesting.find(value), file=file, line=None, name="yaml")
    if (blocks := labelled_blocks.read(text)) is not None:
        return _read_blocks(text, blocks, file, day)
    if (parted := ruled_blocks.read(text)) is not None:
        return json_records.parse(parted, file=file, line=None, name="ruled_blocks")
    if citation_templates.has_citations(text):
        return plain_list.parse(citation_templates.linked(text), file=file, day=day)
    if not plain_list.is_list(text) and copied_pages.is_contents(text):
        return plain_list.parse(copied_pages.contents(text), file=file, day=day, titles=True)
    if not plain_list.is_table(text) and (table := tables.read(text, file=file)):
        return table
    return _read_plain(text, file, day)


def _read_copied(text: str, file: str, day: date | None) -> Listing | None:
    """Read what databases export as text to be read, and pages and LaTeX that people copy."""
    if pubmed_text.is_export(text):
        found = nesting.Found(pubmed_text.records(text), {})
        return json_records.parse(found, file=file, line=None, name="pubmed_text")
    if copied_pages.is_abstract_page(text):
        found = nesting.Found([copied_pages.abstract_page(text)], {})
        return json_records.parse(found, file=file, line=1, name="copied_page")
    if latex_lists.is_bibliography(text):
        return plain_list.parse(latex_lists.bibliography(text), file=file, day=day)
    if (rows := wrapped.unwrapped(text)) is not None:
        return plain_list.parse(rows, file=file, day=day)
    if latex_lists.has_items(text):
        return plain_list.parse(latex_lists.as_list(text), file=file, day=day)
    return None


def _read_blocks(text: str, blocks: list[dict[str, str]], file: str, day: date | None) -> Listing:
    """Read records in labelled blocks; what stands above them may name the day."""
    listing = json_records.parse(
        nesting.Found(blocks, {}), file=file, line=None, name="labelled_blocks"
    )
    above = labelled_blocks.above(text)
    if not above or any(one_line(above) == entry.title for entry in listing.entries):
        return listing
    if day is None and (found := mentioned_day(one_line(above))):
        return replace(listing, date=found.date())
    told = Loss(f"what stands above the first paper is not read: {shown(one_line(above))}")
    return replace(listing, notices=(told, *listing.notices))


def _is_markdown(text: str) -> bool:
    """Return whether a text that begins with markup is Markdown, as many a README."""
    return _PAGE.search(text[:2000]) is None and _MARKDOWN.search(text) is not None


def _read_plain(text: str, file: str, day: date | None) -> Listing:
    """Read a text line by line, or as papers whose parts take turns, whichever tells more."""
    if plain_list.is_copied_page(text):
        return text_page.parse(text, file=file)
    if (rows := aligned.table(text)) is not None:
        return plain_list.parse(rows, file=file, day=day)
    written = wrapped.paragraphs(wrapped.filled(notations.as_markdown(text)))
    return taking_turns.parse(
        written, lambda: _read_lines(text, written, file, day), ListingError, file=file, day=day
    )


def _read_lines(text: str, written: str, file: str, day: date | None) -> Listing:
    """Read a copied page of Hugging Face, or a plain list, by what it holds; `written` is the text
    with its notation as Markdown and its wrapped lines joined."""
    listed = plain_list.is_list(written)
    if listed and hand_marks.are_set(text):
        return plain_list.parse(written, file=file, day=day)
    try:
        listing = text_page.parse(hand_marks.without(text), file=file)
    except ListingError as error:
        if listed or plain_list.are_titles(written):
            return plain_list.parse(written, file=file, day=day, titles=not listed)
        raise unfit(text, error) from None
    above = "\n".join(text.split("\n")[: (listing.heading_line or 1) - 1]).split("\n\n")
    if listed and (
        len(above) > _MOST_ABOVE or not all(entry.abstract for entry in listing.entries)
    ):
        return plain_list.parse(written, file=file, day=day)
    return listing


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
    value = jsons.load_all(text, file=file)
    if (markdown := notebook.markdown_of(value)) is not None:
        return _read_plain(markdown, file, day)
    if feed_items.is_json_feed(value):
        return feed.parse_json(value, file=file, day=day)
    line = 1 if "\n" not in text.strip() else None
    if _are_lines(value):
        return _read_plain("\n".join(" ".join(one.split()) for one in value), file, day)
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        text = tables.written(value)
        if table := tables.shape(text):
            return tables.parse(text, table, file=file)
    if (pages := outline_pages.records(value)) is not None:
        return json_records.parse(nesting.Found(pages, {}), file=file, line=line)
    found = linked_data.find(value) or nesting.find(nesting.transposed(value))
    if huggingface_json.is_listing(found.records):
        return huggingface_json.parse(
            found.records, file=file, line=line, around=jsons.mapping(value)
        )
    if found.records and any(isinstance(record, dict) for record in found.records):
        return json_records.parse(found, file=file, line=line)
    lines = "\n".join(jsons.texts(value))
    if not jsons.mapping(value).get("error") and plain_list.is_list(lines):
        listing = plain_list.parse(lines, file=file, day=day)
        if listing.entries:
            return listing
    return huggingface_json.parse(value, file=file, line=line)


def _are_lines(value: object) -> bool:
    """Return whether JSON is a list of ids, addresses or titles; what begins as an object or a list
    is the source of one."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, str) and not one.lstrip().startswith(("{", "[")) for one in value)
    )


def _read_markup(text: str, file: str, day: date | None) -> Listing:
    start = text[:2000].lower()
    if any(mark in start for mark in ("<!doctype html", "<html", "<!doctype netscape-bookmark")):
        return _read_page(text, file, day)
    if not (_XML.search(start) or _is_element(text)):
        return _read_page(text, file, day)
    root = xml_feed.parse_xml(text, file=file)
    name = xml_feed.local_name(root)
    if arxiv_api.is_answer(root):
        return arxiv_api.parse(root, file=file)
    if zotero_rdf.is_export(root):
        return zotero_rdf.parse(root, file=file)
    if name in ("rss", "RDF", "feed"):
        if arxiv_feed.is_daily(root):
            return arxiv_feed.parse(root, file=file)
        return feed.parse(root, file=file, day=day)
    value = xml_records.outlines(root) if name == "opml" else xml_records.value_of(root)
    found = nesting.find(value)
    if found.records:
        listing = json_records.parse(found, file=file, line=None, name="xml")
        more = xml_records.continued(root)
        return replace(listing, notices=(*listing.notices, more)) if more else listing
    raise ListingError(
        f"found XML with <{name}>, in which nothing has a title; {_KNOWN}", file=file, line=1
    )


def _is_element(text: str) -> bool:
    """Return whether a text is one element, by its first and last tags, and none of HTML's."""
    root = _ROOT.match(text)
    if root is None or root[1].lower() in _HTML:
        return False
    return text.rstrip()[-len(root[1]) - 3 :] == f"</{root[1]}>"


def _read_page(text: str, file: str, day: date | None) -> Listing:
    from .huggingface import (
        huggingface_html,  # few listings are HTML, and BeautifulSoup loads for 0.2 s
    )

    if props := huggingface_html.props(text, file=file):
        source, line = props
        return huggingface_html.parse(source, file=file, line=line)
    page = html_tree.parse(text, file=file)
    if arxiv_search.is_search(page):
        return arxiv_search.parse(page, file=file)
    if arxiv_list.is_list(page):
        return arxiv_list.parse(page, file=file, day=day)
    if scholar.is_scholar(page):
        return scholar.parse(page, file=file)
    if found := paper_page.entries_of(page, file):
        return paper_page.parse(page, found, file=file)
    try:
        return link_page.parse(page, text, file=file, day=day)
    except EmptyListing:
        raise _no_papers(page, file) from None


def _no_papers(page: html_tree.Element, file: str) -> ListingError:
    title = one_line(html_tree.text_of(html_tree.first(page, "title")))
    named = f" titled {shown(title)}" if title else ""
    return ListingError(
        f"found an HTML page{named} that lists no papers; {_KNOWN}", file=file, line=1
    )
