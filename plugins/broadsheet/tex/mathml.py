"""TeX formulas as MathML Core, for a page under a strict Content-Security-Policy.

math-core converts; this module checks its input (no macros, bounded nesting, since formulas are
untrusted) and its output (elements and attributes of a short list, no style, class, id or link).
The TeX goes along as an annotation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree as ET

import math_core

from .bounds import DEEPEST, UNCLOSED, essential, sound, unclosed
from .fused import parted

ELEMENTS = frozenset({
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot",
    "mstyle", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover",
    "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "semantics", "annotation",
})  # fmt: skip
# displaystyle and scriptlevel stand on these alone, as MathML 3 has it; Core has them anywhere.
STYLED = frozenset({"math", "mstyle", "mtable"})
_STYLES = ("displaystyle", "scriptlevel")
TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})  # these hold text and no elements
# MathML Core's, without those that carry style, script, links or names.
ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnspan", "depth", "display", "displaystyle", "encoding",
    "form", "height", "largeop", "linethickness", "lspace", "maxsize", "minsize",
    "movablelimits", "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric",
    "voffset", "width", "fence",
})  # fmt: skip
# What authors write that the converter doesn't know, in words that it does.
ALIASES = {
    "widetilde": "\\tilde", "mbox": "\\text", "hbox": "\\text", "dotsc": "\\ldots",
    "dotso": "\\ldots", "Bar": "\\bar", "Hat": "\\hat", "Tilde": "\\tilde", "Vec": "\\vec",
    "argmax": "\\operatorname*{arg\\,max}", "argmin": "\\operatorname*{arg\\,min}",
    "mathds": "\\mathbb", "mathbbm": "\\mathbb", "textsc": "\\text", "smash": "", "xspace": "",
    "small": "", "tiny": "", "footnotesize": "", "scriptsize": "", "normalsize": "", "large": "",
    "upmu": "\\mu", "textmu": "\\mu", "degree": "{}^\\circ", "textdegree": "{}^\\circ",
    "texttimes": "\\times", "textpm": "\\pm", "emph": "\\textit", "uline": "\\underline",
    "textsl": "\\textit", "textup": "\\text", "textmd": "\\text", "em": "\\it", "sl": "\\it",
    "sc": "\\rm", "noindent": "", "centering": "", "db": "\\text{dB}", "leqno": "",
    "ensuremath": "", "nicefrac": "\\tfrac", "sfrac": "\\tfrac", "SI": "", "si": "",
    "colon": "{:}\\;", "textsuperscript": "{}^", "textsubscript": "{}_", "ce": "\\mathrm",
    "varprojlim": "\\operatorname*{proj\\,lim}", "varinjlim": "\\operatorname*{inj\\,lim}",
}  # fmt: skip

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_STACK = re.compile(r"\\substack\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_UNICODE = re.compile(r"\\unicode\s*\{(?:x|U\+)?([0-9A-Fa-f]{2,5})\}")
_TEXT = re.compile(r"\\text[a-z]{0,2}\s*\{[^{}$]*\}")
_LOW_LINE = re.compile(r"(?<!\\)_")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)([%#])")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9A-Fa-f]+);)(\w+;)")
_SELECTORS = re.compile("[\ufe00-\ufe0f]")

_UNKNOWN = "Unknown command"  # as the converter's error says
_MACRO = re.compile(r"\\\\|\\([A-Za-z]+)(?:\{([^{}]*)\}(?:\{([^{}]*)\})?)?")

_converter = math_core.LatexToMathML(fancy_error=False)


@lru_cache(maxsize=1 << 14)
def mathml(tex: str, display: bool = False) -> str | None:
    """Return the formula as a `<math>` element for HTML, or None where it can't be converted.

    The text of `annotation` is the TeX, escaped.
    """
    bare = essential(tex)
    if not sound(bare):
        return None
    prepared = _prepared(bare)
    if unclosed(prepared) > UNCLOSED:
        return None
    root = _converted(prepared, display)
    clean = None if root is None else _cleaned(root)
    if clean is None:
        return None
    body = clean[0] if len(clean) == 1 else _row(clean)
    out = ET.Element("math", {"display": "block"} if display else {})
    semantics = ET.SubElement(out, "semantics")
    semantics.append(body)
    note = ET.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    note.text = tex
    return ET.tostring(out, encoding="unicode", short_empty_elements=False)


def unknown(tex: str) -> str:
    """Return the first command of a formula that isn't known, whose name is shown in its place; ""
    where all are."""
    found = _MACRO.finditer(re.sub(r"\{|\}", " ", _prepared(essential(tex))))
    return next((m[1] for m in found if m[1] and not _known(m[1])), "")


def _converted(prepared: str, display: bool) -> ET.Element | None:
    """Return the converter's MathML; None where it finds an error. Commands that it doesn't know,
    mostly their authors' own, are read as names."""
    try:
        try:
            raw = _converter.convert_with_local_state(prepared, displaystyle=display)
        except math_core.LatexError as error:
            if _UNKNOWN not in str(error):
                return None
            named = _MACRO.sub(_named, prepared)
            if unclosed(named) > UNCLOSED:
                return None
            raw = _converter.convert_with_local_state(named, displaystyle=display)
        return ET.fromstring(_ENTITY.sub(lambda m: unescape(m[0]), raw))
    except (math_core.LatexError, ET.ParseError, ValueError):
        return None


