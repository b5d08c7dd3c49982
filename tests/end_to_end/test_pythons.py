"""The same two days as in test_github, installed as strangers install: by the real pip, from the
package index, all that is pinned by its hash; in each Python that is here."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mail.server import MailServer

from .listings import Listings
from .machine import Machine
from .test_github import Transcript, third_day, two_days


def python(release: str) -> str:
    """Return a Python of a release on this machine; "" where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(f"python{release}"), *map(str, pyenv.glob(f"{release}.*/bin/python"))]
    for one in filter(None, found):
        made = subprocess.run(
            [one, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.stdout.strip() == release:
            return one
    return ""


@pytest.mark.soak
@pytest.mark.parametrize("release", ["3.11", "3.12", "3.13", "3.14"])
def test_installed_from_the_index_by_hashes(
    release: str, tmp_path: Path, wheel: Path, listings: Listings, mail: MailServer
) -> None:
    found = python(release)
    if not found:
        pytest.skip(f"no Python {release} here")
    machine = Machine(tmp_path, wheel, python=found, server=listings.url)
    machine.set_up()
    machine.well(f"python -m pip install -q {wheel}", tmp_path)
    say = Transcript()
    try:
        hub = two_days(machine, listings, mail, say)
        third_day(hub, listings, mail, say)
    finally:
        print("\n".join(say.lines))
    assert machine.never_called()
