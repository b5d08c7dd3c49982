"""JSON as people write it by hand: JSON5's comments, names without quotes, single quotes and last
commas, a value that JavaScript assigns, and lists of objects as Python prints them.

Nothing is run: the text becomes strict JSON token by token, in linear time.
"""

from __future__ import annotations

import json
import re

_BEGIN = re.compile(r"(?:\s|//[^\n]*(?:\n|\Z))*+")
_ASSIGNED = re.compile(
    r"(?:export\s+default|module\.exports\s*=|(?:export\s+)?(?:const|let|var)\s+[\w$]{1,60}\s*=)\s*"
)
_CALLBACK = re.compile(r"(?:[A-Za-z_$][\w$]{0,60}\.?){1,8}\(\s*(?=[\[{])")
_CLOSED = re.compile(r"\)\s*;?\s*\Z")
_LONGEST_END = 100
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')|(?P<gap>\s++|//[^\n]*+)"""
    r"""|(?P<open>/\*)|(?P<word>[^\W\d][\w$.-]*+)|(?P<number>[-+]?[\d.][\w.+-]*+)"""
    r"""|(?P<sign>[\[\]{}:,()=])""",
    re.S,
)
_WORDS = {"true": "true", "false": "false", "null": "null", "True": "true", "False": "false",
          "None": "null", "undefined": "null", "NaN": "null", "nan": "null"}  # fmt: skip
_BRACKETS = {"(": "[", ")": "]"}  # Python's tuples
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(u[0-9A-Fa-f]{4})|(.))", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}


def strict(text: str) -> str | None:
    """Return a text as strict JSON; None for one that is no list or object in this form."""
    at = _begin(text)
    text, at = _passed(text, at)
    if text[at : at + 1] not in ("[", "{"):
        return None
    made: list[str] = []
    depth = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        at = found.end()
        kind, token = found.lastgroup, found[0]
        if kind == "open":
            at = text.find("*/", at) + 2
            if at < 2:
                return None
        elif kind == "text":
            made.append(json.dumps(_ESCAPE.sub(_unescaped, token[1:-1])))
        elif kind == "word" and text.startswith("(", at):
            said, at = _called(text, at)
            made.append(json.dumps(said))
        elif kind == "word":
            made.append(_WORDS.get(token) or json.dumps(token))
        elif kind == "number":
            made.append(token.lstrip("+"))
        elif token == "=":
            return None
        elif kind == "sign":
            token = _BRACKETS.get(token, token)
            depth += (token in "[{") - (token in "]}")
            if token in "]}" and made and made[-1] == ",":
                made.pop()
            made.append(token)
            if not depth:
                return "".join(made) if text[at:].strip() in ("", ";") else None
    return None


def _passed(text: str, at: int) -> tuple[str, int]:
    """Return a text up to the end of what is passed to a function ("callback({...});"), and where
    that begins; any other text, and where it begins, as they are."""
    found = _CALLBACK.match(text, at)
    end = _CLOSED.search(text, max(at, len(text) - _LONGEST_END)) if found else None
    return (text[: end.start()], found.end()) if found and end else (text, at)


def _called(text: str, at: int) -> tuple[str | None, int]:
    """Return what an object says that Python prints as it is made, and where it ends: its first
    text ("Decimal('1.5')"), or its first three numbers, which are a day's (datetime)."""
    depth, said, numbers = 0, None, list[str]()
    while found := _TOKEN.match(text, at):
        at = found.end()
        kind, token = found.lastgroup, found[0]
        depth += (token == "(") - (token == ")")
        if kind == "text" and said is None:
            said = _ESCAPE.sub(_unescaped, token[1:-1])
        elif kind == "number" and len(numbers) < 3:
            numbers.append(token.zfill(2))
        if not depth:
            break
    return said or ("-".join(numbers) if len(numbers) == 3 else None), at


def _begin(text: str) -> int:
    """Return where the value of a text begins, behind comments and what it is assigned to."""
    start = _BEGIN.match(text)
    at = start.end() if start else 0
    while text.startswith("/*", at):
        end = text.find("*/", at)
        if end < 0:
            return at
        gap = _BEGIN.match(text, end + 2)
        at = gap.end() if gap else end + 2
    assigned = _ASSIGNED.match(text, at)
    return assigned.end() if assigned else at


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    if found[2]:
        return chr(int(found[2][1:], 16))
    return _PLAIN.get(found[3], found[3])
