"""A request and its answer, as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import msgspec

PLACE = "/__edit/"
"""What the addresses of the editor begin with."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the editor's own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A request: the path below `PLACE`, its query, its headers by name in lower case (all values
    of each), and its body."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the value of a header; None where it is missing, or there are several."""
        values = self.headers.get(name, ())
        return values[0] if len(values) == 1 else None

    def asked(self, name: str) -> str:
        """Return a value of the query; "" where it has none, and where it has more than a page of
        ours sends."""
        try:
            return parse_qs(self.query, max_num_fields=20).get(name, [""])[0]
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An answer: status, media type, body, and further headers."""

    status: int = 200
    kind: str = "text/plain; charset=utf-8"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def json(value: Any, status: int = 200) -> HttpAnswer:
    """Return a value as an answer in JSON, in which lone surrogates show as U+FFFD."""
    try:
        body = msgspec.json.encode(value)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_whole(value))
    return HttpAnswer(status=status, kind="application/json", body=body)


def problem(message: str, status: int) -> HttpAnswer:
    """Return a refusal with its reason, for a person."""
    return json({"problem": message}, status)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    return value
