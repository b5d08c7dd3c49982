"""The Daily Papers page copied as text, in whatever way a browser or converter copies it.

First each line becomes tokens of a few kinds (`_tokens`), whatever marks the copy left: bare
lines, "- [-] 12" boxes, addresses under their texts, "[text](address)" or "[text][12]" links.
Then the tokens are grouped: the head (banner, query, date heading), then entries, each of

    [Submitted by NAME] [votes] title [abstract] [organisation] [· N authors · day · comments]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import EmptyListing, ListingError, shown
from ..papers import Entry
from .dates import Heading, month_number, read_day, read_heading
from .decoding import one_line, visible
from .identifiers import arxiv_id, link
from .merging import unite
from .model import Listing

_INLINE = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+)\)")
_CLOSE_INLINE = re.compile(r"^([^\[\]]*)\]\((https?://[^\s()]+)\)$")
_FOOTNOTE = re.compile(r"\[([^\[\]]*)\]\[(\d{1,5})\]")
_LOGO = re.compile(r"^\[\[[^\[\]]*\] ?([^\[\]]*)\]\[(\d{1,5})\]$")
_CLOSE_FOOTNOTE = re.compile(r"^\]\[(\d{1,5})\]$")
_DEFINITION = re.compile(r"^\[?(\d{1,5})[\].]:? +(https?://\S+)$")
_MARK = re.compile(r"^(#{1,6}|[*+-]|\d{1,3}\.) +(?=\S)")
_VOTES = re.compile(r"^\[-\] ?(\d[\d,.]*k?|-)$")
_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d{1,9})$|^(\d{1,5}(?:\.\d{1,2})?)k$")
_AUTHORS = re.compile(r"^(?:· ?)?([\d,]{1,7}) authors?$", re.IGNORECASE)
_SUBMITTED = re.compile(r"^Submitted by\b ?(.*)$")
_COMMUNITY = re.compile(r"^by ?(?:AK)?(?: and the research community)?$", re.IGNORECASE)
_WITH_COMMENTS = re.compile(r"(.*?\d) \[ ?(\d{1,6}) ?\](?:\[\d{1,5}\]|\(\S+\))")
_BAR = {"daily", "weekly", "monthly"}
_BANNER = _BAR | {
    "ak",
    "new",
    "subscribe",
    "trending papers",
    "submit a paper",
    "submit",
    "and the research community",
    "search by arxiv id or title",
    "get trending papers in your email inbox!",
    "get trending papers in your email inbox once a day!",
    "previous",
    "next",
}
_END = {"previous", "next", "company", "system theme", "© hugging face", "references"}
_LINKS_TO_VOTES = ("https://huggingface.co/login?",)


@dataclass(slots=True)
class _Token:
    kind: str  # prose, votes, number, authors, submitted, day, dot, url
    text: str
    line: int
    url: str | None = None
    title: bool = False  # marked as a heading
    wrapped: bool = False  # stood between the brackets of a link, so it is one text


@dataclass(slots=True)
class _Draft:
    """An entry while its tokens come in."""

    line: int = 0
    title: str = ""
    abstract: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    submitter: str | None = None
    upvotes: int | None = None
    author_count: int | None = None
    organisation: str | None = None
    published: str | None = None
    numbers: list[int] = field(default_factory=list)  # in its foot; the last counts comments
    marked: bool = False  # anything but bare title and abstract
    foot: bool = False


def parse(text: str, *, file: str) -> Listing:
    """Read a copied Daily Papers page.

    Raises `EmptyListing` where nothing follows the heading, `ListingError` where there is no
    date heading or a title and an abstract don't come in pairs.
    """
    links: dict[str, str] = {}
    try:
        tokens = list(_tokens(text, links))
        start, heading, query, at = _head(tokens, file)
        drafts = list(_group(tokens[start:], heading))
    except ListingError as error:
        raise error.at(file) from None
    _check_pairs(drafts, file)
    if not drafts:
        raise EmptyListing(
            "no papers follow the date heading; expected a title and its abstract",
            file=file,
            line=at,
        )
    entries, notices = unite((_entry(draft, links) for draft in drafts), file=file)
    return Listing(
        format="text",
        entries=entries,
        date=heading.date(),
        heading=(heading.month, heading.day),
        heading_line=at,
        query=query,
        period=heading.period,
        notices=notices,
    )


# Lines to tokens


def _tokens(text: str, links: dict[str, str]) -> Iterator[_Token]:
    """The kinds of things that the lines hold. Definitions of footnotes go to `links`."""
    bracket: list[tuple[int, str]] | None = None  # texts since a line that only opens a link
    lines = _joined(text)
    for number, line in lines:
        if not line:
            if bracket:
                bracket.append((number, ""))
            continue
        if definition := _DEFINITION.match(line):
            links[definition[1]] = definition[2]
            continue
        if line == "[":
            if bracket:
                yield from _bracketed(bracket, None)
            bracket = []
            continue
        close = _CLOSE_FOOTNOTE.match(line)
        if bracket is not None and (close or _CLOSE_INLINE.match(line)):
            url = f"[{close[1]}]" if close else None
            if not close and (inline := _CLOSE_INLINE.match(line)):
                url = inline[2]
                if inline[1].strip():
                    bracket.append((number, inline[1].strip()))
            yield from _bracketed(bracket, url)
            bracket = None
            continue
        if bracket is not None:
            bracket.append((number, line))
        else:
            yield from _line(number, line)
    if bracket:
        yield from _bracketed(bracket, None)


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, white space tidied; those that were wrapped are one again.

    Wrapped is a run of at least two lines of like length, too long for titles in a row, and a
    "### [" heading whose bracket closes lines later.
    """
    run: list[tuple[int, str]] = []
    for number, raw in enumerate(visible(text).split("\n"), 1):
        line = " ".join(raw.split())
        if line and not _alone(line):
            run.append((number, line))
            continue
        yield from _unwrapped(run)
        run = []
        yield number, line
    yield from _unwrapped(run)


