"""What markup around a few signs means in plain words: indices and exponents, formulas in TeX."""

from __future__ import annotations

import re

from ..untrusted.decoding import one_line

_PLAIN = "0123456789+-=()"
_SUBSCRIPTS = str.maketrans(_PLAIN + "aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SUPERSCRIPTS = str.maketrans(_PLAIN + "n−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻")
# Publishers set a formula as a document of its own.
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)
_DELIMITED = re.compile(r"(\${1,2}|\\\(|\\\[)(.*?)(?:\${1,2}|\\\)|\\\])\Z", re.S)


def subscript(text: str) -> str:
    """Return an index as Unicode has it, else as its words."""
    return _script(text, _SUBSCRIPTS)


def superscript(text: str) -> str:
    """Return an exponent as Unicode has it, else as its words."""
    return _script(text, _SUPERSCRIPTS)


def _script(text: str, table: dict[int, int]) -> str:
    signs = text.strip()
    return signs.translate(table) if all(ord(sign) in table for sign in signs) else text


def formula(tex: str) -> str:
    """Return a formula in TeX, whatever delimiters or document it comes in, between dollars."""
    inner = document[1] if (document := _DOCUMENT.search(tex)) else tex
    inner = one_line(inner)
    if delimited := _DELIMITED.match(inner):
        inner = delimited[2].strip()
    return f"${inner}$" if inner and "$" not in inner else inner
