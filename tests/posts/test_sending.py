"""Runs of posting against a real server: each day once, whatever the services answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.errors import ContentError
from broadsheet.fetch.clock import Clock
from broadsheet.fetch.exchange import Exchange
from broadsheet.mail.delivery_log import SENDING, DeliveryLog, open_log
from broadsheet.posts.bluesky import record_key
from broadsheet.posts.model import Post, PostTarget, State
from broadsheet.posts.sending import Posted, PostPatience, due_days, run
from tests.api_server import ApiServer, Called, Says

from .conftest import made

SESSION, CREATE, GET = (
    f"/xrpc/com.atproto.{name}"
    for name in ("server.createSession", "repo.createRecord", "repo.getRecord")
)
TOKEN = "12345:abcdefghijklmno"
OK = {
    "slack": Says(b"ok"),
    "discord": Says({"id": "1"}),
    "telegram": Says({"ok": True}),
    "mastodon": Says({"id": "1"}),
}
PATHS = {
    "slack": "/services/T000/B000/secretsecret",
    "discord": "/api/webhooks/1/secretsecret",
    "telegram": f"/bot{TOKEN}/sendMessage",
    "mastodon": "/api/v1/statuses",
    "bluesky": CREATE,
}


@dataclass
class Days:
    """A digest's days, each with a paper."""

    days: list[str] = field(default_factory=lambda: ["2025-08-07"])

    def keys(self) -> list[str]:
        return self.days

    def post(self, day: str) -> Post:
        if day not in self.days:
            raise ContentError("gone")
        return made(f"Of {day}", day=day)


@dataclass
class Bench:
    """Runs against the server, with a log that is kept and a clock that only sleep moves."""

    server: ApiServer
    file: Path
    days: Days = field(default_factory=Days)
    slept: list[float] = field(default_factory=list)
    seconds: float = 5.0

    def target(self, kind: str, name: str = "") -> PostTarget:
        secret = {"telegram": TOKEN, "mastodon": "secretsecret", "bluesky": "secretsecret"}
        return PostTarget(
            kind=kind, name=name or kind, server=self.server.url, account="digest.example",
            secret=secret.get(kind) or self.server.url + PATHS[kind],
        )  # fmt: skip

    @contextmanager
    def log(self) -> Iterator[DeliveryLog]:
        with open_log(self.file) as log:
            yield log

    def run(self, *kinds: str, only: str | None = None, attempts: int = 4) -> list[Posted]:
        clock = Clock(
            now=lambda: datetime(2025, 8, 8, tzinfo=UTC) + timedelta(seconds=sum(self.slept)),
            sleep=self.slept.append,
        )
        targets = [self.target(kind) for kind in kinds]
        with self.log() as log, Exchange(seconds=self.seconds) as exchange:
            log.settle()
            patience = PostPatience(attempts=attempts)
            return list(run(self.days, targets, log, exchange.send, clock, only=only,
                            patience=patience))  # fmt: skip

    def posted(self, path: str) -> list[Called]:
        return [one for one in self.server.called if one.path == path]


@pytest.fixture
def bench(server: ApiServer, tmp_path: Path) -> Bench:
    for kind, answer in OK.items():
        server.says(PATHS[kind], answer)
    server.says(SESSION, Says({"accessJwt": "e30.e30.sig", "did": "did:plc:abc"}))
    server.says(GET, Says({"error": "RecordNotFound"}, 400))
    server.says(CREATE, Says({"uri": "at://did:plc:abc/app.bsky.feed.post/1"}))
    return Bench(server, tmp_path / "log.sqlite")


def states(made: list[Posted]) -> list[str]:
    return [one.verdict.state.value for one in made]


def test_a_day_is_posted_to_each_service_and_never_again(bench: Bench) -> None:
    kinds = tuple(PATHS)
    assert states(bench.run(*kinds)) == ["sent"] * 5
    assert bench.run(*kinds) == []
    assert [len(bench.posted(path)) for path in PATHS.values()] == [1] * 5


def test_a_target_that_is_added_later_begins_with_the_newest_day(bench: Bench) -> None:
    bench.run("slack")
    bench.days.days = ["2025-08-07", "2025-08-08"]
    found = [(one.target, one.day) for one in bench.run("slack", "discord")]
    assert found == [("slack", "2025-08-08"), ("discord", "2025-08-08")]


