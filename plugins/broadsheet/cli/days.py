"""Days as options and arguments give them, for all commands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from ..errors import shown


class _Day(click.ParamType):  # type: ignore[type-arg]  # not generic before click 8.4
    """A day such as 2025-12-01, as a `date`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"found {shown(value)}, expected a day such as 2025-12-01", param, ctx)


DAY = _Day()
"""The type of an option or argument that is a day."""
