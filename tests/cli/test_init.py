"""`broadsheet init`: what is missing is written, nothing is overwritten."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import init as command
from broadsheet.cli import main


def init(*args: str) -> Result:
    return CliRunner().invoke(main, ["init", *args], catch_exceptions=False)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_fresh_clone_keeps_its_files_and_gives_its_address(tmp_path: Path) -> None:
    remote = "https://ada:secret@github.com/ada/post.git"
    for args in (["init", "-q"], ["remote", "add", "origin", remote]):
        subprocess.run(["git", *args], check=True)
    Path("README.md").write_text("# Mine\n")
    Path("LICENSE").write_text("My own\n")
    result = init(".")
    assert result.exit_code == 0, result.output
    assert "left README.md as it is\n" in result.stdout
    assert "left LICENSE as it is\n" in result.stdout
    assert Path("README.md").read_text() == "# Mine\n"
    settings = Path("pelicanconf.py").read_text()
    assert 'SITEURL = "https://ada.github.io/post"' in settings
    assert 'BROADSHEET_REPOSITORY = "https://github.com/ada/post"' in settings
    written = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file()
                      and ".git" not in path.relative_to(tmp_path).parts)  # fmt: skip
    assert "secret@" not in written


@pytest.mark.parametrize(
    ("folder", "typed"),
    [("post", "post"), ('my "post" $HOME', "'my \"post\" $HOME'"), ("-post", "./-post")],
)
def test_the_next_step_can_be_typed_as_it_is_printed(folder: str, typed: str) -> None:
    result = init("--offline", "--", folder)
    assert f"Next:\n  cd {typed}\n" in result.stdout.replace("  #", "\n")
    subprocess.run(["sh", "-c", f"cd {typed} && test -f pelicanconf.py"], check=True)


def test_a_clone_learns_to_merge_by_paper(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    assert init(".", "--offline").exit_code == 0
    assert "/content/**/*.yml merge=broadsheet\n" in Path(".gitattributes").read_text()
    asked = ["git", "config", "merge.broadsheet.driver"]
    driver = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert "merge-driver -- %O %A %B %P" in driver
    attributes = ["git", "check-attr", "merge", "--", "content/2026/01/05/day.yml"]
    said = subprocess.run(attributes, check=True, capture_output=True, text=True).stdout
    assert said.endswith("merge: broadsheet\n")
    subprocess.run(["git", "config", "--unset", "merge.broadsheet.driver"], check=True)
    assert "merge-driver --install" in CliRunner().invoke(main, ["doctor"]).output
    assert CliRunner().invoke(main, ["merge-driver", "--install"]).exit_code == 0
    assert "merge-driver --install" not in CliRunner().invoke(main, ["doctor"]).output


def test_the_driver_is_not_set_up_in_a_repository_around_the_digest() -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    assert init("inside", "--offline").exit_code == 0
    asked = ["git", "config", "merge.broadsheet.driver"]
    assert subprocess.run(asked, check=False, capture_output=True).returncode == 1


def test_each_answer_has_an_option() -> None:
    result = init(
        "mine", "--name", "It's \"Post\"", "--host", "gitlab", "--domain", "papers.ada.net",
        "--repository", "https://gitlab.com/ada/post", "--source", "huggingface",
        "--source", "https://journal.ada.net/feed", "-c", "cs.LG", "--word", "optimizer",
        "--licence", "cc-by",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    settings = Path("mine/pelicanconf.py").read_text()
    for line in (
        'SITENAME = "It\'s \\"Post\\""',
        'SITEURL = "https://papers.ada.net"',
        '    {"source": "huggingface"},',
        '    {"source": "feed", "url": "https://journal.ada.net/feed"},',
        '    {"source": "arxiv", "categories": ["cs.LG"], "words": ["optimizer"]},',
    ):
        assert line in settings.splitlines() or settings.count(line), line
    assert Path("mine/CNAME").read_text() == "papers.ada.net\n"
    assert "Attribution 4.0" in Path("mine/LICENSE").read_text()
    assert Path("mine/.gitlab/ci/pages.yml").is_file()
    assert not Path("mine/.github").exists()


def test_a_wrong_answer_writes_nothing() -> None:
    result = init("mine", "--domain", "no domain")
    assert result.exit_code == 1
    assert "expected one such as papers.example.org" in result.stderr
    assert not Path("mine").exists()


def test_a_second_run_writes_what_is_missing_with_the_same_answers() -> None:
    init("mine", "--name", "Post", "-c", "cs.LG")
    before = {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}
    Path("mine/.github/workflows/fetch.yml").unlink()
    Path("mine/pelicanconf.py").unlink()
    Path("mine/seeds/2026-01-05.example.txt").unlink()
    Path("mine/content/2026").mkdir()
    result = init("mine")
    assert result.stdout.count("wrote ") == 2
    del before[Path("mine/seeds/2026-01-05.example.txt")]
    assert before == {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}


def test_another_host_is_added_to_a_digest() -> None:
    init("mine")
    result = init("mine", "--host", "server")
    assert "wrote mine/server/update" in result.stdout
    record = json.loads(Path("mine/.broadsheet-templates.json").read_text())
    assert record["answers"]["host"] == "server"
    assert ".github/workflows/fetch.yml" in record["files"]


def test_nothing_is_written_through_a_link_that_leads_elsewhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    Path("mine").mkdir()
    Path("mine/.github").symlink_to(outside)
    result = init("mine")
    assert result.exit_code == 0
    assert "left mine/.github/workflows/check.yml as it is" in result.stdout
    assert list(outside.iterdir()) == []


def test_on_a_terminal_what_no_option_says_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"name": "", "host": "github", "repository": "", "domain": "", "sources": [],
               "categories": [], "licence": "cc0"}  # fmt: skip
    said = iter(["Post", "github", "https://github.com/ada/post", "nonsense!", "",
                 "arxif", "arxiv, huggingface", "cs.LG;", "cs.LG, math.OC", "none"])  # fmt: skip
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(said))
    command._ask(answers, set())
    assert answers == {
        "name": "Post", "host": "github", "repository": "https://github.com/ada/post", "domain": "",
        "sources": ["arxiv", "huggingface"], "categories": ["cs.LG", "math.OC"], "licence": "none",
    }  # fmt: skip


def test_off_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(command, "_ask", ask)
    assert init("mine").exit_code == 0
