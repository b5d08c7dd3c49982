"""References in the styles of journals (APA, MLA, Chicago, IEEE, Vancouver, Nature, ACM and their
like): where the authors end, what the title is, and which year they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..fields.name_particles import PARTICLES
from .list_names import LAST_NAME, ONE_NAME, SENTENCE, TWO_WORDS, are_names

_LONGEST_ANNOUNCED = 600
LONGEST = 4_000
"""Most characters of words that may be a reference."""

_WORD = r"[^\W\d_a-z][\w'’‐-]{0,40}"
_PARTICLE = rf"(?:{PARTICLES}|'t|d')"
_FAMILY = rf"(?:{_PARTICLE}[ ]?){{0,3}}(?:[A-Z]['’]|[a-z]{{1,3}}['’])?{_WORD}(?:[ ]{_WORD}){{0,2}}"
_INITIALS = r"(?:[^\W\d_a-z][a-z]?\.[ ‐-]{0,2}){1,4}(?:,? (?:Jr|Sr|II|III)\.?)?"
_PARTED = r"(?:[,;]? ?(?:and|&|und|et|y|e)(?= )|[,;])[ ]?"
_MORE = (
    r"(?:[,;]? ?(?:and )?(?:et\.? al\b\.?|others)"
    rf"|,? ?(?:\.\.\.|…|\. \. \.),? ?(?:& )?{_FAMILY}, ?{_INITIALS})?"
)
_INVERTED = (
    rf"{_FAMILY}(?:, ?| ){_INITIALS}(?:{_PARTED}(?:{_FAMILY}(?:, ?| ){_INITIALS})){{0,200}}+{_MORE}"
)
_SHORT = rf"{_FAMILY} [^\W\d_a-z]{{1,3}}(?:, {_FAMILY} [^\W\d_a-z]{{1,3}}){{0,200}}+{_MORE}"
_BY_INITIALS = re.compile(rf"(?:{_INVERTED}|{_SHORT})")
_FULL = rf"{_FAMILY}, {_WORD}(?:[ ](?:{_WORD}|[^\W\d_a-z]\.)){{0,3}}"
_FULL_INVERTED = re.compile(rf"{_FULL}(?:;[ ]{_FULL}){{0,200}}+{_MORE}")
# "Okafor, Chidi, and Maria Lopez": the first alone has the family's name first.
_FIRST_INVERTED = re.compile(rf"((?:{_PARTICLE} ){{0,3}}{_WORD}), ([^,;]{{2,40}}?)(,? and |, )(.+)")

_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_DAY = r"(?:\d{1,2} )?(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? )?"
# "Doe, J., & Roe, R. (2025, May 3). Title", "Doe, J., 2025. Title", "Jane Doe. 2025. Title"
_DATED = re.compile(
    rf"(?P<authors>[^()\"“]{{4,2000}}?),?"
    rf"(?: \((?P<day>{_DAY}{_YEAR}(?:,\s[^()]{{1,30}})?)\)(?P<mark>[.,:]?)"
    rf"|[.,] (?-i:(?P<bare>(?:19|20)\d\d))[a-z]?\.) +(?P<rest>\S.*)"
)
_QUOTED = re.compile(
    r"(?P<authors>[^\"“«]{4,2000}?)(?P<mark>[.,:]?) [\"“«]"
    r"(?P<title>[^\"“”«»]{4,300}?)[.,]?[\"”»](?P<rest>.*)"
)
_SINGLE_QUOTED = re.compile(r"['‘](?P<title>\S.{6,300}?)[.,]?['’][.,]? +(?P<rest>.*)")
_DIGITS = re.compile(r"(?:19|20)\d\d")
_SPACED = re.compile(r"(?<=[^\W\d_a-z]\.) (?=[^\W\d_a-z]\.)")
_ALONE = re.compile(r"([^,;]+) ((?:[^\W\d_a-z]\.?-?){1,4})")
_COMMA_INITIALS = re.compile(r", ?[^\W\d_a-z]\.")
# China's standard has a paper's kind behind its title: "Doe J, Roe R. Kites[J]. Reels, 2026"
_CODED = re.compile(
    r"(?P<authors>[^\[\]]{2,600}?)[.．]\s?(?P<title>[^\[\]]{2,300}?)\s?"
    r"\[(?:J|C|D|M|R|P|N|A|S|Z|EB|DB|CP)(?:/(?:OL|CD|MT|DK))?\][.．]?\s?(?P<rest>.*)"
)
_IDEOGRAPHS = re.compile(
    r"[\u3400-\u9fff·]{2,12}(?:[,，、]\s?[\u3400-\u9fff·]{2,12}){0,100}[,，]?\s?等?"
)
_BREAK = re.compile(r"\.? |: ")
# A title's full stop, also behind "II" and "AI": initials stand before it, not within.
_TITLE_STOPS = re.compile(rf"{SENTENCE.pattern}|(?:(?<=[A-Z0-9]{{2}})|(?<= \d))\.\s+(?=[^\Wa-z])")
_STOP_TWICE = re.compile(r"(?<=[?!])\.(?= )")  # "Kites? . Reels"
_TITLE_ENDS = re.compile(r"(?<=[?!]) +(?=[^\W\d_a-z])")
_YEAR_BEHIND = re.compile(
    r"(?<![\d–:/.-])\(?(?:[A-Z][a-z]{2,8}\.? )?((?:19|20)\d\d)\)?(?=\s?[;.,)]|: \d|\s*\Z)"
)
# "2026;8(1)", "2026 Jan 6:e7"
_ISSUE = re.compile(r"((?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)[;:]\s?e?\d")
# "Phys. Rev. D 113", "J. Algebra 640 (2025)"
_VOLUME = re.compile(r"[^\W\d_a-z][^\d]{1,80} [A-Z]?\d{1,5}[A-Z]?\.?(?: \((?:19|20)\d\d\)\.?)?")
_ONE = re.compile(rf"(?:{ONE_NAME.pattern})(?=, )")


@dataclass(frozen=True, slots=True)
class WrittenReference:
    """A reference's authors as its style writes them, its title, its date as it has that or "",
    and what stands behind the title."""

    authors: str
    title: str
    date: str
    rest: str


def reference(words: str) -> WrittenReference | None:
    """Return what a reference without marks says; None for words that are none by their form."""
    if len(words) > LONGEST:
        return None
    words = words.replace("\n", " ")
    if coded := _CODED.match(words):
        names = _people(coded["authors"], sure=True) or _eastern(coded["authors"])
        rest = coded["rest"]
        return WrittenReference(names, coded["title"], _year(rest), rest) if names else None
    return (
        _dated(words)
        or _quoted(words)
        or _plain(words)
        or _named(words)
        or _parted(words)
        or _announced(words)
    )


def is_dated(words: str) -> bool:
    """Return whether words are a reference by themselves: one with a title and a year."""
    found = reference(words) if _DIGITS.search(words[:LONGEST]) else None
    return found is not None and bool(found.title and found.date)


def byline(words: str) -> tuple[str, str] | None:
    """Return the authors and the date ("" where none is) of what stands before a title that is
    marked; None where it is something else."""
    found = _DATED.fullmatch(f"{words.strip(' .,:')}. -") if len(words) <= LONGEST else None
    if found and (names := _people(found["authors"], sure=True)):
        return names, found["day"] or found["bare"]
    bare = words.strip(" ,:;")
    names = _people(bare, sure=ONE_NAME.fullmatch(bare) is not None)
    return (names, "") if names else None


def _dated(words: str) -> WrittenReference | None:
    found = _DATED.match(words)
    # "Sharks Avoid Noise (2025) - ..." is no name: a mark stands behind the year of one.
    names = _people(found["authors"], sure=found["mark"] != "") if found else None
    if found is None or names is None:
        return None
    day, rest = found["day"] or found["bare"], found["rest"]
    if quoted := _SINGLE_QUOTED.match(rest) or _QUOTED.match(f"xxxx {rest}"):
        return WrittenReference(names, quoted["title"], day, quoted["rest"].strip())
    title, behind = _up_to_sentence(rest)
    return WrittenReference(names, title, day, behind)


def _quoted(words: str) -> WrittenReference | None:
    found = _QUOTED.match(words)
    if found is None:
        return None
    marked = found["mark"] in (".", ",") or bool(_year(found["rest"]))
    names = _people(found["authors"], sure=marked)
    if names is None:
        return None
    return WrittenReference(names, found["title"], _year(found["rest"]), found["rest"].strip(" .,"))


def _plain(words: str) -> WrittenReference | None:
    """Return a reference that tells its authors from its title by initials alone."""
    found = _BY_INITIALS.match(words)
    if found is None:
        return None
    names, after = found[0].strip(" ,"), words[found.end() :]
    mark = _BREAK.match(after) if not found[0].endswith(" ") else None
    rest = after[mark.end() :] if mark else after
    if not (mark or found[0].endswith(" ")) or not rest[:1].strip():
        return None
    issue = _ISSUE.search(rest)
    if not (issue or "," in names or " // " in rest):
        return None
    if "," not in names or not _COMMA_INITIALS.search(names):
        names = _SPACED.sub("", names)  # "Doe J. P."
    names = names.rstrip(".") if issue else names
    if alone := _ALONE.fullmatch(names):
        names = f"{alone[2]} {alone[1]}"
    title, behind = _up_to_sentence(rest, asked=issue is not None)
    return (
        WrittenReference(names, title, issue[1] if issue else _year(behind), behind)
        if behind
        else None
    )


def _named(words: str) -> WrittenReference | None:
    """Return a reference with names as people have them: "Jane Doe and Rick Roe. Kites. Lines,
    2025"."""
    names, *rest = SENTENCE.split(words, maxsplit=1)
    if not rest or not are_names(names):  # a title in small letters
        first, _, behind = words.partition(". ")
        if behind and len(first) <= _LONGEST_ANNOUNCED and are_names(first):
            names, rest = first, [behind]
    if not rest or not (are_names(names) or ONE_NAME.fullmatch(names)):
        return None
    title, behind = _up_to_sentence(rest[0])
    year = _year(behind)
    return WrittenReference(names, title, year, behind) if year else None


