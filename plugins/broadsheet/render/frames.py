"""Frames: pages of one template that differ in some texts alone, rendered once and filled after
that.

A frame is rendered with a `Slot` in place of each of these texts. A slot can be printed; whether it
is empty or is some other text may be asked, and is asked again of each text that fills it; for all
else that a template may do with a text there is no frame, and each page is rendered. So it is where
the first page, filled in, is not byte for byte what it is rendered as.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NoReturn
from uuid import uuid4

from jinja2 import TemplateError
from markupsafe import escape

from ..errors import SiteError


class _UsedError(Exception):
    """A template does more with a slot than to print it."""


class Slot:
    """Stands for a text in a frame. `told` are the texts that it was said to differ from."""

    __slots__ = ("_mark", "told")

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self.told: set[object] = set()

    def __html__(self) -> str:
        return self._mark

    def __bool__(self) -> bool:
        self.told.add("")
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            self._used()
        self.told.add(other)
        return False

    def __hash__(self) -> int:
        self._used()

    def __str__(self) -> str:
        self._used()

    __repr__ = __str__

    def __getattr__(self, name: str) -> NoReturn:
        self._used()

    def _used(self) -> NoReturn:
        raise _UsedError


Texts = Mapping[str, str]
"""The texts of a page by the names of their slots; what is Markup is printed as it is."""
Given = Mapping[str, Any]
"""The same, or slots in their place."""
Render = Callable[[Given], str]
"""Renders a page with these texts, or a frame with slots."""


class _Frame:
    """A page's text cut at its slots."""

    def __init__(self, texts: Texts, render: Render) -> None:
        mark = f"slot-{uuid4().hex}-"
        names = list(texts)
        slots = {name: Slot(f"{mark}{number}.") for number, name in enumerate(names)}
        pieces = re.split(f"{mark}([0-9]+)[.]", render(slots))
        self._pieces = pieces
        self._names = [names[int(number)] for number in pieces[1::2]]
        self._unlike = [(name, slot.told) for name, slot in slots.items() if slot.told]

    def fits(self, texts: Texts) -> bool:
        """Return whether all texts are what their slots were taken to be."""
        return all(texts[name] not in told for name, told in self._unlike)

    def filled(self, texts: Texts) -> str:
        """Return the page of some texts."""
        shown = {name: escape(text) for name, text in texts.items()}
        pieces = self._pieces.copy()
        pieces[1::2] = [shown[name] for name in self._names]
        return "".join(pieces)


class Frames:
    """The frames of a site, by keys: pages of one key differ in their texts alone."""

    def __init__(self) -> None:
        self._frames: dict[Hashable, _Frame | None] = {}

    def page(self, key: Hashable, texts: Texts, render: Render) -> str:
        """Return the page of some texts: rendered, or its key's frame filled."""
        if key not in self._frames:
            page = render(texts)
            self._frames[key] = _frame(texts, render, page)
            return page
        frame = self._frames[key]
        if frame is None or not frame.fits(texts):
            return render(texts)
        return frame.filled(texts)


def _frame(texts: Texts, render: Render, page: str) -> _Frame | None:
    """Return a frame of a page; None where a template asks too much of its slots."""
    try:
        frame = _Frame(texts, render)
    except (_UsedError, TypeError, AttributeError, TemplateError, SiteError):
        return None
    same = frame.fits(texts) and frame.filled(texts) == page
    return frame if same else None
