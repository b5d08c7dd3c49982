"""Folding: the other forms under which a word is found ("Müller" as muller and mueller, "π³" as
pi3, "text-to-image" as texttoimage), and the derived terms that the index holds for them.

A derived term is the stem of such a form with `DERIVED` behind it: Lunr parts words at spaces, so
no word that was typed can ever be one, and it sorts right behind the term without it.
`theme/static/js/search-fold.js` folds the same way in the browser; a test compares both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from string import punctuation

from .variants import variants
from .words import is_stop_word, query_term, stem, trimmed, words

DERIVED = " "
"""The last character of derived terms."""

LONGEST = 60
"""The most characters of a word that has folded forms."""
MOST_PARTS = 6
"""The most parts of a compound that is joined."""
LONGEST_TOKEN = LONGEST + 10
"""The most characters of a word of a text that is looked at, with the punctuation around it."""

_DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "'’‘ʼʻ`´′＇‛ʹ"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s\Z")
_ELIDED = re.compile(rf"[^\W\d_][{_APOSTROPHES}]([^\W\d_]{{3,}})")
_AROUND = re.compile(r"[\W_]+\Z|\A[\W_]+")
_HYPHEN = re.compile(f"[{_DASHES}]+")
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # accents apart, and no-width characters
_CUT = re.compile(rf"[^\w.^&{_DASHES}{_APOSTROPHES}{_UNSEEN}]+")
"""What parts the words of a token. Dots, "^", "&" and "_" are within a word (node.js, R^2, Q&A)."""
_INNER = re.compile(r"[._&]+")
_SIGNED = re.compile(r"(?<![\w+#])[a-z]{1,3}(?:\+\+(?=\d)|(?:\++|#+)(?![\w+#]))")
NUMBER = r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}"
"""A small number, as names have them (a regular expression)."""
_NUMBER = re.compile(rf"{NUMBER}\Z")
PUNCTUATION = "".join(char for char in punctuation if char not in "+#_")
_PUNCTUATION_BEFORE = "([{“‘\"'"
PUNCTUATION_BEHIND = ".,;:!?)]}”’\"'"

_GREEK_NAME = re.compile(r"GREEK SMALL LETTER (?:FINAL )?([A-Z]+)\Z")
_LATIN_NAME = re.compile(
    r"LATIN SMALL (?:LETTER|LIGATURE) ([A-Z]{1,2}|DOTLESS I|ENG|ETH|SHARP S|THORN)\b"
)
_SOUNDS = {
    "dotless i": "i", "eng": "ng", "eth": "d", "sharp s": "ss", "thorn": "th", "lamda": "lambda"
}  # fmt: skip
"""Letters that Unicode names otherwise than they are written in plain Latin letters."""
_LAST_FOLDED = "\u03ff"
"""The last letter that has a fold: those behind it are of other scripts, phonetic or medieval."""
_SECOND = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MOST_GREEK = 3
"""More Greek letters than these are a Greek word, not a formula."""


@lru_cache(maxsize=2048)
def letter_fold(letter: str) -> str | None:
    """Return what stands for a lower-case character (of NFKD) in a folded word, "" for a mark or a
    sign; None for a letter or digit of a script that has no fold."""
    if letter.isascii():
        return letter if letter.isalnum() else ""
    category = unicodedata.category(letter)
    if category[0] not in "LN" or category == "Lm":
        return ""
    if letter > _LAST_FOLDED:
        return None
    name = unicodedata.name(letter, "")
    found = _GREEK_NAME.match(name) or _LATIN_NAME.match(name)
    if found is None:
        return None
    plain = found[1].lower()
    return _SOUNDS.get(plain, plain)


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> tuple[str, ...]:
    """Return the folded forms of a word, each once, the plainest first: ASCII letters and digits,
    without accents and punctuation; ä ö ü å ø also as ae oe ue aa oe.

    A name such as C++ keeps its signs. A word without letters, or in a script without a fold, is
    its own. Longer words than `LONGEST` have no other form either.
    """
    word = word.lower()
    if len(word) > LONGEST or (word.isascii() and word.isalnum()):
        return (word,)
    if (found := _SIGNED.search(word)) and _bare(word) == _bare(found[0]):
        return (found[0],)
    word = _behind(word) or word
    word = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", word) or word).lower()
    word = unicodedata.normalize("NFC", "".join(word.split()))  # an accent apart has a space
    plain = _plain(word)
    if plain is None or not has_letter(plain):
        return (word,)
    second = _plain(unicodedata.normalize("NFC", word).translate(_SECOND))
    return (plain,) if second in (None, plain) else (plain, str(second))


def _behind(word: str) -> str:
    """Return a word without the punctuation behind it."""
    end = len(word)
    while end and not word[end - 1].isalnum():
        end -= 1
    return word[:end]


def _plain(word: str) -> str | None:
    """Return a word's fold, or None where there is none."""
    if word.isascii():
        return "".join(filter(str.isalnum, word))
    folds = [letter_fold(letter) for letter in unicodedata.normalize("NFKD", word)]
    greek = sum("\u0370" <= letter <= "\u03ff" for letter in word)
    if greek > _MOST_GREEK or None in folds:
        return None
    return "".join(filter(None, folds))


