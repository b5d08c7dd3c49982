"""The pages and files of what waits in which papers have another topic, or tag. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from ...content import pages, waiting
from ...content.disk import is_waiting
from ...content.pages import edit
from ...content.pages.joined import joined, with_heading
from ...content.pages.location import day_of
from ..changes.addresses import PAGE
from ..changes.change import page_path


@dataclass(slots=True)
class RenamedPages:
    """The files that change, how many papers had each old topic or tag, and what to tell."""

    writes: dict[str, str | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)


def tags_renamed(texts: Mapping[str, str], olds: Sequence[str], new: str) -> RenamedPages:
    """Give all papers of some tags another, each once. Raises ContentError for a page that no
    command can edit."""
    found = RenamedPages()
    for path, text in texts.items():
        if not PAGE.match(path) and not is_waiting(path):
            continue
        result = text
        for old in olds:
            if old != new and old in result:
                result, count = edit.rename_tag(result, old, new, path)
                found.counts[old] += count
        if result != text:
            found.writes[path] = result
    return found


def topics_renamed(
    texts: Mapping[str, str], olds: Sequence[str], new: str, names: Collection[str], title: str
) -> RenamedPages:
    """Give all pages of some topics another, `new`, and join those of one day.

    A page whose title is one of `names`, or a slug, gets `title`; one that people gave another
    title keeps it. Raises ContentError for a page that no command can edit.
    """
    found = RenamedPages()
    titles = {*names, *olds, new}
    days: dict[date, dict[str, str]] = {}
    for path, text in texts.items():
        if PAGE.match(path):
            topic = path.rpartition("/")[2].removesuffix(".md")
            if topic in olds or topic == new:
                days.setdefault(day_of(path), {})[topic] = text
        elif is_waiting(path):
            _topics_waiting(found, path, text, olds, new)
    for day, by_topic in days.items():
        if set(by_topic) <= {new} - set(olds):
            continue
        _join_day(found, day, by_topic, olds, new, (titles, title))
    return found


def _join_day(
    found: RenamedPages,
    day: date,
    by_topic: Mapping[str, str],
    olds: Sequence[str],
    new: str,
    called: tuple[Collection[str], str],
) -> None:
    """Put a day's pages of old topics into the one of the new topic."""
    titles, title = called
    target = page_path(day, new)
    result: str | None = None
    for topic in dict.fromkeys((new, *olds)):
        text = by_topic.get(topic)
        if text is None:
            continue
        path = page_path(day, topic)
        page = pages.parse(text, file=path)
        if topic in olds:
            found.counts[topic] += len(page.sections)
            values = {"topic": new}
            if page.title in titles:
                values["title"] = title
            text = with_heading(text, values, path)
        if topic != new:
            found.writes[path] = None
        if result is None:
            result = text
            continue
        result, lost = joined(result, text, target, path)
        found.notices += [f"{path}: its key {key} is lost, {target} has another" for key in lost]
        first = pages.parse(result, file=target).title
        if page.title not in (*titles, first):
            found.notices.append(f"{path}: its title is lost, {target} has another")
    if result is not None:
        found.writes[target] = result


def _topics_waiting(
    found: RenamedPages, path: str, text: str, olds: Sequence[str], new: str
) -> None:
    day = day_of(path)
    file = before = waiting.parse(text, day, file=path)
    for key, one in before.papers.items():
        if one.topic is None or one.topic not in olds or one.topic == new:
            continue
        found.counts[one.topic] += 1
        retopic = partial(edit.set_value, key=key, name="topic", value=new, file=path)
        file = file.put(key, waiting.edited(one, retopic))
    if file is not before:
        found.writes[path] = file.text()
