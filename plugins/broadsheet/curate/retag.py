"""Giving a paper other tags. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..content.pages import edit, is_slug
from ..errors import ContentError, shown
from .change import Change, Place, State, finished


def retag(
    state: State,
    place: Place,
    *,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    updated: str | None = None,
) -> Change:
    """Add tags to a paper and drop others.

    `updated` is the day (ISO) that followers are told of the change as. Raises ContentError for
    what can't be a tag, a tag to drop that the paper hasn't, and where nothing would change.
    """
    text = state.texts[place.path]
    section = edit.find(text, place.id, place.path)
    had = section.paper.tags
    for tag in add:
        if not is_slug(tag):
            raise ContentError(
                f"{shown(tag)} can't be a tag; expected lower-case words joined by hyphens"
            )
    if add and not set(add) - set(had) and not set(drop) & set(had):
        raise ContentError(
            f"{shown(place.id)} has these tags already: {', '.join(had) or 'none'}",
            file=place.path,
            line=section.line,
        )
    for tag in drop:
        if tag not in had:
            raise ContentError(
                f"{shown(place.id)} has no tag {shown(tag)}; it has {', '.join(had) or 'none'}",
                file=place.path,
                line=section.line,
            )
    made = text
    for tag in drop:
        made = edit.drop_tag(made, place.id, tag, place.path)
    for tag in add:
        made = edit.add_tag(made, place.id, tag, place.path)
    if updated:
        made = edit.set_value(made, place.id, "updated", updated, place.path)
    now = edit.find(made, place.id, place.path).paper.tags
    return finished(state, {place.path: made}, f"{place.id}: {', '.join(now) or 'no tags'}")
