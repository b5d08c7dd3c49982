"""Records of single papers: arXiv's by ids and by titles, Crossref's by DOIs, and Hugging Face's
list of a day: what each is asked, and how much at once. They are looked up, or captured to tell
more of listed papers, or to bring those named without a title.

arXiv's API takes lists of ids, and searches titles (https://info.arxiv.org/help/api/user-manual.html);
its answers say what was asked. Crossref gives a work by its DOI
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/). Metadata of both is CC0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from ...papers import ENRICHING
from ..request import Request, SourceAddresses, WantedDays
from .huggingface import HuggingFace

MOST_IDS = 100
"""Ids a request; arXiv's API takes a few hundred."""
MOST_DOIS = 20
"""DOIs a request, which is an address of at most some 4,000 characters."""
MOST_TITLES = 10
"""Titles a request, which is an address of at most 2,500 characters."""
LEAST_WORDS = 3
"""The words of a title that is worth a search: shorter ones match too many papers."""

ARXIV_ENRICH = f"arxiv{ENRICHING}"
HUGGINGFACE_ENRICH = f"huggingface{ENRICHING}"
ARXIV_WANTED = "arxiv-wanted"
CROSSREF_WANTED = "crossref-wanted"

_FOUND_A_TITLE = 10  # papers that one title may bring
_WORD = re.compile(r"[^\W_]+")
_LONGEST_PHRASE = 200
_MOST_WORDS = 25


def id_batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield arXiv ids in as many as one request takes."""
    return _batches(ids, MOST_IDS)


def doi_batches(dois: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield DOIs in as many as one request takes: those with a comma, which separates what is asked
    for, one by one."""
    yield from _batches([one for one in dois if "," not in one], MOST_DOIS)
    yield from _batches([one for one in dois if "," in one], 1)


def title_batches(phrases: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield phrases of titles in as many as one request takes."""
    return _batches(phrases, MOST_TITLES)


def _batches(texts: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (texts[start : start + most] for start in range(0, len(texts), most))


def of_ids(ids: Sequence[str], addresses: SourceAddresses) -> Request:
    """Return the request for arXiv's records of up to MOST_IDS papers (ids without versions)."""
    listed = quote(",".join(ids), safe="/,")
    return Request(
        url=f"{addresses.arxiv_api}/api/query?id_list={listed}&max_results={len(ids)}",
        source="arxiv",
        extension="xml",
        limit=len(ids),
    )


def of_dois(dois: Sequence[str], addresses: SourceAddresses) -> Request:
    """Return the request for Crossref's records of a batch of works."""
    if len(dois) == 1:
        url = f"{addresses.crossref}/works/{quote(dois[0], safe='/')}"
    else:
        listed = ",".join(f"doi:{quote(one, safe='/')}" for one in dois)
        url = f"{addresses.crossref}/works?rows={len(dois)}&filter={listed}"
    return Request(url=url, source="crossref", extension="json")


def by_ids(
    ids: Sequence[str], day: date, addresses: SourceAddresses, *, source: str = ARXIV_ENRICH
) -> Request:
    """Return the request `of_ids` for papers that a listing of `day` shows, as a capture."""
    return replace(of_ids(ids, addresses), source=source, day=day, expects_papers=True)


def phrase_of(title: str) -> str | None:
    """Return what arXiv is asked for a title: its words, without signs; None for one that is too
    short to be searched."""
    words = _WORD.findall(title)[:_MOST_WORDS]
    while len(" ".join(words)) > _LONGEST_PHRASE:
        words.pop()
    return " ".join(words) if len(words) >= LEAST_WORDS else None


def by_titles(phrases: Sequence[str], day: date, addresses: SourceAddresses) -> Request:
    """Return the request for papers that have one of up to MOST_TITLES phrases (`phrase_of`) in
    their titles."""
    limit = len(phrases) * _FOUND_A_TITLE
    query = {
        "search_query": " OR ".join(f'ti:"{phrase}"' for phrase in phrases),
        "max_results": str(limit),
    }
    return Request(
        url=f"{addresses.arxiv_api}/api/query?{urlencode(query, safe=':')}",
        source=ARXIV_ENRICH,
        extension="xml",
        day=day,
        limit=limit,
    )


def by_doi(doi: str, day: date, addresses: SourceAddresses) -> Request:
    """Return the request `of_dois` for a work that a listing of `day` names, as a capture."""
    return replace(of_dois([doi], addresses), source=CROSSREF_WANTED, day=day, expects_papers=True)


def huggingface_day(day: date, addresses: SourceAddresses) -> Request:
    """Return the request for Hugging Face's list of a day, for the ids of its papers."""
    (request,) = HuggingFace().steps(WantedDays(day=day), day, addresses)
    return replace(request, source=HUGGINGFACE_ENRICH)
