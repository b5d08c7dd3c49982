"""Markdown to HTML that is safe to publish: maths as MathML, links http(s) or mailto, no script.

Every text of strangers passes through here. Most abstracts have none of Markdown's characters; for
these the parser is skipped, with the same result (tested).
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
from ..text.bounded_markdown import ADDRESS, LONGEST, parted
from ..text.marked_formulas import DOLLAR, PRIVATE, unmarked
from ..weburl import normalised, scheme_of, stays
from .unbroken import unbroken

_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "sup",
         "sub", "del", "hr"}  # fmt: skip
_PAGE_TAGS = _TAGS | {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
                      "dl", "dt", "dd", "img", "kbd", "abbr"}  # fmt: skip
_REL = "noopener nofollow ugc"
_SCHEMES = {"http", "https", "mailto"}
_PAGE_SCHEMES = frozenset({None, *_SCHEMES})
# Tags of formatting elements, which HTML parsers reopen in each paragraph, attributes and all. No
# attribute of them is kept anyway.
_ATTRIBUTES = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^<>]{0,2000}>", re.I
)
_ADDRESS_IN_HTML = re.compile(r"(?<![\w/=])https?://[^\s<>\"'`{}\\^|\[\]]+")
# Markdown turns a text without these into paragraphs of the same words. Private-use characters
# replace formulas and addresses. A class of characters is searched first, twenty times as fast.
_SPECIAL_CHARACTER = re.compile(
    "[\\\\`*_\\[\\]<\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_SPECIAL_PLACE = re.compile(r"&(?! )|^(?:[ \t]|\d+[.)]|[-+:>#=])|[ ]{2}$|://", re.M)
# A URL that the sanitiser leaves as it is.
_PLAIN_URL = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./~?=&%#+@:,;!-]*)?\Z", re.A)
_ENTITY = re.compile(r"&#?\w*;")
_BLANK = re.compile(r"\n\n+")
_PLACEHOLDER = "\ue002"
# In sanitised HTML: a formula's mark, or another private-use character; there, a tag, too.
_MARK = re.compile("\ue000([0-9a-f]{16}x)([0-9]{1,6})\ue001|[\ue000-\ue004]")
_TOKEN = re.compile(f"<[^<>]*>|{_MARK.pattern}")
_CODE_TAG = re.compile(r"<(/?)(?:code|pre)\b")
# The TeX in our MathML; it is escaped, so it has no "<".
_SOURCES = re.compile(r"<annotation[^>]*>[^<]*</annotation>|</?semantics>|<mspace></mspace>")

_ROOT = "\ue003"  # stands for the path to the site's root, in links such as [this](/papers/x/)
_ROOTED = f'href="{_ROOT}'

Maths = Callable[[str, bool], str]
"""Returns the HTML of a formula's TeX; the flag is set for one on a line of its own."""


@lru_cache(maxsize=4096)
def formula(source: str, display: bool = False) -> str:
    """Return a formula's MathML; if it can't be converted, its Unicode, or its TeX if that says
    nothing, as code."""
    mathml = tex.mathml(source, display=display)
    if mathml is not None:
        return mathml
    read = tex.unicode(source)
    shown = read if any(map(str.isalnum, read)) else source
    return f'<code class="tex">{escape(shown, quote=False)}</code>'


@lru_cache(maxsize=1 << 13)  # texts of a busy month, whose feeds and pages have the same
def abstract(text: str, maths: Maths = formula) -> Markup:
    """Return an abstract or a note as block HTML, to be passed to `rooted`; its plain words if it
    is too involved to be parsed as Markdown."""
    text = tex.dashed(text)
    quick = _quick(text, maths)
    return Markup(_rendered(text, maths=maths) if quick is None else quick)


def rooted(html: str, root: str) -> str:
    """Return HTML (of a text or a whole page) with the path to the site's root in links within the
    site. No text of others can hold the placeholder in a link."""
    # A Markup would escape what it gets in place of a text.
    return str(html).replace(_ROOTED, f'href="{root}') if _ROOT in html else html


def _quick(text: str, maths: Maths = formula) -> str | None:
    """Return a text's HTML without the parser, if it has only words, formulas and bare URLs; else
    None. The parser returns the same for these (tested)."""
    if len(text) > LONGEST or (not text.isascii() and PRIVATE.search(text)):
        return None
    replaced: list[str] = []

    def address(match: re.Match[str]) -> str:
        link, rest = parted(match.group())
        if not _PLAIN_URL.match(link) or _ENTITY.search(link):
            return match.group()  # which makes the text special
        shown = escape(link, quote=False)
        replaced.append(f'<a href="{shown}" rel="{_REL}">{shown}</a>')
        return _PLACEHOLDER + rest

    pieces = []
    for span in tex.spans(text):
        if span.math:
            replaced.append(maths(span.text, span.display))
            pieces.append(_PLACEHOLDER)
        else:
            prose = span.markdown
            pieces.append(ADDRESS.sub(address, prose) if "://" in prose else prose)
    plain = "".join(pieces)
    if _is_special(plain):
        return None
    plain = plain.replace("&", "&amp;").replace(">", "&gt;").strip("\n")
    html = "\n".join(f"<p>{part}</p>" for part in _BLANK.split(plain) if part)
    if not replaced:
        return html
    return unbroken(html.split(_PLACEHOLDER), replaced)