def _named(m: re.Match[str]) -> str:
    """Return an unknown command as what it says: `\\betaU` is a letter and a variable, `\\bigO{n}`
    a function's name and what it is of, `\\R` a letter; another command as it stands."""
    name = m[1]
    if name is None:  # the end of a row
        return m[0]
    arguments = [
        _MACRO.sub(_named, argument) for argument in m.groups()[1:] if argument is not None
    ]
    rest = "".join(f"{{{argument}}}" for argument in arguments)
    if _known(name):
        return f"\\{name}{rest}"
    if apart := parted(name):
        return f"\\{apart[0]} {apart[1]}{rest}"
    if len(name) == 1:
        return f"{{{name}}}{rest}"
    applied = ", ".join(arguments)
    return f"\\operatorname{{{name}}}" + (f"({{{applied}}})" if rest else "")


@lru_cache(maxsize=1 << 12)
def _known(name: str) -> bool:
    """Return whether the converter knows a command, with or without an argument."""
    try:
        _converter.convert_with_local_state(f"\\{name}", displaystyle=False)
    except math_core.LatexError as error:
        return _UNKNOWN not in str(error)
    return True


def _prepared(tex: str) -> str:
    tex = _STACK.sub(r"{\\begin{matrix}\1\\end{matrix}}", tex)
    tex = _UNICODE.sub(_character, tex)
    tex = _TEXT.sub(lambda m: _LOW_LINE.sub(r"\\_", m[0]), tex)
    tex = _COMMENT.sub(r"\1\\\2", tex)  # no comments in a formula of one line
    tex = _COMMAND.sub(lambda m: _alias(m, tex), tex)
    return tex if "\\begin" in tex else re.sub(r"(?<!\\)&", r"\\&", tex)


def _alias(m: re.Match[str], tex: str) -> str:
    if m[1] not in ALIASES:
        return m[0]
    alias = ALIASES[m[1]]
    letter = tex[m.end() : m.end() + 1]
    return alias + (" " if letter.isalpha() and alias[-1:].isalpha() else "")


def _character(m: re.Match[str]) -> str:
    code = int(m[1], 16)
    return (
        f"\\text{{{chr(code)}}}" if 0xA0 <= code < 0x30000 and not 0xD800 <= code < 0xE000 else ""
    )


def _cleaned(root: ET.Element) -> ET.Element | None:
    """Return the tree with nothing in it but what ELEMENTS and ATTRIBUTES name; None if it is too
    deep."""
    stack = [(root, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > 3 * DEEPEST:
            return None
        if element.tag not in ELEMENTS:
            element.tag = "mrow"
        if element.tag in TOKENS and len(element):  # \textit sets HTML within the text
            element.text = "".join(element.itertext())
            del element[:]
        normal = element.tag == "mi" and element.get("mathvariant") == "normal"
        kept = {k: v for k, v in element.attrib.items() if k in ATTRIBUTES}
        element.attrib.clear()
        element.attrib.update(kept | ({"mathvariant": "normal"} if normal else {}))
        if element.tag == "mover" and len(element) == 2 and element[1].text == "\u20d7":
            # an arrow in small: above a letter, the combining one stands beside it in some fonts
            element[1].text = "\u2192"
            element.attrib.pop("accent", None)
        # a low line drawn above: the overline proper stretches in more fonts
        text = _SELECTORS.sub("", element.text or "")
        element.text = "\u203e" if text == "\u0332" and element.tag == "mo" else text or None
        for at, child in enumerate(element):
            stack.append((child, depth + 1))
            if child.tag not in STYLED:
                element[at] = _styled(child)
    return root


def _styled(element: ET.Element) -> ET.Element:
    """Return an element in an mstyle that says how it is set; itself where it says nothing."""
    style = {k: element.attrib.pop(k) for k in _STYLES if k in element.attrib}
    if not style:
        return element
    around = ET.Element("mstyle", style)
    around.append(element)
    return around


def _row(parts: ET.Element) -> ET.Element:
    row = ET.Element("mrow")
    row.extend(list(parts))
    return row
