"""What each line is of a text in which the parts of papers take turns, line by line: a title,
names, an address, a text, a labelled part, or what a page, a chat or a programme has around them.

Told by form alone: what stands there again and again, but for its numbers, is the page's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..fields.labelled import labelled
from .list_counts import counts
from .list_lines import Line, is_label, lines
from .list_names import EASTERN, NAME_WORD, ONE_NAME, SENTENCE, TWO_WORDS, are_names, bare_names
from .list_papers import is_cited
from .list_sections import heading_day
from .list_titles import PICTURE, SENT, is_named, is_quoted, is_title
from .paper_addresses import key_of
from .paper_drafts import day_of, is_eastern_sentence
from .paper_lines import is_labelled, is_paper

ADDRESS, NAMES, TITLE, PROSE, LABEL, OTHER, PAGE = (
    "address", "names", "title", "prose", "label", "other", "page"
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
_MOST_TOKENS = 40
_NEAR = 3  # lines between a title and the same title in its link's preview
OF_PLACES = re.compile(r"[\d¹²³*†‡]{1,2}\s?[^\W\d_]")
"""What a line of places behind authors begins with: "1University of Bergen, ..."."""
_SHORTEST_AGAIN = 3  # words of a line that is the page's if it stands there twice
_TIME = r"\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?"
# "10:00-10:20  ", "2 Feb    ": when something is, before what it is
_WHEN = re.compile(
    rf"(?:{_TIME}(?:\s?(?:[-–—]|to)\s?{_TIME})?[\s|:–—-]+"
    r"|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
    r"(?:\d{1,2}\.? [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})"
    r"(?:,? \d{4})?(?:\s{2,}|\s?[|:–—]\s?))(?=\S)"
)
_NUMBERED = re.compile(r"\A\s{0,20}(?:\[\d{1,4}\]|\d{1,4}[.)])\s+(?=\S)")
_ENDS = re.compile(r"\s\([^()\s]{1,60}\)\s*\Z")  # "(arxiv.org)", which papers share
_TITLED = re.compile(r"(?:Prof|Dr|Mr|Ms|Mrs)\b\.?(?: (?:Dr|Ir)\b\.?)? (?=\S)")
_PLACE = re.compile(r"\s\((?!et al)[^()]{2,80}\)\s*\Z|,\s+[^\W\d_a-z][^,]{2,60}\Z")
_ENCLOSED = re.compile(r"\(([^()]{4,600})\)")
_AGO = re.compile(
    r"\b(?:\d{1,3}\s?(?:s|m|h|d|w|mo|y|min|hr)|(?:\d{1,3}|an?) [a-z]{3,7}) ago\b|\b\d{1,2}[hdm]\Z",
    re.I,
)
_LONGEST_AGO, _LONGEST_TITLE = 80, 200  # characters
_TAGS = re.compile(r"(?:#[^\W\d_][\w/-]{1,40}\s*){1,20}")  # "#kites #bread"
# "cs.RO cs.LG", "hep-th": arXiv's categories beside an id
_SUBJECT = r"(?:[a-z-]{2,10}\.[A-Za-z-]{2,12}|[a-z]{3,8}-(?:ph|ex|th|lat)|gr-qc)"
_SUBJECTS = re.compile(rf"{_SUBJECT}(?:[\s,;]+{_SUBJECT}){{0,12}}")
_QUOTED = re.compile(r"(?<!\w)[\"“«]\s?([^\"“”«»]{8,200}?)[,.]?\s?[\"”»](?!\w)")
_CITED = re.compile(r"[^\W\d_][^?!]{2,80}?[.,;:]?\s\(?(?:19|20)\d\d\b.{0,80}")
_LABEL = re.compile(r"[^\W\d_][^\W\d_]{2,14}(?: [^\W\d_]{2,14})?:\s")
_DOTS = re.compile(r"\s*[·|•;]\s*")
_BRACKETS = re.compile(r"\[[^\[\]]{0,60}\]")
_HANDLE = re.compile(r"\W?(?:@|u/|r/)\S+(?:\s\S+)?")
_FAMILIES = re.compile(rf"{NAME_WORD}(?:, {NAME_WORD}){{1,20}}(?:,? (?:and|&) {NAME_WORD})?")


@dataclass(slots=True)
class Turn:
    """A line that is not blank, and its kind. `said` is what it says without its number, hour or
    day; `timed` says that it had one of these; `near` that the line above is not blank."""

    line: Line
    kind: str
    said: str
    key: str | None = None  # of an address
    timed: bool = False
    sure: bool = False  # names that are several people's, a title in quotation marks
    near: bool = False
    beside: str = ""  # what stands before and behind a title in quotation marks

    @property
    def number(self) -> int:
        """The line's number, from 1."""
        return self.line.number


