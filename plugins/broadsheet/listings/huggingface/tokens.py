"""The lines of a copied page as tokens, whatever link marks the copy left.

Bare lines, `[-] 12` boxes, addresses under their texts, `[text](address)` and `[text][12]` links,
links that open with `[` on one line and close with `][12]` lines later, lines wrapped at a width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import ListingError
from ..fields.dates import read_day, read_heading
from ..untrusted.decoding import visible

_INLINE = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+)\)")
_CLOSE_INLINE = re.compile(r"^([^\[\]]*)\]\((https?://[^\s()]+)\)$")
_FOOTNOTE = re.compile(r"\[([^\[\]]*)\]\[(\d{1,5})\]")
_LOGO = re.compile(r"^\[\[[^\[\]]*\] ?([^\[\]]*)\]\[(\d{1,5})\]$")
_CLOSE_FOOTNOTE = re.compile(r"^\]\[(\d{1,5})\]$")
_DEFINITION = re.compile(r"^\[?(\d{1,5})[\].]:? +(https?://\S+)$")
_MARK = re.compile(r"^(#{1,6}|[*+-]) +(?=\S)")
_VOTES = re.compile(r"^\[-\] ?(\d[\d,.]*k?|-)$")
_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d{1,9})$|^(\d{1,5}(?:\.\d{1,2})?)k$")
_AUTHORS = re.compile(r"^([\d,]{1,7}) authors?$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?<=\S)·\s?(?=[\d,]{1,7} authors?\b)", re.IGNORECASE
)  # "Kites Lab· 5 authors"
_SUBMITTED = re.compile(r"^Submitted by\b ?(.*)$")
_WITH_COMMENTS = re.compile(r"(.*?\d) \[ ?(\d{1,6}) ?\](?:\[\d{1,5}\]|\(\S+\))")

_WHOLE_LINK = re.compile(r"^\[(.*)\](?:\((https?://[^\s()]+)\)|\[(\d{1,5})\])$")
_LONGEST_FOOT = 120  # characters of a line that stands in the head, or below an abstract
_SHORTEST_WRAPPED = 120  # characters of a text that takes more than one line

BAR = frozenset({"daily", "weekly", "monthly"})
"""The words that choose a period."""


@dataclass(slots=True)
class Token:
    """A line or a part of one; `kind`: prose, votes, number, authors, submitted, day, dot or url.

    `url` is what it links to: an address, or "[12]" for a footnote.
    """

    kind: str
    text: str
    line: int
    url: str | None = None
    title: bool = False  # marked as a heading
    wrapped: bool = False  # stood between the brackets of one link, so it is one text


def tokens(text: str, links: dict[str, str]) -> Iterator[Token]:
    """Yield the kinds of things that the lines hold. Definitions of footnotes go to `links`."""
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
    """Yield lines with their numbers, white space tidied; those that were wrapped are one again."""
    run: list[tuple[int, str]] = []
    lines = [" ".join(line.split()) for line in visible(text).split("\n")]
    alone = ""  # what stands before the run
    for number, line in enumerate(lines, 1):
        if line and (not _stands_alone(line) or _ends_a_text(line, run)):
            run.append((number, line))
            continue
        yield from _unwrapped(run, between_blanks=not (alone or line))
        run, alone = [], line
        yield number, line
    yield from _unwrapped(run, between_blanks=not alone)


def _stands_alone(line: str) -> bool:
    """Return whether a line can't be part of a wrapped text."""
    return len(line) < 3 or line.startswith(("](", "][", "http://", "https://", "[-]", "· "))


def _ends_a_text(line: str, run: list[tuple[int, str]]) -> bool:
    """Return whether an address in a line of its own is the end of the wrapped text above it."""
    return (
        line.startswith("http")
        and len(run) > 1
        and all(60 <= len(above) <= 140 for _, above in run[-3:-1])
    )


