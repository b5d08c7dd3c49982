"""Papers like a paper."""

from __future__ import annotations

import random
from pathlib import Path

from broadsheet.papers import Paper
from broadsheet.related.index import TermIndex
from broadsheet.related.terms import Terms, terms_of, written_forms
from broadsheet.related.window import MOST, Likeness, Window
from tests.digests import Digest, numbers


def _terms(title: str, body: str = "", tags: str = "", topic: str = "") -> Terms:
    return Terms(
        frozenset(tags.split()), frozenset(title.split()), frozenset(body.split()), topic=topic
    )


def _like(papers: list[Terms], number: int, cut: int = 0) -> list[Likeness]:
    """What is like a paper of a window that was filled in two goes."""
    window = Window()
    window.add(TermIndex.of(papers[:cut]))
    window.add(TermIndex.of(papers[cut:]))
    return window.like(papers[number], number)


FILLER = [_terms(f"filler{n}", f"word{n} other{n}") for n in range(200)]


def test_the_likest_stands_first_with_the_words_that_tell() -> None:
    papers = [
        *FILLER,
        _terms("harbour tide", "mud"),
        _terms("harbour tide crane", "mud gull"),
        _terms("tide", "gull"),
        _terms("harbour tide crane", "gull mud"),
    ]
    found = _like(papers, 203)
    assert [one.number for one in found][:2] == [201, 200]
    assert set(found[0].shared) <= {"harbour", "tide", "crane", "gull", "mud"}


def test_how_a_window_was_filled_changes_nothing() -> None:
    chosen = random.Random(8)
    papers = [
        _terms(
            " ".join(chosen.choices("abcdefghijkl", k=3)),
            " ".join(f"w{chosen.randrange(90)}" for _ in range(12)),
        )
        for _ in range(300)
    ]
    for end in (50, 120, 300):
        for number in range(end - 10, end):
            assert _like(papers[:end], number, 40) == _like(papers[:end], number)


def test_joined_indexes_are_the_index_of_all() -> None:
    papers = [_terms(f"common word{n % 7}", f"other{n % 3}") for n in range(150)] + FILLER
    for cut in (0, 3, 70, 149):
        parts = [
            TermIndex.of(papers[:cut]),
            TermIndex.of(papers[cut:160]),
            TermIndex.of(papers[160:]),
        ]
        assert TermIndex.joined(parts) == TermIndex.of(papers)


def test_papers_are_never_their_own_relatives_and_few() -> None:
    papers = [_terms("harbour tide", "mud gull") for _ in range(20)] + FILLER
    found = _like(papers, 3)
    assert len(found) <= MOST
    assert all(one.number != 3 for one in found)


def test_one_shared_word_is_chance() -> None:
    papers = [*FILLER, _terms("zeppelin"), _terms("zeppelin")]
    assert _like(papers, 201) == []


def test_a_tag_alone_counts_where_no_paper_shares_more() -> None:
    papers = [
        *FILLER,
        _terms("crane", tags="tidal-power"),
        _terms("gull", tags="tidal-power", topic="other"),
        _terms("gull mud", tags="tidal-power"),
    ]
    assert [one.shared for one in _like(papers[:202], 201)] == [("tidal-power",)]
    found = _like(papers, 202)
    assert [one.number for one in found] == [201]
    assert set(found[0].shared) == {"tidal-power", "gull"}


def test_what_is_said_again_in_part_is_no_more_evidence() -> None:
    words = Terms(title=frozenset(["tidal", "power"]), tags=frozenset(["tidal-power"]))
    papers = [*FILLER, words, words]
    assert _like(papers, 201) == [Likeness(200, ("tidal-power",))]


def test_authors_are_named_last_and_relate_no_papers_by_themselves() -> None:
    def by(title: str) -> Terms:
        return Terms(title=frozenset(title.split()), authors=frozenset(["by Ada", "by Bo"]))

    assert _like([*FILLER, by("crane"), by("gull")], 201) == []
    found = _like([*FILLER, by("crane gull"), by("crane gull")], 201)
    assert set(found[0].shared[:2]) == {"crane", "gull"}
    assert found[0].shared[2].startswith("by ")


def test_a_word_that_an_abstract_says_once_is_no_term() -> None:
    paper = Paper(
        id="x",
        title="Tidal harbour cranes, impractically",
        abstract="Harbour cranes lift. Harbour cranes in wet mud, and wet mud, are tidal. Gulls!",
        tags=("lifting",),
        authors=("Ada Lovelace",),
    )
    terms = terms_of(paper, "other")
    assert terms.tags == {"lifting"}
    assert {"tidal", "harbour", "tidal harbour", "harbour crane"} <= terms.title
    assert {"mud", "wet mud"} <= terms.body
    assert "gull" not in {*terms}
    forms = written_forms(["harbour crane", "by Ada Lovelace", "lifting"], paper)
    assert set(forms.values()) == {"harbour cranes", "Ada Lovelace", "lifting"}


def _page(day: str, number: int, words: str) -> str:
    return (
        f"---\ntitle: Vision\ndate: {day}\ntopic: vision\n---\n\n## {words} {number}\n\n"
        f"```yaml\nid: p{number}\n```\n\nWe study {words} at length.\n"
    )


def test_a_page_names_its_relatives_and_why(digest: Digest, tmp_path: Path) -> None:
    for number in range(40):
        digest.write(
            f"content/2025/06/{number % 28 + 1:02}/vision.md",
            _page(f"2025-06-{number % 28 + 1:02}", number, f"subject{chr(97 + number % 26)}zz"),
        )
    digest.write("content/2025/07/01/vision.md", _page("2025-07-01", 90, "Tidal harbour cranes"))
    digest.write(
        "content/2025/08/09/vision.md", _page("2025-08-09", 91, "Cranes of a tidal harbour")
    )
    digest.write("content/2025/12/09/vision.md", _page("2025-12-09", 92, "Cranes, tidal harbour"))
    digest.build()
    page = digest.page("papers/p91/")
    related = page[page.index("class=related") :]
    assert 'href="/papers/p90/"' in related
    assert "shares" in related
    assert "harbour" in related[: related.index("</section>")]
    assert digest.files() == digest.fresh(tmp_path)
    # Another word in an old page changes what is related to it, in an incremental build too.
    digest.write("content/2025/07/01/vision.md", _page("2025-07-01", 90, "Tidal harbour gulls"))
    digest.build()
    assert digest.files() == digest.fresh(tmp_path)
    assert "gulls" in digest.page("papers/p91/")
    # ... and a note changes nothing elsewhere.
    digest.write(
        "content/2025/07/01/vision.md",
        _page("2025-07-01", 90, "Tidal harbour gulls") + "\n> Do read.\n",
    )
    stamps = digest.stamps()
    line = digest.build()
    now = digest.stamps()
    assert numbers(line)["written"] == sum(stamps.get(path) != now[path] for path in now)
    assert stamps["papers/p91/index.html"] == now["papers/p91/index.html"]
    assert "class=related" not in digest.page("papers/p90/")  # a later paper changes nothing
    assert "class=related" not in digest.page("papers/p92/")  # nor do far months count
