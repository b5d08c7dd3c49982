"""Web addresses in abstracts, and the TeX or its remains around them, as Markdown.

`\\href{ADDRESS}{text}` arrives from a listing as `ADDRESS{text}`, `\\url{ADDRESS}` as
`url{ADDRESS}` or bare. Only http and https addresses become links.
"""

from __future__ import annotations

import re

# An address ends before what TeX, Markdown or a sentence put behind it.
_CHARACTERS = r"[^\s{}<>\"“”|\\^`$]"
_REMAINS = re.compile(
    rf"""
    (?P<tie>~)?
    (?: \\?(?:url|path|nolinkurl)\s?\{{\s?(?P<url>https?://(?:{_CHARACTERS}|\\[_#%&~])+)\s?\}}
      | \\href\s?\{{\s?(?P<href>https?://[^\s{{}}<>"`]+)\s?\}}\s?\{{(?P<label>(?:[^{{}}]|\{{[^{{}}]{{0,200}}\}}){{0,300}})\}}
      | (?P<bare>https?://(?:{_CHARACTERS}|\\[_#%&~])+)(?:\{{(?P<name>(?:[^{{}}]|\{{[^{{}}]{{0,200}}\}}){{0,300}})\}})?
    )
    """,
    re.X,
)
_STOP = re.compile(r"[.,;:!?]+$")


def _same(label: str, address: str) -> bool:
    """Return whether a label only repeats its address."""

    def bare(text: str) -> str:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip()).rstrip("/.").lower()

    return bare(label) == bare(address)


def _link(address: str, label: str | None) -> str:
    address = re.sub(r"\\([_#%&~])", r"\1", address)
    if label is None:
        return address
    label = re.sub(r"\\?[A-Za-z]+\s*\{([^{}]*)\}", r"\1", " ".join(label.split()))
    label = re.sub(r"\\([_#%&~$])", r"\1", label).replace("\\", "")
    stop = _STOP.search(label)
    tail = stop.group() if stop else ""
    label = label.removesuffix(tail) if tail else label
    if not label or _same(label, address) or re.match(r"https?://", label):
        return address + tail
    label = label.replace("[", "\\[").replace("]", "\\]")
    address = address.replace("(", "%28").replace(")", "%29")
    return f"[{label}]({address}){tail}"


def split(text: str) -> list[tuple[str, bool]]:
    """Return `text` in pieces: (piece, whether it is a finished link or address)."""
    if "http" not in text:
        return [(text, False)]
    out: list[tuple[str, bool]] = []
    done = 0
    for m in _REMAINS.finditer(text):
        before = text[done : m.start()]
        # a footnote's address, or a tie's, runs into the word before it
        space = " " if m["tie"] or (before[-1:].isalpha() and m["bare"]) else ""
        if before or space:
            out.append((before + space, False))
        if m["url"]:
            out.append((_link(m["url"], None), True))
        elif m["href"]:
            out.append((_link(m["href"], m["label"]), True))
        else:
            out.append((_link(m["bare"], m["name"]), True))
        done = m.end()
    out.append((text[done:], False))
    return out
