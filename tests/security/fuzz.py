"""Throws mutated input at everything that reads strangers' text: each answer must be a value or one
of errors.py's exceptions, in time that the input's size allows.

    python -m tests.security.fuzz --minutes 30 [--seed N] [--target NAME ...] [--notes FILE]

Hypothesis makes the inputs and finds the smallest that fails. What hangs in native code, or ends
its process, is told with its input. `targets.py` says what is read and what must hold of it.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from .target import Target
from .targets import TARGETS

FLOOR = 0.5  # seconds of a process' time that any input may take
A_KILOBYTE = 0.05  # ... and for each kilobyte of it
NATIVE = 60.0  # seconds of a clock after which code that no signal reaches is ended
LARGEST = 24_000  # bytes of an input
PIECES = (
    b"[", b"]", b"{", b"}", b"(", b")", b"<", b">", b'"', b"'", b"\\", b"\n", b"\n\n", b"\r", b"\t",
    b"&", b";", b":", b"- ", b"#", b"|", b"`", b"```", b"$", b"$$", b"*", b"_", b"^", b"~", b"%",
    b"\x00", b"\x1b", b"\x7f", b"\xff", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"\xef\xbb\xbf", b"\xee\x80\x80", b"\xee\x80\x81", b"\xed\xa0\x80", b"\xf0\x9d\x94\x98",
    b"\xce\xb1", b"\xcc\x81", b"&#xe000;0&#xe001;", b"&lt;", b"]]>", b"-->", b"<!--", b"__proto__",
    b"null", b"1e999", b"-0", b"9999-12-31", b"0206-01-05", b"2025-02-30", b"../", b"/etc/",
    b"javascript:", b"data:", b"http://a.b/", b"{token}", b"%0d%0a", b"\\u0000", b"\\ud800",
)  # fmt: skip


class TooSlow(Exception):
    """An input took longer than its size allows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong, with the smallest input known that does it."""

    target: str
    what: str
    data: bytes
    trace: str

    def __str__(self) -> str:
        return f"{self.target}: {self.what}\n  input: {self.data!r:.2000}"


@dataclass
class Tally:
    """What a run did."""

    executions: Counter[str] = field(default_factory=Counter)
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)

    def dumped(self) -> str:
        """All of it as a text, for another process."""
        found = [
            (*key, one.what, one.data.decode("latin-1"), one.trace)
            for key, one in self.findings.items()
        ]
        return json.dumps([self.executions, found])

    def take(self, dumped: str) -> None:
        """Be as another process' tally."""
        executions, found = json.loads(dumped)
        self.executions = Counter(executions)
        for target, place, what, data, trace in found:
            made = Finding(target, what, data.encode("latin-1"), trace)
            self.findings.setdefault((target, place), made)


@st.composite
def mutated(draw: st.DrawFn, seeds: tuple[bytes, ...], pieces: tuple[bytes, ...]) -> bytes:
    """A seed that was cut, doubled, flipped, joined with another, or has something put in."""
    data = draw(st.sampled_from(seeds))
    several = st.sampled_from([1, 1, 1, 2, 3, 40, 900])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        to = at + draw(st.sampled_from([1, 2, 8, 64, 512, 4096]))
        match draw(st.integers(0, 8)):
            case 0:
                data = data[:at]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:to] + data[at:to] * draw(several) + data[to:]
            case 3 if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) + data[at + 1 :]
            case 4 | 5:
                data = data[:at] + draw(st.sampled_from(pieces)) * draw(several) + data[at:]
            case 6:
                other = draw(st.sampled_from(seeds))
                data = data[:at] + other[draw(st.integers(0, len(other))) :]
            case 7:
                data = data[:at] + draw(st.binary(max_size=12)) + data[at:]
            case 8:
                text = draw(st.text(max_size=12))
                data = data[:at] + text.encode("utf-8", "surrogatepass") + data[at:]
    return data[:LARGEST]


