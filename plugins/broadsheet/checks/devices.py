"""Check names that become folders and files of the site: Windows keeps some for devices, so that
the site could neither be built nor unpacked there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import shown
from ..slugs import is_device
from .problem import WARNING, Problem

KIND = "device"


def problems(names: Iterable[tuple[str, int | None]], file: str, what: str) -> Iterator[Problem]:
    """Yield a warning for each of the names, given with their lines, that no Windows can hold.
    `what` says whose they are ("a paper's id"). A warning, since a published address stays."""
    for name, line in names:
        if is_device(name):
            yield Problem(
                file=file,
                line=line,
                severity=WARNING,
                kind=KIND,
                message=f"{shown(name)}: Windows keeps this name for a device, and can't hold "
                f"{what} of it; expected another, if it isn't published yet",
            )