def test_of_many_missed_days_the_newest_are_posted_and_the_others_never(bench: Bench) -> None:
    bench.run("slack")
    bench.days.days = [f"2025-08-{day:02}" for day in range(7, 14)]
    assert [one.day for one in bench.run("slack")] == ["2025-08-11", "2025-08-12", "2025-08-13"]
    bench.days.days.append("2025-08-14")
    assert [one.day for one in bench.run("slack")] == ["2025-08-14"]
    assert [one.day for one in bench.run("slack", only="2025-08-09")] == ["2025-08-09"]
    assert bench.run("slack", only="2025-08-09") == []


@pytest.mark.parametrize(
    ("kind", "busy"),
    [
        ("slack", Says(b"rate_limited", 429, {"Retry-After": "7"})),
        ("mastodon", Says({"error": "Too many requests"}, 429, {"Retry-After": "7"})),
        ("discord", Says({"message": "You are being rate limited.", "retry_after": 7.0}, 429)),
        ("telegram", Says({"ok": False, "parameters": {"retry_after": 7}}, 429)),
        ("bluesky", Says({"error": "RateLimitExceeded"}, 429, {"Retry-After": "7"})),
    ],
)
def test_a_service_that_asks_to_wait_is_waited_for(bench: Bench, kind: str, busy: Says) -> None:
    fine = OK.get(kind, Says({"uri": "at://x"}))
    bench.server.says(PATHS[kind], busy, fine)
    assert states(bench.run(kind)) == ["sent"]
    assert bench.slept == [7.0]
    assert len(bench.posted(PATHS[kind])) == 2


def test_a_service_that_asks_for_too_long_is_left_for_the_next_run(bench: Bench) -> None:
    bench.server.says(PATHS["slack"], Says(b"", 429, {"Retry-After": "3600"}), OK["slack"])
    (first,) = bench.run("slack")
    assert (first.verdict.state, first.verdict.wait, bench.slept) == (State.LATER, 3600, [])
    assert states(bench.run("slack")) == ["sent"]


@pytest.mark.parametrize("kind", ["slack", "discord", "telegram"])
@pytest.mark.parametrize(
    "broken", [Says(hang_up=True), Says(b"oops", 502), Says(b"<html>Welcome</html>")]
)
def test_what_may_have_been_taken_is_not_sent_again(bench: Bench, kind: str, broken: Says) -> None:
    bench.server.says(PATHS[kind], broken, OK[kind])
    assert states(bench.run(kind)) == ["unknown"]
    assert bench.run(kind) == []
    assert len(bench.posted(PATHS[kind])) == 1
    with bench.log() as log:
        log.settle(retry_unknown=True)
    assert states(bench.run(kind)) == ["sent"]


def test_mastodon_takes_a_repeated_request_once(bench: Bench) -> None:
    bench.server.says(PATHS["mastodon"], Says(hang_up=True), Says(b"", 500), OK["mastodon"])
    assert states(bench.run("mastodon")) == ["sent"]
    keys = {one.headers["Idempotency-Key"] for one in bench.posted(PATHS["mastodon"])}
    assert len(keys) == 1
    assert len(bench.posted(PATHS["mastodon"])) == 3


def test_mastodon_s_key_does_not_hold_for_long_so_that_doubt_remains(bench: Bench) -> None:
    bench.server.says(PATHS["mastodon"], Says(hang_up=True), Says({}, 429), Says({}, 404))
    assert states(bench.run("mastodon")) == ["unknown"]
    assert bench.run("mastodon") == []


def test_bluesky_is_asked_whether_it_has_the_post(bench: Bench) -> None:
    taken: list[str] = []

    def create(called: Called) -> Says:
        taken.append(called.body["rkey"])
        return Says(hang_up=True)  # though it was taken

    def get(called: Called) -> Says:
        known = bool(taken) and taken[0] in called.target
        return Says({"uri": "at://x"}) if known else Says({"error": "RecordNotFound"}, 400)

    bench.server.on(CREATE, create)
    bench.server.on(GET, get)
    assert states(bench.run("bluesky")) == ["sent"]
    assert taken == [record_key(bench.days.post("2025-08-07"), "digest.example")]
    bench.file.unlink()  # a log that was lost
    assert states(bench.run("bluesky")) == ["sent"]
    assert len(taken) == 1


