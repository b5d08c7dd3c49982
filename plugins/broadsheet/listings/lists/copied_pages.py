"""Pages about one paper and tables of contents, as people copy them out of arXiv and proceedings,
made into what the readers of records and lists know."""

from __future__ import annotations

import re
from typing import Any

from ..untrusted.decoding import one_line
from .list_names import are_names

# What arXiv's page of a paper has in lines of their own.
_SUBMITTED = re.compile(r"^\[(?:Submitted on|v\d{1,3}\]) .{1,200}\]?$", re.M)
_CITE = re.compile(r"^Cite as:?\s", re.M)
_ROW = re.compile(
    r"(Comments|Subjects|Cite as|Journal reference|Report number|(?:Related )?DOI|"
    r"(?:MSC|ACM) classes)"
    r":?(?:\s+(\S.*)|$)"
)
_LABEL = re.compile(r"(?:Title|Authors?|Abstract):\s*")
_PAGE = re.compile(r"\d{1,5}\Z")
_LEAST_DOTS = 4
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,40}[ ]){1,3}[^\W\d_a-z][\w'’-]+")
_MOST_TITLE_LINES = 3


def is_abstract_page(text: str) -> bool:
    """Return whether a text is copied from arXiv's page of one paper."""
    head = text[:20_000]
    return len(_CITE.findall(head)) == 1 and _SUBMITTED.search(head) is not None


def abstract_page(text: str) -> dict[str, Any]:
    """Return the record of a paper whose page was copied: what stands between the day and the
    table is the title, a line of authors, and the abstract."""
    found = _SUBMITTED.search(text)
    rows = text[found.end() if found else 0 :].split("\n")
    above: list[str] = []
    record: dict[str, Any] = {}
    for row in rows:
        if said := _ROW.match(row.strip()):
            record.setdefault(said[1], one_line(said[2] or ""))
        elif not record:
            above.append(row)
    lines = [_LABEL.sub("", row.strip(), count=1) for row in above if row.strip()]
    record["title"] = one_line(lines[0]) if lines else ""
    record["authors"] = one_line(lines[1]) if len(lines) > 1 else ""
    record["abstract"] = "\n".join(lines[2:])
    cited = record.pop("Cite as", "")
    return {"title": record.pop("title"), **record, "arxiv": cited}


def is_contents(text: str) -> bool:
    """Return whether a text is a table of contents: lines that dots lead from to pages."""
    return sum(_led(row.strip()) is not None for row in text[:50_000].split("\n")) > 1


def _led(row: str) -> str | None:
    """Return what dots lead from to a page, in a line of a table of contents; else None."""
    page = _PAGE.search(row[-5:])
    if page is None:
        return None
    before = row[: len(row) - len(page[0])]
    said = before.rstrip(". \t")
    return said.strip() if before.count(".", len(said)) >= _LEAST_DOTS else None


def contents(text: str) -> str:
    """Return a table of contents as a list of titles with their authors, who stand in the line
    below a title or, where titles stand above, in the one that leads to the page."""
    rows = [row.strip() for row in text.split("\n")]
    made = [""] * len(rows)
    taken = -1
    for n, row in enumerate(rows):
        if n <= taken or (said := _led(row)) is None:
            continue
        below = rows[n + 1] if n + 1 < len(rows) else ""
        first = n
        while first > taken + 1 and rows[first - 1] and n - first < _MOST_TITLE_LINES:
            first -= 1
        above = " ".join(rows[first:n])
        if above and _are_people(said):
            made[first] = f"- {above}"
            made[n] = f"  Authors: {said}"
            taken = n
        elif _led(below) is None and _are_people(below):
            made[n] = f"- {' '.join(filter(None, (above, said)))}"
            made[n + 1] = f"  Authors: {below}"
            taken = n + 1
        else:
            made[n] = f"- {said}"
            taken = n
    return "\n".join(made)


def _are_people(text: str) -> bool:
    return are_names(text) or _PERSON.fullmatch(text) is not None
