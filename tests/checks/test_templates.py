"""Templates that replace the theme's: what a build would fail on or leave out is told before."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.checks import ERROR, WARNING
from broadsheet.checks.templates import problems

THEME = {
    "base.html": "{% block head %}{% endblock %}{% block footer %}{% endblock %}",
    "page.html": '{% extends "base.html" %}{% block head %}x{% endblock %}',
    "pager.html": "{% macro pager(one) %}{{ one }}{% endmacro %}",
    "list.html": '{% from "pager.html" import pager %}{{ pager(1) }}',
}


def found(folder: Path, own: dict[str, str], **settings: object) -> list[tuple[object, ...]]:
    for name, texts in (("theme/templates", THEME), ("own", own)):
        for file, text in texts.items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    values = {
        "THEME": str(folder / "theme"),
        "THEME_TEMPLATES_OVERRIDES": ["own"],
        "JINJA_ENVIRONMENT": {},
        "JINJA_FILTERS": {"louder": str.upper},
        "JINJA_TESTS": {},
    } | settings
    return [
        (one.file, one.line, one.severity, one.message)
        for one in problems(values, folder / "content")
    ]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"base.html": '{% extends "!theme/base.html" %}{% block footer %}x{% endblock %}'}, []),
        ({"page.html": "{{ _('Weeks') | louder }}{% trans %}Months{% endtrans %}"}, []),
        ({"page.html": '{% include "gone.html" ignore missing %}{% include name %}'}, []),
        ({"base.html": '{% extends "!simple/base.html" %}{% block any %}{% endblock %}'}, []),
        (
            {"base.html": '{% extends "!theme/base.html" %}\n{% block foter %}x{% endblock %}'},
            [("base.html", 2, WARNING, "the block foter is never printed: !theme/base.html has "
              "none of that name; did you mean footer?")],
        ),
        (
            {"page.html": '{% extends "bas.html" %}'},
            [("page.html", 1, ERROR, 'no template "bas.html" is in the theme; did you mean '
              "base.html?")],
        ),
        (
            {"page.html": '\n{% from "pager.html" import pagr %}'},
            [("page.html", 2, ERROR, "pager.html has no macro pagr; did you mean pager?")],
        ),
        (
            {"base.html": "<p>{% block footer %}{% endblock %}"},
            [("base.html", None, WARNING, "has no block head, for page.html: the theme's has; "
              "out of date, it seems")],
        ),
        (
            {"pager.html": "{% set pager_of = 1 %}"},
            [("pager.html", None, ERROR, "has no macro pager, for list.html: the theme's has; "
              "out of date, it seems")],
        ),
        (
            {"page.html": "\n{{ 1 | quieter }}", "base.html": ""},
            [("page.html", 2, ERROR, "No filter named 'quieter'.")],
        ),
        (
            {"page.html": "{% if %}"},
            [("page.html", 1, ERROR, "Expected an expression, got 'end of statement block'")],
        ),
        (
            {"a.html": '{% extends "b.html" %}{% block x %}{% endblock %}',
             "b.html": '{% extends "a.html" %}'},
            [],
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_theme_is_told(
    own: dict[str, str], told: list[tuple[str, int | None, str, str]], tmp_path: Path
) -> None:
    assert found(tmp_path, own) == [(f"../own/{name}", *rest) for name, *rest in told]


def test_a_folder_that_is_not_there_and_a_file_that_is_no_text_are_told(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == [
        ("../own", None, WARNING, "THEME_TEMPLATES_OVERRIDES names this folder, which is not there")
    ]
    (tmp_path / "own").mkdir()
    (tmp_path / "own/page.html").write_bytes(b"\xff")
    [(file, _, severity, message)] = found(tmp_path, {})
    assert (file, severity) == ("../own/page.html", ERROR)
    assert "can't decode byte 0xff" in str(message)
