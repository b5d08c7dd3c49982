"""What the pieces of a list's item say of its paper: title, authors, summary, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..fields.addresses import Address
from .bracketed import begun
from .list_counts import counts
from .list_lines import Piece, is_label, tidy, words_of
from .list_names import LAST_NAME, ONE_NAME, SENTENCE, TWO_WORDS, are_names
from .list_titles import PICTURE, SENT, is_title, title_of, without_site
from .paper_addresses import PaperAddresses, key_of
from .references import byline, is_dated, reference

_BEFORE = re.compile(
    r"\A\W*(?:(?:#|No\.)?\s?\d{1,4}[.)\]:/]\s+|\[[^\[\]]{1,30}\]\s*|\((?=[^()]{0,40}(?:\d{4}|['’]\d\d\b))[^()]{1,40}\)\s*"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?\s*[:,|-]?\s+)+"
)
# The way back from a reference of Wikipedia's to where it is cited: "^ Jump up to: a b"
_BACK = re.compile(r"\A\W*\^\s?(?:Jump up to:?\s)?(?:[a-z]{1,2}\s){0,30}")
_AFTER = re.compile(
    r"(?:\s*[(\[](?:[^()\[\]]{0,80}\d{4}[^()\[\]]{0,20}|[^()\[\]]{1,24})[)\]]){1,6}\s*$"
)
_PARTED = re.compile(r"\s+[-–—|]+\s+|:\s+(?=[A-Z\"“][^:]{80,})")
_WHOLE_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300})[\"”»]")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300}?)[,.]?[\"”»]")
# How a message begins that is no title: "have you seen", "also"; not "t-SNE" or "word2vec".
_SPOKEN = re.compile(r"[a-z]+(?:[ ,:!?]|\Z)")
# What notes have at the end of a line: "#bread 📅 2026-01-04".
_NOTED = re.compile(
    r"(?:\s+(?:#[^\W\d_][\w/-]{1,40}|[^\w\s]{1,2}\ufe0f?\s?\d{4}-\d\d-\d\d)){1,20}\s*\Z"
)
HASHTAG = re.compile(r"#([\w/-]+)")
_COLON, _DASH = re.compile(r":\s+"), re.compile(r"\s[-–—]\s")
_PEOPLE = re.compile("[\U0001f464\U0001f465\u270d]\ufe0f?\\s*")  # 👤 👥 ✍
_VENUE_YEAR = re.compile(r"[A-Z][A-Za-z&]{1,15}(?:[ -][A-Z][A-Za-z&]{1,15}){0,3}[ -](?:19|20)\d\d")
_AFFILIATED = re.compile(r"\s\(([^()\d]{2,80})\)\s*\Z")  # "R. Roe and J. Doe (Hill University)"
_DATED = re.compile(r"\W{1,3}\(?(\d{4})\)?\Z")
_BARS = re.compile(r"\s*[|·•]\s*")
_LABELLED = re.compile(
    r"\W*(?:(?:authors?|by)\s*:?\s+(?=\S)|(?-i:von|par|por)\s(?=(?-i:[^\W\d_a-z])\S*\s(?-i:[^\W\d_a-z])))",
    re.I,
)
_PICTURES_BEHIND = re.compile(
    "(?:\\s?[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]\ufe0f?){1,10}\\s*\\Z"
)

# "Kites of the north, Ada Kite et al., ICLR 2026"
_ET_AL_BEHIND = re.compile(
    r"(?P<title>.{8,250}?), (?P<authors>(?:[^, ][^,]{2,39}, ){0,6}[^, ][^,]{2,39}? et\.? al\b\.?),?"
)
# "Proofs of delay, D. Park and S. Kim"
_INITIALS_BEHIND = re.compile(
    r"(?P<title>.{8,250}?), (?P<authors>(?:[^\W\d_a-z]\.[ -]?){1,3}[^\W\d_a-z][\w'’-]+"
    r"(?:,? (?:and |& )?(?:[^\W\d_a-z]\.[ -]?){1,3}[^\W\d_a-z][\w'’-]+){1,100})(?=[,.]?\s|[,.]?\Z)"
)
# "Kites of the north (Kite & Line, 2025)"
_SHORT_CITED = re.compile(
    r"(?P<title>[^()]{8,300}?) \("
    r"(?P<who>[^\W\d_a-z][^()\d,]{1,60}?(?: et al\.?| (?:&|and) [^()\d,]{2,40})?)"
    r", (?P<year>(?:19|20)\d\d)[a-z]?\)"
)
_BULLET = re.compile(r"\s*[●•‣▪◦]\s*(?=\S)")
# What introduces an address in a reference.
_ASKED = re.compile(r"\W*\b(?:doi|available (?:at|from)|retrieved from|url|https?)\W*\Z", re.I)
_CLOSED = re.compile(r"\A[)\].,;:]{1,3}\s+")  # what a link in brackets leaves behind
_LONG = 60  # characters of what may be a summary rather than a remark


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
        if counted := counts(text):
            self.fields = counted | self.fields
            return
        if (marks := _PICTURES_BEHIND.search(text)) and marks.start():
            self.unread.append(marks[0].strip())
            text = text[: marks.start()]
        ended = text.rstrip().endswith((".", "!", "?", "…"))
        pictured = _PEOPLE.match(text.lstrip()) is not None
        text = _CLOSED.sub("", PICTURE.sub("", text))
        text = text.strip(" \t\n-–—:|,;•●") if ended else text.strip(" \t\n-–—:|,;.•●")
        if not text or self.appeared(text) or is_label(text):
            return
        by = _LABELLED.match(text)
        named = text[by.end() :] if by else text
        dated = _DATED.search(named)
        people = named[: dated.start()] if dated else named
        affiliated = _AFFILIATED.search(people)
        if affiliated and not self.authors and are_names(people[: affiliated.start()]):
            self.unread.append(affiliated[1])
            people = people[: affiliated.start()]
        if not self.authors and self._is_by(people, below=below, sure=pictured or by is not None):
            if dated:
                self.fields.setdefault("date", dated[1])
            return
        if is_prose(text) or _is_sentence(text):
            self.abstract.append(text)
        else:
            self.unread.append(text)

    def appeared(self, text: str) -> bool:
        """Take words that are a venue and its year ("ICLR 2026") as where the paper appeared."""
        found = _VENUE_YEAR.fullmatch(text.strip(" []()*_`"))
        if found:
            self.fields.setdefault("venue", found[0])
        return found is not None

    def appear_in(self, text: str) -> None:
        """Keep what stands behind a reference's title: mostly where it appeared."""
        text = _ASKED.sub("", tidy(text)).strip(" .,;")
        if _is_sentence(text) and not any(map(str.isdigit, text)):
            self.say(text)
        elif text and not self.appeared(text) and not is_label(text):
            self.unread.append(text)

    def _is_by(self, text: str, *, below: bool, sure: bool) -> bool:
        """Take authors from the beginning of a text, and say the rest; return whether it has
        any."""
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
        for mark in (SENTENCE, _COLON, _DASH):
            first, *rest = mark.split(text, maxsplit=1)
            alone = (below or sure) and (TWO_WORDS.fullmatch(first) or ONE_NAME.fullmatch(first))
            if rest and not self.abstract and (alone or are_names(first, sure=sure)):
                self.authors = _BARS.sub(", ", first)
                self.say(rest[0])
                return True
        return False


