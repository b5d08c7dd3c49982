"""The pinned requirement: a hash only of the wheel that is installed here."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from broadsheet.scaffold import pin

RECORD = "broadsheet/__init__.py,sha256=abc,12\nbroadsheet-1.dist-info/RECORD,,\n"
INSTALLED = RECORD + "broadsheet/__pycache__/__init__.pyc,,\n../../bin/broadsheet,sha256=xyz,3\n"


def wheel(record: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("broadsheet-1.dist-info/RECORD", record)
    return file.getvalue()


class Installed:
    """A stand-in for the installed distribution."""

    def __init__(self, **files: str) -> None:
        self.files = files
        self.version = "1"

    def read_text(self, name: str) -> str | None:
        return self.files.get(name.partition(".")[0])


def asked(monkeypatch: pytest.MonkeyPatch, served: bytes | None, **files: str) -> str | None:
    """The hash that is found where pip serves a wheel."""

    def run(command: list[str], **_: Any) -> None:
        assert command[1:3] == ["-m", "pip"]
        if served is None:
            raise subprocess.CalledProcessError(1, command)
        Path(command[command.index("--dest") + 1], "broadsheet-1-py3-none-any.whl").write_bytes(
            served
        )

    monkeypatch.setattr(pin.subprocess, "run", run)
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(**files))
    return pin.wheel_hash()


def test_the_wheel_that_is_installed_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    data = wheel(RECORD)
    assert asked(monkeypatch, data, RECORD=INSTALLED) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("served", "files"),
    [
        (wheel(RECORD.replace("abc", "evil")), {"RECORD": INSTALLED}),
        (wheel(RECORD + "broadsheet/more.py,sha256=def,1\n"), {"RECORD": INSTALLED}),
        (wheel(""), {"RECORD": INSTALLED}),
        (b"no zip", {"RECORD": INSTALLED}),
        (None, {"RECORD": INSTALLED}),
        (wheel(RECORD), {}),
        (wheel(RECORD), {"RECORD": INSTALLED, "direct_url": '{"dir_info": {"editable": true}}'}),
    ],
)
def test_no_other_wheel_is(
    monkeypatch: pytest.MonkeyPatch, served: bytes | None, files: dict[str, str]
) -> None:
    assert asked(monkeypatch, served, **files) is None


def test_the_requirement_names_the_version() -> None:
    assert pin.requirement(None) == f"broadsheet=={pin.version()}"
    assert pin.requirement("ab").endswith(" --hash=sha256:ab")
    assert pin.documentation().startswith("https://")
