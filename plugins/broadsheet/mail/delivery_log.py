"""The delivery log: which issue went to whom, on disk before and after each message.

An SQLite file outside the repository, readable by its owner alone. It holds keyed hashes of
addresses (`key_file`), never addresses. A message is marked as being sent right before its last
byte leaves, and as sent when the server has accepted it, so a run that follows a killed one sees
which deliveries are uncertain.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..io.locks import file_lock
from .key_file import RecipientKey, read_key
from .model import MailError

WAITING, SENDING, SENT, REFUSED, UNKNOWN, GONE = (
    "waiting", "sending", "sent", "refused", "unknown", "gone",
)  # fmt: skip

VERSION = 2
BOUNCES = 3
"""After this many permanent bounces in a row an address gets no further issues."""

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
    """The log in an open database. `open_log` opens one exclusively.

    Callers name recipients by `Subscriber.key`. The log returns those keys for recipients that
    `register` was given, and the hashes stored in the file for all others (readers who have left).
    """

    def __init__(self, connection: sqlite3.Connection, recipient_key: RecipientKey) -> None:
        self._db, self._recipient_key = connection, recipient_key
        self._registered: dict[str, str] = {}

    def register(self, recipients: Iterable[str]) -> None:
        """Add recipients whose stored hashes the log translates back to their keys."""
        self._registered.update((self._stored(recipient), recipient) for recipient in recipients)

    def _stored(self, recipient: str) -> str:
        return self._recipient_key.hash_of(recipient)

    def _returned(self, stored: str) -> str:
        return self._registered.get(stored, stored)

    def opened(self, kind: str, subscription: str) -> set[str]:
        """Return the keys of the issues that were ever opened."""
        rows = self._db.execute(
            "SELECT key FROM issues WHERE kind = ? AND subscription = ?", (kind, subscription)
        )
        return {key for (key,) in rows}

    def open_issue(
        self, name: str, kind: str, key: str, subscription: str, recipients: Iterable[str]
    ) -> None:
        """Record an issue and its recipients in one database transaction. Recipients whose mail
        bounced too often are left out."""
        recipients = list(recipients)
        self.register(recipients)
        stopped = self.stopped()
        with self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO issues VALUES (?, ?, ?, ?)", (name, kind, key, subscription)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO deliveries (issue, recipient, state) VALUES (?, ?, ?)",
                [
                    (name, self._stored(recipient), WAITING)
                    for recipient in recipients
                    if recipient not in stopped
                ],
            )

    def unfinished(self) -> list[tuple[str, str, str, str]]:
        """Return the issues with waiting recipients, as (name, kind, key, subscription)."""
        return self._db.execute(
            "SELECT name, kind, key, subscription FROM issues WHERE name IN "
            "(SELECT issue FROM deliveries WHERE state = ?) ORDER BY key, name",
            (WAITING,),
        ).fetchall()

    def waiting(self, name: str) -> list[str]:
        """Return the recipients who still wait for an issue, those with the fewest attempts
        first."""
        rows = self._db.execute(
            "SELECT recipient FROM deliveries WHERE issue = ? AND state = ? "
            "ORDER BY attempts, recipient",
            (name, WAITING),
        )
        return [self._returned(stored) for (stored,) in rows]

    def mark(self, name: str, recipient: str, state: str, code: int | None = None) -> None:
        """Record the state of a delivery. It is on disk when this returns."""
        attempt = state not in (SENDING, GONE)
        stored = self._stored(recipient)
        with self._db:
            self._db.execute(
                "UPDATE deliveries SET state = ?, code = ?, attempts = attempts + ? "
                "WHERE issue = ? AND recipient = ?",
                (state, code, attempt, name, stored),
            )
            if state == SENT:
                self._db.execute("DELETE FROM bounces WHERE recipient = ?", (stored,))

    def bounce(self, recipient: str, code: int) -> None:
        """Count a permanent refusal of an address."""
        with self._db:
            self._db.execute(
                "INSERT INTO bounces VALUES (?, 1, ?) ON CONFLICT (recipient) "
                "DO UPDATE SET count = count + 1, code = excluded.code",
                (self._stored(recipient), code),
            )

    def stopped(self) -> set[str]:
        """Return the recipients whose mail bounced too often."""
        rows = self._db.execute("SELECT recipient FROM bounces WHERE count >= ?", (BOUNCES,))
        return {self._returned(stored) for (stored,) in rows}

    def settle(self, *, retry_unknown: bool = False) -> int:
        """Mark deliveries that a killed run left as being sent as unknown; return their number.

        With `retry_unknown`, all unknown deliveries wait once more: a reader who got the message
        may get it twice.
        """
        with self._db:
            count = self._db.execute(
                "UPDATE deliveries SET state = ? WHERE state = ?", (UNKNOWN, SENDING)
            ).rowcount
            if retry_unknown:
                self._db.execute(
                    "UPDATE deliveries SET state = ? WHERE state = ?", (WAITING, UNKNOWN)
                )
        return count

    def in_doubt(self) -> int:
        """Return how many deliveries may or may not have arrived."""
        rows = self._db.execute("SELECT COUNT(*) FROM deliveries WHERE state = ?", (UNKNOWN,))
        return int(rows.fetchone()[0])

    def counts(self, name: str) -> dict[str, int]:
        """Return how many deliveries of an issue are in each state."""
        return dict(
            self._db.execute(
                "SELECT state, COUNT(*) FROM deliveries WHERE issue = ? GROUP BY state", (name,)
            ).fetchall()
        )


@contextmanager
def open_log(path: Path, key: Path | None = None) -> Iterator[DeliveryLog]:
    """Open the log in a file exclusively, creating it where there is none. `key` is its key file,
    by default beside it; a new log gets a new key.

    Raises MailError where another run holds the log, where the file is not a log of a version that
    this Broadsheet reads, and where the key is missing or belongs to another log.
    """
    lock = path.with_name(path.name + ".lock")
    key = key or path.with_name(path.name + ".key")
    with file_lock(lock, "another run is sending{owner}; wait for it to end", error=MailError):
        _create_private(path)
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")  # one write to disk a step, not three
            connection.execute("PRAGMA synchronous = FULL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            if version not in (0, 1, VERSION) or (version == 0 and not empty):
                raise MailError(
                    f"found version {version} of the delivery log; this Broadsheet reads {VERSION}",
                    file=str(path),
                )
            recipient_key = read_key(key, create=version < VERSION)
            if version == 0:
                with connection:
                    connection.executescript(f"BEGIN;{_SCHEMA}")
                    _record_proof(connection, recipient_key)
            elif version == 1:
                _migrate(connection, recipient_key)
            elif connection.execute("SELECT of_key FROM proof").fetchone() != (
                recipient_key.proof,
            ):
                raise MailError(
                    f"this is not the key that {path.name} was made with; expected that one",
                    file=str(key),
                )
            yield DeliveryLog(connection, recipient_key)
        except sqlite3.DatabaseError as error:
            raise MailError(f"is not a delivery log: {error}", file=str(path)) from error
        finally:
            connection.close()


def _create_private(path: Path) -> None:
    """Create the log, and restrict it and SQLite's files beside it to their owner. The file is
    created here because SQLite would create it readable by others."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if file.exists():
                file.chmod(0o600)
    except OSError as error:
        raise MailError(f"can't be written: {error.strerror}", file=str(path)) from error


def _record_proof(connection: sqlite3.Connection, recipient_key: RecipientKey) -> None:
    connection.execute(_PROOF)
    connection.execute("INSERT INTO proof VALUES (?)", (recipient_key.proof,))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _migrate(connection: sqlite3.Connection, recipient_key: RecipientKey) -> None:
    """Bring a log of version 1, whose hashes have no key, to this version in one transaction. Each
    hash is hashed with the key, so that all states are kept; the old hashes are overwritten."""
    connection.create_function("keyed", 1, recipient_key.hash_of, deterministic=True)
    connection.execute("PRAGMA secure_delete = ON")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("deliveries", "bounces"):
            connection.execute(f"UPDATE {table} SET recipient = keyed(recipient)")
        _record_proof(connection, recipient_key)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
