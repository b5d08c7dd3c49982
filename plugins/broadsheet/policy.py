"""The Content-Security-Policy of pages: what they may load and from where. Pure.

A page loads nothing from other hosts, and runs no script of its own text, unless the setting
BROADSHEET_CSP names more sources. What would let anything run can't be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from .errors import SettingsError, shown
from .suggestions import did_you_mean

_BASE = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_OPEN = ("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src",
         "worker-src", "manifest-src", "form-action")  # fmt: skip
_MOST = 30  # sources of a directive
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(
    rf"(?P<scheme>https|wss|http|ws)://(?P<wild>\*\.)?(?P<host>{_LABEL}(?:\.{_LABEL})*)"
    r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9/._~-]{0,300})?\Z"
)
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/]{20,90}={0,2}'\Z")
_LOCAL = ("localhost", "127.0.0.1")


def sources_of(values: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sources that BROADSHEET_CSP adds, by directive. Raises SettingsError for a
    directive that may not be widened, and for a source that is no host with https:// (wss:// to
    connect to), no 'sha256-...' of a script or style, and not data: (pictures, fonts, media)."""
    given = values.get("BROADSHEET_CSP")
    if not given:
        return ()
    if not isinstance(given, Mapping):
        raise _wrong(given, 'a dictionary such as {"script-src": ["https://giscus.app"]}')
    found = []
    for directive, sources in given.items():
        if directive not in _OPEN:
            raise _wrong(
                directive, f"directives among {', '.join(_OPEN)}"
                f"{did_you_mean(str(directive), _OPEN)}"
            )  # fmt: skip
        if not isinstance(sources, (list, tuple)) or len(sources) > _MOST:
            raise _wrong(sources, f"a list of at most {_MOST} sources for {directive}")
        for source in sources:
            if not isinstance(source, str) or not _allowed(directive, source):
                raise _wrong(
                    source, f"for {directive} a source such as https://giscus.app; pages never "
                    "allow 'unsafe-inline', 'unsafe-eval', a whole scheme or any host"
                )  # fmt: skip
        found.append((directive, tuple(dict.fromkeys(sources))))
    return tuple(found)


def _allowed(directive: str, source: str) -> bool:
    if source == "data:":
        return directive in ("img-src", "font-src", "media-src")
    if _HASH.match(source):
        return directive in ("script-src", "style-src")
    match = _HOST.match(source)
    if match is None:
        return False
    local = match["host"] in _LOCAL and not match["wild"]
    if match["scheme"] in ("http", "ws") and not local:
        return False
    if match["wild"] and "." not in match["host"]:  # *.com
        return False
    return directive == "connect-src" or not match["scheme"].startswith("ws")


@cache
def policy(
    added: tuple[tuple[str, tuple[str, ...]], ...] = (), form_origin: str | None = None
) -> str:
    """Return the policy with added sources, and the origin that the form of the Subscribe page
    sends to. It holds no character that HTML escapes but the single quote."""
    directives = dict(_BASE)
    if form_origin:
        directives["form-action"] += f" {form_origin}"
    for directive, sources in added:
        known = directives.get(directive, "'self'").split()
        directives[directive] = " ".join(dict.fromkeys([*known, *sources]))
    return "; ".join(f"{directive} {sources}" for directive, sources in directives.items())


def _wrong(value: object, expected: str) -> SettingsError:
    return SettingsError(f"BROADSHEET_CSP = {shown(value)}: expected {expected}")
