"""The message: its headers, its two parts, and that mail programs can show them."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from broadsheet.mail import Issue, MailError, Sender, message, serialised, trimmed
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


@pytest.mark.parametrize("form", ["Q?=E2=80=AE=0D=0ABcc:_x=40y.example", "B?4oCuDQpCY2M6IHg="])
def test_an_encoded_word_in_a_title_stays_as_it_is_written(
    issue: Issue, sender: Sender, render: Any, form: str
) -> None:
    title = f"=?utf-8?{form}?="
    made = message(replace(issue, about=title), sender, render, to=people(1)[0])
    data = serialised(made)
    assert b"\nBcc" not in data
    assert parsed(data)["Subject"] == f"{title}: A Study of 3 <Things> & More and 5 more"


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
    from broadsheet.mail import IssueSection

    sections = tuple(
        IssueSection(heading=str(n), address="", stories=tuple(map(story, range(size))), total=size)
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


MARKS = ["https://unsubscribe.invalid/", "{token}", "{{ unsubscribe }}", "TOKEN", "%7Btoken%7D",
         "https://lists.example.org/leave?t={token}&l=1"]  # fmt: skip


@given(st.sampled_from(MARKS) | st.text(max_size=30), st.text(max_size=10))
def test_nobody_s_text_gets_the_reader_s_token(render: Any, mark: str, more: str) -> None:
    sender = Sender(name=f"Papers {mark}", address="a@example.org", home="https://example.org",
                    list_id="x.example.org", unsubscribe="https://lists.example/leave/{token}",
                    unsubscribe_mail="leave@example.org")  # fmt: skip
    address = f"https://example.org/{mark}"
    hostile = story(1, title=mark + more, lead=more + mark, authors=mark, notes=(mark,),
                    address=address, links=((mark, mark + more),))  # fmt: skip
    from broadsheet.mail import IssueSection

    section = IssueSection(heading=mark, address=mark, total=2, stories=(hostile,))
    issue = Issue(kind="daily", key="2025-08-07", heading=mark, address=address, about=mark,
                  moment=datetime(2025, 8, 7, tzinfo=UTC), sections=(section,))  # fmt: skip
    reader = people(1)[0]
    made = parsed(serialised(message(issue, sender, render, to=reader)))
    text, html = bodies(made)
    assert html.count(reader.token) == text.count(reader.token) == 1
    links = [one.get("href") for one in lxml_html.fromstring(html).iter("a")]
    assert [one for one in links if one and reader.token in one] == [
        f"https://lists.example/leave/{reader.token}"
    ]


def test_all_readers_get_the_same_papers_however_long_their_tokens_are(
    issue: Issue, sender: Sender, render: Any
) -> None:
    stories = tuple(story(n, lead="A long lead sentence. " * 40) for n in range(100))
    big = replace(issue, sections=(replace(issue.sections[0], stories=stories, total=100),))
    one = people(1)[0]
    counts = {
        bodies(parsed(serialised(message(big, sender, render, to=to))))[1].count("<h3")
        for to in (None, one, replace(one, token="t" * 200))
    }
    assert len(counts) == 1


@pytest.mark.parametrize(
    "address",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org\n", "a@example.org> SIZE=1", "a b@c.org",
     "a@example.org,b@example.org", "<a@example.org>", "@example.org", "a@", "ä@example.org",
     "a@example.org\0", "a" * 250 + "@example.org"],
)  # fmt: skip
def test_no_address_can_hold_another_header_or_command(sender: Sender, address: str) -> None:
    with pytest.raises(MailError):
        replace(people(1)[0], address=address)
    with pytest.raises(MailError):
        replace(sender, address=address)
    with pytest.raises(MailError):
        replace(sender, unsubscribe_mail=address)


@pytest.mark.parametrize("text", ["x\r\nBcc: b@example.org", "x>, <y", 'x" y', "x\x7f"])
def test_nothing_else_of_a_sender_or_reader_can_either(sender: Sender, text: str) -> None:
    with pytest.raises(MailError):
        replace(sender, list_id=text)
    with pytest.raises(MailError):
        replace(sender, unsubscribe=f"https://x.example/{text}")
    with pytest.raises(MailError):
        replace(people(1)[0], token=text + "long enough")


def test_a_subject_s_words_turn_no_direction(issue: Issue, sender: Sender, render: Any) -> None:
    turned = replace(issue, about="\u202eevil\u2066\r\nBcc: x@example.org")
    made = parsed(serialised(message(turned, sender, render)))
    assert made["Subject"].startswith("evil Bcc: x@example.org: ")
    assert "Bcc" not in made


@given(st.text(), st.text(), st.text())
def test_no_title_breaks_out_of_its_header_or_its_text(title: str, lead: str, name: str) -> None:
    sender = Sender(name=name or "x", address="a@example.org", home="https://example.org",
                    list_id="x.example.org")  # fmt: skip
    from broadsheet.mail import IssueSection

    hostile = Issue(kind="daily", key="2025-08-07", heading="h", address="https://example.org/",
                    moment=datetime(2025, 8, 7, tzinfo=UTC),
                    sections=(IssueSection(heading="t", address="https://example.org/", total=1,
                                      stories=(story(1, title=title, lead=lead),)),))  # fmt: skip
    made = parsed(serialised(message(hostile, sender, lambda *_: "<html></html>")))
    assert set(made.keys()) == {"Content-Type", "MIME-Version", "From", "Subject", "Date",
                                "Message-ID", "List-Id", "List-Archive", "Content-Language",
                                "Precedence", "Auto-Submitted"}  # fmt: skip
    assert plain(hostile, sender, None)