def _unwrapped(run: list[tuple[int, str]], *, between_blanks: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines of a run in which none is blank: one, where they were wrapped at a width.

    A "### [" heading that was wrapped ends with the line that closes its bracket.
    """
    if len(run) > 1 and between_blanks and _is_wrapped([line for _, line in run]):
        yield run[0][0], " ".join(line for _, line in run)
        return
    at = 0
    while at < len(run):
        number, line = run[at]
        end = at + 1
        if line.startswith("#") and line.count("[") > line.count("]"):
            while end < len(run) and end - at < 6 and not run[end - 1][1].endswith("]"):
                end += 1
        yield number, " ".join(text for _, text in run[at:end])
        at = end


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether lines but the last are of like length, and of that of a text's lines.

    A few are shorter: those before a long address. Two lines may be a title and what follows it,
    unless the first is no sentence's end.
    """
    sizes = [len(line) for line in lines if not line.startswith("http")]
    if len(sizes) < 2:
        return False
    widest, full = max(sizes), sizes[:-1]
    if not 60 <= widest <= 140 or full[0] < widest - 30 or lines[0].startswith(("#", "* ")):
        return False
    if sum(size < widest - 30 for size in full) > len(full) // 4:
        return False
    return len(sizes) > 2 or lines[0][-1] not in ".!?"


def _bracketed(bracket: list[tuple[int, str]], url: str | None) -> Iterator[Token]:
    """Yield the tokens of what stood between "[" and "][12]" on lines of their own."""
    texts = [(number, text) for number, text in bracket if text]
    if not texts:
        return
    if len(texts) == 1 or sum(len(text) for _, text in texts) < _SHORTEST_WRAPPED:
        for number, text in texts:
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
    yield Token("prose", whole, texts[0][0], url, wrapped=True)


def _line(number: int, line: str) -> Iterator[Token]:
    """Yield the tokens of one line: mostly one, several where a foot stands in one line."""
    title = False
    if votes := _VOTES.match(line):
        yield Token("votes", votes[1], number)
        return
    if mark := _MARK.match(line):
        if mark[1][0] == "#":
            title = True
            line = line[mark.end() :]
        elif mark[1] in "*+-" and (
            "[" in line or _AUTHORS.match(line[mark.end() :]) or line[mark.end() :].lower() in BAR
        ):
            line = line[mark.end() :]
    comments = _WITH_COMMENTS.fullmatch(line) if len(line) < _LONGEST_FOOT else None
    if comments and (read_day(comments[1]) or _AUTHORS.match(comments[1])):
        yield from _line(number, comments[1])
        yield Token("number", comments[2], number)
        return
    line, url = _unlinked(line)
    if len(line) < _LONGEST_FOOT:
        line = _BEHIND.sub(" · ", line)
    if line.startswith("·") or (" · " in line and len(line) < _LONGEST_FOOT):
        for part in re.split(r" ?· ?", line):
            yield Token("dot", "·", number)
            if part:
                yield _plain(number, part, url, False)
        return
    if line:
        yield _plain(number, line, url, title)


def _unlinked(line: str) -> tuple[str, str | None]:
    """Return a line without the marks of its links, and what the first links to.

    Only where the line is one link, or short: the links within an abstract are its own.
    """
    if logo := _LOGO.match(line):
        return logo[1], f"[{logo[2]}]"
    whole = _WHOLE_LINK.match(line)
    if whole and _balanced(whole[1]):
        return whole[1].strip(), whole[2] or f"[{whole[3]}]"
    if len(line) >= _LONGEST_FOOT or not ("](" in line or "][" in line):
        return line, None
    found = _FOOTNOTE.search(line) or _INLINE.search(line)
    url = None
    if found:
        url = found[2] if found[2].startswith("http") else f"[{found[2]}]"
    return " ".join(_FOOTNOTE.sub(r" \1 ", _INLINE.sub(r" \1 ", line)).split()), url


def _balanced(text: str) -> bool:
    """Return whether every bracket in a text is closed within it."""
    depth = 0
    for mark in re.findall(r"[\[\]]", text):
        depth += 1 if mark == "[" else -1
        if depth < 0:
            return False
    return depth == 0


def _plain(number: int, line: str, url: str | None, title: bool) -> Token:
    if title and not (len(line) < 40 and read_heading(line)):
        return Token("prose", line, number, url, title=True)
    if line.startswith(("https://", "http://")) and " " not in line:
        return Token("url", line, number, line)
    if _NUMBER.match(line):
        return Token("number", line, number, url)
    if authors := _AUTHORS.match(line):
        return Token("authors", authors[1], number, url)
    if submitted := _SUBMITTED.match(line):
        return Token("submitted", submitted[1], number, url)
    return Token("day" if _day_shaped(line) else "prose", line, number, url)


def _day_shaped(line: str) -> bool:
    if len(line) > 40:
        return False
    try:
        return read_heading(line) is not None
    except ListingError:
        return True


def count(text: str) -> int | None:
    """Return the number that a page shows, such as "1,204" or "4.2k"; None for "-"."""
    found = _NUMBER.match(text)
    if found is None:
        digits = text.replace(",", "")
        return int(digits) if digits.isascii() and digits.isdigit() else None
    return int(found[1].replace(",", "")) if found[1] else round(float(found[2]) * 1000)
