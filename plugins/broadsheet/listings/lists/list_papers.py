"""What the pieces of a list's item say of its paper: title, authors, summary, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ...identifier_patterns import ARXIV_NEW
from ..fields.addresses import Address
from ..fields.labelled import labelled
from .list_counts import counts
from .list_lines import Piece, is_label, tidy, words_of
from .list_names import LAST_NAME, ONE_NAME, SENTENCE, TWO_WORDS, are_names

_BEFORE = re.compile(
    r"\A\W*(?:(?:#|No\.)?\s?\d{1,4}[.)\]:/]\s+|\[[^\[\]]{1,30}\]\s*|\((?=[^()]{0,40}(?:\d{4}|['’]\d\d\b))[^()]{1,40}\)\s*"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?\s*[:,|-]?\s+)+"
)
_AFTER = re.compile(
    r"(?:\s*[(\[](?:[^()\[\]]{0,80}\d{4}[^()\[\]]{0,20}|[^()\[\]]{1,24})[)\]]){1,6}\s*$"
)
_PARTED = re.compile(r"\s+[-–—|]+\s+|:\s+(?=[A-Z\"“][^:]{80,})")
_WHOLE_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300})[\"”»]")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300}?)[,.]?[\"”»]")
# "Doe, J., & Roe, R. (2025). Kites of the north. Kite Letters, 3(1), 1-9."
_REFERENCE = re.compile(
    r"(?P<authors>[^()]{4,600}?),?\s\((?P<year>\d{4})[a-z]?(?:,\s[^()]{1,30})?\)[.:,]\s+(?P<rest>\S.*)",
    re.S,
)
_ID_BEFORE = re.compile(rf"\A\s*[\[(](?:arXiv:)?{ARXIV_NEW}(?:v[0-9]{{1,2}})?[\])]\s+(?=\S)", re.I)
_NUMBER_BEFORE = re.compile(r"\A\s*#?\d{1,3}[.)]\s+(?=\S)")
# How a message begins that is no title: "have you seen", "also"; not "t-SNE" or "word2vec".
_SPOKEN = re.compile(r"[a-z]+(?:[ ,:!?]|\Z)")
_SITE = re.compile(r"\s[|·–—-]\s([^|·–—]{2,40})\Z")
# What notes have at the end of a line: "#bread 📅 2026-01-04".
_NOTED = re.compile(
    r"(?:\s+(?:#[^\W\d_][\w/-]{1,40}|[^\w\s]{1,2}\ufe0f?\s?\d{4}-\d\d-\d\d)){1,20}\s*\Z"
)
HASHTAG = re.compile(r"#([\w/-]+)")
# The hour at which a message was written, at either end of what stands above it.
_SENT = re.compile(
    r"\W?[^\]\n]{0,24}\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[AP]M)?(?:\]|\s-\s)"
    r"|.{1,60}\s\[?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AP]M)?\]?\s*\Z",
    re.I,
)
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
_PICTURE = re.compile("\\A(?:[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\\s*)+")
_TO_READ = re.compile(r"\s*\(\d{1,3}[ -]min(?:ute)?s?[ -]read\)\s*\Z", re.I)
# "Kites of the north, Ada Kite et al., ICLR 2026"
_ET_AL_BEHIND = re.compile(
    r"(?P<title>.{8,250}?), (?P<authors>(?:[^, ][^,]{2,39}, ){0,6}[^, ][^,]{2,39}? et\.? al\b\.?),?"
)
_BULLET = re.compile(r"\s*[●•‣▪◦]\s*(?=\S)")
_LONG = 60  # characters of what may be a summary rather than a remark
_MOST_ADDRESSES = 200  # of a paper; each line below it is compared with them


@dataclass(slots=True)
class PaperDraft:
    """A paper of a list while its lines are read."""

    line: int
    title: str = ""
    authors: str = ""
    abstract: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def paper(self) -> Address | None:
        """The address that is a paper's, arXiv's and DOIs first."""
        ranked = sorted(
            (one for one in self.addresses if one.kind == "paper"),
            key=lambda one: 0 if one.arxiv else 1 if one.doi else 2,
        )
        return ranked[0] if ranked else None

    def key(self) -> str | None:
        """What tells its paper from others: an id, else an address."""
        one = self.paper
        return (one.arxiv or one.doi or one.url) if one else None

    def add(self, pieces: Iterable[Piece]) -> None:
        """Add the addresses of pieces, up to `_MOST_ADDRESSES` in all."""
        found = (piece.address for piece in pieces if piece.address)
        self.addresses += islice(found, max(0, _MOST_ADDRESSES - len(self.addresses)))

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
        text = _PICTURE.sub("", text)
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


def is_reference(text: str) -> bool:
    """Return whether words are a reference with its authors and year before the title."""
    return _reference(text) is not None


def _reference(words: str) -> re.Match[str] | None:
    found = _REFERENCE.match(_BEFORE.sub("", words))
    if found is None:
        return None
    people = found["authors"].replace("...", ",")
    initials = re.search(r"[^\W\d_]{2},\s[^\W\d_a-z]\.", people)
    return found if initials or are_names(people) or TWO_WORDS.fullmatch(people) else None


def is_title(text: str) -> bool:
    """Return whether words have a title's shape: some words, no label, not a text's length."""
    words = text.split()
    return (
        0 < len(words) <= 45
        and len(text) <= 300
        and any(character.isalpha() for character in text)
        and not is_label(text)
        and not text.lower().startswith(("http://", "https://", "www."))
        and not (text.startswith("{") and text.endswith("}"))  # "{Embed}", as chats are exported
        and _SENT.match(text) is None
    )


def is_quoted(text: str) -> bool:
    """Return whether words are a title in quotation marks and nothing else."""
    return _WHOLE_QUOTED.fullmatch(text.strip()) is not None and is_title(text)


def is_named(text: str) -> bool:
    """Return whether a link's words are a title by their capitals, rather than a part of the
    sentence in which they stand."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(1 for word in words if not word[0].islower())
    return (
        is_title(text)
        and len(words) > 1
        and not text[:1].islower()
        and capital * 3 >= len(words) * 2
    )


