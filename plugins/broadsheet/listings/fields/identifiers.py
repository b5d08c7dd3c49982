"""arXiv ids, DOIs and links: finding and validating them in listings' text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from ...identifier_patterns import ARXIV_DOI_PREFIX, ARXIV_NEW, ARXIV_OLD, DOI_PREFIX
from ...weburl import host_of

_ARXIV = rf"({ARXIV_NEW}|{ARXIV_OLD})(?:v([0-9]{{1,3}}))?"
_ID = re.compile(rf"(?:(?:oai:)?arxiv(?:\.org)?:)?\s*{_ARXIV}", re.I)
_IN_URL = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|format|src|e-print)/|/papers/|%2Fpapers%2F){_ARXIV}(?![0-9])",
    re.I,
)
_DOI = re.compile(
    rf"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?({DOI_PREFIX}[^\s\"<>]{{1,200}})", re.I
)
_ARXIV_DOI = re.compile(ARXIV_DOI_PREFIX + _ARXIV, re.I)
_CATEGORY = re.compile(r"[a-z]{1,10}(?:-[a-z]{2,4})?(?:\.[A-Za-z-]{2,20})?")


def _split_id(id_: str, version: str | None) -> tuple[str, int | None]:
    slash = id_.find("/")
    if slash >= 0:
        # An old id's archive stands without its subject class: math.GT/0309136 is math/0309136.
        id_ = id_[:slash].split(".")[0].lower() + id_[slash:]
    return id_, int(version) if version else None


def arxiv_id(text: str) -> tuple[str, int | None] | None:
    """Return the arXiv id (without version) and version that a text is or, as an address, holds."""
    if len(text) > 500:
        return None
    text = text.strip()
    if found := _ID.fullmatch(text):
        return _split_id(found[1], found[2])
    if found := _IN_URL.search(text) or _ARXIV_DOI.search(text):
        return _split_id(found[1], found[2])
    return None


def doi(text: str) -> str | None:
    """Return the DOI that a text is, without resolver or "doi:" before it; None for arXiv's own
    DOIs."""
    found = _DOI.fullmatch(text.strip()[:300])
    if found is None or _ARXIV_DOI.fullmatch(found[1]):
        return None
    return found[1].rstrip(".,;")


def link(text: object) -> str | None:
    """Return a web address (http or https, with a host, no white space in a line), else None."""
    if not isinstance(text, str):
        return None
    if len(text) > 2000:
        return None
    text = "".join(map(str.strip, text.split("\n")))  # some were wrapped
    if not text.lower().startswith(("http://", "https://")):
        return None
    if not text.isprintable() or any(mark in text for mark in ' \xa0<>"\\^`{|}'):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port  # raises where it is none
    except ValueError:
        return None
    if not parts.hostname or port == 0:
        return None
    if "utm_" not in parts.query:
        return text
    # What counts a newsletter's readers is no part of a paper's address.
    kept = [part for part in parts.query.split("&") if not part.startswith("utm_")]
    return urlunsplit(parts._replace(query="&".join(kept)))


def categories(text: str) -> tuple[str, ...]:
    """arXiv categories separated by white space, commas or semicolons, in order, each once."""
    words = re.split(r"[\s,;]+", text.strip())
    return tuple(dict.fromkeys(word for word in words if _CATEGORY.fullmatch(word)))


_LINK = re.compile(r"https?://[^\s<>\"{}|\\^`]{4,300}", re.I)
_CODE_HOSTS = (
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "anonymous.4open.science",
)
_PROJECT = re.compile(r"\b(?:project|(?:web)?(?:page|site)|demo)\b")


def named_links(comment: str) -> tuple[str | None, str | None]:
    """Return the code's address and the project page's in authors' comments ("Code:
    https://...")."""
    code = project = None
    for found in _LINK.finditer(comment[:5000]):
        address = link(found[0].rstrip(".,;:)]'"))
        if address is None:
            continue
        host = host_of(address)
        before = comment[max(0, found.start() - 40) : found.start()].lower()
        if host in _CODE_HOSTS:
            code = code or address
        elif _PROJECT.search(before) or host.endswith((".github.io", ".gitlab.io")):
            project = project or address
    return code, project
