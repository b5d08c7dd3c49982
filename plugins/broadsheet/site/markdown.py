"""Markdown to HTML that is safe to publish: maths as MathML, links http(s) or mailto, no script.

Every text of strangers goes through here. Most abstracts hold none of Markdown's characters; for
them the parser is passed over, with the same result (tested).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import nh3
from markdown import Markdown
from markupsafe import Markup

from .. import tex

_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "sup",
         "sub", "del", "hr"}  # fmt: skip
_PAGE_TAGS = _TAGS | {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
                      "dl", "dt", "dd", "img", "kbd", "abbr"}  # fmt: skip
_REL = "noopener nofollow ugc"
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"(?<![<(\[\"'=\w/])https?://[^\s<>\"'`{}\\^|\[\]]+", re.I)
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
# Code, which shows as it is; else what begins like a tag and is none that a person would mean. The
# parser would take it for HTML and the sanitiser would drop it: "<think>" is a word here.
_TAG = re.compile(
    r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))"
    r"|<(?!(?:/?(?:a|b|i|em|strong|sub|sup|u|code|br)(?:\s[^<>]*)?/?>|(?:https?://|mailto:)[^\s<>]+>))"
    r"(?=[A-Za-z/!?])",
    re.S,
)
_TICKS = re.compile("`{4,}")  # whose ends the parser would seek in quadratic time
BRACKETS = 500  # in one text; the parser seeks the ends of more in quadratic time
_MARKS = re.compile("\ue000(\\d+)\ue001")
# The TeX in our MathML, which is escaped text: no "<" of anyone's is in it.
_SOURCES = re.compile(r"<annotation[^>]*>[^<]*</annotation>|</?semantics>|<mspace></mspace>")
_PRIVATE = re.compile("[\ue000-\ue003]")
_OWN_LINK = re.compile(r'href="/(?!/)')

ROOT = "\ue003"
"""Stands in HTML where the way to the site's root goes, in links such as [this](/papers/x/)."""


@lru_cache(maxsize=1 << 14)  # a busy month's: its feeds ask for what its pages have asked for
def abstract(text: str) -> Markup:
    """An abstract or a note as block HTML; links within the site stand behind `ROOT`."""
    quick = _quick(text)
    return Markup(_rendered(text) if quick is None else quick)


def _quick(text: str) -> str | None:
    """A text's HTML without Markdown's parser where it holds only words, formulas and bare
    addresses, else None. The parser gives the very same there (tested)."""
    if not text.isascii() and _PRIVATE.search(text):
        return None
    aside: list[str] = []

    def address(match: re.Match[str]) -> str:
        link, rest = _parted(match.group())
        if not _USUAL.match(link) or _ENTITY.search(link):
            return match.group()  # which is special
        shown = escape(link, quote=False)
        aside.append(f'<a href="{shown}" rel="{_REL}">{shown}</a>')
        return _ASIDE + rest

    pieces = []
    for span in tex.spans(text):
        if span.math:
            aside.append(formula(span.text, span.display))
            pieces.append(_ASIDE)
        else:
            prose = span.markdown
            pieces.append(_ADDRESS.sub(address, prose) if "://" in prose else prose)
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
    if "$" not in text and not _is_special(text):
        return Markup(escape(text, quote=False))
    html = _rendered(text, tags={"p", "em", "strong", "code", "sup", "sub"}).strip()
    return Markup(html.replace("</p>\n<p>", " ").removeprefix("<p>").removesuffix("</p>"))


def page(html: str) -> Markup:
    """A static page's HTML, made by Pelican from a contributor's Markdown, made safe."""
    clean = nh3.clean(
        html,
        tags=_PAGE_TAGS,
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "width", "height"},
                    "th": {"scope"}, "abbr": {"title"},
                    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
        attribute_filter=_only_own_images,
    )  # fmt: skip
    return Markup(clean)


def _only_own_images(tag: str, name: str, value: str) -> str | None:
    """Pages load nothing from third parties."""
    if tag == "img" and name == "src" and re.match(r"\s*(?:[a-z]+:|//|\\)", value, re.I):
        return None
    return value


def _rendered(text: str, tags: set[str] = _TAGS) -> str:
    formulas: list[str] = []
    pieces = []
    for piece in tex.spans(_PRIVATE.sub("", text)):
        if piece.math:
            pieces.append(f"\ue000{len(formulas)}\ue001")
            formulas.append(formula(piece.text, piece.display))
        else:
            pieces.append(_ADDRESS.sub(_autolink, piece.markdown))
    source = _TICKS.sub("```", "".join(pieces))
    if source.count("[") > BRACKETS:
        source = source.replace("[", "&#91;")
    source = _TAG.sub(lambda match: match["code"] or "&lt;", source)
    html = nh3.clean(
        _parser().reset().convert(source),
        tags=tags,
        attributes={"a": {"href", "title"}},
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )
    html = _OWN_LINK.sub(f'href="{ROOT}', html)
    if formulas:
        html = _MARKS.sub(lambda match: formulas[int(match.group(1))], html)
    return html


def _autolink(match: re.Match[str]) -> str:
    address, rest = _parted(match.group())
    return f"<{address}>{rest}"


def _parted(address: str) -> tuple[str, str]:
    """An address, and what of the sentence around it clings to its end."""
    kept = address.rstrip(".,;:!?*_~')")
    return kept, address[len(kept) :]


def unannotated(html: Markup) -> Markup:
    """HTML of ours without its formulas' TeX: for lists, where that would be half of the bytes."""
    if "<annotation" not in html:
        return html
    return Markup(_SOURCES.sub("", html))


@lru_cache(maxsize=4096)
def formula(source: str, display: bool = False) -> str:
    """A formula's MathML; its TeX as code where it can't be converted."""
    made = tex.mathml(source, display=display)
    return made if made is not None else f'<code class="tex">{escape(source, quote=False)}</code>'


@lru_cache(maxsize=1)
def _parser() -> Markdown:
    return Markdown(output_format="html", tab_length=4)
