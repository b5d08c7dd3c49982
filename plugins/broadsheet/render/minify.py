"""Minifies templates when they are compiled: leaves out of a page what HTML allows to leave out.

A page has about 150 line breaks, end tags and quotes that HTML makes optional (13.1.2: optional
tags, unquoted attributes); over tens of thousands of pages these are megabytes. Template files keep
them, for their readers. Only a template's own markup is changed, never what it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_GAP = "\ue000"  # stands for a template's expressions and statements
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
    """Return markup without line breaks beside block elements, end tags of list items, and quotes
    around single words. Browsers build the same element tree of it, except white space between
    blocks."""
    markup = _BEFORE.sub("", _AFTER.sub(r"\1", markup))
    markup = _ENDS.sub("", markup)
    return _TAGS.sub(lambda tag: _QUOTED.sub(_unquoted, tag[0]), markup)


def _unquoted(attribute: re.Match[str]) -> str:
    name, word, other = attribute.groups()
    return f"{name}={word or other}"


class Minify(Extension):
    """Minifies a template's own markup. It works on tokens, which know their line already, so that
    errors name the right one."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the template's tokens, with their texts minified as one."""
        if (stream.name or "").startswith("mail/"):
            return stream  # mail programs parse less than browsers
        return self._minified(list(stream))

    @staticmethod
    def _minified(tokens: list[Token]) -> Iterator[Token]:
        whole = "".join(
            token.value.replace(_GAP, "") if token.type == "data" else _GAP for token in tokens
        )
        *texts, last = minify(whole).split(_GAP)
        others = (token for token in tokens if token.type != "data")
        for text, token in zip(texts, others, strict=True):
            if text:
                yield Token(token.lineno, "data", text)
            yield token
        if last:
            yield Token(tokens[-1].lineno, "data", last)
