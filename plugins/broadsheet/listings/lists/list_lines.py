"""The lines of a plain or Markdown list: what kind each is, and its words and links as pieces."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...identifier_patterns import DOI_PREFIX
from ..fields.addresses import Address, address_of
from ..fields.foreign_names import NAMES_ELSEWHERE
from ..fields.identifiers import arxiv_id, doi
from ..untrusted.decoding import one_line
from . import footnotes

LONGEST = 20_000  # characters of a line that is read
_LONGEST_MATTER = 100  # lines

_URL = r"https?://[^\s<>\"'()\[\]|]+(?:\([^\s<>\"'()|]*\)[^\s<>\"'()\[\]|]*)*"
_WORDS = r"(?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1500}+"
_YEAR_MONTH = r"(?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])"
_NEW_ID = rf"{_YEAR_MONTH}\.\d{{4,5}}(?:v\d{{1,2}})?"
_OLD_ID = r"[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?"
_TOKEN = re.compile(
    rf"(?P<badge>\[!\[(?P<alt>[^\[\]]{{0,200}})\]\([^()]{{0,1000}}(?:\([^()]{{0,300}}\)[^()]{{0,300}})?\)\]"
    rf"\(\s*<?(?P<badge_url>{_URL})[^()]{{0,300}}\))"
    r"|(?P<image>!\[[^\[\]]{0,300}\]\([^()]{0,1500}\))"
    rf"|\[(?P<words>{_WORDS})\]\(\s*<?(?P<url>[^\s()<>]{{1,2000}}(?:\([^\s()<>]{{0,200}}\)[^\s()<>]{{0,1000}})?)>?"
    r"(?:\s+[\"'(][^\"'()]{0,300}[\"')])?\s*\)"
    rf"|`(?P<rest>[^`<>]{{1,500}}?)\s*<(?P<rest_url>{_URL})>`__?"
    rf"|\[(?P<wiki_url>{_URL})\s(?P<wiki_text>[^\[\]]{{1,500}})\]"
    rf"|\[\[(?P<org_url>{_URL})\]\[(?P<org>[^\[\]]{{1,500}})\]\]"
    rf"|\[\[(?P<wiki>{_NEW_ID})(?:\|(?P<wiki_words>[^\[\]|]{{1,500}}))?\]\]"
    r"|(?P<note>!?\[\[(?P<note_name>[^\[\]|]{1,300})(?:\|(?P<note_words>[^\[\]|]{1,300}))?\]\])"
    rf"|\\href\{{(?P<tex_url>{_URL})\}}\{{(?P<tex>[^{{}}]{{1,500}})\}}|\\url\{{(?P<tex_bare>{_URL})\}}"
    r"|\[(?P<named>[^\[\]]{1,500})\]\[(?P<name>[^\[\]]{1,60})\]"
    r"|<a\s[^<>]{0,500}?href\s*=\s*[\"']?(?P<href>[^\"'\s<>]{1,2000})[\"']?[^<>]{0,500}>"
    r"(?P<anchor>[^<>]{0,500})</a>"
    rf"|(?:\blink:)?(?P<adoc_url>{_URL})\[(?P<adoc>[^\[\]\s]{{1,200}}\s[^\[\]]{{1,400}})\]"
    rf"|#link\(\"(?P<typst_url>{_URL})\"\)(?:\[(?P<typst>[^\[\]]{{1,500}})\])?"
    r"|`(?P<referred>[^`<>]{1,500})`__?(?![\w_])"
    rf"|<?(?P<bare>{_URL})>?"
    r"|(?<![\w/.@-])(?P<schemeless>(?:www\.)?(?:arxiv\.org/(?:abs|pdf|html)|doi\.org|openreview\.net"
    r"|aclanthology\.org|huggingface\.co/papers)/[^\s<>\"'()\[\]|]{2,300})"
    rf"|\barxiv:\s?(?P<arxiv>{_NEW_ID}|{_OLD_ID})(?:\s?\[[a-z-]{{2,10}}(?:\.[a-z-]{{2,10}})?\])?"
    rf"|(?P<doi>(?:\bdoi:?\s?)?(?<![\w/.]){DOI_PREFIX}[^\s\"<>|,;\]]{{1,200}})"
    rf"|(?<![\w./-])(?P<id>{_NEW_ID})(?![\w/]|[.-]\d)(?:\s?\[[a-z-]{{2,10}}\.[a-z-]{{2,10}}\](?!\())?",
    re.I,
)
_WRITTEN = (("alt", "badge_url"), ("words", "url"), ("anchor", "href"), ("rest", "rest_url"),
            ("org", "org_url"), ("tex", "tex_url"), ("wiki_text", "wiki_url"),
            ("adoc", "adoc_url"), ("typst", "typst_url"))  # fmt: skip
_ID_ALONE = re.compile(rf"\s*(?:{_NEW_ID}|{_OLD_ID})\s*", re.I)
_DEFINITION = re.compile(
    rf"\s{{0,3}}(?:\[([^\[\]]{{1,60}})\]|\.\.\s_(?:`([^`]{{1,300}})`|([^`]{{1,300}}?))):\s*<?({_URL})>?.{{0,300}}"
)
_BEGINS_STRONG = re.compile(
    r"(?:\A|(?<=: ))[*_](?=[^\W_])([^*_]{8,300})(?<=[\w)!?$])[*_](?=[\s.,;:(\[–—-]|\Z)"
)
_HEADING = re.compile(r"\s{0,3}(#{1,6}|={1,5})\s+(\S.*)")
_ITEM = re.compile(
    r"(\s*)(?:(?:[-+•◦●▪‣·–]|\*{1,5}|\\item)\s+|(?:#|No\.\s?)?\d{1,4}[.)/]\s+|(?:#\.|\.{1,5})\s+|#\d{1,4}\s+|\(\d{1,4}\)\s+|[(（]?\d{1,4}[、．）]\s*|[■□◆◇▶►➤★☆✦✧○▼]\s*|[●◎・](?=[\u3040-\u30ff\u3400-\u9fff])|\[\d{1,3}\]\s+(?!\())"
    r"(?:\[[ xX-]\]\s+)?(?:(?:TODO|DONE)\s+)?(?=\S)(.*)"
)
_RULE = re.compile(
    r"\s*+\|?(?:\s*+(?::-+:?|-+:|-{2,}|-(?=\s*\|))\s*+(?:\||$))+\s*|\s*+(?:[-=_*~]\s?){3,}\s*"
)
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=[\w.!?)])__")
_BREAK = re.compile(r"<br\s*/?>|<hr\s*/?>", re.I)
_STRONG = re.compile(r"</?(?:b|strong)>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.{0,2000}?-->")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_MARKED = re.compile(r"(?<!\S)[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?=[\s.,;:!?)]|\Z)")
_ADDRESS = re.compile(
    r"\W*(?:https?://|(?:www\.)?(?:arxiv|doi)\.org/|arxiv:|doi:\s?10\.)\S+\W*\Z", re.I
)
_SPACES = re.compile(r"\s+")
LEADS = re.compile(r"(?:[^\W\d_]:|\b[a-z]{2,4})\s*\Z")  # to an address
_ENDED = re.compile(r"[^\W\d_A-Z]{2}[.!?]\s")
_LONG = 60  # characters of a text with sentences
_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:(?!\w)")
_LABEL_WORDS = frozenset(
    "paper papers pdf arxiv abs abstract link links url html code codes official original github"
    " gitlab repo repository project page pages website site web webpage homepage home demo demos"
    " tweet twitter x blog blogpost post video videos youtube slides slide poster dataset datasets"
    " data model models weights checkpoint checkpoints openreview doi bib bibtex cite supp"
    " supplementary supplement supplemental huggingface hf hugging face colab notebook read more"
    " here talk review reviews appendix source preprint version full text pytorch tensorflow jax"
    " implementation unofficial thread news article star stars citation citations acl anthology"
    " results leaderboard ieee springer acm cvf openaccess benchmark space spaces summary note"
    " notes wechat zhihu"
    " bilibili kimi copy rel view the and of in a on for this original hf-paper alphaxiv discussion"
    " as other download author authors tl dr tldr docs documentation 论文 代码 项目 主页".split()
) | {"", *NAMES_ELSEWHERE["url"].split(), *NAMES_ELSEWHERE["code"].split()}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CROSS_LISTED = re.compile(r"\(cross-list(?:ed)? from [^()]{1,60}\)|\(replaced\)", re.I)
_VENUE = re.compile(
    rf"[A-Z][A-Za-z&]{{1,15}}(?:[ -][A-Z][A-Za-z&]{{1,15}}){{0,3}}[' -]?\d{{2,4}}"
    rf"|\d{{4}}(?:[./-]\d{{1,2}}){{0,2}}|{_NEW_ID}"
)


@dataclass(slots=True)
class Piece:
    """A run of words of a line: plain, emphasised, or a link's."""

    text: str
    address: Address | None = None
    bold: bool = False
    bare: str = ""  # an address that stands there without words, as written

    @property
    def label(self) -> bool:
        """Whether a link's words only say what it leads to ("PDF", "Code", "ICLR 2025")."""
        return is_label(self.text)


