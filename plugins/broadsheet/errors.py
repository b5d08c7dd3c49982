"""The exceptions that Broadsheet raises for problems that a person can mend.

One tree: whoever catches `BroadsheetError` catches them all. Each carries its place (file and line,
if known), what was found and what was expected, and prints as one line. The command line prints
that line and exits with 1. Any other exception that escapes is a bug: it is reported in one line,
and the exit code is 70 (`broadsheet --traceback` prints the traceback).

    BroadsheetError
    |- SettingsError        pelicanconf.py
    |- VocabularyError      topics.yml, tags.yml
    |- ListingError         a raw listing
    |  `- EmptyListing      a listing with neither papers nor a statement that there are none
    |- ContentError         a content page
    |  |- ChangedContent    content was edited between two readings of one build
    |  |- EditedSince       a paper was edited after it was shown to who edits it
    |  |- InvolvedText      Markdown that would take too long to parse, or nests too deeply
    |  |- StrayHeading      a heading in a page that begins no paper
    |  `- UnsafeLink        a link in a page that runs script or holds data
    |- LedgerError          day.yml
    |- FetchError           a server's answer
    `- SiteError            the output: locks, disk, templates
"""

from __future__ import annotations


class BroadsheetError(Exception):
    """A problem that a person can mend.

    `message` says what was found and what was expected. `file` (as the user would type it) and
    `line` (from 1) are the place, if known. `str()` is `file:line: message`, always in one line.
    """

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = _bounded(plain(message))
        self.file = file
        self.line = line

    def __str__(self) -> str:
        if self.file is None:
            return at_line(self.line, self.message)
        file = plain(self.file)
        where = file if self.line is None else f"{file}:{self.line}"
        return f"{where}: {self.message}"

    def at(self, file: str) -> BroadsheetError:
        """Set the file, unless it is set already, and return the error itself: for code that raised
        it knowing the text alone."""
        if self.file is None:
            self.file = file
        return self


class SettingsError(BroadsheetError):
    """A setting is missing or has an invalid value."""


class VocabularyError(BroadsheetError):
    """topics.yml or tags.yml is invalid."""


class ListingError(BroadsheetError):
    """A raw listing can't be parsed."""


class EmptyListing(ListingError):
    """A listing has neither papers nor a statement that there are none."""


class ContentError(BroadsheetError):
    """A content page can't be parsed."""


class ChangedContent(ContentError):
    """Content differs from what a build has hashed: it was edited during the build."""


class EditedSince(ContentError):
    """A paper was edited after it was shown to who wants to edit it."""


class StrayHeading(ContentError):
    """A heading in a content page begins no paper."""


class UnsafeLink(ContentError):
    """A link in a content page runs script or holds data."""


class InvolvedText(ContentError):
    """Markdown that would take too long to parse, or that nests too deeply."""


class LedgerError(BroadsheetError):
    """A day's ledger (day.yml) can't be parsed or contradicts its day."""


class FetchError(BroadsheetError):
    """A server gave no usable answer."""


class SiteError(BroadsheetError):
    """The site can't be written."""


LONGEST = 2_000
"""Characters of a message at most: what is quoted in it may be a stranger's, of any length."""


def _bounded(message: str) -> str:
    """Return a message with its middle left out where it is too long: what was found stands first,
    what was expected last."""
    if len(message) <= LONGEST:
        return message
    return f"{message[: LONGEST - 503]} … {message[-500:]}"


def at_line(line: int | None, message: str) -> str:
    """Return a message with the line of the file that it is about, where one is known."""
    return message if line is None else f"line {line}: {message}"


def shown(value: object, limit: int = 60) -> str:
    """Return a value for a message: quoted, in one line, cut to `limit` characters."""
    text = plain(str(value)[: 20 * limit])
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'


def plain(text: object) -> str:
    """Return a text in one line, without control characters, which could steer a terminal, and
    without the sign by which GitHub's runner finds a command in what a step prints."""
    line = " ".join(str(text).split()).replace("##[", "## [")
    return line if line.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in line)
