"""A digest of one's own at GitHub, from the wheel to its second day, by the templates alone.
(tests/github/test_workflows.py runs each workflow by itself.)"""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from datetime import date
from pathlib import Path

import feedparser
import pytest

from tests.mail.server import MailServer

from .actions import PAGES, GitHub, Run
from .listings import SUGGESTED, Listings
from .machine import Machine

INIT = (
    "broadsheet init digest --name 'Gradient Post' --host github --licence cc0 "
    "--repository https://github.com/ada/post --source huggingface --source arxiv --category cs.LG"
)
READERS = "address,subscription,frequency,token\nreader@ada.net,,daily,aaaaaaaaaaaaaaaaaaaaaa\n"
ISSUE = f"### Paper\n\n{SUGGESTED}\n\n### Topic\n\nvision\n\n### Note\n\nWorth a look.\n"


class Transcript:
    """What was done, and when (seconds since the beginning)."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(f"{time.monotonic() - self.started:6.1f} s  {line}")

    def runs(self, title: str, made: list[Run]) -> list[Run]:
        self(f"{title}: " + ", ".join(f"{run.workflow} {run.conclusion}" for run in made))
        for run in made:
            assert run.conclusion != "failure", f"{run.workflow}\n{run.log}"
        return made


def needed(machine: Machine, digest: Path) -> list[str]:
    """What `broadsheet doctor` says is needed."""
    found = json.loads(machine.run("broadsheet doctor --format json", digest).stdout)
    return [row["what"] for row in found if row["level"] == "needed"]


def build_line(run: Run) -> tuple[int, int]:
    """The papers of a build, and how many files it wrote."""
    match = re.search(r"(\d+) papers?, \d+ files?: (\d+) written", run.log)
    assert match, run.log
    return int(match[1]), int(match[2])


def began(machine: Machine, say: Transcript) -> tuple[GitHub, Path]:
    """Install, init, follow what doctor says, push: as docs/digest.md tells."""
    machine.well(f"python -m pip install --no-deps -r {_requirement(machine)}", machine.folder)
    say("pip install broadsheet")
    machine.well(INIT, machine.folder)
    say("broadsheet init")
    digest = machine.folder / "digest"
    assert "--hash=sha256:" in (digest / "requirements/broadsheet.txt").read_text()
    wanting = needed(machine, digest)
    assert [one.split()[0] for one in wanting] == [
        "the",
        "content/",
        "content/pages/about.md",
        "this",
    ]
    (digest / "seeds/2026-01-05.example.txt").unlink()
    (digest / "content/pages/about.md").write_text("Title: About\n\nAda makes this digest.\n")
    settings = digest / "pelicanconf.py"
    settings.write_text(
        settings.read_text()
        + '\nBROADSHEET_IDENTITY = "ada.github.io,2026"\nBROADSHEET_MAIL_FROM = "post@ada.net"\n'
        + f'BROADSHEET_HUB = "{machine.server}/hub"\n'
    )
    hub = GitHub(machine)
    machine.well("git init -q -b main && git add -A && git commit -qm 'A digest'", digest)
    assert needed(machine, digest) == ["content/ has no day yet", "the repository has no remote"]
    machine.well(f"git remote add origin {hub.origin} && git push -q -u origin main", digest)
    assert needed(machine, digest) == ["content/ has no day yet"]
    say("doctor's remedies followed, git push")
    return hub, digest


def _requirement(machine: Machine) -> Path:
    file = machine.folder / "requirement.txt"
    file.write_text(f"broadsheet=={machine.wheel.name.split('-')[1]}\n")
    return file


def two_days(machine: Machine, listings: Listings, mail: MailServer, say: Transcript) -> GitHub:
    """Live through two days of a digest; return its GitHub."""
    hub, digest = began(machine, say)
    lists = machine.folder / "lists"
    lists.mkdir()
    (lists / "readers.csv").write_text(READERS)
    hub.variables = {"BROADSHEET_MAIL": "on", "BROADSHEET_LISTS": str(lists),
                     "BROADSHEET_SITEURL": PAGES}  # fmt: skip
    hub.secrets = {"SMTP_HOST": "127.0.0.1"}
    machine.more = {"BROADSHEET_SMTP_PORT": str(mail.port), "BROADSHEET_SMTP_SECURITY": "none"}

    # Before there is a paper the site is published already, and no mail is sent.
    say.runs("push", hub.pushed())
    assert "Gradient Post" in (hub.pages / "index.html").read_text()
    assert mail.messages == []

    # The first morning.
    listings.huggingface = {"2026-03-09": [1, 2], "2026-03-10": [3]}
    listings.arxiv = (date(2026, 3, 10), [51])
    _not_permitted(hub, say)
    pull = hub.pull(1)
    assert (pull["head"], pull["title"]) == ("fetch/papers", "Papers of 2026-03-10")
    assert "4 added" in pull["body"]
    say.runs("closed and opened again", hub.opened(1))
    (comment,) = hub.pull(1)["comments"]
    assert "4 added" in comment
    assert "comes from a fork" not in comment

    # A curator writes a note on its branch, and merges a day later: the second morning comes first.
    machine.well(
        "git fetch -q && git switch -q fetch/papers && "
        "broadsheet note segmenting-images-part-1 'Read this one first.' && "
        "git commit -qam 'A note' && git push -q && git switch -q main", digest,
    )  # fmt: skip
    machine.now = "2026-03-11T05:17:00+00:00"
    listings.huggingface |= {"2026-03-10": [3, 4], "2026-03-11": [5]}
    say.runs("second fetch, the first not merged", hub.schedule("fetch"))
    assert list(hub.state()["pulls"]) == ["1"]
    assert hub.pull(1)["title"] == "Papers up to 2026-03-11"
    assert "6 added" in hub.pull(1)["body"]
    published = say.runs("merge", hub.merge(1, squash=True))
    assert build_line(published[0])[0] == 6
    machine.well("git pull -q", digest)
    assert needed(machine, digest) == []
    _published(hub, mail)
    return hub


def _not_permitted(hub: GitHub, say: Transcript) -> None:
    """What docs/hosts/github.md tells to switch on was forgotten; the job is run again then."""
    hub.save({**hub.state(), "may_open": False})
    (run,) = hub.schedule("fetch")
    assert run.conclusion == "failure"
    assert "not permitted to create" in run.log
    say("first fetch: not permitted to open a pull request")
    hub.save({**hub.state(), "may_open": True})
    say.runs("permitted, run again", [hub.rerun(run)])


def _published(hub: GitHub, mail: MailServer) -> None:
    """The pages, feeds and messages of the first two days."""
    day = (hub.pages / "2026/03/10/index.html").read_text()
    assert all(f"part {n}" in day for n in (3, 4))  # 4 came late
    assert "Paper number 51" in day
    assert f'href="{PAGES}/2026/03/10/' in day
    first = next((hub.pages / "2026/03/09").glob("*/index.html")).read_text()
    assert "Read this one first." in first
    feed = feedparser.parse((hub.pages / "feeds/all.atom.xml").read_bytes())
    assert not feed.bozo
    assert {f"Segmenting images, part {n}" for n in (1, 2, 3, 4, 5)} <= {
        entry.title for entry in feed.entries
    }
    assert (hub.pages / "404.html").is_file()
    assert (hub.pages / "theme/js/vendor/lunr.js").is_file()
    assert not (hub.pages / ".broadsheet-files").exists()
    ((to, data),) = mail.messages
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert (to, message["From"].addresses[0].addr_spec) == ("reader@ada.net", "post@ada.net")
    body = message.get_body(("plain",))
    assert body is not None
    assert "Segmenting images, part 5" in body.get_content()
    assert f"{PAGES}/papers/" in body.get_content()


def third_day(hub: GitHub, listings: Listings, mail: MailServer, say: Transcript) -> None:
    """After the first merge: a further day, with a late paper, is incremental. A source is down,
    what the other has is published all the same."""
    hub.machine.now = "2026-03-12T05:17:00+00:00"
    hub.variables["BROADSHEET_PING"] = "on"
    before = (hub.pages / "2026/03/09/index.html").read_bytes()
    listings.huggingface |= {"2026-03-11": [5, 6], "2026-03-12": [7]}
    listings.down = "/rss/"
    (fetched,) = hub.schedule("fetch")
    say(f"third fetch, arXiv down: Fetch {fetched.conclusion}")
    assert {name: job.conclusion for name, job in fetched.jobs.items()} == {
        "collect": "success", "propose": "success", "complain": "failure",
    }  # fmt: skip
    assert "failed: arxiv cs.LG (1 of 3 sources)" in fetched.log
    assert hub.pull(2)["head"] == "fetch/papers"
    assert "2 added" in hub.pull(2)["body"]
    published = say.runs("merge", hub.merge(2))
    papers, written = build_line(published[0])
    assert papers == 8
    total = sum(1 for path in hub.pages.rglob("*") if path.is_file())
    say(f"{written} of {total} files written")
    assert written < total * 0.7
    assert (hub.pages / "2026/03/09/index.html").read_bytes() == before
    assert "part 6" in (hub.pages / "2026/03/11/index.html").read_text()
    assert any("feeds%2Fall.atom.xml" in one for one in listings.told)
    ((_, first), (_, second)) = mail.messages
    assert b"part 7" in second
    assert b"part 7" not in first


def suggestion(hub: GitHub, say: Transcript) -> None:
    """An accepted suggestion becomes a pull request; what is not accepted does nothing."""
    (run,) = [one for one in hub.labelled(34, ISSUE, "later") if one.workflow == "Suggest"]
    assert run.conclusion == "skipped"
    say.runs("suggestion accepted", hub.labelled(34, ISSUE, "accepted"))
    pull = hub.pull(3)
    assert pull["head"] == "suggestion/34"
    assert "1 added" in pull["body"]
    assert pull["body"].endswith("Closes #34\n")
    files = hub.files_of("suggestion/34")
    assert any(name.endswith("/vision.md") for name in files)
    assert all(name.startswith("content/") for name in files)


POSTING = {
    ("publish", step)
    for step in ("Restore the delivery log", "Post the day", "Keep the delivery log")
}
"""Steps that run where the variable BROADSHEET_POST says so; tests/posts is about what they do."""


def test_a_new_digest_is_published_from_its_first_push(machine: Machine) -> None:
    """What `init` makes, with the example that it brings, in one day."""
    machine.well(f"python -m pip install --no-deps -r {_requirement(machine)}", machine.folder)
    machine.well(INIT, machine.folder)
    digest, hub = machine.folder / "digest", GitHub(machine)
    machine.well("broadsheet import", digest)
    machine.well("git init -q -b main && git add -A && git commit -qm 'A digest'", digest)
    machine.well(f"git remote add origin {hub.origin} && git push -q -u origin main", digest)
    published, *_ = Transcript().runs("push", hub.pushed())
    papers, written = build_line(published)
    assert papers > 0
    assert written > papers
    assert f'href="{PAGES}/' in (hub.pages / "index.html").read_text()
    assert (hub.pages / "2026/01/05/index.html").is_file()
    assert (hub.pages / "404.html").is_file()
    assert machine.never_called()


@pytest.mark.soak
def test_a_digest_runs_itself_from_the_wheel_to_its_third_day(
    machine: Machine, listings: Listings, mail: MailServer
) -> None:
    say = Transcript()
    hub = two_days(machine, listings, mail, say)
    third_day(hub, listings, mail, say)
    suggestion(hub, say)
    assert hub.steps() - POSTING == hub.seen
    assert machine.never_called()
    print("\n".join(say.lines))  # pytest -s shows it