@dataclass(slots=True)
class Line:
    """A line; `kind` is blank, heading, item, row, rule or text."""

    number: int
    kind: str
    indent: int = 0
    level: int = 0
    pieces: list[Piece] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its words, without what its links only label."""
        return words_of(self.pieces)

    @property
    def prose(self) -> str:
        """Its words, with the addresses that a text gives within its sentences."""
        return tidy(" ".join(filter(None, map(_in_prose, self.pieces))))

    @property
    def addresses(self) -> list[Address]:
        return [piece.address for piece in self.pieces if piece.address]


def words_of(pieces: list[Piece]) -> str:
    """Return the words of pieces, links' among them unless these are labels."""
    return tidy(" ".join(texts_of(pieces)))


def texts_of(pieces: list[Piece]) -> Iterator[str]:
    """Yield the words of pieces, and the addresses that belong to a text's sentences: "It works.
    Code: https://..."; what only labels a link is none."""
    before = ""
    for piece in pieces:
        if not (piece.address and piece.label):
            before = piece.text
            yield before
        elif piece.bare and piece.address.kind != "paper" and _leads(before):
            yield piece.bare
        else:
            before = ""


def _leads(text: str) -> bool:
    """Return whether a text of several sentences goes on with an address."""
    return len(text) >= _LONG and LEADS.search(text[-40:]) is not None and bool(_ENDED.search(text))


