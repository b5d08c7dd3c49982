"""Whether two texts are one text in two forms, and merging papers only as far as they are. Pure.

A listing without TeX and the authors' own text hold the same words. A later version that the
authors rewrote does not, and is never taken silently.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from .. import tex
from ..listings import title_key, told_apart
from ..listings.sameness import authors_agree
from ..normal_forms import normal
from ..papers import Entry, Paper
from .drafts import unite

ALIKE = 95.0
"""Of 100: the least likeness of one text in two forms. Of 824 real pairs of a listing's abstract
and the author's own, all are at 97 or more; abstracts of different papers are below 50."""
SAME_PAPER = 70.0
"""Of 100: the least likeness of two versions of an abstract whose titles are the same."""

_WORD = re.compile(r"[^\W_]+")


def likeness(a: str, b: str) -> float:
    """Return how alike two texts in Markdown are, from 0 to 100: by their words and digits, with
    formulas as TeX or as they are read."""
    if a == b:
        return 100.0
    written = fuzz.ratio(_words(a), _words(b))
    if written == 100.0:
        return written
    return max(written, fuzz.ratio(_words(tex.plain(a)), _words(tex.plain(b))))


def _words(text: str) -> str:
    return "".join(_WORD.findall(normal("NFKD", text).casefold()))


def united(
    paper: Paper, new: Paper, *, new_is_tex: bool, same_source: bool = False
) -> tuple[Paper, tuple[str, ...]]:
    """Merge a later listing's paper into a known one, as `drafts.unite` does, but for a title or
    abstract that is another text; return the paper and what was left, in words."""
    if not new_is_tex or not new.abstract or (paper.title, paper.abstract) == (
        new.title, new.abstract
    ):  # fmt: skip
        return unite(paper, new, new_is_tex=new_is_tex, same_source=same_source), ()
    left = []
    if (alike := likeness(paper.title, new.title)) < ALIKE:
        left.append(f"title ({alike:.0f} of 100 alike)")
        new = replace(new, title=paper.title)
    if paper.abstract and (alike := likeness(paper.abstract, new.abstract)) < ALIKE:
        left.append(f"abstract ({alike:.0f} of 100 alike)")
        new = replace(new, abstract=paper.abstract)
    return unite(paper, new, new_is_tex=True, same_source=same_source), tuple(left)


def surely_same(a: Entry | Paper, b: Entry) -> bool:
    """Return whether two are of one paper, for certain: by an id that both have, or by their title
    together with the first author or the abstract."""
    if a.arxiv and b.arxiv:
        return a.arxiv == b.arxiv
    if a.doi and b.doi:
        return a.doi.casefold() == b.doi.casefold()
    if title_key(a.title) != title_key(b.title) or told_apart(a, b):
        return False
    if authors_agree(a.authors[:1], b.authors[:1]):
        return True
    return bool(a.abstract and b.abstract) and likeness(a.abstract, b.abstract) >= SAME_PAPER