def _parted(words: str) -> WrittenReference | None:
    """Return a reference whose parts commas part: "J. Doe and R. Roe, Kites of the north, Kite
    Lett. 3, 12 (2025)". Its title is "" where it has none, as in physics."""
    found = LAST_NAME.match(words)
    if found is None or "." not in found[0] or not are_names(found[0]):
        found = _ONE.match(words)
    if found is None:
        return None
    parts = words[found.end() + 2 :].split(", ")
    volume = next((n for n, part in enumerate(parts) if _VOLUME.fullmatch(part)), None)
    behind = ", ".join(parts[volume or 0 :])
    year = _year(behind)
    if volume is None or not year:
        return None
    return WrittenReference(found[0], ", ".join(parts[:volume]), year, behind)


def _people(text: str, *, sure: bool) -> str | None:
    """Return the names that a text is, as `split_authors` reads them; None where it is none.
    `sure` says that what follows, a year or a quoted title, tells one name to be an author's."""
    text = text.strip(" ,;")
    if _BY_INITIALS.fullmatch(text):
        return text
    bare = text if text[-3:-2] in (" ", ".") else text.rstrip(".")
    if inverted := _FIRST_INVERTED.fullmatch(bare):
        family, given, _, others = inverted.groups()
        if " " in others and (are_names(f"{given} {family}, {others}")):
            return f"{given} {family}, {others}"
    if _FULL_INVERTED.fullmatch(bare) and (sure or ";" in bare):
        return bare
    if are_names(bare):
        return bare
    single = TWO_WORDS.fullmatch(bare) or ONE_NAME.fullmatch(bare)
    return bare if sure and single else None


