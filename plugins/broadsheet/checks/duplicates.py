"""Papers that stand in the digest twice: one id, one arXiv id, or nearly one title.

Titles are compared only where they share a rare word or pair of words, so the work grows with the
number of papers, not with its square.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rapidfuzz import fuzz

from ..errors import shown
from .problem import ERROR, WARNING, Problem

NEARLY = 93.0  # of 100: rapidfuzz's ratio of two titles that are nearly the same
_COMMON = 40  # a word in more titles than this tells nothing
_TELLING = 5  # the rarest words and pairs by which a title is looked up

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A paper that stands in a page: what tells it from others, and where."""

    date: date
    path: str
    line: int
    id: str
    title: str
    arxiv: str | None


def problems(papers: Sequence[Standing], checked: Collection[str]) -> Iterator[Problem]:
    """Duplicates among all papers of which at least one stands in a checked page (its path).

    The later of two is the problem, the earlier is named.
    """
    ordered = sorted(papers, key=lambda one: (one.date, one.path, one.line))
    told: set[tuple[int, int]] = set()
    yield from _same(ordered, checked, told, "id")
    yield from _same(ordered, checked, told, "arxiv")
    yield from _alike(ordered, checked, told)


def _same(
    papers: list[Standing], checked: Collection[str], told: set[tuple[int, int]], key: str
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for at, one in enumerate(papers):
        value = getattr(one, key)
        if not value:
            continue
        other = first.setdefault(value, at)
        if other == at:
            continue
        if (other, at) in told:
            continue
        told.add((other, at))
        if one.path in checked or papers[other].path in checked:
            yield _problem(
                one,
                papers[other],
                ERROR,
                f"duplicate-{key}",
                f"{key}: {shown(value)} stands a second time",
            )


def _problem(one: Standing, other: Standing, severity: str, kind: str, text: str) -> Problem:
    return Problem(
        file=one.path,
        line=one.line,
        severity=severity,
        kind=kind,
        message=f"{text}; the first is at {other.path}:{other.line}",
    )


def _alike(
    papers: list[Standing], checked: Collection[str], told: set[tuple[int, int]]
) -> Iterator[Problem]:
    titles = [_plain(one.title) for one in papers]
    keys = _keys(titles)
    buckets: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(keys):
        for key in own:
            buckets[key].append(at)
    wanted = {at for at, one in enumerate(papers) if one.path in checked}
    for at in range(len(papers)):
        others = {
            other
            for key in keys[at]
            for other in buckets[key]
            if other < at and (at in wanted or other in wanted)
        }
        for other in sorted(others):
            if (other, at) in told or not _nearly(titles[at], titles[other]):
                continue
            told.add((other, at))
            one, first = papers[at], papers[other]
            apart = one.arxiv and first.arxiv  # two arXiv ids: two papers, as far as arXiv knows
            same = titles[at] == titles[other]
            yield _problem(
                one,
                first,
                ERROR if same and not apart else WARNING,
                "duplicate-title",
                f"{'the' if same else 'nearly the'} same title as another paper's, "
                f"{shown(first.title)}",
            )


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    if fuzz.ratio(one, other, score_cutoff=NEARLY) < NEARLY:
        return False
    # "Part 1" and "Part 2" are two papers.
    return re.findall(r"\d+|\b[ivx]+\b", one) == re.findall(r"\d+|\b[ivx]+\b", other)


def _plain(title: str) -> str:
    """A title's words in small letters, without accents."""
    if not title.isascii():
        decomposed = unicodedata.normalize("NFKD", title)
        title = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(title.casefold()))


def _keys(titles: Sequence[str]) -> list[tuple[str, ...]]:
    """For each title the rarest words and pairs of words that it shares with others."""
    spelled = []
    for title in titles:
        words = title.split()
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        spelled.append(dict.fromkeys((*words, *pairs)))
    counts = Counter(key for own in spelled for key in own)
    return [
        tuple(
            sorted(
                (key for key in own if 2 <= counts[key] <= _COMMON),
                key=lambda key: (counts[key], key),
            )[:_TELLING]
        )
        for own in spelled
    ]
