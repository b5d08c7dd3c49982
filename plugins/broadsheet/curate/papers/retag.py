"""Add tags to a paper and drop others. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ...content.pages import edit
from ...errors import ContentError, shown
from ..changes.change import refuse_no_slug
from .desk import Curator, Desk
from .note import stamp


def retag(
    desk: Desk, key: str, curator: Curator, *, add: Sequence[str] = (), drop: Sequence[str] = ()
) -> str:
    """Add tags to a paper and drop others.

    Return what was done. Raises ContentError for an invalid tag, for a tag to drop that the paper
    lacks, and where nothing would change.
    """
    had = desk.paper(key).tags
    path, line = desk.place(key).path, desk.line(key)
    for tag in add:
        refuse_no_slug(tag, "tag")
    if add and not set(add) - set(had) and not set(drop) & set(had):
        raise ContentError(
            f"{shown(key)} has these tags already: {', '.join(had) or 'none'}", file=path, line=line
        )
    for tag in drop:
        if tag not in had:
            raise ContentError(
                f"{shown(key)} has no tag {shown(tag)}; it has {', '.join(had) or 'none'}",
                file=path,
                line=line,
            )

    def edited(text: str, file: str) -> str:
        for tag in drop:
            text = edit.drop_tag(text, key, tag, file)
        for tag in add:
            text = edit.add_tag(text, key, tag, file)
        return text

    desk.change(key, edited)
    stamp(desk, key, curator)
    return f"{key}: {', '.join(desk.paper(key).tags) or 'no tags'}"
