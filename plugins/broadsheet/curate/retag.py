"""Giving a paper other tags. Pure."""

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

    `updated` is the day (ISO) that followers are told of the change as. Raises ContentError for
    what can't be a tag, a tag to drop that the paper hasn't, and where nothing would change.
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
    made = text
    for tag in drop:
        made = edit.drop_tag(made, location.id, tag, location.path)
    for tag in add:
        made = edit.add_tag(made, location.id, tag, location.path)
    if updated:
        made = edit.set_value(made, location.id, "updated", updated, location.path)
    now = edit.find(made, location.id, location.path).paper.tags
    return finished(state, {location.path: made}, f"{location.id}: {', '.join(now) or 'no tags'}")