def _in_prose(piece: Piece) -> str:
    if piece.address is None or not piece.label:
        return piece.text
    return piece.bare if piece.address.kind != "paper" else ""


def tidy(text: str) -> str:
    """Return words in one line, without the marks and brackets that links leave behind."""
    text = re.sub(r"[\[({]\s*+[|,;/·&]*+\s*+[\])}]", " ", text)
    text = one_line(re.sub(r"(?<!\s)\s+([.,;:!?)])", r"\1", text))
    text = re.sub(r"(?<=[?!])[,;](?=\s)|(?<=[a-z]{3}\.)[,;](?=\s)", "", text)
    return text.strip(" \t|·•*_`\\,;-–—/").strip()


def is_label(text: str) -> bool:
    """Return whether words only label a link."""
    text = _CROSS_LISTED.sub("", text)
    if _VENUE.fullmatch(text.strip(" []()*_`")):
        return True
    if _ADDRESS.match(text):
        return True
    found = _WORD.findall(text.lower())
    return len(found) <= 5 and all(word.rstrip("0123456789") in _LABEL_WORDS for word in found)


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a list. Definitions of links are resolved and are no lines."""
    rows = text.expandtabs(4).split("\n")
    named = {
        (found[1] or found[2] or found[3]).lower(): found[4]
        for row in rows
        if _may_define(row) and (found := _DEFINITION.fullmatch(row[:LONGEST]))
    }
    notes = footnotes.addresses(rows)
    in_table = False
    matter = _front_matter(rows)
    for number, row in enumerate(rows, 1):
        row = _QUOTE.sub("", row[:LONGEST]) if number > matter else ""
        if notes:
            row = footnotes.linked(row, notes)
        if not row.strip():
            in_table = False
            yield Line(number, "blank")
        elif (_may_define(row) and _DEFINITION.fullmatch(row)) or row.strip() == "+":
            continue
        elif _RULE.fullmatch(row):
            in_table = in_table or "|" in row
            yield Line(number, "rule", level=1 if "|" in row else 0)
        elif _is_row(row, in_table):
            in_table = True
            cells = [_pieces(cell, named) for cell in _cells(row)]
            yield Line(number, "row", cells=cells, pieces=[p for cell in cells for p in cell])
        elif heading := _HEADING.fullmatch(row):
            yield Line(
                number,
                "heading",
                level=len(heading[1]),
                pieces=_pieces(heading[2].rstrip("#= "), named),
            )
        elif (item := _ITEM.fullmatch(row)) and (within := _HEADING.fullmatch(item[2])):
            yield Line(number, "heading", level=len(within[1]), pieces=_pieces(within[2], named))
        elif item:
            yield Line(number, "item", len(item[1]), pieces=_pieces(item[2], named))
        else:
            indent = len(row) - len(row.lstrip())
            yield Line(number, "text", indent, pieces=_pieces(row.strip(), named))


def _may_define(row: str) -> bool:
    return "]:" in row[:80] or row.startswith(".. _")


def _front_matter(rows: list[str]) -> int:
    """Return how many lines stand in YAML above a Markdown text, its fences among them."""
    if not rows or rows[0].rstrip() != "---":
        return 0
    ends = (n for n, row in enumerate(rows[1:_LONGEST_MATTER], 2) if row.rstrip() in ("---", "..."))
    return next(ends, 0)


def _is_row(row: str, in_table: bool) -> bool:
    text = row.strip()
    if text.startswith("|"):
        return text.count("|") > 1
    return in_table and "|" in text


def _cells(row: str) -> list[str]:
    """Return the cells of a table's row; bars within links and escaped ones part none."""
    text = row.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    cells, start, depth, last = [], 0, 0, text.rfind("]")
    for mark in re.finditer(r"\\.|[\[\]|]", text):
        if mark[0] in "[]":
            depth = max(0, depth + (1 if mark[0] == "[" else -1))
        elif mark[0] == "|" and (depth == 0 or last < mark.end()):
            cells.append(text[start : mark.start()])
            start, depth = mark.end(), 0
    cells.append(text[start:])
    return [cell.replace("\\|", "|") for cell in cells]


