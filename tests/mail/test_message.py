"""The message: its headers, its two parts, and that mail programs can show them."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from broadsheet.mail import Issue, Sender, message, serialised, trimmed
from broadsheet.mail.plain import plain

from .conftest import people, story


def parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=default)  # type: ignore[return-value]


def bodies(made: EmailMessage) -> tuple[str, str]:
    text = made.get_body(("plain",))
    html = made.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_headers_of_a_list(issue: Issue, sender: Sender, render: Any) -> None:
    made = parsed(serialised(message(issue, sender, render, to=people(1)[0])))
    assert made["From"] == "Päpers <papers@example.org>"
    assert made["To"] == "reader0@example.net"
    assert made["Subject"] == "Päpers: A Study of 3 <Things> & More and 5 more"
    assert made["List-Id"] == "<papers.example.org>"
    assert made["List-Unsubscribe"] == (
        "<https://lists.example.org/leave?t=token-000000&l=1>, "
        "<mailto:leave@example.org?subject=unsubscribe%20token-000000>"
    )
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made["Date"].datetime == datetime(2025, 8, 7, tzinfo=UTC)
    assert made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]


def test_without_an_https_way_out_there_is_no_one_click(
    issue: Issue, sender: Sender, render: Any
) -> None:
    by_mail = replace(sender, unsubscribe=None)
    made = parsed(serialised(message(issue, by_mail, render, to=people(1)[0])))
    assert "List-Unsubscribe-Post" not in made
    assert made["List-Unsubscribe"].strip().startswith("<mailto:")
    none = replace(by_mail, unsubscribe_mail=None)
    made = parsed(serialised(message(issue, none, render, to=people(1)[0])))
    assert "List-Unsubscribe" not in made
    assert "Unsubscribe" not in bodies(made)[1]


def test_a_message_is_the_same_each_time_and_each_reader_has_its_own(
    issue: Issue, sender: Sender, render: Any
) -> None:
    one, other = people(2)
    data = serialised(message(issue, sender, render, to=one))
    assert data == serialised(message(issue, sender, render, to=one))
    ids = {parsed(serialised(message(issue, sender, render, to=who)))["Message-ID"]
           for who in (one, other)}  # fmt: skip
    assert len(ids) == 2
    assert all(re.fullmatch(r"<[A-Za-z0-9.-]+@example\.org>", one) for one in ids)
    late = serialised(message(issue, sender, render, to=one, now=datetime(2025, 8, 9, tzinfo=UTC)))
    assert parsed(late)["Message-ID"] == parsed(data)["Message-ID"]
    assert b"reader" not in data.replace(b"To: reader0@example.net", b"")


def test_lines_are_short_and_seven_bit(issue: Issue, sender: Sender, render: Any) -> None:
    data = serialised(message(issue, sender, render, to=people(1)[0]))
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    head = data.split(b"\r\n\r\n", 1)[0]
    words = re.findall(rb"=\?.*?\?=", head)
    assert words
    assert all(len(word) <= 75 for word in words)


def test_the_text_reads_well_by_itself(issue: Issue, sender: Sender, render: Any) -> None:
    text, _ = bodies(parsed(serialised(message(issue, sender, render, to=people(1)[0]))))
    lines = text.splitlines()
    assert all(len(line) <= 72 or "https://" in line for line in lines)
    assert "A Study of 3 <Things> & More" in lines
    assert "  Ada Lovelace, 林美 and 3 others, 3 votes" in lines
    assert "  https://example.org/digest/papers/3/" in lines
    assert "  > Curator’s note: Read this first." in lines
    assert "... and 3 more: https://example.org/digest/2025/08/07/vision/" in lines
    assert "To leave: https://lists.example.org/leave?t=token-000000&l=1" in lines
    assert lines[lines.index("理論") + 1] == "===="


def test_the_html_has_its_styles_in_place_and_loads_nothing(
    issue: Issue, sender: Sender, render: Any
) -> None:
    _, html = bodies(parsed(serialised(message(issue, sender, render, to=people(1)[0]))))
    tree = lxml_html.fromstring(html)
    titles = [one.text_content() for one in tree.findall(".//h3")]
    assert titles[0] == "A Study of 3 <Things> & More"
    assert all("font-size" in one.get("style", "") for one in tree.findall(".//h3"))
    assert "prefers-color-scheme: dark" in html
    assert not tree.findall(".//img")
    assert not tree.findall(".//script")
    assert not re.search(r"@import|url\(|src=", html)
    assert "https://lists.example.org/leave?t=token-000000&amp;l=1" in html
    assert "unsubscribe.invalid" not in html
    links = {one.get("href") for one in tree.iter("a")}
    assert all(link.startswith(("https://example.org/", "https://arxiv.org/",
                                "https://lists.example.org/")) for link in links)  # fmt: skip


def test_a_long_day_stays_below_what_gmail_cuts(issue: Issue, sender: Sender, render: Any) -> None:
    stories = tuple(story(n, title="Long title " * 12, lead="A long lead sentence. " * 12)
                    for n in range(300))  # fmt: skip
    big = replace(issue, sections=(replace(issue.sections[0], stories=stories, total=300),
                                   issue.sections[1]))  # fmt: skip
    made = parsed(serialised(message(big, sender, render, to=people(1)[0])))
    text, html = bodies(made)
    assert len(html.encode()) < 102_000
    assert "241 more" in html
    assert "... and 241 more" in text


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(1, 60))
def test_trimming_keeps_the_best_of_each_topic(sizes: list[int], most: int) -> None:
    from broadsheet.mail import Section

    sections = tuple(
        Section(heading=str(n), address="", stories=tuple(map(story, range(size))), total=size)
        for n, size in enumerate(sizes)
    )
    big = Issue(kind="daily", key="k", heading="", address="", sections=sections,
                moment=datetime(2025, 8, 7, tzinfo=UTC))  # fmt: skip
    small = trimmed(big, most)
    assert sum(len(one.stories) for one in small.sections) <= max(most, 0)
    assert small.total == big.total
    for before, after in zip(big.sections, small.sections, strict=True):
        assert before.stories[: len(after.stories)] == after.stories
    if sum(sizes) <= most:
        assert small == big
    elif sum(size > 0 for size in sizes) <= most:
        assert all(after.stories for before, after in
                   zip(big.sections, small.sections, strict=True) if before.stories)  # fmt: skip


@given(st.text(), st.text(), st.text())
def test_no_title_breaks_out_of_its_header_or_its_text(title: str, lead: str, name: str) -> None:
    sender = Sender(name=name or "x", address="a@example.org", home="https://example.org",
                    list_id="x.example.org")  # fmt: skip
    from broadsheet.mail import Section

    hostile = Issue(kind="daily", key="2025-08-07", heading="h", address="https://example.org/",
                    moment=datetime(2025, 8, 7, tzinfo=UTC),
                    sections=(Section(heading="t", address="https://example.org/", total=1,
                                      stories=(story(1, title=title, lead=lead),)),))  # fmt: skip
    made = parsed(serialised(message(hostile, sender, lambda *_: "<html></html>")))
    assert set(made.keys()) == {"Content-Type", "MIME-Version", "From", "Subject", "Date",
                                "Message-ID", "List-Id", "List-Archive", "Content-Language",
                                "Precedence", "Auto-Submitted"}  # fmt: skip
    assert plain(hostile, sender, None)
