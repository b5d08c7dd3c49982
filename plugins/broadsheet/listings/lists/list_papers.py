"""What the pieces of a list's item say of its paper: title, authors, summary, addresses."""

from __future__ import annotations

import re

from ..fields.labelled import labelled
from ..fields.other_authors import ET_AL
from .bracketed import begun
from .list_counts import counts
from .list_lines import Piece, is_label, texts_of, tidy, words_of
from .list_names import EASTERN, FAMILIES, FAMILY, ONE_NAME, SENTENCE, TWO_WORDS, are_names
from .list_titles import MESSAGE, SENT, is_named, is_title, title_of, without_site
from .paper_drafts import PEOPLE, VENUE_YEAR, PaperDraft, is_sentence
from .references import byline, is_dated, reference

_BEFORE = re.compile(
    r"\A\W*(?:(?:#|No\.)?\s?\d{1,4}[.)\]:/]\s+|\[[^\[\]]{1,30}\]\s*|\((?=[^()]{0,40}(?:\d{4}|['’]\d\d\b))[^()]{1,40}\)\s*"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?\s*[:,|-]?\s+"
    r"|\d{1,2}[:.]\d{2}(?:\s?[-–]\s?\d{1,2}[:.]\d{2})?\s+)+"
)
# The way back from a reference of Wikipedia's to where it is cited: "^ Jump up to: a b"
# "Week 3 (Nov 12): " before what is read then
_SESSION = re.compile(
    r"\A[^\W\d_a-z][^\W\d_]{2,9} \d{1,3}\s?[(\[](?=[^()\[\]]*\d)[^()\[\]]{3,30}[)\]][:.,]?\s+(?=\S)"
)
_BACK = re.compile(r"\A\W*\^\s?(?:Jump up to:?\s)?(?:[a-z]{1,2}\s){0,30}")
_AFTER = re.compile(
    r"(?:\s*[(\[](?:[^()\[\]]{0,80}\d{4}[^()\[\]]{0,20}|[^()\[\]]{1,24})[)\]]){1,6}\s*$"
)
_PARTED = re.compile(r"\s+[-–—|]+\s+|:\s+(?=[A-Z\"“][^:]{80,})")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300}?)[,.]?[\"”»]")
# "Kites of the North, by Ada Kite and Bo Line"
_BY_BEHIND = re.compile(r"(?P<title>.{8,250}?),? by (?P<who>[^\W\d_a-z].{2,300})")
_MOST_NICKNAME = 2  # words of what a list calls a paper by
_FEW = 3  # words that a title in quotation marks has at least, within other words
_LABEL_BEFORE = re.compile(r"([^\W\d_][^\W\d_ ]{2,14}):\s+(?=\S)")
# "Garcia & Smith (2025)" before a title in quotation marks
_BY = re.compile(r"by (?=[^\W\d_a-z])", re.I)
_SHORT_BY = re.compile(
    rf"(?:(?P<label>[^\W\d_][^:\s]{{2,14}}):\s+)?"
    rf"(?P<who>{FAMILY}(?: (?:&|and) {FAMILY}|(?:,? {ET_AL}))?),?"
    r"\s\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?"
)
# How a message begins that is no title: "have you seen", "also"; not "t-SNE" or "word2vec".
_SPOKEN = re.compile(r"[a-z]+(?:[ ,:!?]|\Z)")
# What notes have at the end of a line: "#bread 📅 2026-01-04".
_NOTED = re.compile(
    r"(?:\s+(?:#[^\W\d_][\w/-]{1,40}|[^\w\s]{1,2}\ufe0f?\s?\d{4}-\d\d-\d\d)){1,20}\s*\Z"
)
HASHTAG = re.compile(r"#([\w/-]+)")

# "Kites of the north, Ada Kite et al., ICLR 2026"
_ET_AL_BEHIND = re.compile(
    r"(?P<title>.{8,250}?), "
    rf"(?P<authors>(?:[^, ][^,]{{2,39}}, ){{0,6}}[^, ][^,]{{2,39}}? {ET_AL}),?"
)
# "Proofs of delay, D. Park and S. Kim"
_INITIALS_BEHIND = re.compile(
    r"(?P<title>.{8,250}?), (?P<authors>(?:[^\W\d_a-z]\.[ -]?){1,3}[^\W\d_a-z][\w'’-]+"
    r"(?:,? (?:and |& )?(?:[^\W\d_a-z]\.[ -]?){1,3}[^\W\d_a-z][\w'’-]+){1,100})(?=[,.]?\s|[,.]?\Z)"
)
# "Kites of the north (Kite & Line, 2025)"
_SHORT_CITED = re.compile(
    r"(?P<title>[^()]{8,300}?) \("
    rf"(?P<who>[^\W\d_a-z][^()\d,]{{1,60}}?(?: {ET_AL}| (?:&|and) [^()\d,]{{2,40}})?)"
    r", (?P<year>(?:19|20)\d\d)[a-z]?\)"
)


