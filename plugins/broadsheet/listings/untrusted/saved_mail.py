"""A mail as saved (.eml, a mailbox of one, or its text with ">" before each line): the texts in it.

Which format each text has is told by formats.py, as for a file. Line numbers are those of the text
within the mail. The parts of a mail are bounded before Python's parser sees them: its time grows
with how deep they are nested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message

from ...errors import ListingError, shown
from ..columns import Loss
from .decoding import one_line

MAX_BYTES = 10_000_000
"""Largest mail; a newsletter has 0.2 MB."""
MAX_PARTS = 200
MAX_DEPTH = 20
"""Most parts that hold others; a forwarded newsletter has four."""
MAX_MAILS = 100
"""Most mails of a mailbox."""
_HEAD = 100_000  # bytes within which a mail's header ends

_LONGEST_ABOVE = 20_000  # characters
_MOST_QUOTED = 5  # times that a text is quoted

_HEADER = re.compile(rb"([!-9;-~]{1,76}):(?:[ \t]|$)")
_SENDER = frozenset((b"from", b"received", b"mime-version", b"return-path", b"delivered-to",
                     b"message-id", b"x-mozilla-status", b"content-type"))  # fmt: skip
_ABOUT = frozenset((b"date", b"subject", b"content-type"))
_FROM_LINE = re.compile(rb"From \S{1,200}[ \t].{0,200}\d{4}.{0,20}$")
# Where the next mail of a mailbox begins.
_PARTED = re.compile(
    rb"\n\r?\n(?=From \S{1,200}[ \t][^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n[!-9;-~]{1,80}:)"
)
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,100})\"|([^\s;\"]{1,100}))", re.I)
# A boundary that mail programs don't write, and Python's parser reads: in pieces, or encoded.
_ODD_BOUNDARY = re.compile(
    rb";\s*boundary(?:\*[0-9*]*\s*=|\s*=\s*(?:\"[^\"\r\n]{101}|[^\s;\"]{101}))", re.I
)
_CHARSET = re.compile(
    r"utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk"
    r"|gb18030|big5|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)|mac-?roman",
    re.I,
)
_TEXTUAL = re.compile(r"text/.*|application/(?:json|.{0,60}\+json|xml|.{0,60}\+xml|x-bibtex"
                      r"|x-research-info-systems|jsonlines)")  # fmt: skip
_MARK = re.compile(r"[ \t]?[>|][ \t]?")


# What Python's parser raises for malformed headers, by way of errors in its own code.
_BROKEN = (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class MailText:
    """A text that a mail holds; `date` and `subject` are those of the message it stands in."""

    text: str
    html: bool
    date: str
    subject: str


@dataclass(frozen=True, slots=True)
class SavedMail:
    """A mail's texts, in order, and notices of what else it holds."""

    texts: tuple[MailText, ...]
    notices: tuple[str, ...]


def is_mail(data: bytes) -> bool:
    """Return whether a file begins with a mail's header."""
    head = data[:_HEAD].lstrip(b"\r\n")
    if not (_HEADER.match(head) or head.startswith(b"From ")):
        return False
    lines = re.split(rb"\r\n|\n|\r", head, maxsplit=2_000)
    if lines and _FROM_LINE.match(lines[0]):
        lines = lines[1:]
    names: set[bytes] = set()
    for line in lines[:2_000]:
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        found = _HEADER.match(line)
        if found is None:
            return False
        names.add(found[1].lower())
    return len(names) > 1 and bool(names & _SENDER) and bool(names & _ABOUT)


def mails(data: bytes, *, file: str) -> list[bytes]:
    """Return the mails of a mailbox; a mail alone is one. Raises `ListingError` for too many."""
    if not data.lstrip(b"\r\n").startswith(b"From "):
        return [data]
    if len(data) > MAX_BYTES:
        _check(data, file)
    parted = [*_PARTED.finditer(data)]
    if len(parted) >= MAX_MAILS:
        raise ListingError(
            f"the mailbox holds {len(parted) + 1} mails; expected at most {MAX_MAILS}", file=file
        )
    starts = [0, *(found.end() for found in parted)]
    return [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]


def read(data: bytes, *, file: str) -> SavedMail:
    """Return the texts of a mail.

    Raises `ListingError` for one that is too large, of too many parts, or holds no text.
    """
    _check(data, file)
    first, _, rest = data.lstrip(b"\r\n").partition(b"\n")
    if _FROM_LINE.match(first.rstrip(b"\r")):
        data = rest
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"))
        texts, notices = _texts(message)
    except _BROKEN as error:
        raise ListingError(
            f"the mail can't be read ({shown(str(error))}); expected a mail as saved", file=file
        ) from None
    if not texts:
        raise ListingError("the mail holds no text; expected a listing in it", file=file, line=1)
    return SavedMail(tuple(texts), tuple(notices))


