"""The stamp of the code that makes a site, on which whatever a build caches depends."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version

from ..incremental.plan import fingerprint
from ..io.cache import code_fingerprint

# Libraries whose version can change a page's bytes.
_LIBRARIES = ("pelican", "markdown", "jinja2", "markupsafe", "nh3", "math-core", "lunr", "pyyaml",
              "tzdata")  # fmt: skip


@cache
def code_stamp() -> str:
    """Return a fingerprint of Broadsheet's code and of the libraries that it builds with."""
    return fingerprint(
        code_fingerprint(),
        [f"{name} {version(name)}" for name in _LIBRARIES],
        sys.version_info[:2],  # texts are cut by Python's Unicode tables
    )
