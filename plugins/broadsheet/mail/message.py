"""An issue as a message: plain text and HTML side by side, with the headers that lists have.

List-Unsubscribe and its one-click form are RFC 2369's and RFC 8058's, List-Id is RFC 2919's. The
Message-ID is made of the issue and its reader, so that the same message sent again is known as the
same.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from .html import Render, fitting, html
from .model import LONGEST_TOKEN, Issue, Sender, Subscriber
from .plain import plain

_SUBJECT_TITLE = 70  # characters of the first paper's title
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The older policy folds headers between words only; the newer one would encode a long address.
_POLICY = compat32.clone(linesep="\r\n")


def message(
    issue: Issue,
    sender: Sender,
    render: Render,
    *,
    to: Subscriber | None = None,
    now: datetime | None = None,
) -> MIMEMultipart:
    """The issue as a message to one reader; without `to`, as a specimen to look at.

    `now` dates it; by default it is dated when the issue came out.
    """
    one_click, by_mail = _ways_out(sender, to.token if to else "TOKEN")
    leave = one_click or by_mail
    longest = _ways_out(sender, "x" * LONGEST_TOKEN)
    issue = fitting(issue, sender, longest[0] or longest[1], render)
    made = MIMEMultipart("alternative", policy=_POLICY)
    made["From"] = formataddr((_line(sender.name), sender.address))
    if to is not None:
        made["To"] = to.address
    made["Subject"] = Header(subject(issue, sender), header_name="Subject")  # type: ignore[assignment]
    made["Date"] = format_datetime(now or issue.moment)
    made["Message-ID"] = message_id(issue, sender, to)
    made["List-Id"] = f"<{sender.list_id}>"
    leaving = [f"<{one}>" for one in (one_click, by_mail) if one]
    if leaving:
        made["List-Unsubscribe"] = ", ".join(leaving)
    if one_click and one_click.startswith("https://"):
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if sender.home:
        made["List-Archive"] = f"<{_line(sender.home)}/archive/>"
    made["Content-Language"] = _line(sender.language)
    made["Precedence"] = "list"
    made["Auto-Submitted"] = "auto-generated"
    made.attach(MIMEText(_clean(plain(issue, sender, leave)), "plain", _charset()))  # type: ignore[arg-type]
    made.attach(MIMEText(_clean(html(issue, sender, leave, render)), "html", _charset()))  # type: ignore[arg-type]
    made.set_boundary("=_" + hashlib.sha256(str(made["Message-ID"]).encode()).hexdigest()[:32])
    return made


def _ways_out(sender: Sender, token: str) -> tuple[str | None, str | None]:
    """Where a reader leaves: by a click, and by mail."""
    by_click = sender.unsubscribe and sender.unsubscribe.replace("{token}", token)
    by_mail = sender.unsubscribe_mail and (
        f"mailto:{sender.unsubscribe_mail}?subject=unsubscribe%20{token}"
    )
    return by_click, by_mail


def serialised(made: MIMEMultipart) -> bytes:
    """The message's bytes as SMTP carries them (lines end with CR LF, none over 998 bytes)."""
    return made.as_bytes()


def _charset() -> Charset:
    """UTF-8 as quoted-printable: seven bits and short lines on the way, and readable to the eye."""
    made = Charset("utf-8")
    made.body_encoding = QP
    return made


def subject(issue: Issue, sender: Sender) -> str:
    """Whose issue it is, and what leads it: its first paper and how many others."""
    name = issue.about or sender.name
    stories = [story for section in issue.sections for story in section.stories]
    if not stories:
        return _line(f"{name}: {issue.heading}")
    first = max(stories, key=lambda story: story.votes or 0).title
    if len(first) > _SUBJECT_TITLE:
        first = first[: _SUBJECT_TITLE - 1].rsplit(" ", 1)[0].rstrip(",:;") + "…"
    rest = issue.total - 1
    more = f" and {rest} more" if rest else ""
    return _line(f"{name}: {first}{more}")


def message_id(issue: Issue, sender: Sender, to: Subscriber | None) -> str:
    """The message's permanent name; of the reader it holds a hash."""
    name = re.sub(r"[^A-Za-z0-9-]+", ".", issue.name)
    whom = hashlib.sha256(f"{issue.name}\n{to.key}".encode()).hexdigest()[:16] if to else "issue"
    return f"<{name}.{whom}@{sender.domain}>"


def _line(text: str) -> str:
    """Text for a header: in one line, without what turns the direction of what follows it."""
    return " ".join(_DIRECTIONS.sub("", _clean(text)).split())


def _clean(text: str) -> str:
    """Text without control characters and lone surrogates."""
    text = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
