"""What rose and what fell: against the weeks before, by the share of all papers."""

from __future__ import annotations

import re
from collections import Counter

from broadsheet.pages.moves import Counts, moves
from broadsheet.render.labels import Labels
from broadsheet.render.views import MovesView
from broadsheet.topics import Topic, Vocabulary
from tests.digests import Digest

LABELS = Labels(Vocabulary(topics=(Topic("vision", "Vision"), Topic("theory", "Theory")), tags=()))
VISION, THEORY, LONG = ("topic", "vision"), ("topic", "theory"), ("tag", "a-name-" * 9)


def told(now: Counts, *before: Counts) -> MovesView | None:
    spans = [(one, sum(one.values())) for one in before]
    return moves((now, sum(now.values())), spans, LABELS, "Against")


def rows(view: MovesView | None) -> list[tuple[str, str, int, int]]:
    groups = view.groups if view else ()
    return [(name, row.label, row.count, row.usual) for name, _, rows in groups for row in rows]


def test_what_has_more_or_fewer_papers_than_its_share_is_told() -> None:
    usual = Counter({VISION: 10, THEORY: 10})
    view = told(Counter({VISION: 30, THEORY: 10}), usual, usual, usual)
    assert rows(view) == [
        ("More than usual", "Vision", 30, 20),
        ("Fewer than usual", "Theory", 10, 20),
    ]
    assert view is not None
    assert "More than usual: Vision 30, usually 20." in view.description
    assert "Fewer than usual: Theory 10, usually 20." in view.description


def test_a_week_with_more_of_everything_is_as_usual() -> None:
    usual = Counter({VISION: 10, THEORY: 10})
    assert told(Counter({VISION: 40, THEORY: 40}), usual, usual) is None


def test_what_was_never_there_before_rose_and_what_is_gone_fell() -> None:
    view = told(
        Counter({LONG: 9, VISION: 9}), Counter({VISION: 9, THEORY: 9}), Counter({VISION: 1})
    )
    ((_, new, count, usual), (_, gone, none, before)) = rows(view)
    assert (count, usual, gone, none) == (9, 0, "Theory", 0)
    assert before > 0
    assert len(new) <= 35
    assert new.endswith("…")


def test_a_long_label_is_set_narrower_rather_than_cut() -> None:
    name = "Signals, control and time series"
    topics = (Topic("signals", name), Topic("theory", "Theory"))
    labels = Labels(Vocabulary(topics=topics, tags=()))
    now = Counter({("topic", "signals"): 9, THEORY: 1})
    before = Counter({("topic", "signals"): 1, THEORY: 9})
    view = moves((now, 10), [(before, 10), (before, 10)], labels, "Against")
    assert view is not None
    shown = [(row.label, row.squeezed) for _, _, rows in view.groups for row in rows]
    assert shown == [(name, True), ("Theory", False)]


def test_one_span_is_nothing_to_compare_with() -> None:
    assert told(Counter({VISION: 9}), Counter({THEORY: 9}), Counter()) is None
    assert told(Counter(), Counter({THEORY: 9}), Counter({THEORY: 9})) is None


def _page(day: str, topic: str, count: int) -> str:
    papers = (
        f"## Paper {n} of {day}\n\n```yaml\nid: p{day}-{n}\nupvotes: {n}\n```\n\nWe count.\n"
        for n in range(count)
    )
    return f"---\ntitle: T\ndate: {day}\ntopic: {topic}\n---\n\n" + "\n".join(papers)


def test_a_week_shows_each_topics_most_voted_and_what_moved_and_closed_ones_stay(
    digest: Digest,
) -> None:
    for day in ("2025-07-15", "2025-07-22", "2025-07-29"):
        digest.write(f"content/{day.replace('-', '/')}/vision.md", _page(day, "vision", 2))
    digest.write("content/2025/08/07/optimization.md", _page("2025-08-07", "optimization", 7))
    digest.build()
    week = digest.page("2025/W32/")
    listed = re.findall(
        r'<section class=titles><h2><a href="[^"]*">Optimization.*?</section>', week
    )
    assert re.findall(r"Paper (\d) of", listed[0]) == ["6", "5", "4"]
    assert '<a href="/2025/08/07/"' in week  # where all of them are
    assert re.search(r"<desc[^>]*>More than usual: Optimization 7, usually 0", week)
    assert 'aria-labelledby="moves-title moves-text"' in week
    assert "<figure class=moves>" not in digest.page("2025/W29/")  # nothing stands before it
    stamps = digest.stamps()
    digest.write("content/2025/08/13/vision.md", _page("2025-08-13", "vision", 1))
    digest.build()
    changed = {name for name, when in digest.stamps().items() if stamps.get(name) != when}
    assert "2025/W33/index.html" in changed
    assert not changed & {"2025/W29/index.html", "2025/W30/index.html", "2025/W31/index.html"}