def _start(text: str) -> str:
    """Return words without numbers, days and ways back before them."""
    return _BEFORE.sub("", _SESSION.sub("", _BACK.sub("", text)))


def is_reference(text: str) -> bool:
    """Return whether words are a reference in a journal's style."""
    return reference(_start(text)) is not None


def is_cited(text: str) -> bool:
    """Return whether words are a reference with a title and a year, which needs no address."""
    return is_dated(_start(text))


def is_byline(text: str, *, one: bool = False) -> bool:
    """Return whether a line is names and nothing else; of one name, where a picture or `one` says
    so."""
    if one and (TWO_WORDS.fullmatch(text.strip()) or EASTERN.fullmatch(text.strip())):
        return True
    found = PEOPLE.match(text) or _BY.match(text)
    return are_names(text[found.end() :] if found else text, sure=found is not None)


def may_name(text: str, *, listed: bool = False) -> bool:
    """Return whether words above an address can be the title of what it leads to; an item of a
    list (`listed`) is not what somebody says."""
    return is_title(text) and (listed or _SPOKEN.match(text) is None)


def read(pieces: list[Piece], line: int, *, alone: bool = False) -> PaperDraft:
    """Return what an item, a row or a line says of its paper.

    The title is what is linked to the paper, else what is emphasised, else what is quoted, else
    what comes first, up to a dash or the end of the sentence. `alone` says that what else is told
    of the paper stands in other lines, so that a dash parts a title from its second half.
    """
    draft = PaperDraft(line)
    draft.add(pieces)
    at = _marked(pieces)
    named = begun(pieces, sure=True) if at is None else None
    if named and may_name(named.title) and not is_reference(named.title):
        title = _BEFORE.sub("", named.title)
        said = _BY_BEHIND.fullmatch(title)
        if said and is_byline(said["who"], one=True):
            title, draft.authors = said["title"], said["who"]
        draft.title = title_of(title)
        _behind(draft, lines_of(pieces[named.at + 1 :]))
        return draft
    if at is None:
        words = words_of(pieces).replace("\n", " ")
        if noted := _NOTED.search(f" {words}"):
            words = words[: max(0, noted.start() - 1)]
            draft.fields["keywords"] = ", ".join(HASHTAG.findall(noted[0]))
        words = MESSAGE.sub("", words)
        if draft.paper and SENT.match(words):
            draft.unread.append(tidy(words))
            return draft
        _from_words(draft, words, alone=alone)
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
    if end < len(pieces) and pieces[end].bold and not pieces[end].address:
        who = pieces[end].text.strip(" .,:;")
        if are_names(who) or FAMILIES.fullmatch(who):
            draft.authors = who
            after = lines_of(pieces[end + 1 :])
    if after and len(draft.title.split()) <= _MOST_NICKNAME:
        _full_title(draft, after)
    if before := _BEFORE.sub("", before):
        if by := byline(before):
            draft.authors = by[0]
            if by[1]:
                draft.fields.setdefault("date", by[1])
        elif not is_label(before):
            draft.unread.append(before)
    _behind(draft, after)
    return draft


def _full_title(draft: PaperDraft, after: list[str]) -> None:
    """Give a paper that is called by a name of its own the title in quotation marks behind it:
    "**KiteNet** - "Steering Kites by the Pull on Their Line" - A. Kite"."""
    found = _QUOTED.match(after[0].lstrip(" -–—:,"))
    if found and is_title(found[1]) and len(found[1].split()) > _MOST_NICKNAME:
        draft.title = f"{draft.title}: {title_of(found[1])}"
        after[0] = found.string[found.end() :]


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
    return [tidy(line) for line in " ".join(texts_of(pieces)).split("\n")]


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
        label = piece.text.rstrip().endswith((":", "：")) and labelled(f"{piece.text} -").parts
        if piece.bold and not label and is_title(piece.text.strip(" :.,")):
            return at
    for at, piece in enumerate(pieces):
        if piece.address and len(piece.text.split()) > 2 and is_title(piece.text):
            return at
    return None


