"""Decoding: a listing's bytes to text, before its format is detected.

Also the normalising of strings that every reader uses: `one_line`, `paragraphs`.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib

from ...errors import EmptyListing, ListingError

MAX_BYTES = 50_000_000
"""Largest file, in bytes; the largest known listing of a day has 0.4 MB."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS = bytes(code for code in range(128) if _CONTROL.match(bytes((code,))))
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"%PDF", "a PDF"),
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


# Western letters and typographic signs of Windows-1252, between or beside those of ASCII.
_WESTERN = re.compile("[\xa0-\xffŒœŠšŽžŸƒ‘’“”‚„–—…•€™‰‹›]")
_WESTERN_RUN = re.compile("[^\x00-\x7f]{3}|[A-Za-z][\xa1-\xaf\xb1-\xb6\xb8-\xbf][A-Za-z]")


def decode(data: bytes, *, file: str, notices: list[str] | None = None) -> str:
    """Return the text of a listing's bytes: UTF-8, with or without byte-order mark, or UTF-16 with
    one, lines ended by "\\n".

    With `notices`, text that can only be Windows-1252, as spreadsheets save it in western
    languages, is read too, which is said there. Raises `EmptyListing` for nothing but white
    space, `ListingError` for what is too large or no UTF-8 text (it names the line and the byte).
    """
    if len(data) > MAX_BYTES:
        raise ListingError(
            f"the file has {len(data) / 1e6:,.0f} MB; expected one day's listing, "
            f"at most {MAX_BYTES // 1_000_000} MB",
            file=file,
        )
    if data.startswith(_GZIP):
        data = _inflated(data, file)
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
            text = "" if control or notices is None else _western(data)
            if not text:
                hint = "" if control else " (is the file Latin-1?)"
                problem = f"is not UTF-8; expected UTF-8 text{hint}"
                raise _not_text(data, bad, problem, file) from None
            assert notices is not None
            line = data.count(b"\n", 0, bad) + 1
            notices.append(f"line {line}: the text is no UTF-8; it is read as Windows-1252")
        else:
            text = ""
    if control is not None:
        raise _not_text(
            data, control.start(), "is a control byte; expected UTF-8 text, not a binary file", file
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _inflated(data: bytes, file: str) -> bytes:
    """Return what a gzip file holds. Raises `ListingError` where it is broken, cut off or larger
    than a listing may be."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            held = packed.read(MAX_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise ListingError(
            f"the gzip file is broken or cut off ({error}); expected a whole listing", file=file
        ) from None
    if len(held) > MAX_BYTES:
        raise ListingError(
            f"the gzip file holds more than {MAX_BYTES // 1_000_000} MB; expected one day's "
            "listing",
            file=file,
        )
    return held


def _western(data: bytes) -> str:
    """Return a text in Windows-1252; "" where its bytes could be of another code page: western
    letters stand alone or in pairs among ASCII's, of which there are more. Where some characters
    are UTF-8, another one is damage."""
    if not data.decode("utf-8", "ignore").isascii():
        return ""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    foreign = "".join(re.findall("[^\x00-\x7f]+", text))
    rare = len(foreign) * 4 <= sum(map(str.isalpha, text))
    fits = len(_WESTERN.findall(foreign)) == len(foreign)
    return text if rare and fits and not _WESTERN_RUN.search(text) else ""


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
