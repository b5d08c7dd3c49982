"""A title as a list's words have it: without labels, numbers, ids and the site's name."""

from __future__ import annotations

import re

from ...identifier_patterns import ARXIV_NEW
from ..fields.addresses import Address
from ..fields.labelled import labelled
from .list_lines import is_label, tidy

PICTURE = re.compile(
    "\\A(?:(?:[0-9#*]\ufe0f?\u20e3|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)[\u200d\\s]*)+"
)
_ID_BEFORE = re.compile(rf"\A\s*[\[(](?:arXiv:)?{ARXIV_NEW}(?:v[0-9]{{1,2}})?[\])]\s+(?=\S)", re.I)
_NUMBER_BEFORE = re.compile(r"\A\s*#?\d{1,3}[.)]\s+(?=\S)")
# What forums put before a title: "[R] Kites of the North", "[Research] ..."
_TAG_BEFORE = re.compile(r"\A\s*(?:[\[(][A-Z][\])]|\[[A-Za-z]{2,12}\])\s+(?=\S)")
_SITE = re.compile(r"\s[|·–—-]\s([^|·–—]{2,40})\Z")
_TO_READ = re.compile(r"\s*\(\d{1,3}[ -]min(?:ute)?s?[ -]read\)\s*\Z", re.I)
# "Preprint: Kites of the north", "Kites of the north (arXiv)"
_KIND_BEFORE = re.compile(
    r"\s*(?:paper|article|preprint|conference paper)\s?\d{0,3}\s?[:：]\s+(?=\S)", re.I
)
_LABEL_BEHIND = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]\s*\Z")
# The hour at which a message was written, at either end of what stands above it.
SENT = re.compile(
    r"\W?[^\]\n]{0,24}\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[AP]M)?(?:\]|\s-\s)"
    r"|.{1,60}\s\[?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AP]M)?\]?\s*\Z",
    re.I,
)
# "[01/03/2026, 09:12:40] Ola: " before what was written
MESSAGE = re.compile(
    r"\A\W?[^\]\n]{0,24}\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[AP]M)?(?:\]|\s-)\s+"
    r"[^:\n]{1,40}:\s+(?=\S)",
    re.I,
)
_WHOLE_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300})[\"”»]")


def without_site(text: str, address: Address | None) -> str:
    """Return a link's words without the site's name behind them ("A Kite | OpenReview")."""
    found = _SITE.search(text)
    if found is None or address is None or not text[: found.start()].strip():
        return text
    name = "".join(filter(str.isalnum, found[1].lower()))
    host = address.url.split("/")[2].lower().replace(".", "").replace("-", "")
    return text[: found.start()] if name and name in host else text


def title_of(text: str) -> str:
    """Return a title without what stands before and behind it: labels, numbers, ids, pictures."""
    if said := labelled(text[:400]).parts.get("title"):
        text = said + text[400:]
    elif kind := _KIND_BEFORE.match(text):
        text = text[kind.end() :]
    behind = _LABEL_BEHIND.search(text[-40:])
    if behind and is_label(behind[1]):
        text = text[: len(text) - len(behind[0])]
    text = _NUMBER_BEFORE.sub(
        "", _TAG_BEFORE.sub("", _ID_BEFORE.sub("", _TO_READ.sub("", PICTURE.sub("", text))))
    )
    text = tidy(text).strip(" :,;")
    return _unquoted(text if text.endswith("...") else text.rstrip(".")).rstrip(",")


def _unquoted(text: str) -> str:
    """Return a title without quotation marks around it; those of words within it stay."""
    marks = sum(map(text.count, '"“”«»'))
    whole = marks == 2 and text[:1] in '"“«' and text[-1:] in '"”»'
    return text if marks and marks % 2 == 0 and not whole else text.strip('"“”«»')


def is_title(text: str) -> bool:
    """Return whether words have a title's shape: some words, no label, not a text's length."""
    words = text.split()
    return (
        0 < len(words) <= 45
        and len(text) <= 300
        and any(character.isalpha() for character in text)
        and not is_label(text)
        and not text.lower().startswith(("http://", "https://", "www."))
        and not (text.startswith("{") and text.endswith("}"))  # "{Embed}", as chats are exported
        and SENT.match(text) is None
    )


def is_named(text: str) -> bool:
    """Return whether a link's words are a title by their capitals, rather than a part of the
    sentence in which they stand."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(1 for word in words if not word[0].islower())
    return (
        is_title(text)
        and len(words) > 1
        and not text[:1].islower()
        and capital * 3 >= len(words) * 2
    )


def is_quoted(text: str) -> bool:
    """Return whether words are a title in quotation marks and nothing else."""
    return _WHOLE_QUOTED.fullmatch(text.strip()) is not None and is_title(text)
