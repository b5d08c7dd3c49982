"""Escaping prose: the characters that Markdown would take for markup.

What reads as meant Markdown (`**bold**`, `code`, an `<a href>`) stays. A stray asterisk or a number
sign at a line's start is escaped, so that it shows as written in CommonMark and Python-Markdown
alike. Text in which Markdown sees nothing comes back unchanged, and so does a `<think>`: that it is
no tag is for the renderer to say.
"""

from __future__ import annotations

import re

_LINE = re.compile(
    r"(?m)^([ \t]*)(?:(#{1,6})(?=\s|$)|([-+*])(?=\s)|(\d{1,9})([.)])(?=\s)|(>)"
    r"|([=-])(?=[=-]*[ \t]*$)|(?P<ref>\[)(?=[^\]\n]*\]:))"
)
_MEANT = re.compile(
    r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]{1,200}?(?<=[^\s*])\1(?![\w*])"
    r"|(?<![\w*])\*[\w-]{1,30}\*(?=\w)|(?<!\*)\*\*(?=[^\s*])[^*\n]{1,200}?(?<=[^\s*])\*\*(?!\*)"
)
_DUNDER = re.compile(r"(?<![\w_])__(?=\w)|(?<=\w)__(?![\w_])")
_LINK = re.compile(r"(!)?\[([^\[\]\n]{0,200})\]\((?!https?://|\Z)|!\[")
_INDENT = re.compile(r"(?m)^(?: {4,}|\t+)(?=\S)")


def escaped(text: str) -> str:
    """Return `text`, a stretch of prose, so that Markdown shows it as it is; asterisks aside."""
    text = text.replace("\\", "\\\\")
    if "__" in text:
        text = _DUNDER.sub(r"\\_\\_", text)
    if "[" in text:
        text = _LINK.sub(lambda m: m[0].replace("!", "\\!").replace("[", "\\["), text)
    return text


def lines(text: str) -> str:
    """Return a whole text, so that none of its lines starts a heading, list, quotation or code
    block."""
    return _LINE.sub(_line, _INDENT.sub("", text))


def _line(m: re.Match[str]) -> str:
    if m[4]:
        return f"{m[1]}{m[4]}\\{m[5]}"
    mark = m[0][len(m[1]) :]
    return m[1] + ("&#61;" + mark[1:] if mark[0] == "=" else "\\" + mark)


def asterisks(texts: list[str | None], marked: bool) -> list[str | None]:
    """Return the stretches of one text with the asterisks escaped that Markdown would misread.

    None stands for what is no prose (a formula, a link). `marked` says that it holds emphasis,
    which a stray asterisk could end.
    """
    whole = "".join("\0" if text is None else text.replace("\0", "") for text in texts)
    if "*" not in whole:
        return texts
    kept = [(m.start(), m.end()) for m in _MEANT.finditer(whole)]
    strays = whole.count("*") - sum(whole.count("*", a, b) for a, b in kept)
    if strays < (1 if marked or kept else 2):
        return texts
    out, done = [], 0
    for start, end in [*kept, (len(whole), len(whole))]:
        out += [whole[done:start].replace("*", "\\*"), whole[start:end]]
        done = end
    return _dealt(texts, "".join(out).split("\0"))


def _dealt(texts: list[str | None], parts: list[str]) -> list[str | None]:
    """Return the parts between what is no prose, each in the first place of its stretch."""
    out: list[str | None] = []
    at, fresh = 0, True
    for text in texts:
        if text is None:
            out.append(None)
            at, fresh = at + 1, True
        else:
            out.append(parts[at] if fresh else "")
            fresh = False
    return out
