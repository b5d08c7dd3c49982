"""Look up single papers in batches: arXiv's records by id, Crossref's by DOI.

Each server is asked as politely as for listings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..errors import FetchError, shown
from ..listings.formats import parse
from ..papers import Entry
from .client import AbsentError, Client, UnavailableError
from .context import Context
from .halving import Halving
from .limits import ARXIV, CROSSREF, HostPolicy
from .request import Request, SourceAddresses
from .sources import records
from .state import FetchState

Found = dict[str, Entry | FetchError]
"""What was found, by the id or DOI that was asked for: the record, or why there is none, an
AbsentError where the server knows no such paper."""

_RequestOf = Callable[[Sequence[str], SourceAddresses], Request]


class Lookup:
    """Asks for records. Use as a context manager."""

    def __init__(self, context: Context) -> None:
        self._addresses = context.addresses
        self._client = Client(context, FetchState(context.state))

    def __enter__(self) -> Lookup:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()

    def arxiv(self, ids: Sequence[str]) -> Found:
        """Return arXiv's records of papers, by ids without versions."""
        batches = records.id_batches(ids)
        return self._all(batches, records.of_ids, ARXIV, "arXiv knows no paper {}")

    def crossref(self, dois: Sequence[str]) -> Found:
        """Return Crossref's records of works, by their DOIs."""
        batches = records.doi_batches(dois)
        return self._all(batches, records.of_dois, CROSSREF, "Crossref knows no work {}")

    def _all(
        self,
        batches: Iterable[Sequence[str]],
        request_of: _RequestOf,
        policy: HostPolicy,
        absent: str,
    ) -> Found:
        def ask(names: Sequence[str]) -> dict[str, Entry]:
            entries = self._entries(request_of(names, self._addresses), policy)
            return {(entry.arxiv or entry.doi or "").lower(): entry for entry in entries}

        found: Found = {}
        halving = Halving()
        halt: UnavailableError | None = None
        for batch in batches:
            for part, made in [(batch, halt)] if halt is not None else halving.ask(batch, ask):
                if isinstance(made, UnavailableError):
                    halt = made
                if isinstance(made, FetchError):
                    found.update(dict.fromkeys(part, made))
                else:
                    found.update({name: _of(name, part, made, absent) for name in part})
        return found

    def _entries(self, request: Request, policy: HostPolicy) -> list[Entry]:
        try:
            whole = self._client.ask(request, policy)
        except AbsentError:
            return []
        if not whole.answer.contents.papers:
            return []
        return list(parse(whole.data, file=request.url).entries)


def _of(
    name: str, asked: Sequence[str], there: dict[str, Entry], absent: str
) -> Entry | FetchError:
    """Return the record of a name among those that an answer has, or why there is none."""
    if name.lower() in there:
        return there[name.lower()]
    others = there.keys() - {one.lower() for one in asked}
    if others:
        return FetchError(f"the server answers with {shown(min(others))}, expected {name}")
    return AbsentError(absent.format(name))
