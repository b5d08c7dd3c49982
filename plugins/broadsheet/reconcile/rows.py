"""Three-way merges of files with a row a line: ledgers by paper, redirects by address. Pure.

Rows keep their comments, which are the lines before them. A file of another layout is merged line
by line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..content.ledger import DECLINED, DUPLICATE, PUBLISHED, WAITING
from ..content.ledger_rows import ODD, format_row
from ..content.redirects import GONE
from . import lines
from .marks import marked
from .three import Three, complete
from .weave import three_way, weave

Row = Mapping[str, Any]
_END = "\x00end"
"""The key of the lines after a list's last row."""


@dataclass(slots=True)
class _List:
    """A list of rows: the lines of its key ("" for a file that is one list), and each row by its
    key, with the comments before it."""

    head: str = ""
    rows: dict[str, tuple[str, Row, str]] = field(default_factory=dict)  # comments, values, line


Merge = Callable[[Row, Row, Row], "Row | None"]
"""From a row's values in base ({}: none), ours and theirs to the merged; None: a conflict."""


def merge_ledgers(base: str, ours: str, theirs: str) -> str:
    """Return the merged ledger of a day: its listings and papers, each row value by value."""
    keys = ("date", "listings", "papers")
    parsed = complete(Three(base, ours, theirs).map(lambda text: _lists(text, keys)))
    if parsed is None:
        return lines.merge(base, ours, theirs)
    out = []
    for key in keys:
        three = Three(*(one.get(key, _List()) for one in parsed))
        merged = _merge_list(three, _ledger_row if key == "papers" else _listing_row)
        head = lines.merge(*three.map(lambda one: _open(one.head)))
        if key != "date":
            head = head or f"{key}:\n"
            if not merged and head.endswith(f"{key}:\n"):
                head = head.removesuffix("\n") + " []\n"
        out.append(head + merged)
    return "".join(out)


def merge_redirects(base: str, ours: str, theirs: str) -> str:
    """Return the merged redirects.yml: a row an address."""
    parsed = complete(Three(base, ours, theirs).map(lambda text: _lists(text, ())))
    if parsed is None:
        return lines.merge(base, ours, theirs)
    three = parsed.map(lambda lists: lists[""])
    return lines.merge(*three.map(lambda one: one.head)) + _merge_list(three, _redirect_row)


def _open(head: str) -> str:
    return head.replace(": []\n", ":\n")


def _lists(text: str, keys: tuple[str, ...]) -> dict[str, _List] | None:
    """Return a file's lists by their key; None for another layout.

    The lines before a key or a row are its comments. Without `keys` the file is one list, and its
    first comments are the list's head.
    """
    found: dict[str, _List] = {} if keys else {"": _List()}
    current = None if keys else found[""]
    comments = ""
    for line in lines.split(text):
        name = line.split(":")[0]
        if line.startswith("- {") and current is not None and not ODD.search(line):
            row = _row(line)
            key = _key(row) if row else None
            if row is None or key is None or key in current.rows:
                return None
            if not keys and not current.rows and not current.head:
                current.head, comments = comments, ""
            current.rows[key] = comments, row, line
            comments = ""
        elif name in keys and line.startswith(f"{name}:"):
            rest = line[len(name) + 1 :].strip()
            if name in found or (name != "date" and rest not in ("", "[]")):
                return None
            found[name] = _List(comments + line)
            current = found[name] if name != "date" else None
            comments = ""
        elif not line.strip() or line.startswith("#"):
            comments += line
        else:
            return None
    if comments and not keys and not found[""].rows:
        found[""].head = comments
    elif comments and found:
        last = found[list(found)[-1]]
        last.rows[_END] = comments, {}, ""
    return found


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line[2:])
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _key(row: Row) -> str | None:
    """Return what a row is recognised by: a paper's id, a redirect's address, a listing's name and
    bytes."""
    named = [row.get(name) for name in ("id", "from")]
    key = next((one for one in named if isinstance(one, str)), None)
    if key is None and isinstance(row.get("file"), str):
        key = f"{row['file']} {row.get('sha256')}"
    return key


def _merge_list(three: Three[_List], merge: Merge) -> str:
    texts: dict[str, str] = {}
    for key in {**three.ours.rows, **three.theirs.rows}:
        base, ours, theirs = (one.rows.get(key) for one in three)
        text = _merge_row(base, ours, theirs, merge)
        if text is not None:
            texts[key] = text
    last = texts.pop(_END, "")
    order = weave(*three.map(lambda one: list(one.rows)), texts)
    return "".join(texts[key] for key in order) + last


