"""The stamp of the code that makes a site, on which whatever a build caches depends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import cache

from ..incremental.plan import fingerprint
from ..io.cache import code_fingerprint

# Libraries whose version can change a page's bytes.
_LIBRARIES = ("pelican", "markdown", "jinja2", "markupsafe", "nh3", "math-core", "lunr", "pyyaml",
              "tzdata")  # fmt: skip

_RECORD = re.compile(r"([^-]+)-([^-]+)\.dist-info\Z")
_DASHES = re.compile(r"[-_.]+")


@cache
def code_stamp() -> str:
    """Return a fingerprint of Broadsheet's code and of the libraries that it builds with."""
    return fingerprint(
        code_fingerprint(),
        [f"{name} {version}" for name, version in versions(_LIBRARIES, sys.path).items()],
        sys.version_info[:2],  # texts are cut by Python's Unicode tables
    )


def versions(libraries: Sequence[str], folders: Sequence[str]) -> dict[str, str]:
    """Return the versions of libraries by the names of the records that installers leave in the
    folders that modules are imported from: these are listed in a fifth of the time that it takes
    to import what reads them. It is asked of a library without a record, or with two in a folder.

    Raises PackageNotFoundError where there is none.
    """
    found: dict[str, str] = {}
    for folder in folders:
        own: dict[str, list[str]] = {}
        for name in _listed(folder):
            if match := _RECORD.match(name):
                own.setdefault(_DASHES.sub("-", match[1]).lower(), []).append(match[2])
        for name, known in own.items():
            found.setdefault(name, known[0] if len(known) == 1 else "")
    return {name: found.get(name) or _asked(name) for name in libraries}


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208  (every command waits for it)
    except OSError:
        return []


def _asked(name: str) -> str:
    from importlib.metadata import version

    return version(name)
