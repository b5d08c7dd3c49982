"""Puts what the site uses from npm into theme/static/js/vendor/: run by `make`, and by a wheel's
build where `make` has not run.

package-lock.json pins versions and hashes; `npm ci` refuses anything else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by `make`, not by a build
    BuildHookInterface = object

ROOT = Path(__file__).parent
VENDOR = ROOT / "theme" / "static" / "js" / "vendor"
FILES = {"lunr.js": "lunr/lunr.min.js"}


def put() -> None:
    """Install by package-lock.json, and copy the files that the site serves."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing: install Node.js, or run `make`, which brings one from PyPI")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, folder)
        command = [
            npm,
            "ci",
            "--omit=dev",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
        VENDOR.mkdir(parents=True, exist_ok=True)
        for target, source in FILES.items():
            made = VENDOR / f"{target}.new"
            shutil.copyfile(Path(folder) / "node_modules" / source, made)
            made.replace(VENDOR / target)


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc, valid-type]
    """Makes sure that a wheel carries the vendored files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not all((VENDOR / name).is_file() for name in FILES):
            put()


if __name__ == "__main__":
    put()
