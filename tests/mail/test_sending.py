"""Each subscriber gets each issue exactly once, whatever the server does."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadsheet.mail import (
    DeliveryLog,
    Job,
    MailError,
    Policy,
    SendingReport,
    Server,
    Subscriber,
    open_log,
    run,
)
from broadsheet.mail.delivery_log import BOUNCES
from broadsheet.mail.smtp import Delivery, stuffed
from tests.soak import SOAK

from .conftest import people
from .server import MailServer

ISSUE = "daily/2025-08-07"
BODY = b"Subject: x\r\n\r\n.leading dot\r\nend\r\n"


class FastClock:
    """A clock whose waits are over at once; `during` is called with each."""

    def __init__(self, during: Callable[[float], None] = lambda seconds: None) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        self._during = during

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)
        self._during(seconds)


@pytest.fixture
def log(folder: Path) -> Iterator[DeliveryLog]:
    with open_log(folder / "mail" / "log.sqlite") as opened:
        yield opened


def local(server: MailServer, timeout: float = 5) -> Server:
    return Server(host="127.0.0.1", port=server.port, security="none", timeout=timeout)


def send(
    server: MailServer,
    log: DeliveryLog,
    readers: list[Subscriber],
    clock: FastClock | None = None,
    policy: Policy | None = None,
    issue: str = ISSUE,
) -> SendingReport:
    kind, key = issue.split("/")
    log.settle()
    log.open_issue(issue, kind, key, "", [one.key for one in readers])
    waiting = log.waiting(issue)
    jobs = [Job(issue, one, lambda: BODY) for one in readers if one.key in waiting]
    return run(jobs, local(server).connect, "papers@example.org", log, clock or FastClock(), policy)


def test_everyone_gets_it_once_and_a_second_run_sends_nothing(
    server: MailServer, log: DeliveryLog
) -> None:
    count = 1000 if SOAK else 250
    readers = people(count)
    report = send(server, log, readers)
    assert report.deliveries[Delivery.SENT] == count
    assert server.taken == Counter({one.address: 1 for one in readers})
    assert server.messages[0][1] == BODY
    send(server, log, readers)
    assert sum(server.taken.values()) == count


def test_greylisted_readers_get_it_at_the_second_try(server: MailServer, log: DeliveryLog) -> None:
    server.at_rcpt = lambda to, tries: "451 4.7.1 come back later" if tries == 1 else ""
    readers = people(50)
    clock = FastClock()
    report = send(server, log, readers, clock)
    assert report.deliveries[Delivery.SENT] == 50
    assert clock.waits == [30]
    assert set(server.taken.values()) == {1}


def test_who_is_deferred_for_long_waits_for_the_next_run(
    server: MailServer, log: DeliveryLog
) -> None:
    server.at_rcpt = lambda to, tries: "452 full" if to.startswith("reader7@") else ""
    readers = people(20)
    report = send(server, log, readers)
    assert (report.deliveries[Delivery.SENT], report.deliveries[Delivery.DEFERRED]) == (19, 1)
    assert log.unfinished() == [(ISSUE, "daily", "2025-08-07", "")]
    server.at_rcpt = lambda to, tries: ""
    send(server, log, readers)
    assert server.taken == Counter({one.address: 1 for one in readers})
    assert log.unfinished() == []


def test_a_wrong_address_is_noted_and_after_some_issues_left_out(
    server: MailServer, log: DeliveryLog
) -> None:
    server.at_rcpt = lambda to, tries: "550 5.1.1 nobody" if to.startswith("reader3@") else ""
    readers = people(10)
    for n in range(BOUNCES + 1):
        report = send(server, log, readers, issue=f"daily/2025-08-{n + 1:02d}")
        assert report.deliveries[Delivery.SENT] == 9
        assert report.deliveries[Delivery.BOUNCED] == (n < BOUNCES)
    assert server.tried["reader3@example.net"] == BOUNCES
    assert log.stopped() == {readers[3].key}


def test_a_server_that_refuses_everything_ends_the_run_and_nobody_loses_the_issue(
    server: MailServer, log: DeliveryLog
) -> None:
    server.at_data = lambda to, tries: "554 5.7.1 looks like spam"
    readers = people(50)
    report = send(server, log, readers)
    assert report.stopped is not None
    assert "554" in report.stopped
    assert len(log.waiting(ISSUE)) == 50
    server.at_data = lambda to, tries: ""
    send(server, log, readers)
    assert set(server.taken.values()) == {1}
    assert len(server.taken) == 50


def test_single_refused_messages_are_noted(server: MailServer, log: DeliveryLog) -> None:
    server.at_data = lambda to, tries: "552 too big" if to.endswith("5@example.net") else ""
    report = send(server, log, people(50))
    assert report.deliveries[Delivery.REJECTED] == 5
    assert report.deliveries[Delivery.SENT] == 45
    assert log.counts(ISSUE) == {"refused": 5, "sent": 45}


@pytest.mark.slow
def test_dropped_connections_lose_and_double_nothing(server: MailServer, log: DeliveryLog) -> None:
    server.at_rcpt = lambda to, tries: "drop" if tries == 1 and to[6] in "37" else ""
    readers = people(200)
    report = send(server, log, readers)
    assert report.deliveries[Delivery.SENT] == 200
    assert server.taken == Counter({one.address: 1 for one in readers})


def test_a_server_that_hangs_up_after_421_is_called_again(
    server: MailServer, log: DeliveryLog
) -> None:
    server.at_rcpt = lambda to, tries: (
        "421 4.7.0 too many" if tries == 1 and to[6:8] in ("10", "20") else ""
    )
    report = send(server, log, people(30))
    assert report.deliveries[Delivery.SENT] == 30
    assert set(server.taken.values()) == {1}


def test_lost_after_the_last_byte_is_unknown_and_not_sent_again(
    server: MailServer, log: DeliveryLog
) -> None:
    answers = {"reader2@example.net": "take and drop", "reader5@example.net": "drop"}
    server.at_data = lambda to, tries: answers.get(to, "")
    readers = people(10)
    report = send(server, log, readers)
    assert report.deliveries[Delivery.UNKNOWN] == 2
    assert log.counts(ISSUE) == {"sent": 8, "unknown": 2}
    server.at_data = lambda to, tries: ""
    send(server, log, readers)
    assert max(server.taken.values()) == 1
    assert server.taken["reader2@example.net"] == 1
    assert server.taken["reader5@example.net"] == 0
    log.settle(retry_unknown=True)
    send(server, log, readers)
    assert server.taken["reader5@example.net"] == 1


@pytest.mark.slow
def test_a_server_that_dies_in_the_middle_and_comes_back(
    server: MailServer, log: DeliveryLog
) -> None:
    readers = people(300)
    steps = {"n": 0}

    def dying(to: str, tries: int) -> str:
        steps["n"] += 1
        if 100 <= steps["n"] < 110:
            return "drop"
        return ""

    server.at_rcpt = dying

    report = send(server, log, readers)
    assert report.deliveries[Delivery.SENT] == 300
    assert server.taken == Counter({one.address: 1 for one in readers})


@pytest.mark.slow
def test_a_server_that_stays_away_ends_the_run_and_the_next_completes_it(
    server: MailServer, log: DeliveryLog
) -> None:
    readers = people(40)
    for one in readers[:15]:
        send(server, log, [one])
    server.stop()
    report = send(server, log, readers)
    assert report.stopped is not None
    assert "can't be reached" in report.stopped
    server.start()
    send(server, log, readers)
    assert server.taken == Counter({one.address: 1 for one in readers})


@pytest.mark.soak
def test_chaos_for_a_thousand(server: MailServer, log: DeliveryLog) -> None:
    """All of it at once, over several runs."""
    dice = random.Random(7)
    sour = ["450 busy", "421 bye", "drop", "452 full"]

    def at_rcpt(to: str, tries: int) -> str:
        if to.endswith("99@example.net"):
            return "550 5.1.1 nobody here"
        return dice.choice(sour) if dice.random() < 0.12 else ""

    def at_data(to: str, tries: int) -> str:
        chance = dice.random()
        return "take and drop" if chance < 0.01 else "drop" if chance < 0.02 else (
            "451 try again" if chance < 0.06 else "")  # fmt: skip

    server.at_rcpt, server.at_data = at_rcpt, at_data
    readers = people(1000)
    for _ in range(6):
        send(server, log, readers, policy=Policy(waits=(1, 1), per_connection=50))
    assert max(server.taken.values()) == 1
    counts = log.counts(ISSUE)
    assert counts.get("waiting", 0) == 0
    assert counts["refused"] == 10
    assert counts["sent"] + counts["unknown"] == 990
    missing = 990 - len(server.taken)
    assert 0 <= missing <= counts["unknown"]
    assert counts["unknown"] < 60


KILLED = """
import sys, time
from pathlib import Path
sys.path[:0] = {path!r}
from tests.mail.conftest import people
from broadsheet.mail import Job, Policy, Server, open_log, run
readers = people({count})
with open_log(Path({log!r})) as log:
    log.settle()
    log.open_issue("daily/2025-08-07", "daily", "2025-08-07", "", [one.key for one in readers])
    waiting = log.waiting("daily/2025-08-07")
    print(len(waiting), flush=True)
    jobs = [Job("daily/2025-08-07", one, lambda: b"Subject: x\\r\\n\\r\\nx\\r\\n")
            for one in readers if one.key in waiting]
    connect = Server(host="127.0.0.1", port={port}, security="none").connect
    run(jobs, connect, "papers@example.org", log, time, Policy(waits=(0.01,)))
