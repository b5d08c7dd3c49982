"""Texts in which papers are blocks of labelled lines ("Title: ...", "Abstract: ..."), as databases
of libraries and mails of working papers write them.

A block's title may stand alone above its labels. What means what is told by `field_names`.
"""

from __future__ import annotations

import re
from typing import Any

from ..fields.field_names import field_of, normal
from ..lists.list_titles import is_title
from ..lists.paper_drafts import is_prose
from ..untrusted.decoding import one_line

_LABEL = re.compile(r"[ \t]*([^\W\d][^:：\n]{0,39}?)[ \t]*[:：](?!//)(?:[ \t]+(\S.*)|[ \t]*)\Z")
_BOLD = re.compile(
    r"\s{0,3}(?:[-*•]\s+)?\*\*([^\W\d][^*:：\n]{0,39}?)\s?(?:[:：]\*\*|\*\*\s?[:：])(?!//)"
)
_RULE = re.compile(r"\s*(?:[-_=*~]\s?){5,}\s*")
_COUNTED = re.compile(r"\W*(?:document|record|result|item)?\s*#?\d+ of \d+\W*", re.I)
_LONGEST_COUNT = 60
_ADDRESS = re.compile(r"\s*<?(https?://\S+?)>?\s*")
_HEAD = 200  # lines that are looked at
_NEEDED = ("authors", "abstract", "title")


def read(text: str) -> list[dict[str, Any]] | None:
    """Return the records of a text in labelled blocks; None for any other text."""
    rows = _bare(text.split("\n"))
    labels = [found[1] for row in rows[:_HEAD] if (found := _LABEL.fullmatch(row))]
    fields = list(map(_field, labels))
    known = [one for one in fields if one]
    blank = sum(
        not row.strip() or _RULE.fullmatch(row) is not None or _goes_on(row) for row in rows[:_HEAD]
    )
    lines = min(len(rows), _HEAD) - blank
    if len({*known} & {*_NEEDED}) < 2:
        return None
    if len(known) * 2 < lines and (len(known) * 3 < lines or len(labels) * 4 < lines * 3):
        return None
    records = [record for block in _blocks(rows) if (record := _record(block))]
    return records if records and all("title" in record for record in records) else None


def _bare(rows: list[str]) -> list[str]:
    """Return lines whose labels are bold as such without marks, where one is a title's."""
    marked = [_BOLD.match(row) for row in rows]
    if not any(found and _field(found[1]) == "title" for found in marked[:_HEAD]):
        return rows
    return [
        f"{found[1]}: {row[found.end() :].strip()}" if found else row
        for row, found in zip(rows, marked, strict=True)
    ]


def _goes_on(row: str) -> bool:
    """Return whether a line stands below a label's value, indented."""
    return row[:1].isspace() and _LABEL.fullmatch(row) is None


def above(text: str) -> str:
    """Return the paragraph that stands above the first label, and below which a line is blank."""
    rows = _bare(text.split("\n"))
    first = next((n for n, row in enumerate(rows) if _LABEL.fullmatch(row)), 0)
    head = "\n".join(rows[:first])
    return (
        head.strip()
        if first and not rows[first - 1].strip()
        else head.rpartition("\n\n")[0].strip()
    )


def _field(label: str) -> str | None:
    """Return the field of a label, which may be in two languages ("Title-题名")."""
    names = (label, *_parts(label))
    return next((found[0] for name in names if (found := field_of(name))), None)


def _parts(label: str) -> list[str]:
    """Return the parts of a label that may each say the same: names of fields, in two languages."""
    parts = re.split(r"[-/]", label)
    return parts if not label.isascii() or all(map(field_of, parts)) else []


def _blocks(rows: list[str]) -> list[list[str]]:
    """Cut lines into blocks: at rules; where there are none, where the first label comes again."""
    blocks: list[list[str]] = [[]]
    if sum(map(bool, map(_RULE.fullmatch, rows))) > 1:
        for row in rows:
            if _RULE.fullmatch(row):
                blocks.append([])
            elif len(row) > _LONGEST_COUNT or not _COUNTED.fullmatch(row):
                blocks[-1].append(row)
        return [block for block in blocks if any(row.strip() for row in block)]
    first = next((normal(found[1]) for row in rows if (found := _LABEL.fullmatch(row))), "")
    for row in rows:
        if (found := _LABEL.fullmatch(row)) and normal(found[1]) == first and any(blocks[-1]):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _record(block: list[str]) -> dict[str, Any] | None:
    """Return the record of a block: values by label, and its title where that has no label."""
    record: dict[str, Any] = {}
    label = ""
    labels = [found[1] for row in block if (found := _LABEL.fullmatch(row))]
    titled = any(_field(one) == "title" for one in labels)
    for row in block:
        found = _LABEL.fullmatch(row)
        if found and (_field(found[1]) or label or titled):
            label = _key(found[1])
            record[label] = f"{record[label]}\n{found[2]}" if label in record else found[2] or ""
        elif not row.strip():
            label = label if label and not record[label] else ""
        elif label:
            record[label] = f"{record[label]}\n{row.strip()}".strip()
        elif "title" not in record and not record and is_title(row) and not is_prose(row):
            record["title"] = one_line(row).strip('"“”')
        elif address := _ADDRESS.fullmatch(row):
            record.setdefault("url", address[1])
        else:
            record["text"] = f"{record.get('text', '')} {row.strip()}".strip()
    named = {_field(key) for key in record}
    if "title" not in named or len(named - {None}) < 2:
        return None
    title = next(key for key in record if _field(key) == "title")
    return {"title": record.pop(title), **record}


def _key(label: str) -> str:
    """Return the part of a label in two languages that is known."""
    if field_of(label):
        return label
    return next((part for part in _parts(label) if field_of(part)), label)
