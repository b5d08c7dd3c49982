"""Hugging Face's Daily Papers page, copied as text from a browser or by a converter.

Its lines come as tokens (tokens.py). They are grouped: the head (banner, query, date heading),
then entries, each of

    [Submitted by NAME] [votes] title [abstract] [organisation] [· N authors · day · comments]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...errors import EmptyListing, ListingError, shown
from ...papers import Entry
from ..bounds import MAX_TITLE
from ..fields.dates import DateHeading, month_number, read_day, read_heading
from ..fields.identifiers import arxiv_id, link
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line
from .strays import without_strays
from .tokens import BAR, Token, count, tokens

_COMMUNITY = re.compile(r"^by ?(?:AK)?(?: and the research community)?$", re.IGNORECASE)
_BANNER = BAR | {
    "ak", "new", "subscribe", "trending papers", "submit a paper", "submit", "previous", "next",
    "and the research community", "search by arxiv id or title",
    "get trending papers in your email inbox!",
    "get trending papers in your email inbox once a day!",
}  # fmt: skip
_END = {"previous", "next", "company", "system theme", "© hugging face", "references"}
_LINKS_TO_VOTES = "https://huggingface.co/login?"
_LONGEST_ORGANISATION = 80  # characters


@dataclass(slots=True)
class _EntryDraft:
    """An entry while its tokens are read."""

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
    marked: bool = False  # has anything but a bare title and abstract
    foot: bool = False  # what follows its abstract has begun

    @property
    def awaits_title(self) -> bool:
        """Whether votes or a submitter were read, and the title was not."""
        return not self.title and (self.submitter is not None or self.upvotes is not None)


def parse(text: str, *, file: str) -> Listing:
    """Read a copied Daily Papers page.

    Raises `EmptyListing` where nothing follows the heading, `ListingError` where there is no
    date heading or a title and an abstract don't come in pairs.
    """
    links: dict[str, str] = {}
    try:
        read = list(tokens(text, links))
        start, heading, query, at = _head(read, file)
        drafts = _Grouping(read[start:], heading).drafts()
    except ListingError as error:
        raise error.at(file) from None
    drafts, strays = without_strays(drafts)
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
        notices=(*strays, *notices),
    )


def _head(read: list[Token], file: str) -> tuple[int, DateHeading, str | None, int]:
    """Return where the entries start, and the heading, the query and the heading's line."""
    begin = next((i + 1 for i, token in enumerate(read[:400]) if token.text == "Daily Papers"), 0)
    query: str | None = None
    community = False
    for i in range(begin, len(read)):
        token = read[i]
        try:
            heading = read_heading(token.text) if token.kind == "day" else None
        except ListingError as error:
            error.line = token.line
            raise
        if heading is not None:
            return i + 1, heading, query, token.line
        after = read[i + 1] if i + 1 < len(read) else None
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
    line = read[begin - 1].line + 1 if begin else (read[0].line if read else 1)
    found = next((token for token in read[begin:] if not _is_banner(token.text)), None)
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


