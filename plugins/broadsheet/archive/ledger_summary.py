"""What came in on a day, in numbers: what its page tells of its ledger."""

from __future__ import annotations

from dataclasses import dataclass

from ..content.ledger import DECLINED, DUPLICATE, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSummary:
    """A ledger in numbers: its listings' `sources`, each once; how many papers were `listed` and
    how many of these `declined`; `doubles`, the days on which the duplicates were published, a day
    for each; when the first listing was `captured`; and, where none of the listings holds a paper,
    `nothing`: the reason that they give.
    """

    sources: tuple[str, ...]
    listed: int
    declined: int
    doubles: tuple[str, ...] = ()
    captured: str | None = None
    nothing: str | None = None


def ledger_summary(ledger: Ledger) -> LedgerSummary | None:
    """A ledger in numbers; None where no listing has come in."""
    listings = ledger.listings
    if not listings:
        return None
    nothing = None
    if not any(one.papers for one in listings):
        nothing = next((one.empty for one in listings if one.empty), "nothing announced")
    return LedgerSummary(
        sources=tuple(dict.fromkeys(one.source for one in listings)),
        listed=len(ledger.statuses),
        declined=ledger.count(DECLINED),
        doubles=tuple(
            sorted(
                record.of for record in ledger.statuses if record.status == DUPLICATE and record.of
            )
        ),
        captured=next((one.captured for one in listings if one.captured), None),
        nothing=nothing,
    )
