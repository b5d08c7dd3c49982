"""Asking for a batch of names, and for its halves where it is refused: one name that a server
refuses costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ..errors import FetchError
from .client import UnavailableError

_Answer = TypeVar("_Answer")


class Halving:
    """Asks for batches. `most` is how many requests may be made for parts of refused batches in
    all; None for as many as it takes."""

    def __init__(self, most: int | None = None) -> None:
        self._left = most

    def ask(
        self, names: Sequence[str], ask: Callable[[Sequence[str]], _Answer]
    ) -> Iterator[tuple[Sequence[str], _Answer | FetchError]]:
        """Yield the parts in which a batch was asked for, in its order, each with what `ask`
        returned for it, or the FetchError that it raised. A server that proves unavailable isn't
        asked again: the rest is yielded with its error."""
        try:
            answer = ask(names)
        except FetchError as error:
            if isinstance(error, UnavailableError) or len(names) == 1 or not self._may_go_on():
                yield names, error
                return
        else:
            yield names, answer
            return
        middle = len(names) // 2
        halt: UnavailableError | None = None
        for half in (names[:middle], names[middle:]):
            if halt is not None:
                yield half, halt
                continue
            for part, made in self.ask(half, ask):
                if isinstance(made, UnavailableError):
                    halt = made
                yield part, made

    def _may_go_on(self) -> bool:
        if self._left is None:
            return True
        if self._left <= 0:
            return False
        self._left -= 2
        return True
