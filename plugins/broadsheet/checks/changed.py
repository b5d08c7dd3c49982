"""Check what a change does to addresses: a page that was published must stay, or lead on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from ..content.pages import ScannedPaper, scan, static
from ..content.pages.location import is_of_a_day
from ..counts import counted
from ..errors import shown
from .addresses import SiteAddresses
from .ledgers import ALIKE
from .problem import ERROR, WARNING, Problem

KIND = "address"


def problems(
    before: Mapping[str, str],
    papers: Iterable[ScannedPaper],
    site: SiteAddresses,
    told: Collection[str],
    dates: Collection[date],
) -> Iterator[Problem]:
    """Yield the papers and static pages whose addresses differ from those of `before`, earlier
    texts by path, where the old one neither stands elsewhere nor leads on. A paper that is gone is
    the ledger's concern; `told` are the ids of which it tells. `dates` are the days that have
    files: where a whole day is gone, its ledger tells nothing."""
    if not before:
        return
    old = {path: list(scan(text, file=path)) for path, text in before.items() if is_of_a_day(path)}
    known = {paper.location.id for scanned in old.values() for paper in scanned}
    there = set()
    lost: Counter[date] = Counter()  # papers of days that are gone
    new: dict[str, list[ScannedPaper]] = {}  # by path
    for paper in papers:
        there.add(paper.location.id)
        if paper.location.path in old and paper.location.id not in known:
            new.setdefault(paper.location.path, []).append(paper)
    for path, text in before.items():
        for was in old.get(path, ()):
            key = was.location.id
            if key not in there and key not in told and f"papers/{key}/" not in site.redirected:
                lost[was.location.date] += was.location.date not in dates
                yield from _renamed(was, new.get(path, []))
        if path.startswith("pages/"):
            yield from _moved(path, text, site)
    yield from (_lost(when, count) for when, count in lost.items() if count)


def _lost(when: date, count: int) -> Problem:
    papers = counted(count, "paper that was", "papers that were")
    return Problem(
        file=f"{when:%Y/%m/%d}/day.yml",
        line=None,
        severity=WARNING,
        kind=KIND,
        message=f"the day is gone, and with it {papers} here: their addresses lead nowhere, and an "
        "import brings them back; where they were published, restore the day and run "
        "`broadsheet retire`",
    )


def _renamed(old: ScannedPaper, new: list[ScannedPaper]) -> Iterator[Problem]:
    """Yield the paper among the `new` ones of a page that an `old` one became."""
    if not new:
        return
    from rapidfuzz import fuzz  # few checks compare titles

    same = [one for one in new if old.arxiv and one.arxiv == old.arxiv]
    alike = max(new, key=lambda one: fuzz.ratio(one.title, old.title), default=None)
    if not same and alike is not None and fuzz.ratio(alike.title, old.title) >= ALIKE:
        same = [alike]
    for one in same[:1]:
        key, now = old.location.id, one.location.id
        yield Problem(
            file=one.location.path,
            line=one.location.line,
            severity=ERROR,
            kind=KIND,
            message=f"this paper's address was papers/{key}/ and is papers/{now}/ now, since no id "
            f"says what it is; expected `id: {key}` in its block"
            if old.title != one.title
            else f"this paper's address was papers/{key}/ and is papers/{now}/ now; expected "
            f"`id: {key}`, since addresses are permanent",
        )


def _moved(path: str, text: str, site: SiteAddresses) -> Iterator[Problem]:
    """Yield a static page that has another address than before."""
    old = static.address_of(text, PurePosixPath(path).stem)
    new = site.address_of(path)
    if old is None or old == new or old in site.redirected or site.is_page(old):
        return
    now = f"is {shown(new)} now" if new is not None else "leads nowhere now"
    slug = old.rstrip("/")
    yield Problem(
        file=path,
        line=1,
        severity=ERROR,
        kind=KIND,
        message=f"this page's address was {shown(old)} and {now}; expected a line `Slug: {slug}`, "
        f"or a row in redirects.yml that leads from {old}",
    )
