"""Names that only the rest of a list tells to be some: "Garcia", "Park & Torres", "Søren Kjær".

A word with a capital may be a name, a topic or a journal. Where other papers of the list have their
authors in the same place, behind the title, it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..fields.other_authors import ET_AL
from .list_names import NAME_WORD, TWO_WORDS, are_names
from .paper_drafts import PaperDraft

_ONE = rf"{NAME_WORD}(?:[ ~]{NAME_WORD}){{0,4}}"
_MAYBE = re.compile(
    rf"\(?(?P<who>{_ONE}(?:(?:, (?:and )?| (?:&|and|und|et|y|e) ){_ONE}){{0,20}}(?:,? {ET_AL})?)"
    r"(?:,? (?P<year>(?:19|20)\d\d)[a-z]?)?\)?(?:\s\((?P<affiliation>[^()]{2,80})\))?[.,:;]?"
)
_LEAST = 2  # papers with several authors behind their titles
_NEARLY = 0.8  # of a list's papers
_LONGEST = 600  # characters of a title and the names behind it
_COMMA = re.compile(r",\s")
_PARTS = re.compile(r",\s|\s(?:and|&|und|et|y|e)\s")


def adopt(drafts: Sequence[PaperDraft]) -> None:
    """Take as authors what stands first behind titles and may be names, where another paper of the
    list has authors and most papers have the one or the other, each its own."""
    _part(drafts)
    known = sum(1 for draft in drafts if draft.authors)
    maybe = []
    for draft in drafts:
        if not draft.authors and draft.unread and len(draft.unread[0]) < 600:
            found = _MAYBE.fullmatch(draft.unread[0])
            several = found and (len(_PARTS.split(found["who"])) > 1 or "et al" in found["who"])
            # What stands alone in parentheses may as well be a place, and of two words there the
            # second a family's name or a given one.
            inverted = found and found["who"].count(" ") == found["who"].count(", ") == 1
            alone = found and found[0].startswith("(") and (inverted or not several)
            if found and not alone:
                maybe.append((draft, found))
                known += "et al" in found["who"] or are_names(found["who"])
    said = {found["who"] for _, found in maybe}
    if not known or len(said) < len(maybe):
        return
    if 2 * (sum(1 for draft in drafts if draft.authors) + len(maybe)) <= len(drafts):
        return
    for draft, found in maybe:
        draft.authors = found["who"]
        if found["year"]:
            draft.fields.setdefault("date", found["year"])
        draft.unread[:1] = filter(None, [found["affiliation"]])


def _part(drafts: Sequence[PaperDraft]) -> None:
    """Part authors from titles that they stand behind in one line ("Kites of the North, Ada Kite
    and Bo Line"), where nearly all papers of a list have this form."""
    bare = [draft for draft in drafts if draft.title and not draft.authors and draft.plain]
    found = [(draft, parted) for draft in bare if (parted := _behind(draft.title))]
    several = sum(len(_PARTS.split(people)) > 1 for _, (_, people) in found)
    if several < _LEAST or 2 * several < len(found) or len(found) < _NEARLY * len(drafts):
        return
    for draft, (title, people) in found:
        draft.title, draft.authors = title, people


def _behind(words: str) -> tuple[str, str] | None:
    """Return a title and the names behind its comma; None where what stands last is no name."""
    if len(words) > _LONGEST or ", " not in words:
        return None
    for comma in _COMMA.finditer(words):
        people = words[comma.end() :].rstrip(" .")
        if all(map(TWO_WORDS.fullmatch, _PARTS.split(people))):
            title = words[: comma.start()]
            return (title, people) if len(title.split()) > 1 else None
    return None