"""


@pytest.mark.soak
def test_a_run_that_is_killed_again_and_again(server: MailServer, folder: Path) -> None:
    log = folder / "log.sqlite"
    count = 300
    code = textwrap.dedent(KILLED).format(
        path=[path for path in sys.path if path] + [os.fspath(Path(__file__).parents[2])],
        log=os.fspath(log), count=count, port=server.port,
    )  # fmt: skip
    server.at_data = lambda to, tries: time.sleep(0.005) or ""  # or a busy machine kills too late
    dice = random.Random(3)
    kills = 0
    for attempt in range(12):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        left = int(process.stdout.readline())
        if not left:
            process.wait()
            break
        if attempt < 6:
            before = len(server.messages)
            target = before + dice.randint(15, 40)
            deadline = time.monotonic() + 20
            while len(server.messages) < target and time.monotonic() < deadline:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
        else:
            process.wait()
    assert kills >= 3
    with open_log(log) as log:
        log.settle()
        counts = log.counts(ISSUE)
    assert max(server.taken.values()) == 1
    assert counts.get("waiting", 0) == 0
    assert counts["sent"] + counts.get("unknown", 0) == count
    assert counts.get("unknown", 0) <= kills
    assert count - len(server.taken) <= counts.get("unknown", 0)


def test_the_rate_is_kept(server: MailServer, log: DeliveryLog) -> None:
    clock = FastClock()
    send(server, log, people(10), clock, Policy(rate=30))
    assert clock.now == pytest.approx(18)


def test_a_new_connection_after_so_many_messages(server: MailServer, log: DeliveryLog) -> None:
    send(server, log, people(25), policy=Policy(per_connection=10))
    assert server.connections == 3


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    second = open_log(tmp_path / "l")
    with open_log(tmp_path / "l"), pytest.raises(MailError, match="another run"):
        second.__enter__()


def test_a_file_that_is_not_a_delivery_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l"
    path.write_bytes(b"not a database at all, but long enough" * 40)
    with pytest.raises(MailError, match="not a delivery log"), open_log(path):
        pass


def test_the_log_holds_no_address(server: MailServer, tmp_path: Path) -> None:
    with open_log(tmp_path / "l") as log:
        send(server, log, people(20))
    data = (tmp_path / "l").read_bytes()
    assert b"example.net" not in data
    assert b"reader" not in data


def test_a_server_without_starttls_is_refused_unless_told(
    server: MailServer, log: DeliveryLog
) -> None:
    strict = Server(host="127.0.0.1", port=server.port, timeout=5)
    with pytest.raises(MailError, match="STARTTLS"):
        strict.connect()
    assert "secret" not in repr(Server(host="h", user="u", password="secret"))


def test_a_refused_sender_says_so(server: MailServer, log: DeliveryLog) -> None:
    async def refuse(*args: object) -> str:
        return "553 5.7.1 not yours"

    server.handle_MAIL = refuse  # type: ignore[attr-defined]
    with pytest.raises(MailError, match="BROADSHEET_MAIL_FROM"):
        send(server, log, people(3))
    assert len(log.waiting(ISSUE)) == 3


@pytest.mark.parametrize("address", ["a@example.net>\r\nDATA", "a@example.net\n", "<b@c.org>", ""])
def test_what_is_no_address_becomes_no_command(server: MailServer, address: str) -> None:
    line = local(server).connect()
    with pytest.raises(MailError, match="not a mail address"):
        line.send("papers@example.org", address, BODY, lambda: None)
    with pytest.raises(MailError, match="not a mail address"):
        line.send(address, "a@example.net", BODY, lambda: None)
    line.close()
    assert not server.tried


def test_nobody_listening(log: DeliveryLog) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    reader = people(1)[0]
    log.open_issue(ISSUE, "daily", "2025-08-07", "", [reader.key])
    connect = Server(host="127.0.0.1", port=port, security="none", timeout=2).connect
    clock = FastClock()
    report = run([Job(ISSUE, reader, lambda: BODY)], connect, "a@example.org", log, clock)
    assert report.stopped is not None
    assert clock.waits == [30, 120, 600]


def test_dots_and_line_ends() -> None:
    assert stuffed(b".a\n..b\rc") == b"..a\r\n...b\r\nc\r\n"
    assert stuffed(b"a\r\n.\r\nb\r\n") == b"a\r\n..\r\nb\r\n"
