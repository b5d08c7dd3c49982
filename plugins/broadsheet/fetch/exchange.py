"""One request that hands something over to a server, and its answer, over `wire`.

Unlike the listings' client, which may ask again as it likes, this says of each failure whether the
server may have taken what was sent. Redirects are never followed: a key goes to the host that was
named and to no other. No message holds an address's path, a header or a body, where keys stand.
"""

from __future__ import annotations

import json

import httpx

from ..errors import FetchError
from .body import BodyError, decoded
from .client import user_agent
from .dispatch import Dispatch, Receipt, host_of
from .wire import Deadline, Wire

LARGEST = 1_000_000
"""Bytes of an answer at most, before and after decompression."""


class NotSentError(FetchError):
    """The server can't be reached: it certainly has nothing of the request."""


class LostError(FetchError):
    """The answer is missing or broken: the server may have carried out the request."""


class Exchange:
    """Sends requests, one at a time, each within `seconds` from looking up its host to the last
    byte of the answer. Use as a context manager."""

    def __init__(self, *, seconds: float, size: int = LARGEST) -> None:
        self._seconds, self._size = seconds, size
        self._http = httpx.Client(
            headers={
                "User-Agent": user_agent(None),
                "Accept": "application/json, */*;q=0.1",
                "Accept-Encoding": "gzip",
                "Connection": "close",  # one kept open may break under the next request
            },
            timeout=httpx.Timeout(seconds),
            transport=Wire(whole=seconds, proxies=True),
            follow_redirects=False,
        )

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, dispatch: Dispatch, seconds: float | None = None) -> Receipt:
        """Return the answer to a request, within fewer `seconds` where they are given. Raises
        NotSentError and LostError."""
        host = host_of(dispatch.url)
        whole = self._seconds if seconds is None else min(seconds, self._seconds)
        deadline = Deadline(whole)
        content = None if dispatch.body is None else json.dumps(dispatch.body).encode()
        headers = dict(dispatch.headers)
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            with self._http.stream(
                "GET" if content is None else "POST",
                dispatch.url,
                content=content,
                headers=headers,
                extensions={"deadline": deadline},
            ) as response:
                encoding = response.headers.get("Content-Encoding", "")
                return Receipt(
                    status=response.status_code,
                    data=decoded(response.iter_raw(), encoding, self._size),
                    retry_after=response.headers.get("Retry-After"),
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise NotSentError(f"{host} can't be reached ({type(error).__name__})") from None
        except httpx.TimeoutException:
            raise LostError(f"the answer of {host} took longer than {whole:g} s") from None
        except BodyError as error:
            raise LostError(f"the answer of {host} can't be read: {error}") from None
        except httpx.TransportError as error:
            raise LostError(f"the answer of {host} is broken ({type(error).__name__})") from None
