"""Authors: names cut out of any list of them, without TeX or affiliations, the given name first.

The rules are arXiv's own (info.arxiv.org/help/prep: names parted by commas, "and", "&" or a colon,
affiliations in parentheses), BibTeX's ("Last, First and Last, First", braces around a group) and
those of bibliographies ("Last, F. M., Last, F."). Linear in the text's length.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..untrusted.decoding import one_line
from .name_particles import PARTICLES
from .one_name import IDEOGRAPHS, SUFFIX, natural_order, plain_name
from .other_authors import ET_AL_END, OTHERS
from .person_objects import name_of

MAX_LIST = 1_000_000
"""Longest text of a list in Python's or JSON's syntax that is read as one, in characters."""

# What points from a name to an affiliation: raised digits, letters and signs.
_RAISED = re.compile(
    r"<sup>[^<>]{0,60}</sup>|\$?\^\{[^{}]{0,60}\}\$?|\$?\^[\w*†‡§]\$?|\\textsuperscript\{[^{}]{0,60}\}"
    r"|[¹²³⁰⁴-⁹*†‡§¶]+(?:\s?,\s?[¹²³⁰⁴-⁹*†‡§¶]+)*"
)
_BEHALF = re.compile(r"\W*(?:(?:for|and|with) |on behalf of )+(?:the )?(?=\S)", re.I)
_MAIL = re.compile(r"<[^<>@\s]{1,100}@[^<>@\s]{1,100}>")
_AND = re.compile(
    r"(?:[,;]\s*)?(?<=[\s;,])(?:and|&|&amp;|(?-i:und|et(?!\.? ?al\b)|en|och|og|ve|и|و|및"
    r"|[ye](?=\s[^\s,;]+\s(?!(?:[ye]|and|&)\s)[^\s,;])))(?=\s)\s*",
    re.I,
)
_DEGREE = re.compile(r"(?:ph\.? ?d|m\.? ?d)\.?", re.I)
_INITIAL = re.compile(r"([^\W\d_]{1,3})(\.?)[-‐ ]?")
_LONGEST_NAME = 80  # characters of a name whose initials are looked at
_FAMILY = re.compile(r"(?:(?:[a-zß-öø-ÿа-я]\w*|Ó|[A-Z]?[a-z]?['’])[ ]?){0,3}[^\W_][\w'’‐-]*")
_SHORT = re.compile(
    rf"((?:(?:{PARTICLES}|ten) )*"
    r"(?:[^\W\d_a-z][\w'’-]+ ?){1,3}) ((?:[A-Z]\.?-?|[А-ЯЁ]\. ?-?){1,4})"
)
_GROUP = re.compile(r"collab|team|group|consorti|project|lab\b|labs\b|institut|universit", re.I)
_LONGEST_INITIALS = 3  # letters of what stands in capitals and may be initials
_QUOTED = re.compile(r"""\s*\[\s*(?:['"{\]])""")
# A list of objects as Python prints them: "[arxiv.Result.Author('Jane Doe'), ...]".
_PRINTED = re.compile(r"\s*\[?\s*[A-Za-z_][\w.]{0,60}\((['\"])")
_PRINTED_NAME = re.compile(
    r"[A-Za-z_][\w.]{0,60}\((?:name=)?(?:'([^'()]{1,200})'|\"([^\"()]{1,200})\")"
)
_EASTERN = str.maketrans("、，；：（）،؛", ",,;:(),;")
_NOTE = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")  # a link between notes


def read_names(value: object) -> tuple[str, ...]:
    """Return the names of a record's authors, in order, given names first.

    `value` is a list of texts or of objects (as `person_objects` reads them), or one text: a list
    in JSON's or Python's syntax, names parted by semicolons, bars or lines, or as `split_authors`
    reads them. Anything else has none.
    """
    if isinstance(value, str):
        value = _NOTE.sub(r"\1", value) if "[[" in value else value
        if _PRINTED.match(value):
            return _once(found[1] or found[2] for found in _PRINTED_NAME.finditer(value))
        listed = _literal(value) if _QUOTED.match(value) else None
        return split_authors(value) if listed is None else read_names(listed)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    return _once(name for item in value for name in _item(item))


def _item(item: object) -> Iterator[str]:
    """Yield the name of a list's item; those of an item that is itself a list in one text."""
    if isinstance(item, str):
        item = _NOTE.sub(r"\1", item) if "[[" in item else item
        if ";" in item or _AND.search(item):
            yield from split_authors(item)
        else:
            yield from arxiv_names([item])
    elif isinstance(item, dict):
        yield name_of(item)
    elif isinstance(item, list) and len(item) > 1 and all(isinstance(p, str) for p in item):
        family, given, *suffix = item  # as arXiv's snapshot parts names
        yield plain_name(" ".join(filter(None, (given, family, *suffix[:1]))))


def _literal(text: str) -> list[Any] | None:
    """Return the list that a cell holds in JSON's or Python's syntax; None where it is none."""
    if len(text) > MAX_LIST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            with warnings.catch_warnings(action="ignore"):  # of odd numbers in a literal
                value = read(text.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list):
            return value
    return None


def arxiv_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names that a listing gives one by one, as arXiv does, which also gives as names the
    colon after a collaboration, "et al." and "(for the X Collaboration)"."""
    kept = []
    for name in names:
        plain = plain_name(name)
        if "(" in plain or ")" in plain:
            kept += _without_affiliations(plain)
        elif plain:
            kept.append(plain)
    return _once(natural_order(_tidied(name)) for name in kept if not OTHERS.fullmatch(name))


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names of a list in one text, without affiliations in parentheses.

    Semicolons, bars, line ends, "and", "&" and colons part names, and so do commas, unless these
    part family names from given names: "Doe, Jane" is one person, "Doe, J., Roe, A. B." are two.
    """
    if any(map(text.__contains__, "\\{}")):
        return _once(_braced(text))
    return _once(_split(text))


def bibtex_names(text: str) -> tuple[str, ...]:
    """Return the names of a BibTeX field: parted by " and " outside of braces only; what braces
    enclose whole is a group's name."""
    names = []
    for part in _at_top(one_line(text), _BIBTEX_AND):
        if named := dict(_BIBLATEX.findall(part)):
            parts = (named.get(key, "") for key in ("given", "prefix", "family", "suffix"))
            names.append(plain_name(" ".join(filter(None, parts))))
            continue
        bare = part.strip(" ,")
        whole = bare.startswith("{") and _closes_at_end(bare)
        name = plain_name(bare if whole else _hidden(bare))
        name = name if whole else natural_order(name)
        names.append(name.replace(_COMMA, ","))
    return _once(initials_first([name for name in names if not OTHERS.fullmatch(name)]))


def initials_first(names: list[str], *, sure: bool = False) -> list[str]:
    """Return names whose initials all stand behind the family's name with these before it; one
    without a full stop ("Ramesh K") only where its writer is `sure` to give names so."""
    if capitals := _capitals_first(names, sure):
        return capitals
    short = [_SHORT.fullmatch(name) if len(name) <= _LONGEST_NAME else None for name in names]
    if all(short) and (sure or len(names) > 1 or any(name.endswith(".") for name in names)):
        return [f"{_initials(found[2])} {found[1]}" for found in short if found]
    return names


def _capitals_first(names: list[str], sure: bool) -> list[str]:
    """Return names whose families stand first and in capitals ("DUPONT Jean"), as they are
    elsewhere; nothing for others."""
    if len(names) < 2 and not sure:
        return []
    turned = [_capital_first(name) if len(name) <= _LONGEST_NAME else "" for name in names]
    sure = any(len(name.partition(" ")[0]) > _LONGEST_INITIALS for name in names)
    return turned if sure and all(turned) else []


def _capital_first(name: str) -> str:
    """Return a name whose family stands first and in capitals; "" for another, or a group's."""
    words = [] if _GROUP.search(name) else name.split()
    last = next((n for n, word in enumerate(words) if not word.isupper() or len(word) < 2), 0)
    family, given = words[:last], words[last:]
    if not family or not all(word[:1].isupper() for word in given) or given[0].isupper():
        return ""
    return f"{' '.join(given)} {' '.join(family).title()}"


# biblatex's names by their parts: family=Doe, given={Jane Ann}
_BIBLATEX = re.compile(r"\b(family|given|prefix|suffix)\s?=\s?(\{[^{}]*\}|[^,{}]+)")
_BIBTEX_AND = re.compile(r"\s+and\s+|\A\s*and\s+|\s+and\s*\Z", re.I)
_COMMA = "\ue000"  # stands for a comma within braces


def _hidden(name: str) -> str:
    """Return a name whose commas within braces are hidden, so that they part nothing."""
    if "{" not in name:
        return name
    depth, out = 0, []
    for char in name.replace(_COMMA, ""):
        depth += (char == "{") - (char == "}")
        out.append(_COMMA if char == "," and depth > 0 else char)
    return "".join(out)


def _initials(text: str) -> str:
    """Return initials; a full stop behind several that have none is the list's."""
    return text[:-1] if text[:-1].isalpha() and len(text) > 2 else text


def _closes_at_end(text: str) -> bool:
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(text) - 1
    return False


def _at_top(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """Yield the parts of a text between separators that stand outside of braces."""
    start = depth = done = 0
    for found in separator.finditer(text):
        between = text[done : found.start()]
        depth = max(0, depth + between.count("{") - between.count("}"))
        done = found.start()
        if depth == 0:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _braced(text: str) -> Iterator[str]:
    """Yield the names of a list with TeX: groups in braces whole, the others as in plain text."""
    groups: list[str] = []

    def keep(match: re.Match[str]) -> str:
        groups.append(plain_name(match[1]))
        return f"{match[0][: match.start(1) - match.start() - 1]}\ue001{len(groups) - 1}\ue002"

    text = _RAISED.sub("", text.replace("\ue001", "").replace("\ue002", ""))
    text = _GROUP_IN_BRACES.sub(keep, text)
    for name in _split(plain_name(text.replace("\n", " "))):
        yield _KEPT.sub(lambda match: groups[int(match[1])], name)


_GROUP_IN_BRACES = re.compile(
    r"(?:(?<=[,;&])\s*|\A\s*|(?<=\band)\s+)\{([^{}\\,][^{}\\, ]* [^{}\\]+)\}"
)
_KEPT = re.compile("\ue001(\\d+)\ue002")


def _split(text: str) -> Iterator[str]:
    text = ET_AL_END.sub("", text.translate(_EASTERN))
    lines = [part for part in re.split(r"[;|\n]|\s[/·•⋅∙]\s", text) if part.strip()]
    if len(lines) > 1 or ";" in text:
        yield from initials_first([
            natural_order(_tidied(name))
            for line in lines
            for part in _AND.split(one_line(line))
            for name in _without_affiliations(part)
            if not OTHERS.fullmatch(name)
        ])  # fmt: skip
        return
    whole = _without_affiliations(one_line(_RAISED.sub(" ", text)))
    for stretch in whole:
        if not OTHERS.fullmatch(stretch):
            yield from _commas(stretch)


def _without_affiliations(text: str) -> list[str]:
    """Return a text without what stands in parentheses, as arXiv's own records of authors have it:
    "(for the X Collaboration)" is an affiliation there too."""
    if "(" not in text and ")" not in text:
        return [text] if text.strip() else []
    depth, kept = 0, []
    for part in re.split(r"([()])", text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(part)
    rest = re.sub(r"\s+(?=[,;])", "", one_line(" ".join(kept)))
    return [rest] if rest.strip(" ,;:") else []


def _commas(text: str) -> Iterator[str]:
    """Yield the names of a list that has commas, "and", "&" and colons."""
    segments = []
    for stretch in re.split(r"\s*:\s*", text):
        for segment in _AND.split(stretch):
            pieces = _with_suffixes(
                [p for p in map(str.strip, segment.split(",")) if p and not OTHERS.fullmatch(p)]
            )
            if pieces:
                segments.append(pieces)
    pieces = [piece for segment in segments for piece in segment]
    turned = initials_first(pieces) if len(pieces) > 1 else pieces
    if turned == pieces and _family_first(segments, pieces):
        for segment in segments:
            yield from _pairs(segment)
        return
    yield from map(_tidied, turned)


def _with_suffixes(pieces: list[str]) -> list[str]:
    """Return the pieces between commas, a suffix ("Jr.", "III") joined to the name before it."""
    out: list[str] = []
    for piece in pieces:
        if not (SUFFIX.fullmatch(piece) and out):
            out.append(piece)
        elif not _DEGREE.fullmatch(piece):
            out[-1] = f"{out[-1]} {piece}"
    return out


def _family_first(segments: Sequence[list[str]], pieces: list[str]) -> bool:
    """Return whether commas part family names from given names."""
    if len(pieces) < 2 or any(map(IDEOGRAPHS.search, pieces)):
        return False
    initials = [_is_initials(piece) for piece in pieces]
    if any(initials[1:]) and not initials[0]:
        # "Doe, J., Roe, A. B.": no initials stand without a family name before them.
        return all(not (a and b) for a, b in pairwise(initials))
    names = [segment for segment in segments if len(segment) > 1]
    if any(len(segment) % 2 for segment in names) or len(names) < len(segments):
        return False
    families = [piece for segment in names for piece in segment[::2]]
    return all(_FAMILY.fullmatch(_unsuffixed(piece)) for piece in families)


def _is_initials(piece: str) -> bool:
    """Return whether a piece is initials only: "A. B.", "J.-P.", "AB", "Yu."."""
    at = 0
    while found := _INITIAL.match(piece, at):
        letters, dot = found[1], found[2]
        if not (letters.isupper() or (dot and letters[0].isupper())):
            return False
        at = found.end()
    return at == len(piece) <= 16


def _unsuffixed(piece: str) -> str:
    head, _, tail = piece.rpartition(" ")
    return head if head and SUFFIX.fullmatch(tail) else piece


def _pairs(pieces: list[str]) -> Iterator[str]:
    """Yield the names of a segment where a family name may have its given names after it."""
    at = 0
    while at < len(pieces):
        family, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else ""
        alone = " " in family and not _FAMILY.fullmatch(_unsuffixed(family))
        if after and (not alone or _is_initials(after)):
            suffix = family[len(_unsuffixed(family)) :]
            yield f"{after} {_unsuffixed(family)}{suffix}"
            at += 2
        else:
            yield _tidied(family)
            at += 1


def _tidied(name: str) -> str:
    """Return a name without marks of affiliations, without punctuation at its ends, and without
    the words by which somebody signs for a group."""
    name = _RAISED.sub("", _MAIL.sub("", name)).strip(" ,;:")
    if found := _BEHALF.match(name):
        name = name[found.end() :]
    return name


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that hold a letter or digit, in order; groups that sign twice once."""
    return tuple(name for one in names if any(map(str.isalnum, name := one_line(one))))