@contextmanager
def _in_time(size: int) -> Iterator[None]:
    """Raises TooSlow in the block that takes longer than `size` bytes allow."""
    allowed = FLOOR + A_KILOBYTE * size / 1000

    def stop(*_: object) -> None:
        raise TooSlow(f"more than {allowed:.2f} s for {size} bytes")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 10 * allowed)
    started = time.process_time()
    try:
        yield
        spent = time.process_time() - started
        if spent > allowed:
            raise TooSlow(f"{spent:.2f} s, more than {allowed:.2f} s for {size} bytes")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def once(target: Target, data: bytes) -> None:
    """Give one input to a target. Raises whatever is wrong with what it does. An input is too slow
    if it is so three times: a processor that others share may stand still for a while."""
    try:
        _timed(target, data, tries=3)
    except target.refusals as refusal:
        said = str(refusal)
        assert said, "an error that says nothing"
        assert "\n" not in said, f"an error of several lines: {said!r}"


def _timed(target: Target, data: bytes, tries: int) -> None:
    try:
        with _in_time(len(data)):
            target.run(data)
    except TooSlow:
        if tries == 1:
            raise
        _timed(target, data, tries - 1)


def _place(error: BaseException) -> str:
    """An error's kind and where it arose, by which findings are told apart."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, TooSlow):
        return "TooSlow"
    ours = [frame for frame in frames if "broadsheet" in frame.filename] or frames
    last = ours[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def explore(target: Target, examples: int, number: int, tally: Tally, journal: Path | None) -> None:
    """Try a number of inputs on a target. What fails is noted, each kind once."""
    pieces = PIECES + target.pieces
    first: list[Finding] = []
    armed = [-NATIVE]

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(target.seeds, pieces))
    def attempt(data: bytes) -> None:
        tally.executions[target.name] += 1
        if journal:
            journal.write_bytes(data)
            if time.monotonic() > armed[0] + NATIVE / 10:  # a thread is started for it
                armed[0] = time.monotonic()
                faulthandler.dump_traceback_later(NATIVE, exit=True)
        try:
            once(target, data)
        except Exception as error:
            what = _place(error)
            if (target.name, what) in tally.findings:
                return  # known: look for others
            said = f"{what}: {error}"[:1000]
            first[:] = [Finding(target.name, said, data, traceback.format_exc())]
            raise

    try:
        attempt()
    except Exception as error:
        if not first:
            raise
        tally.findings[(target.name, _place(error))] = first[0]
    finally:
        if journal:
            faulthandler.cancel_dump_traceback_later()


def warm(target: Target) -> None:
    """Read each seed, unmeasured: what is imported or compiled at first use counts for nobody."""
    for data in target.seeds:
        try:
            target.run(data)
        except target.refusals:
            continue


def _child(target: Target, examples: int, number: int, tally: Tally, journal: Path) -> bool:
    """Explore in a process of its own, whose end, be it by a crash or the watchdog, is a finding.
    Gives whether it came to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        explore(target, examples, number, tally, journal)
        with os.fdopen(writer, "w", encoding="utf-8") as out:
            out.write(tally.dumped())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if status == 0 and said:
        tally.take(said)
        return True
    ended = os.waitstatus_to_exitcode(status)
    what = f"the process ended with {ended} (a crash, or {NATIVE:.0f} s in native code)"
    tally.findings.setdefault(
        (target.name, what), Finding(target.name, what, journal.read_bytes(), "")
    )
    return False


def main() -> None:
    """Run for some minutes, target after target, and tell what was found; exit with 1 for any."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    asked.add_argument("--minutes", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--examples", type=int, default=300, help="inputs of a target in a turn")
    asked.add_argument("--target", action="append", choices=sorted(TARGETS))
    asked.add_argument("--notes", type=Path, help="a file that findings are written to at once")
    given_ = asked.parse_args()
    chosen = [TARGETS[name] for name in given_.target or TARGETS]
    tally = Tally()
    end = time.monotonic() + 60 * given_.minutes
    number = given_.seed
    for target in chosen:
        warm(target)
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "input"
        while time.monotonic() < end:
            for target in chosen:
                known = len(tally.findings)
                _child(target, given_.examples, number, tally, journal)
                for finding in list(tally.findings.values())[known:]:
                    print(finding, flush=True)
                    if given_.notes:
                        with given_.notes.open("a", encoding="utf-8") as notes:
                            notes.write(f"{finding}\n{finding.trace}\n\n")
                if time.monotonic() >= end:
                    break
            number += 1
    total = sum(tally.executions.values())
    each = ", ".join(f"{name} {count:,}" for name, count in tally.executions.most_common())
    print(f"{total:,} executions from seed {given_.seed}: {each}")
    print(f"{len(tally.findings)} findings")
    sys.exit(bool(tally.findings))


if __name__ == "__main__":
    main()
