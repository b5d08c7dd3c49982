"""Exports of a page that lists papers: the same papers as JSON, BibTeX, RIS and Markdown, in files
beside its index.html. docs/twins.md documents their content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from .. import tex, urls
from ..archive.model import PublishedPaper
from ..citing import Reference, ris
from ..citing.bibtex import fields, joined
from ..incremental.plan import File
from ..json_text import compact
from ..text.names import authors_short
from ..text.taken_markdown import linked, literal
from .citations import reference
from .labels import Labels
from .views import Link

VERSION = 1
_CACHED = 1 << 13
"""Exported papers in memory, at about 2 kB each: those of a month, which its weeks export before
its days do. Of a larger month each would be made twice."""
_FORMATS = (("json", "JSON", "application/json"), ("bib", "BibTeX", "application/x-bibtex"),
            ("ris", "RIS", "application/x-research-info-systems"),
            ("md", "Markdown", "text/markdown"))  # fmt: skip
ENDS = tuple(end for end, _, _ in _FORMATS)
SHORT = ("json", "bib")  # the formats of subscriptions, of which there may be a thousand


class _ExportedPaper(Struct, frozen=True):
    """A paper in each format."""

    placed: PublishedPaper
    reference: Reference
    key: str  # the reference's
    bibtex: str
    ris: str
    json: str  # without its abstract
    markdown: str


class Exports:
    """Writes exports. `site` is SITEURL ("" if unset), `base` the path that links start with."""

    def __init__(self, names: Labels, site: str, base: str) -> None:
        self._names = names
        self._root = f"{site}/" if site else base
        self._site = site
        self._exported: dict[str, _ExportedPaper] = {}

    @staticmethod
    def links(path: str, ends: Sequence[str] = ENDS) -> tuple[Link, ...]:
        """Return links to a page's exports, for its head."""
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
        papers: Sequence[PublishedPaper],
        *,
        full: bool = False,
        ends: Sequence[str] = ENDS,
    ) -> Iterator[File]:
        """Yield the exports of a page at an address, in some formats. `kind` is "day", "week",
        "topic" ...; `full` ones have abstracts (JSON) and lead sentences (Markdown)."""
        exported = list(map(self._of, papers)) if ends else []
        write = {
            "json": lambda: self._json(path, kind, title, exported, full=full),
            "bib": lambda: joined((paper.key, paper.bibtex) for paper in exported),
            "ris": lambda: "\r\n".join(paper.ris for paper in exported),
            "md": lambda: self._markdown(title, exported, full=full),
        }
        for end in ends:
            yield File(f"{path}index.{end}", write[end]().encode("utf-8", "replace"))

    def reference(self, placed: PublishedPaper) -> Reference:
        """Return a paper as it is cited."""
        return self._of(placed).reference

    def bibtex(self, placed: PublishedPaper) -> str:
        """Return a paper as BibTeX."""
        exported = self._of(placed)
        return joined([(exported.key, exported.bibtex)])

    def _json(
        self, path: str, kind: str, title: str, papers: Sequence[_ExportedPaper], *, full: bool
    ) -> str:
        whole = {"version": VERSION, "kind": kind, "title": title, "url": self._root + path}
        head = _dumped(whole)[:-1]
        rows = map(_with_abstract, papers) if full else (paper.json for paper in papers)
        body = ",\n".join(rows)
        return f'{head},"papers":[\n{body}\n]}}\n'

    def _markdown(self, title: str, papers: Sequence[_ExportedPaper], *, full: bool) -> str:
        lines = [f"# {literal(title)}", ""]
        topic = ""
        for paper in papers:
            if full and paper.placed.topic != topic:
                topic = paper.placed.topic
                lines += ["", f"## {literal(self._names.topic(topic).label)}", ""]
            lines.append(paper.markdown)
            if full and (lead := self._names.lead(paper.placed.paper)).text:
                lines.append(f"  {literal(str(lead))}")
        return "\n".join(lines) + "\n"

    def _of(self, placed: PublishedPaper) -> _ExportedPaper:
        known = self._exported.get(placed.paper.id)
        if known is None or known.placed is not placed:
            while len(self._exported) >= _CACHED:
                del self._exported[next(iter(self._exported))]
            known = self._exported[placed.paper.id] = self._export(placed)
        return known

    def _export(self, placed: PublishedPaper) -> _ExportedPaper:
        paper = placed.paper
        cited = reference(placed, self._site)
        address = self._root + urls.paper(paper.id)
        values: dict[str, object] = {
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
        spans = tex.spans(" ".join(paper.title.split()))
        title = linked((one.source if one.math else one.text, bool(one.math)) for one in spans)
        words = self._names.words
        sentences = [
            literal(authors_short(paper.authors, paper.author_count, words)),
            words.dates.plain(placed.date),
        ]
        if cited.url and cited.url != address:
            sentences.append(f"<{cited.url}>")
        return _ExportedPaper(
            placed=placed,
            reference=cited,
            key=cited.key,
            bibtex=fields(cited),
            ris=ris([cited]),
            json=_dumped({key: value for key, value in values.items() if value not in (None, ())}),
            markdown=f"- [{title}]({address}). " + ". ".join(part for part in sentences if part),
        )


def _with_abstract(paper: _ExportedPaper) -> str:
    return f'{paper.json[:-1]},"abstract":{_dumped(paper.placed.paper.abstract)}}}'


def _dumped(value: object) -> str:
    return compact(value).decode()
