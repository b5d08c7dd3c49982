"""Makes sure that there is a Chromium for the browser tests: finds one, or installs Debian's.

    python -m tests.chromium

`executable()` is what the tests ask; it never installs. The headless shell is the same engine
without the browser around it, and opens a page in a fifth of the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGES = ("chromium-headless-shell", "chromium")  # of which older systems have the second only


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
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        for package in PACKAGES:
            if subprocess.run([*install, package], check=False, **quiet).returncode == 0:
                break
    if not executable():
        sys.exit(
            "The browser tests need Chromium. Install it (on Debian: apt install chromium), or "
            "say where it is: CHROMIUM=/path/to/chromium make test"
        )


if __name__ == "__main__":
    main()