def cited(pieces: list[Piece], line: int) -> Iterator[PaperDraft]:
    """Yield the papers that a text links: with the links' words as titles where these are some, of
    others the ids alone."""
    for piece in pieces:
        if piece.address and piece.address.kind == "paper":
            draft = PaperDraft(line, addresses=[piece.address])
            if is_named(piece.text):
                draft.title = read([piece], line).title
            if draft.title or piece.address.arxiv or piece.address.doi:
                yield draft


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
    if at is None:
        words = words_of(pieces).replace("\n", " ")
        if noted := _NOTED.search(f" {words}"):
            words = words[: max(0, noted.start() - 1)]
            draft.fields["keywords"] = ", ".join(HASHTAG.findall(noted[0]))
        if draft.paper and _SENT.match(words):
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
    draft.title = _title(_without_site(words, pieces[at].address))
    before, after = words_of(pieces[:at]), lines_of(pieces[end:])
    if before := _BEFORE.sub("", before):
        if are_names(before):
            draft.authors = before
        elif not is_label(before):
            draft.unread.append(before)
    for paragraph in after:
        if noted := _NOTED.search(f" {paragraph}"):
            paragraph = paragraph[: max(0, noted.start() - 1)]
            if tags := HASHTAG.findall(noted[0]):
                draft.fields.setdefault("keywords", ", ".join(tags))
        draft.say(paragraph)
    return draft


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


# "Preprint: Kites of the north", "Kites of the north (arXiv)"
_KIND_BEFORE = re.compile(r"\s*(?:paper|article|preprint|conference paper)\s?[:：]\s+(?=\S)", re.I)
_LABEL_BEHIND = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]\s*\Z")


def _without_site(text: str, address: Address | None) -> str:
    """Return a link's words without the site's name behind them ("A Kite | OpenReview")."""
    found = _SITE.search(text)
    if found is None or address is None or not text[: found.start()].strip():
        return text
    name = "".join(filter(str.isalnum, found[1].lower()))
    host = address.url.split("/")[2].lower().replace(".", "").replace("-", "")
    return text[: found.start()] if name and name in host else text


def _title(text: str) -> str:
    if said := labelled(text[:400]).parts.get("title"):
        text = said + text[400:]
    elif kind := _KIND_BEFORE.match(text):
        text = text[kind.end() :]
    behind = _LABEL_BEHIND.search(text[-40:])
    if behind and is_label(behind[1]):
        text = text[: len(text) - len(behind[0])]
    text = _NUMBER_BEFORE.sub("", _ID_BEFORE.sub("", _TO_READ.sub("", _PICTURE.sub("", text))))
    text = tidy(text).strip(" :,;")
    return (text if text.endswith("...") else text.rstrip(".")).strip('"“”«»')


def _from_words(draft: PaperDraft, words: str) -> None:
    """Find the title in words without marks."""
    if reference := _reference(words):
        draft.authors = reference["authors"]
        draft.fields.setdefault("date", reference["year"])
        title, *rest = SENTENCE.split(reference["rest"], maxsplit=1)
        draft.title = _title(title)
        for text in rest:
            draft.say(text)
        return
    words = _BEFORE.sub("", words)
    if quoted := _QUOTED.search(words):
        draft.title = _title(quoted[1])
        before = tidy(words[: quoted.start()])
        if ONE_NAME.fullmatch(before):
            draft.authors = before
        else:
            draft.say(before)
        draft.say(tidy(words[quoted.end() :]))
        return
    behind = _ET_AL_BEHIND.match(words)
    if behind and are_names(behind["authors"]) and is_title(behind["title"]):
        draft.title = _title(behind["title"])
        draft.authors = behind["authors"]
        draft.say(words[behind.end() :])
        return
    parts = _PARTED.split(words, maxsplit=1)
    if len(parts) == 2 and is_title(parts[0]):
        draft.title = _title(_bare(parts[0], draft))
        draft.say(parts[1])
        return
    sentences = SENTENCE.split(words)
    named = are_names(sentences[0]) or ONE_NAME.fullmatch(sentences[0])
    if len(sentences) > 1 and named and is_title(sentences[1]):
        draft.authors = sentences[0]
        draft.title = _title(sentences[1])
        rest = sentences[2:]
    elif is_title(_bare(sentences[0])):
        draft.title = _title(_bare(sentences[0], draft))
        rest = sentences[1:]
    else:
        rest = [words]
    if rest:
        draft.say(". ".join(rest))


def _bare(text: str, draft: PaperDraft | None = None) -> str:
    """Return a title without a venue or a year in parentheses behind it."""
    found = _AFTER.search(text)
    if found is None or not text[: found.start()].strip():
        return text
    for group in re.findall(r"[(\[]([^()\[\]]+)[)\]]", found[0]):
        if draft is not None and not draft.appeared(group) and not is_label(group):
            draft.unread.append(group)
    return text[: found.start()]
