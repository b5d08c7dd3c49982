"""What HTML's rules let one leave out of a page, left out of templates when they are compiled.

A page has about 150 line ends, end tags and quotes that say nothing (HTML, 13.1.2: optional tags,
unquoted attributes); with tens of thousands of pages that is megabytes. Templates keep them, for
their readers. What templates print stays as it is: only their own markup is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_HOLE = "\ue000"  # where a template prints something, or decides something
_BLOCK = (
    "(?:address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figure|footer|form"
    "|h[1-6]|head|header|html|legend|li|link|main|meta|nav|ol|p|pre|script|section|table|tbody|td"
    "|th|thead|title|tr|ul)"
)
_TAG = rf"""</?{_BLOCK}\b(?:[^<>"']|"[^"]*"|'[^']*')*>"""
_AFTER = re.compile(rf"({_TAG})\n+")
_BEFORE = re.compile(rf"\n+(?=</?{_BLOCK}\b)")
_ENDS = re.compile(r"</(?:li|dt|dd)>")
_TAGS = re.compile(r"""<[a-z][a-z0-9]*\s(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_QUOTED = re.compile(r"""(\s[a-z-]+)=(?:"([\w.:#-]+)"|("[^"]*"|'[^']*'))(?=[\s>])""", re.ASCII)


def minify(markup: str) -> str:
    """Markup without line ends beside block elements, without end tags of list items, and without
    quotes around single words; the element tree that a browser builds is the same but for white
    space between blocks."""
    markup = _BEFORE.sub("", _AFTER.sub(r"\1", markup))
    markup = _ENDS.sub("", markup)
    return _TAGS.sub(lambda tag: _QUOTED.sub(_unquoted, tag[0]), markup)


def _unquoted(attribute: re.Match[str]) -> str:
    name, word, other = attribute.groups()
    return f"{name}={word or other}"


class Minify(Extension):
    """Slims a template's own markup. It works on tokens, which know their line already, so that
    errors name the right one."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The template's tokens, their texts slimmed as one."""
        if (stream.name or "").startswith("mail/"):
            return stream  # mail programs are no browsers
        return self._slimmed(list(stream))

    @staticmethod
    def _slimmed(tokens: list[Token]) -> Iterator[Token]:
        whole = "".join(
            token.value.replace(_HOLE, "") if token.type == "data" else _HOLE for token in tokens
        )
        *texts, last = minify(whole).split(_HOLE)
        others = (token for token in tokens if token.type != "data")
        for text, token in zip(texts, others, strict=True):
            if text:
                yield Token(token.lineno, "data", text)
            yield token
        if last:
            yield Token(tokens[-1].lineno, "data", last)
