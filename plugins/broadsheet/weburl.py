"""URLs as browsers parse them, so that what is checked is what is followed.

Browsers drop tabs and line breaks inside a URL and control characters around it, read backslashes
as slashes, and ignore the case of schemes (WHATWG URL Standard, section 4.4).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_TRIMMED = "".join(map(chr, range(0x21)))  # C0 controls and the space
_ADDRESS = re.compile(r"[^\s\"'<>\\^`{|}\x00-\x20\x7f-\x9f]{1,2000}\Z")
_DROPPED = str.maketrans("", "", "\t\n\r")
_PLAIN_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#]|\Z)")  # of most addresses
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Schemes after which backslashes are slashes, and any number of slashes precedes the host.
_SPECIAL = frozenset({"http", "https", "ws", "wss", "ftp"})


def normalised(address: str) -> str:
    """Return a URL without the characters that browsers drop, with slashes for backslashes, and
    with its scheme in lower case. A URL without a scheme is read as on a page of an http(s)
    site."""
    text = address.strip(_TRIMMED).translate(_DROPPED)
    found = _SCHEME.match(text)
    if found is None:
        return _with_slashes(text)
    scheme = found[1].lower()
    rest = text[found.end() :]
    if scheme not in _SPECIAL:
        return f"{scheme}:{rest}"
    return f"{scheme}://{_with_slashes(rest).lstrip('/')}"


def scheme_of(address: str) -> str | None:
    """Return the scheme that a browser sees, in lower case; None for a relative URL."""
    found = _SCHEME.match(normalised(address))
    return found[1] if found else None


def stays(address: str) -> bool:
    """Return whether a URL is relative and stays on its own site: a path, query or fragment."""
    text = normalised(address)
    return _SCHEME.match(text) is None and not text.startswith("//")


def _with_slashes(text: str) -> str:
    """Return a URL with slashes for backslashes, up to its query or fragment."""
    if "\\" not in text:
        return text
    end = min((place for sign in "?#" if (place := text.find(sign)) >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def host_of(address: str) -> str:
    """Return the host of a URL, in lower case and without "www."; "" where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_web_address(text: str) -> bool:
    """Return whether a text is an http(s) URL with a host, of at most 2,000 characters and without
    spaces, quotes and other characters that URLs can't hold."""
    if not _ADDRESS.match(text):
        return False
    if _PLAIN_HOST.match(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
