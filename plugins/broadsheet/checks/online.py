"""Check online whether arXiv ids belong to their titles, and whether links answer.

One request at a time, a pause between two to one host, answers cached for `AGE`. Links are
untrusted, so none into a private network is requested: a host's IP addresses are checked, and just
these are connected to, for each redirect anew; a whole response has one deadline.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from rapidfuzz import fuzz

from .. import fetch
from ..content import pages
from ..counts import counted
from ..errors import FetchError, shown
from ..fetch import Clock
from ..fetch.client import user_agent
from ..fetch.hosts import Resolver, resolved
from ..fetch.sources import records
from ..fetch.wire import Deadline, NotPublicError, Wire
from ..io.files import read_regular, write_whole
from ..listings import title_key
from ..papers import Paper
from .content import CheckInputs
from .problem import ERROR, WARNING, Problem

MEMORY = Path(".broadsheet/links.json")
AGE = timedelta(days=14)  # for which an answer is cached
PAUSE = 1.0  # seconds between two requests to one host
TIMEOUT = 10.0  # seconds for a step: connecting, a read
WHOLE = 30.0  # seconds for a whole response, redirects included
_REDIRECTS = 5
ALIKE = 70.0  # of 100: the least similarity of a retitled paper's title to arXiv's

# Statuses that hosts give programs, though not people; they prove nothing.
_UNSURE = frozenset({401, 403, 405, 406, 408, 418, 425, 429, 451, 500, 502, 503, 504, 520, 999})


@dataclass(frozen=True, slots=True)
class Linked:
    """A paper, and the file and line of its section."""

    file: str
    line: int
    paper: Paper


@dataclass(slots=True)
class OnlineMemory:
    """Cached answers by key, each with its time (ISO 8601)."""

    answers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def get(self, key: str, now: datetime) -> str | None:
        """Return a cached answer; None where it is missing or older than `AGE`."""
        known = self.answers.get(key)
        if known is None or not now - AGE <= datetime.fromisoformat(known[0]) <= now + AGE:
            return None
        return known[1]

    def put(self, key: str, answer: str, now: datetime) -> None:
        """Cache an answer."""
        self.answers[key] = (now.isoformat(timespec="seconds"), answer)

    @staticmethod
    def load(path: Path) -> OnlineMemory:
        """Read the cache; empty where the file is missing or damaged."""
        try:
            data = json.loads(read_regular(path))
            found = {str(key): (str(when), str(answer)) for key, (when, answer) in data.items()}
            if not all(datetime.fromisoformat(when).tzinfo for when, _ in found.values()):
                return OnlineMemory()
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return OnlineMemory()
        return OnlineMemory(found)

    def save(self, path: Path) -> None:
        """Write the cache. Raises SiteError where it can't be written."""
        write_whole(path, json.dumps(self.answers, indent=0, sort_keys=True).encode(), sync=False)


def papers_of(inputs: CheckInputs) -> Iterator[Linked]:
    """Yield the papers of the checked days."""
    for day in inputs.days:
        for source in day.pages:
            page, _ = pages.survey(source.data.decode("utf-8", "replace"), file=source.path)
            for section in page.sections if page else ():
                yield Linked(source.path, section.line, section.paper)


def check(
    inputs: CheckInputs,
    *,
    base_url: str | None = None,
    memory: Path = MEMORY,
    clock: Clock | None = None,
    private: bool = False,
    resolve: Resolver = resolved,
    progress: Callable[[str], None] = lambda message: None,
) -> list[Problem]:
    """Return all problems of the checked days' papers that servers reveal.

    `base_url` replaces arXiv; `private` allows addresses in private networks (for tests), and
    `resolve` looks up hosts.
    """
    clock = clock or Clock()
    known = OnlineMemory.load(memory)
    papers = list(papers_of(inputs))
    found: list[Problem] = []
    try:
        found.extend(_titles(papers, known, base_url, clock, progress))
        with Wire(whole=WHOLE, public=not private, resolve=resolve) as wire:
            found.extend(_links(papers, known, clock, wire, progress))
    finally:
        known.save(memory)
    return found


# arXiv ids


