"""Variants: the other spelling of an English word, British or American ("optimisation" and
"optimization", "colour" and "color", "centre" and "center"), its plural where the stemmer misses it
("hypotheses", "matrices"), its adjective ("retina" and "retinal"), and of a word that says "to" by
a digit ("text2image").

A rule may give what is no word ("promize"): no paper has it, so it finds nothing.
`theme/static/js/search-variants.js` has the same rules in the browser; a test compares both.
"""

from __future__ import annotations

import re

_ENDINGS = r"(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)\Z)"
_SUFFIXES = r"(?=(?:s|ed|ing|al|ally|able|ful|hood|hoods|ite|ites|less|y)?\Z)"
_RULES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (rf"(?<=[a-z]{{3}}i)s{_ENDINGS}", "z"),
        (rf"(?<=[a-z]{{3}}i)z{_ENDINGS}", "s"),
        (r"(?<=[a-z]{3}y)s(?=(?:e|es|ed|er|ers|ing)\Z)", "z"),
        (r"(?<=[a-z]{3}y)z(?=(?:e|es|ed|er|ers|ing)\Z)", "s"),
        (rf"(?<=[a-z]{{2}})our{_SUFFIXES}", "or"),
        (rf"(?<=[a-z]{{2}})or{_SUFFIXES}", "our"),
        (r"(?<=[a-z]{2}[bt])re(?=[sd]?\Z)", "er"),
        (r"(?<=[a-z]{2}[bt])er(?=s?\Z)", "re"),
        (r"(?<=[a-z]{3}og)ue(?=s?\Z)", ""),
        (r"(?<=[a-z]{3}og)(?=s?\Z)", "ue"),
        (r"(?<=[a-z]{3}[einr]a)\Z", "l"),
        (r"(?<=(?:ly|no|he)s)i(?=s\Z)", "e"),
        (r"(?<=(?:ly|no|he)s)e(?=s\Z)", "i"),
        (r"(?<=[a-z]{2})ices\Z", "ix"),
        (r"(?<=\A[a-z]{2})2(?=[a-z]{2,}\Z)|(?<=[a-z]{3})2(?=[a-z]{2,}\Z)", "to"),
    )
)


def variants(word: str) -> tuple[str, ...]:
    """Return the other spellings of a folded word, mostly none."""
    if not word.isascii():
        return ()
    found = (pattern.sub(other, word, count=1) for pattern, other in _RULES)
    return tuple(dict.fromkeys(other for other in found if other != word))
