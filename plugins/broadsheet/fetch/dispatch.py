"""A request that hands something over to a server, its answer, and whether a server's address is
one to send a key to. Pure; `exchange` sends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ..errors import plain, shown
from .hosts import is_loopback

_LONGEST_HOST = 100  # characters of a host in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """What is sent: a JSON body to an address by POST, or without a body a GET. Printed it shows
    neither the address's path nor the headers, where keys stand."""

    url: str
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Dispatch({host_of(self.url)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A server's answer, whatever its status."""

    status: int
    data: bytes = b""
    retry_after: str | None = None

    def json(self) -> Any:
        """Return the body as JSON. Raises ValueError where it is none, or nested too deeply."""
        try:
            return json.loads(self.data)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def host_of(url: str) -> str:
    """Return the host of an address, for messages: its path may hold a key."""
    parsed = _split(url)
    host = (parsed.hostname if parsed else None) or "the server"
    return plain(host[:_LONGEST_HOST])


def fault_of(url: str, *, secret: bool) -> str | None:
    """Return what is wrong with a server's address; None where nothing is. With something `secret`
    in what is sent it must be https, or http to this very machine."""
    parsed = _split(url)
    if parsed is None or not parsed.hostname or parsed.scheme not in ("http", "https"):
        return "expected an address with https://"
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "expected an address with https://"
    if "@" in parsed.netloc:
        return "expected an address without a password in it"
    if parsed.scheme == "http" and secret and not is_loopback(parsed.hostname):
        return f"expected https://, since {shown(parsed.hostname)} is sent a key"
    return None


def _split(url: str) -> SplitResult | None:
    try:
        parsed = urlsplit(url)
        parsed.port  # noqa: B018  # raises for one that is none
    except ValueError:
        return None
    return parsed