def _alone(line: str) -> bool:
    """Whether a line can't be part of a wrapped text."""
    return len(line) < 3 or line.startswith(("](", "][", "http://", "https://", "[-]", "· "))


def _unwrapped(run: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(run):
        number, line = run[at]
        end = at + 1
        if line.startswith("#") and line.count("[") > line.count("]"):
            while end < len(run) and end - at < 6 and not run[end - 1][1].endswith("]"):
                end += 1
        elif 60 <= len(line) <= 140 and not line.startswith(("#", "* ")):
            width = len(line)
            while (
                end < len(run)
                and abs(len(run[end - 1][1]) - width) <= 30
                and (len(run[end][1]) <= width + 30)
            ):
                end += 1
            if end - at < 3 and not (end - at == 2 and line[-1] not in ".!?"):
                end = at + 1
        yield number, " ".join(text for _, text in run[at:end])
        at = end


def _bracketed(bracket: list[tuple[int, str]], url: str | None) -> Iterator[_Token]:
    """The tokens of what stood between "[" and "][12]" on lines of their own."""
    texts = [(number, text) for number, text in bracket if text]
    if not texts:
        return
    if len(texts) == 1:
        number, text = texts[0]
        for token in _line(number, text):
            token.url = token.url or url
            token.wrapped = True
            if token.kind == "number" or token.text == "-":
                token.kind = "votes"
            yield token
        return
    paragraphs: list[list[str]] = [[]]
    for _, text in bracket:
        if text:
            paragraphs[-1].append(text)
        elif paragraphs[-1]:
            paragraphs.append([])
    whole = "\n\n".join(" ".join(part) for part in paragraphs if part)
    yield _Token("prose", whole, texts[0][0], url, wrapped=True)


def _line(number: int, line: str) -> Iterator[_Token]:
    """The tokens of one line: mostly one, several where a foot stands in one line."""
    url: str | None = None
    title = False
    if votes := _VOTES.match(line):
        yield _Token("votes", votes[1], number)
        return
    if mark := _MARK.match(line):
        if mark[1][0] == "#":
            title = True
            line = line[mark.end() :]
        elif mark[1] in "*+-" and (
            "[" in line or _AUTHORS.match(line[mark.end() :]) or line[mark.end() :].lower() in _BAR
        ):
            line = line[mark.end() :]
    if logo := _LOGO.match(line):
        line, url = logo[1], f"[{logo[2]}]"
    elif "](" in line or "][" in line:
        found = _FOOTNOTE.search(line) or _INLINE.search(line)
        if found:
            url = found[2] if found[2].startswith("http") else f"[{found[2]}]"
        comments = _WITH_COMMENTS.fullmatch(line) if len(line) < 200 else None
        if comments and (read_day(comments[1]) or _AUTHORS.match(comments[1])):
            yield from _line(number, comments[1])
            yield _Token("number", comments[2], number)
            return
        line = " ".join(_FOOTNOTE.sub(r" \1 ", _INLINE.sub(r" \1 ", line)).split())
    if line.startswith("·") or (" · " in line and len(line) < 200):
        for part in re.split(r" ?· ?", line):
            yield _Token("dot", "·", number)
            if part:
                yield _plain(number, part, url, False)
        return
    if line:
        yield _plain(number, line, url, title)


def _plain(number: int, line: str, url: str | None, title: bool) -> _Token:
    if title and not (len(line) < 40 and read_heading(line)):
        return _Token("prose", line, number, url, title=True)
    if line.startswith(("https://", "http://")) and " " not in line:
        return _Token("url", line, number, line)
    if _NUMBER.match(line):
        return _Token("number", line, number, url)
    if authors := _AUTHORS.match(line):
        return _Token("authors", authors[1], number, url)
    if submitted := _SUBMITTED.match(line):
        return _Token("submitted", submitted[1], number, url)
    return _Token("day" if _day_shaped(line) else "prose", line, number, url)


def _day_shaped(line: str) -> bool:
    if len(line) > 40:
        return False
    try:
        return read_heading(line) is not None
    except ListingError:
        return True


# The head


def _head(tokens: list[_Token], file: str) -> tuple[int, Heading, str | None, int]:
    """Where the entries start, and the heading, the query and the heading's line."""
    begin = next((i + 1 for i, token in enumerate(tokens[:400]) if token.text == "Daily Papers"), 0)
    query: str | None = None
    community = False
    for i in range(begin, len(tokens)):
        token = tokens[i]
        try:
            heading = read_heading(token.text) if token.kind == "day" else None
        except ListingError as error:
            error.line = token.line
            raise
        if heading is not None:
            return i + 1, heading, query, token.line
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            month_number(token.text)
            and after is not None
            and after.kind == "number"
            and (split := read_day(f"{token.text} {after.text}"))
        ):
            return i + 2, split, query, token.line
        lower = token.text.lower()
        if token.kind in ("votes", "submitted", "authors", "dot"):
            break
        if token.kind == "prose" and _reads_as_abstract(token.text):
            break
        if _is_community(token.text):
            community = True
        elif community and token.kind in ("prose", "number") and lower not in _BANNER:
            query = token.text if query is None else query
    line = tokens[begin - 1].line + 1 if begin else (tokens[0].line if tokens else 1)
    found = next((token for token in tokens[begin:] if not _is_banner(token.text)), None)
    seen = f"{shown(found.text)} comes first" if found else "nothing follows"
    raise ListingError(
        f'no date heading: {seen}; expected one such as "Aug 7" before the first title',
        file=file,
        line=found.line if found else line,
    )


