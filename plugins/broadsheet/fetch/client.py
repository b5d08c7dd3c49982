"""Polite HTTP requests for listings, over `wire`.

One deadline for all of an answer, bounded answers, retries with back-off that obey Retry-After,
conditional requests, redirects to the same host only, never more than one request at a time, and a
name to be known by. `ask` judges what comes; nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from importlib import metadata

import httpx

from ..errors import FetchError, shown
from .answer import FetchedAnswer, judge, plain
from .body import BodyError, decoded
from .context import Context
from .hosts import is_loopback
from .limits import HostPolicy
from .request import Request, file_name
from .retry import PASSING_STATUSES, back_off, retry_after
from .state import FetchState, Validators
from .wire import Deadline, Wire

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTACT = re.compile(r"(?:https?://|mailto:)?[A-Za-z0-9][^\s()<>\"\\;,]{2,200}", re.A)
_LONGEST_NAMED = 120  # characters of an address in a message
_LONGEST_ASKED = timedelta(days=1)  # by Retry-After; more is taken for this much


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A server's answer: its body, what that is worth, and what to ask with next time.

    `data` and `answer` are None where nothing was modified.
    """

    data: bytes | None
    captured: datetime
    answer: FetchedAnswer | None = None
    validators: Validators | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole answer to a request, even if it has no papers."""

    data: bytes
    answer: FetchedAnswer
    captured: datetime
    validators: Validators | None = None


class UnavailableError(FetchError):
    """A server doesn't answer or refuses requests for now: further requests would fail, too."""


class AbsentError(FetchError):
    """The server has nothing at the address (404 or 410)."""


class _PassingError(Exception):
    """An attempt failed for a reason that may be temporary; `wait` is Retry-After's, in seconds."""

    def __init__(self, reason: str, *, wait: float | None = None, server: bool = True) -> None:
        super().__init__(reason)
        self.wait = wait
        self.server = server  # it is the server that fails, not this one answer


def user_agent(contact: str | None) -> str:
    """Return the User-Agent header: name, version and whom to write to.

    `contact` is a web address or a mail address; without one, the project's own home page is
    named where the package knows it. Raises FetchError for a contact that is neither.
    """
    try:
        version = metadata.version("broadsheet")
        urls = metadata.metadata("broadsheet").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        version, urls = "0", []
    if contact is None:
        contact = next((url.partition(",")[2].strip() for url in urls), None)
    elif not contact.isascii() or not _CONTACT.fullmatch(contact) or not set("@/") & set(contact):
        raise FetchError(f"{shown(contact)} is not a contact: expected a web or a mail address")
    return f"broadsheet/{version}" + (f" (+{contact})" if contact else "")


