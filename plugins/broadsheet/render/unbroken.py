"""Formulas that lines do not break off from what they are written to: "(x)", "k-means".

Browsers break lines beside a formula as beside a picture, whatever stands there. What is written
without a space goes into an element that doesn't break, as far as it fits on a phone's line; what
may be wider than that line, into one that scrolls. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

WIDEST = 32
"""Characters that stay on one line."""
WIDE = 18
"""Characters that any phone's line has room for: signs of maths take the width of two."""

# Up to a space that lines break at, or a tag.
_RUN = re.compile("(?:[^\\s<>]|[\xa0\u202f])*")
_AFTER = re.compile(r"[^\w\s<>&]{0,4}")
_BEFORE = re.compile(r"[^\w\s<>&;]{0,4}")  # from the end, where ; may close an entity
_TAG = re.compile(r"<annotation.*?</annotation>|<[^<>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_INLINE = "<math>"


def unbroken(words: Sequence[str], pieces: Sequence[str]) -> str:
    """Return HTML of `words` with a piece between each two: formulas in a line as `<math>`, and
    others, which are left alone. Words may have tags, and each of these is in one of them."""
    made = [words[0]]
    group: list[str] = []  # formulas, and what is between them
    for piece, after in zip(pieces, words[1:], strict=True):
        if not piece.startswith(_INLINE):
            _close(made, group, "")
            made += (piece, after)
            continue
        group.append(piece)
        run = _RUN.match(after)
        if run is not None and run.end() == len(after):
            group.append(after)
            continue
        _close(made, group, after)
    _close(made, group, "")
    return "".join(made)


def _close(made: list[str], group: list[str], after: str) -> None:
    """Append a group of formulas, and the words after it, to what was made; empty the group."""
    if not group:
        made.append(after)
        return
    before = made.pop()
    if len(group) % 2 == 0:  # the words after the last formula have no space
        after = group.pop() + after
    head, tail = _run_before(before, _RUN), _RUN.match(after)
    end = tail.end() if tail else 0
    whole = [before[len(before) - head :], *group, after[:end]]
    if sum(map(_length, whole)) <= WIDEST:
        made += (before[: len(before) - head], _kept(whole), after[end:])
    else:
        texts = [before, *group[1::2], after]
        for number, piece in enumerate(group[::2]):
            left, right = texts[number], texts[number + 1]
            start = _run_before(left, _BEFORE)
            stop = _AFTER.match(right)
            until = stop.end() if stop else 0
            made += (
                left[: len(left) - start],
                _kept([left[len(left) - start :], piece, right[:until]]),
            )
            texts[number + 1] = right[until:]
        made.append(texts[-1])
    group.clear()


def _run_before(text: str, pattern: re.Pattern[str]) -> int:
    """Return the length of the run that ends a text."""
    found = pattern.match(text[::-1])
    return found.end() if found else 0


def _kept(parts: Sequence[str]) -> str:
    """Return parts as one that isn't broken, and scrolls where it may be wider than its line; a
    short formula alone is as it is."""
    html = "".join(parts)
    if _length(html) > WIDE:
        return f'<span class="wide"><span class="nb">{html}</span></span>'
    return html if sum(map(bool, parts)) == 1 else f'<span class="nb">{html}</span>'


def _length(html: str) -> int:
    """Return how many characters show."""
    return len(_ENTITY.sub(".", _TAG.sub("", html))) if html else 0
