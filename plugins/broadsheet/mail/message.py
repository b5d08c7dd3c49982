"""An issue as a MIME message: plain text and HTML alternatives, with the headers of a list. Pure.

List-Unsubscribe is RFC 2369, its one-click form RFC 8058, List-Id RFC 2919. The Message-ID is
derived from the issue and its reader, so that mail programs recognise a message that is sent twice.
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
    """Return the issue as a message to one reader; without `to`, as a specimen.

    `now` is its date, by default the moment when the issue came out.
    """
    one_click, by_mail = _leave_addresses(sender, to.token if to else "TOKEN")
    leave = one_click or by_mail
    longest = _leave_addresses(sender, "x" * LONGEST_TOKEN)
    issue = fitting(issue, sender, longest[0] or longest[1], render)
    mime = MIMEMultipart("alternative", policy=_POLICY)
    mime["From"] = formataddr((_line(sender.from_name or sender.name), sender.address))
    if to is not None:
        mime["To"] = to.address
    mime["Subject"] = _header(subject(issue, sender), "Subject")  # type: ignore[assignment]
    mime["Date"] = format_datetime(now or issue.moment)
    mime["Message-ID"] = message_id(issue, sender, to)
    mime["List-Id"] = f"<{sender.list_id}>"
    leaving = [f"<{address}>" for address in (one_click, by_mail) if address]
    if leaving:
        mime["List-Unsubscribe"] = ", ".join(leaving)
    if one_click and one_click.startswith("https://"):
        mime["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if sender.home:
        mime["List-Archive"] = f"<{_line(sender.home)}/archive/>"
    mime["Content-Language"] = _line(sender.language)
    mime["Precedence"] = "list"
    mime["Auto-Submitted"] = "auto-generated"
    mime.attach(MIMEText(_clean(plain(issue, sender, leave)), "plain", _charset()))  # type: ignore[arg-type]
    mime.attach(MIMEText(_clean(html(issue, sender, leave, render)), "html", _charset()))  # type: ignore[arg-type]
    mime.set_boundary("=_" + hashlib.sha256(str(mime["Message-ID"]).encode()).hexdigest()[:32])
    return mime


def _leave_addresses(sender: Sender, token: str) -> tuple[str | None, str | None]:
    """Return a reader's addresses for leaving: by a click, and by mail (None where not offered)."""
    by_click = sender.unsubscribe and sender.unsubscribe.replace("{token}", token)
    by_mail = sender.unsubscribe_mail and (
        f"mailto:{sender.unsubscribe_mail}?subject=unsubscribe%20{token}"
    )
    return by_click, by_mail


def serialised(mime: MIMEMultipart) -> bytes:
    """Return the message's bytes for SMTP: lines end with CR LF, none is longer than 998 bytes."""
    return mime.as_bytes()


def _charset() -> Charset:
    """Return UTF-8 with quoted-printable bodies: seven bits, short lines, readable source."""
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset


def subject(issue: Issue, sender: Sender) -> str:
    """Return the subject: the digest's or subscription's name, the title of the paper that leads
    the issue, and the number of the others."""
    name = issue.about or sender.name
    stories = [story for section in issue.sections for story in section.stories]
    if not stories:
        return _line(f"{name}: {issue.heading}")
    first = max(stories, key=lambda story: (story.pinned, story.votes or 0)).title
    if len(first) > _SUBJECT_TITLE:
        first = first[: _SUBJECT_TITLE - 1].rsplit(" ", 1)[0].rstrip(",:;") + "…"
    rest = issue.total - 1
    if not rest:
        return _line(f"{name}: {first}")
    more = sender.words.ngettext(
        "%(name)s: %(title)s and %(count)s more",
        "%(name)s: %(title)s and %(count)s more",
        rest,
        name=name,
        title=first,
    )
    return _line(more)


def message_id(issue: Issue, sender: Sender, to: Subscriber | None) -> str:
    """Return the Message-ID: permanent, with a hash of the reader."""
    name = re.sub(r"[^A-Za-z0-9-]+", ".", issue.name)
    reader = hashlib.sha256(f"{issue.name}\n{to.key}".encode()).hexdigest()[:16] if to else "issue"
    return f"<{name}.{reader}@{sender.domain}>"


def _header(text: str, name: str) -> Header:
    """Return a header's value. What reads as an encoded word (RFC 2047) is encoded itself: a title
    that is one would be decoded by mail programs, to any characters."""
    return Header(text, charset="utf-8" if "=?" in text else None, header_name=name)


def _line(text: str) -> str:
    """Return text for a header: one line, without characters that override text direction."""
    return " ".join(_DIRECTIONS.sub("", _clean(text)).split())


def _clean(text: str) -> str:
    """Return text without control characters; lone surrogates are replaced."""
    text = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
