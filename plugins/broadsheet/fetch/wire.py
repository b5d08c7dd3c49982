"""An HTTP transport with one deadline a request that connects only to addresses it has checked.

httpx limits each single read, so a server that sends a byte at a time can hold it forever, and it
resolves a name again when it connects (DNS rebinding). Here a name is resolved once, its addresses
are checked, and the connection goes to one of them. TLS and the Host header still use the name.
"""

from __future__ import annotations

import logging
import select
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import httpcore
import httpx

from ..errors import FetchError, shown
from .hosts import Resolver, is_public, resolved, resolved_within


class NotPublicError(httpx.ConnectError):
    """A host has an address that is not of the public network; it was not connected to."""


class Deadline:
    """The time by which a request must be complete: DNS, connecting, TLS, headers, body, and
    redirects if it is passed on."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; 0 or less when it has passed."""
        return self._end - self._monotonic()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the deadline during our own waits."""
        begun = self._monotonic()
        try:
            yield
        finally:
            self._end += self._monotonic() - begun

    def at_most(self, timeout: float | None, error: type[Exception]) -> float:
        """Return the seconds that one step may take. Raises `error` where none are left."""
        left = self.left
        if left <= 0:
            raise error(f"took longer than {self.seconds:g} s")
        return left if timeout is None else min(left, timeout)


class Wire(httpx.BaseTransport):
    """Sends requests, one at a time.

    Each has `whole` seconds, or what is left of the Deadline in its extension "deadline". `public`
    refuses hosts that have any address outside the public network (NotPublicError), and goes by no
    proxy, since a proxy would look up the name anew. Without it the proxies that the environment
    names are used, if `proxies` says so.
    """

    def __init__(
        self,
        *,
        whole: float,
        public: bool = False,
        proxies: bool = False,
        resolve: Resolver = resolved,
    ) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # below it logs addresses, with keys
        self._whole = whole
        self._backend = _Backend(resolve, public)
        self._proxies = proxies and not public
        self._pools: dict[str | None, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; return the response once its headers have arrived."""
        deadline = request.extensions.get("deadline")
        self._backend.deadline = deadline or Deadline(self._whole)
        pool = self._pool(request.url)
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        with _as_httpx():
            answer = pool.handle_request(asked)
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_StreamedBody(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        proxy = _proxy_of(url) if self._proxies else None
        if proxy not in self._pools:
            self._pools[proxy] = self._made(proxy, _secure())
        return self._pools[proxy]

    def _made(self, proxy: str | None, secure: ssl.SSLContext) -> httpcore.ConnectionPool:
        if proxy is None:
            return httpcore.ConnectionPool(
                ssl_context=secure, max_connections=1, network_backend=self._backend
            )
        try:
            told = httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError("the environment names a proxy that is not an address") from error
        return httpcore.HTTPProxy(
            proxy_url=httpcore.URL(
                scheme=told.url.raw_scheme, host=told.url.raw_host, port=told.url.port, target=b"/"
            ),
            proxy_auth=told.raw_auth,
            ssl_context=secure,
            max_connections=1,
            network_backend=self._backend,
        )


@cache
def _secure() -> ssl.SSLContext:
    """Return what lines are secured by, made once in a process: to read all authorities takes as
    long as many an answer."""
    return httpx.create_ssl_context()


def _proxy_of(url: httpx.URL) -> str | None:
    """Return the proxy that the environment names for an address. Raises FetchError for one of a
    kind that is not supported."""
    known = urllib.request.getproxies()
    proxy = known.get(url.scheme) or known.get("all")
    if not proxy or urllib.request.proxy_bypass(url.host):
        return None
    if "://" in proxy and not proxy.lower().startswith(("http://", "https://")):
        kind = proxy.partition("://")[0]
        raise FetchError(f"the environment names a proxy of the kind {shown(kind)}; expected http")
    return proxy


class _Backend(httpcore.NetworkBackend):
    """Makes connections, each step of them under the deadline of the request at hand."""

    def __init__(self, resolve: Resolver, public: bool) -> None:
        self._resolve, self._public = resolve, public
        self.deadline = Deadline(0)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of a host's addresses, after checking all of them."""
        failure: Exception | None = None
        for address in self._checked(host, port, timeout):
            allowed = self.deadline.at_most(timeout, httpcore.ConnectTimeout)
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(allowed)
                # A number is connected to as it is: no name is looked up here.
                connection.connect((address, port))
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                connection.close()
                failure = error
                continue
            except BaseException:
                connection.close()
                raise
            return _Stream(connection, self)
        if isinstance(failure, TimeoutError):
            raise httpcore.ConnectTimeout(str(failure)) from failure
        raise httpcore.ConnectError(str(failure)) from failure

    def _checked(self, host: str, port: int, timeout: float | None) -> tuple[str, ...]:
        allowed = self.deadline.at_most(timeout, httpcore.ConnectTimeout)
        try:
            found = resolved_within(self._resolve, host, port, allowed)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        if not found:
            raise httpcore.ConnectError("the host has no address")
        if self._public and not all(is_public(address) for address in found):
            raise NotPublicError("the host has an address that is not public")
        return found


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is under the deadline of the request at hand."""

    def __init__(self, connection: socket.socket, backend: _Backend) -> None:
        self._socket, self._backend = connection, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        allowed = self._backend.deadline.at_most(timeout, httpcore.ReadTimeout)
        try:
            self._socket.settimeout(allowed)
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        try:
            while rest:
                allowed = self._backend.deadline.at_most(timeout, httpcore.WriteTimeout)
                self._socket.settimeout(allowed)
                rest = rest[self._socket.send(rest) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        if isinstance(self._socket, ssl.SSLSocket):
            self.close()
            raise httpcore.ConnectError("a proxy with https:// can't be asked for https pages")
        allowed = self._backend.deadline.at_most(timeout, httpcore.ConnectTimeout)
        try:
            self._socket.settimeout(allowed)
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from error
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        if info == "is_readable":  # whether an idle connection has been hung up
            with suppress(OSError, ValueError):
                return _readable(self._socket)
            return True
        return {"socket": self._socket}.get(info)


def _readable(connection: socket.socket) -> bool:
    if not hasattr(select, "poll"):  # on Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


class _StreamedBody(httpx.SyncByteStream):
    """An answer's body as it comes."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._parts

    def close(self) -> None:
        if hasattr(self._parts, "close"):
            self._parts.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Turn httpcore's exceptions into httpx's, which are called the same."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
