"""A server that answers as arXiv's API does: by ids and by titles, with what was asked in its
feed's title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote_plus, urlsplit

from broadsheet.listings import title_key

from .conftest import Answer, Asked

_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
)


@dataclass(frozen=True)
class Record:
    """A paper as arXiv holds it, in its newest version."""

    arxiv: str
    title: str
    abstract: str
    authors: tuple[str, ...] = ("Ada Kite", "Bo Line")
    categories: tuple[str, ...] = ("cs.LG", "stat.ML")
    version: int = 1
    doi: str | None = None
    comment: str | None = None


@dataclass
class ArxivApi:
    """Answers GET /api/query; `refused` are ids of which it says that they are malformed."""

    records: list[Record] = field(default_factory=list)
    refused: frozenset[str] = frozenset()

    def __call__(self, asked: Asked) -> Answer:
        query = dict(part.partition("=")[::2] for part in urlsplit(asked.target).query.split("&"))
        query = {name: unquote_plus(value) for name, value in query.items()}
        ids = [one for one in query.get("id_list", "").split(",") if one]
        if bad := next((one for one in ids if one in self.refused), None):
            return Answer(_error(bad), 400)
        most = int(query.get("max_results", "10"))
        if ids:
            found = [one for one in self.records if one.arxiv in ids]
        else:
            phrases = re.findall(r'ti:"([^"]*)"', query["search_query"])
            keys = [title_key(phrase) for phrase in phrases]
            found = [one for one in self.records if any(k in title_key(one.title) for k in keys)]
        echo = (
            f"search_query={query.get('search_query', '')}&id_list={','.join(ids)}"
            f"&start=0&max_results={most}"
        )
        return Answer(answer(found[:most], echo, len(found)))


def answer(records: list[Record], echo: str = "", total: int | None = None) -> bytes:
    """An answer with some papers."""
    return (
        f"{_HEAD}<id>https://arxiv.org/api/x</id><title>arXiv Query: {escape(echo)}</title>"
        "<updated>2025-12-02T09:00:00Z</updated>"
        f"<opensearch:itemsPerPage>{len(records)}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(records) if total is None else total}"
        "</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>"
        f"{''.join(map(_entry, records))}</feed>"
    ).encode()


def _entry(one: Record) -> str:
    authors = "".join(f"<author><name>{name}</name></author>" for name in one.authors)
    terms = "".join(f'<category term="{name}"/>' for name in one.categories)
    doi = f"<arxiv:doi>{one.doi}</arxiv:doi>" if one.doi else ""
    comment = f"<arxiv:comment>{escape(one.comment)}</arxiv:comment>" if one.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{one.arxiv}v{one.version}</id>"
        f"<title>{escape(one.title)}</title><summary>{escape(one.abstract)}</summary>"
        f"<published>2025-11-30T10:00:00Z</published>{authors}{terms}"
        f'<arxiv:primary_category term="{one.categories[0]}"/>{doi}{comment}</entry>'
    )


def _error(bad: str) -> bytes:
    return (
        f"{_HEAD}<id>https://arxiv.org/api/errors</id><title>ArXiv Query: </title>"
        "<opensearch:totalResults>1</opensearch:totalResults>"
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
        f"<summary>incorrect id format for {bad}</summary></entry></feed>"
    ).encode()