class Client:
    """Asks servers, one request at a time. Use as a context manager."""

    def __init__(self, context: Context, state: FetchState) -> None:
        self._state = state
        self._clock = context.clock
        self._limits = context.limits
        self._progress = context.progress
        self._read = context.read
        self._http = httpx.Client(
            headers={
                "User-Agent": user_agent(context.contact),
                "Accept": "application/json, application/atom+xml, application/rss+xml, "
                "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            transport=Wire(whole=self._limits.whole, proxies=True),
            follow_redirects=False,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Tell no waits meanwhile: what fails in the end is told."""
        progress, self._progress = self._progress, lambda message: None
        try:
            yield
        finally:
            self._progress = progress

    def ask(self, request: Request, policy: HostPolicy) -> Whole:
        """Return the whole answer to a request. Raises FetchError where there is none, AbsentError
        and UnavailableError among them."""
        whole = self.ask_again(request, policy, None)
        if whole is None:
            raise FetchError("the server says that nothing changed, unasked", file=request.url)
        return whole

    def ask_again(
        self, request: Request, policy: HostPolicy, validators: Validators | None
    ) -> Whole | None:
        """Return the same; None where nothing was modified since an answer with these validators
        came."""
        reply = self.get(request.url, policy, partial(self.judge, request), validators)
        if reply.data is None or reply.answer is None:
            return None
        if not reply.answer.whole:
            raise FetchError(f"the answer can't be used: {reply.answer.reason}", file=request.url)
        return Whole(
            data=reply.data,
            answer=reply.answer,
            captured=reply.captured,
            validators=reply.validators,
        )

    def judge(self, request: Request, data: bytes) -> FetchedAnswer:
        """Return what an answer to a request is worth."""
        day = None if request.says_day else request.day
        name = file_name(request, day, self._clock.now(), request.extension_of(data))
        return judge(data, request, name, self._read)

    def get(
        self,
        url: str,
        policy: HostPolicy,
        judge: Callable[[bytes], FetchedAnswer],
        validators: Validators | None = None,
    ) -> Reply:
        """Return the answer at `url`.

        With validators of an earlier answer it may be "not modified". An answer that may be
        better when asked for again, as `judge` says, is asked for again; when the tries are used
        up, the last answer is given as it is. Raises FetchError, and
        UnavailableError where the server itself is the trouble.
        """
        _check_url(url)
        headers = {} if validators is None else validators.headers()
        for attempt in range(1, self._limits.attempts + 1):
            last = attempt == self._limits.attempts
            try:
                reply = self._follow(url, policy, headers)
                if reply.data is None:
                    return reply
                answer = judge(reply.data)
                if last or not answer.passing:
                    return replace(reply, answer=answer)
                trouble = _PassingError(f"the answer can't be used: {answer.reason}", server=False)
            except _PassingError as passing:
                trouble = passing
                self._respect_wait(url, policy, trouble)
                if last:
                    kind = UnavailableError if trouble.server else FetchError
                    raise kind(f"{trouble}, in {_times(attempt)}", file=_named(url)) from passing
            wait = back_off(attempt, self._limits.first_wait, self._limits.longest_wait)
            wait = max(wait, trouble.wait or 0.0)
            self._progress(f"{_named(url)}: {trouble}; trying again in {wait:g} s")
            self._state.wait_until(policy.name, self._clock.now() + timedelta(seconds=wait))
        raise AssertionError("unreachable: the last try returns or raises")

    def _respect_wait(self, url: str, policy: HostPolicy, trouble: _PassingError) -> None:
        """Remember a wait that the server asks for; give up on one that is too long."""
        if trouble.wait is None:
            return
        moment = self._clock.now() + min(timedelta(seconds=trouble.wait), _LONGEST_ASKED)
        self._state.wait_until(policy.name, moment)
        if trouble.wait > self._limits.longest_wait:
            when = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
            raise UnavailableError(
                f"{trouble}; the server asks to be left alone for {trouble.wait:.0f} s, "
                f"until {when}, longer than the {self._limits.longest_wait:.0f} s that are waited",
                file=_named(url),
            )

    def _wait_for_turn(self, url: str, policy: HostPolicy) -> None:
        moment = self._state.not_before(policy.name)
        if moment is None:
            return
        ahead = moment - self._clock.now()
        if ahead > _LONGEST_ASKED:  # only a clock that was set back explains this
            self._state.forget_wait(policy.name)
            return
        seconds = ahead / timedelta(seconds=1)
        if seconds > self._limits.longest_wait:
            raise UnavailableError(
                "the server asked not to be asked before "
                f"{moment:%Y-%m-%d %H:%M:%S} UTC, in {seconds:.0f} s",
                file=_named(url),
            )
        if seconds > 0:
            self._clock.sleep(seconds)

    def _follow(self, url: str, policy: HostPolicy, headers: dict[str, str]) -> Reply:
        """Make one attempt: the request, and those that redirects lead to."""
        here = httpx.URL(url)
        deadline = Deadline(self._limits.whole, self._clock.monotonic)
        for _ in range(self._limits.redirects + 1):
            with deadline.stopped():
                self._wait_for_turn(url, policy)
            try:
                reply = self._once(here, headers, deadline)
            finally:
                moment = self._clock.now() + timedelta(seconds=policy.pause)
                self._state.wait_until(policy.name, moment)
            if isinstance(reply, Reply):
                return reply
            here = _redirected(here, reply)
        raise FetchError(f"redirects more than {self._limits.redirects} times", file=_named(url))

    def _once(self, url: httpx.URL, headers: dict[str, str], deadline: Deadline) -> Reply | str:
        """Send one request; return the reply, or the Location of a redirect."""
        under = {"deadline": deadline}
        try:
            with self._http.stream("GET", url, headers=headers, extensions=under) as response:
                status = response.status_code
                if status in _REDIRECTS:
                    return str(response.headers.get("Location", ""))
                if status == 304 and headers:
                    return Reply(data=None, captured=self._clock.now())
                if status != 200:
                    raise self._refused(url, response)
                data = decoded(
                    response.iter_raw(),
                    response.headers.get("Content-Encoding", ""),
                    self._limits.size,
                )
                return Reply(
                    data=data,
                    captured=self._clock.now(),
                    validators=_validators(response),
                )
        except BodyError as error:
            if error.again:
                raise _PassingError(str(error), server=False) from error
            raise FetchError(f"{error}, the most that is taken", file=_named(url)) from error
        except httpx.TimeoutException as error:
            if deadline.left <= 0:
                message = f"the answer took longer than {deadline.seconds:g} s"
                raise _PassingError(message) from error
            raise _PassingError("the server took too long") from error
        except httpx.RemoteProtocolError as error:
            raise _PassingError(f"the answer is broken ({plain(str(error))})") from error
        except httpx.TransportError as error:
            message = plain(str(error)) or type(error).__name__
            raise _PassingError(f"the server can't be reached ({message})") from error

    def _refused(self, url: httpx.URL, response: httpx.Response) -> Exception:
        status = f"the server answers {response.status_code} {plain(response.reason_phrase, 60)}"
        if response.status_code not in PASSING_STATUSES:
            kind = _KINDS.get(response.status_code, FetchError)
            return kind(f"{status.strip()}, expected 200", file=_named(url))
        wait = retry_after(response.headers.get("Retry-After"), self._clock.now())
        return _PassingError(status.strip(), wait=wait)


_KINDS: dict[int, type[FetchError]] = {
    401: UnavailableError, 403: UnavailableError, 404: AbsentError, 410: AbsentError,
}  # fmt: skip


def _check_url(url: str) -> httpx.URL:
    """Raise FetchError unless `url` is https, or http to this very machine."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{shown(plain(url))} is not an address") from error
    if parsed.userinfo:
        raise FetchError(f"{shown(plain(parsed.host))} is asked for with a password in its address")
    secure = parsed.scheme == "https" and parsed.host
    if not secure and not (parsed.scheme == "http" and is_loopback(parsed.host)):
        raise FetchError(f"{shown(plain(url))} isn't safe to ask: expected an https address")
    return parsed


def _redirected(here: httpx.URL, location: str) -> httpx.URL:
    """Return where a redirect leads. Raises FetchError unless it stays with the same server,
    encrypted if `here` is."""
    message = f"redirects to {shown(plain(location))}, expected to stay on {here.host}"
    try:
        there = here.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(message, file=_named(here)) from error
    same = (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)
    if not location or not same or there.userinfo:
        raise FetchError(message, file=_named(here))
    return there


def _validators(response: httpx.Response) -> Validators | None:
    etag, moment = _header(response, "ETag"), _header(response, "Last-Modified")
    return Validators(etag, moment) if etag or moment else None


def _header(response: httpx.Response, name: str) -> str | None:
    """Return a header to send back next time: only if short and printable."""
    value: str | None = response.headers.get(name)
    if value is None or not value.isascii() or not value.isprintable() or len(value) > 300:
        return None
    return value


def _named(url: object) -> str:
    """Return an address for a message: one that asks for a hundred papers is cut."""
    text = str(url)
    return text if len(text) <= _LONGEST_NAMED else f"{text[: _LONGEST_NAMED - 1]}…"


def _times(attempt: int) -> str:
    return "one try" if attempt == 1 else f"{attempt} tries"
