"""Find papers that are in the digest twice: by id, arXiv id, or a similar title.

Only titles that share a rare word or pair of words are compared, so the time is linear in the
number of papers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from ..content.pages import ScannedPaper, survey
from ..content.pages.location import repeated
from ..errors import ContentError, shown
from ..listings import told_apart
from ..normal_forms import normal
from ..papers import Paper
from .problem import ERROR, WARNING, Problem

NEARLY = 93.0  # of 100: the least similarity (rapidfuzz's ratio) of nearly equal titles
_COMMON = 40  # words in more titles than this are not compared
_TELLING = 5  # the number of rarest words and pairs that a title is looked up by

_WORD = re.compile(r"\w+")


Described = Callable[[ScannedPaper], Paper | None]


class FullPapers:
    """Scanned papers in full, each page parsed once; `text_of` gives a page's text by its path."""

    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self._papers: dict[str, dict[str, Paper]] = {}

    def get(self, paper: ScannedPaper) -> Paper | None:
        """Return a paper in full; None where its page can't be read."""
        path = paper.location.path
        if path not in self._papers:
            try:
                text = self._text_of(path)
            except ContentError:
                text = None
            page = survey(text, file=path)[0] if text is not None else None
            self._papers[path] = {one.id: one for one in page.papers} if page else {}
        return self._papers[path].get(paper.location.id)


def problems(
    papers: Sequence[ScannedPaper],
    checked: Collection[str],
    text_of: Callable[[str], str | None] = lambda path: None,
) -> Iterator[Problem]:
    """Yield the duplicates among all papers, of which one is in a `checked` page (by path).

    The later of two is the problem; the message names the earlier. `text_of` gives a page's text by
    its path: two papers of one title that `listings.told_apart` are no error.
    """
    ordered = sorted(papers, key=lambda one: (one.location.path, one.location.line or 0))
    reported: set[tuple[int, int]] = set()
    yield from _same(ordered, checked, reported, "id", lambda one: one.location.id)
    yield from _same(ordered, checked, reported, "arxiv", lambda one: one.arxiv)
    yield from _alike(ordered, checked, reported, FullPapers(text_of).get)


def _same(
    papers: list[ScannedPaper],
    checked: Collection[str],
    reported: set[tuple[int, int]],
    name: str,
    value: Callable[[ScannedPaper], str | None],
) -> Iterator[Problem]:
    """Yield an error for each later paper of one id or arXiv id (`name`)."""
    for (at, paper), (other, first) in repeated(enumerate(papers), lambda pair: value(pair[1])):
        if (other, at) in reported:
            continue
        reported.add((other, at))
        if paper.location.path in checked or first.location.path in checked:
            yield _problem(
                paper,
                first,
                ERROR,
                f"duplicate-{name}",
                f"{name}: {shown(value(paper) or '')} is already in use",
            )


def _problem(
    paper: ScannedPaper, first: ScannedPaper, severity: str, kind: str, text: str
) -> Problem:
    return Problem(
        file=paper.location.path,
        line=paper.location.line,
        severity=severity,
        kind=kind,
        message=f"{text}; the first is at {first.location.path}:{first.location.line}",
    )


def _alike(
    papers: list[ScannedPaper],
    checked: Collection[str],
    reported: set[tuple[int, int]],
    described: Described,
) -> Iterator[Problem]:
    titles = [_plain(one.title) for one in papers]
    keys = _keys(titles)
    buckets: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(keys):
        for key in own:
            buckets[key].append(at)
    wanted = {at for at, one in enumerate(papers) if one.location.path in checked}
    for at in range(len(papers)):
        others = {
            other
            for key in keys[at]
            for other in buckets[key]
            if other < at and (at in wanted or other in wanted)
        }
        for other in sorted(others):
            if (other, at) in reported or not _nearly(titles[at], titles[other]):
                continue
            reported.add((other, at))
            one, first = papers[at], papers[other]
            same = titles[at] == titles[other]
            apart = same and _apart(one, first, described)
            yield _problem(
                one,
                first,
                ERROR if same and not apart else WARNING,
                "duplicate-title",
                f"{'the' if same else 'nearly the'} same title as another paper's, "
                f"{shown(first.title)}",
            )


def _apart(one: ScannedPaper, other: ScannedPaper, described: Described) -> bool:
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    paper, first = described(one), described(other)
    return paper is not None and first is not None and told_apart(paper, first)


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    from rapidfuzz import fuzz  # few checks compare titles

    if fuzz.ratio(one, other, score_cutoff=NEARLY) < NEARLY:
        return False
    # "Part 1" and "Part 2" are two papers.
    return re.findall(r"\d+|\b[ivx]+\b", one) == re.findall(r"\d+|\b[ivx]+\b", other)


def _plain(title: str) -> str:
    """Return a title's words in lower case, without accents."""
    if not title.isascii():
        decomposed = normal("NFKD", title)
        title = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(title.casefold()))


def _keys(titles: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each title the rarest words and pairs of words that it shares with others."""
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
