"""Markdown whose formulas are marks, which a parser and a sanitiser leave as they are.

Linear in the text's length, whatever an author does with a formula's mark: what marks stand for
counts, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from .. import tex
from ..errors import InvolvedText
from ..tex.spans import Span

PRIVATE = re.compile("[\ue000-\ue004]")
"""Private-use characters that serve as placeholders in our HTML, and are removed from texts."""
DOLLAR = "\ue004"
"""Stands for an escaped dollar sign of a static page, which is one but in code."""
GROWN = 200_000
"""Characters that repetitions of a text's own parts may add, and four for each of the text's."""


class Marked(NamedTuple):
    """Markdown, or HTML made of it, in which a mark stands for each formula: `mark`, and the
    formula's number in `formulas`, between private-use characters."""

    text: str
    mark: str
    formulas: tuple[Span, ...]


def unmarked(text: str) -> str:
    """Return a text without the private-use characters that serve as placeholders."""
    return text if text.isascii() else PRIVATE.sub("", text)


def marked(text: str, prose: Callable[[Span], str]) -> Marked:
    """Return Markdown with its formulas as marks; `prose` returns what stands for a piece that is
    none. The mark is a hash of the text, so that no text can hold its own."""
    text = unmarked(text)
    mark = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() + "x"
    formulas: list[Span] = []
    pieces = []
    for piece in tex.spans(text):
        if piece.math:
            pieces.append(f"\ue000{mark}{len(formulas)}\ue001")
            formulas.append(piece)
        else:
            pieces.append(prose(piece))
    return Marked("".join(pieces), mark, tuple(formulas))


def refuse_grown(html: str, found: Marked) -> None:
    """Raise InvolvedText where the HTML of a marked text repeats its formulas beyond bounds: what
    defines a link's title may be named any number of times."""
    if html.count(found.mark) <= len(found.formulas):
        return
    left = GROWN + 4 * len(found.text)
    for number in re.findall(f"\ue000{found.mark}([0-9]{{1,6}})\ue001", html):
        left -= len(found.formulas[int(number)].text)
        if left < 0:
            raise InvolvedText(
                "this text repeats its formulas beyond bounds; expected fewer or shorter ones in "
                "the titles of links"
            )
