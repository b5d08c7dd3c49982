"""Whether a paper is withdrawn, by its abstract, comments and title: one rule for all readers."""

from __future__ import annotations

import re

_WORK = r"(?:paper|article|submission|manuscript|work|preprint|version|draft|e-?print|note)s?"
_HAS = r"(?:\s+(?:has|have|had|is|was|are|were))?(?:\s+(?:been|now|temporarily|hereby)){0,3}"
_GONE = r"(?:withdrawn|retracted)\b"
# A venue may lose a paper that arXiv keeps: "withdrawn from ICLR".
_BY_WHOM = r"(?!\s+from\s+(?!(?:the\s+)?arxiv\b))"
_BEGINS = re.compile(
    rf"\W*(?:(?:arxiv\s+admin\s+note|comments?)\s*:\s*){{0,2}}"
    rf"(?:(?:(?:this|the|our|present)\s+)*{_WORK}{_HAS}\s+{_GONE}{_BY_WHOM}"
    rf"|(?:has\s+been\s+|temporarily\s+)?{_GONE}{_BY_WHOM}"
    rf"|(?:the\s+)?(?:authors?|we)(?:\s+(?:has|have|wish(?:es)?\s+to|would\s+like\s+to))?"
    rf"\s+(?:withdr[ae]ws?|withdrew|withdrawn|retract(?:s|ed)?)\s+(?:this|the|our)\s+{_WORK}"
    rf"{_BY_WHOM})",
    re.I,
)
_TITLED = re.compile(r"\W*(?:withdrawn|retracted)(?: article| paper)?\s*[:\]]", re.I)
_SENTENCE = re.compile(r"[.;!?)\]]\s+|\s\(|\n+")
_LONGEST = 600  # characters of an abstract that says nothing else
_MOST = 5_000  # characters of comments that are read


def withdrawn(abstract: str, comments: str = "", title: str = "") -> bool:
    """Return whether a paper is withdrawn: its abstract only says so, a sentence of its comments
    does, be they the authors' or arXiv's ("arXiv admin note: This submission has been ..."), or its
    title begins with it ("WITHDRAWN: ...")."""
    if _TITLED.match(title):
        return True
    if len(abstract) < _LONGEST and _BEGINS.match(abstract):
        return True
    return any(_BEGINS.match(sentence) for sentence in _SENTENCE.split(comments[:_MOST]))
