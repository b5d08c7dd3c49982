"""WebSub: telling a hub which feeds are new, so that followers hear at once.

Publishing is `hub.mode=publish` with each feed as `hub.url`, the way that hubs have taken since
PubSubHubbub 0.4 (WebSub itself, https://www.w3.org/TR/websub/, leaves it to the hub). The one
module of feeds that talks to a server.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx

from ..errors import FetchError, shown

BATCH = 20  # feeds in one request
TRIES = 4
_ARCHIVED = ".atom.xml"


def current(output: Path) -> dict[str, str]:
    """The feeds that people follow in a built site: their addresses below the site's root, with a
    hash of each. Archived documents are none of them."""
    found = {}
    for path in sorted((output / "feeds").rglob("*")):
        if path.is_file() and _is_feed(path):
            data = path.read_bytes()
            found[path.relative_to(output).as_posix()] = hashlib.sha256(data).hexdigest()
    return found


def _is_feed(path: Path) -> bool:
    """An archived document has an Atom file, and neither of the other two."""
    if path.name.endswith(_ARCHIVED):
        return path.with_name(path.name.removesuffix(_ARCHIVED) + ".rss.xml").exists()
    return path.name.endswith((".rss.xml", ".json"))


def changed(now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """The feeds that are new or other than before."""
    return [path for path, found in now.items() if before.get(path) != found]


def ping(
    hub: str,
    addresses: Sequence[str],
    *,
    client: httpx.Client,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Tell a hub that feeds (absolute addresses) have changed.

    Raises FetchError where it doesn't take it, after trying again while it is busy. What else it
    says isn't read, and it isn't followed to another place.
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
    said = "no answer"
    for attempt in range(TRIES):
        if attempt:
            sleep(2.0**attempt)
        try:
            with client.stream("POST", hub, data=dict(form), follow_redirects=False) as answer:
                pass
        except httpx.TransportError as error:
            said = type(error).__name__
            continue
        if answer.is_success:
            return
        said = f"{answer.status_code} {shown(answer.reason_phrase)}"
        if answer.has_redirect_location:
            said += f", and redirects to {shown(answer.headers['Location'])}"
        if answer.status_code != 429 and answer.status_code < 500:
            break
        wait = answer.headers.get("Retry-After", "")
        if wait.isascii() and wait.isdigit() and attempt + 1 < TRIES:
            sleep(min(float(wait), 120.0))
    raise FetchError(f"the hub {hub} takes no news of feeds: {said}; expected 204 or the like")
