"""WebSub (https://www.w3.org/TR/websub/): telling a hub which feeds have changed, so that their
subscribers hear at once.

WebSub leaves publishing to the hub; this is PubSubHubbub 0.4's form, `hub.mode=publish` with each
feed as `hub.url`, which hubs accept. The only module of feeds/ that connects to a server.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx

from ..errors import FetchError, shown
from ..io.files import read_regular
from .source import ALL

BATCH = 20
"""The most feeds in one request."""
TRIES = 4
"""The most requests for a batch while the hub is busy."""


def current(output: Path) -> dict[str, str]:
    """Return the feeds that readers subscribe to in a built site: addresses below the site's root,
    each with a hash of its bytes. Archive documents are left out."""
    hashes = {}
    for path in sorted((output / "feeds").rglob("*")):
        if path.is_file() and _is_feed(path):
            data = read_regular(path)
            hashes[path.relative_to(output).as_posix()] = hashlib.sha256(data).hexdigest()
    return hashes


def _is_feed(path: Path) -> bool:
    """Return whether a file is a feed that readers subscribe to, and no archive document."""
    return path.parent.name != ALL and path.name.endswith((".rss.xml", ".json", ".atom.xml"))


def changed(now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """Return the feeds that are new or have another hash than before."""
    return [path for path, sha256 in now.items() if before.get(path) != sha256]


def ping(
    hub: str,
    addresses: Sequence[str],
    *,
    client: httpx.Client,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Tell a hub that feeds (absolute addresses) have changed.

    Raises FetchError where the hub doesn't accept it, after `TRIES` requests while it is busy. The
    body of its response isn't read, and redirects aren't followed.
    """
    for start in range(0, len(addresses), BATCH):
        batch = list(addresses[start : start + BATCH])
        _post(hub, {"hub.mode": "publish", "hub.url": batch}, client, sleep)


def _post(
    hub: str,
    form: Mapping[str, str | list[str]],
    client: httpx.Client,
    sleep: Callable[[float], None],
) -> None:
    message = "no answer"
    for attempt in range(TRIES):
        if attempt:
            sleep(2.0**attempt)
        try:
            with client.stream("POST", hub, data=dict(form), follow_redirects=False) as answer:
                pass
        except httpx.TransportError as error:
            message = type(error).__name__
            continue
        if answer.is_success:
            return
        message = f"{answer.status_code} {shown(answer.reason_phrase)}"
        if answer.has_redirect_location:
            message += f", and redirects to {shown(answer.headers['Location'])}"
        if answer.status_code != 429 and answer.status_code < 500:
            break
        wait = answer.headers.get("Retry-After", "")
        if wait.isascii() and wait.isdigit() and attempt + 1 < TRIES:
            sleep(min(float(wait), 120.0))
    raise FetchError(f"the hub {hub} does not accept the update: {message}; expected status 204")