def _is_community(text: str) -> bool:
    return _COMMUNITY.match(text) is not None or text.endswith("and the research community")


def _is_banner(text: str) -> bool:
    return text.lower() in _BANNER or _is_community(text)


# Tokens to entries


def _group(tokens: list[_Token], heading: Heading) -> Iterator[_Draft]:
    """The entries, in order. A small state machine: what a token means depends on what is there."""
    draft = _Draft()
    bare_votes = _votes_stand_bare(tokens)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        beyond = next((t for t in tokens[i + 1 : i + 4] if t.kind != "url"), None)
        if (
            token.kind == "number"
            and not (bare_votes or draft.marked)
            and after is not None
            and after.kind == "prose"
            and _reads_as_abstract(after.text)
        ):
            token.kind = "prose"  # a title such as "1984"
        awaits_title = not draft.title and (draft.submitter or draft.upvotes is not None)
        if token.kind == "prose" and token.text.lower() in _END and not awaits_title:
            break
        if token.kind == "submitted":
            if draft.title:
                yield draft
            draft = _Draft(line=token.line, marked=True)
            if token.text:
                draft.submitter = token.text
            elif after is not None and after.kind in ("prose", "number"):
                draft.submitter = after.text
                i += 1
        elif token.kind == "votes" or (token.kind == "number" and not draft.title):
            if draft.title:
                yield draft
                draft = _Draft()
            draft.upvotes = _count(token.text)
            draft.line = draft.line or token.line
            draft.marked = True
        elif token.kind == "number":
            if bare_votes and _begins(tokens, i):
                yield draft
                draft = _Draft(line=token.line, upvotes=_count(token.text), marked=True)
            else:
                count = _count(token.text)
                if count is not None:
                    draft.numbers.append(count)
                draft.foot = draft.marked = True
        elif token.kind == "authors":
            draft.author_count = _count(token.text)
            draft.foot = draft.marked = True
        elif token.kind == "dot":
            draft.foot = draft.marked = True
        elif token.kind == "url":
            if token.text.startswith(_LINKS_TO_VOTES) or draft.title:
                draft.urls.append(token.text)
            draft.marked = draft.marked or draft.title != ""
        elif token.kind == "day":
            _day(draft, token, heading)
        elif draft.title == "" or draft.foot or (draft.abstract and not token.wrapped):
            names_organisation = beyond is not None and beyond.kind in ("dot", "authors")
            in_foot = i > 0 and tokens[i - 1].kind == "dot"
            if (
                draft.title
                and (in_foot or (names_organisation and not token.title))
                and (len(token.text) < 80)
            ):
                draft.organisation = draft.organisation or token.text
                draft.marked = True
            elif _reads_as_abstract(token.text) and not token.title:
                raise ListingError(
                    f"the abstract {shown(token.text)} has no title; "
                    "expected a title before each abstract",
                    line=token.line,
                )
            else:
                if draft.title:
                    yield draft
                    draft = _Draft()
                _open(draft, token)
        elif draft.abstract:
            draft.abstract.append(token.text)
        elif beyond is not None and beyond.kind == "dot" and len(token.text) < 80:
            draft.organisation = token.text
            draft.marked = True
        elif not token.title and (token.wrapped or _may_be_abstract(token.text)):
            draft.abstract.append(token.text)
            if token.url:
                draft.urls.append(token.url)
        else:
            yield draft
            draft = _Draft()
            _open(draft, token)
        i += 1
    if draft.title:
        yield draft
    elif draft.submitter or draft.upvotes is not None:
        raise ListingError("an entry ends before its title; expected a title", line=draft.line)


