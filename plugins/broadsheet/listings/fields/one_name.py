"""One author's name: without TeX, the given name first."""

from __future__ import annotations

import re

from ...tex.accents import letters
from ..untrusted.decoding import one_line

SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.? ?d|m\.? ?d)\.?", re.I)
IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# An i that TeX has without its dot stands under an accent, which Unicode puts on a plain i.
_DOTLESS = re.compile(r"\{\\([ij])\}|\\([ij])(?![A-Za-z])\s?")
_MARKUP = str.maketrans({"{": None, "}": None, "$": None, "~": " "})
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s?|[,;! ])")
_ESCAPED = re.compile(r"\\([&%_#$])")


def plain_name(name: str) -> str:
    """Return a name without TeX: `Andr\\'e`, `Erd{\\H o}s` and `\\O{}rsted` with their letters."""
    if "\\" in name or "{" in name or "}" in name:
        name = letters(_DOTLESS.sub(r"{\1\2}", name))
        name = _COMMAND.sub("", _ESCAPED.sub(r"\1", name)).translate(_MARKUP)
    elif "~" in name or "$" in name:
        name = name.translate(_MARKUP)
    return one_line(name)


def natural_order(name: str) -> str:
    """Return a name, given name first: "Doe, Jr., Jane" and "Doe, Jane, Jr." as "Jane Doe Jr."."""
    parts = [part for part in map(str.strip, name.split(",")) if part]
    if len(parts) == 3:
        suffix_last = SUFFIX.fullmatch(parts[2])
        given, suffix = (parts[1], parts[2]) if suffix_last else (parts[2], parts[1])
        return one_line(f"{given} {parts[0]} {suffix}")
    if len(parts) == 2 and (SUFFIX.fullmatch(parts[1]) or IDEOGRAPHS.search(name)):
        return one_line(" ".join(parts))  # in Chinese, Japanese and Korean the family is first
    return one_line(" ".join(reversed(parts)) if len(parts) == 2 else name.strip(" ,"))
