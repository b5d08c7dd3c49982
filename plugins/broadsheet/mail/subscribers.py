"""The subscribers' file: CSV with the columns address, subscription, frequency and token.

It lives outside the repository. What is wrong with a row is told by its line; no message ever
holds an address.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

from ..errors import shown
from .model import MailError, Subscriber

COLUMNS = ("address", "subscription", "frequency", "token")
FREQUENCIES = ("daily", "weekly")

# An address that SMTP carries without extensions (RFC 5321, 4.1.2: a dot-string at a domain).
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z")
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{8,200}\Z")


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
    if len(address) > 254 or not _ADDRESS.match(address):
        return "the address is none that mail can go to (name@example.org)"
    if subscription not in known:
        return f"no subscription {shown(subscription)} in content/subscriptions"
    if frequency not in FREQUENCIES:
        return f"frequency {shown(frequency)}: expected daily or weekly"
    if not _TOKEN.match(token):
        return "the token must have 8 to 200 letters, digits, dots, dashes or underscores"
    return Subscriber(
        address=address, subscription=subscription, frequency=frequency, token=token, line=line
    )


def _missing(header: list[str]) -> str:
    return " and no ".join(name for name in COLUMNS if name not in header)
