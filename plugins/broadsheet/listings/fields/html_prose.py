"""Pieces of HTML, as feeds and records hold them within a text, as paragraphs of Markdown.

Kept are words, paragraphs, emphasis and links that are safe; an item of a list is a paragraph with
a bullet. Indices and exponents become Unicode's where it has them, formulas their TeX. Pictures,
scripts, styles, forms and all other tags leave nothing. markdownify does the walking.

What is nested in more than 60 elements is read without tags.

Importing this module loads BeautifulSoup (0.2 s), so the readers import it when they meet HTML.
"""

from __future__ import annotations

import html
import re

from bs4 import Tag
from markdownify import MarkdownConverter

from ...errors import ListingError
from ..untrusted import html_soup
from ..untrusted.decoding import one_line
from ..untrusted.xml_tree import parse_xml
from .identifiers import link
from .markup_words import formula, subscript, superscript
from .mathml_tex import tex_of

_TAG = re.compile(
    r"</?(?:(?:jats|mml|xhtml):[a-z-]+|p|br|hr|div|span|a|b|i|em|strong|u|s|q|del|small|sub|inf|sup|ul"
    r"|ol|li|dl|dt|dd|h[1-6]|img|table|t[rdh]|tbody|thead|blockquote|pre|code|kbd|font|cite|abbr"
    r"|section|article|figure|math|m[ion]|mrow|msub|msup|inline-formula|disp-formula|tex-math"
    r"|script|style|iframe|svg|video|audio|form|input|button|template)"
    r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>|<!--|<!\[CDATA\[|&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.I,
)
_ANY_TAG = re.compile(r"<[!/A-Za-z][^<>]*>")
_CLOSED = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>", re.S)
_DROPPED = ["script", "style", "img", "picture", "video", "audio", "iframe", "object", "form",
            "button", "input", "select", "textarea", "svg", "noscript", "template",
            "head"]  # fmt: skip
_PREFIX = re.compile(r"(</?)(?:jats|mml|xhtml|html):", re.I)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_BULLET = re.compile(r"\n(?=• )")


def is_html(text: str) -> bool:
    """Return whether a text holds HTML: a tag that prose is marked up with, or a reference."""
    return ("<" in text or "&" in text) and _TAG.search(text) is not None


def prose(text: str, *, file: str = "", emphasis: bool = True) -> str:
    """Return a piece of HTML as paragraphs of Markdown, separated by blank lines.

    HTML that was escaped several times is read as often, three times at most. `emphasis` says
    whether emphasis and links are kept or just their words.
    """
    for _ in range(3):
        if not is_html(text):
            break
        text = _once(text, file, emphasis)
    return "\n\n".join(filter(None, map(one_line, _BLANK.split(text))))


def line_of_prose(text: str, *, file: str = "") -> str:
    """Return a piece of HTML as one line of words, as titles and names are."""
    return one_line(prose(text, file=file, emphasis=False)) if is_html(text) else one_line(text)


def _once(text: str, file: str, emphasis: bool) -> str:
    source = _PREFIX.sub(r"\1", _CLOSED.sub("", text))
    try:
        soup = html_soup.piece(source, file=file)
    except ListingError:
        return html.unescape(_ANY_TAG.sub(" ", source))
    for tag in soup(_DROPPED):
        tag.decompose()
    for tag in soup("tex-math"):
        made = formula(tag.get_text())
        # JATS gives a formula in several forms of which one is to be shown.
        whole = tag.parent if tag.parent and tag.parent.name == "alternatives" else tag
        whole.replace_with(made)
    made = _Converter(emphasis).convert_soup(soup)
    return _BULLET.sub("\n\n", str(made))


class _Converter(MarkdownConverter):
    """What becomes of each element; of those without a method here, their words remain."""

    def __init__(self, emphasis: bool) -> None:
        super().__init__(
            escape_asterisks=False, escape_underscores=False, escape_misc=False, autolinks=False
        )
        self._emphasis = emphasis

    def _marked(self, text: str, mark: str, parents: set[str]) -> str:
        words = text.strip()
        plain = not self._emphasis or not words or "*" in words or "\n\n" in text
        if plain or parents & {"em", "strong", "a"}:
            return text
        before = text[: len(text) - len(text.lstrip())]
        return f"{before}{mark}{words}{mark}{text[len(text.rstrip()) :]}"

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(text, "*", parent_tags)

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(text, "**", parent_tags)

    convert_i, convert_b = convert_em, convert_strong
    convert_italic, convert_bold = convert_em, convert_strong  # JATS

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words, address = one_line(text), link(html_soup.attribute(el, "href").strip())
        if not (self._emphasis and words and address) or any(mark in words for mark in "[]"):
            return text
        if words.rstrip("/").endswith(address.partition("//")[2].rstrip("/")):
            return address
        return f"[{words}]({address.replace('(', '%28').replace(')', '%29')})"

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return subscript(text)

    convert_inf = convert_sub  # Elsevier's

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return superscript(text)

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = one_line(text)
        return f"\n\n• {words}\n\n" if words else ""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        after = el.next_sibling
        return "\n\n" if isinstance(after, Tag) and after.name == "br" else "\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        return f"\n\n{text.strip()}\n\n"

    def convert_math(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = el.find("annotation", encoding="application/x-tex")
        made = one_line(str(source.get_text())) if source else ""
        made = made or html_soup.attribute(el, "alttext").strip()
        if made and "$" not in made:
            return f"${made}$"
        try:
            return tex_of(parse_xml(str(el), file=""))
        except ListingError:  # no well-formed MathML
            return one_line(text)

    def _words(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    def _block(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    convert_code = convert_kbd = convert_samp = convert_del = convert_s = convert_q = _words
    convert_td = convert_th = convert_figcaption = convert_caption = _block
    convert_blockquote = convert_pre = convert_tr = convert_table = convert_div = _block
    convert_article = convert_section = convert_title = convert_sec = _block
    convert_ul = convert_ol = convert_dd = convert_dt = convert_dl = convert_hr = _block
