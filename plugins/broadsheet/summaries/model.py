"""The values of summaries: the model that is asked, and the bounds of each kind of answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..papers import POINTS, SENTENCE, TRANSLATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model behind an endpoint that speaks OpenAI's protocol.

    `endpoint` is the address below which chat/completions is, without a trailing slash; `name` the
    model's, `kind` one of papers.SUMMARY_KINDS, `language` the code of the answers' language.
    Printed it shows nothing of the key.
    """

    endpoint: str
    name: str
    kind: str = SENTENCE
    language: str = "en"
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The bounds of an answer: characters of a text, and the tokens that are asked for at most
    (models that think aloud need more than they say)."""

    characters: int
    tokens: int


BOUNDS = {
    SENTENCE: Bounds(characters=400, tokens=1000),
    POINTS: Bounds(characters=300, tokens=1500),
    TRANSLATION: Bounds(characters=6000, tokens=4000),
}
"""By kind; of points, those of each."""

POINTS_ASKED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an endpoint is asked, as far as its answers taught it: whether it takes a temperature,
    what it calls the most tokens, and how many times those of BOUNDS it needs (`room`)."""

    temperature: bool = True
    most: str = "max_tokens"
    room: int = 1


LONGEST_ABSTRACT = 8000
"""Characters of an abstract that are sent at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """A usable answer: a `text`, or `points`; and the `tokens` that it took, as the server says or
    as they are estimated."""

    text: str = ""
    points: tuple[str, ...] = ()
    tokens: int = 0