def turns(text: str) -> list[Turn] | None:
    """Return the lines of a text as turns; None for Markdown, whose marks tell more."""
    found: list[tuple[Line, bool]] = []
    blank = True
    rows = text.split("\n")
    for line in lines(text):
        if line.kind == "row" or _links_titles(line):
            return None
        if line.kind not in ("blank", "rule"):
            found.append((line, not blank))
        blank = line.kind in ("blank", "rule")
    again = _again([rows[line.number - 1] for line, _ in found])
    made: list[Turn] = []
    for (line, near), repeated in zip(found, again, strict=True):
        turn = _turn(line, rows[line.number - 1], near)
        people = turn.kind == NAMES and turn.sure
        said = turn.kind in (ADDRESS, LABEL, PROSE) or is_paper(line)
        if repeated and not people and not said:
            turn.kind = PAGE
        above = made[-1] if made else None
        after = near and above and above.kind in (PROSE, LABEL)
        if after and turn.kind in (TITLE, PROSE) and _LABEL.match(turn.said):
            turn.kind = LABEL
        elif (
            after
            and above
            and above.kind == PROSE
            and turn.kind in (TITLE, OTHER)
            and not turn.sure
        ):
            turn.kind = PROSE  # a text's last line
        goes_on = turn.kind == PROSE and near and turn.said[:1].islower()
        if goes_on and above and above.kind == TITLE and not above.sure:
            above.kind = PROSE  # a text's first line
        titled = near and above and above.timed and turn.kind == NAMES
        if titled and above and above.kind == PROSE:
            above.kind = TITLE  # one with a full stop, above its authors
        made.append(turn)
    return made


def _links_titles(line: Line) -> bool:
    return any(piece.address and piece.text.strip() and not piece.label for piece in line.pieces)


def _turn(line: Line, row: str, near: bool) -> Turn:
    if is_paper(line) and (beside := _beside(line)) is not None:
        key = next(key_of(one) for one in line.addresses if one.kind == "paper")
        return Turn(line, ADDRESS, beside, key=key, near=near)
    said = row.strip()
    when = _WHEN.match(said) or (_NUMBERED.match(row) if line.kind == "item" else None)
    words = said[when.end() :] if when and when.re is _WHEN else line.words
    words = PICTURE.sub("", words)
    timed = when is not None
    turn = Turn(line, OTHER, words, timed=timed, near=near)
    if is_paper(line) or line.kind == "heading":
        return turn
    if is_labelled(line) or labelled(words).named or _TAGS.fullmatch(words):
        turn.kind, turn.said = LABEL, said
    elif _is_pages(words, line):
        turn.kind = PAGE
    elif day_of(words):
        turn.kind = LABEL
    elif is_quoted(words):
        turn.kind, turn.sure = TITLE, True
    elif (within := _quoted(words)) is not None:
        turn.kind, turn.sure = TITLE, True
        turn.said, turn.beside = within[1], f"{words[: within.start()]}\n{words[within.end() :]}"
    elif people := names_in(words):
        turn.kind, turn.sure = NAMES, are_names(people)
    elif _is_text(words):
        turn.kind = PROSE
    elif is_title(words) and len(words.split()) > 1 and not words[:1].islower():
        turn.kind = TITLE
    return turn


