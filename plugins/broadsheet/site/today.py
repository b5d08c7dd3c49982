"""The last day that is published: the one input of a build that is not content or a setting.

A page ahead of its day waits for it. So that a build can be repeated, the day can be given: by
`--until`, by the setting BROADSHEET_UNTIL, or by the environment's SOURCE_DATE_EPOCH
(reproducible-builds.org); else it is this machine's, the later of the days in the digest's time
zone and in UTC: listings name their days by UTC, and one that came in is not to wait. Pages don't
depend on it but on the days that it lets through.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ..errors import SettingsError, shown

if TYPE_CHECKING:
    from ..io.settings import Settings

EPOCH = "SOURCE_DATE_EPOCH"


def last_day(
    settings: Settings,
    asked: date | None = None,
    environment: Mapping[str, str] | None = None,
) -> date:
    """Return the last day that is published; `asked` is the command's, which counts first. Raises
    SettingsError for a SOURCE_DATE_EPOCH that is no time."""
    if asked or settings.until:
        return asked or settings.until  # type: ignore[return-value]
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.timezone)
    epoch = (os.environ if environment is None else environment).get(EPOCH)
    try:
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
        return max(now.date(), now.astimezone(zone).date())
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f"{EPOCH} = {shown(str(epoch))}: expected seconds since 1970"
        ) from error
