"""Markdown to HTML that is safe to publish: maths as MathML, links http(s) or mailto, no script.

Every text of strangers goes through here. Most abstracts hold none of Markdown's characters; for
them the parser is passed over, with the same result (tested).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from types import MappingProxyType

import nh3
from markupsafe import Markup

from .. import tex
from ..errors import InvolvedText
from ..tex.spans import Span
from ..text import bounded_markdown
from ..text.bounded_markdown import ADDRESS, LONGEST, PRIVATE, parted, unmarked
from ..weburl import normalised, scheme_of, stays

_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "sup",
         "sub", "del", "hr"}  # fmt: skip
_PAGE_TAGS = _TAGS | {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
                      "dl", "dt", "dd", "img", "kbd", "abbr"}  # fmt: skip
_REL = "noopener nofollow ugc"
_SCHEMES = {"http", "https", "mailto"}
_PAGE_SCHEMES = frozenset({None, *_SCHEMES})
# Attributes of what a browser carries on from paragraph to paragraph, each as often as there are
# paragraphs; none of them is kept.
_ATTRIBUTES = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^<>]{0,2000}>", re.I
)
_ADDRESS_IN_HTML = re.compile(r"(?<![\w/=])https?://[^\s<>\"'`{}\\^|\[\]]+")
# A text with none of these comes out of Markdown as paragraphs of the same words. Private
# characters stand for what is set aside: formulas and addresses. Characters alone are looked for
# first, since that is twenty times as fast.
_SPECIAL_CHARACTER = re.compile(
    "[\\\\`*_\\[\\]<\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_SPECIAL_PLACE = re.compile(r"&(?! )|^(?:[ \t]|\d+[.)]|[-+:>#=])|[ ]{2}$|://", re.M)
# An address that no sanitiser changes.
_USUAL = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./~?=&%#+@:,;!-]*)?\Z", re.A)
_ENTITY = re.compile(r"&#?\w*;")
_BLANK = re.compile(r"\n\n+")
_ASIDE = "\ue002"
# In sanitised HTML: a tag, a formula's mark, or another character that means something to us.
_TOKEN = re.compile("<[^<>]*>|\ue000([0-9a-f]{32}[.])([0-9]{1,6})\ue001|[\ue000-\ue003]")
# The TeX in our MathML, which is escaped text: no "<" of anyone's is in it.
_SOURCES = re.compile(r"<annotation[^>]*>[^<]*</annotation>|</?semantics>|<mspace></mspace>")

_ROOT = "\ue003"  # where the way to the site's root goes, in links such as [this](/papers/x/)
_ROOTED = f'href="{_ROOT}'

Maths = Callable[[str, bool], str]
"""Makes HTML of a formula's TeX; true for one on a line of its own."""


@lru_cache(maxsize=4096)
def formula(source: str, display: bool = False) -> str:
    """A formula's MathML; its TeX as code where it can't be converted."""
    made = tex.mathml(source, display=display)
    return made if made is not None else f'<code class="tex">{escape(source, quote=False)}</code>'


@lru_cache(maxsize=1 << 14)  # a busy month's: its feeds ask for what its pages have asked for
def abstract(text: str, maths: Maths = formula) -> Markup:
    """An abstract or a note as block HTML, to be `rooted`: where it is too involved to be read as
    Markdown, its plain words."""
    quick = _quick(text, maths)
    return Markup(_rendered(text, maths=maths) if quick is None else quick)


def rooted(html: str, root: str) -> str:
    """HTML, a whole page's too, in which links within the site have the way to its root. Only in
    links that are ours does anything stand for it: others' texts can't hold it where it counts."""
    return html.replace(_ROOTED, f'href="{root}') if _ROOT in html else html


def _quick(text: str, maths: Maths = formula) -> str | None:
    """A text's HTML without Markdown's parser where it holds only words, formulas and bare
    addresses, else None. The parser gives the very same there (tested)."""
    if len(text) > LONGEST or (not text.isascii() and PRIVATE.search(text)):
        return None
    aside: list[str] = []

    def address(match: re.Match[str]) -> str:
        link, rest = parted(match.group())
        if not _USUAL.match(link) or _ENTITY.search(link):
            return match.group()  # which is special
        shown = escape(link, quote=False)
        aside.append(f'<a href="{shown}" rel="{_REL}">{shown}</a>')
        return _ASIDE + rest

    pieces = []
    for span in tex.spans(text):
        if span.math:
            aside.append(maths(span.text, span.display))
            pieces.append(_ASIDE)
        else:
            prose = span.markdown
            pieces.append(ADDRESS.sub(address, prose) if "://" in prose else prose)
    plain = "".join(pieces)
    if _is_special(plain):
        return None
    plain = plain.replace("&", "&amp;").replace(">", "&gt;").strip("\n")
    html = "\n".join(f"<p>{part}</p>" for part in _BLANK.split(plain) if part)
    if not aside:
        return html
    words = html.split(_ASIDE)
    return words[0] + "".join(f"{one}{after}" for one, after in zip(aside, words[1:], strict=True))


