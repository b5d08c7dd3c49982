"""GitHub's expressions, as far as our workflows use them: names, texts, ==, !=, !, && and ||, and
the functions that ask how the steps before went."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.-]*)|(==|!=|&&|\|\||[!()]))")
_PART = re.compile(r"\$\{\{(.*?)\}\}", re.S)


@dataclass
class Expressions:
    """Values by their first name (`github`, `steps`), and functions by theirs."""

    values: Mapping[str, Any]
    functions: Mapping[str, Callable[[], bool]] = field(default_factory=dict)

    def text(self, source: str) -> str:
        """Return a text with each ${{ ... }} filled in."""
        return _PART.sub(lambda match: _text(self.value(match[1])), source)

    def value(self, source: str) -> Any:
        """Return what an expression is worth."""
        reader = _Reader(source.strip(), self)
        found = reader.either()
        assert reader.peek() is None, f"{source}: not understood from {reader.tokens}"
        return found

    def holds(self, condition: str) -> bool:
        """Return whether an `if:` holds; without a question of its own it asks for success."""
        match = _PART.fullmatch(condition.strip())
        source = match[1] if match else condition
        asks = re.search(r"\b(success|failure|always|cancelled)\(\)", source)
        if not asks and not self.functions["success"]():
            return False
        return bool(self.value(source))

    def name(self, dotted: str) -> Any:
        """Return the value of a name; "" for what there is not."""
        if dotted in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[dotted]
        first, *rest = dotted.split(".")
        assert first in self.values, f"no context {first}"
        found: Any = self.values[first]
        for part in rest:
            found = found.get(part, "") if isinstance(found, Mapping) else ""
        return found


class _Reader:
    def __init__(self, source: str, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            assert match, f"{source}: not understood at {source[at:]!r}"
            at = match.end()
            kind = "text" if match[1] else "name" if match[2] else "sign"
            self.tokens.append((kind, match[1] or match[2] or match[3]))

    def peek(self) -> str | None:
        return self.tokens[0][1] if self.tokens else None

    def take(self, token: str) -> bool:
        if self.tokens and self.tokens[0] == ("sign", token):
            self.tokens.pop(0)
            return True
        return False

    def either(self) -> Any:
        found = self.both()
        while self.take("||"):
            other = self.both()
            found = found or other
        return found

    def both(self) -> Any:
        found = self.equal()
        while self.take("&&"):
            other = self.equal()
            found = found and other
        return found

    def equal(self) -> Any:
        found = self.single()
        if self.take("=="):
            return found == self.single()
        if self.take("!="):
            return found != self.single()
        return found

    def single(self) -> Any:
        if self.take("!"):
            return not self.single()
        if self.take("("):
            found = self.either()
            assert self.take(")")
            return found
        kind, token = self.tokens.pop(0)
        if kind == "text":
            return token[1:-1].replace("''", "'")
        if self.take("("):
            assert self.take(")")
            return self.expressions.functions[token]()
        return self.expressions.name(token)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
