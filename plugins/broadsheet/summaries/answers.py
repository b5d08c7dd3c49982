"""A model's answer as plain text within bounds, or why it can't be used. Pure.

An answer is a stranger's words: a model says what an abstract talks it into. It is one line of
visible characters, with no address, markup or link in it; pages, feeds and mail escape it as any
text.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ..papers import POINTS, SENTENCE
from ..text.visible import visible
from .model import BOUNDS, POINTS_ASKED, Model, ModelAnswer
from .prompts import estimate
from .scripts import is_written

_THOUGHT = "</think>"  # what some models end their thinking aloud with
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://|\b(?:www\.|mailto:|javascript:|data:\w+/)", re.I
)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--|\][(\[]|!\[|```")
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_+|(?<!_)_+(?!\w)")
_BULLET = re.compile(r"\s*(?:[-*•–]|\(?\d{1,2}[.):])\s+")
_FENCE = re.compile(r"\s*(`{3,})(?:text|txt|plaintext|markdown|md)?\n([^`]*)\1\s*\Z")
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}


class UselessAnswer(Exception):
    """An answer can't be used; the message says why. `tokens` is what it took all the same."""

    def __init__(self, why: str, tokens: int = 0) -> None:
        super().__init__(why)
        self.tokens = tokens


class BrokenOffAnswer(UselessAnswer):
    """An answer took all tokens that it could have, maybe for thinking."""


def streamed(data: bytes) -> dict[str, Any] | None:
    """Return a stream of events, which some servers send whether or not it is asked for, as the
    completion that it comes to; None where it is none."""
    if not data.lstrip().startswith(b"data:"):
        return None
    words, reason, usage = [], None, None
    for line in data.decode("utf-8", "replace").splitlines():
        try:
            event = _part(json.loads(line.removeprefix("data:")))
        except (ValueError, RecursionError):
            continue  # a blank line, a comment, "[DONE]"
        usage = event.get("usage") or usage
        choice = _part(_first(event.get("choices")))
        reason = choice.get("finish_reason") or reason
        said = _part(choice.get("delta")).get("content")
        words.append(said if isinstance(said, str) else "")
    if not any(words) and reason is None:
        return None
    message = {"content": "".join(words)}
    return {"choices": [{"message": message, "finish_reason": reason}], "usage": usage}


def read(value: Any, model: Model, asked: int) -> ModelAnswer:
    """Return the usable answer of a chat completion, given as JSON; `asked` estimates the tokens of
    the question. Raises UselessAnswer."""
    choice = _part(_first(_part(value).get("choices")))
    content = _part(choice.get("message")).get("content")
    tokens = _tokens(value, asked, content if isinstance(content, str) else "")
    try:
        if choice.get("finish_reason") == "length":
            raise BrokenOffAnswer("it breaks off at its most tokens")
        answer = _answer(_words(content).rpartition(_THOUGHT)[2], model, tokens)
    except UselessAnswer as useless:
        raise type(useless)(str(useless), tokens) from None
    if not is_written(" ".join((answer.text, *answer.points)), model.language):
        raise UselessAnswer(f"it is not in the language {model.language}", tokens)
    return answer


def _answer(said: str, model: Model, tokens: int) -> ModelAnswer:
    if fenced := _FENCE.match(said):
        said = fenced[2]
    if said.lstrip().startswith(("{", "[{", '["')):
        raise UselessAnswer("it is data, not words")
    if model.kind == POINTS:
        return ModelAnswer(points=_points(said), tokens=tokens)
    first, _, rest = said.strip().partition("\n")
    if model.kind == SENTENCE and first.rstrip().endswith(":") and rest.strip():
        said = rest  # "Here is the sentence:"
    return ModelAnswer(text=_plain(said, BOUNDS[model.kind].characters), tokens=tokens)


def _points(said: str) -> tuple[str, ...]:
    rows = [row.strip() for row in said.splitlines() if row.strip()]
    if len(rows) == POINTS_ASKED + 1 and rows[0].endswith(":") and not _BULLET.match(rows[0]):
        del rows[0]  # "Here are three points:"
    if len(rows) != POINTS_ASKED:
        raise UselessAnswer(f"it has {len(rows)} lines; expected {POINTS_ASKED} points")
    most = BOUNDS[POINTS].characters
    return tuple(_plain(_without_bullet(row), most) for row in rows)


def _without_bullet(row: str) -> str:
    """Return a line without what numbers or marks it at its beginning."""
    bullet = _BULLET.match(row)
    return row[bullet.end() :] if bullet else row


def _plain(said: str, most: int) -> str:
    """Return words in one line without markup. Raises UselessAnswer for what holds an address or
    markup that would have to be cut out of it, for nothing, and for too much."""
    if len(said) > 20 * most:
        raise UselessAnswer(f"it has {len(said)} characters; expected at most {most}")
    line = visible(said)
    _refuse_markup(line)
    line = _EMPHASIS.sub("", line).lstrip("#> ").strip()
    _refuse_markup(line)  # what marks of emphasis parted
    if len(line) > 2 and _QUOTES.get(line[0]) == line[-1]:
        line = line[1:-1].strip()
    if not any(char.isalpha() for char in line):
        raise UselessAnswer("it says nothing")
    if len(line) > most:
        raise UselessAnswer(f"it has {len(line)} characters; expected at most {most}")
    return line


def _refuse_markup(line: str) -> None:
    if _ADDRESS.search(line):
        raise UselessAnswer("it holds an address")
    if _MARKUP.search(line):
        raise UselessAnswer("it holds markup")


def _words(content: Any) -> str:
    """Return a message's words: a text, or a list of parts with texts."""
    if isinstance(content, list):
        content = "".join(
            text for part in content if isinstance(text := _part(part).get("text"), str)
        )
    if not isinstance(content, str):
        raise UselessAnswer("it is no chat completion")
    return content


def _tokens(value: Any, asked: int, content: str) -> int:
    told = _part(_part(value).get("usage")).get("total_tokens")
    if isinstance(told, int) and not isinstance(told, bool) and 0 < told < 10**9:
        return told
    return asked + estimate([content])


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None


def _part(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
