"""The templates of every host: filled in, of their languages, each shell step sound."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from broadsheet.curate.papers.forms import parse as parse_form
from broadsheet.errors import SettingsError
from broadsheet.scaffold import templates
from broadsheet.scaffold.answers import HOSTS, Answers

ANSWERS = {
    host: Answers(name='The "Post" & more', host=host, domain="papers.ada.net") for host in HOSTS
}


@cache
def rendered(host: str) -> dict[str, str]:
    return templates.render(ANSWERS[host], version="1.2.3", requirement="broadsheet==1.2.3")


@pytest.mark.parametrize("host", HOSTS)
def test_files_are_filled_in_and_of_their_languages(host: str) -> None:
    files = rendered(host)
    assert {"pelicanconf.py", "requirements/install", "LICENSE", ".gitignore"} < set(files)
    for path, text in files.items():
        assert not re.search(r"@[A-Z]+@", text), path
        assert text.endswith("\n") or not text, path
        assert "\r" not in text
        if path.endswith((".yml", ".yaml")) and not path.startswith("content/"):
            yaml.safe_load(text)
        elif path.endswith(".toml"):
            tomllib.loads(text)
        elif path.endswith(".py"):
            compile(text, path, "exec")
    assert files["requirements/broadsheet.txt"] == "broadsheet==1.2.3\n"


def strings(value: Any, key: str) -> Iterator[str]:
    """The values of a key, anywhere in a document: texts, or lists of texts, joined by lines."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            elif name == key and isinstance(inner, list):
                yield "\n".join(map(str, inner))
            else:
                yield from strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


@cache
def shells(host: str) -> tuple[tuple[str, str], ...]:
    """All shell texts of a host's templates."""
    return tuple(_shells(host))


def _shells(host: str) -> Iterator[tuple[str, str]]:
    """All shell texts of a host's templates: scripts, and the steps of its CI."""
    for path, text in rendered(host).items():
        if text.startswith("#!/bin/sh"):
            yield path, text
        if path.endswith(".yml") and not path.startswith("content/"):
            data = yaml.safe_load(text)
            for key in ("run", "script", "commands"):
                yield from ((path, one) for one in strings(data, key))
        if path.endswith(".toml"):
            yield from ((path, one) for one in strings(tomllib.loads(text), "command"))


@pytest.mark.parametrize("host", HOSTS)
def test_each_shell_step_is_sound_and_needs_neither_npm_nor_make(host: str) -> None:
    found = shells(host)
    assert found
    for path, text in found:
        made = subprocess.run(
            ["bash", "-n"], input=text, text=True, capture_output=True, check=False
        )
        assert made.returncode == 0, (path, made.stderr)
        assert not re.search(r"\b(npm|make|node)\b", text), path


@pytest.mark.parametrize("host", HOSTS)
def test_a_script_stops_at_its_first_error_however_it_is_run(host: str) -> None:
    scripts = {path: text for path, text in rendered(host).items() if text.startswith("#!")}
    assert scripts.keys() >= {"requirements/install", "scripts/fetch-branch"}
    for path, text in scripts.items():
        first = next(line for line in text.splitlines() if not line.startswith("#"))
        assert first.startswith("set -e"), path


@pytest.mark.parametrize("host", ["gitlab", "codeberg"])
def test_what_may_push_installs_nothing(host: str) -> None:
    pushing = [text for _, text in shells(host) if "git push" in text]
    assert pushing
    for text in pushing:
        assert not re.search(r"\b(pip|broadsheet|install)\b", text.replace("broadsheet@", ""))
        assert "requirements/" not in text
    for text in (text for _, text in shells(host) if "requirements/install" in text):
        assert "TOKEN" not in text


@pytest.mark.slow
def test_what_may_push_trusts_no_folder_that_another_job_had() -> None:
    texts = [text for path, text in rendered("gitlab").items() if path.endswith(".yml")]
    jobs = [job for text in texts for job in (yaml.safe_load(text) or {}).values()]
    told = [job["variables"]["GIT_STRATEGY"] for job in jobs if "$PUSH_TOKEN" in str(job)]
    assert told == ["clone"]
    pushing = [text for _, text in shells("codeberg") if "git push" in text]
    assert all("git clone" in text or "GIT_DIR=/tmp/" in text for text in pushing)


