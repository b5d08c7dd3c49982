"""Give a paper another title or abstract. Pure."""

from __future__ import annotations

from ...content.pages.reword import set_text
from ...errors import ContentError, shown
from .desk import Curator, Desk
from .note import stamp


def reword(
    desk: Desk, key: str, curator: Curator, *, title: str | None = None, abstract: str | None = None
) -> str:
    """Replace a paper's title, its abstract (both Markdown), or both; its id and address stay.

    Return what was done. Raises ContentError where nothing would change, and for a text that can't
    stand in a page.
    """
    before = desk.paper(key)
    desk.change(
        key,
        lambda text, file: set_text(text, key, file, title=title, abstract=abstract),
    )
    after = desk.paper(key)
    changed = [
        name for name in ("title", "abstract") if getattr(before, name) != getattr(after, name)
    ]
    if not changed:
        raise ContentError(
            f"{shown(key)} reads so already", file=desk.place(key).path, line=desk.line(key)
        )
    stamp(desk, key, curator)
    return f"{key}: another {' and '.join(changed)}, in {desk.place(key).path}"