def _check(data: bytes, file: str) -> None:
    if len(data) > MAX_BYTES:
        raise ListingError(
            f"the mail has {len(data) / 1e6:,.0f} MB; expected at most {MAX_BYTES // 1_000_000} MB",
            file=file,
        )
    if odd := _ODD_BOUNDARY.search(data):
        raise ListingError(
            "the mail parts its texts by a boundary in pieces, or of more than 100 characters; "
            "expected a mail as programs write it",
            file=file,
            line=data.count(b"\n", 0, odd.start()) + 1,
        )
    boundaries = [found[1] or found[2] for found in _BOUNDARY.finditer(data)]
    depth = len(boundaries) + len(
        re.findall(rb"message/(?:rfc822|external-body|partial)", data, re.I)
    )
    parts = sum(data.count(b"--" + boundary) for boundary in boundaries[: MAX_DEPTH + 1])
    if depth > MAX_DEPTH or parts > MAX_PARTS:
        raise ListingError(
            f"the mail has more than {MAX_DEPTH} parts in each other, or {MAX_PARTS} in all; "
            "expected a listing's mail",
            file=file,
        )


def _texts(message: Message) -> tuple[list[MailText], list[str]]:
    texts: list[MailText] = []
    notices: list[str] = []
    waiting: list[tuple[Message, str, str]] = [(message, "", "")]
    while waiting:
        part, date, subject = waiting.pop()
        date = _header(part, "Date") or date
        subject = _header(part, "Subject") or subject
        if part.is_multipart():
            inner = part.get_payload()
            waiting.extend((one, date, subject) for one in reversed(list(inner)))
            continue
        kind = part.get_content_type()
        if _TEXTUAL.fullmatch(kind):
            text = _decoded(part)
            if text.strip():
                texts.append(MailText(text, kind.endswith("/html"), date, subject))
        elif kind.partition("/")[0] not in ("image", "multipart"):
            name = one_line(part.get_filename() or "") or kind
            notices.append(Loss(f"the attachment {shown(name)} is not read"))
    return texts, notices


def _header(part: Message, name: str) -> str:
    """Return a header's value with its encoded words read."""
    value = part.get(name)
    if value is None:
        return ""
    text = one_line(str(value)[:2_000])
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return one_line("".join(
        piece if isinstance(piece, str) else _text(piece, charset or "utf-8")
        for piece, charset in pieces
    ))  # fmt: skip


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_param("charset")
    text = _text(data, charset if isinstance(charset, str) else "utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if "flowed" in str(part.get_param("format") or "").lower():
        text = re.sub(r"(?<=[^\s-] )\n(?=[^\s>])", "", text)
    return re.sub(r"^>(?=>*From )", "", text, flags=re.MULTILINE)


def _text(data: bytes, charset: str) -> str:
    """Return bytes as text: as UTF-8 where they are that, else in the charset they are said to
    have, else as Latin-1."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        known = charset if _CHARSET.fullmatch(charset.strip()) else "latin-1"
        try:
            return data.decode(known.strip(), "replace")
        except LookupError:
            return data.decode("latin-1")


# A line that says so, and the header of the mail that is forwarded below it
_FORWARDED = re.compile(
    r"^(?:-{2,}[^\n-][^\n]{1,60}-{2,}|[^\W\d_][^\n]{4,60}:)[ \t]*\n\s{0,5}"
    r"(?:\*?[^\W\d_][^\n:*]{1,20}\*?:\*?[ \t][^\n]{0,500}\n){3,10}(?=\s*\S)",
    re.M,
)


def forwarded(text: str) -> str:
    """Return what a mail forwards, without the header above it and the words of who forwarded it;
    the text itself where it forwards none."""
    found = _FORWARDED.search(text[:_LONGEST_ABOVE])
    if found is None or "@" not in found[0]:
        return text
    return "\n" * text.count("\n", 0, found.end()) + text[found.end() :]


def unquoted(text: str) -> str:
    """Return what a reply or a forwarded text quotes, without the marks; the text itself where most
    lines aren't quoted.

    Of lines that aren't quoted those between stay: what stands above or below is the words of who
    forwarded it.
    """
    for _ in range(_MOST_QUOTED):
        if not _is_quoted(text):
            break
        rows = text.split("\n")
        marks = [_MARK.match(row) for row in rows]
        quoted = [n for n, mark in enumerate(marks) if mark]
        text = "\n".join(
            row[mark.end() :] if mark else row if quoted[0] < n < quoted[-1] else ""
            for n, (row, mark) in enumerate(zip(rows, marks, strict=True))
        )
    return text


def _is_quoted(text: str) -> bool:
    filled = [line for line in text.split("\n") if line.strip()]
    quoted = sum(1 for line in filled if _MARK.match(line))
    if quoted < 2 or quoted < 0.6 * len(filled):
        return False
    # What begins and ends with a bar is a row of a table.
    return not any(re.match(r"\s*\|.*\w.*\|\s*$", line) for line in filled[:50])
