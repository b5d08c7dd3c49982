"""The page's answers against those of lunr.js on lunr.py's index of everything."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from broadsheet.search import Document
from broadsheet.search.index import shards
from tests.soak import SOAK
from tests.static_server import serving

from .published import full_index, publish, write
from .samples import made, real

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "theme" / "static" / "js"


LUNR = SCRIPTS / "vendor" / "lunr.js"


def node(script: str, *arguments: str | Path) -> dict[str, Any]:
    """What a script of this folder prints."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("node isn't installed")
    if not LUNR.exists():
        pytest.skip("lunr.js isn't in theme/static/js/vendor/ (make puts it there)")
    done = subprocess.run(
        [program, HERE / script, *arguments], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def prepared(documents: Sequence[Document], folder: Path) -> Path:
    """A folder with the published index and the full one."""
    # In three generations, whose scores are those of one.
    write(publish(documents, newest=20, recent=len(documents) // 3), folder)
    (folder / "full.json").write_text(json.dumps(full_index(documents).serialize()))
    return folder


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's scripts, where Node takes them for modules."""
    folder = tmp_path_factory.mktemp("js")
    for script in SCRIPTS.glob("search*.js"):
        shutil.copy(script, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of made-up papers, and the full one."""
    return prepared(made(300), tmp_path_factory.mktemp("made-up"))


@pytest.mark.slow
def test_made_up_papers_are_found_as_the_full_index_finds_them(
    scripts: Path, made_up: Path
) -> None:
    questions = 430 if SOAK else 43
    outcome = node("exact.mjs", scripts, LUNR, made_up, str(questions))
    assert outcome["problems"] == []
    assert outcome["asked"] == questions
    assert outcome["found"] > 0.58 * questions


@pytest.mark.soak
def test_real_papers_are_found_as_the_full_index_finds_them(scripts: Path, tmp_path: Path) -> None:
    outcome = node("exact.mjs", scripts, LUNR, prepared(real(1000), tmp_path), "215")
    assert outcome["problems"] == []
    assert outcome["found"] > 150


ASKED = """async (wanted) => {
  const { compare, searching } = await import("/js/questions.js");
  const { Engine } = await import("/js/search-engine.js");
  const { Index } = await import("/js/search-index.js");
  const full = await (await fetch("/full.json")).json();
  const search = searching(await import("/js/search-plan.js"), await import("/js/search-rank.js"));
  const index = () => Index.open(new URL("/search/", location));
  return compare(lunr, full, async () => new Engine(lunr, await index()), wanted, search);
}"""


@pytest.mark.slow
@pytest.mark.parametrize("papers", ["made up", pytest.param("real", marks=pytest.mark.soak)])
def test_a_browser_finds_papers_as_the_full_index_does(
    browser: Browser, tmp_path: Path, papers: str, request: pytest.FixtureRequest
) -> None:
    if not LUNR.exists():
        pytest.skip("lunr.js isn't in theme/static/js/vendor/ (make puts it there)")
    if papers == "made up":
        folder = shutil.copytree(request.getfixturevalue("made_up"), tmp_path / "site")
    else:
        folder = prepared(real(500), tmp_path)
    shutil.copytree(SCRIPTS, folder / "js")
    shutil.copy(HERE / "questions.mjs", folder / "js" / "questions.js")
    (folder / "index.html").write_text(
        '<!DOCTYPE html><title>Search</title><script src="/js/vendor/lunr.js"></script>'
    )
    with serving(folder) as address:
        page = browser.new_page()
        page.goto(address)
        questions = 86 if SOAK else 22
        outcome = page.evaluate(ASKED, questions)
        page.close()
    assert outcome["problems"] == []
    assert outcome["asked"] == questions
    assert outcome["found"] > 0.58 * questions


@pytest.mark.slow
def test_papers_are_found_as_well_where_postings_are_deferred(
    scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "DEFERRED_FROM", 8)
    monkeypatch.setattr(shards, "SMALLEST", 600)
    outcome = node(
        "exact.mjs", scripts, LUNR, prepared(made(450), tmp_path), "215" if SOAK else "43"
    )
    assert outcome["problems"] == []
    assert outcome["deferred"] > 20


@pytest.mark.soak
def test_papers_are_found_by_their_words_as_well_as_with_lunrs_length_normalisation(
    tmp_path: Path,
) -> None:
    documents = real(2000)
    for name, index in (
        ("full", full_index(documents)),
        ("default", full_index(documents, b=0.75)),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(index.serialize()))
    texts = [[one.title, one.abstract] for one in documents]
    (tmp_path / "texts.json").write_text(json.dumps(texts))
    outcome = node("known.mjs", LUNR, tmp_path, "500")
    for kind in outcome.values():
        assert kind["queries"] == 250
        assert kind["off"] >= 0.98 * kind["default"]
    total = {name: sum(kind[name] for kind in outcome.values()) for name in ("off", "default")}
    assert total["off"] >= total["default"]


def test_readers_words_and_forms_are_understood(scripts: Path) -> None:
    assert node("forms.mjs", scripts) == {"failed": []}
