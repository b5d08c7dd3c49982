"""Text for feeds: what XML and UTF-8 can carry, and escaped where it has to be."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

# All that is no character of XML 1.0 (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` without what XML forbids. A lone surrogate stood for something: it shows as U+FFFD."""
    if text.isprintable() or not _FORBIDDEN.search(text):
        return text
    return _FORBIDDEN.sub(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", text)


def line(text: str) -> str:
    """`clean` text in one line."""
    return " ".join(clean(text).split())


def xml(text: str) -> str:
    """Text as XML, in an element or in an attribute with double quotes."""
    return (
        clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("\r", "&#13;")
    )


def cdata(text: str) -> str:
    """Text as it is in an XML element, for HTML, of which escaping would make a tenth more."""
    return "<![CDATA[" + clean(text).replace("]]>", "]]]]><![CDATA[>").replace("\r", "") + "]]>"


@lru_cache(maxsize=16384)  # names of authors and topics come again and again
def xml_line(text: str) -> str:
    """Text in one line as XML."""
    return xml(line(text))


@lru_cache(maxsize=512)
def rfc3339(moment: datetime) -> str:
    """2025-08-07T00:00:00Z"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=512)
def rfc822(moment: datetime) -> str:
    """Thu, 07 Aug 2025 00:00:00 +0000"""
    return format_datetime(moment.astimezone(UTC))
