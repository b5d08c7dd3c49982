"""The subscribers' file: CSV with the columns address, subscription, frequency and token.

It lives outside the repository. Problems are reported by line number; no message contains an
address. Pure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable

from ..errors import shown
from ..suggestions import did_you_mean
from .model import MailError, Subscriber, is_address, is_token

COLUMNS = ("address", "subscription", "frequency", "token")
FREQUENCIES = ("daily", "weekly")


def parse(
    text: str, *, file: str, subscriptions: Iterable[str] = ()
) -> tuple[tuple[Subscriber, ...], tuple[MailError, ...]]:
    """Return the subscribers, and an error for each row that is skipped.

    `subscriptions` are the names that a row may hold besides "" and "all". Of several rows with the
    same address, subscription and frequency the first counts. Raises MailError where the text is
    not CSV or a column is missing.
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
        subscribers: dict[tuple[str, str, str], Subscriber] = {}
        problems: list[MailError] = []
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            subscriber = _subscriber(cells, rows.line_num, known)
            if isinstance(subscriber, str):
                problems.append(MailError(subscriber, file=file, line=rows.line_num))
                continue
            key = (subscriber.key, subscriber.subscription, subscriber.frequency)
            if key in subscribers:
                same = f"the same as line {subscribers[key].line}; this row is left out"
                problems.append(MailError(same, file=file, line=rows.line_num))
            else:
                subscribers[key] = subscriber
    except csv.Error as error:
        raise MailError(f"is not valid CSV: {error}", file=file, line=rows.line_num) from error
    return tuple(subscribers.values()), tuple(problems)


def _subscriber(cells: dict[str, str], line: int, known: set[str]) -> Subscriber | str:
    """Return a row as a subscriber, or what is wrong with it."""
    address = cells.get("address", "")
    subscription = cells.get("subscription", "")
    subscription = "" if subscription == "all" else subscription
    frequency = cells.get("frequency", "") or "daily"
    token = cells.get("token", "")
    if not is_address(address):
        return "the address is no mail address; expected one such as name@example.org"
    if subscription not in known:
        near = did_you_mean(subscription, known)
        return (
            f"no subscription {shown(subscription)} in content/subscriptions; expected the name of "
            f"one, or nothing for all papers{near}"
        )
    if frequency not in FREQUENCIES:
        return f"frequency: {shown(frequency)}; expected daily or weekly"
    if not is_token(token):
        return "the token: expected 8 to 200 letters, digits, dots, dashes or underscores"
    return Subscriber(
        address=address, subscription=subscription, frequency=frequency, token=token, line=line
    )


def _missing(header: list[str]) -> str:
    return " and no ".join(name for name in COLUMNS if name not in header)
