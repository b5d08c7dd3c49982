"""The delivery log's file: private to its owner, with hashes that are useless without the key."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from broadsheet.mail import MailError, open_log
from broadsheet.mail.delivery_log import REFUSED, SENT, WAITING

from .conftest import people

ISSUE = "daily/2025-08-07"

# The log as it was before its hashes had a key.
OLD = """
CREATE TABLE issues (name TEXT PRIMARY KEY, kind TEXT, key TEXT, subscription TEXT) WITHOUT ROWID;
CREATE TABLE deliveries (
    issue TEXT, recipient TEXT, state TEXT, attempts INTEGER DEFAULT 0, code INTEGER,
    PRIMARY KEY (issue, recipient)
) WITHOUT ROWID;
CREATE TABLE bounces (recipient TEXT PRIMARY KEY, count INTEGER, code INTEGER) WITHOUT ROWID;
INSERT INTO issues VALUES ('daily/2025-08-07', 'daily', '2025-08-07', '');
PRAGMA user_version = 1;
"""


def plain_hash(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]


@pytest.fixture
def old(folder: Path) -> Path:
    """A log of version 1: of ten readers four are sent to, one is refused, five wait."""
    path = folder / "readers.sent.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(OLD)
    for n, one in enumerate(people(10)):
        state = SENT if n < 4 else REFUSED if n == 4 else WAITING
        connection.execute(
            "INSERT INTO deliveries (issue, recipient, state) VALUES (?, ?, ?)",
            (ISSUE, plain_hash(one.address), state),
        )
    connection.execute(
        "INSERT INTO bounces VALUES (?, 3, 550)", (plain_hash(people(5)[4].address),)
    )
    connection.commit()
    connection.close()
    path.chmod(0o644)
    return path


def test_an_old_log_is_migrated_and_nobody_is_sent_to_twice(old: Path) -> None:
    readers = people(10)
    with open_log(old) as log:
        log.register(one.key for one in readers)
        assert set(log.waiting(ISSUE)) == {one.key for one in readers[5:]}
        assert log.stopped() == {readers[4].key}
        assert log.counts(ISSUE) == {SENT: 4, REFUSED: 1, WAITING: 5}
        log.open_issue(ISSUE, "daily", "2025-08-07", "", [one.key for one in readers])
        assert log.counts(ISSUE) == {SENT: 4, REFUSED: 1, WAITING: 5}
        log.mark(ISSUE, readers[5].key, SENT)
    with open_log(old) as log:
        assert log.counts(ISSUE) == {SENT: 5, REFUSED: 1, WAITING: 4}


def test_nothing_of_the_old_hashes_is_left(old: Path) -> None:
    with open_log(old):
        pass
    data = b"".join(path.read_bytes() for path in old.parent.iterdir())
    assert not [one for one in people(10) if plain_hash(one.address).encode() in data]


def test_a_migration_that_is_cut_off_begins_anew(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("broadsheet.mail.delivery_log._record_proof", cut)
        with pytest.raises(KeyboardInterrupt), open_log(old):
            pass
    with open_log(old) as log:
        log.register(one.key for one in people(10))
        assert set(log.waiting(ISSUE)) == {one.key for one in people(10)[5:]}


def test_the_log_and_its_key_are_private(folder: Path, old: Path) -> None:
    before = os.umask(0)
    try:
        for path in (folder / "new.sqlite", old):
            with open_log(path) as log:
                log.open_issue("daily/2025-08-08", "daily", "2025-08-08", "", [people(1)[0].key])
                found = {
                    one.name: one.stat().st_mode & 0o077
                    for one in folder.glob(f"{path.name}*")
                    if one.suffix != ".lock"
                }
            assert len(found) == 4
            assert set(found.values()) == {0}
    finally:
        os.umask(before)


def test_two_logs_have_different_hashes_of_one_reader(folder: Path) -> None:
    for name in "ab":
        with open_log(folder / name) as log:
            log.open_issue(ISSUE, "daily", "2025-08-07", "", [people(1)[0].key])
    names = [
        sqlite3.connect(folder / name).execute("SELECT recipient FROM deliveries").fetchone()
        for name in "ab"
    ]
    assert names[0] != names[1]


def test_a_log_without_its_key_is_refused_and_not_begun_anew(folder: Path) -> None:
    path, key = folder / "l", folder / "l.key"
    with open_log(path) as log:
        log.open_issue(ISSUE, "daily", "2025-08-07", "", [people(1)[0].key])
    kept = key.read_text()
    key.unlink()
    with pytest.raises(MailError, match=r"l\.key: no such file; expected the key"), open_log(path):
        pass
    assert not key.exists()
    for text, told in {
        "0" * 64: "not the key",
        "": "not a key",
        "x" * 64: "not a key",
        "é": "not a key",
    }.items():
        key.write_text(text)
        with pytest.raises(MailError, match=told), open_log(path):
            pass
    key.write_text(kept)
    with open_log(path) as log:
        assert log.counts(ISSUE) == {WAITING: 1}


def test_a_reader_who_left_is_named_by_the_hash(folder: Path) -> None:
    readers = people(2)
    with open_log(folder / "l") as log:
        log.open_issue(ISSUE, "daily", "2025-08-07", "", [one.key for one in readers])
    with open_log(folder / "l") as log:
        log.register([readers[0].key])
        stranger = next(one for one in log.waiting(ISSUE) if one != readers[0].key)
        log.mark(ISSUE, stranger, "gone")
        assert log.waiting(ISSUE) == [readers[0].key]
