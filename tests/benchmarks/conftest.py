"""The benchmarks as modules: they are scripts that import one another by name."""

from __future__ import annotations

import sys

from tests.digests import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
