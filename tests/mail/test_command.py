"""`broadsheet mail`: specimens to look at, and runs over several days against a real server."""

from __future__ import annotations

import email
import sqlite3
from email.utils import formataddr
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli.mail import mail
from broadsheet.errors import BroadsheetError
from broadsheet.io.settings import Settings
from broadsheet.locale import ENGLISH
from broadsheet.mail.settings import sender
from tests.digests import Digest

from .server import MailServer
from .test_delivery_log import OLD, plain_hash

PAGE = """\
---
title: Vision
date: {day}
topic: vision
---

## Pixels of {day}

```yaml
id: pixels-{day}
tags: [segmentation]
upvotes: 3
```

An image is many $\\varepsilon$. We introduce a way to count them on {day}.
"""

HEAD = "address,subscription,frequency,token\n"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path / "digest")
    made.set("SITEURL", "https://digest.example/papers")
    made.set("SITENAME", "Papers")
    made.set("BROADSHEET_MAIL_FROM", "papers@digest.example")
    made.set("BROADSHEET_MAIL_UNSUBSCRIBE", "https://lists.example/leave/{token}")
    made.write("content/subscriptions/seen.yml", "title: Seen\nwords: pixel*\n")
    monkeypatch.chdir(made.folder)
    return made


def add_day(digest: Digest, day: str) -> None:
    digest.write(f"content/{day.replace('-', '/')}/vision.md", PAGE.format(day=day))


