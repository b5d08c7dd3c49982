"""Runs against a real server that answers, stalls, refuses, drips, fails and talks nonsense."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from broadsheet.fetch.clock import Clock
from broadsheet.fetch.exchange import Exchange
from broadsheet.papers import MachineSummary, Paper
from broadsheet.summaries.model import Model
from broadsheet.summaries.run import Budget, StoppedError, SummaryResult, summaries, wanting
from tests.api_server import ApiServer, Says

from .conftest import CHAT, completion, says

PAPERS = [Paper(id=f"p{n}", title=f"Paper {n}", abstract="Sheep are counted.") for n in range(8)]
FINE = says("They count sheep.")


@dataclass
class Bench:
    """Runs whose clock only sleep moves, a second a question besides."""

    server: ApiServer
    key: str = "topsecret"
    slept: list[float] = field(default_factory=list)
    second: float = 0.0

    def run(self, asked: list[Paper] = PAPERS[:2], /, **budget: float) -> list[SummaryResult]:
        def monotonic() -> float:
            return sum(self.slept) + self.second * len(self.server.called)

        clock = Clock(now=lambda: datetime(2026, 1, 5, tzinfo=UTC), sleep=self.slept.append,
                      monotonic=monotonic)  # fmt: skip
        model = Model(endpoint=f"{self.server.url}/v1", name="small:8b", key=self.key)
        with Exchange(seconds=5) as exchange:
            given = Budget(**budget)  # type: ignore[arg-type]
            return list(summaries(model, asked, exchange.send, clock, budget=given))


@pytest.fixture
def bench(server: ApiServer) -> Bench:
    server.says(CHAT, FINE)
    return Bench(server)


def test_each_paper_is_asked_for_once(bench: Bench) -> None:
    first, second = bench.run()
    assert first.summary is not None
    assert (first.paper.id, first.summary.text) == ("p0", "They count sheep.")
    assert (first.summary.model, first.summary.date) == ("small:8b", "2026-01-05")
    assert not first.summary.edited
    assert second.tokens == 100
    called = bench.server.called[0]
    assert called.headers["Authorization"] == "Bearer topsecret"
    assert (called.body["model"], called.body["stream"]) == ("small:8b", False)


def test_without_a_key_none_is_sent(bench: Bench) -> None:
    bench.key = ""
    bench.run()
    assert "Authorization" not in bench.server.called[0].headers


@pytest.mark.parametrize(
    "trouble",
    [
        Says(hang_up=True),
        Says(b"overloaded", 503),
        Says(b"", 500),
        Says(b"loading model", 429, {"Retry-After": "1"}),
        Says({"error": "x" * 100}, 502),
    ],
)
def test_passing_trouble_is_waited_out(bench: Bench, trouble: Says) -> None:
    bench.server.says(CHAT, trouble, FINE)
    assert [bool(one.summary) for one in bench.run()] == [True, True]
    assert bench.slept == [2.0]


def test_retry_after_is_obeyed_and_one_too_long_ends_the_run(bench: Bench) -> None:
    bench.server.says(CHAT, Says(b"", 429, {"Retry-After": "30"}), FINE)
    bench.run()
    assert bench.slept == [30.0]
    bench.server.says(CHAT, Says(b"", 429, {"Retry-After": "3600"}))
    with pytest.raises(StoppedError, match="429"):
        bench.run()


@pytest.mark.parametrize("status", [400, 401, 404, 307])
def test_a_refusal_ends_the_run_and_the_key_is_not_told(bench: Bench, status: int) -> None:
    answer = Says(b"no, topsecret is \x1b[31mwrong", status, {"Location": "/v1/elsewhere"})
    bench.server.says(CHAT, answer)
    with pytest.raises(StoppedError, match=str(status)) as stopped:
        bench.run()
    assert "topsecret" not in str(stopped.value)
    assert len(bench.server.called) == 1


@pytest.mark.parametrize("before", [b"-" * 145, b"-" * 100 + b" " * 195])
def test_no_beginning_of_the_key_is_told_where_the_words_are_cut(
    bench: Bench, before: bytes
) -> None:
    bench.server.says(CHAT, Says(before + b"topsecret", 401))
    with pytest.raises(StoppedError, match="401") as stopped:
        bench.run()
    assert "top" not in str(stopped.value)


@pytest.mark.parametrize(
    "answer",
    [Says(hang_up=True), Says(b"", 500), Says(b"x" * 2_000_000)],
)
def test_a_server_that_goes_on_failing_ends_the_run(bench: Bench, answer: Says) -> None:
    bench.server.says(CHAT, answer)
    with pytest.raises(StoppedError, match="in 3 tries"):
        bench.run()


@pytest.mark.parametrize("answer", [Says(b"{}", stall=5), Says(b"{" * 1000, drip=0.02)])
def test_a_server_that_stalls_or_drips_is_given_up(bench: Bench, answer: Says) -> None:
    bench.server.says(CHAT, answer)
    with pytest.raises(StoppedError, match=r"took longer than 0\.1 s"):
        bench.run(answer=0.1)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Says(b"data: {}\n\ndata: [DONE]\n\n"), "no JSON"),
        (Says(b"\xff\xfe\x00garbage"), "no JSON"),
        (Says(b"[" * 100_000), "no JSON"),
        (Says({"choices": []}), "no chat completion"),
        (says("See https://evil.example"), "address"),
    ],
)
def test_nonsense_passes_its_paper_over(bench: Bench, answer: Says, why: str) -> None:
    bench.server.says(CHAT, answer, answer, answer, FINE)
    first, second = bench.run()
    assert first.summary is None
    assert why in first.why
    assert second.summary is not None


def unsupported(param: str | None, message: str) -> Says:
    """A refusal as OpenAI's newer models word it; other servers leave `param` out."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
    return Says({"error": error}, 400)


