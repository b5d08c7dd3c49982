"""A settings file is run, and leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from broadsheet.io import settings_file


def test_settings_leave_nothing_beside_them_and_are_never_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "pelicanconf.py"
    for name in ("One", "Two", "Six"):  # of one length, within a second
        file.write_text(f"SITENAME = {name!r}\n", "utf-8")
        assert settings_file.read(file)["SITENAME"] == name
    assert settings_file.read(file, {"SITENAME": "Ours"})["SITENAME"] == "Ours"
    assert list(tmp_path.iterdir()) == [file]
    assert not sys.dont_write_bytecode


def test_what_a_file_raises_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "pelicanconf.py"
    file.write_text("1 / 0\n", "utf-8")
    with pytest.raises(ZeroDivisionError):
        settings_file.read(file)
    assert not sys.dont_write_bytecode
