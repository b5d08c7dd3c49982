"""Suggest the known name that a misspelled one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

ALIKE = 75.0  # of 100: the least similarity (rapidfuzz's ratio) of a suggested name


def did_you_mean(name: str, known: Iterable[str], *, least: float = ALIKE) -> str:
    """Return the end of a message, "; did you mean X?", with the most similar known name; "" where
    none is similar (has at least this of 100)."""
    from rapidfuzz import fuzz, process  # where a name is misspelled alone: builds need none

    nearest = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=least)
    return f"; did you mean {nearest[0]}?" if nearest else ""