def _pieces(text: str, named: dict[str, str]) -> list[Piece]:
    """Return the pieces of a line's text."""
    if _ID_ALONE.fullmatch(text) and (whole := arxiv_id(text)):
        return [Piece("", _of_arxiv(*whole))]
    text = _SPACES.sub(
        lambda run: "\n" if "\n" in run[0] else " ", _STRONG.sub("**", _BREAK.sub("\n", text))
    )
    strong = _BEGINS_STRONG.search(text)
    if strong and not is_label(strong[1]) and (not strong.start() or "," not in strong[1]):
        text = f"{text[: strong.start()]}**{strong[1]}**{text[strong.end() :]}"
    pieces: list[Piece] = []
    bold, at = False, 0
    for found in _TOKEN.finditer(text):
        bold = _plain(text[at : found.start()], bold, pieces)
        at = found.end()
        words, address = _linked(found, text, named)
        if address is not None or words:
            marked = words.startswith("**") and words.endswith("**")
            bare = (found["bare"] or "") if not words else ""
            pieces.append(Piece(_clean(words), address, bold or marked, bare))
    _plain(text[at:], bold, pieces)
    return [piece for piece in pieces if piece.text.strip() or piece.address]


def _linked(found: re.Match[str], text: str, named: dict[str, str]) -> tuple[str, Address | None]:
    """Return the words and the address of a link or an id."""
    if found["image"]:
        return "", None
    for words, url in _WRITTEN:
        if found[url]:
            return found[words] or "", address_of(html.unescape(found[url]))
    if found["note"]:
        return found["note_words"] or found["note_name"], None
    if found["referred"]:
        target = named.get(found["referred"].lower())
        return found["referred"], address_of(target) if target else None
    if found["name"]:
        target = named.get(found["name"].lower())
        return (found["named"], address_of(target)) if target else (found[0], None)
    if bare := found["bare"] or found["tex_bare"] or found["schemeless"]:
        scheme = "https://" if found["schemeless"] else ""
        return "", address_of(scheme + bare.rstrip(".,;:!?*_`\\"))
    if found["doi"]:
        return _of_doi(found)
    id_ = found["arxiv"] or found["id"] or found["wiki"]
    if found["id"] and not _stands_free(text, found):
        return found[0], None
    arxiv = arxiv_id(id_)
    return (found["wiki_words"] or "", _of_arxiv(*arxiv)) if arxiv else (found[0], None)


def _of_arxiv(id_: str, version: int | None) -> Address:
    return Address(f"https://arxiv.org/abs/{id_}", "paper", id_, version)


def _of_doi(found: re.Match[str]) -> tuple[str, Address | None]:
    text = re.sub(r"^doi:?\s?", "", found["doi"], flags=re.I).rstrip(".,;:*_`")
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1]
    if own := arxiv_id(text):
        return "", _of_arxiv(*own)
    name = doi(text)
    return ("", Address(f"https://doi.org/{name}", "paper", doi=name)) if name else (found[0], None)


def _stands_free(text: str, found: re.Match[str]) -> bool:
    """Return whether a number is an arXiv id by its place: it begins or ends the line, or stands
    between brackets or marks."""
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return not before or not after or before[-1] in "([|:,;-–—" or after[0] in ")]|:"


def _plain(text: str, bold: bool, pieces: list[Piece]) -> bool:
    """Add plain words to the pieces, parted where emphasis begins and ends; return whether it goes
    on."""
    for number, part in enumerate(_EMPHASIS.split(text)):
        bold = bold if number == 0 else not bold
        cleaned = _clean(part)
        if cleaned.strip():
            pieces.append(Piece(cleaned, None, bold))
    return bold


def _clean(text: str) -> str:
    """Return words without tags, short codes, and the marks of emphasis and code."""
    if "<" in text or ":" in text:
        text = _SHORTCODE.sub(" ", _TAG.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "*" in text or "_" in text or "`" in text:
        text = _MARKED.sub("", text.replace("**", "").replace("`", ""))
    return text
