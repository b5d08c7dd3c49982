"""Look up single papers in batches: arXiv's records by id, Crossref's by DOI.

Each server is asked as politely as for listings. One paper that a server refuses costs the others
nothing: its batch is asked for in halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from ..errors import FetchError
from ..listings.formats import parse
from ..papers import Entry
from . import client
from .answer import Answer, judge
from .context import Context
from .limits import ARXIV, CROSSREF, HostPolicy
from .request import Request, file_name
from .state import FetchState

MOST_IDS = 100
"""Ids a request; arXiv's API takes a few hundred."""
MOST_DOIS = 20
"""DOIs a request: its address stays below some 4,000 characters."""

Found = dict[str, Entry | FetchError]
"""What was found, by the id or DOI that was asked for: the record, or why there is none."""


class Lookup:
    """Asks for records. Use as a context manager."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._client = client.Client(context, FetchState(context.state))

    def __enter__(self) -> Lookup:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def arxiv(self, ids: Sequence[str]) -> Found:
        """Return arXiv's records of papers, by ids without versions."""
        return self._all(ids, MOST_IDS, self._arxiv_batch, "arXiv gives no paper {}")

    def crossref(self, dois: Sequence[str]) -> Found:
        """Return Crossref's records of works, by their DOIs."""
        plain = [one for one in dois if "," not in one]  # a comma separates filters
        found = self._all(plain, MOST_DOIS, self._crossref_batch, "Crossref knows no work {}")
        odd = [one for one in dois if "," in one]
        return found | self._all(odd, 1, self._crossref_batch, "Crossref knows no work {}")

    def _all(
        self,
        names: Sequence[str],
        most: int,
        ask: Callable[[Sequence[str]], list[Entry]],
        absent: str,
    ) -> Found:
        found: Found = {}
        halt: FetchError | None = None
        for start in range(0, len(names), most):
            for name, one in self._batch(names[start : start + most], ask, absent, halt):
                found[name] = one
                if isinstance(one, client.UnavailableError):
                    halt = one
        return found

    def _batch(
        self,
        names: Sequence[str],
        ask: Callable[[Sequence[str]], list[Entry]],
        absent: str,
        halt: FetchError | None,
    ) -> Iterator[tuple[str, Entry | FetchError]]:
        """Yield each name's record, or why there is none. After a server proved unavailable
        (`halt`), it isn't asked."""
        error = halt
        if halt is None:
            try:
                there = {_key(entry): entry for entry in ask(names)}
                for name in names:
                    entry = there.get(name.lower())
                    yield name, FetchError(absent.format(name)) if entry is None else entry
                return
            except FetchError as refused:
                error = refused
        assert error is not None
        if isinstance(error, client.UnavailableError) or len(names) == 1:
            yield from ((name, error) for name in names)
            return
        middle = len(names) // 2
        for half in (names[:middle], names[middle:]):
            for name, one in self._batch(half, ask, absent, halt):
                yield name, one
                if isinstance(one, client.UnavailableError):
                    halt = one

    def _arxiv_batch(self, ids: Sequence[str]) -> list[Entry]:
        listed = quote(",".join(ids), safe="/,")
        base = self._context.addresses.arxiv_api
        request = Request(
            url=f"{base}/api/query?id_list={listed}&max_results={len(ids)}",
            source="arxiv",
            extension="xml",
            limit=len(ids),
        )
        return self._entries(request, ARXIV)

    def _crossref_batch(self, dois: Sequence[str]) -> list[Entry]:
        base = self._context.addresses.crossref
        if len(dois) == 1:
            url = f"{base}/works/{quote(dois[0], safe='/')}"
        else:
            listed = ",".join(f"doi:{quote(one, safe='/')}" for one in dois)
            url = f"{base}/works?rows={len(dois)}&filter={listed}"
        request = Request(url=url, source="crossref", extension="json")
        return self._entries(request, CROSSREF)

    def _entries(self, request: Request, policy: HostPolicy) -> list[Entry]:
        try:
            reply = self._client.get(request.url, policy, lambda data: self._judge(data, request))
        except client.AbsentError:
            return []
        if reply.data is None or reply.answer is None or not reply.answer.whole:
            reason = reply.answer.reason if reply.answer else "nothing changed, unasked"
            raise FetchError(f"the answer can't be used: {reason}", file=request.url)
        return list(parse(reply.data, file=request.url).entries) if _has(reply.answer) else []

    def _judge(self, data: bytes, request: Request) -> Answer:
        now = self._context.clock.now()
        name = file_name(request, None, now, request.extension_of(data))
        return judge(data, request, name, self._context.read)


def _has(answer: Answer) -> bool:
    return bool(answer.contents.papers)


def _key(entry: Entry) -> str:
    return (entry.arxiv or entry.doi or "").lower()