def _beside(line: Line) -> str | None:
    """Return what stands beside an address that is the line's, such as arXiv's categories and where
    the paper appeared; None where the line says more."""
    beside = _BRACKETS.sub("", line.words).strip()
    if not any(map(str.isalnum, beside)) or _SUBJECTS.fullmatch(beside):
        return beside
    parts = [part for part in _DOTS.split(beside) if any(map(str.isalnum, part))]
    if all(map(_is_about, parts)):
        return beside
    ends = not line.pieces[-1].text.strip() and _CITED.fullmatch(beside) is not None
    return beside if ends and not is_cited(beside) else None


def _is_about(part: str) -> bool:
    """Return whether words beside an address are categories, a day, counts or a link's label."""
    return bool(_SUBJECTS.fullmatch(part) or day_of(part) or counts(part)) or is_label(part)


def _quoted(words: str) -> re.Match[str] | None:
    """Return where a short text has a title in quotation marks: several words with capitals."""
    found = _QUOTED.search(words) if len(words) <= _LONGEST_TITLE else None
    if found is None or len(found[1].split()) < 3 or not is_named(found[1]):
        return None
    return None if words[found.end() :][:1] in (":", "?") else found


def _is_text(words: str) -> bool:
    """Return whether a line is a sentence or several by where these end: titles, too, may have
    many small words."""
    ended = words.endswith((".", "!", "…", ";")) and len(words.split()) > 5
    return (
        ended
        or is_eastern_sentence(words)
        or len(words) > _LONGEST_TITLE
        or SENTENCE.search(words) is not None
    )


def _is_pages(words: str, line: Line) -> bool:
    return (
        not any(map(str.isalpha, words))
        or bool(counts(words))
        or (len(words) < _LONGEST_AGO and _AGO.search(words) is not None)
        or _HANDLE.fullmatch(words) is not None
        or SENT.match(words) is not None
        or (len(words) < 40 and any(map(str.isdigit, words)) and heading_day(words) is not None)
    )


def names_in(words: str) -> str:
    """Return the names that a line is, without titles and a place behind them; "" for a line that
    is none. One name may be a title's words, too."""
    if enclosed := _ENCLOSED.fullmatch(words):
        words = enclosed[1]
    bare = _TITLED.sub("", bare_names(words.replace(" | ", ", ")).strip(" ,;"))
    if "." not in bare[:-1] or bare[-3:-2] not in (" ", "."):  # else it is an initial's
        bare = bare.rstrip(".")
    if are_names(bare):
        return bare
    if (place := _PLACE.search(bare)) and _people(bare[: place.start()]):
        return bare[: place.start()]
    return bare if _people(bare) else ""


def _people(bare: str) -> bool:
    one = TWO_WORDS.fullmatch(bare) or ONE_NAME.fullmatch(bare) or EASTERN.fullmatch(bare)
    return are_names(bare) or one is not None or _FAMILIES.fullmatch(bare) is not None


def _again(rows: Sequence[str]) -> list[bool]:
    """Return which lines stand there again: short ones twice, longer ones three times, or twice
    with other numbers and, in places, other words."""
    rows = [_ENDS.sub("", _NUMBERED.sub("", row, count=1)) for row in rows]
    tokens = [
        ["0" if _NUMBER.fullmatch(one) else one for one in _TOKEN.findall(_NUMBER.sub("0", row))]
        for row in rows
    ]
    spread = Counter(token for row in tokens for token in set(row[:_MOST_TOKENS]))
    signs: list[tuple[str, ...]] = []
    for row in tokens:
        kept = tuple(token for token in row[:_MOST_TOKENS] if spread[token] > 1)
        kept = tuple(token for token in kept if token != "0")
        numbers = len(row) - sum(token != "0" for token in row)
        counted = numbers and len(kept) > 2 and len(kept) >= 0.6 * (len(row) - numbers)
        signs.append(("0", *kept) if counted else tuple(row))
    times = Counter(signs)
    first = {sign: n for n, sign in reversed([*enumerate(signs)])}
    last = {sign: n for n, sign in enumerate(signs)}
    return [
        times[sign] > 2
        or (
            times[sign] > 1
            and (last[sign] - first[sign] > _NEAR or "0" in sign)  # else a link's preview shows it
            and ("0" in sign or sum(map(str.isalpha, (t[:1] for t in sign))) <= _SHORTEST_AGAIN)
        )
        for sign in signs
    ]
