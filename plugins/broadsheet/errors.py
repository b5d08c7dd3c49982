"""The exceptions that Broadsheet raises for what a person can mend.

One tree: whoever catches `BroadsheetError` catches them all. Each carries where the problem stands
(file and line, where known), what was found and what was expected, and prints as one line. The
command prints that line and exits with 1; anything else that escapes is a bug, is told in one line
and exits with 70 (`broadsheet --traceback` shows where it arose).

    BroadsheetError
    |- SettingsError        pelicanconf.py
    |- VocabularyError      topics.yml, tags.yml
    |- ListingError         a raw listing
    |  `- EmptyListing      a listing without content: neither papers nor a word that there are none
    |- ContentError         a content page
    |  |- ChangedContent    content was edited between two readings of one build
    |  `- InvolvedText      Markdown that would take too long to read, or nests too deeply
    |- LedgerError          day.yml
    |- FetchError           a server's answer
    `- SiteError            the output: locks, disk, templates
"""

from __future__ import annotations


class BroadsheetError(Exception):
    """A problem a person can mend.

    `message` says what was found and what was expected; `file` (as the user would type it) and
    `line` (from 1) say where, as far as known. `str()` gives `file:line: message`, always in
    one line.
    """

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = plain(message)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        if self.file is None:
            return self.message if self.line is None else f"line {self.line}: {self.message}"
        file = plain(self.file)
        where = file if self.line is None else f"{file}:{self.line}"
        return f"{where}: {self.message}"

    def at(self, file: str) -> BroadsheetError:
        """Name the file, where the code that raised this knew only the text. Returns itself."""
        if self.file is None:
            self.file = file
        return self


class SettingsError(BroadsheetError):
    """A setting is missing or has a value that it can't have."""


class VocabularyError(BroadsheetError):
    """topics.yml or tags.yml can't be used."""


class ListingError(BroadsheetError):
    """A raw listing can't be read."""


class EmptyListing(ListingError):
    """A listing holds nothing: not even the word that nothing was announced."""


class ContentError(BroadsheetError):
    """A content page can't be read."""


class ChangedContent(ContentError):
    """Content is no longer what a build has hashed: it was edited while the build ran."""


class InvolvedText(ContentError):
    """Markdown that would take too long to read, or that nests too deeply."""


class LedgerError(BroadsheetError):
    """A day's ledger (day.yml) can't be read or contradicts its day."""


class FetchError(BroadsheetError):
    """A server gave no usable answer."""


class SiteError(BroadsheetError):
    """The site can't be written."""


def shown(value: object, limit: int = 60) -> str:
    """A found value for a message: quoted, in one line, cut to `limit` characters."""
    text = plain(str(value)[: 20 * limit])
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'


def plain(text: object) -> str:
    """Text in one line, without what would steer a terminal."""
    line = " ".join(str(text).split())
    return line if line.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in line)
