"""Parse a static page (About, Contributing ...): its metadata and its Markdown.

The metadata are lines `Key: value` up to a blank one, as in Pelican. Only the keys below have an
effect, and their values are limited to those that can't lead out of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ... import conflict_markers
from ...errors import ContentError, shown
from ...normal_forms import normal
from ...suggestions import did_you_mean

LONGEST = 1_000_000
"""Characters of a static page."""
LONGEST_TITLE = 1_000
"""Characters of its title, of which Pelican makes a slug in the square of their number."""

_META = re.compile(r"(title|slug|status|save_as)[ \t]*:[ \t]*(.*?)[ \t]*\Z", re.I)
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_MORE = re.compile(r" {4,}(.*)")
_BEGIN = re.compile(r"-{3}(?:\s.*)?\Z")
_END = re.compile(r"(?:-{3}|\.{3})(?:\s.*)?\Z")
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"
_WORD = re.compile(rf"{_NAME}\Z")
_TEMPLATE = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_FILE = re.compile(rf"(?:{_NAME}/){{0,8}}{_NAME}\.html\Z")
_ADDRESS = re.compile(rf"(?:{_NAME}/){{0,8}}(?:{_NAME})?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}\Z")
# Files that every site has; no page can be written below them.
_IN_A_FILE = re.compile(r"(?:(?:\A|.*/)(?:index|404)\.html|robots\.txt|sitemap\.xml)/", re.I)
_STATUSES = ("published", "hidden", "draft", "skip")


def is_output(path: str) -> bool:
    """Return whether a static page may be written to a path."""
    return _FILE.match(path) is not None and _IN_A_FILE.match(path) is None


# The keys, and the valid values of each, as a test and in words.
KEYS: dict[str, tuple[Callable[[str], object], str]] = {
    "title": (
        lambda text: 0 < len(text) <= LONGEST_TITLE,
        f"a title of at most {LONGEST_TITLE:,} characters",
    ),
    "description": (lambda text: True, ""),
    "slug": (_WORD.match, "letters, digits and hyphens"),
    "status": (lambda text: text.lower() in _STATUSES, ", ".join(_STATUSES)),
    "template": (_TEMPLATE.match, "a template's name, such as page"),
    "save_as": (is_output, "a path within the site, such as team/index.html"),
    "url": (_ADDRESS.match, "an address within the site, such as team/"),
    "lang": (_LANGUAGE.match, "a language, such as en"),
}
_DATES = ("date", "modified")  # not shown, but Pelican refuses an invalid one
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[T _][0-9:.]{4,15}(?:Z|[+-][0-9:]{2,5})?)?\Z")


@dataclass(frozen=True, slots=True)
class StaticText:
    """A parsed static page: the values of its known keys, its Markdown, the line (from 1) where the
    Markdown begins, and the lines of all keys. `conflicts` says that git left conflicts in it."""

    values: dict[str, str]
    body: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)
    conflicts: bool = False


def refuse_case(names: Iterable[str]) -> None:
    """Raise ContentError if two pages' slugs or addresses differ by capital letters alone: some
    systems keep both in one folder."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise ContentError(
                f"{shown(name)} and {shown(other)} differ by capital letters alone, which some "
                "systems can't tell apart; expected another slug for one of them",
                file="pages",
            )


def slug_of(text: str, stem: str) -> str | None:
    """Return a page's slug as Pelican derives it, from its file's `stem` where it has neither slug
    nor title; None for a draft."""
    fields = _fields(text)
    if fields.get("status", "").lower() == "draft":
        return None
    return fields.get("slug") or slug(fields.get("title", "")) or stem


def address_of(text: str, stem: str) -> str | None:
    """Return a page's address ("about/"), by its slug (`slug_of`) or where it says that it is
    written to; None for a draft."""
    found = slug_of(text, stem)
    path = _fields(text).get("save_as")
    if found is None or not path:
        return found and f"{found}/"
    return path.removesuffix("index.html")


def _fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in text.removeprefix("\ufeff").splitlines():
        match = _META.match(line)
        if match:
            fields.setdefault(match[1].lower(), match[2])
        elif not line.strip():
            break
    return fields


def survey(text: str, *, file: str | None = None) -> tuple[StaticText, tuple[ContentError, ...]]:
    """Return a static page without its invalid values, and an error for each of these."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found, at, begin = _header(lines)
    body = "\n".join(lines[begin:])
    wrong = [
        ContentError(conflict_markers.message_of(one), file=file, line=one.line)
        for one in conflict_markers.conflicts(text)
    ]
    if wrong:
        return StaticText({}, body, begin + 1, at, conflicts=True), tuple(wrong)
    values = {}
    for name, (fits, expected) in KEYS.items():
        if name not in found:
            continue
        value = " ".join(
            " ".join(found[name] if name == "description" else found[name][:1]).split()
        )
        if fits(value):
            values[name] = value
        elif value or name == "title":
            wrong.append(
                ContentError(
                    f"{name.capitalize()}: {shown(value)}; expected {expected}", line=at[name]
                )
            )
    wrong += _odd_dates(found)
    if "title" not in found:
        wrong.append(_untitled(found, at))
    if len(text) > LONGEST:
        wrong.append(
            ContentError(
                f"a page of {len(text):,} characters; expected at most {LONGEST:,}", line=1
            )
        )
    for one in wrong:
        one.file = file
    return StaticText(values, body, begin + 1, at), tuple(wrong)


def _header(lines: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, int], int]:
    """Return the values of each key of a page's header, a line each, the key's first line, and the
    index of the line where the text begins."""
    found: dict[str, list[str]] = {}
    at: dict[str, int] = {}
    key = ""
    n = 1 if _BEGIN.match(lines[0]) else 0
    while n < len(lines):
        line = lines[n]
        if not line.strip() or _END.match(line):
            return found, at, n + 1
        named = _KEY.match(line)
        more = None if named else _MORE.match(line)
        if named:
            key = named[1].lower()
            found.setdefault(key, []).append(named[2].strip())
            at.setdefault(key, n + 1)
        elif more and key:
            found[key].append(more[1].strip())
        else:
            break
        n += 1
    return found, at, n


def _odd_dates(found: Mapping[str, Sequence[str]]) -> list[ContentError]:
    """Return an error for each date that Pelican can't read."""
    return [
        ContentError(
            f"Pelican can't read this page, for its {name}: {shown(value)}; expected one such as "
            "2025-08-07"
        )
        for name in _DATES
        for value in found.get(name, ())[:1]
        if not _is_date(value)
    ]


def _untitled(found: Mapping[str, Sequence[str]], at: Mapping[str, int]) -> ContentError:
    """Return the error of a page without a title, naming the key that may be meant for it."""
    near = next((key for key in found if did_you_mean(key, ("title",))), None)
    hint = f"; did you mean Title by {shown(near.capitalize())}?" if near else ""
    return ContentError(
        f"this page has no title; expected a first line `Title: ...`{hint}",
        line=at.get(near or "", 1),
    )


def _is_date(text: str) -> bool:
    match = _DATE.match(text)
    try:
        return match is not None and bool(date(*map(int, re.split(r"[-T _]", text)[:3])))
    except ValueError:
        return False


def parse(text: str, *, file: str | None = None) -> StaticText:
    """Return a static page. Raises ContentError, with file and line, for the first error."""
    page, wrong = survey(text, file=file)
    if wrong:
        raise wrong[0]
    return page


def slug(title: str) -> str:
    """Return a title as the slug that Pelican derives from it."""
    text = normal("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip()).lower()
