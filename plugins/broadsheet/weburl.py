"""An address as a browser reads it, before anybody judges it.

Browsers drop tabs and line ends inside an address and control characters around it, read
backslashes as slashes, and don't mind capitals in schemes (WHATWG URL Standard, section 4.4). What
is judged must be what is followed.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_AROUND = "".join(map(chr, range(0x21)))  # C0 controls and the space
_DROPPED = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Schemes after which backslashes are slashes, and a host follows however many slashes there are.
_SPECIAL = frozenset({"http", "https", "ws", "wss", "ftp"})


def normalised(address: str) -> str:
    """An address without what browsers drop, its slashes as they read them, its scheme in small
    letters. One without a scheme is read as on a page of an http(s) site."""
    text = address.strip(_AROUND).translate(_DROPPED)
    found = _SCHEME.match(text)
    if found is None:
        return _with_slashes(text)
    scheme = found[1].lower()
    rest = text[found.end() :]
    if scheme not in _SPECIAL:
        return f"{scheme}:{rest}"
    return f"{scheme}://{_with_slashes(rest).lstrip('/')}"


def scheme_of(address: str) -> str | None:
    """The scheme that a browser sees, in small letters; None for an address without."""
    found = _SCHEME.match(normalised(address))
    return found[1] if found else None


def stays(address: str) -> bool:
    """Whether an address leads to the site that it stands on, by path, query or fragment alone."""
    text = normalised(address)
    return _SCHEME.match(text) is None and not text.startswith("//")


def _with_slashes(text: str) -> str:
    """A text with slashes for backslashes, up to its query or fragment."""
    if "\\" not in text:
        return text
    end = min((place for sign in "?#" if (place := text.find(sign)) >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host and nothing odd in it."""
    if not _ADDRESS.match(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


_ADDRESS = re.compile(r"[^\s\"'<>\\^`{|}\x00-\x20\x7f-\x9f]{1,2000}\Z")
