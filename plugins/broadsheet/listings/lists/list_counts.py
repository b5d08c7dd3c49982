"""Votes, comments and stars that a list counts beside a paper: "👍 128 likes · 💬 14 comments"."""

from __future__ import annotations

import re

_WORDS = {
    "upvotes": "like likes upvote upvotes vote votes point points 👍 ▲ ❤",
    "comments": "comment comments repl reply replies 💬",
    "stars": "star stars ⭐ ★ ☆",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
_COUNT = re.compile(
    r"\W*?(?P<sign>[👍▲❤💬⭐★☆])?\ufe0f?\s{0,3}(?P<number>\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d)?)"
    r"(?P<many>k?)\s{0,3}(?P<word>[A-Za-z]{4,8})?(?P<end>[👍▲❤💬⭐★☆]\ufe0f?)?",
    re.I,
)
_BETWEEN = re.compile(r"\s{0,5}(?:[·|,;•/–—-]\s{0,5})?")
_LONGEST = 200


def counts(text: str) -> dict[str, str]:
    """Return the counts that a text is made of, by field; none where it says anything else."""
    if len(text) > _LONGEST:
        return {}
    made: dict[str, str] = {}
    at = 0
    while at < len(text):
        found = _COUNT.match(text, at)
        if found is None:
            return {} if text[at:].strip(" ·|,;•()[]") else made
        word = (found["word"] or found["sign"] or (found["end"] or "")[:1]).lower()
        field = _FIELD_OF.get(word)
        if field is None or ("." in found["number"] and not found["many"]):  # "4.5 stars" rate
            return {}
        number = found["number"].replace(",", "")
        made.setdefault(field, str(round(float(number) * (1_000 if found["many"] else 1))))
        between = _BETWEEN.match(text, found.end())
        at = between.end() if between else found.end()
    return made
