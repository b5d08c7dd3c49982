"""What is judged from a digest's folder: each lack is told, with its remedy, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.doctor import Level, judge
from broadsheet.doctor.repository import names
from broadsheet.doctor.site_size import SiteSize
from broadsheet.scaffold import Kind, MergeStep
from broadsheet.scaffold.answers import HOSTS, Answers
from broadsheet.scaffold.record import ScaffoldRecord
from tests.doctor.samples import GIT, SETTINGS, TEXTS, facts

NEEDED, ADVISED = Level.NEEDED, Level.ADVISED


def found(given: Any) -> list[tuple[Level, str, str]]:
    return [(one.level, one.what, one.remedy) for one in judge(given)
            if one.level is not Level.UNSEEN]  # fmt: skip


def test_a_digest_that_lacks_nothing_is_told_nothing() -> None:
    assert found(facts()) == []


@pytest.mark.parametrize(
    ("name", "value", "level", "what", "remedy"),
    [
        ("SITENAME", "My digest", NEEDED, 'SITENAME is "My digest"', "what your digest is called"),
        ("SITEURL", "", NEEDED, "SITEURL is empty", 'SITEURL = "https://papers.ada.net"'),
        ("SITEURL", "https://digest.example.org/x", NEEDED, "for examples", "where the site is"),
        ("SITEURL", "https://ada.github.io/post", NEEDED, "but CNAME says", "the same domain"),
        ("RELATIVE_URLS", True, ADVISED, "RELATIVE_URLS", "False"),
        ("BROADSHEET_SOURCES", [], ADVISED, "nothing is fetched", "huggingface"),
        ("BROADSHEET_IDENTITY", "", ADVISED, "BROADSHEET_IDENTITY", "before anybody follows"),
        ("BROADSHEET_EDIT_URL", "", ADVISED, "BROADSHEET_EDIT_URL", "/edit/main/content/{path}"),
        ("BROADSHEET_REPOSITORY", "https://github.com/b/c", ADVISED, "git's remote", "Set it"),
    ],
)
def test_settings(name: str, value: object, level: Level, what: str, remedy: str) -> None:
    ((one, told, mend),) = found(facts(settings={**SETTINGS, name: value}))
    assert (one, what in told, remedy in mend) == (level, True, True), (told, mend)


def test_addresses_that_nothing_tells_are_one_advice() -> None:
    names = ("BROADSHEET_REPOSITORY", "BROADSHEET_EDIT_URL", "BROADSHEET_SUGGEST_URL")
    record = ScaffoldRecord(version="1.0", answers=Answers(host="server", domain="papers.ada.net"))
    settings = {**SETTINGS, **dict.fromkeys(names, "")}
    told = found(facts(settings=settings, record=record, git={**GIT, "remote": ""}))
    (advice,) = [(what, mend) for _, what, mend in told if "BROADSHEET_EDIT_URL" in what]
    assert advice[0].startswith(f"{', '.join(names)} are empty: ")
    assert advice[1].startswith("Set them in pelicanconf.py once")


def test_settings_that_cannot_be_read() -> None:
    ((level, what, _),) = found(facts(settings=None, trouble="can't be read: SyntaxError"))
    assert (level, what) == (NEEDED, "pelicanconf.py can't be read: SyntaxError")


@pytest.mark.parametrize(
    ("git", "level", "what"),
    [
        (None, NEEDED, "no git repository"),
        ({"commits": False, "unpushed": None}, NEEDED, "nothing is committed"),
        ({"remote": ""}, NEEDED, "no remote"),
        ({"unpushed": None}, NEEDED, "nothing is pushed"),
        ({"unpushed": 2}, ADVISED, "not everything is pushed"),
        ({"changed": 2}, ADVISED, "2 files differ"),
        ({"branch": "master"}, ADVISED, 'the branch is "master"'),
    ],
)
def test_git(git: dict[str, Any] | None, level: Level, what: str) -> None:
    ((one, told, mend),) = found(facts(git=git and {**GIT, **git}))
    assert (one, what in told) == (level, True), told
    assert "git" in mend or "Commit" in mend


def test_a_repository_around_the_digest_is_named() -> None:
    ((level, told, mend),) = found(facts(git=None, around="/home/ada/all"))
    assert (level, told[-15:], "Move it out" in mend) == (NEEDED, '"/home/ada/all"', True)


@pytest.mark.parametrize("host", HOSTS)
def test_a_remote_is_needed_where_something_else_publishes(host: str) -> None:
    record = ScaffoldRecord(version="1.0", answers=Answers(host=host, domain="papers.ada.net"))
    told = found(facts(git={**GIT, "remote": ""}, record=record))
    (level,) = [level for level, what, _ in told if "no remote" in what]
    assert level is (ADVISED if host in ("server", "container") else NEEDED)


@pytest.mark.parametrize(
    ("kind", "level", "what"),
    [
        (Kind.REMOVED, NEEDED, "a.yml is missing"),
        (Kind.ADDED, NEEDED, "a.yml is missing: it came with newer templates"),
        (Kind.UNSETTLED, NEEDED, "a conflict to settle"),
        (Kind.UNREADABLE, NEEDED, "no text file"),
        (Kind.UPDATED, ADVISED, "newer templates for a.yml"),
        (Kind.MERGED, ADVISED, "newer templates for a.yml"),
        (Kind.EDITED, ADVISED, "by edits of yours"),
        (Kind.FOREIGN, ADVISED, "before `broadsheet init`"),
    ],
)
def test_templates(kind: Kind, level: Level, what: str) -> None:
    ((one, told, _),) = found(facts(steps=(MergeStep("a.yml", kind),)))
    assert (one, what in told) == (level, True), told


@pytest.mark.parametrize(
    ("other", "level", "what"),
    [
        ({"record": None}, NEEDED, "there is no .broadsheet-templates.json"),
        ({"days": 0}, NEEDED, "no day yet"),
        ({"example": ("seeds/x.txt",)}, NEEDED, "made-up papers"),
        ({"about_is_template": True}, NEEDED, "about.md is as it came"),
        ({"version": "1.1"}, NEEDED, "pins Broadsheet 1.0, and 1.1 runs here"),
        ({"texts": {**TEXTS, "requirements/broadsheet.txt": "broadsheet==1.0\n"}}, ADVISED, "hash"),
        ({"texts": {**TEXTS, "requirements/broadsheet.txt": "\n"}}, NEEDED, "pins no version"),
    ],
)
def test_files(other: dict[str, Any], level: Level, what: str) -> None:
    ((one, told, _),) = found(facts(**other))
    assert (one, what in told) == (level, True), told


@pytest.mark.parametrize(
    ("example", "remedy"),
    [
        (("seeds/x.txt",), "Remove seeds/x.txt."),
        (("content/2026/01/05",), "Remove content/2026/01/05."),
        (("seeds/x.txt", "content/2026/01/05"), "Remove seeds/x.txt and content/2026/01/05."),
    ],
)
def test_only_what_is_left_of_the_example_is_to_be_removed(
    example: tuple[str, ...], remedy: str
) -> None:
    ((_, _, told),) = found(facts(example=example))
    assert told == remedy


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_has_something_to_be_set_that_is_not_seen_from_here(host: str) -> None:
    record = ScaffoldRecord(version="1.0", answers=Answers(host=host))
    assert [one for one in judge(facts(record=record)) if one.level is Level.UNSEEN]


def test_secrets_and_variables_are_told_by_name_where_mail_is_sent() -> None:
    assert names(facts(), "secrets") == {"SMTP_HOST"}
    sending = facts(settings={**SETTINGS, "BROADSHEET_MAIL_FROM": "a@ada.net"})
    told = [one.what for one in judge(sending)]
    assert any("SMTP_HOST" in one and "BROADSHEET_LISTS" in one for one in told)
    assert not any("SMTP_HOST" in one.what for one in judge(facts()))


def test_a_site_that_its_host_does_not_take_is_told() -> None:
    record = ScaffoldRecord(version="1.0", answers=Answers(host="cloudflare"))
    large = SiteSize(files=21_000, size=5)
    told = [one for one in found(facts(record=record, site=large)) if "21,000" in one[1]]
    assert [(level, remedy) for level, _, remedy in told] == [
        (ADVISED, "docs/hosts/cloudflare.md tells what to do beyond its limits.")
    ]
    assert not [one for one in found(facts(site=large)) if "21,000" in one[1]]
