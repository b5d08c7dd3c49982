"""Add tags to a paper and drop others. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..content.pages import PaperLocation, edit
from ..errors import ContentError, shown
from ..slugs import is_slug
from .change import Change, State, finished


def retag(
    state: State,
    location: PaperLocation,
    *,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    updated: str | None = None,
) -> Change:
    """Add tags to a paper and drop others.

    `updated` is the day (ISO) of the change for feeds. Raises ContentError for an invalid tag, for
    a tag to drop that the paper lacks, and where nothing would change.
    """
    text = state.texts[location.path]
    section = edit.find(text, location.id, location.path)
    had = section.paper.tags
    for tag in add:
        if not is_slug(tag):
            raise ContentError(
                f"{shown(tag)} can't be a tag; expected lower-case words joined by hyphens"
            )
    if add and not set(add) - set(had) and not set(drop) & set(had):
        raise ContentError(
            f"{shown(location.id)} has these tags already: {', '.join(had) or 'none'}",
            file=location.path,
            line=section.line,
        )
    for tag in drop:
        if tag not in had:
            raise ContentError(
                f"{shown(location.id)} has no tag {shown(tag)}; it has {', '.join(had) or 'none'}",
                file=location.path,
                line=section.line,
            )
    edited = text
    for tag in drop:
        edited = edit.drop_tag(edited, location.id, tag, location.path)
    for tag in add:
        edited = edit.add_tag(edited, location.id, tag, location.path)
    if updated:
        edited = edit.set_value(edited, location.id, "updated", updated, location.path)
    now = edit.find(edited, location.id, location.path).paper.tags
    return finished(state, {location.path: edited}, f"{location.id}: {', '.join(now) or 'no tags'}")
