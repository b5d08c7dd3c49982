"""arXiv's daily mailing (https://info.arxiv.org/help/subscribe.html): plain text.

A paper is a header and an abstract between lines of two backslashes. Replaced papers have a
header only: they are announced again, not new, and so are no papers of the day.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...errors import EmptyListing, ListingError, shown
from ...papers import Entry
from ..columns import Columns
from ..fields.dates import read_moment, read_stamp
from ..fields.identifiers import arxiv_id, categories, doi, named_links
from ..fields.people import split_authors
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line, paragraphs

_ID = re.compile(r"(?:arXiv|Paper)(?: \((\*[a-z-]+\*)\))?: ?(\S+)(?: \((\*[a-z-]+\*)\))?", re.I)
_FIELD = re.compile(r"([A-Z][A-Za-z-]{1,20}): ?(.*)")
_READ = frozenset(("Title", "Authors", "Author", "Categories", "Comments", "DOI", "Date"))
_NOISE = frozenset(("License", "Proxy"))  # about the submission
_RULE = re.compile(r"-{60,}|(?:%+-+){15,}%*")
_END = re.compile(r"\\\\ \(")
_FULL = 50  # characters of a line that was wrapped


@dataclass(slots=True)
class _MailingDraft:
    """A paper while its lines are read."""

    line: int
    id: str = ""
    announce: str = "new"
    fields: dict[str, list[str]] = field(default_factory=dict)
    abstract: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return one_line(" ".join(self.fields.get(name, ())))


def parse(text: str, *, file: str) -> Listing:
    """Read a mailing. Raises `ListingError` where one of its papers is broken or cut off."""
    lines = text.split("\n")
    notices: list[str] = []
    columns = Columns("field")
    entries, twice = unite(_entries(lines, columns, notices, file), file=file)
    head = lines[:40]
    if entries and not any(line.startswith("%%%---%%%---") for line in lines):
        notices.append(f"line {len(lines)}: the mailing's last line is missing; it may be cut off")
    sent = next((line[5:] for line in head if line.startswith("Date:")), "")
    captured = read_moment(sent)
    if not entries and not notices and captured is None:
        raise EmptyListing("the mailing holds neither papers nor a date", file=file, line=1)
    return Listing(
        format="arxiv_mailing",
        entries=entries,
        date=captured.date() if captured else None,
        heading_line=next((i for i, line in enumerate(head, 1) if line.startswith("Date:")), None)
        if captured
        else None,
        captured=captured,
        empty=None if entries else "nothing announced",
        notices=(*columns.notices(), *notices, *twice),
    )


def _entries(
    lines: list[str], columns: Columns, notices: list[str], file: str
) -> Iterator[Entry | ListingError]:
    for draft in _drafts(lines, file):
        title = draft.get("Title")
        if not draft.id or not title:
            lacks = "title" if draft.id else "arXiv id"
            yield ListingError(
                f"a paper has no {lacks}; expected arXiv:ID and Title: in its header",
                file=file,
                line=draft.line,
            )
            continue
        arxiv = arxiv_id(draft.id)
        if arxiv is None:
            yield ListingError(
                f"{shown(draft.id)} is not an arXiv id; expected one such as 2303.08867",
                file=file,
                line=draft.line,
            )
            continue
        abstract = paragraphs(_outdented(draft.abstract))
        if not abstract or withdrawn(abstract, draft.get("Comments"), title):
            what = "replaced" if draft.announce.startswith("replace") else "withdrawn"
            notices.append(f"line {draft.line}: {shown(title)} is {what}; left out")
            continue
        code, project = named_links(draft.get("Comments"))
        for name in draft.fields:
            if name not in _READ and name not in _NOISE:
                columns.leave(name, draft.get(name), draft.line)
        yield Entry(
            title=title,
            abstract=abstract,
            line=draft.line,
            tex=True,
            arxiv=arxiv[0],
            version=arxiv[1],
            doi=doi(draft.get("DOI").partition(" ")[0]),
            authors=split_authors(draft.get("Authors") or draft.get("Author")),
            categories=categories(draft.get("Categories")),
            code=code,
            project=project,
            published=read_stamp(draft.get("Date").partition("(")[0]),
            announce=draft.announce,
        )


def _outdented(lines: list[str]) -> str:
    """Return an abstract without the indentation that all its lines have, as a mail program sets
    them in; arXiv itself indents the first line of a paragraph."""
    said = [line for line in lines if line.strip()]
    full = all(len(line.strip()) >= _FULL for line in said[:-1])
    return textwrap.dedent("\n".join(lines)) if full else "\n".join(lines)


def _drafts(lines: list[str], file: str) -> Iterator[_MailingDraft]:
    """Yield the papers' lines, sorted into header fields and abstract."""
    draft: _MailingDraft | None = None
    in_abstract = False
    name = ""
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        if draft is None:
            if line == "\\\\":
                draft, in_abstract, name = _MailingDraft(number + 1), False, ""
        elif _END.match(line):
            yield draft
            draft = None
        elif line == "\\\\":
            if not in_abstract:
                in_abstract = True
            else:
                # Older mailings end an abstract without its address.
                yield draft
                draft = None
        elif _RULE.fullmatch(line):
            raise _cut_off(draft, number, file)
        elif in_abstract:
            draft.abstract.append(raw)
        elif line[:1] in (" ", "\t") and name:
            draft.fields[name].append(line)
        elif found := _ID.match(line):
            draft.id = draft.id or found[2]
            if "cross" in (found[1] or found[3] or ""):
                draft.announce = "cross"
        elif line.startswith("replaced with"):
            draft.announce = "replace-cross" if draft.announce == "cross" else "replace"
        elif header := _FIELD.match(line):
            name = header[1]
            draft.fields.setdefault(name, []).append(header[2])
    if draft is not None and (draft.id or draft.fields):
        raise _cut_off(draft, len(lines), file)


def _cut_off(draft: _MailingDraft, line: int, file: str) -> ListingError:
    name = shown(draft.get("Title") or draft.id or "?")
    return ListingError(
        f"the paper {name} (from line {draft.line}) is cut off; expected a line of two backslashes",
        file=file,
        line=line,
    )
