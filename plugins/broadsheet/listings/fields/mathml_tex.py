"""Formulas in MathML, as publishers' abstracts hold them, as TeX.

What has no indices, fractions or roots is plain words. Linear in the formula's size; what is nested
deeper than 40 elements leaves its words.
"""

from __future__ import annotations

from ..untrusted.decoding import one_line
from ..untrusted.xml_tree import Element, local_name, text_of

_DEEPEST = 40
_SIGNS = str.maketrans(dict.fromkeys("\\{}$^_&#%~"))  # what TeX would read
_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
# How the children of an element are set: "{0}" the first.
_FORMS = {
    "msub": "{0}_{{{1}}}",
    "msup": "{0}^{{{1}}}",
    "msubsup": "{0}_{{{1}}}^{{{2}}}",
    "munder": "\\underset{{{1}}}{{{0}}}",
    "mover": "\\overset{{{1}}}{{{0}}}",
    "munderover": "{0}_{{{1}}}^{{{2}}}",
    "mfrac": "\\frac{{{0}}}{{{1}}}",
    "mroot": "\\sqrt[{1}]{{{0}}}",
}


def tex_of(math: Element) -> str:
    """Return a formula as TeX between dollars, or as its words where these say all."""
    for note in math.iter():
        if local_name(note) == "annotation" and "tex" in (note.get("encoding") or "").lower():
            said = one_line(text_of(note)).strip("$ ")
            if said and "$" not in said:
                return f"${said}$"
    if not any(local_name(one) in _FORMS or local_name(one) == "msqrt" for one in math.iter()):
        return one_line(text_of(math))
    return f"${one_line(_row(list(math), _DEEPEST))}$"


def _row(elements: list[Element], depth: int) -> str:
    return "".join(_set(one, depth) for one in elements if isinstance(one.tag, str))


def _set(element: Element, depth: int) -> str:
    name = local_name(element)
    if not depth or name in _TOKENS:
        return _token(name, one_line(text_of(element).translate(_SIGNS)))
    if name == "mspace":
        return " "
    if name == "annotation":
        return ""
    inner = [one for one in element if isinstance(one.tag, str)]
    if name == "msqrt":
        return f"\\sqrt{{{_row(inner, depth - 1)}}}"
    if name == "mfenced":
        parts = ",".join(_set(one, depth - 1) for one in inner)
        return f"({parts})"
    form = _FORMS.get(name)
    if form is None or len(inner) != (3 if "{2}" in form else 2):
        return _row(inner, depth - 1)
    base, *rest = (_set(one, depth - 1) for one in inner)
    if local_name(inner[0]) not in _TOKENS and form.startswith("{0}"):
        base = f"{{{base}}}"
    return form.format(base, *rest)


def _token(name: str, text: str) -> str:
    if name == "mtext":
        return f"\\text{{{text}}}" if text else ""
    if name == "mi" and len(text) > 1:
        return f"\\mathrm{{{text}}}"
    return f" {text} " if name == "mo" and text and text in "=<>≤≥≈∼≃≪≫→±×∈" else text
