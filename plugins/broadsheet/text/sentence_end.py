"""Where a sentence ends. Pure."""

from __future__ import annotations

import re

# A sentence ends before a capital, or before a letter of a script without capitals.
SENTENCE_END = re.compile(
    r"[.!?؟।。！？](?:(?<![。！？])[\"”’)]* (?=[\"“‘(]?[A-Z0-9\[\u0590-\u1fff\u3040-\ud7ff])"
    r"|(?<=[。！？])(?=[^」』”）]))"  # begins with one set of signs, which is searched for fast
)
# Ends in a full stop that does not end the sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|w\.r\.t|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Refs?|No|Dr"
    r"|Prof|Mr|Ms|St|al)|\b[A-Z])\.[\"”’)]*\s*\Z"
)
