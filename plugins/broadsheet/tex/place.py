"""A token where it stands: its neighbours, and the tags of its text, which rules read and set."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .tokens import Tokens

NEVER = frozenset('`$\\"“”\ufffc')  # what stands in no formula


class TokenPlace:
    """Token `i` of a text. `before` and `after` are a space at the text's ends."""

    __slots__ = ("after", "before", "found", "i", "tags", "word", "words")

    def __init__(self, found: Tokens, tags: list[str], i: int) -> None:
        self.found, self.tags, self.i = found, tags, i
        self.words = words = found.words
        self.word = words[i]
        self.before = words[i - 1] if i else " "
        self.after = words[i + 1] if i + 1 < len(words) else " "

    @property
    def tag(self) -> str:
        """The token's tag."""
        return self.tags[self.i]

    @property
    def behind(self) -> bool:
        """Whether the token touches the one before it."""
        return self.found.glued(self.i)

    @property
    def ahead(self) -> bool:
        """Whether the token touches the one after it."""
        return self.found.glued(self.i + 1)

    @property
    def apart(self) -> bool:
        """Whether the token stands by itself, as a word does."""
        return not self.behind and (not self.ahead or self.after in ",.;:?")

    def beside(self) -> list[int]:
        """Return the tokens beside this one."""
        return [k for k in (self.i - 1, self.i + 1) if 0 <= k < len(self.words)]


Condition = Callable[[TokenPlace], bool]
Action = Callable[[TokenPlace], None]
Rules = tuple[tuple[Condition, Action], ...]
"""Conditions with what to do where they hold. Of a token, the first that holds is followed."""


def follow(rules: Rules, place: TokenPlace) -> None:
    """Follow the first of the rules whose condition holds."""
    for holds, act in rules:
        if holds(place):
            act(place)
            return


def tagging(tags: Iterable[str], first: int = 0) -> Action:
    """Return the action that sets tags from the token on, or from `first` tokens beyond it."""
    given = list(tags)

    def act(place: TokenPlace) -> None:
        start = place.i + first
        place.tags[start : start + len(given)] = given

    return act
