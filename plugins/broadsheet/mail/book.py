"""The ledger of sending: which issue went to whom, on disk before and after each message.

An SQLite file outside the repository that only its owner may read. It holds hashes of addresses,
made with a key (`secret`), never addresses. A message is marked as being sent in the moment before
its last byte leaves, and as sent when the server has taken it; so when a run is killed in between,
the next one knows that it doesn't know.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..io.files import file_lock
from .model import MailError
from .secret import Secret, secret_in

WAITING, SENDING, SENT, REFUSED, UNKNOWN, GONE = (
    "waiting", "sending", "sent", "refused", "unknown", "gone",
)  # fmt: skip

VERSION = 2
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
_PROOF = "CREATE TABLE proof (of_key TEXT PRIMARY KEY) WITHOUT ROWID;"


class DeliveryLog:
    """The ledger in a file. Use `open_book` to have it alone.

    Recipients are given to it by their own keys. It calls those it was told of so too; others,
    who are on no list any more, by the names that they have in the file.
    """

    def __init__(self, connection: sqlite3.Connection, secret: Secret) -> None:
        self._db, self._secret = connection, secret
        self._met: dict[str, str] = {}

    def meet(self, recipients: Iterable[str]) -> None:
        """Be told of recipients, so as to know them in the file."""
        self._met.update((self._secret.of(one), one) for one in recipients)

    def _known(self, recipient: str) -> str:
        return self._met.get(recipient, recipient)

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
        recipients = list(recipients)
        self.meet(recipients)
        stopped = self.stopped()
        with self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO issues VALUES (?, ?, ?, ?)", (name, kind, key, subscription)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO deliveries (issue, recipient, state) VALUES (?, ?, ?)",
                [(name, self._secret.of(one), WAITING) for one in recipients if one not in stopped],
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
        return [self._known(one) for (one,) in rows]

    def mark(self, name: str, recipient: str, state: str, code: int | None = None) -> None:
        """Write down what becomes of a delivery; it is on disk when this returns."""
        attempt = state not in (SENDING, GONE)
        recipient = self._secret.of(recipient)
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
                (self._secret.of(recipient), code),
            )

    def stopped(self) -> set[str]:
        """Recipients whose mail bounced too often."""
        rows = self._db.execute("SELECT recipient FROM bounces WHERE count >= ?", (BOUNCES,))
        return {self._known(one) for (one,) in rows}

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
def open_book(path: Path, key: Path | None = None) -> Iterator[DeliveryLog]:
    """The ledger in a file, made where there is none, for this run alone. `key` is the file of its
    key, by default beside it; it is made with the ledger.

    Raises MailError where another run has it, where the file is no ledger that this Broadsheet
    reads, and where the key is missing or another's.
    """
    lock = path.with_name(path.name + ".lock")
    key = key or path.with_name(path.name + ".key")
    with file_lock(lock, "another run is sending{owner}; wait for it to end", error=MailError):
        _own(path)
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")  # one write to disk a step, not three
            connection.execute("PRAGMA synchronous = FULL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            if version not in (0, 1, VERSION) or (version == 0 and not empty):
                raise MailError(
                    f"found version {version} of the ledger; this Broadsheet reads {VERSION}",
                    file=str(path),
                )
            secret = secret_in(key, new=version < VERSION)
            if version == 0:
                with connection:
                    connection.executescript(f"BEGIN;{_SCHEMA}")
                    _prove(connection, secret)
            elif version == 1:
                _carry_over(connection, secret)
            elif connection.execute("SELECT of_key FROM proof").fetchone() != (secret.proof,):
                raise MailError(
                    f"this is not the key that {path.name} was made with; expected that one",
                    file=str(key),
                )
            yield DeliveryLog(connection, secret)
        except sqlite3.DatabaseError as error:
            raise MailError(f"this is no ledger: {error}", file=str(path)) from error
        finally:
            connection.close()


def _own(path: Path) -> None:
    """Have a ledger (and what SQLite keeps beside it) read by its owner alone; made before SQLite
    does, which would have others read it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if one.exists():
                one.chmod(0o600)
    except OSError as error:
        raise MailError(f"can't be written: {error.strerror}", file=str(path)) from error


def _prove(connection: sqlite3.Connection, secret: Secret) -> None:
    connection.execute(_PROOF)
    connection.execute("INSERT INTO proof VALUES (?)", (secret.proof,))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _carry_over(connection: sqlite3.Connection, secret: Secret) -> None:
    """Bring a ledger of version 1, whose hashes know no key, to this one in one step: each hash is
    hashed with the key, so that all that was sent stays sent. The old hashes are overwritten."""
    connection.create_function("keyed", 1, secret.of, deterministic=True)
    connection.execute("PRAGMA secure_delete = ON")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("deliveries", "bounces"):
            connection.execute(f"UPDATE {table} SET recipient = keyed(recipient)")
        _prove(connection, secret)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
