"""`broadsheet build --profile FILE`: where the time went."""

from __future__ import annotations

import json

import pytest

from tests.digests import Digest, numbers


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_profile_tells_what_each_kind_of_page_took(
    digest: Digest, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.incremental.writer._WORTH_SHARING", 0)
    made = digest.command("build", "--profile", "profile.json", "--jobs", jobs)
    told = json.loads(digest.read("profile.json"))
    line = numbers(made.out)
    assert (told["papers"], told["files"]) == (line["papers"], line["files"])
    kinds = {row["kind"]: row for row in told["kinds"]}
    assert sum(row["files"] for row in kinds.values()) == line["files"]
    assert kinds["papers"]["targets"] == 2  # a day's
    assert kinds["papers"]["seconds"] > 0
    assert 0 < told["reading"] < told["seconds"]
    seconds = [row["seconds"] for row in told["kinds"]]
    assert seconds == sorted(seconds, reverse=True)
    digest.command("build", "--profile", "profile.json")
    assert json.loads(digest.read("profile.json"))["kinds"] == []
    assert "2508.00001" not in digest.read("profile.json")


def test_a_profile_that_cannot_be_written_is_told_in_one_line(digest: Digest) -> None:
    digest.write("file", "")
    made = digest.command("build", "--profile", "file/profile.json")
    assert made.code == 1
    assert made.err.startswith("error: ")
    assert "file/profile.json: can't be written" in made.err