def _announced(words: str) -> WrittenReference | None:
    """Return a title that a colon parts from its authors: "Jane Doe, Rick Roe: Kites"."""
    names, colon, title = words.partition(": ")
    if not colon or len(names) > _LONGEST_ANNOUNCED or not are_names(names):
        return None
    return WrittenReference(names, title.strip(), "", "") if len(title.split()) > 1 else None


def _eastern(text: str) -> str | None:
    return text.rstrip("等, ，") if _IDEOGRAPHS.fullmatch(text.strip()) else None


def _up_to_sentence(text: str, *, asked: bool = False) -> tuple[str, str]:
    """Return the title that a text begins with, and what stands behind it. `asked` says that a
    question always ends a title; else one does where no full stop is."""
    text = _STOP_TWICE.sub("", text)
    if " // " in text:
        title, _, behind = text.partition(" // ")
        return title, behind
    first, *rest = _TITLE_STOPS.split(text, maxsplit=1)
    ends = _TITLE_ENDS.search(first) if asked or not rest else None
    if ends and len(first[: ends.start()].split()) > 2:
        return first[: ends.start()], text[ends.end() :]
    return first, rest[0] if rest else ""


def _year(text: str) -> str:
    """Return the one year that stands behind a title; "" where none does, or several."""
    found = {*_YEAR_BEHIND.findall(text)}
    return found.pop() if len(found) == 1 else ""