def _is_special(text: str) -> bool:
    """Return whether Markdown may turn a text into more than its words."""
    if _SPECIAL_CHARACTER.search(text):
        return True
    if "\n" in text or "&" in text or "  " in text or "://" in text:
        return _SPECIAL_PLACE.search(text) is not None
    return _SPECIAL_PLACE.match(text) is not None or text.endswith(" ")


@lru_cache(maxsize=1 << 13)  # a paper's title stands on a dozen pages
def title(text: str) -> Markup:
    """Return a title as inline HTML, with maths, emphasis and code alone."""
    text = tex.dashed(unmarked(text))
    if "$" not in text and not _is_special(text):
        return Markup(escape(text, quote=False))
    html = _rendered(text, tags={"p", "em", "strong", "code", "sup", "sub"}).strip()
    return Markup(html.replace("</p>\n<p>", " ").removeprefix("<p>").removesuffix("</p>"))


def page(
    html: str,
    mark: str = "",
    formulas: Sequence[Span] = (),
    links: Mapping[str, str] = MappingProxyType({}),
) -> Markup:
    """Return a static page's HTML, made of a contributor's Markdown, sanitised, with its formulas
    (`bounded_markdown.page_html`). `links` maps URLs of the page to those that replace them."""

    def slug(match: re.Match[str]) -> str:
        return "-".join(re.findall(r"\w+", formulas[int(match[1])].text))

    def attribute(tag: str, name: str, value: str) -> str | None:
        value = _MARK.sub(lambda match: _source(match, mark, formulas), value)
        if mark and mark in value:  # a heading's id, in which no private character is left
            value = re.sub(mark + "([0-9]{1,6})", slug, value)
        if name not in ("href", "src"):
            return value
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
    if clean.isascii():
        return Markup(clean)
    code = 0  # elements of code around

    pieces = []

    def token(match: re.Match[str]) -> str:
        nonlocal code
        if match[0][0] == "<":
            if of_code := _CODE_TAG.match(match[0]):
                code += -1 if of_code[1] else 1
            return match[0]
        if match[0] == DOLLAR:
            return "\\$" if code else "$"
        if match[1] != mark:
            return ""
        span = formulas[int(match[2])]
        if code:
            return escape(span.source, quote=False)
        pieces.append(formula(span.text, span.display))
        return _PLACEHOLDER

    return Markup(unbroken(_TOKEN.sub(token, clean).split(_PLACEHOLDER), pieces))


def _rendered(text: str, tags: set[str] = _TAGS, maths: Maths = formula) -> str:
    try:
        html, mark, formulas = bounded_markdown.html(text)
    except InvolvedText:
        return _words(text, maths, linked="a" in tags)

    def attribute(tag: str, name: str, value: str) -> str | None:
        """Return an attribute with formulas as TeX, and a URL as browsers parse it."""
        value = _MARK.sub(lambda match: _source(match, mark, formulas), value)
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

    pieces = []

    def token(match: re.Match[str]) -> str:
        if match[0][0] == "<":
            return match[0]
        if match[1] != mark or match[2] in shown:  # each formula shows once
            return ""
        shown.add(match[2])
        span = formulas[int(match[2])]
        pieces.append(maths(span.text, span.display))
        return _PLACEHOLDER

    return unbroken(_TOKEN.sub(token, html).split(_PLACEHOLDER), pieces)


def _source(match: re.Match[str], mark: str, formulas: Sequence[Span]) -> str:
    """Return a part of an attribute without our marks."""
    if match[0] == DOLLAR:
        return "$"
    return formulas[int(match[2])].source if match[1] == mark else ""


def _words(text: str, maths: Maths, *, linked: bool) -> str:
    """Return a text as paragraphs of its words, formulas and bare URLs, without any Markdown."""

    formulas = []

    def piece(span: Span) -> str:
        if span.math:
            formulas.append(maths(span.text, span.display))
            return _PLACEHOLDER
        prose = escape(span.markdown, quote=False)
        return _ADDRESS_IN_HTML.sub(_anchor, prose) if linked and "://" in prose else prose

    paragraphs = (
        "".join(map(piece, tex.spans(part.strip()))) for part in _BLANK.split(unmarked(text))
    )
    html = "\n".join(f"<p>{part}</p>" for part in paragraphs if part)
    return unbroken(html.split(_PLACEHOLDER), formulas)


def _anchor(match: re.Match[str]) -> str:
    link, rest = parted(match.group())
    return f'<a href="{link}" rel="{_REL}">{link}</a>{rest}' if _PLAIN_URL.match(link) else match[0]


def is_sanitised(html: str) -> bool:
    """Return whether HTML without formulas is as it is made here of texts: sanitising leaves it as
    it is. Takes some 20 microseconds a kilobyte."""
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title", "rel"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return clean == html


def unannotated(html: Markup) -> Markup:
    """Return our HTML without its formulas' TeX: for lists, of which that would be half the
    bytes."""
    if "<annotation" not in html:
        return html
    return Markup(_SOURCES.sub("", html))
