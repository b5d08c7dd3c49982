"""The addresses that a list gives of one paper: read line by line, and asked of at each line, so
that no question looks at all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..fields.addresses import Address


class PaperAddresses:
    """The addresses of a paper, in the order of a list."""

    __slots__ = ("_all", "_arxiv", "_first", "_keys")

    def __init__(self, addresses: Iterable[Address] = ()) -> None:
        self._all: list[Address] = []
        self._keys: set[str | None] = set()
        self._arxiv: set[str] = set()
        self._first: dict[int, Address] = {}  # of papers, by rank
        self.add(addresses)

    def __iter__(self) -> Iterator[Address]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def paper(self) -> Address | None:
        """The address that is a paper's, arXiv's and DOIs first."""
        return self._first[min(self._first)] if self._first else None

    def add(self, addresses: Iterable[Address]) -> None:
        """Add addresses behind the others."""
        for one in addresses:
            self._all.append(one)
            if one.arxiv:
                self._arxiv.add(one.arxiv)
            if one.kind == "paper":
                self._keys.add(key_of(one))
                self._first.setdefault(0 if one.arxiv else 1 if one.doi else 2, one)

    def after(self, addresses: Iterable[Address]) -> PaperAddresses:
        """Return these addresses behind others."""
        return PaperAddresses([*addresses, *self._all])

    def agree(self, addresses: Iterable[Address]) -> bool:
        """Return whether these and others name no two arXiv ids."""
        others = {one.arxiv for one in addresses if one.arxiv}
        return not self._arxiv or others <= self._arxiv

    def name_one_of(self, addresses: Iterable[Address]) -> bool:
        """Return whether some of others are of the same paper."""
        return any(one.kind == "paper" and key_of(one) in self._keys for one in addresses)


def key_of(one: Address) -> str | None:
    """Return what tells an address's paper from others: an id, else the address."""
    return one.arxiv or one.doi or one.url
