"""TeX of a bibliography's fields as Unicode: accents, letters, symbols, commands and braces.

Formulas stay between dollars, as their authors wrote them. pylatexenc knows the characters that
commands stand for; its reader of whole texts is not used, since it drops
what unknown commands hold.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...tex import accents, spans
from ...tex.commands import FRACTIONS, MARKS, MATH_FONTS, SWITCHES, TEXT_FONTS, WRAPPERS
from ...tex.prose import DROPPED, SIGNS, SYMBOLS
from ..untrusted.decoding import one_line

_HELD, _DOLLAR, _TILDE = "\ue010", "\ue011", "\ue012"
_OURS = str.maketrans(dict.fromkeys((_HELD, _DOLLAR, _TILDE)))
_NOT_PROSE = re.compile(r"\\[A-Za-z]*|[{}~`]|--|''")
_PLAIN = str.maketrans({"{": None, "}": None, "~": " "})
_SCRIPT = re.compile(r"\\text(sub|super)script\s*\{([^{}$]{1,60})\}")
_FORMULA = re.compile(r"\\ensuremath\s*\{([^{}$]{1,200})\}|\\\((.{1,500}?)\\\)")
_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl|texttt)\s*\{([^{}]{0,2000})\}")
_HREF = re.compile(r"\\href\s*\{([^{}]{0,2000})\}\s*\{([^{}]{0,2000})\}")
# An i that TeX has without its dot stands under an accent, which Unicode puts on a plain i.
_DOTLESS = re.compile(r"\{\\([ij])\}|\\([ij])(?![A-Za-z])\s?")
_SILENT = TEXT_FONTS | SWITCHES | SYMBOLS.keys() | {"relax", "itshape", "bfseries", "sl", "def"}
_DROPPED = sorted(DROPPED | {"begin", "end", "textcolor", "colorbox", "fontsize"})
# A formula's command whose author left out the dollars.
_UNMARKED = re.compile(
    rf"\\(?:{'|'.join(sorted(FRACTIONS | WRAPPERS | MATH_FONTS | MARKS.keys()))})"
    r"(?:\{[^{}$]{0,100}\}){1,2}(?:[_^](?:\{[^{}$]{0,40}\}|\w))?"
)
_COMMAND = re.compile(
    rf"\\(?:(?:{'|'.join(_DROPPED)})\*?(?:\[[^\[\]{{}}]{{0,200}}\])?\{{[^{{}}]{{0,500}}\}}"
    r"|([A-Za-z]+)\*?(?:\{\})?(?P<gap>\s*)|(.))",
    re.S,
)
_NUMBER = re.compile(r"[-+−]?\d[\d.,]*[-+−]?")


def plain(text: str) -> str:
    """Return one line of a field without TeX outside of its formulas, which stand between
    dollars; no brace outside of these is left."""
    if not _NOT_PROSE.search(text) and "$" not in text:
        return one_line(text)
    text = _FORMULA.sub(lambda m: f"${m[1] or m[2]}$", _SCRIPT.sub(_scripted, text))
    held: list[str] = []
    pieces: list[str] = []
    for span in spans(text.translate(_OURS)):
        if span.math:
            pieces.append(_HELD)
            held.append(f"${' '.join(span.text.split())}$")
        else:
            text = span.text.replace("\\$", _DOLLAR).replace("$", _DOLLAR)
            held += (f"${m[0]}$" for m in _UNMARKED.finditer(text))
            pieces.append(_UNMARKED.sub(_HELD, text))
    prose = _prose("".join(pieces))
    formulas = iter(held)
    prose = re.sub(_HELD, lambda m: next(formulas, ""), prose)
    # A lone dollar is money; where there are formulas, too, it has to be told from theirs.
    return one_line(prose.replace(_DOLLAR, "\\$" if held or prose.count(_DOLLAR) > 1 else "$"))


def address(text: str) -> str:
    """Return an address or identifier that a field holds, without TeX's commands and escapes."""
    text = text.strip()
    if "\\" not in text and "{" not in text and "$" not in text:
        return text
    text = _ADDRESS.sub(r"\1", _HREF.sub(r"\1", text))
    text = re.sub(r"\\(?:textasciitilde|sim|tilde|~)\s?(?:\{\})?", "~", text)
    text = re.sub(r"\\textless\s?(?:\{\})?|\$<\$|\\ensuremath\{<\}", "<", text)
    text = re.sub(r"\\textgreater\s?(?:\{\})?|\$>\$|\\ensuremath\{>\}", ">", text)
    text = re.sub(r"\\(?:textunderscore|_)\s?(?:\{\})?", "_", text)
    return re.sub(r"\\([^A-Za-z\s])|[{}$]", lambda m: m[1] or "", text)


def _scripted(match: re.Match[str]) -> str:
    mark = "_" if match[1] == "sub" else "^"
    inside = match[2]
    if len(inside) == 1:
        return f"${mark}{inside}$"
    return f"${mark}{{{inside}}}$" if _NUMBER.fullmatch(inside) else inside


def _prose(text: str) -> str:
    """Return text without formulas, its TeX as Unicode."""
    if "\\" in text:
        text = accents.letters(_DOTLESS.sub(r"{\1\2}", text))
        text = _COMMAND.sub(_command, _HREF.sub(r"\2", text))
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return text.translate(_PLAIN).replace(_TILDE, "~")


def _command(match: re.Match[str]) -> str:
    name, gap, sign = match.groups()
    if sign is not None:
        return SIGNS.get(sign, sign)
    if name is None:
        return ""
    shown = _TILDE if name == "textasciitilde" else SYMBOLS.get(name) or symbol(name)
    if not (shown or name in _SILENT or match[0].endswith("{}")):
        return "" if match.string.startswith("{", match.end()) else name + gap
    # TeX drops the space after a name; people mostly mean it, but for "\textmu m".
    return shown + ("" if name.startswith("text") and match[0][-1:].isspace() else gap)


@lru_cache(maxsize=2000)
def symbol(name: str) -> str:
    """Return the characters that a command of text or maths stands for; "" where it stands for
    none, or is unknown."""
    # Imported where it is used: few listings are TeX.
    from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

    found = get_default_latex_context_db().get_macro_spec(name)
    shown = getattr(found, "simplify_repl", None)
    if not isinstance(shown, str) or "%" in shown:
        return ""
    return str(LatexNodes2Text().latex_to_text(f"\\{name}{{}}")).strip()
