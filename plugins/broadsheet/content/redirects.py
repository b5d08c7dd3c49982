"""Redirects from addresses that were published once (content/redirects.yml). Pure.

The file is YAML, one address a line, each line a JSON object (which YAML reads too), as in day.yml:

    - {"from": "topics/old-name/", "to": "topics/new-name/"}
    - {"from": "papers/some-paper/", "to": "2025/08/07/", "why": "Taken out on its authors' wish."}

A row with `why` becomes a page that shows the text and a link; a row without redirects at once.
The commands maintain the file; people may add rows and comments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .. import conflict_markers
from ..errors import ContentError, shown
from ..suggestions import did_you_mean
from ..text import safe_yaml
from ..urls import Addresses
from .ledger_rows import format_row, last_line

FILE = "redirects.yml"
GONE = "This paper is no longer part of the digest."
"""What a retired paper's address says where its curator gave no reason."""
HEADER = (
    "# Addresses that were published once and lead elsewhere now. The commands keep this file;\n"
    "# docs/content.md tells its format.\n"
)

_KEYS = ("from", "to", "why")
_ENDING = re.compile(r"\.[A-Za-z]+[0-9]?\Z")
_ADDRESS = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)+\Z")
_QUOTED = re.compile(r"[\"'}\]]")  # after the last of these no text of a row goes on
_LONGEST = 300
_LONGEST_WHY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address below the site's root ("topics/old/") and the address that replaces it.

    `why` is plain text that the page of the old address shows. `line` and `last` are the first and
    last line of its row, from 1.
    """

    old: str
    new: str
    why: str | None = None
    line: int | None = None
    last: int | None = None


def is_address(text: str) -> bool:
    """Return whether a text is an address of a page of the site ("papers/x/"; "" is the home
    page)."""
    return text == "" or (
        len(text) <= _LONGEST and ".." not in text and _ADDRESS.match(text) is not None
    )


def parse(text: str, *, file: str = FILE) -> tuple[Redirect, ...]:
    """Parse the file. Raises ContentError, with file and line, for the first problem."""
    found, wrong = survey(text, file=file)
    if wrong:
        raise wrong[0]
    return found


def survey(text: str, *, file: str = FILE) -> tuple[tuple[Redirect, ...], tuple[ContentError, ...]]:
    """Return the valid rows and the errors of all others."""
    wrong: list[ContentError] = []
    found: dict[str, Redirect] = {}
    spelled: dict[str, Redirect] = {}
    try:
        conflict_markers.refuse(text)
        rows = list(_rows(text))
    except ContentError as error:
        return (), (_at(error, file),)
    for line, last, row in rows:
        try:
            one = _redirect(row, line, last)
            if one.old in found:
                raise ContentError(
                    f"from: {shown(one.old)} is already in use in line {found[one.old].line}; "
                    "expected one row an address",
                    line=line,
                )
            other = spelled.setdefault(one.old.lower(), one)
            if other is not one:
                raise ContentError(
                    f"from: {shown(one.old)} and {shown(other.old)} in line {other.line} differ by "
                    "capital letters alone, which some systems can't tell apart; expected one",
                    line=line,
                )
            found[one.old] = one
        except ContentError as error:
            wrong.append(_at(error, file))
    ends = _ends(found)
    for one in found.values():
        if ends[one.old] is None:
            wrong.append(
                ContentError(
                    f"from: {shown(one.old)} leads in a circle; expected an end",
                    file=file,
                    line=one.line,
                )
            )
    return tuple(found.values()), tuple(wrong)


def refuse(redirect: Redirect, files: Collection[str]) -> None:
    """Raise ContentError, with its line, for a redirect from the address of a file or below one,
    where no page can be. `files` are the paths of the site's files that are not generated."""
    old = redirect.old
    if _in_a_file(old) or any(path in files for path in _above(old)):
        raise _refused(redirect, "is the address of a file or is below one, where no page can be")


def refuse_standing(redirect: Redirect, standing: Addresses) -> None:
    """Raise ContentError, with its line, for a redirect from a page that every site has (those of
    `standing`). A build leaves such a row out."""
    if redirect.old in standing:
        raise _refused(redirect, "is a page that every site has")


def refuse_case(redirect: Redirect, site: Addresses) -> None:
    """Raise ContentError, with its line, for a redirect from an address that differs from one of
    the site's by capital letters alone: some systems keep both in one folder."""
    old = redirect.old
    if old not in site and (old.lower() in site or old.replace("/w", "/W") in site):
        raise _refused(redirect, "differs from a page's address by capital letters alone")


def _refused(redirect: Redirect, why: str) -> ContentError:
    return ContentError(
        f"from: {shown(redirect.old)} {why}; expected the address of a page that no longer exists",
        file=FILE,
        line=redirect.line,
    )


def resolved(redirects: Iterable[Redirect]) -> tuple[Redirect, ...]:
    """Return the redirects with chains followed to their end, sorted by address."""
    by_old = {one.old: one for one in redirects}
    ends = _ends(by_old)
    rows = []
    for one in sorted(by_old.values(), key=lambda one: one.old):
        end = ends[one.old]
        if end is not None and end != one.old:
            rows.append(Redirect(old=one.old, new=end, why=one.why, line=one.line))
    return tuple(rows)


