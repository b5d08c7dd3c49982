"""Asks GitHub's API through `gh`, which has the user's own rights, and whether a site answers."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from ..errors import FetchError

_SECONDS = 30


def github(path: str) -> Any:
    """Return the JSON of a path of GitHub's API; None where there is nothing, or nothing that the
    user may see. Raises FetchError without `gh`, a login or a network."""
    try:
        done = subprocess.run(
            ["gh", "api", path],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise FetchError("`gh` is not installed (cli.github.com)") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise FetchError(f"`gh` gave no answer: {type(error).__name__}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        if "HTTP 404" in done.stderr or "HTTP 403" in done.stderr:
            return None
        raise FetchError(f"`gh` gave no answer: {last[:200]}")
    try:
        return json.loads(done.stdout)
    except (ValueError, RecursionError) as error:
        raise FetchError("`gh` answered with no JSON") from error


def answers(url: str) -> str | None:
    """Return why a site does not answer at an address; None where it does."""
    import httpx

    from ..fetch.wire import Wire

    try:
        with httpx.Client(
            timeout=_SECONDS, transport=Wire(whole=_SECONDS, proxies=True), follow_redirects=True
        ) as client:
            status = client.get(url).status_code
    except (httpx.HTTPError, FetchError) as error:
        return f"{type(error).__name__}: {error}"[:200]
    return None if status < 400 else f"it answers with {status}"
