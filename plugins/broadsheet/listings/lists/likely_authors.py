"""Names that only the rest of a list tells to be some: "Garcia", "Park & Torres", "Søren Kjær".

A word with a capital may be a name, a topic or a journal. Where other papers of the list have their
authors in the same place, behind the title, it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..fields.other_authors import ET_AL
from .list_names import NAME_WORD, are_names
from .paper_drafts import PaperDraft

_ONE = rf"{NAME_WORD}(?:[ ~]{NAME_WORD}){{0,4}}"
_MAYBE = re.compile(
    rf"\(?(?P<who>{_ONE}(?:(?:, (?:and )?| (?:&|and|und|et|y|e) ){_ONE}){{0,20}}(?:,? {ET_AL})?)"
    r"(?:,? (?P<year>(?:19|20)\d\d)[a-z]?)?\)?(?:\s\((?P<affiliation>[^()]{2,80})\))?[.,:;]?"
)
_PARTS = re.compile(r",\s|\s(?:and|&|und|et|y|e)\s")


def adopt(drafts: Sequence[PaperDraft]) -> None:
    """Take as authors what stands first behind titles and may be names, where another paper of the
    list has authors and most papers have the one or the other, each its own."""
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
