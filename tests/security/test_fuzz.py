"""A second or two of the fuzzer with a fixed seed; `python -m tests.security.fuzz` runs longer."""

from __future__ import annotations

import pytest

from .fuzz import Tally, TooSlow, explore, once, warm
from .target import Target
from .targets import TARGETS


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]
    warm(target)
    tally = Tally()
    explore(target, 25, 18, tally, None)
    assert [str(one) for one in tally.findings.values()] == []
    assert tally.executions[name] >= 25


def test_the_fuzzer_finds_the_smallest_input_that_fails() -> None:
    def fails(data: bytes) -> None:
        assert b"[[" not in data

    tally = Tally()
    explore(Target("x", fails, (b"abc",)), 400, 1, tally, None)
    (found,) = tally.findings.values()
    assert found.data in (b"[[", b"[[abc", b"abc[[")


def test_what_takes_too_long_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.security.fuzz.FLOOR", 0.01)

    def hangs(_: bytes) -> None:
        while True:
            pass

    with pytest.raises(TooSlow):
        once(Target("x", hangs, (b"",)), b"x")
