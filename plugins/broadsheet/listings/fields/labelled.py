"""Descriptions that label their parts: "Authors: Ada Kite", "Abstract: Kites ..." in paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...identifier_patterns import DOI_PREFIX
from .foreign_names import NAMES_ELSEWHERE

_FIELDS = {
    "title": "title",
    "authors": "author authors by",
    "abstract": "abstract summary description overview",
    "summary": "tldr aisummary",
    "doi": "doi",
    "arxiv": "arxiv arxivid id",
    "categories": "categories category subjects subject subjectclasses primarycategory",
    "keywords": "keywords keyword tags",
    "comments": "comments comment",
    "published": "publish published date year publicationdate publishedonline submitted",
    "code": "code github repository",
    "project": "project projectpage",
    "upvotes": "upvotes votes likes",
    "url": "url link links pdf paper citeas",
    "venue": "venue conference",
    "organisation": "organisation organization organisations organizations affiliation "
    "affiliations institution institutions",
    "source": "source journal volume issue pages publisher",
}
_ELSEWHERE = {"subjects": "categories", "subtitle": ""}
_FIELD_OF = {
    name: key
    for field, names in NAMES_ELSEWHERE.items()
    if (key := _ELSEWHERE.get(field, field))
    for name in names.split()
    if name != "data"  # a date in Portuguese, and in English what a paper comes with
} | {name: key for key, names in _FIELDS.items() for name in names.split()}
_LABEL = re.compile(
    r"(\*{0,2})([^\W\d_](?:[^\W\d_]|[\u0300-\u036f;./ ()-]){0,24}?)\s{0,3}"
    r"(?:[:：]{1,2}\1|\1\s{0,3}[:：]{1,2})\s{0,3}(?=\S)"
)
_HEADING = re.compile(r"(\*{0,2})(abstract|summary)\1[.:]?", re.I)
_BOLD = re.compile(r"\*\*(abstract|summary)\*\*\s{0,3}[.:]?\s{1,3}(?=\S)", re.I)
_TLDR = re.compile(r"(\*{0,2})(TL;?DR|tl;dr)\1\s{0,3}[:：.–—-]?\s{1,3}(?=\S)")
_BY = re.compile(r"by (?=[A-Z])")
_LONGEST_SHORT = 2_000  # characters of a part that is no text; a hundred authors
# "Kite Letters, Volume 3, Issue 2, Page 1-9, January 2026." and the like, before the abstract.
_CITATION = re.compile(
    r"[^.\n]{2,120}?, (?:(?:Volume|Vol\.?) [\w-]{1,12}\b[^.\n]{0,120}|Ahead of Print)\.(?:\s+|\Z)"
    r"|[^.\n]{2,120}?, (?:Published|Available) online:? \w[\w ,-]{5,30};?\s*"
    rf"(?:\[?doi:\s?{DOI_PREFIX}[^\s\]]{{1,200}}\]?(?:\([^\s()]{{1,400}}\))?)?\.?(?:\s+|\Z)"
)
_CHAFF = re.compile(
    r"The post .{1,400} appeared first on .{1,300}"
    r"|\W*(?:\[?(?:continue reading|read more|read the full (?:story|article|post))\b).{0,300}",
    re.I,
)


@dataclass(slots=True)
class Labelled:
    """A description in parts: `text` is its abstract, `parts` what else is labelled, by field.

    `named` says that a label calls the text an abstract. `unread` are parts that no field of a
    paper keeps, such as a journal's volume, by label.
    """

    text: str = ""
    named: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


def labelled(paragraphs: str) -> Labelled:
    """Split a description, whose paragraphs are separated by blank lines, by its labels."""
    made = Labelled()
    rest: list[str] = []
    body: list[str] | None = None
    for number, paragraph in enumerate(paragraphs.split("\n\n")):
        if _CHAFF.fullmatch(paragraph):
            continue
        if number < 2 and (cited := _CITATION.match(paragraph)):
            paragraph = paragraph[cited.end() :]  # what it says stands in elements of its own
        key, name, value = _part(paragraph)
        if key is None and number == 0 and (by := _BY.match(paragraph)):
            key, value = "authors", paragraph[by.end() :]
            if _is_sentence(value):
                key = None
        if key == "abstract":
            body = [value] if value else []
        elif key == "source":
            made.unread.setdefault(name, value)
        elif key is not None:
            made.parts.setdefault(key, value)
        elif paragraph:
            (rest if body is None else body).append(paragraph)
    made.named = body is not None
    made.text = "\n\n".join(rest if body is None else body)
    return made


def _part(paragraph: str) -> tuple[str | None, str, str]:
    """Return the field, the label and the value of a paragraph that begins with a label."""
    if heading := _HEADING.fullmatch(paragraph):
        return "abstract", heading[2], ""
    if bold := _BOLD.match(paragraph):
        return "abstract", bold[1], paragraph[bold.end() :]
    if told := _TLDR.match(paragraph):
        return "summary", told[2], paragraph[told.end() :].strip()
    found = _LABEL.match(paragraph)
    if found is None:
        return None, "", ""
    key = _FIELD_OF.get("".join(filter(str.isalpha, found[2].lower())))
    if key is None and found[2].lower() in ("author(s)", "tl;dr"):
        key = "authors" if "author" in found[2].lower() else "summary"
    value = paragraph[found.end() :].strip()
    if key not in ("abstract", "summary", None) and len(value) > _LONGEST_SHORT:
        key = None
    return key, found[2], value


def _is_sentence(text: str) -> bool:
    """Return whether what follows "by" is a sentence's rest rather than names alone."""
    return text.endswith((".", "!", "?")) or len(text) > _LONGEST_SHORT
