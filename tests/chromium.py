"""Makes sure that there is a Chromium for the browser tests: finds one, or installs Debian's.

    python tests/chromium.py

`executable()` is what the tests ask; it never installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """The path of a Chromium on this machine; None where there is none."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Install Chromium where it is missing, as root on a Debian machine; else say what to do."""
    if executable():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    if not executable():
        sys.exit(
            "The browser tests need Chromium. Install it (on Debian: apt install chromium), or "
            "say where it is: CHROMIUM=/path/to/chromium make test"
        )


if __name__ == "__main__":
    main()
