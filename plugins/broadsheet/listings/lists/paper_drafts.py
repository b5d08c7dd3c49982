"""A paper of a list while its lines are read: what each text that follows its title tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..fields.addresses import Address
from ..fields.dates import read_published
from ..fields.identifiers import categories
from ..fields.labelled import labelled
from .list_counts import counts
from .list_lines import Piece, is_label, tidy
from .list_names import LAST_NAME, ONE_NAME, SENTENCE, TWO_WORDS, are_names, bare_names
from .list_titles import PICTURE, is_quoted, title_of
from .paper_addresses import PaperAddresses, key_of
from .references import byline

VENUE_YEAR = re.compile(r"[A-Z][A-Za-z&]{1,15}(?:[ -][A-Z][A-Za-z&]{1,15}){0,3}[ -](?:19|20)\d\d")
_APPEARED_BEHIND = re.compile(
    rf", (?:(?:arXiv|bioRxiv|medRxiv),? ((?:19|20)\d\d)|({VENUE_YEAR.pattern}))\.?\Z"
)
_AFFILIATION = re.compile(r"\s\(([^()\d]{2,80})\)")  # "R. Roe (Hill University)"
_DATED = re.compile(r"\W{1,3}\(?(\d{4})\)?\Z")
_BARS = re.compile(r"\s*[|·•]\s*")
_LABELLED = re.compile(
    r"\W*(?:(?:authors?|by)\s*:?\s+(?=\S)|(?-i:von|par|por|de|di|van|with)\s(?=(?-i:[^\W\d_a-z])\S*\s(?-i:[^\W\d_a-z])))",
    re.I,
)
_PICTURES_BEHIND = re.compile(
    "(?:\\s?[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]\ufe0f?){1,10}\\s*\\Z"
)
_BULLET = re.compile(r"\s*[●•‣▪◦]\s*(?=\S)")
# What introduces an address in a reference.
_ASKED = re.compile(r"\W*\b(?:doi|available (?:at|from)|retrieved from|url|https?)\W*\Z", re.I)
_CLOSED = re.compile(r"\A[)\].,;:]{1,3}\s+")  # what a link in brackets leaves behind
# "(Ada Kite, Bo Line) ...": names in parentheses first
_ENCLOSED = re.compile(r"\s*\((?:by )?([^()]{3,400})\)[.,:;]?(?:\s+|\Z)")
_PAGES = re.compile(r";\s+(?=[^;]{0,80}\d)")  # "A. Kite, B. Line; Reels 3:1-14"
_COLON, _DASH = re.compile(r":\s+"), re.compile(r"\s[-–—]\s")
# "Submitted 19 January, 2026; ...", "3 May 2026"
_ON = re.compile(
    r"\W*(?:(?:first )?(?:submitted|published|posted|released)(?: on)?:?\s)?"
    r"(?P<day>[^;|•·()]{8,24}?)\W*(?:[;|•·(].{0,80})?",
    re.I,
)
_LONGEST_DAY = 120
_LONGEST_WRAPPED = 10_000  # characters of a paragraph whose lines were wrapped
_LEFT_OUT = re.compile(
    r",\s\+\s?\d{1,4} (?:more )?authors?,?\s(?=\S)"
)  # "A. Kite, +3 authors B. Line"
# "Proceedings of the Meeting on Kites, PMLR 12:1-14"
_PLACED = re.compile(
    r"(?P<venue>[^\W\d_a-z][^.!?]{8,200}?), (?P<place>(?:[A-Z]+ )?\d{1,4}(?:\(\d{1,4}\))?:\s?"
    r"[A-Za-z]?\d{1,6}\s?[-–]+\s?[A-Za-z]?\d{1,6})\.?"
)
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_EASTERN_LONG = 15  # signs of a sentence
_LONG = 60  # characters of what may be a summary rather than a remark
# 👤 👥 ✍ 🧑 👩 👨
PEOPLE = re.compile(
    "[\U0001f464\U0001f465\u270d\U0001f9d1\U0001f469\U0001f468]\ufe0f?(?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)*\\s*"
)


@dataclass(slots=True)
class PaperDraft:
    """A paper of a list while its lines are read."""

    line: int
    title: str = ""
    authors: str = ""
    abstract: list[str] = field(default_factory=list)
    addresses: PaperAddresses = field(default_factory=PaperAddresses)
    fields: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    named_below: bool = False  # whether a line below the title is the authors
    plain: bool = False  # whether words without any mark are the title

    @property
    def paper(self) -> Address | None:
        """The address that is a paper's, arXiv's and DOIs first."""
        return self.addresses.paper

    def key(self) -> str | None:
        """What tells its paper from others: an id, else an address."""
        return key_of(self.paper) if self.paper else None

    def add(self, pieces: Iterable[Piece]) -> None:
        """Add the addresses of pieces."""
        self.addresses.add(piece.address for piece in pieces if piece.address)

    def say(self, text: str, *, below: bool = False) -> None:
        """Add words that follow the title: authors, a summary, or what no field keeps. One name
        alone is an author only in a line of its own below the title."""
        if self.abstract and (bullet := _BULLET.match(text)):
            self.abstract.append(f"• {text[bullet.end() :].strip()}")
            return
        if self._is_of_a_kind(text):
            return
        people = "" if self.authors else labelled(text).parts.get("authors", "")
        if people and (are_names(people) or TWO_WORDS.fullmatch(people)):
            self.authors = people
            return
        text = _LEFT_OUT.sub(", ", text)
        if (marks := _PICTURES_BEHIND.search(text)) and marks.start():
            self.unread.append(marks[0].strip())
            text = text[: marks.start()]
        ended = text.rstrip().endswith((".", "!", "?", "…"))
        pictured = PEOPLE.match(text.lstrip()) is not None
        text = _CLOSED.sub("", PICTURE.sub("", text))
        text = text.strip(" \t\n-–—:|,;•●") if ended else text.strip(" \t\n-–—:|,;.•●")
        if not text or self.appeared(text) or is_label(text):
            return
        if appeared := _APPEARED_BEHIND.search(text[-80:]):
            field, words = ("date", appeared[1]) if appeared[1] else ("venue", appeared[2])
            self.fields.setdefault(field, words)
            text = text[: len(text) - len(appeared[0])]
        by = _LABELLED.match(text)
        named = text[by.end() :] if by else text
        dated = _DATED.search(named)
        people = named[: dated.start()] if dated else named
        bare = bare_names(people)
        if bare != people and not self.authors and are_names(bare):
            self.unread += _AFFILIATION.findall(people)
            people = bare
        if not self.authors and self._is_by(people, below=below, sure=pictured or by is not None):
            if dated:
                self.fields.setdefault("date", dated[1])
            return
        if placed := _PLACED.fullmatch(text):
            self.fields.setdefault("venue", placed["venue"])
            self.unread.append(placed["place"])
        elif text[:1].islower() and self._is_wrapped():
            self.abstract[-1] += f" {text}"
        elif is_prose(text) or is_sentence(text) or is_told(text):
            self.abstract.append(text)
        else:
            self.unread.append(text)

    def _is_wrapped(self) -> bool:
        """Return whether the abstract's last line is one that a line below goes on with."""
        last = self.abstract[-1] if self.abstract else ""
        return last[-1:].isalpha() and len(last) < _LONGEST_WRAPPED

    def _is_of_a_kind(self, text: str) -> bool:
        """Take a text that by its form is counts, a day, categories, a title in quotation marks, or
        names and what dots part from them; return whether it is one."""
        if counted := counts(text):
            self.fields = counted | self.fields
            return True
        if self.plain and is_quoted(text):
            self.unread.append(self.title)
            self.title, self.plain = title_of(text), False
            return True
        if len(text) < _LONGEST_DAY and "date" not in self.fields and (on := day_of(text)):
            self.fields["date"] = on
            return True
        listed = categories(text) if "." in text else ()
        if listed and " ".join(listed) == " ".join(text.split()):
            self.fields.setdefault("categories", text)
            return True
        return not self.authors and self._is_parted(text)

    def _is_parted(self, text: str) -> bool:
        """Take names in parentheses, or before a dot, and say what stands behind them."""
        if enclosed := _ENCLOSED.match(text):
            inner = enclosed[1].strip()
            if are_names(inner) or ONE_NAME.fullmatch(inner):
                self.authors = inner
                self.say(text[enclosed.end() :])
                return True
        first, *others = text.split(" · ")
        if others and (are_names(first) or TWO_WORDS.fullmatch(first)):
            self.authors = first
            for other in others:
                self.say(other)
            return True
        return False

    def appeared(self, text: str) -> bool:
        """Take words that are a venue and its year ("ICLR 2026") as where the paper appeared."""
        found = VENUE_YEAR.fullmatch(text.strip(" []()*_`.,"))
        if found:
            self.fields.setdefault("venue", found[0])
        return found is not None

    def appear_in(self, text: str) -> None:
        """Keep what stands behind a reference's title: mostly where it appeared."""
        text = _ASKED.sub("", tidy(text)).strip(" .,;")
        if is_sentence(text) and not any(map(str.isdigit, text)):
            self.say(text)
        elif text and not self.appeared(text) and not is_label(text):
            self.unread.append(text)

    def _is_by(self, text: str, *, below: bool, sure: bool) -> bool:
        """Take authors from the beginning of a text, and say the rest; return whether it has
        any."""
        if ";" in text and (inverted := byline(text)) and not inverted[1]:  # "Kite, Ada; Line, Bo"
            self.authors = inverted[0]
            return True
        last = LAST_NAME.match(text)
        if last and are_names(last[0], sure=sure) and " " in last["last"]:
            self.authors = last[0]
            self.say(text[last.end() :])
            return True
        if are_names(text, sure=sure) or (below and TWO_WORDS.fullmatch(text)):
            self.authors = _BARS.sub(", ", text.replace(" - ", ", "))
            return True
        if ONE_NAME.fullmatch(text.strip()):
            self.authors = text
            return True
        for mark in (SENTENCE, _COLON, _DASH, _PAGES):
            first, *rest = mark.split(text, maxsplit=1)
            alone = (below or sure or mark is _PAGES) and (
                TWO_WORDS.fullmatch(first) or ONE_NAME.fullmatch(first)
            )
            if rest and not self.abstract and (alone or are_names(first, sure=sure)):
                self.authors = _BARS.sub(", ", first)
                self.say(rest[0])
                return True
        return False


def day_of(text: str) -> str:
    """Return the whole day that a text is, in ISO's form; "" for a text that is none."""
    found = _ON.fullmatch(text)
    if found is None or not any(map(str.isdigit, found["day"])):
        return ""
    day = read_published(found["day"].replace(",", ""))
    return day if day and len(day) == len("2026-01-05") else ""


def is_prose(text: str) -> bool:
    """Return whether words are a sentence or more rather than a venue, a year or a remark."""
    return (len(text) >= _LONG and len(text.split()) >= 9) or is_eastern_sentence(text)


def is_eastern_sentence(text: str) -> bool:
    """Return whether words in signs without spaces between them are a sentence or more."""
    return text.endswith(("。", "！", "．")) and len(_IDEOGRAPHS.findall(text)) >= _EASTERN_LONG


def is_told(text: str) -> bool:
    """Return whether a short text is two sentences or more."""
    return text.endswith((".", "!")) and SENTENCE.search(text) is not None


def is_sentence(text: str) -> bool:
    """Return whether words are a sentence by their small letters; venues' words have capitals."""
    words = text.split()
    return len(words) >= 8 and sum(word[0].islower() for word in words) >= len(words) / 2