def test_bluesky_gets_a_session_and_a_record_with_its_links(bench: Bench) -> None:
    bench.run("bluesky")
    (opened,), (created,) = bench.posted(SESSION), bench.posted(CREATE)
    assert opened.body == {"identifier": "digest.example", "password": "secretsecret"}
    assert created.headers["Authorization"] == "Bearer e30.e30.sig"
    record = created.body["record"]
    assert created.body["repo"] == "did:plc:abc"
    assert (record["$type"], len(record["facets"])) == ("app.bsky.feed.post", 2)
    assert record["createdAt"] == "2025-08-08T00:00:00.000Z"


@pytest.mark.parametrize("kind", list(PATHS))
def test_a_refused_post_waits_and_its_secret_is_not_told(bench: Bench, kind: str) -> None:
    secret = bench.target(kind).secret
    refuse: Callable[[Called], Says] = lambda called: Says(  # noqa: E731
        {"error": f"no {secret} at {called.path}"}, 401
    )
    bench.server.on(SESSION if kind == "bluesky" else PATHS[kind], refuse)
    (first,) = bench.run(kind)
    assert first.verdict.state is State.REFUSED
    assert "401" in first.verdict.why
    assert "secretsecret" not in first.verdict.why
    assert TOKEN not in first.verdict.why
    with bench.log() as log:
        assert due_days(bench.days, log, bench.target(kind)) == ["2025-08-07"]


def test_no_beginning_of_a_secret_is_told_where_the_words_are_cut(bench: Bench) -> None:
    bench.server.says(PATHS["mastodon"], Says(b"-" * 40 + b" " * 150 + b"secretsecret", 401))
    (first,) = bench.run("mastodon")
    assert "secret" not in first.verdict.why


def test_a_refusal_ends_a_target_s_run_and_not_the_others_(bench: Bench) -> None:
    bench.days.days = ["2025-08-07"]
    bench.run("slack", "discord")
    bench.days.days = ["2025-08-07", "2025-08-08", "2025-08-09"]
    bench.server.says(PATHS["slack"], Says(b"invalid_token", 403))
    made = bench.run("slack", "discord")
    assert [(one.target, one.day) for one in made] == [
        ("slack", "2025-08-08"), ("discord", "2025-08-08"), ("discord", "2025-08-09"),
    ]  # fmt: skip


def test_a_redirect_is_not_followed(bench: Bench) -> None:
    bench.server.says(PATHS["slack"], Says(b"", 307, {"Location": "/elsewhere"}))
    bench.server.says("/elsewhere", Says(b"ok"))
    assert states(bench.run("slack")) == ["refused"]
    assert bench.posted("/elsewhere") == []


def test_a_server_that_stalls_is_given_up(bench: Bench) -> None:
    bench.seconds = 0.1
    bench.server.says(PATHS["slack"], Says(b"ok", stall=5))
    assert states(bench.run("slack")) == ["unknown"]


def test_a_server_that_is_not_there_is_tried_again(bench: Bench) -> None:
    bench.server.url = "http://127.0.0.1:1"
    assert states(bench.run("slack", "mastodon")) == ["later", "later"]
    assert bench.slept == [2, 4, 8] * 2


def test_a_run_that_was_killed_while_sending_leaves_doubt(bench: Bench) -> None:
    with bench.log() as log:
        log.open_issue("daily/2025-08-07/slack", "daily", "2025-08-07", "slack", ["slack"])
        log.mark("daily/2025-08-07/slack", "slack", SENDING)
    assert bench.run("slack") == []
    assert bench.posted(PATHS["slack"]) == []


def test_a_day_that_lost_its_papers_no_longer_waits(bench: Bench) -> None:
    bench.server.says(PATHS["slack"], Says(b"", 429, {"Retry-After": "3600"}), OK["slack"])
    bench.run("slack")
    bench.days.days = ["2025-08-06"]
    assert bench.run("slack") == []
    with bench.log() as log:
        assert log.unfinished() == []


@pytest.mark.parametrize("seconds", [10**400, 1e300])
def test_a_wait_of_any_number_of_digits_is_a_long_one(bench: Bench, seconds: float) -> None:
    bench.server.says(PATHS["discord"], Says({"retry_after": seconds}, 429))
    (first,) = bench.run("discord")
    assert (first.verdict.state, first.verdict.wait, bench.slept) == (State.LATER, 1e9, [])