@pytest.fixture
def lists(folder: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in {"HOST": "127.0.0.1", "PORT": server.port, "SECURITY": "none"}.items():
        monkeypatch.setenv(f"BROADSHEET_SMTP_{name}", str(value))
    monkeypatch.setenv("BROADSHEET_LISTS", str(folder))
    return folder


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(mail, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_specimen_of_the_newest_day_is_the_same_each_time(digest: Digest) -> None:
    first, second = run("build"), run("build")
    assert first.stdout_bytes == second.stdout_bytes
    made = email.message_from_bytes(first.stdout_bytes)
    assert made["Message-ID"] == "<daily.2025-08-08.issue@digest.example>"
    assert made["List-Id"] == "<papers.digest.example>"
    assert (
        b"https://digest.example/papers/papers/pixels-of-a-feather/"
        in first.stdout_bytes.replace(b"=\r\n", b"")
    )


def test_a_specimen_as_text_and_html(digest: Digest) -> None:
    run("build", "--date", "2025-08-07", "-o", "day.txt")
    text = digest.read("day.txt")
    assert "Steps that shrink: a study of ε-decay" in text
    assert "(ε⁻²)" in text
    assert "> Curator’s note: Worth reading with the next one." in text
    run("build", "--date", "2025-08-07", "-o", "day.html")
    assert "wide &lt; narrow" in digest.read("day.html")
    assert 'style="' in digest.read("day.html")


def test_a_week_is_built_once_it_is_over(digest: Digest) -> None:
    with pytest.raises(BroadsheetError, match="no finished week"):
        run("build", "--weekly")
    add_day(digest, "2025-08-11")
    made = email.message_from_bytes(run("build", "--weekly").stdout_bytes)
    assert made["Message-ID"].startswith("<weekly.2025-W32.")


def test_a_subscription_has_its_own_papers(digest: Digest) -> None:
    text = run("build", "--subscription", "seen", "-o", "s.txt")
    assert "1 paper," in text.output
    with pytest.raises(BroadsheetError, match="no subscription"):
        run("build", "--subscription", "nobody")


def test_days_come_and_everyone_gets_each_once(
    digest: Digest, lists: Path, server: MailServer
) -> None:
    (lists / "all.csv").write_text(
        HEAD
        + "".join(f"r{n}@example.net,,daily,token-{n:05d}\n" for n in range(5))
        + "s@example.net,seen,daily,token-s-1\nw@example.net,all,weekly,token-w-1\n"
    )
    assert "daily/2025-08-08: 5 sent" in run("send", "--list", "all").output
    assert server.taken["r0@example.net"] == server.taken["s@example.net"] == 1
    assert server.taken["w@example.net"] == 0
    assert "nothing was due" in run("send", "--list", "all").output
    add_day(digest, "2025-08-12")
    add_day(digest, "2025-08-11")
    run("send", "--list", "all")
    assert server.taken["r0@example.net"] == server.taken["s@example.net"] == 3
    assert server.taken["w@example.net"] == 1
    add_day(digest, "2025-08-10")  # late: it comes when it comes
    run("send", "--list", "all")
    assert server.taken["r0@example.net"] == 4
    assert server.taken["w@example.net"] == 1
    ids = [email.message_from_bytes(data)["Message-ID"] for _, data in server.messages]
    assert len(set(ids)) == len(ids)


def test_an_old_log_is_migrated_and_nobody_is_sent_to_twice(
    digest: Digest, lists: Path, server: MailServer
) -> None:
    add_day(digest, "2025-08-09")
    (lists / "all.csv").write_text(
        HEAD + "".join(f"reader{n}@example.net,,daily,token-{n:05d}\n" for n in range(4))
    )
    log = sqlite3.connect(lists / "all.sent.sqlite")
    log.executescript(OLD.replace("2025-08-07", "2025-08-09"))
    for n, state in enumerate(("sent", "sent", "waiting", "refused")):
        known = plain_hash(f"reader{n}@example.net")
        log.execute("INSERT INTO deliveries (issue, recipient, state) VALUES (?, ?, ?)",
                       ("daily/2025-08-09", known, state))  # fmt: skip
    log.commit()
    log.close()
    for _ in range(2):
        run("send", "--list", "all")
        assert dict(server.taken) == {"reader2@example.net": 1}
    assert (lists / "all.sent.sqlite").stat().st_mode & 0o777 == 0o600
    assert (lists / "all.key").stat().st_mode & 0o777 == 0o600
    (lists / "all.key").unlink()
    with pytest.raises(BroadsheetError, match="expected the key of the delivery log"):
        run("send", "--list", "all")


def test_a_new_reader_starts_with_the_next_issue_and_one_who_left_gets_no_more(
    digest: Digest, lists: Path, server: MailServer
) -> None:
    file = lists / "all.csv"
    file.write_text(HEAD + "a@example.net,,daily,token-a-1\nb@example.net,,daily,token-b-1\n")
    server.at_rcpt = lambda to, tries: "450 later" if to.startswith("b") else ""
    run("send", "--list", "all", "--patience", "0")
    file.write_text(HEAD + "a@example.net,,daily,token-a-1\nc@example.net,,daily,token-c-1\n")
    server.at_rcpt = lambda to, tries: ""
    run("send", "--list", "all", "--patience", "0")
    assert dict(server.taken) == {"a@example.net": 1}
    add_day(digest, "2025-08-09")
    run("send", "--list", "all")
    assert dict(server.taken) == {"a@example.net": 2, "c@example.net": 1}


def test_a_dry_run_sends_and_writes_nothing(
    digest: Digest, lists: Path, server: MailServer
) -> None:
    (lists / "all.csv").write_text(HEAD + "a@example.net,,daily,token-a-1\n")
    for _ in range(2):
        output = run("send", "--list", "all", "--dry-run").output
        assert "daily/2025-08-08: 1 paper, to 1 subscriber" in output
    (lists / "all.csv").write_text(
        HEAD + "a@example.net,,daily,token-a-1\nb@example.net,,hourly,t\n"
    )
    wrong = run("send", "--list", "all", "--dry-run")
    assert (wrong.exit_code, ".csv:3: " in wrong.output) == (1, True)
    assert not server.tried


def test_no_address_is_ever_printed(digest: Digest, lists: Path, server: MailServer) -> None:
    (lists / "all.csv").write_text(
        HEAD + "a@example.net,,daily,token-a-1\nbad address@example.net,,daily,token-b-1\n"
        "c@example.net,,daily,token-c-1\n"
    )
    server.at_rcpt = lambda to, tries: f"550 5.1.1 <{to}>: nobody" if to[0] == "c" else ""
    result = run("send", "--list", "all")
    assert result.exit_code == 1
    assert "1 sent, 1 bounced" in result.output
    assert ".csv:3: " in result.output
    assert "@example.net" not in result.output
    assert all("@example.net" not in path.read_bytes().decode("latin-1")
               for path in lists.iterdir() if path.suffix != ".csv")  # fmt: skip


def test_subscribers_inside_a_repository_are_refused(digest: Digest, lists: Path) -> None:
    (digest.folder / ".git").mkdir()
    digest.write("people.csv", HEAD)
    with pytest.raises(BroadsheetError, match="repository"):
        run("send", "--to", "people.csv")


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITEURL", ""), ("BROADSHEET_MAIL_FROM", "no address"),
     ("BROADSHEET_MAIL_UNSUBSCRIBE", "https://x.example/leave"),
     ("BROADSHEET_MAIL_UNSUBSCRIBE", "http://x.example/{token}"),
     ("BROADSHEET_MAIL_LIST_ID", "<x>"), ("BROADSHEET_MAIL_UNSUBSCRIBE_TO", "a b@c")],
)  # fmt: skip
def test_a_wrong_setting_is_named(digest: Digest, name: str, value: str) -> None:
    digest.set(name, value)
    with pytest.raises(BroadsheetError, match=name):
        run("build")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ada's post <a@digest.example>", "Ada's post <a@digest.example>"),
        ('"Post, daily" <a@digest.example>', '"Post, daily" <a@digest.example>'),
        ("<a@digest.example>", "Papers <a@digest.example>"),
    ],
)
def test_a_sender_may_have_a_name_of_its_own(written: str, shown: str) -> None:
    values = {"BROADSHEET_MAIL_FROM": written, "SITEURL": "https://a.example", "SITENAME": "Papers"}
    settings = SimpleNamespace(name="Papers", url="https://a.example", words=ENGLISH)
    read = sender(values, cast("Settings", settings))
    assert formataddr((read.from_name or read.name, read.address)) == shown


def test_no_server_is_named(digest: Digest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "all.csv").write_text(HEAD)
    with pytest.raises(BroadsheetError, match="BROADSHEET_SMTP_HOST"):
        run("send", "--to", str(folder / "all.csv"))


def test_stories_have_the_links_that_the_settings_name(digest: Digest) -> None:
    digest.set("BROADSHEET_PAPER_LINKS", [("Mirror", "https://mirror.example/{id}"),
                                          "Google Scholar"])  # fmt: skip
    add_day(digest, "2026-01-05")
    told = run("build").output
    assert "https://mirror.example/pixels-2026-01-05" in told
    assert "scholar.google" not in told