def is_prose(text: str) -> bool:
    """Return whether words are a sentence or more rather than a venue, a year or a remark."""
    return len(text) >= _LONG and len(text.split()) >= 9


def _is_sentence(text: str) -> bool:
    """Return whether words are a sentence by their small letters; venues' words have capitals."""
    words = text.split()
    return len(words) >= 8 and sum(word[0].islower() for word in words) >= len(words) / 2


def _start(text: str) -> str:
    """Return words without numbers, days and ways back before them."""
    return _BEFORE.sub("", _BACK.sub("", text))


def is_reference(text: str) -> bool:
    """Return whether words are a reference in a journal's style."""
    return reference(_start(text)) is not None


def is_cited(text: str) -> bool:
    """Return whether words are a reference with a title and a year, which needs no address."""
    return is_dated(_start(text))


def is_quoted(text: str) -> bool:
    """Return whether words are a title in quotation marks and nothing else."""
    return _WHOLE_QUOTED.fullmatch(text.strip()) is not None and is_title(text)


def is_byline(text: str) -> bool:
    """Return whether a line is names and nothing else; of one name, where a picture says so."""
    found = _PEOPLE.match(text)
    return are_names(text[found.end() :] if found else text, sure=found is not None)


def may_name(text: str) -> bool:
    """Return whether words above an address can be the title of what it leads to."""
    return is_title(text) and _SPOKEN.match(text) is None


def read(pieces: list[Piece], line: int) -> PaperDraft:
    """Return what an item, a row or a line says of its paper.

    The title is what is linked to the paper, else what is emphasised, else what is quoted, else
    what comes first, up to a dash or the end of the sentence.
    """
    draft = PaperDraft(line)
    draft.add(pieces)
    at = _marked(pieces)
    named = begun(pieces, sure=True) if at is None else None
    if named and may_name(named.title) and not is_reference(named.title):
        draft.title = title_of(_BEFORE.sub("", named.title))
        _behind(draft, lines_of(pieces[named.at + 1 :]))
        return draft
    if at is None:
        words = words_of(pieces).replace("\n", " ")
        if noted := _NOTED.search(f" {words}"):
            words = words[: max(0, noted.start() - 1)]
            draft.fields["keywords"] = ", ".join(HASHTAG.findall(noted[0]))
        if draft.paper and SENT.match(words):
            draft.unread.append(tidy(words))
            return draft
        _from_words(draft, words)
        known = draft.paper is not None and (draft.paper.arxiv or draft.paper.doi)
        if known and _SPOKEN.match(draft.title):  # its own title is fetched
            draft.unread.append(draft.title)
            draft.title = ""
        return draft
    end = at + 1
    while end < len(pieces) and pieces[end].bold and pieces[at].bold and not pieces[end].address:
        end += 1
    words = " ".join(piece.text for piece in pieces[at:end])
    draft.title = title_of(without_site(words, pieces[at].address))
    before, after = words_of(pieces[:at]), lines_of(pieces[end:])
    if before := _BEFORE.sub("", before):
        if by := byline(before):
            draft.authors = by[0]
            if by[1]:
                draft.fields.setdefault("date", by[1])
        elif not is_label(before):
            draft.unread.append(before)
    _behind(draft, after)
    return draft


