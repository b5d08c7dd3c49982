"""The audit's answers: unsafe releases fail; a database out of reach only where it must not be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import audit
from tests.digests import ROOT

SAFE = {"name": "one", "version": "1.0", "vulns": []}
UNSAFE = {"name": "two", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}


@pytest.mark.parametrize("must", [False, True])
def test_unsafe_releases_are_named(must: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.judged(json.dumps({"dependencies": [SAFE]}), "", must) == 0
    assert audit.judged(json.dumps({"dependencies": [SAFE, UNSAFE]}), "", must) == 1
    assert "two 2.0: X-1, mended in 2.1" in capsys.readouterr().out


@pytest.mark.parametrize("report", [None, "", "[]", "no JSON"])
def test_what_cannot_be_asked_is_said_and_fails_only_where_it_must(
    report: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    trouble = "Traceback ...\nConnectionError: no route to host\n"
    assert audit.judged(report, trouble, False) == 0
    assert audit.judged(report, trouble, True) == 1
    assert "Nothing was audited: ConnectionError: no route" in capsys.readouterr().err


def test_without_pip_audit_nothing_is_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(folder: Path) -> list[str]:
        raise OSError

    monkeypatch.setattr(audit, "installed", none)
    assert audit.main([]) == 0
    assert audit.main(["--must"]) == 1
    assert "pip-audit can't be had" in capsys.readouterr().err


def test_nothing_in_tests_is_run_by_its_path() -> None:
    """Python would look there first for what it imports, and tests/locale is not the library's."""
    commands = (ROOT / "Makefile", *sorted((ROOT / ".github/workflows").glob("*.yml")))
    run = re.compile(r"python\S*(?: -\w+)* tests/\S+\.py")
    assert [found[0] for file in commands for found in run.finditer(file.read_text("utf-8"))] == []
    assert "python -m tests.audit" in (ROOT / "Makefile").read_text("utf-8")
