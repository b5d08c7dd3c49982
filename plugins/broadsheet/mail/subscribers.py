"""The subscribers' file: CSV with the columns address, subscription, frequency and token.

It lives outside the repository. What is wrong with a row is told by its line; no message ever
holds an address.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable

from ..errors import shown
from .model import MailError, Subscriber, is_address, is_token

COLUMNS = ("address", "subscription", "frequency", "token")
FREQUENCIES = ("daily", "weekly")


def parse(
    text: str, *, file: str, subscriptions: Iterable[str] = ()
) -> tuple[tuple[Subscriber, ...], tuple[str, ...]]:
    """The subscribers, and what is wrong with rows that were passed over ("line 3: ...").

    `subscriptions` are the names that a row may give beside "" and "all". Of rows with one
    address, subscription and frequency the first counts. Raises MailError for a file that lacks
    a column.
    """
    known = {"", *subscriptions}
    rows = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if not set(COLUMNS) <= set(header):
            raise MailError(
                f"the first line names no {_missing(header)}; expected {','.join(COLUMNS)}",
                file=file,
                line=1,
            )
        found: dict[tuple[str, str, str], Subscriber] = {}
        wrong: list[str] = []
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            made = _subscriber(cells, rows.line_num, known)
            if isinstance(made, str):
                wrong.append(f"line {rows.line_num}: {made}")
                continue
            key = (made.key, made.subscription, made.frequency)
            if key in found:
                wrong.append(f"line {rows.line_num}: the same as line {found[key].line}")
            else:
                found[key] = made
    except csv.Error as error:
        raise MailError(f"this is no CSV: {error}", file=file, line=rows.line_num) from error
    return tuple(found.values()), tuple(wrong)


def _subscriber(cells: dict[str, str], line: int, known: set[str]) -> Subscriber | str:
    address = cells.get("address", "")
    subscription = cells.get("subscription", "")
    subscription = "" if subscription == "all" else subscription
    frequency = cells.get("frequency", "") or "daily"
    token = cells.get("token", "")
    if not is_address(address):
        return "the address is none that mail can go to (name@example.org)"
    if subscription not in known:
        return f"no subscription {shown(subscription)} in content/subscriptions"
    if frequency not in FREQUENCIES:
        return f"frequency {shown(frequency)}: expected daily or weekly"
    if not is_token(token):
        return "the token must have 8 to 200 letters, digits, dots, dashes or underscores"
    return Subscriber(
        address=address, subscription=subscription, frequency=frequency, token=token, line=line
    )


def _missing(header: list[str]) -> str:
    return " and no ".join(name for name in COLUMNS if name not in header)