def _behind(draft: PaperDraft, paragraphs: list[str]) -> None:
    """Say what stands behind a title."""
    for paragraph in paragraphs:
        if noted := _NOTED.search(f" {paragraph}"):
            paragraph = paragraph[: max(0, noted.start() - 1)]
            if tags := HASHTAG.findall(noted[0]):
                draft.fields.setdefault("keywords", ", ".join(tags))
        draft.say(paragraph)


def lines_of(pieces: list[Piece]) -> list[str]:
    """Return the words of pieces, a text for each line; what links only label is none of them."""
    words = [piece.text for piece in pieces if not (piece.address and piece.label)]
    return [tidy(line) for line in " ".join(words).split("\n")]


def _marked(pieces: list[Piece]) -> int | None:
    """Return which piece is a title by its mark."""
    for at, piece in enumerate(pieces):
        if (
            piece.address
            and piece.address.kind == "paper"
            and not piece.label
            and piece.text.strip()
        ):
            return at
    for at, piece in enumerate(pieces):
        if piece.bold and is_title(piece.text.strip(" :.,")):
            return at
    for at, piece in enumerate(pieces):
        if piece.address and len(piece.text.split()) > 2 and is_title(piece.text):
            return at
    return None


def _from_words(draft: PaperDraft, words: str) -> None:
    """Find the title in words without marks."""
    words = _start(words)
    if (found := reference(words)) and not found.title:
        draft.unread.append(words)
        return
    if found and is_title(found.title):
        draft.authors, draft.title = found.authors, title_of(found.title)
        if found.date:
            draft.fields.setdefault("date", found.date)
        draft.appear_in(found.rest)
        return
    if quoted := _QUOTED.search(words):
        draft.title = title_of(quoted[1])
        before = tidy(words[: quoted.start()])
        if ONE_NAME.fullmatch(before):
            draft.authors = before
        else:
            draft.say(before)
        draft.say(tidy(words[quoted.end() :]))
        return
    behind = _ET_AL_BEHIND.match(words) or _INITIALS_BEHIND.match(words)
    if behind and are_names(behind["authors"]) and is_title(behind["title"]):
        draft.title = title_of(behind["title"])
        draft.authors = behind["authors"]
        draft.say(words[behind.end() :])
        return
    if short := _SHORT_CITED.match(words):
        draft.title = title_of(short["title"])
        draft.unread.append(short["who"])
        draft.fields.setdefault("date", short["year"])
        draft.say(words[short.end() :])
        return
    parts = _PARTED.split(words, maxsplit=1)
    if len(parts) == 2 and is_title(parts[0]) and not _is_subtitle(words, parts[1]):
        draft.title = title_of(_bare(parts[0], draft))
        draft.say(parts[1])
        return
    sentences = SENTENCE.split(words)
    named = are_names(sentences[0]) or ONE_NAME.fullmatch(sentences[0])
    if len(sentences) > 1 and named and is_title(sentences[1]):
        draft.authors = sentences[0]
        draft.title = title_of(sentences[1])
        rest = sentences[2:]
    elif is_title(_bare(sentences[0])):
        draft.title = title_of(_bare(sentences[0], draft))
        rest = sentences[1:]
    else:
        rest = [words]
    if rest:
        draft.say(". ".join(rest))


def _is_subtitle(words: str, behind: str) -> bool:
    """Return whether what stands behind a colon is a title's second half rather than a text."""
    colon = words[: len(words) - len(behind)].rstrip().endswith(":")
    told = behind.rstrip().endswith((".", "!", "…")) or SENTENCE.search(behind) is not None
    return colon and not told and not _is_sentence(behind) and is_title(words)


def _bare(text: str, draft: PaperDraft | None = None) -> str:
    """Return a title without a venue or a year in parentheses behind it."""
    found = _AFTER.search(text)
    if found is None or not text[: found.start()].strip():
        return text
    for group in re.findall(r"[(\[]([^()\[\]]+)[)\]]", found[0]):
        if draft is not None and not draft.appeared(group) and not is_label(group):
            draft.unread.append(group)
    return text[: found.start()]