def _titles(
    papers: Sequence[Linked],
    known: OnlineMemory,
    base_url: str | None,
    clock: Clock,
    progress: Callable[[str], None],
) -> Iterator[Problem]:
    addresses = fetch.SourceAddresses.all_at(base_url) if base_url else fetch.SourceAddresses()
    context = fetch.Context(state=None, addresses=addresses, clock=clock)
    numbers = dict.fromkeys(one.paper.arxiv for one in papers if one.paper.arxiv)
    unknown = [one for one in numbers if known.get(_key(one), clock.now()) is None]
    failed: dict[str, FetchError] = {}
    with fetch.Lookup(context) as lookup:
        for batch in records.id_batches(unknown):
            progress(f"asking arXiv for {counted(len(batch), 'paper')}")
            for name, found in lookup.arxiv(batch).items():
                if not isinstance(found, FetchError):
                    known.put(_key(name), found.title, clock.now())
                elif isinstance(found, fetch.AbsentError):
                    known.put(_key(name), "", clock.now())
                else:
                    failed[name] = found
    for one in papers:
        number = one.paper.arxiv
        if number is None:
            continue
        if number in failed:
            why = f"arXiv gave no answer: {failed[number].message}"
            yield _problem(one, WARNING, "arxiv", why)
            continue
        title = known.get(_key(number), clock.now())
        if not title:
            yield _problem(one, ERROR, "arxiv", f"arxiv: arXiv knows no paper {shown(number)}")
        elif not same_title(one.paper.title, title):
            yield _problem(
                one,
                ERROR,
                "arxiv",
                f"arxiv: {shown(number)} is the paper {shown(title)}, not {shown(one.paper.title)}",
            )


def _key(number: str) -> str:
    return f"arxiv:{number}"


def same_title(one: str, other: str) -> bool:
    """Return whether two titles can be one paper's: similar, or one the other's beginning."""
    a, b = title_key(one), title_key(other)
    if min(len(a), len(b)) >= 15 and (a.startswith(b) or b.startswith(a)):
        return True
    return fuzz.ratio(a, b) >= ALIKE


# Links


def _links(
    papers: Sequence[Linked],
    known: OnlineMemory,
    clock: Clock,
    wire: Wire,
    progress: Callable[[str], None],
) -> Iterator[Problem]:
    asked: dict[str, float] = {}
    for one in papers:
        for name, address in _addresses(one.paper):
            key = f"link:{hashlib.sha256(address.encode()).hexdigest()[:24]}"
            answer = known.get(key, clock.now())
            if answer is None:
                progress(f"asking {shown(address, 200)}")
                answer = _answer(wire, address, asked, clock)
                if answer != "unsure":
                    known.put(key, answer, clock.now())
            if answer not in ("ok", "unsure"):
                yield _problem(
                    one, ERROR, "dead-link", f"{name}: {shown(address)} answers {answer}"
                )


def _addresses(paper: Paper) -> Iterable[tuple[str, str]]:
    for name in ("url", "code", "project"):
        address = getattr(paper, name)
        if address:
            yield name, address


def _answer(wire: Wire, address: str, asked: dict[str, float], clock: Clock) -> str:
    """Request an address; return "ok", "unsure", or the fault as the end of a sentence."""
    deadline = Deadline(WHOLE)
    url = _web(None, address)
    for _ in range(_REDIRECTS + 1):
        if url is None:
            return "with an invalid address"
        try:
            status, location = _asked(wire, url, asked, clock, deadline)
        except NotPublicError:
            return "from no public host"
        except (httpx.HTTPError, UnicodeError):
            return "unsure"
        if 300 <= status < 400 and location:
            url = _web(url, location)
            continue
        if status in _UNSURE:
            return "unsure"
        return "ok" if status < 400 else f"with status {status}"
    return "with too many redirects"


def _web(here: httpx.URL | None, address: str) -> httpx.URL | None:
    """Return an http(s) address, resolved against `here`; None for any other."""
    try:
        url = here.join(address) if here else httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return None
    return url if url.scheme in ("http", "https") and url.host else None


def _asked(
    wire: Wire, url: httpx.URL, asked: dict[str, float], clock: Clock, deadline: Deadline
) -> tuple[int, str]:
    """Return status and Location of a response. Its body is not read, cookies are not kept."""
    status, location = 0, ""
    for method in ("HEAD", "GET"):
        with deadline.stopped():
            _wait(url.host, asked, clock)
        request = httpx.Request(
            method,
            url,
            headers={"User-Agent": user_agent(None), "Accept": "*/*"},
            extensions={"timeout": httpx.Timeout(TIMEOUT).as_dict(), "deadline": deadline},
        )
        reply = wire.handle_request(request)
        reply.close()
        status, location = reply.status_code, reply.headers.get("location", "")
        if status not in (404, 405, 501):  # some servers don't support HEAD
            break
    return status, location


def _wait(host: str, asked: dict[str, float], clock: Clock) -> None:
    now = clock.monotonic()
    earliest = asked.get(host, now - PAUSE) + PAUSE
    if earliest > now:
        clock.sleep(earliest - now)
    asked[host] = clock.monotonic()


def _problem(one: Linked, severity: str, kind: str, message: str) -> Problem:
    return Problem(file=one.file, line=one.line, severity=severity, kind=kind, message=message)
