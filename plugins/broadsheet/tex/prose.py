"""TeX's text mode as Markdown: emphasis, quotation marks, spaces, and what only TeX needs.

Prose without TeX comes back unchanged, but for its quotation marks and what Markdown would take
for markup that its author didn't mean.
"""

from __future__ import annotations

import re

from broadsheet.tex import accents

EMPHASIS = {
    "textbf": "**", "emph": "*", "textit": "*", "textsl": "*", "bf": "**", "it": "*", "em": "*",
    "textsc": "", "textrm": "", "textsf": "", "texttt": "", "textnormal": "", "text": "",
    "mbox": "", "hbox": "", "underline": "", "uline": "", "textup": "", "textmd": "", "small": "",
    "footnotesize": "", "large": "", "Large": "",
}  # fmt: skip

_DOUBLE = re.compile(r"``(?=\S)([^`]{1,600}?)(?:''|\"|”)")
_OPEN = re.compile(r"``(?=[\w(])")
_SINGLE = re.compile(r"(?<![\w`])`(?=[^\W_])([^`'\n]{1,80})'(?![\w'])")


def quotes(text: str) -> str:
    """TeX's quotation marks as typographic ones."""
    if "`" not in text:
        return text
    text = _DOUBLE.sub(r"“\1”", text)
    return _SINGLE.sub(r"‘\1’", text)


_COMMENT = re.compile(r"(?m)^[ \t]*%.*(?:\n|\Z)|(?<![\\\d\s%])%[ \t]*\n[ \t]*")
_SPACES = re.compile(
    r"\\[,;:!>]|\\ |\\(?:quad|qquad|enspace|thinspace|xspace|space|newline)(?![A-Za-z]) ?|\\\\"
)
_TIE = re.compile(r"(?<=\S)~(?=[\S])")
_ESCAPED = re.compile(r"\\([%&#_{}])")
_EMPTY = re.compile(r"\{\}")


def plain_commands(text: str) -> str:
    """`text`, prose with TeX's text mode in it, without what is no markup: accents, spaces."""
    if "\\" not in text:
        return text
    text = accents.letters(text)
    text = _SPACES.sub(lambda m: "" if m[0] in ("\\!",) else " ", text)
    text = _ESCAPED.sub(r"\1", text)
    return text
