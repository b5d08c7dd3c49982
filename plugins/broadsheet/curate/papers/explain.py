"""Explain a paper's topic and tags by the phrases found and their weights. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ...counts import counted
from ...papers import Paper
from ...topics import OTHER, Classification, Explanation, Reason

SHOWN_TOPICS = 4  # the best ones
SHOWN_REASONS = 12  # phrases of a topic


def explain(
    paper: Paper,
    topic: str,
    given: Classification,
    found: Explanation,
    *,
    waits: str | None = None,
) -> str:
    """Return the explanation as text.

    `topic` is the paper's actual topic, `given` the classifier's present result, and `found` all
    scores behind it; `waits` is why it waits, None for a published paper.
    """
    lines = list(_lines(paper, topic, given, found))
    if waits is not None:
        lines[1:1] = ["", f"Waits: {waits}"]
    return "\n".join(lines) + "\n"


def _lines(paper: Paper, topic: str, given: Classification, found: Explanation) -> Iterator[str]:
    yield f"{paper.id}: {paper.title}"
    yield ""
    yield f"Topic: {topic}" + ("" if topic == given.topic else f" (by its words: {given.topic})")
    scores = dict(found.topics)
    named = [slug for slug, _ in found.topics[:SHOWN_TOPICS]]
    if topic in scores and topic not in named:
        named.append(topic)
    if not named:
        yield f"  no word of topics.yml stands in it, so it goes to {OTHER.slug}"
    for slug in named:
        yield f"  {slug:<24} {scores[slug]:6.2f}"
        reasons = [one for one in found.reasons if one.kind == "topic" and one.slug == slug]
        yield from map(_reason, reasons[:SHOWN_REASONS])
        if len(reasons) > SHOWN_REASONS:
            yield f"      and {len(reasons) - SHOWN_REASONS} more"
    rest = len(found.topics) - len(named)
    if rest > 0:
        yield f"  and {counted(rest, 'other topic')} with lower scores"
    yield ""
    yield f"Tags: {', '.join(paper.tags) or 'none'}"
    strengths = dict(found.tags)
    for slug, strength in found.tags:
        if slug in paper.tags:
            state = "given"
        elif slug in given.tags:
            state = "found by its words, but not here: a curator's choice"
        else:
            state = "too weak, or one too many"
        yield f"  {slug:<24} {strength:6.2f}  {state}"
        yield from map(
            _reason, (one for one in found.reasons if one.kind == "tag" and one.slug == slug)
        )
    for tag in paper.tags:
        if tag not in strengths:
            yield f"  {tag:<24}         a curator's: no word of tags.yml led to it"


def _reason(one: Reason) -> str:
    if one.place == "category":
        return f"      {one.score:+6.2f}  filed under {one.phrase}"
    if one.place == "tag":
        return f"      {one.score:+6.2f}  tagged {one.phrase}"
    place = {"both": "title and abstract"}.get(one.place, one.place)
    return f"      {one.score:+6.2f}  {one.phrase!r} in the {place} (weight {one.weight:g})"
