"""Asking a real server: retries, waits, bounds, redirects, and a name to be known by."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch import answer
from broadsheet.fetch.client import Client, UnavailableError, user_agent
from broadsheet.fetch.context import Context
from broadsheet.fetch.limits import HostPolicy, Limits
from broadsheet.fetch.state import FetchState, Validators

from .conftest import LIMITS, NOW, Answer, FakeClock, Server

KIND = HostPolicy("kind", 1.0)
FINE = Answer(b"fine")


def judge(data: bytes) -> answer.FetchedAnswer:
    if data == b"bad":
        return answer.FetchedAnswer(kind=answer.AnswerKind.ERROR_PAGE, reason="it is bad")
    return answer.FetchedAnswer(kind=answer.AnswerKind.COMPLETE)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def get(server: Server, clock: FakeClock, told: list[str]) -> Iterator[Callable[..., Any]]:
    clients = []
    state = FetchState(None)

    def ask(
        path: str = "/", limits: Limits = LIMITS, contact: str | None = None, **rest: Any
    ) -> Any:
        context = Context(clock=clock.clock, limits=limits, contact=contact, progress=told.append)
        client = Client(context, state)
        clients.append(client)
        return client.get(server.url + path, KIND, judge=judge, **rest)

    yield ask
    for client in clients:
        client.close()


def test_the_answer_comes_with_its_validators_and_its_time(server, get):
    headers = {"ETag": 'W/"1"', "Last-Modified": "Mon, 01 Dec 2025 08:00:00 GMT"}
    server.says("/", Answer(b"fine", headers=headers))
    reply = get()
    assert (reply.data, reply.captured) == (b"fine", NOW)
    assert reply.validators == Validators('W/"1"', "Mon, 01 Dec 2025 08:00:00 GMT")


def test_it_says_who_it_is(server, get):
    server.says("/", FINE)
    get(contact="https://digest.example/about/")
    sent = server.asked[0].headers
    assert sent["User-Agent"].startswith("broadsheet/")
    assert sent["User-Agent"].endswith(" (+https://digest.example/about/)")
    assert sent["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("contact", ["someone", "a@b\r\nX-Y: z", "https://x.org (me)", "ü@x.org"])
def test_what_is_no_contact_is_refused(contact):
    with pytest.raises(FetchError, match="is not a contact"):
        user_agent(contact)


def test_a_mail_address_is_a_contact():
    assert user_agent("me@digest.example").endswith("(+me@digest.example)")


def test_a_compressed_answer_is_unfolded(server, get):
    server.says("/", Answer(gzip.compress(b"fine"), headers={"Content-Encoding": "gzip"}))
    assert get().data == b"fine"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_troubles_that_pass_are_waited_out(server, get, clock, told, status):
    server.says("/", Answer(status=status), Answer(status=status), FINE)
    assert get().data == b"fine"
    assert clock.slept == [2, 4]
    assert f"answers {status}" in told[0]
    assert "trying again in 2 s" in told[0]


def test_messages_cut_a_long_address(server, get, told):
    path = "/" + ",".join(["2401.00001"] * 100)
    server.says(path, Answer(status=503))
    with pytest.raises(UnavailableError) as raised:
        get(path)
    assert all(len(line) < 250 for line in (*told, str(raised.value)))
    assert "/2401.00001,2401.00001" in told[0]


def test_tries_come_to_an_end(server, get, clock):
    server.says("/", Answer(status=503))
    with pytest.raises(UnavailableError, match=r"answers 503 Service Unavailable, in 4 tries"):
        get()
    assert len(server.asked) == 4
    assert clock.slept == [2, 4, 8]


@pytest.mark.parametrize("status", [400, 404, 410, 451])
def test_troubles_that_stay_are_not_asked_for_again(server, get, status):
    server.says("/", Answer(status=status))
    with pytest.raises(FetchError, match=f"answers {status}.*expected 200") as error:
        get()
    assert not isinstance(error.value, UnavailableError)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_door_is_not_knocked_at_again(server, get, status):
    server.says("/", Answer(status=status))
    with pytest.raises(UnavailableError):
        get()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "value", ["50", format_datetime(NOW + timedelta(seconds=50), usegmt=True)], ids=["s", "date"]
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(server, get, clock, status, value):
    server.says("/", Answer(status=status, headers={"Retry-After": value}), FINE)
    assert get().data == b"fine"
    assert clock.slept == [50]


def test_a_short_retry_after_does_not_shorten_the_back_off(server, get, clock):
    server.says("/", Answer(status=503, headers={"Retry-After": "0"}), FINE)
    get()
    assert clock.slept == [2]


def test_a_long_retry_after_ends_the_run_and_is_kept_to(server, get, clock):
    server.says("/", Answer(status=429, headers={"Retry-After": "3600"}), FINE)
    with pytest.raises(UnavailableError, match="for 3600 s, until 2025-12-02 10:30:00 UTC"):
        get()
    with pytest.raises(UnavailableError, match="not to be asked before 2025-12-02 10:30:00"):
        get()
    assert len(server.asked) == 1
    assert clock.slept == []
    clock.later(seconds=3601)
    assert get().data == b"fine"


def test_an_absurd_retry_after_is_kept_to_for_a_day(server, get, clock):
    server.says("/", Answer(status=429, headers={"Retry-After": "9" * 30}), FINE)
    with pytest.raises(UnavailableError):
        get()
    clock.later(hours=24, seconds=1)
    assert get().data == b"fine"


def test_the_last_try_obeys_retry_after_for_the_next_run(server, get, clock):
    server.says("/", *[Answer(status=503, headers={"Retry-After": "60"})] * 4, FINE)
    with pytest.raises(UnavailableError):
        get()
    get()
    assert clock.slept == [60, 60, 60, 60]


def test_requests_keep_their_distance(server, get, clock):
    server.says("/", FINE)
    get()
    get()
    clock.later(seconds=0.25)
    get()
    clock.later(seconds=5)
    get()
    assert clock.slept == [1.0, 0.75]


def test_a_body_that_is_cut_off_is_asked_for_again(server, get, clock, told):
    server.says("/", Answer(b"fi", missing=2), FINE)
    assert get().data == b"fine"
    assert "broken" in told[0]


def test_a_body_that_is_always_cut_off_is_an_error(server, get):
    server.says("/", Answer(b"fi", missing=2))
    with pytest.raises(FetchError, match=r"is broken .*in 4 tries"):
        get()


def test_a_compressed_body_that_is_cut_off_without_a_length_is_asked_for_again(server, get):
    packed = gzip.compress(b"fine")
    headers = {"Content-Encoding": "gzip"}
    server.says("/", Answer(chunks=[packed[:-6]], headers=headers), FINE)
    assert get().data == b"fine"
    assert len(server.asked) == 2


def test_a_bad_answer_is_asked_for_again_and_given_as_it_is_in_the_end(server, get, clock):
    server.says("/", Answer(b"bad"), FINE)
    assert get().data == b"fine"
    server.says("/", Answer(b"bad"))
    reply = get()
    assert reply.data == b"bad"
    assert reply.answer.reason == "it is bad"


def test_a_slow_server_is_not_waited_for_endlessly(server, get):
    server.says("/", Answer(b"fine", pause=0.5))
    limits = Limits(read=0.1, connect=1, attempts=2)
    with pytest.raises(UnavailableError, match=r"took too long, in 2 tries"):
        get(limits=limits)


def test_a_slow_answer_that_comes_in_the_end_is_taken(server, get):
    server.says("/", Answer(chunks=[b"f", b"i", b"n", b"e"], pause=0.02))
    assert get().data == b"fine"


def test_a_trickle_is_not_waited_for_endlessly(server, get):
    server.says("/", Answer(chunks=[b"x"] * 60, pause=0.03))
    limits = Limits(read=1, connect=1, whole=0.2, attempts=1)
    with pytest.raises(FetchError, match=r"longer than 0\.2 s"):
        get(limits=limits)


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_body_is_refused_at_once(server, get, packed):
    body = bytes(2_000_000)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.says("/", Answer(gzip.compress(body) if packed else body, headers=headers))
    with pytest.raises(FetchError, match="longer than 200,000 bytes"):
        get()
    assert len(server.asked) == 1


def test_an_endless_body_is_refused(server, get):
    server.says("/", Answer(chunks=[bytes(50_000)] * 100))
    with pytest.raises(FetchError, match="longer than 200,000 bytes"):
        get()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_host_is_followed(server, get, clock, status):
    server.says("/", Answer(status=status, headers={"Location": "/there?a=b"}))
    server.says("/there", FINE)
    assert get().data == b"fine"
    assert server.asked[1].query == {"a": "b"}
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "https://example.org/",
        "http://example.org/",
        "//example.org/",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "",
    ],
)
def test_a_redirect_elsewhere_is_refused(server, get, location):
    server.says("/", Answer(status=302, headers={"Location": location}))
    with pytest.raises(FetchError, match="expected to stay on"):
        get()
    assert len(server.asked) == 1


def test_redirects_in_a_circle_come_to_an_end(server, get):
    server.says("/", Answer(status=302, headers={"Location": "/"}))
    with pytest.raises(FetchError, match="redirects more than 4 times"):
        get()
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "example.org",
        "https://",
        "https://me:secret@example.org/",
        "http://127.0.0.1.example.org/",
    ],
)
def test_only_https_is_asked(url, clock):
    with (
        Client(Context(clock=clock.clock), FetchState(None)) as client,
        pytest.raises(FetchError) as error,
    ):
        client.get(url, KIND, judge=judge)
    assert "secret" not in str(error.value)
    assert not isinstance(error.value, UnavailableError)


def test_a_server_that_is_not_there_is_an_error(server, clock):
    with (
        Client(Context(clock=clock.clock, limits=LIMITS), FetchState(None)) as client,
        pytest.raises(UnavailableError, match="can't be reached"),
    ):
        client.get("http://127.0.0.1:1/", KIND, judge=judge)


def test_conditions_are_sent_and_not_modified_is_understood(server, get):
    server.says("/", Answer(status=304))
    reply = get(validators=Validators('"1"', "Mon, 01 Dec 2025 08:00:00 GMT"))
    assert reply.data is None
    sent = server.asked[0].headers
    assert sent["If-None-Match"] == '"1"'
    assert sent["If-Modified-Since"] == "Mon, 01 Dec 2025 08:00:00 GMT"


def test_not_modified_unasked_is_an_error(server, get):
    server.says("/", Answer(status=304))
    with pytest.raises(FetchError, match="answers 304"):
        get()


def test_waits_outlast_the_run(server, clock, tmp_path: Path):
    path = tmp_path / "fetch.json"
    server.says("/", FINE)
    for _ in range(2):
        with Client(Context(clock=clock.clock, limits=LIMITS), FetchState(path)) as client:
            client.get(server.url + "/", KIND, judge=judge)
    assert clock.slept == [1.0]


def test_a_clock_that_was_set_back_does_not_stop_anything(server, get, clock):
    server.says("/", FINE)
    get()
    clock.later(days=-400)
    assert get().data == b"fine"
    assert clock.slept == []
