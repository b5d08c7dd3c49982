"""A finding: something that a digest lacks, and its remedy. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How much a finding matters."""

    NEEDED = "needed"  # without it nothing is published, or not what should be
    ADVISED = "advised"
    UNSEEN = "unseen"  # can't be told from here


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is missing or wrong; `remedy` is what to do about it."""

    level: Level
    what: str
    remedy: str


def needed(what: str, remedy: str) -> Finding:
    """Return a finding that keeps a digest from being published."""
    return Finding(Level.NEEDED, what, remedy)


def advised(what: str, remedy: str) -> Finding:
    """Return a finding that does not."""
    return Finding(Level.ADVISED, what, remedy)


def unseen(what: str, remedy: str) -> Finding:
    """Return what can't be told from here."""
    return Finding(Level.UNSEEN, what, remedy)
