"""docs/listings.md has tables of what is kept of each format, made here from the code and the
samples. BROADSHEET_UPDATE=1 writes them anew."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

from broadsheet.listings import parse
from broadsheet.listings.fields.field_names import NAMES
from broadsheet.listings.fields.services import SERVICES
from broadsheet.papers import Entry

from . import feeds, list_samples, mails, page_samples, samples, services

DOCS = Path(__file__).parents[2] / "docs" / "listings.md"
PUBMED = (
    "PMID- 1\nTI  - Kites\nAB  - We fly.\nFAU - Kite, Ada\nDP  - 2025 Jan 2\nOT  - wind\n"
    "LID - 10.1000/k [doi]\n\n"
)
ENDNOTE = (
    "%0 Journal Article\n%T Kites\n%A Kite, Ada\n%D 2025\n%X We fly.\n%K wind\n%R 10.1000/k\n"
    "%U https://kites.example/k\n"
)
_SHOWN = [name for name in Entry.__dataclass_fields__ if name not in ("line", "tex")]
_SHORT = {
    "author_count": "author count",
    "organisation": "organisation",
    "summary": "machine's summary",
    "published": "date",
    "announce": "announce type",
}


def kept_by_format() -> str:
    """A row for each format: the fields that the papers of any of its samples have."""
    found: dict[str, set[str]] = defaultdict(set)
    every = [*samples.ALL.values(), *services.ALL.values(), *feeds.ALL.values(),
             *list_samples.ALL.values(), *page_samples.ALL.values(), PUBMED, ENDNOTE]  # fmt: skip
    for sample in [*(text.encode() for text in every), *mails.ALL.values()]:
        data = sample if isinstance(sample, bytes) else sample.encode()
        listing = parse(data, file="sample")
        for entry in listing.entries:
            found[listing.format] |= {name for name in _SHOWN if getattr(entry, name)}
    rows = ["| Format | Kept where it is listed |", "|---|---|"]
    for name in sorted(found):
        fields = ", ".join(_SHORT.get(one, one) for one in _SHOWN if one in found[name])
        rows.append(f"| `{name}` | {fields} |")
    return "\n".join(rows)


def names_by_field() -> str:
    """A row for each field: the names of columns that mean it."""
    rows = ["| Field | Names, first choice first |", "|---|---|"]
    rows += [f"| {field} | {', '.join(names.split())} |" for field, names in NAMES.items()]
    return "\n".join(rows)


def services_by_marks() -> str:
    """A row for each service: how its records are known, and what of them is about no paper."""
    rows = ["| Service | Known by the keys | Passed over, as it is not about the paper |",
            "|---|---|---|"]  # fmt: skip
    for one in SERVICES:
        marks = ", ".join(f"`{mark}`" for mark in sorted(one.marks))
        rows.append(f"| {one.name} | {marks} | {', '.join(sorted(one.noise)) or 'nothing'} |")
    return "\n".join(rows)


TABLES = {
    "formats": kept_by_format,
    "names": names_by_field,
    "services": services_by_marks,
}


def test_the_tables_of_the_documentation_are_those_of_the_code() -> None:
    text = DOCS.read_text("utf-8")
    made = text
    for name, table in TABLES.items():
        block = re.compile(rf"(<!-- {name} -->\n\n)(?:\|.*\n)*(?=\n<!-- end -->)")
        assert block.search(made), name
        made = block.sub(lambda found, table=table: f"{found[1]}{table()}\n", made)  # type: ignore[misc]
    if os.environ.get("BROADSHEET_UPDATE"):
        DOCS.write_text(made, "utf-8")
    assert made == DOCS.read_text("utf-8")