@pytest.mark.parametrize("named", [True, False])
def test_a_model_that_takes_no_temperature_or_max_tokens_is_asked_without(
    bench: Bench, named: bool
) -> None:
    bench.server.says(
        CHAT,
        unsupported("max_tokens" if named else None,
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                    "'max_completion_tokens' instead."),
        unsupported("temperature" if named else None,
                    "Unsupported value: 'temperature' does not support 0 with this model."),
        FINE,
    )  # fmt: skip
    assert [bool(one.summary) for one in bench.run()] == [True, True]
    asked = [call.body for call in bench.server.called]
    keys = ("temperature", "max_tokens", "max_completion_tokens")
    assert [[key for key in keys if key in one] for one in asked] == [
        ["temperature", "max_tokens"], ["temperature", "max_completion_tokens"],
        ["max_completion_tokens"], ["max_completion_tokens"]]  # fmt: skip
    assert bench.slept == []


def test_a_refusal_for_another_parameter_ends_the_run(bench: Bench) -> None:
    bench.server.says(CHAT, unsupported("model", "no such model 'max'"))
    with pytest.raises(StoppedError, match="no such model"):
        bench.run()


def test_a_model_that_thinks_too_long_gets_more_tokens_as_far_as_it_may(bench: Bench) -> None:
    broken = Says(completion("<think>Hm", reason="length"))
    bench.server.says(CHAT, broken, FINE)
    bench.run()
    most = [call.body["max_tokens"] for call in bench.server.called]
    assert most[0] < most[1] == most[2]
    bench.server.called.clear()
    full = unsupported("max_tokens", "'max_tokens' is too large: the context length is 4096")
    bench.server.says(CHAT, broken, full, FINE)
    bench.run(PAPERS[:1])
    assert [call.body["max_tokens"] for call in bench.server.called] == [most[0], most[1], most[0]]


def test_nothing_but_nonsense_ends_the_run(bench: Bench) -> None:
    bench.server.says(CHAT, says("[x](y)"))
    with pytest.raises(StoppedError, match="5 answers in a row"):
        bench.run(PAPERS)


def test_an_answer_that_is_better_the_second_time_is_taken(bench: Bench) -> None:
    bench.server.says(CHAT, says("[x](y)", tokens=50), FINE)
    (result,) = bench.run(PAPERS[:1])
    assert (bool(result.summary), result.tokens, bench.slept) == (True, 150, [])


def test_a_budget_of_papers_tokens_or_seconds_is_kept(bench: Bench) -> None:
    assert len(bench.run(PAPERS, papers=3)) == 3
    bench.server.says(CHAT, Says(completion("They count sheep.", tokens=2000)))
    assert len(bench.run(PAPERS, tokens=5000)) == 2
    assert bench.run(PAPERS, tokens=500) == []
    bench.second = 10
    assert len(bench.run(PAPERS, seconds=25)) == 3
    assert bench.slept == []


def test_a_wait_beyond_the_time_that_is_left_ends_the_run_quietly(bench: Bench) -> None:
    bench.server.says(CHAT, FINE, Says(b"", 429, {"Retry-After": "50"}))
    assert len(bench.run(seconds=40)) == 1
    assert bench.slept == []


def test_what_a_person_edited_is_never_asked_for_again() -> None:
    machine = MachineSummary(text="A.", language="en", model="m", date="2026-01-05").marked()
    person = MachineSummary(
        text="B.", language="en", model="m", date="2026-01-05", mark=machine.mark
    )
    by_hand = MachineSummary(text="C.", language="en", model="m", date="2026-01-05")

    def paper(said: MachineSummary | None, abstract: str = "A.") -> Paper:
        return Paper(id="a", title="A", abstract=abstract, machine_summary=said)

    assert wanting(paper(None))
    assert not wanting(paper(None, abstract=" "))
    assert not wanting(paper(machine))
    assert wanting(paper(machine), again=True)
    assert not wanting(paper(person), again=True)
    assert not wanting(paper(by_hand), again=True)
