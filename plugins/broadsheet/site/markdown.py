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
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"(?<![<(\[\"'=\w/])https?://[^\s<>\"'`{}\\^|\[\]]+", re.I)
# A text with none of these comes out of Markdown as paragraphs and nothing else.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&#!$|~=\ue000\ue001]|^[ \t]|^\d+[.)]|^[-+:]|://|[ ]{2}$", re.M)
_MARKS = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")


def abstract(text: str) -> Markup:
    """An abstract or a note as block HTML."""
    if not _SPECIAL.search(text):
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
        return Markup("\n".join(f"<p>{part}</p>" for part in paragraphs if part))
    return Markup(_rendered(text))


def title(text: str) -> Markup:
    """A title: inline HTML in which only maths, emphasis and code are more than words."""
    if not _SPECIAL.search(text):
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
            pieces.append(_ADDRESS.sub(_autolink, piece.text))
    html = nh3.clean(
        _parser().reset().convert("".join(pieces)),
        tags=tags,
        attributes={"a": {"href", "title"}},
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow ugc",
    )
    if formulas:
        html = _MARKS.sub(lambda match: formulas[int(match.group(1))], html)
    return html


def _autolink(match: re.Match[str]) -> str:
    address = match.group()
    tail = re.search(r"[.,;:!?*_~')]*\Z", address)
    cut = tail.start() if tail else len(address)
    return f"<{address[:cut]}>{address[cut:]}"


@lru_cache(maxsize=4096)
def formula(source: str, display: bool = False) -> str:
    """A formula's MathML; its TeX as code where it can't be converted."""
    made = tex.mathml(source, display=display)
    return made if made is not None else f'<code class="tex">{escape(source, quote=False)}</code>'


@lru_cache(maxsize=1)
def _parser() -> Markdown:
    return Markdown(output_format="html", tab_length=4)