def _is_special(text: str) -> bool:
    """Whether a text may come out of Markdown as more than its words."""
    if _SPECIAL_CHARACTER.search(text):
        return True
    if "\n" in text or "&" in text or "  " in text or "://" in text:
        return _SPECIAL_PLACE.search(text) is not None
    return _SPECIAL_PLACE.match(text) is not None or text.endswith(" ")


def title(text: str) -> Markup:
    """A title: inline HTML in which only maths, emphasis and code are more than words."""
    text = unmarked(text)
    if "$" not in text and not _is_special(text):
        return Markup(escape(text, quote=False))
    html = _rendered(text, tags={"p", "em", "strong", "code", "sup", "sub"}).strip()
    return Markup(html.replace("</p>\n<p>", " ").removeprefix("<p>").removesuffix("</p>"))


def page(html: str, links: Mapping[str, str] = MappingProxyType({})) -> Markup:
    """A static page's HTML, made of a contributor's Markdown, made safe. `links` are the addresses
    that go in the places of some that it has."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name not in ("href", "src"):
            return unmarked(value)
        address = normalised(unmarked(links.get(value, value)))
        if tag == "img":  # pages load nothing from third parties
            return address if stays(address) else None
        return address if scheme_of(address) in _PAGE_SCHEMES else None

    clean = nh3.clean(
        _ATTRIBUTES.sub(r"<\1>", html),
        tags=_PAGE_TAGS,
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "width", "height"},
                    "th": {"scope"}, "abbr": {"title"},
                    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
        attribute_filter=attribute,
    )  # fmt: skip
    return Markup(clean)


def _rendered(text: str, tags: set[str] = _TAGS, maths: Maths = formula) -> str:
    try:
        html, mark, formulas = bounded_markdown.html(text)
    except InvolvedText:
        return _words(text, maths, linked="a" in tags)

    def attribute(tag: str, name: str, value: str) -> str | None:
        """In attributes a formula is its TeX, and an address as browsers read it."""
        value = _TOKEN.sub(lambda match: _source(match, mark, formulas), value)
        if name != "href":
            return value
        address = normalised(value)
        if scheme_of(address) not in _PAGE_SCHEMES:
            return None
        own = address.startswith("/") and not address.startswith("//")
        return _ROOT + address[1:] if own else address

    html = nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href", "title"}},
        url_schemes=_SCHEMES,
        link_rel=_REL,
        attribute_filter=attribute,
    )
    if html.isascii():
        return html
    shown: set[str] = set()

    def token(match: re.Match[str]) -> str:
        if match[0][0] == "<":
            return match[0]
        if match[1] != mark or match[2] in shown:  # each formula stands once
            return ""
        shown.add(match[2])
        span = formulas[int(match[2])]
        return maths(span.text, span.display)

    return _TOKEN.sub(token, html)


def _source(match: re.Match[str], mark: str, formulas: Sequence[Span]) -> str:
    """What a piece of an attribute is without our marks."""
    if match[0][0] == "<":
        return PRIVATE.sub("", match[0])
    return formulas[int(match[2])].source if match[1] == mark else ""


def _words(text: str, maths: Maths, *, linked: bool) -> str:
    """A text as paragraphs of its words, formulas and bare addresses: nothing else means anything
    in it."""

    def piece(span: Span) -> str:
        if span.math:
            return maths(span.text, span.display)
        prose = escape(span.markdown, quote=False)
        return _ADDRESS_IN_HTML.sub(_anchor, prose) if linked and "://" in prose else prose

    paragraphs = (
        "".join(map(piece, tex.spans(part.strip()))) for part in _BLANK.split(unmarked(text))
    )
    return "\n".join(f"<p>{part}</p>" for part in paragraphs if part)


def _anchor(match: re.Match[str]) -> str:
    link, rest = parted(match.group())
    return f'<a href="{link}" rel="{_REL}">{link}</a>{rest}' if _USUAL.match(link) else match[0]


def unannotated(html: Markup) -> Markup:
    """HTML of ours without its formulas' TeX: for lists, where that would be half of the bytes."""
    if "<annotation" not in html:
        return html
    return Markup(_SOURCES.sub("", html))
