"""Mail of hostile days: headers, the text, and the HTML in a reader without any policy."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest

from broadsheet.cli.settings import pelican_settings
from broadsheet.io.settings import of_pelican
from broadsheet.mail import Subscriber, message, serialised
from broadsheet.mail import settings as mail_settings
from broadsheet.mail.issue_source import IssueSource
from broadsheet.mail.model import Issue
from broadsheet.mail.templates import renderer

from .hostile import FULL, Hostile, chosen
from .watching import Watch

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Archive",
    "List-Unsubscribe-Post", "Content-Language", "Precedence", "Auto-Submitted", "Content-Type",
    "MIME-Version",
}  # fmt: skip
TOKEN = "qwertytoken12"
READER = Subscriber(
    address="reader@example.net", subscription="", frequency="daily", token=TOKEN, line=2
)


@pytest.fixture(scope="module")
def messages(written: Hostile) -> list[tuple[Issue, EmailMessage, bytes]]:
    values = pelican_settings(written.digest.folder / "pelicanconf.py")
    settings = of_pelican(values)
    source = IssueSource(settings, lambda settled: None)
    sender = mail_settings.sender(values, settings)
    render = renderer(mail_settings.template_folders(values, settings))
    issues = [source.issue("daily", day.isoformat()) for day in written.days]
    named = [f"s-{one.number}" for one in chosen()]
    issues += [
        source.issue("daily", written.days[0].isoformat(), name)
        for name in named
        if FULL and name in source.subscriptions
    ]
    made = []
    for issue in issues:
        data = serialised(message(issue, sender, render, to=READER))
        made.append((issue, email.message_from_bytes(data, policy=default), data))
    return made  # type: ignore[return-value]


def _body(made: EmailMessage, kind: str) -> str:
    part = made.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_no_text_adds_a_header_or_a_part(messages: list[tuple[Issue, EmailMessage, bytes]]) -> None:
    for issue, made, data in messages:
        assert set(made.keys()) <= HEADERS, issue.key
        assert len(made.keys()) == len(set(made.keys()))
        assert made["To"] == READER.address
        assert [part.get_content_type() for part in made.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert all(len(line) <= 998 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_text_holds_no_marks_that_steer(
    messages: list[tuple[Issue, EmailMessage, bytes]],
) -> None:
    for _, made, _ in messages:
        for part in ("plain", "html"):
            found = re.search(
                "[\x00-\x08\x0b-\x1f\x7f-\x9f]", _body(made, part).replace("\r\n", "\n")
            )
            assert found is None, repr(found)


@pytest.mark.slow
def test_mail_in_a_reader_without_a_policy(
    bare_watch: Watch, messages: list[tuple[Issue, EmailMessage, bytes]]
) -> None:
    wrong = bare_watch.bare([_body(made, "html") for _, made, _ in messages])
    # Mail has its styles in its elements, and may have them in a style element.
    known = ("an attribute style", "an element: <style", "a part of the head", "a meta element")
    assert [one for one in wrong if not any(part in one for part in known)] == []


@pytest.mark.slow
def test_links_of_mail_lead_to_the_web(
    bare_watch: Watch, messages: list[tuple[Issue, EmailMessage, bytes]]
) -> None:
    for _, made, _ in messages[:2]:
        bare_watch.page.set_content(_body(made, "html"))
        found = bare_watch.page.eval_on_selector_all("[href]", "all => all.map((one) => one.href)")
        assert found
        assert all(one.startswith(("https://", "mailto:")) for one in found)
        styles = bare_watch.page.eval_on_selector_all(
            "[style], style",
            "all => all.map((one) => one.getAttribute('style') ?? one.textContent)",
        )
        assert not any("url(" in one or "@import" in one for one in styles)


def test_a_reader_s_token_stands_in_the_ways_to_leave_alone(
    messages: list[tuple[Issue, EmailMessage, bytes]],
) -> None:
    for issue, made, _ in messages:
        assert _body(made, "plain").count(TOKEN) == 1, issue.key
        assert _body(made, "html").count(TOKEN) == 1, issue.key
