"""The requirement by which a digest installs Broadsheet: its version, with the hash of the wheel
where that can be known.

A wheel cannot hold its own hash. It is asked of the package index, through pip and with the user's
own settings for it, and believed only where the wheel that the index serves holds the very files
that are installed here: another package of the same name is never pinned.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

_NAME = "broadsheet"
_SECONDS = 60  # for pip


def version() -> str:
    """Return the version of the installed Broadsheet."""
    return metadata.version(_NAME)


def documentation() -> str:
    """Return the address of the documentation, without a slash at its end."""
    for entry in metadata.metadata(_NAME).get_all("Project-URL") or ():
        label, _, address = str(entry).partition(", ")
        if label == "Documentation":
            return address.rstrip("/")
    return ""


def requirement(digest: str | None) -> str:
    """Return the line of a requirements file; `digest` is the wheel's SHA-256, if known."""
    line = f"{_NAME}=={version()}"
    return line if digest is None else f"{line} --hash=sha256:{digest}"


def wheel_hash() -> str | None:
    """Return the SHA-256 of the installed release's wheel as the index serves it; None where
    Broadsheet runs from a checkout, pip or the index can't be asked, or the index serves other
    files than those that are installed."""
    here = _recorded(metadata.distribution(_NAME).read_text("RECORD") or "")
    if not here or _editable():
        return None
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        options = ["--no-deps", "--only-binary", ":all:", "--quiet", "--retries", "1"]
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input",
                   "download", *options, "--timeout", "15", "--dest", folder,
                   f"{_NAME}=={version()}"]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
            (wheel,) = Path(folder).glob("*.whl")
            return _matching(wheel.read_bytes(), here)
        except (OSError, subprocess.SubprocessError, ValueError, zipfile.BadZipFile):
            return None


def _matching(wheel: bytes, here: dict[str, str]) -> str | None:
    """Return the hash of a wheel if it holds the files that are installed, by their hashes."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".dist-info/RECORD")]
        served = _recorded(archive.read(name).decode("utf-8"))
    if not served or any(here.get(path) != digest for path, digest in served.items()):
        return None
    return hashlib.sha256(wheel).hexdigest()


def _recorded(record: str) -> dict[str, str]:
    """Return the hashes that a RECORD has of the package's files, by path."""
    return {
        row[0]: row[1]
        for row in csv.reader(record.splitlines())
        if len(row) >= 2 and row[0].startswith(f"{_NAME}/") and row[1].startswith("sha256=")
    }


def _editable() -> bool:
    """Return whether Broadsheet is installed as a link to a checkout."""
    try:
        data = json.loads(metadata.distribution(_NAME).read_text("direct_url.json") or "{}")
        return bool(data.get("dir_info", {}).get("editable"))
    except (ValueError, AttributeError):
        return False
