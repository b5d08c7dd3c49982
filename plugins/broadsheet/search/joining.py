"""Statistics of several months, or of several days, as one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from .months import MonthStatistics, Postings, in_order


@dataclass(slots=True)
class Joined:
    """One key's postings over several months: papers' numbers, their codes, what is told apart."""

    papers: array[int]
    codes: bytearray
    apart: bytes = b""


def join(months: Sequence[tuple[int, Postings]]) -> dict[str, Joined]:
    """Several months' postings as one, in order of keys.

    Each month comes with the number of its first paper, ascending.
    """
    joined: dict[str, Joined] = {}
    for start, month in months:
        papers = array("I", map(start.__add__, month.papers)) if start else month.papers
        codes, apart = month.codes, month.apart
        at = apart_at = 0
        for key, count, apart_end in zip(month.keys, month.counts, month.apart_ends, strict=True):
            end = at + count
            entry = joined.get(key)
            if entry is None:
                entry = joined[key] = Joined(papers[at:end], bytearray(codes[at:end]))
            else:
                entry.papers += papers[at:end]
                entry.codes += codes[at:end]
            if apart_end > apart_at:
                entry.apart += apart[apart_at:apart_end]
                apart_at = apart_end
            at = end
    return {key: joined[key] for key in in_order(list(joined))}


def starts_of(months: Sequence[MonthStatistics]) -> list[int]:
    """The number of each one's first paper, and then how many papers there are."""
    return list(accumulate((month.papers for month in months), initial=0))


def merged(days: Sequence[MonthStatistics]) -> MonthStatistics:
    """The statistics of some days as of one month: what `count` finds in all of their papers."""
    starts = starts_of(days)
    forms = Counter[str]()
    for day in days:
        forms.update(day.forms)
    return MonthStatistics(
        papers=starts[-1],
        terms=_strung(join([(at, day.terms) for at, day in zip(starts, days, strict=False)])),
        facets=_strung(join([(at, day.facets) for at, day in zip(starts, days, strict=False)])),
        forms=dict(sorted(forms.items())),
    )


def _strung(joined: dict[str, Joined]) -> Postings:
    entries = list(joined.values())
    return Postings(
        tuple(joined),
        array("I", (len(one.papers) for one in entries)),
        array("I", chain.from_iterable(one.papers for one in entries)),
        array("I", accumulate(len(one.apart) for one in entries)),
        b"".join(one.codes for one in entries),
        b"".join(one.apart for one in entries),
    )
