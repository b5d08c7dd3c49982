"""A digest that lacks nothing, as facts; tests take away from it."""

from __future__ import annotations

from typing import Any

from broadsheet.doctor import Facts
from broadsheet.doctor.facts import Git
from broadsheet.scaffold import Answers, ScaffoldRecord

SETTINGS = {
    "SITENAME": "Gradient Post",
    "SITEURL": "https://papers.ada.net",
    "BROADSHEET_REPOSITORY": "https://github.com/ada/post",
    "BROADSHEET_EDIT_URL": "https://github.com/ada/post/edit/main/content/{path}",
    "BROADSHEET_SUGGEST_URL": "https://github.com/ada/post/issues/new",
    "BROADSHEET_SOURCES": [{"source": "huggingface"}],
    "BROADSHEET_IDENTITY": "papers.ada.net,2026",
}

TEXTS = {
    "requirements/broadsheet.txt": "broadsheet==1.0 --hash=sha256:ab\n",
    "CNAME": "papers.ada.net\n",
    ".github/workflows/mail.yml": "a: ${{ secrets.SMTP_HOST }} ${{ vars.BROADSHEET_LISTS }}",
}

GIT = {
    "commits": True,
    "branch": "main",
    "remote": "git@github.com:ada/post.git",
    "changed": 0,
    "unpushed": 0,
}


def facts(git: dict[str, Any] | None = GIT, **other: Any) -> Facts:
    """The facts of a digest that lacks nothing, but for what is given."""
    answers = Answers(domain="papers.ada.net", repository="https://github.com/ada/post")
    values: dict[str, Any] = {
        "version": "1.0",
        "settings": SETTINGS,
        "trouble": "",
        "record": ScaffoldRecord(version="1.0", answers=answers),
        "steps": (),
        "texts": TEXTS,
        "days": 3,
        "example": (),
        "about_is_template": False,
        "git": None if git is None else Git(**git),
    }
    return Facts(**{**values, **other})