def _merge_row(
    base: tuple[str, Row, str] | None,
    ours: tuple[str, Row, str] | None,
    theirs: tuple[str, Row, str] | None,
    merge: Merge,
) -> str | None:
    """Return a row's lines; None where it goes: a side removed it, and the other let it be."""
    if ours is None or theirs is None:
        side = ours or theirs
        gone = side is None or (base is not None and base[1] == side[1])
        return None if gone or side is None else side[0] + side[2]
    comments = lines.merge(base[0] if base else "", ours[0], theirs[0])
    before = base[1] if base else {}
    values, apart = three_way(before, ours[1], theirs[1])
    if not apart:
        written = {one[2] for one in (ours, theirs) if one[1] == values}
        return comments + min(written - {base[2]} if base and len(written) > 1 else written)
    merged = merge(before, ours[1], theirs[1])
    if merged is None:
        return comments + marked(ours[2], theirs[2])
    return f"{comments}{format_row(merged)}\n"


def _listing_row(base: Row, ours: Row, theirs: Row) -> Row | None:
    return _values(base, ours, theirs, {})


_RANKS = (DECLINED, PUBLISHED, DUPLICATE)

_DECIDED = ("of", "waited", "by")
"""Values that belong to a status."""


def _ledger_row(base: Row, ours: Row, theirs: Row) -> Row | None:
    """Merge a paper's row. The fingerprint of a section that both sides wrote anew goes: it is that
    of neither, so the section counts as edited."""
    status = _status(base.get("became"), ours.get("became"), theirs.get("became"))
    chosen: dict[str, Any] = {"became": status, "written": None}
    if isinstance(ours.get("sources"), dict) and isinstance(theirs.get("sources"), dict):
        chosen["sources"] = dict(sorted({**theirs["sources"], **ours["sources"]}.items()))
        if any(ours["sources"].get(k) != v for k, v in theirs["sources"].items()):
            both = sorted((ours["sources"], theirs["sources"]), key=json.dumps)
            chosen["sources"] = dict(sorted({**both[0], **both[1]}.items()))
    decided = next((one for one in (ours, theirs) if one.get("became") == status), ours)
    chosen |= {name: decided.get(name) for name in ("of", "waited", "by")}
    if ours.get("became") != theirs.get("became"):
        three = [
            {k: v for k, v in one.items() if k not in _DECIDED} for one in (base, ours, theirs)
        ]
        merged = _values(three[0], three[1], three[2], chosen, drop=("written",))
        return {**merged, **{k: decided[k] for k in _DECIDED if k in decided}}
    if status in (DECLINED, DUPLICATE):
        return _values(base, ours, theirs, {**chosen}, drop=("written",))
    return _values(base, ours, theirs, chosen)


def _status(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the status of a paper: declining it wins, then publishing it; of one that waited,
    picking it wins."""
    status, apart = three_way(base, ours, theirs)
    if not apart:
        return status
    both = {str(ours), str(theirs)}
    picked = (PUBLISHED,) if base == WAITING else ()
    return next((one for one in (*picked, *_RANKS) if one in both), min(both))


def _values(
    base: Row,
    ours: Row,
    theirs: Row,
    chosen: Mapping[str, Any],
    *,
    drop: tuple[str, ...] = (),
) -> Row:
    """Merge a row value by value. Where both sides changed one, `chosen` says what it becomes, else
    the smaller text: these are a listing's words, which no person writes."""
    merged: dict[str, Any] = {}
    for key in {**ours, **theirs}:
        value, apart = three_way(base.get(key), ours.get(key), theirs.get(key))
        if apart:
            value = (
                chosen[key]
                if key in chosen
                else min(
                    (one for one in (ours.get(key), theirs.get(key)) if one is not None), key=str
                )
            )
        if value is not None and key not in drop:
            merged[key] = value
    return merged


def _redirect_row(base: Row, ours: Row, theirs: Row) -> Row | None:
    """Merge two rows of one address: a reason in a curator's words wins over none, the nearer page
    over a wider one. Two reasons are a conflict."""
    said = [one.get("why") for one in (ours, theirs)]
    own = [why for why in dict.fromkeys(said) if why and why != GONE]
    if len(own) > 1:
        return None
    rows = [ours, theirs]
    if own:
        rows = [one for one in rows if one.get("why") == own[0]]
    elif any(said):
        rows = [one for one in rows if one.get("why")]
    return max(rows, key=lambda one: (str(one.get("to")).count("/"), str(one.get("to"))))
