"""A text in lines that fit. Pure: how wide text is, others tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_ELLIPSIS = "…"
_LOOSE = " ,;:.–—-"  # what stands at the end of no shortened line

Width = Callable[[str], float]


def broken(text: str, width: Width, room: float, most: int) -> list[list[str]]:
    """Return a text as words by line: at most so many lines, each no wider than `room`. What is
    left out is told by an ellipsis, where there is a line for it; a word that is wider than a line
    goes on in the next."""
    if most < 1:
        return []
    space = width(" ")
    rows: list[list[str]] = [[]]
    used = -space
    for word in text.split():
        whole = width(word)
        for part in (word,) if whole <= room else _parts(word, width, room):
            more = space + (whole if part is word else width(part))
            if used + more > room and rows[-1]:
                if len(rows) == most:
                    rows[-1] = _shortened(rows[-1], width, room)
                    return rows
                rows.append([])
                used = -space
            rows[-1].append(part)
            used += more
    return rows


def _parts(word: str, width: Width, room: float) -> Iterator[str]:
    """Yield a word that is too wide in parts that fit."""
    part, used = "", 0.0
    for char in word:
        more = width(char)
        if part and used + more > room:
            yield part
            part, used = "", 0.0
        part += char
        used += more
    yield part


def _shortened(words: list[str], width: Width, room: float) -> list[str]:
    """Return a line's words with an ellipsis after the last that leaves room for it."""
    room -= width(_ELLIPSIS)
    space = width(" ")
    kept = list(words)
    while len(kept) > 1 and sum(map(width, kept)) + space * (len(kept) - 1) > room:
        kept.pop()
    last = kept[-1].rstrip(_LOOSE)
    if len(kept) == 1 and width(last) > room:
        last = next(_parts(last, width, room))
    kept[-1] = last + _ELLIPSIS
    return kept
