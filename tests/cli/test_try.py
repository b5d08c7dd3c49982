"""`broadsheet try`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli.try_ import try_
from broadsheet.errors import ContentError
from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path / "digest")
    made.write("content/subscriptions/steps.yml", "title: Steps\nwords: step* pixels\n")
    monkeypatch.chdir(made.folder)
    return made


def test_it_lists_what_matches_newest_first_and_why(digest: Digest) -> None:
    lines = CliRunner().invoke(try_, ["steps"]).output.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "2025-08-08 pixels-of-a-feather  Pixels of a feather",
        "2025-08-07 steps-that-shrink  Steps that shrink: a study of ε-decay",
        "2 papers match Steps",
    ]
    assert "    pixel: title, abstract" in lines
    assert "    step: title, abstract" in lines


def test_it_stops_at_the_limit_and_reads_any_file(digest: Digest) -> None:
    digest.write("mine.yml", "title: Mine\ntags: [sgd, sgd]\n")
    assert "2 papers match Mine" in CliRunner().invoke(try_, ["mine.yml"]).output
    assert "and more" in CliRunner().invoke(try_, ["mine.yml", "--limit", "1"]).output


def test_an_unknown_name_is_answered_with_the_known(digest: Digest) -> None:
    error = CliRunner().invoke(try_, ["stepz"]).exception
    assert isinstance(error, ContentError)
    assert "expected steps in" in str(error)


def test_plain_words_are_matched_and_explained_too(digest: Digest) -> None:
    digest.write("mine.yml", "title: Mine\nall: shrink-step\n")
    lines = CliRunner().invoke(try_, ["mine.yml"]).output.splitlines()
    assert lines[-1] == "1 paper matches Mine"
    assert "    shrink: title" in "\n".join(lines)
