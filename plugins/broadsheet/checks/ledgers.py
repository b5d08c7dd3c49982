"""Check a day's ledger: missing, unreadable, or in contradiction to the day's pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from ..content import ledger as ledgers
from ..content.disk import LEDGER, DaySources, day_folder
from ..content.ledger import DECLINED, DUPLICATE, PUBLISHED, WAITING, Ledger, PaperStatus
from ..errors import ContentError, LedgerError, shown
from .problem import ERROR, WARNING, Problem, of_error

ALIKE = 60.0  # of 100: the least similarity (rapidfuzz's ratio) of a title and the corrected one
_MOST = 50  # reported problems of one ledger


def read(day: DaySources) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """Return a day's ledger, None where it is missing or invalid, and its problems."""
    if day.ledger is None:
        return None, (
            Problem(
                file=f"{day_folder(day.date)}/{LEDGER}",
                line=None,
                severity=ERROR,
                kind="ledger",
                message="this day has no ledger; expected a file with at least "
                f"`date: {day.date.isoformat()}`, `listings: []` and `papers: []`",
            ),
        )
    file = day.ledger.path
    try:
        lines = day.ledger.text().split("\n")
    except ContentError as error:
        return None, (of_error(error, "ledger", file),)
    wrong: list[Problem] = []
    while len(wrong) < _MOST:
        try:
            found = ledgers.parse("\n".join(lines), file=file)
        except LedgerError as error:
            wrong.append(of_error(error, "ledger", file))
            row = error.line and lines[error.line - 1]
            if not row or not row.startswith("- "):
                break
            lines[error.line - 1] = ""  # type: ignore[operator]
        else:
            return (None if wrong else found), tuple(wrong)
    return None, tuple(wrong)


def problems(
    day: DaySources,
    ledger: Ledger,
    here: Mapping[str, str],
    day_of: Callable[[str], date | None],
    redirected: Callable[[str], bool],
    waits: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield the contradictions between a ledger and its day.

    `here` are the titles of the papers in the day's pages by id, `waits` the ids in its file of
    waiting papers; `day_of` returns the day whose page holds a paper, and `redirected` tells
    whether an address is redirected. A paper that the ledger says waits, and that stands in a page,
    was picked by hand.
    """
    assert day.ledger is not None
    text = day.ledger.text()

    def problem(line: int | None, severity: str, message: str) -> Problem:
        return Problem(
            file=f"{day_folder(day.date)}/{LEDGER}",
            line=line,
            severity=severity,
            kind="ledger",
            message=message,
        )

    if ledger.date != day.date:
        yield problem(
            1, ERROR, f"date: {ledger.date}, but the folder says {day.date}; expected the same"
        )
    for record in ledger.statuses:
        if record.id in here:
            if record.status not in (PUBLISHED, WAITING):
                yield problem(
                    _line(text, record),
                    ERROR,
                    f"{shown(record.id)} became {record.status}, but is in this day's pages; "
                    f'expected "became": "published", or its section gone',
                )
            continue
        if record.id in waits:
            if record.status == PUBLISHED and not redirected(f"papers/{record.id}/"):
                yield problem(
                    _line(text, record),
                    WARNING,
                    f"{shown(record.id)} was published here, and waits now: its address leads "
                    f"nowhere; `broadsheet pick {record.id}` publishes it again, `broadsheet "
                    f"retire {record.id}` leads its address on",
                )
            elif record.status == DECLINED:
                yield problem(
                    _line(text, record),
                    WARNING,
                    f"{shown(record.id)} was declined here, and waits again; "
                    f'expected "became": "waiting"',
                )
            continue
        if record.status == WAITING and day_of(record.id) is None:
            yield problem(
                _line(text, record),
                WARNING,
                f"{shown(record.id)} waited here and stands in no file any more: it counts as "
                f"declined; run `broadsheet decline {record.id}`, which writes it down",
            )
        elif record.status == PUBLISHED and day_of(record.id) is None:
            now = _renamed(record, ledger, here)
            if now is not None and not redirected(f"papers/{record.id}/"):
                yield problem(
                    _line(text, record),
                    ERROR,
                    f"{shown(record.id)} was published here, and its paper stands here as "
                    f"{shown(now)}: its address changed; expected `id: {record.id}` in its block, "
                    "since addresses are permanent",
                )
                continue
            hint = f"run `broadsheet retire {record.id}`, which writes it down"
            if redirected(f"papers/{record.id}/"):
                hint = 'write "became": "declined"'
            yield problem(
                _line(text, record),
                WARNING,
                f"{shown(record.id)} was published here and stands in no page any more: it counts "
                f"as declined; {hint}",
            )
        elif record.status == DECLINED and (stands := day_of(record.id)) is not None:
            yield problem(
                _line(text, record),
                ERROR,
                f"{shown(record.id)} was declined here, but stands on {stands}; "
                f'expected "became": "duplicate", "of": "{stands}"',
            )
        elif record.status == DUPLICATE and record.of == day.date.isoformat():
            yield problem(
                _line(text, record),
                ERROR,
                f"{shown(record.id)} is a duplicate of this very day; expected an earlier one",
            )


def _renamed(record: PaperStatus, ledger: Ledger, titles: Mapping[str, str]) -> str | None:
    """Return the id that a published paper has now, where its title was corrected or its id
    changed; None where it is not among the day's papers."""
    listed = {one.id for one in ledger.statuses}
    new = {key: title for key, title in titles.items() if key not in listed}
    if not new:
        return None
    from rapidfuzz import fuzz, process  # few checks compare titles

    near = process.extractOne(record.title, new, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return near[2] if near else None


def _line(text: str, record: PaperStatus) -> int | None:
    at = text.find(f'"id": "{record.id}"')
    return None if at < 0 else text.count("\n", 0, at) + 1
