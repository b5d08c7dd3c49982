"""What all files of reference managers share: identifiers in any field, and keywords."""

from __future__ import annotations

import re

from ..fields.identifiers import arxiv_id
from ..untrusted.decoding import one_line

_IN_WORDS = re.compile(r"\barXiv[:\s]\s*(\S+)", re.I)


def arxiv_of(*texts: str) -> tuple[str, int | None] | None:
    """Return the first arXiv id, and version, that any of the texts is, holds as an address, or
    names ("arXiv preprint arXiv:2501.00001 [cs.RO]")."""
    for text in texts:
        if not text or len(text) > 5000:
            continue
        if found := arxiv_id(text[:500]):
            return found
        for named in _IN_WORDS.findall(text):
            if found := arxiv_id(named.strip(".,;()[]")):
                return found
    return None


def keywords(text: str) -> tuple[str, ...]:
    """Return the keywords of a list parted by semicolons or lines, or where it has neither, by
    commas; each once."""
    words = map(one_line, re.split(r"[;\n]" if ";" in text or "\n" in text else r"[,]", text))
    return tuple(dict.fromkeys(word for word in words if word))
