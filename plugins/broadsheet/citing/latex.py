"""Text as LaTeX in a BibTeX field: special characters escaped, accented Latin letters as commands.

Other scripts stay as they are; current LaTeX reads them.
"""

from __future__ import annotations

import re

from .. import tex
from ..normal_forms import normal

_SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "&": r"\&",
    "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "‘": "`", "’": "'", "“": "``", "”": "''", "–": "--", "—": "---",
    "…": r"{\ldots}", "\u00a0": "~", "ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "æ": r"{\ae}",
    "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ł": r"{\l}", "Ł": r"{\L}", "å": r"{\aa}",
    "Å": r"{\AA}", "ı": r"{\i}",
}  # fmt: skip
_ACCENTS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"',
            "\u030a": "r", "\u0304": "=", "\u0306": "u", "\u030c": "v", "\u0307": ".",
            "\u0323": "d", "\u0327": "c", "\u0328": "k", "\u030b": "H"}  # fmt: skip
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;!?'()/*+=<>@|\[\]`\"-]*")
_WORD = re.compile(r"[^\W_][\w-]*")
# Words that lose their meaning in small letters: LoRA, GPT-4, 3D, X.
_CASED = re.compile(r".+[A-Z]|[0-9]+[A-Za-z]|[B-HJ-Z]\Z")
_MATHS_BRACES = re.compile(r"\\[{}]|[{}]")


def escaped(text: str) -> str:
    """Return a plain text as LaTeX."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_character, normal("NFC", text)))


def _character(one: str) -> str:
    if one < "\x80" or one in _SPECIAL:
        return _SPECIAL.get(one, one)
    parts = normal("NFD", one)
    base = parts[0]
    if len(parts) != 2 or parts[1] not in _ACCENTS or not ("A" <= base <= "z"):
        return one
    accent = _ACCENTS[parts[1]]
    base = {"i": r"\i", "j": r"\j"}.get(base, base)
    braced = f"{{{base}}}" if accent.isalpha() or "\\" in base else base
    return f"{{\\{accent}{braced}}}"


def title(markdown: str) -> str:
    """Return a title as LaTeX: maths as it is, and words that keep their capitals in braces."""
    pieces = []
    for span in tex.spans(markdown):
        if not span.math:
            pieces.append(_between(span.text, _cased(tex.plain(span.text))))
        elif _balanced(span.text):
            pieces.append(f"{{${span.text.strip()}$}}")
        else:
            pieces.append(escaped(tex.unicode(span.text)))
    return " ".join("".join(pieces).split())


def _cased(text: str) -> str:
    """Return a plain text as LaTeX, words that keep their capitals in braces."""
    pieces = []
    at = 0
    for word in _WORD.finditer(text):
        if _CASED.match(word[0]):
            pieces += [escaped(text[at : word.start()]), "{", escaped(word[0]), "}"]
            at = word.end()
    return "".join([*pieces, escaped(text[at:])])


def _between(text: str, latex: str) -> str:
    """Return a piece's LaTeX with the spaces at the ends of its text."""
    return " " * text[:1].isspace() + latex.strip() + " " * (text[-1:].isspace() and bool(latex))


def _balanced(source: str) -> bool:
    """Return whether a formula's braces, escaped ones too (BibTeX counts them), pair up."""
    depth = 0
    for brace in _MATHS_BRACES.findall(source):
        depth += 1 if brace[-1] == "{" else -1
        if depth < 0:
            return False
    return depth == 0