@lru_cache(maxsize=1 << 12)
def parts(word: str) -> tuple[str, ...]:
    """Return the words, in lower case, that a word is made of: the parts of a compound ("text",
    "to", "image"), or of what punctuation joins ("encoder", "decoder"). Signs and dots in a name
    don't part it ("c++", "node.js")."""
    word = word.lower()
    forms = fold(word)
    if len(word) > LONGEST or is_signed(forms[0]):
        return forms
    cut = (_bare(part) for piece in _CUT.split(word) for part in _HYPHEN.split(piece))
    return tuple(part for part in cut if part)


def _bare(word: str) -> str:
    """Return a word without the punctuation around it, apostrophes before it included."""
    return _AROUND.sub("", word)


def has_letter(word: str) -> bool:
    """Return whether a word has a letter of any script."""
    return any(map(str.isalpha, word))


def is_signed(word: str) -> bool:
    """Return whether a folded word is a name with signs ("c++")."""
    return word[-1:] in ("+", "#") and _SIGNED.fullmatch(word) is not None


def is_small_number(word: str) -> bool:
    """Return whether a word is a number as names have them: "3", "2.5", "3.5.1"."""
    return _NUMBER.match(word) is not None


def alternatives(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms under which a query's word is found: as it is typed, and otherwise.

    These others are derived terms, and the plain terms of folded forms and of their other spellings
    where they differ from the typed one. A name with signs (C++) has no typed term, which would be
    that of its letters.
    """
    forms = fold(word)
    if is_signed(forms[0]):
        return (), (forms[0] + DERIVED,)
    typed = query_term(word)
    folded: dict[str, None] = {}
    for form in chain(forms, chain.from_iterable(map(variants, forms))):
        term = stem(form)
        if term != typed:
            folded[term] = None
        if has_letter(term):
            folded[term + DERIVED] = None
    return (typed,), tuple(folded)


def derived(text: str) -> Iterator[str]:
    """Yield the folded words that an index holds of a text beside the text's own words: folded
    forms, the parts of words that Lunr doesn't part, compounds joined, words joined with a small
    number behind them, and names with signs.

    Linear in the text: long words, addresses and compounds of many parts yield nothing.
    """
    before = ""
    for token in text.split():
        yield from derived_of(token)
        if before:
            yield from numbered(before, token)
        before = token


def derived_of(token: str) -> list[str]:
    """Return the folded words of one word of a text (what stands between spaces)."""
    if len(token) > LONGEST_TOKEN:
        return []
    if token.isascii():  # most words by far: without inner punctuation, or with hyphens alone
        bare = token.strip(PUNCTUATION)
        if bare.isalnum():
            return []
        if bare.replace("-", "").isalnum():
            return compound(bare.lower().split("-"))
        if token.lower() == token.upper():  # a number
            return []
    else:
        token = unicodedata.normalize("NFC", token)
    token = token.lower()
    bare = _bare(token)
    if len(bare) > LONGEST or "://" in token:
        return []
    found = dict.fromkeys(_SIGNED.findall(token) if "+" in token or "#" in token else ())
    for piece in _CUT.split(bare):
        joined = [part for part in map(_bare, _HYPHEN.split(piece)) if part]
        if len(joined) > MOST_PARTS:
            continue
        for part in joined:
            found.update(dict.fromkeys(_of_word(part)))
        found.update(dict.fromkeys(compound(joined)))
    known = set(map(trimmed, words(token)))
    return [form for form in found if form not in known and not is_stop_word(form)]


def compound(joined: list[str]) -> list[str]:
    """Return the folded forms of words joined to one."""
    word = "".join(joined)
    if not 1 < len(joined) <= MOST_PARTS or len(word) > LONGEST or word.isdigit():
        return []
    if word.isascii() and word.isalnum():
        return [] if is_stop_word(word) else [word]
    return [form for form in fold(word) if has_letter(form) and not is_stop_word(form)]


def _of_word(word: str) -> Iterator[str]:
    """Yield the folded forms of a word without hyphens, its parts between dots, and what follows an
    elision (d'Alembert)."""
    if len(word) < 2:
        return
    yield from filter(_is_form, fold(word))
    pieces = _INNER.split(word)
    if len(pieces) > 1 and all(len(piece) > 1 and piece.isalpha() for piece in pieces):
        yield from chain.from_iterable(map(fold, pieces))
    if elided := _ELIDED.fullmatch(_POSSESSIVE.sub("", word)):
        yield from fold(elided[1])


def _is_form(form: str) -> bool:
    """Return whether a folded form has a letter and another character: the others are no words."""
    return len(form) > 1 and has_letter(form)


def numbered(before: str, token: str) -> tuple[str, ...]:
    """Return a word joined with a small number behind it, where the word can be a name: it begins
    with a capital, or is one letter, and is no stop word."""
    number = token.rstrip(PUNCTUATION_BEHIND)
    if len(before) > LONGEST_TOKEN or not is_small_number(number):
        return ()
    *_, last = _HYPHEN.split(before.lstrip(_PUNCTUATION_BEFORE))
    if not last.isalpha() or (len(last) > 1 and not last[0].isupper()):
        return ()
    if len(last) > 1 and is_stop_word(last.lower()):
        return ()
    return tuple(form for form in fold(last + number) if form.isascii())
