"""A topic or tag that one side renamed, and what the other side put there meanwhile."""

from __future__ import annotations

from broadsheet.content import pages
from broadsheet.reconcile import states

from .curators import standing

DAY = "2025/08/05"
LEDGER = "date: 2025-08-05\nlistings: []\npapers: []\n"
WAITING = (
    "---\ntitle: Waiting\ndate: 2025-08-05\ntopic: waiting\n---\n\n"
    "## Later\n\n```yaml\nid: later\ntopic: vision\n```\n"
)


def page(topic: str, *ids: str, title: str | None = None) -> str:
    """A page of a topic with some papers."""
    head = f"---\ntitle: {title or topic.capitalize()}\ndate: 2025-08-05\ntopic: {topic}\n---\n"
    return head + "".join(f"\n## T {one}\n\n```yaml\nid: {one}\n```\n\nOn {one}.\n" for one in ids)


def row(old: str, new: str) -> str:
    return f'- {{"from": "{old}", "to": "{new}"}}\n'


BASE = {f"{DAY}/vision.md": page("vision", "a", "b"), f"{DAY}/day.yml": LEDGER}
OURS = {
    f"{DAY}/sight.md": page("sight", "a", "b"),
    f"{DAY}/day.yml": LEDGER,
    "redirects.yml": row("topics/vision/", "topics/sight/"),
}


def both(ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """The merge, the same from both sides."""
    merged = states.merge(BASE, ours, theirs)
    assert merged == states.merge(BASE, theirs, ours)
    assert not any(one.conflicts for one in merged.files.values())
    return {path: one.text for path, one in merged.files.items() if one.text}


def test_a_new_paper_follows_its_topic_to_its_new_name() -> None:
    theirs = {**BASE, f"{DAY}/vision.md": page("vision", "a", "b", "c").replace("On a", "Of a")}
    result = both(OURS, theirs)
    assert f"{DAY}/vision.md" not in result
    found = pages.parse(result[f"{DAY}/sight.md"])
    assert (found.topic, found.title) == ("sight", "Sight")
    assert [one.id for one in found.papers] == ["a", "b", "c"]
    assert found.papers[0].abstract == "Of a."


def test_a_topic_that_was_joined_to_another_takes_new_papers_there() -> None:
    theirs = {**BASE, f"{DAY}/vision.md": page("vision", "a", "b", "c")}
    theirs[f"{DAY}/sight.md"] = page("sight", "d")
    assert {one.path for one in standing(both(OURS, theirs)).values()} == {f"{DAY}/sight.md"}


def test_a_waiting_paper_would_go_to_the_renamed_topic() -> None:
    result = both(OURS, {**BASE, f"{DAY}/waiting.md": WAITING})
    assert "\ntopic: sight\n```" in result[f"{DAY}/waiting.md"]


def test_a_renamed_tag_is_called_so_on_a_paper_that_the_other_side_tagged() -> None:
    tagged = page("vision", "a", "b").replace("id: b\n", "id: b\ntags: [old]\n")
    ours = {**BASE, "redirects.yml": row("tags/old/", "tags/new/")}
    merged = states.merge(BASE, ours, {**BASE, f"{DAY}/vision.md": tagged})
    text = merged.files[f"{DAY}/vision.md"].text
    assert pages.parse(text).papers[1].tags == ("new",)
    assert merged.told == (f"{DAY}/vision.md: old is new now, as one side renamed it",)
