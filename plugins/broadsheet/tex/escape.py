"""What prose must not say by accident: the characters that Markdown would take for markup.

What reads as meant Markdown (`**bold**`, `code`, an `<a href>`) stays. A stray asterisk, a `<think>`,
a number sign at a line's start are escaped, so that they show as written in CommonMark and
Python-Markdown alike. Text in which Markdown sees nothing comes back unchanged.
"""

from __future__ import annotations

import re

_LINE = re.compile(
    r"(?m)^([ \t]*)(?:(#{1,6})(?=\s|$)|([-+*])(?=\s)|(\d{1,9})([.)])(?=\s)|(>)|([=-])(?=[=-]*[ \t]*$)"
    r"|(?P<ref>\[)(?=[^\]\n]*\]:))"
)
_TAG = re.compile(
    r"<(?!(?:/?(?:a|b|i|em|strong|sub|sup|u|code|br)(?:\s[^<>]*)?/?>|https?://[^\s<>]+>|a\s+href=[\"']?\Z))(?=[A-Za-z/!?])"
)
_MEANT = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]{1,200}?(?<=[^\s*])\1(?![\w*])")
_DUNDER = re.compile(r"(?<![\w_])__(?=\w)|(?<=\w)__(?![\w_])")
_LINK = re.compile(r"(!)?\[([^\[\]\n]{0,200})\]\((?!https?://)|!\[")
_INDENT = re.compile(r"(?m)^(?: {4,}|\t+)(?=\S)")


def escaped(text: str, marked: bool = False) -> str:
    """`text`, a stretch of prose, so that Markdown shows it as it is.

    `marked` says that other stretches of its paragraph hold emphasis, which a stray asterisk here
    could end.
    """
    text = text.replace("\\", "\\\\")
    if "*" in text:
        text = _asterisks(text, marked)
    if "<" in text:
        text = _TAG.sub("&lt;", text)
    if "__" in text:
        text = _DUNDER.sub(r"\\_\\_", text)
    if "[" in text:
        text = _LINK.sub(lambda m: m[0].replace("!", "\\!").replace("[", "\\["), text)
    return text


def lines(text: str) -> str:
    """A whole text, so that none of its lines starts a heading, list, quotation or code block."""
    return _LINE.sub(_line, _INDENT.sub("", text))


def _line(m: re.Match[str]) -> str:
    if m[4]:
        return f"{m[1]}{m[4]}\\{m[5]}"
    return m[1] + "\\" + m[0][len(m[1]) :]


def _asterisks(text: str, marked: bool) -> str:
    kept = [(m.start(), m.end()) for m in _MEANT.finditer(text)]
    strays = text.count("*") - sum(text[a:b].count("*") for a, b in kept)
    if strays < (1 if marked or kept else 2):
        return text
    out, done = "", 0
    for start, end in [*kept, (len(text), len(text))]:
        out += text[done:start].replace("*", "\\*") + text[start:end]
        done = end
    return out