def add(text: str | None, new: Iterable[Redirect]) -> str:
    """Return the file's text with redirects appended, replacing rows of the same addresses. Raises
    ContentError for a text that must be written anew for it and has rows that can't be read."""
    wanted = {one.old: one for one in new}
    return _edited(text if text and text.strip() else HEADER, wanted, tuple(wanted.values()))


def drop(text: str, addresses: Iterable[str]) -> str:
    """Return the file's text without the rows from some addresses. Raises ContentError as `add`."""
    return _edited(text, set(addresses), ())


def _edited(text: str, gone: Collection[str], new: Sequence[Redirect]) -> str:
    """Return the text without some rows and with others. Other rows and comments keep their bytes;
    only where rows share lines, or none can follow, the text is written anew, comments first."""
    found, wrong = survey(text)
    kept = [*(one for one in found if one.old not in gone), *new]
    if not new and len(kept) == len(found):
        return text
    lines = text.removesuffix("\n").split("\n")
    out: set[int] = set()
    for one in found:
        if one.old in gone and one.line and one.last:
            out.update(range(one.line, one.last + 1))
    rest = [line for number, line in enumerate(lines, start=1) if number not in out]
    above = lines[found[-1].line - 1] if found and found[-1].line else ""
    indent = above[: len(above) - len(above.lstrip(" "))]
    made = "".join([*(f"{line}\n" for line in rest), *(indent + line_of(one) for one in new)])
    again, still_wrong = survey(made)
    if len(still_wrong) == len(wrong) and list(map(_row, again)) == list(map(_row, kept)):
        return made
    if wrong:
        raise wrong[0]
    remarks = [f"{remark}\n" for line in lines if (remark := _remark(line))]
    return "".join([*remarks, *map(line_of, kept)])


def _remark(line: str) -> str:
    """Return the comment that a line is or ends with; "" where it has none."""
    if line.lstrip().startswith("#"):
        return line.strip()
    _, mark, words = _QUOTED.split(line)[-1].partition(" #")
    return f"#{words.rstrip()}" if mark else ""


def _row(redirect: Redirect) -> tuple[str, str, str | None]:
    return redirect.old, redirect.new, redirect.why


def line_of(redirect: Redirect) -> str:
    """Return the line of a row, with its newline."""
    row = {"from": redirect.old, "to": redirect.new}
    if redirect.why:
        row["why"] = redirect.why
    return f"{format_row(row)}\n"


def _in_a_file(address: str) -> bool:
    """Return whether a part of an address has a file's ending; a paper's id may have one."""
    names = address.rstrip("/").split("/")
    return any(_ENDING.search(name) for name in (names[2:] if names[0] == "papers" else names))


def _above(address: str) -> Iterator[str]:
    """Yield the paths of files that would collide with an address."""
    while address:
        address = address.rpartition("/")[0]
        yield address


def _at(error: ContentError, file: str) -> ContentError:
    error.file = error.file or file
    return error


def _ends(redirects: Mapping[str, Redirect]) -> dict[str, str | None]:
    """Return where each redirect leads in the end; None where that is a circle. Each is followed
    once, however long the chains are."""
    ends: dict[str, str | None] = {}
    for address in redirects:
        way: dict[str, None] = {}
        while address in redirects and address not in ends and address not in way:
            way[address] = None
            address = redirects[address].new
        end = None if address in way else ends.get(address, address)
        ends.update(dict.fromkeys(way, end))
    return ends


def _rows(text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield each row's first and last line and its values."""
    try:
        node = safe_yaml.compose(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        problem, line = safe_yaml.refusal(error, text)
        raise ContentError(f"this is not valid YAML: {problem}", line=line) from error
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        raise ContentError('expected rows such as - {"from": "a/", "to": "b/"}', line=1)
    find, lines = safe_yaml.line_finder(text), text.split("\n")
    for item in node.value:
        row = None
        if isinstance(item, yaml.MappingNode):
            row = {
                str(key.value): str(value.value)
                for key, value in item.value
                if isinstance(value, yaml.ScalarNode)
            }
            if len(row) != len(item.value):
                row = None
        yield find(item.start_mark), last_line(item, lines, find), row


def _redirect(row: Any, line: int, last: int) -> Redirect:
    if row is None or not {"from", "to"} <= set(row) <= set(_KEYS):
        wrong = next((key for key in row or () if key not in _KEYS), None)
        lacks = next((key for key in ("from", "to") if key not in (row or ())), None)
        found = f"{shown(wrong)} is no key of a row; " if wrong is not None else ""
        if row and wrong is None:
            found = f"found {shown(', '.join(row))} without {shown(lacks)}; "
        raise ContentError(
            f'{found}expected a row such as - {{"from": "topics/old/", "to": "topics/new/"}}, with '
            f'"why" where there is something to tell{did_you_mean(wrong or "", _KEYS)}',
            line=line,
        )
    for key in ("from", "to"):
        if not is_address(row[key]) or (key == "from" and not row[key]):
            raise ContentError(
                f"{key}: {shown(row[key])} is not an address of this site; expected one such as "
                "topics/robotics/, without a slash before it and with one after it",
                line=line,
            )
    if row["from"] == row["to"]:
        raise ContentError(f"from: {shown(row['from'])} leads to itself", line=line)
    why = " ".join(row.get("why", "").split()) or None
    if why is not None and len(why) > _LONGEST_WHY:
        raise ContentError(f"why: expected at most {_LONGEST_WHY} characters", line=line)
    return Redirect(old=row["from"], new=row["to"], why=why, line=line, last=last)
