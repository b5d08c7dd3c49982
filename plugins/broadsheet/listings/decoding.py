"""Decoding: a listing's bytes to text, before its format is detected.

Also the normalising of strings that every reader uses: `one_line`, `paragraphs`.
"""

from __future__ import annotations

import re

from ..errors import EmptyListing, ListingError

MAX_BYTES = 50_000_000
"""Largest file, in bytes; the largest known listing of a day has 0.4 MB."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS = bytes(code for code in range(128) if _CONTROL.match(bytes((code,))))
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)

# Characters that show nothing and only disturb: controls, lone surrogates, zero-width space and
# soft hyphen, byte-order marks, and the marks that turn the direction of what follows.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
_PARAGRAPH = re.compile(r"\n[ \t\xa0]*\n|\n[ \t\xa0]+")


def decode(data: bytes, *, file: str) -> str:
    """Return the text of a listing's bytes: UTF-8, with or without byte-order mark, or UTF-16 with
    one, lines ended by "\\n".

    Raises `EmptyListing` for nothing but white space, `ListingError` for what is too large or no
    UTF-8 text (it names the line and the byte).
    """
    if len(data) > MAX_BYTES:
        raise ListingError(
            f"the file has {len(data) / 1e6:,.0f} MB; expected one day's listing, "
            f"at most {MAX_BYTES // 1_000_000} MB",
            file=file,
        )
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\xc2\xa0"):
        raise EmptyListing(
            "the file is empty; expected a listing of papers", file=file, line=None if data else 1
        )
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            raise ListingError(
                f"line 1 begins with byte 0x{data[0]:02X}: this is {kind}; expected UTF-8 text",
                file=file,
                line=1,
            )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # as spreadsheets save "Unicode text"
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeDecodeError as error:
            raise ListingError(
                f"the file begins as UTF-16 text and is broken at byte {error.start}; expected "
                "UTF-8 text",
                file=file,
                line=1,
            ) from None
    # Deleting takes a fifth of the time that searching does, and hardly any file has one.
    control = _CONTROL.search(data) if len(data.translate(None, _CONTROLS)) < len(data) else None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.start if error.object == data else error.start + 3
        if control is None or bad < control.start():
            hint = "" if control else " (is the file Latin-1?)"
            raise _not_text(data, bad, f"is not UTF-8; expected UTF-8 text{hint}", file) from None
        text = ""
    if control is not None:
        raise _not_text(
            data, control.start(), "is a control byte; expected UTF-8 text, not a binary file", file
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _not_text(data: bytes, position: int, problem: str, file: str) -> ListingError:
    line = data.count(b"\n", 0, position) + 1
    begin = max(data.rfind(b"\n", 0, position) + 1, position - 20)
    near = data[begin:position].decode("utf-8", "ignore").strip()
    where = f' after "{near}"' if near else ""
    return ListingError(f"byte 0x{data[position]:02X}{where} {problem}", file=file, line=line)


def visible(text: str) -> str:
    """Return the text without characters that show nothing (controls, lone surrogates, bidi
    overrides)."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """Return the text in one line, white space (non-breaking too) made single spaces."""
    return " ".join(visible(text).split())


def paragraphs(text: str) -> str:
    """Return text that was wrapped, as paragraphs of one line each, separated by blank lines.

    A new paragraph starts after a blank line or, as arXiv writes them, with an indented line.
    """
    if "\n" not in text:
        return one_line(text)
    parts = (one_line(part) for part in _PARAGRAPH.split(text.strip()))
    return "\n\n".join(part for part in parts if part)
