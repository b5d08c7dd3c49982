"""Renaming a tag everywhere, and adding a note: on a real folder, and seen by followers."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import main
from broadsheet.content.pages import parse
from tests.digests import Digest

PAGE = "content/2025/08/07/optimization.md"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    made = Digest(tmp_path)
    made.write("content/2025/08/08/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")
    made.write("content/subscriptions/steps.yml", "title: Steps\ntags: [sgd]  # a comment\n")
    monkeypatch.chdir(tmp_path)
    return made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def test_a_renamed_tag_is_renamed_in_the_rules_and_in_what_waits(digest: Digest) -> None:
    rules = "include:\n- tags: [sgd]  # mine\n- words: sgd\nexclude:\n  tags: sgd\n"
    digest.write("content/intake.yml", rules)
    waiting = digest.read(PAGE).replace("topic: optimization", "topic: waiting", 1)
    waiting = waiting.replace("steps-that-shrink", "other-steps").replace(
        "2508.00001", "2508.00009"
    )
    digest.write("content/2025/08/07/waiting.md", waiting)
    assert "in 4 papers" in run("retag", "--rename", "sgd", "descent").output
    assert digest.read("content/intake.yml") == (
        "include:\n- tags: [descent]  # mine\n- words: sgd\nexclude:\n  tags: descent\n"
    )
    assert digest.read("content/2025/08/07/waiting.md") == waiting.replace("[sgd]", "[descent]")


def ids(text: str) -> list[str]:
    return [entry.id for entry in feedparser.parse(text).entries]


def test_a_renamed_tag_keeps_its_readers(digest: Digest) -> None:
    digest.build()
    before = {form: digest.page(f"feeds/tags/sgd.{form}") for form in ("rss.xml", "atom.xml")}
    said = run("retag", "--rename", "sgd", "stochastic-gradient")
    assert said.exit_code == 0
    assert said.output == "sgd: now stochastic-gradient, in 2 papers\n"
    papers = parse(digest.read(PAGE)).papers
    assert all("sgd" not in one.tags for one in papers)
    assert all(one.updated is None for one in papers)
    assert "slug: stochastic-gradient\n" in digest.read("content/tags.yml")
    assert digest.read("content/subscriptions/steps.yml") == (
        "title: Steps\ntags: [stochastic-gradient]  # a comment\n"
    )
    assert run("check", "--format", "json").exit_code == 0
    digest.build()
    assert "tags/stochastic-gradient/" in digest.page("tags/sgd/")
    assert "tags/stochastic-gradient/2025-08/" in digest.page("tags/sgd/2025-08/")
    for form, text in before.items():
        assert ids(digest.page(f"feeds/tags/sgd.{form}")) == ids(text)
        assert ids(digest.page(f"feeds/tags/stochastic-gradient.{form}")) == ids(text)
    found = json.loads(digest.page("subscriptions/steps/index.json"))
    assert len(found["papers"]) == 2


def test_a_tag_can_become_one_with_another(digest: Digest) -> None:
    said = run("retag", "--rename", "sgd", "segmentation")
    assert said.output == "sgd: one with segmentation now, in 2 papers\n"
    assert "segmentation" in parse(digest.read(PAGE)).papers[0].tags
    assert digest.read("content/tags.yml") == (
        "tags:\n  - slug: segmentation\n    name: Segmentation\n    kind: task\n"
        "    synonyms: [Stochastic gradient descent, stochastic gradient]\n"
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["retag", "--rename", "nothing", "new"], "no paper has the tag"),
        (["retag", "--rename", "sgd", "Not a slug"], "can't be a tag"),
        (["retag", "--rename", "sgd", "x", "2508.00001"], "expected a PAPER"),
        (["retag"], "expected a PAPER"),
        (["note", "2508.00001", "  "], "expected a sentence"),
        (["note", "nobody", "Words."], "no paper"),
    ],
)
def test_mistakes_change_nothing(digest: Digest, args: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()}
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert before == {
        path: path.read_bytes() for path in digest.folder.rglob("*") if path.is_file()
    }


def test_a_note_is_credited_and_reaches_followers(digest: Digest) -> None:
    digest.build()
    old = {
        one.id: one.updated for one in feedparser.parse(digest.page("feeds/all.atom.xml")).entries
    }
    said = run("note", "2508.00001", "Read *this* first.\n\nThen that.", "--curator", "Cy Example")
    assert said.exit_code == 0
    paper = next(one for one in parse(digest.read(PAGE)).papers if one.arxiv == "2508.00001")
    assert paper.notes[-1].text == "Read *this* first.\n\nThen that."
    assert paper.notes[-1].curator == "Cy Example"
    assert paper.updated is not None
    assert run("check", "--format", "json").exit_code == 0
    digest.build()
    new = feedparser.parse(digest.page("feeds/all.atom.xml")).entries
    assert {one.id for one in new} == set(old)
    (changed,) = [one for one in new if one.updated != old[one.id]]
    assert "Curator’s note (Cy Example)" in changed.content[0].value


def test_commands_wait_for_nobody_and_say_so(digest: Digest) -> None:
    from broadsheet.content import disk

    before = digest.read(PAGE)
    with disk.locked(digest.folder / "content"):
        refused = run("retag", "2508.00001", "--add", "x")
    assert refused.exit_code == 1
    assert "another import or edit of this folder is running" in refused.output
    assert digest.read(PAGE) == before


def test_each_curator_is_credited_with_their_own_note(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.build()
    monkeypatch.setenv("BROADSHEET_CURATOR", "Cy Example")
    assert run("note", "2508.00001", "One.").exit_code == 0
    monkeypatch.setenv("BROADSHEET_CURATOR", "Di Example")
    assert run("note", "2508.00001", "Two.").exit_code == 0
    assert run("check").exit_code == 0
    digest.build()
    page = digest.page("papers/2508.00001/")
    feed = digest.page("feeds/all.atom.xml")
    for name in ("Cy Example", "Di Example"):
        assert f"<footer>{name}</footer>" in page
        assert f"<dd dir=auto>{name}" in page
        assert f"Curator’s note ({name})" in feed
        assert name in digest.page("curators/")
    assert run("note", "2508.00001", "Deux.", "--edit", "2").exit_code == 0
    assert run("note", "2508.00001", "--drop", "1").exit_code == 0
    (paper,) = [one for one in parse(digest.read(PAGE)).papers if one.arxiv == "2508.00001"]
    assert [(one.text, one.curator) for one in paper.notes] == [("Deux.", "Di Example")]
    assert run("undo").exit_code == 0
    assert run("note", "2508.00001", "--drop", "9").exit_code == 1
    assert run("note", "2508.00001").exit_code == 2
