"""Twins of a page that lists papers: the same papers as JSON, BibTeX, RIS and Markdown, in files
beside its index.html. docs/twins.md tells what is in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import calendar, tex, urls
from ..archive.model import Placed
from ..citing import Reference, ris
from ..citing.bibtex import fields, joined
from ..incremental.plan import File
from ..text.names import authors_short
from ..text.plain import lead_of
from .citations import reference
from .labels import Labels
from .views import Link

VERSION = 1
KEPT = 4096  # papers whose parts are at hand, about 2 kB each
_FORMATS = (("json", "JSON", "application/json"), ("bib", "BibTeX", "application/x-bibtex"),
            ("ris", "RIS", "application/x-research-info-systems"),
            ("md", "Markdown", "text/markdown"))  # fmt: skip
ENDS = tuple(end for end, _, _ in _FORMATS)
SHORT = ("json", "bib")  # of subscriptions, of which there may be a thousand
_SPOILS_A_LINK = re.compile(r"(?<!\\)[\[\]]")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A paper's part of each twin."""

    placed: Placed
    reference: Reference
    key: str  # the reference's
    bibtex: str
    ris: str
    json: str  # without its abstract
    markdown: str


class Exports:
    """Writes twins. `site` is SITEURL ("" where unset), `base` the path that links start with."""

    def __init__(self, names: Labels, site: str, base: str) -> None:
        self._names = names
        self._root = f"{site}/" if site else base
        self._site = site
        self._parts: dict[str, _Parts] = {}

    @staticmethod
    def links(path: str, ends: Sequence[str] = ENDS) -> tuple[Link, ...]:
        """Links to a page's twins, for its head."""
        return tuple(
            Link(path=f"{path}index.{end}", label=label, kind=media)
            for end, label, media in _FORMATS
            if end in ends
        )

    def files(
        self,
        path: str,
        kind: str,
        title: str,
        papers: Sequence[Placed],
        *,
        full: bool = False,
        ends: Sequence[str] = ENDS,
    ) -> Iterator[File]:
        """The twins of a page at an address, in some formats: `kind` is "day", "week", "topic" ...
        `full` ones have abstracts (JSON) and the sentence that says it all (Markdown)."""
        parts = list(map(self._of, papers))
        make = {
            "json": lambda: self._json(path, kind, title, parts, full=full),
            "bib": lambda: joined((one.key, one.bibtex) for one in parts),
            "ris": lambda: "\r\n".join(one.ris for one in parts),
            "md": lambda: self._markdown(title, parts, full=full),
        }
        for end in ends:
            yield File(f"{path}index.{end}", make[end]().encode("utf-8", "replace"))

    def reference(self, placed: Placed) -> Reference:
        """A paper as it is cited."""
        return self._of(placed).reference

    def _json(
        self, path: str, kind: str, title: str, parts: Sequence[_Parts], *, full: bool
    ) -> str:
        whole = {"version": VERSION, "kind": kind, "title": title, "url": self._root + path}
        head = _dumped(whole)[:-1]
        rows = map(_with_abstract, parts) if full else (one.json for one in parts)
        body = ",\n".join(rows)
        return f'{head},"papers":[\n{body}\n]}}\n'

    def _markdown(self, title: str, parts: Sequence[_Parts], *, full: bool) -> str:
        lines = [f"# {title}", ""]
        topic = ""
        for one in parts:
            if full and one.placed.topic != topic:
                topic = one.placed.topic
                lines += ["", f"## {self._names.topic(topic).label}", ""]
            lines.append(one.markdown)
            if full and one.placed.paper.abstract:
                lines.append(f"  {lead_of(one.placed.paper.abstract)}")
        return "\n".join(lines) + "\n"

    def _of(self, placed: Placed) -> _Parts:
        known = self._parts.get(placed.paper.id)
        if known is None or known.placed is not placed:
            while len(self._parts) >= KEPT:
                del self._parts[next(iter(self._parts))]
            known = self._parts[placed.paper.id] = self._made(placed)
        return known

    def _made(self, placed: Placed) -> _Parts:
        paper = placed.paper
        one = reference(placed, self._site)
        address = self._root + urls.paper(paper.id)
        plain: dict[str, object] = {
            "id": paper.id,
            "url": address,
            "title": paper.title,
            "date": placed.date.isoformat(),
            "topic": placed.topic,
            "tags": paper.tags,
            "authors": paper.authors,
            "arxiv": paper.arxiv,
            "doi": paper.doi,
            "code": paper.code,
            "project": paper.project,
            "votes": paper.upvotes,
            "votes_as_of": paper.as_of if paper.upvotes is not None else None,
        }
        title = "".join(
            span.source if span.math else _SPOILS_A_LINK.sub(r"\\\g<0>", span.text)
            for span in tex.spans(" ".join(paper.title.split()))
        )
        said = [authors_short(paper.authors, paper.author_count), calendar.plain(placed.date)]
        if one.url and one.url != address:
            said.append(f"<{one.url}>")
        return _Parts(
            placed=placed,
            reference=one,
            key=one.key,
            bibtex=fields(one),
            ris=ris([one]),
            json=_dumped({key: value for key, value in plain.items() if value not in (None, ())}),
            markdown=f"- [{title}]({address}). " + ". ".join(part for part in said if part),
        )


def _with_abstract(one: _Parts) -> str:
    return f'{one.json[:-1]},"abstract":{_dumped(one.placed.paper.abstract)}}}'


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
