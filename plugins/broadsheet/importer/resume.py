"""Taking up an import that was cut off while it wrote a day's files.

What it wrote, people may have edited since: a paper that they deleted is declined, not missing. So
the ledger it was about to write is written after all, but for the papers of pages that it did not
come to; the listing, still without its mark in the ledger, is then imported once more. Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from ..ledger import Ledger


def settled(before: Ledger | None, cut_off: Ledger, unwritten: Collection[str]) -> Ledger:
    """The ledger that tells what a cut import did.

    `before` is the ledger as it stands, `cut_off` the one that the import would have written at
    its end, `unwritten` the ids of the papers in pages that it did not write.
    """
    known = {fate.id: fate for fate in before.fates} if before else {}
    fates = dict(known)
    for fate in cut_off.fates:
        if fate.id not in unwritten:
            fates[fate.id] = fate
    return Ledger(
        date=cut_off.date,
        arrivals=before.arrivals if before else (),
        fates=tuple(fates.values()),
    )
