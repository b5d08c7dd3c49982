"""What came in on a day, in numbers: what its page tells of its ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..content.ledger import DECLINED, DUPLICATE, WAITING, Ledger
from ..papers import ENRICHING


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSummary:
    """A ledger in numbers: its listings' `sources`, each once, without captures that only enrich;
    how many papers were `listed` and how many of these `declined`; `unchosen`, how many were never
    published, as they wait or were declined while they did; `doubles`, the days on which the
    duplicates were published, a day for each; when the first listing was `captured`; and, where
    none of the listings holds a paper, `nothing`: the reason that they give.
    """

    sources: tuple[str, ...]
    listed: int
    declined: int
    unchosen: int = 0
    doubles: tuple[str, ...] = ()
    captured: str | None = None
    nothing: str | None = None


def ledger_summary(ledger: Ledger, present: Collection[str] = ()) -> LedgerSummary | None:
    """A ledger in numbers; None where no listing has come in. `present` are the ids of the day's
    pages: what stands there no longer waits, whatever the ledger says."""
    listings = [one for one in ledger.listings if not one.source.endswith(ENRICHING)]
    if not listings:
        return None
    nothing = None
    if not any(one.papers for one in listings):
        nothing = next((one.empty for one in listings if one.empty), "nothing announced")
    return LedgerSummary(
        sources=tuple(dict.fromkeys(one.source for one in listings)),
        listed=len(ledger.statuses),
        declined=sum(one.status == DECLINED and not one.waited for one in ledger.statuses),
        unchosen=sum(
            (one.status == WAITING or (one.status == DECLINED and one.waited))
            and one.id not in present
            for one in ledger.statuses
        ),
        doubles=tuple(
            sorted(
                record.of for record in ledger.statuses if record.status == DUPLICATE and record.of
            )
        ),
        captured=next((one.captured for one in listings if one.captured), None),
        nothing=nothing,
    )
