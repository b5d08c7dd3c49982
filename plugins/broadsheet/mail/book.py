"""The ledger of sending: which issue went to whom, on disk before and after each message.

An SQLite file outside the repository. It holds hashes of addresses, never addresses. A message is
marked as being sent in the moment before its last byte leaves, and as sent when the server has
taken it; so when a run is killed in between, the next one knows that it doesn't know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..files import alone
from .model import MailError

WAITING, SENDING, SENT, REFUSED, UNKNOWN, GONE = (
    "waiting", "sending", "sent", "refused", "unknown", "gone",
)  # fmt: skip

VERSION = 1
BOUNCES = 3
"""After so many permanent bounces in a row an address gets no further issues."""

_SCHEMA = """
CREATE TABLE issues (name TEXT PRIMARY KEY, kind TEXT, key TEXT, subscription TEXT) WITHOUT ROWID;
CREATE TABLE deliveries (
    issue TEXT, recipient TEXT, state TEXT, attempts INTEGER DEFAULT 0, code INTEGER,
    PRIMARY KEY (issue, recipient)
) WITHOUT ROWID;
CREATE TABLE bounces (recipient TEXT PRIMARY KEY, count INTEGER, code INTEGER) WITHOUT ROWID;
"""


class Book:
    """The ledger in a file. Use `open_book` to have it alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def opened(self, kind: str, subscription: str) -> set[str]:
        """The keys of the issues that were ever begun."""
        rows = self._db.execute(
            "SELECT key FROM issues WHERE kind = ? AND subscription = ?", (kind, subscription)
        )
        return {key for (key,) in rows}

    def open_issue(
        self, name: str, kind: str, key: str, subscription: str, recipients: Iterable[str]
    ) -> None:
        """Begin an issue: whom it goes to is settled now, in one step. Recipients whose mail
        bounced too often are left out."""
        stopped = self.stopped()
        with self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO issues VALUES (?, ?, ?, ?)", (name, kind, key, subscription)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO deliveries (issue, recipient, state) VALUES (?, ?, ?)",
                [(name, one, WAITING) for one in recipients if one not in stopped],
            )

    def unfinished(self) -> list[tuple[str, str, str, str]]:
        """Issues that someone still waits for: name, kind, key, subscription."""
        return self._db.execute(
            "SELECT name, kind, key, subscription FROM issues WHERE name IN "
            "(SELECT issue FROM deliveries WHERE state = ?) ORDER BY key, name",
            (WAITING,),
        ).fetchall()

    def waiting(self, name: str) -> list[str]:
        """Who still waits for an issue, those that were tried least first."""
        rows = self._db.execute(
            "SELECT recipient FROM deliveries WHERE issue = ? AND state = ? "
            "ORDER BY attempts, recipient",
            (name, WAITING),
        )
        return [one for (one,) in rows]

    def mark(self, name: str, recipient: str, state: str, code: int | None = None) -> None:
        """Write down what becomes of a delivery; it is on disk when this returns."""
        attempt = state not in (SENDING, GONE)
        with self._db:
            self._db.execute(
                "UPDATE deliveries SET state = ?, code = ?, attempts = attempts + ? "
                "WHERE issue = ? AND recipient = ?",
                (state, code, attempt, name, recipient),
            )
            if state == SENT:
                self._db.execute("DELETE FROM bounces WHERE recipient = ?", (recipient,))

    def bounce(self, recipient: str, code: int) -> None:
        """Note that an address was refused for good."""
        with self._db:
            self._db.execute(
                "INSERT INTO bounces VALUES (?, 1, ?) ON CONFLICT (recipient) "
                "DO UPDATE SET count = count + 1, code = excluded.code",
                (recipient, code),
            )

    def stopped(self) -> set[str]:
        """Recipients whose mail bounced too often."""
        rows = self._db.execute("SELECT recipient FROM bounces WHERE count >= ?", (BOUNCES,))
        return {one for (one,) in rows}

    def settle(self, *, again: bool = False) -> int:
        """After a run that was killed: what was being sent is unknown now. Returns how many.

        With `again`, all that is unknown waits once more: whoever got it may get it twice.
        """
        with self._db:
            found = self._db.execute(
                "UPDATE deliveries SET state = ? WHERE state = ?", (UNKNOWN, SENDING)
            ).rowcount
            if again:
                self._db.execute(
                    "UPDATE deliveries SET state = ? WHERE state = ?", (WAITING, UNKNOWN)
                )
        return found

    def counts(self, name: str) -> dict[str, int]:
        """How many deliveries of an issue are in each state."""
        return dict(
            self._db.execute(
                "SELECT state, COUNT(*) FROM deliveries WHERE issue = ? GROUP BY state", (name,)
            ).fetchall()
        )


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """The ledger in a file, made where there is none, for this run alone.

    Raises MailError where another run has it, or the file is no ledger that this Broadsheet reads.
    """
    lock = path.with_name(path.name + ".lock")
    with alone(lock, "another run is sending{owner}; wait for it to end", error=MailError):
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")  # one write to disk a step, not three
            connection.execute("PRAGMA synchronous = FULL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                with connection:
                    connection.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = {VERSION};")
            elif version != VERSION:
                raise MailError(
                    f"found version {version} of the ledger; this Broadsheet reads {VERSION}",
                    file=str(path),
                )
            yield Book(connection)
        except sqlite3.DatabaseError as error:
            raise MailError(f"this is no ledger: {error}", file=str(path)) from error
        finally:
            connection.close()
