"""`broadsheet search`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from tests.digests import Digest


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    made = Digest(tmp_path_factory.mktemp("search") / "digest")
    built = made.run("broadsheet", "build")
    assert built.code == 0, built.err
    return made


@pytest.fixture(autouse=True)
def _there(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(digest.folder)


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words])


def test_it_lists_what_is_found_in_the_built_site() -> None:
    assert ran("steps", "shrink").output.splitlines() == [
        "1 paper",
        "2025-08-07  Steps that shrink: a study of ε-decay",
        "            papers/steps-that-shrink/",
    ]


def test_content_answers_as_the_built_site_does() -> None:
    for words in (["pixels", "steps"], ["stps", "shrink"], ["2025"], ["--", "-pixels"]):
        asked = ["--json", "--order", "newest"]
        published = ran(*asked, *words).output
        assert json.loads(published)["papers"] or json.loads(published)["some"]
        assert ran(*asked, "--content", *words).output == published


def test_json_tells_what_was_found_and_meant() -> None:
    found = json.loads(ran("--json", "--limit", "1", "shrink", "qqqqqq").output)
    assert (found["total"], found["papers"], found["some_total"]) == (0, [], 1)
    assert found["nowhere"] == ["qqqqqq"]
    (paper,) = found["some"]
    assert paper["url"] == "papers/steps-that-shrink/"
    assert paper["date"] == "2025-08-07"
    found = json.loads(ran("--json", "arXiv:2401.99999").output)
    assert found["identifier"] == "arxiv:2401.99999"


def test_nothing_found_is_told_in_words() -> None:
    assert "no paper has the identifier arxiv:2401.99999" in ran("2401.99999").output
    assert "rarer" in ran("of", "the").output
    assert "nowhere: qqqqqq" in ran("qqqqqq").output


def test_errors_are_one_line(tmp_path: Path) -> None:
    for words in (["since:soon"], ["--output", str(tmp_path), "steps"]):
        result = ran(*words)
        assert result.exit_code == 1
        assert result.output.startswith("error: ")
        assert result.output.count("\n") == 1
