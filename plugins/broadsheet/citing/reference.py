"""The reference to a paper: its title, names, date and identifiers."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from .. import tex
from ..normal_forms import normal
from ..papers import Paper
from .names import PersonName, name

_ARXIV = re.compile(r"(?:[a-z.-]+/)?(?P<year>\d\d)(?P<month>\d\d)", re.I)
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_FIRST = re.compile(r"[a-z0-9]+")
_SMALL = {"a", "an", "the", "on", "of", "in", "to", "for", "and", "is", "are", "from", "with",
          "how", "why", "what", "do", "does", "can"}  # fmt: skip


class Reference(Struct, frozen=True, kw_only=True):
    """A paper to be cited. `title` is Markdown with TeX between dollars, as the paper has it;
    `date` is as exact as is known: (2025,), (2025, 8) or (2025, 8, 7)."""

    id: str
    title: str
    plain_title: str  # in Unicode
    authors: tuple[PersonName, ...]
    more: bool  # there are authors that the listing didn't name
    date: tuple[int, ...]
    arxiv: str | None
    category: str | None  # arXiv's primary one
    doi: str | None
    url: str
    tags: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The year that it is cited with."""
        return self.date[0]

    @property
    def key(self) -> str:
        """The citation key: first author, year and the title's first significant word, such as
        "lovelace2025notes"."""
        family = _ascii(self.authors[0].family) if self.authors else ""
        words = map(_ascii, self.plain_title.split())
        significant = next((word for word in words if word and word not in _SMALL), "")
        key = f"{family}{self.year}{significant}"
        return key if key[:1].isalpha() else f"paper{key}"


def reference(paper: Paper, listed: date, address: str = "") -> Reference:
    """Return the reference of a paper that was listed on a day.

    Its date is that of the paper where known, else the month of its arXiv id, else the listing's
    day. `address` is where its page stands; it is named where nothing else is.
    """
    return Reference(
        id=paper.id,
        title=paper.title,
        plain_title=tex.plain(paper.title),
        authors=tuple(map(name, paper.authors)),
        more=bool(paper.authors) and (paper.author_count or 0) > len(paper.authors),
        date=_date(paper, listed),
        arxiv=paper.arxiv,
        category=paper.categories[0] if paper.arxiv and paper.categories else None,
        doi=paper.doi,
        url=_address(paper) or address,
        tags=paper.tags,
    )


def _date(paper: Paper, listed: date) -> tuple[int, ...]:
    if paper.published and (known := _PUBLISHED.match(paper.published)):
        return tuple(int(part) for part in known.groups() if part)
    found = _ARXIV.match(paper.arxiv) if paper.arxiv else None
    if found and 1 <= int(found["month"]) <= 12:
        year = int(found["year"])
        return (year + (1900 if year > 90 else 2000), int(found["month"]))
    return (listed.year, listed.month, listed.day)


def _address(paper: Paper) -> str:
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi:
        return f"https://doi.org/{quote(paper.doi, safe='/')}"
    return paper.url or ""


def _ascii(text: str) -> str:
    """Return a word in small Latin letters and digits; "" where it has none."""
    if text.isascii() and text.isalnum():  # most words
        return text.lower()
    plain = normal("NFKD", text.translate(_LETTERS)).casefold()
    return "".join(_FIRST.findall(plain))


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae",
                          "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"})  # fmt: skip