class _Grouping:
    """Tokens to entries: a small state machine, where what a token means depends on its draft."""

    def __init__(self, read: list[Token], heading: DateHeading) -> None:
        self.read = read
        self.heading = heading
        self.draft = _EntryDraft()
        self.done: list[_EntryDraft] = []
        # Votes are bare numbers before titles, with no "Submitted by" to part the entries.
        marked = any(token.kind in ("votes", "submitted") for token in read)
        self.bare_votes = not marked and bool(read) and read[0].kind == "number"
        # A page of bare pairs, and whether its abstracts are so short that their shape says little.
        self.bare = not marked and all(token.kind in ("prose", "number", "day") for token in read)
        self.short = self.bare and not any(_reads_as_abstract(token.text) for token in read)

    def drafts(self) -> list[_EntryDraft]:
        """Return the entries in order. Raises `ListingError` for an abstract without a title."""
        at = 0
        while at < len(self.read):
            token = self.read[at]
            if self._is_numeric_title(at):
                token.kind = "prose"
            if token.kind == "prose" and token.text.lower() in _END:
                break
            at += self._take(token, at)
        if self.draft.awaits_title:
            raise ListingError(
                "an entry ends before its title; expected a title", line=self.draft.line
            )
        self._next()
        return self.done

    def _after(self, at: int) -> Token | None:
        return self.read[at + 1] if at + 1 < len(self.read) else None

    def _next(self) -> None:
        """Start a new entry, the one so far being whole if it has a title."""
        if self.draft.title:
            self.done.append(self.draft)
        self.draft = _EntryDraft()

    def _take(self, token: Token, at: int) -> int:
        """Add a token to the draft or start a new one; return how many tokens were used."""
        draft = self.draft
        match token.kind:
            case "submitted":
                return self._submitted(token, at)
            case "votes":
                self._votes(token)
            case "number":
                self._number(token, at)
            case "authors":
                draft.author_count = count(token.text)
                draft.foot = draft.marked = True
            case "dot":
                draft.foot = draft.marked = True
            case "url":
                if draft.title or token.text.startswith(_LINKS_TO_VOTES):
                    draft.urls.append(token.text)
                draft.marked = draft.marked or draft.title != ""
            case "day":
                self._day(token)
            case _:
                self._prose(token, at)
        return 1

    def _submitted(self, token: Token, at: int) -> int:
        self._next()
        self.draft = _EntryDraft(line=token.line, marked=True, submitter=token.text or None)
        after = self._after(at)
        if token.text or after is None or after.kind not in ("prose", "number"):
            return 1
        self.draft.submitter = after.text
        return 2

    def _votes(self, token: Token) -> None:
        if self.draft.title:
            self._next()
        self.draft.upvotes = count(token.text)
        self.draft.line = self.draft.line or token.line
        self.draft.marked = True

    def _number(self, token: Token, at: int) -> None:
        after = self._after(at)
        if not self.draft.title or (self.bare_votes and after and after.kind == "prose"):
            self._votes(token)
            return
        number = count(token.text)
        if number is not None:
            self.draft.numbers.append(number)
        self.draft.foot = self.draft.marked = True

    def _is_numeric_title(self, at: int) -> bool:
        """Return whether a number on a page of bare pairs is a title ("1984"): its abstract
        follows."""
        after = self._after(at)
        return (
            self.read[at].kind == "number"
            and not (self.bare_votes or self.draft.marked)
            and after is not None
            and after.kind == "prose"
            and _reads_as_abstract(after.text)
        )

    def _day(self, token: Token) -> None:
        """When a paper was published, or a second heading."""
        try:
            day = read_day(token.text)
        except ListingError:
            day = None
        if self.draft.foot or self.draft.marked:
            self.draft.foot = True
            published = day.date() if day else None
            self.draft.published = published.isoformat() if published else None
        elif day is not None and (day.month, day.day) != (self.heading.month, self.heading.day):
            raise ListingError(
                f"{shown(token.text)} is a second date heading; expected one day a listing",
                line=token.line,
            )

    def _prose(self, token: Token, at: int) -> None:
        """A title, an abstract or an organisation."""
        draft = self.draft
        if draft.title and self._is_organisation(token, at):
            draft.organisation = draft.organisation or token.text
            draft.marked = True
        elif draft.title and not draft.foot and draft.abstract and token.wrapped:
            draft.abstract.append(token.text)
        elif (
            draft.title
            and not draft.foot
            and not draft.abstract
            and (_may_be_abstract(token) or (self.short and not self._is_short_title(at)))
        ):
            draft.abstract.append(token.text)
            if token.url:
                draft.urls.append(token.url)
        elif (
            not token.title
            and not self._is_endless_title(at)
            and (_reads_as_abstract(token.text) or self._is_short_abstract(at))
            and (not draft.title or draft.foot or draft.abstract)
        ):
            raise ListingError(
                f"the abstract {shown(token.text)} has no title; "
                "expected a title before each abstract",
                line=token.line,
            )
        else:
            if draft.title:
                self._next()
            self._open(token)

    def _is_endless_title(self, at: int) -> bool:
        """Return whether a text where a title is due is one without end: its abstract follows."""
        after = self._after(at) if len(self.read[at].text) > MAX_TITLE else None
        return after is not None and after.kind == "prose" and _reads_as_abstract(after.text)

    def _is_short_title(self, at: int) -> bool:
        """Return whether, among short abstracts, a text is a title: the next ends a sentence."""
        after = self._after(at)
        return after is not None and _ends_a_sentence(after.text)

    def _is_short_abstract(self, at: int) -> bool:
        """Return whether, on a page of bare pairs, a sentence where a title is due is an abstract.

        It is one if nothing follows, or a title with its abstract. Some titles are sentences: an
        abstract follows those.
        """
        if not (self.bare and _ends_a_sentence(self.read[at].text)):
            return False
        after, beyond = self._after(at), self._after(at + 1)
        if after is None:
            return True
        title_follows = not _ends_a_sentence(after.text) and not _reads_as_abstract(after.text)
        return title_follows and beyond is not None and _ends_a_sentence(beyond.text)

    def _is_organisation(self, token: Token, at: int) -> bool:
        if token.title or len(token.text) >= _LONGEST_ORGANISATION:
            return False
        if self.draft.foot and at > 0 and self.read[at - 1].kind == "dot":
            return True
        after = next((t for t in self.read[at + 1 : at + 4] if t.kind != "url"), None)
        ends = ("dot", "authors") if self.draft.foot or self.draft.abstract else ("dot",)
        return after is not None and after.kind in ends

    def _open(self, token: Token) -> None:
        self.draft.line = token.line
        self.draft.title = token.text
        self.draft.marked = self.draft.marked or token.title
        if token.url:
            self.draft.urls.append(token.url)


def _ends_a_sentence(text: str, marks: tuple[str, ...] = (".", "。", "…")) -> bool:
    return text.rstrip("\"'”’)]}$*").endswith(marks)


def _reads_as_abstract(text: str) -> bool:
    """Return whether a text by its shape is an abstract: no title is so long and of whole
    sentences."""
    ends = _ends_a_sentence(text, (".", "!", "?", "。"))
    sentences = text.count(". ") + text.count("? ")
    size = len(text)
    return (
        size >= 600
        or (size >= 300 and sentences > 0)
        or (size >= 200 and ends)
        or (size >= 120 and sentences > 0 and _ends_a_sentence(text))
    )


def _may_be_abstract(token: Token) -> bool:
    """Return whether what follows a title can be its abstract."""
    text = token.text
    return not token.title and (
        token.wrapped
        or _reads_as_abstract(text)
        or len(text) >= 250
        or _ends_a_sentence(text)
        or (len(text) >= 150 and _ends_a_sentence(text, ("!", "?")))
    )


def _check_pairs(drafts: list[_EntryDraft], file: str) -> None:
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


def _entry(draft: _EntryDraft, links: dict[str, str]) -> Entry:
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