def test_a_token_is_never_part_of_a_command() -> None:
    for host in HOSTS:
        for path, text in shells(host):
            for line in text.splitlines():
                if re.search(r"TOKEN\b", line) and "printf" not in line:
                    assert re.match(r"\s*(export )?GIT_CONFIG_VALUE_0=", line), (path, line)


def test_systemd_takes_the_units(tmp_path: Any) -> None:
    if not (tool := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not installed")
    files = rendered("server")
    for name in ("digest.service", "digest.timer"):
        text = files[f"server/{name}"].replace("/srv/digest/server/update", "/dev/null")
        (tmp_path / name).write_text(text)
    made = subprocess.run(
        [tool, "verify", "--recursive-errors=no", str(tmp_path / "digest.timer"),
         str(tmp_path / "digest.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = [line for line in made.stderr.splitlines() if "digest." in line]
    assert not wrong, wrong


def test_forms_are_what_the_command_reads() -> None:
    text = rendered("gitlab")[".gitlab/issue_templates/suggest.md"]
    filled = text.replace("### Paper\n\n", "### Paper\n\n2401.16164\n").replace(
        "### Note\n\n", "### Note\n\nGood.\n"
    )
    form = parse_form(filled)
    assert (form.paper, form.note, form.topic) == ("2401.16164", "Good.", None)
    for host, path in (
        ("github", ".github/ISSUE_TEMPLATE/suggest.yml"),
        ("codeberg", ".forgejo/issue_template/suggest.yml"),
    ):
        data = yaml.safe_load(rendered(host)[path])
        labels = [field["attributes"]["label"] for field in data["body"]]
        assert labels == ["Paper", "Topic", "Note", "Your name"]


def test_what_is_optional_is_left_out() -> None:
    plain = templates.render(Answers(licence="none"), version="1", requirement="broadsheet==1")
    assert not {"CNAME", "LICENSE"} & set(plain)
    by = templates.render(Answers(licence="cc-by"), version="1", requirement="broadsheet==1")
    assert '"My digest"' in by["LICENSE"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_domain_has_a_file_of_its_own_where_workflows_read_it(host: str) -> None:
    answers = Answers(host=host, domain="papers.ada.net")
    files = templates.render(answers, version="1", requirement="broadsheet==1")
    assert ("CNAME" in files) == (host in ("github", "gitlab", "codeberg"))
    assert 'SITEURL = "https://papers.ada.net"' in files["pelicanconf.py"]


def test_a_server_fetches_where_no_code_host_does() -> None:
    assert "FETCH=yes" in rendered("server")["server/digest.conf"]
    at = Answers(host="server", repository="https://github.com/ada/post")
    files = templates.render(at, version="1", requirement="broadsheet==1")
    assert "FETCH=no" in files["server/digest.conf"]
    assert ".github/workflows/fetch.yml" in files
    assert ".github/workflows/publish.yml" not in files
    # What publishes posts the day there; here a workflow of its own does.
    steps = yaml.safe_load(files[".github/workflows/post.yml"])["jobs"]["post"]["steps"]
    own = yaml.safe_load(rendered("github")[".github/workflows/publish.yml"])["jobs"]["post"]
    assert [step.get("uses") for step in steps] == [step.get("uses") for step in own["steps"]]
    assert steps[-2]["run"] == "broadsheet post"


def test_words_that_nothing_gives_are_an_error() -> None:
    assert templates.filled_in("@A@ a@b.example @é@", {"A": "@B@"}) == "@B@ a@b.example @é@"
    with pytest.raises(SettingsError, match="@B@"):
        templates.filled_in("@B@", {"A": "1"})


def test_an_image_is_made_of_what_is_there_and_not_ignored() -> None:
    files = rendered("container")
    ignored = set(files[".dockerignore"].split("\n"))
    copied = re.findall(r"^COPY (?!--from)(\S+) ", files["Dockerfile"], re.M)
    assert copied
    for source in copied:
        there = source == "." or any(f"{path}/".startswith(f"{source}/") for path in files)
        assert there, source
        assert source.partition("/")[0] not in ignored
    stages = set(re.findall(r"^FROM .* AS (\w+)$", files["Dockerfile"], re.M))
    assert set(re.findall(r"--from=(\w+)", files["Dockerfile"])) <= stages