def _from_words(draft: PaperDraft, words: str, *, alone: bool = False) -> None:
    """Find the title in words without marks."""
    words = _start(words)
    if (label := _LABEL_BEFORE.match(words)) and is_reference(words[label.end() :]):
        draft.unread.append(label[1])
        words = words[label.end() :]
    if (found := reference(words)) and not found.title:
        draft.unread.append(words)
        return
    if found and is_title(found.title):
        draft.authors, draft.title = found.authors, title_of(found.title)
        if found.date:
            draft.fields.setdefault("date", found.date)
        draft.appear_in(found.rest)
        return
    quoted = _QUOTED.search(words)
    if quoted and not _is_within(quoted):
        draft.title = title_of(quoted[1])
        before = tidy(words[: quoted.start()])
        if ONE_NAME.fullmatch(before):
            draft.authors = before
        elif by := _SHORT_BY.fullmatch(before):
            draft.authors = by["who"]
            draft.fields.setdefault("date", by["year"])
            draft.unread += filter(None, [by["label"]])
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
    draft.plain = True
    parts = _title_and_rest(words, alone=alone)
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


def _is_within(quoted: re.Match[str]) -> bool:
    """Return whether what is quoted is some words within a title: "What "Up" Means: ..."."""
    before, after = quoted.string[: quoted.start()].strip(), quoted.string[quoted.end() :]
    if before and before[-1] in ":,.-–—(|":
        return False
    few = len(quoted[1].split()) < _FEW and bool(before or after[1:2].isalpha())
    half = after[1:].strip()
    titled = after[:1] == ":" and is_named(half) and not is_sentence(half) and not are_names(half)
    return (few and not byline(before)) or (bool(before) and after[:1] in ("?", ":")) or titled


def _title_and_rest(words: str, *, alone: bool) -> list[str]:
    """Return a title and what stands behind the dash or the colon that ends it. A second half of
    the title is told by its capitals, or by standing `alone` in a line; it is no name."""
    at = 0
    while mark := _PARTED.search(words, at):
        behind = words[mark.end() :]
        half = SENTENCE.split(_PARTED.split(behind, maxsplit=1)[0], maxsplit=1)[0]
        if mark[0].strip() == ":" and half != behind and is_title(half) and not is_sentence(half):
            at = mark.end()  # the title goes on up to the dash
            continue
        if mark[0].strip() in ("", ":", "|") or not _is_half(half, alone=alone):
            return [words[: mark.start()], behind]
        at = mark.end()
    return [words]


def _is_half(text: str, *, alone: bool) -> bool:
    """Return whether what stands behind a dash goes on with a title."""
    if not is_title(text) or text.endswith((".", "!")) or is_sentence(text):
        return False
    people = are_names(text) or TWO_WORDS.fullmatch(text) or (";" in text and byline(text))
    if people or reference(text) or VENUE_YEAR.search(text):
        return False
    if _LABEL_BEFORE.match(text) or text[:1] in '"“#(' or text.lower().startswith("by "):
        return False
    return text[:1].isalpha() and (
        alone or (text[0].isupper() and is_named(text) and len(text.split()) > 3)
    )


def _is_subtitle(words: str, behind: str) -> bool:
    """Return whether what stands behind a colon is a title's second half rather than a text."""
    colon = words[: len(words) - len(behind)].rstrip().endswith(":")
    told = behind.rstrip().endswith((".", "!", "…")) or SENTENCE.search(behind) is not None
    return colon and not told and not is_sentence(behind) and is_title(words)


def _bare(text: str, draft: PaperDraft | None = None) -> str:
    """Return a title without a venue or a year in parentheses behind it."""
    found = _AFTER.search(text)
    if found is None or not text[: found.start()].strip():
        return text
    for group in re.findall(r"[(\[]([^()\[\]]+)[)\]]", found[0]):
        if draft is not None and (said := counts(group)):
            draft.fields = said | draft.fields
        elif draft is not None and not draft.appeared(group) and not is_label(group):
            draft.unread.append(f"({group})")
    return text[: found.start()]
