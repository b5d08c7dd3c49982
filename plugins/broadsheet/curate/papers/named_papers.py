"""The papers that somebody names, in arguments or in a list's lines: by arXiv id, DOI, or an
address that holds one. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...errors import ContentError, shown
from ...identifier_patterns import DOI_PREFIX
from ...listings.fields.identifiers import arxiv_id, doi

MOST = 1000
"""The most papers of one command."""
LONGEST = 1_000_000
"""The most characters of a list."""

_COMMENT = re.compile(r"(?:^|\s)#.*")
_BETWEEN = re.compile(r"[\s,;|<>\"'`*]+")
_BRACKETS = re.compile(r"[\s,;|<>\"'`*()\[\]{}]+")
_IN_ADDRESS = re.compile(
    rf"https?://[^/\s]{{1,200}}/\S{{0,300}}?({DOI_PREFIX}[^\s?#&]{{1,200}})", re.I
)
_PAGE_OF = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|meta|html|fulltext)|\.(?:full|pdf|html|abstract))*/?\Z"
)
_VERSION = re.compile(r"(10\.1101/[\d.]+)v\d{1,3}\Z")  # bioRxiv's and medRxiv's pages
_ENDS = ".,;:!?)]}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPaper:
    """A paper that a text names: by arXiv id (without version) or else DOI, neither where it can't
    be read. `line` is the list's line, None for an argument."""

    text: str
    arxiv: str | None = None
    doi: str | None = None
    line: int | None = None

    @property
    def key(self) -> str:
        """What is asked for: the id, or the DOI in small letters."""
        return self.arxiv or (self.doi or "").lower()

    def unknown(self, file: str | None) -> ContentError:
        """Return the error for a text that names no paper."""
        return ContentError(
            f"{shown(self.text)} names no paper; expected an id such as 2401.16164, a DOI, or an "
            "address that holds one",
            file=file if self.line is not None else None,
            line=self.line,
        )


def named(text: str, line: int | None = None) -> NamedPaper:
    """Return the paper that a text as a whole names."""
    wanted = text.strip()
    number = arxiv_id(wanted)
    if number is not None:
        return NamedPaper(text=wanted, arxiv=number[0], line=line)
    return NamedPaper(text=wanted, doi=_doi(wanted), line=line)


def listed(text: str) -> Iterator[NamedPaper]:
    """Yield the papers that a list names, of each line all; a line that names none gives what it
    says. Empty lines and comments (after a #) are skipped. Raises ContentError for a list that is
    too long."""
    if len(text) > LONGEST:
        raise ContentError(f"the list has {len(text)} characters; expected at most {LONGEST}")
    for number, row in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        words = _COMMENT.sub("", row).strip()
        if not words:
            continue
        for parts in ([words], _BETWEEN.split(words), _BRACKETS.split(words)):
            found = [
                named(part.rstrip(_ENDS) if len(parts) > 1 else part, number) for part in parts
            ]
            if known := [one for one in found if one.key]:
                yield from known
                break
        else:
            yield NamedPaper(text=words, line=number)


def each_once(some: Iterable[NamedPaper]) -> list[NamedPaper]:
    """Return papers, each once, however it is named; what names none is kept as it is. Raises
    ContentError for too many."""
    found: dict[str, NamedPaper] = {}
    for one in some:
        found.setdefault(one.key or f" {one.text}", one)
    if len(found) > MOST:
        raise ContentError(f"{len(found)} papers are named; expected at most {MOST} at once")
    return list(found.values())


def _doi(text: str) -> str | None:
    found = doi(text)
    if found is not None and "://" not in found:
        return found
    match = _IN_ADDRESS.match(text)
    if match is None:
        return None
    bare = _PAGE_OF.sub("", match[1].replace("%2F", "/").replace("%2f", "/"))
    version = _VERSION.match(bare)
    return doi(version[1] if version else bare)
