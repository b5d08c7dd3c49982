"""Shared by the commands that take a secret: whether they may run on this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..errors import SettingsError


def refuse_public_runner(
    environment: Mapping[str, str], nothing: str, secret: str, page: str
) -> None:
    """Raise SettingsError where strangers may run programs on this machine. `nothing` says what is
    not done, `secret` what they could read, `page` where more is told."""
    from ..io.files import read_regular
    from ..mail.runner import refusal

    try:
        event = json.loads(read_regular(environment.get("GITHUB_EVENT_PATH", "")))
    except (OSError, ValueError, RecursionError):
        event = None
    reason = refusal(environment, event if isinstance(event, dict) else None, secret)
    if reason is not None:
        raise SettingsError(
            f"{nothing} from here: {reason}; expected a private repository, or a machine of "
            f"your own that runs no jobs ({page}; --allow-public-runner goes on nevertheless)"
        )
