"""Find a paper's code and project page among the links of its abstract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..weburl import host_of, is_web_address

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}\\^|\[\]]+", re.I)
_BARE = re.compile(
    r"(?<![\w/.@-])(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|[\w-]+\.github\.io)/"
    r"[^\s<>\"'`{}\\^|\[\]]+",
    re.I,
)
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com",
               "anonymous.4open.science")  # fmt: skip
_PAGE_HOSTS = ("github.io", "gitlab.io", "pages.dev", "netlify.app", "vercel.app",
               "sites.google.com", "huggingface.co")  # fmt: skip
_CODE_WORDS = re.compile(r"\b(?:code|implementation|source|repository|repo)s?\b", re.I)
_PAGE_WORDS = re.compile(
    r"\b(?:project|web ?page|web ?site|home ?page|page|demos?|videos?|results|data ?sets?|data"
    r"|models?|benchmark|checkpoints)\b",
    re.I,
)
_HINTS = ("http", ".com/", ".co/", ".io/")  # a text without any of these has no address
_LONGEST = 500  # characters of an address
_NEAR = 80  # characters before a link whose words classify it


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a paper's code and project page; None where the abstract has none."""

    code: str | None = None
    project: str | None = None


def find(text: str) -> Links:
    """Return the first link to code and the first to a project page in an abstract.

    Known hosts decide (github.com is code, github.io a page); for others the words before the link
    do.
    """
    if "/" not in text:
        return Links()
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return Links()
    code = project = None
    previous = 0
    for match in sorted((*_ADDRESS.finditer(text), *_BARE.finditer(text)), key=lambda m: m.start()):
        if match.start() < previous:
            continue
        previous = match.end()
        address = tidy(match.group())
        if address is None:
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _is_code(address, before):
            code = code or address
        elif _is_page(address, before):
            project = project or address
    return Links(code, project)


def tidy(address: str) -> str | None:
    """Return an address without the sentence's punctuation; None where no address remains."""
    if len(address) > _LONGEST:
        return None
    if not re.match(r"https?://", address, re.I):
        address = "https://" + address
    while True:
        shorter = address.rstrip(".,;:!?*_~'")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    return address if is_web_address(address) else None


def _on(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == known or host.endswith("." + known) for known in hosts)


def _is_code(address: str, before: str) -> bool:
    host = host_of(address)
    if _on(host, _CODE_HOSTS) or host.startswith("gitlab."):
        return len(urlsplit(address).path) > 1
    return not _on(host, _PAGE_HOSTS) and _CODE_WORDS.search(before) is not None


def _is_page(address: str, before: str) -> bool:
    host = host_of(address)
    if _on(host, ("arxiv.org", "doi.org")):
        return False
    return _on(host, _PAGE_HOSTS) or _PAGE_WORDS.search(before) is not None
