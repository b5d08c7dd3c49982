"""Text in feeds: characters that XML allows, escaping, and dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache, lru_cache


@cache
def _forbidden() -> re.Pattern[str]:
    """Return what matches whatever is not a character of XML 1.0 (section 2.2); the pattern takes
    longer to compile than all others here."""
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that XML forbids; a lone surrogate becomes U+FFFD."""
    if text.isprintable() or not _forbidden().search(text):
        return text
    return _forbidden().sub(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", text)


def line(text: str) -> str:
    """Return a `clean` text in one line."""
    return " ".join(clean(text).split())


def xml(text: str) -> str:
    """Return a text escaped for an XML element, or for an attribute in double quotes."""
    return (
        clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("\r", "&#13;")
    )


def cdata(text: str) -> str:
    """Return HTML as a CDATA section of an XML element: escaping would add a tenth to its size."""
    return "<![CDATA[" + clean(text).replace("]]>", "]]]]><![CDATA[>").replace("\r", "") + "]]>"


@lru_cache(maxsize=16384)  # names of authors and topics recur
def xml_line(text: str) -> str:
    """Return a text in one line, escaped for XML."""
    return xml(line(text))


@lru_cache(maxsize=512)
def rfc3339(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it: 2025-08-07T00:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=512)
def rfc822(moment: datetime) -> str:
    """Return a moment as RFC 822 writes it: Thu, 07 Aug 2025 00:00:00 +0000."""
    return format_datetime(moment.astimezone(UTC))