def _open(draft: _Draft, token: _Token) -> None:
    draft.line = token.line
    draft.title = token.text
    draft.marked = draft.marked or token.title
    if token.url:
        draft.urls.append(token.url)


def _day(draft: _Draft, token: _Token, heading: Heading) -> None:
    """A day in the body: when a paper was published, or a second heading."""
    try:
        day = read_day(token.text)
    except ListingError:
        day = None
    if draft.foot or draft.marked:
        draft.foot = True
        published = day.date() if day else None
        draft.published = published.isoformat() if published else None
    elif day is not None and (day.month, day.day) != (heading.month, heading.day):
        raise ListingError(
            f"{shown(token.text)} is a second date heading; expected one day a listing",
            line=token.line,
        )


def _votes_stand_bare(tokens: list[_Token]) -> bool:
    """Whether votes are bare numbers before titles, with no "Submitted by" to part entries."""
    if any(token.kind in ("votes", "submitted") for token in tokens):
        return False
    return bool(tokens) and tokens[0].kind == "number"


def _begins(tokens: list[_Token], i: int) -> bool:
    """Whether the number at `i` is the votes of an entry: a title follows, no further number."""
    return i + 1 < len(tokens) and tokens[i + 1].kind == "prose"


def _count(text: str) -> int | None:
    found = _NUMBER.match(text)
    if found is None:
        digits = text.replace(",", "")
        return int(digits) if digits.isascii() and digits.isdigit() else None
    return int(found[1].replace(",", "")) if found[1] else round(float(found[2]) * 1000)


def _reads_as_abstract(text: str) -> bool:
    """Whether a text by its shape is an abstract: no title is so long and of whole sentences."""
    ends = text.rstrip("\"'”’)]}$*").endswith((".", "!", "?", "。"))
    sentences = text.count(". ") + text.count("? ")
    size = len(text)
    return (
        size >= 600
        or (size >= 300 and sentences > 0)
        or (size >= 200 and ends)
        or (size >= 120 and ends and sentences > 0)
    )


def _may_be_abstract(text: str) -> bool:
    """Whether a text after a title can be its abstract."""
    return (
        _reads_as_abstract(text)
        or len(text) >= 250
        or text.rstrip("\"'”’)]}$*").endswith((".", "。", "…"))
    )


def _check_pairs(drafts: list[_Draft], file: str) -> None:
    """Raise where a title lacks its abstract: on a page of bare pairs, or where others have one."""
    with_abstract = sum(bool(draft.abstract) for draft in drafts)
    for draft in drafts:
        if not draft.abstract and (with_abstract or not draft.marked):
            raise ListingError(
                f"the title {shown(draft.title)} has no abstract; "
                "expected an abstract after each title",
                file=file,
                line=draft.line,
            )


def _entry(draft: _Draft, links: dict[str, str]) -> Entry:
    urls = [links.get(url[1:-1], "") if url.startswith("[") else url for url in draft.urls]
    ids = [found for url in urls if (found := arxiv_id(url))]
    page = next((link(url) for url in urls if url and "/login?" not in url), None)
    return Entry(
        title=one_line(draft.title),
        abstract="\n\n".join(draft.abstract),
        line=draft.line,
        arxiv=ids[0][0] if ids else None,
        url=None if ids else page,
        author_count=draft.author_count,
        organisation=draft.organisation,
        submitter=draft.submitter,
        upvotes=draft.upvotes,
        comments=draft.numbers[-1] if draft.numbers else None,
        published=draft.published,
    )
