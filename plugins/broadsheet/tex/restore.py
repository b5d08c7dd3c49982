"""From an abstract as a listing shows it, or as its authors wrote it, to Markdown."""

from __future__ import annotations

from broadsheet.tex import formula, links, prose
from broadsheet.tex.spans import spans


def restore(text: str, tex: bool = False) -> str:
    """`text` as Markdown whose maths stands as TeX between single dollar signs.

    `tex` says that the text is as its authors wrote it, with dollars and backslashes (arXiv's own).
    Otherwise it is as Hugging Face shows it, which drops both, and the formulas are found again.
    Text without any TeX comes back unchanged.
    """
    if tex:
        return markdown(text)
    pieces = [
        (piece if is_link else prose.plain_commands(piece), is_link)
        for piece, is_link in links.split(prose.quotes(text))
    ]
    first = [None if is_link else formula.mend(piece) for piece, is_link in pieces]
    known = formula.together(m for m in first if m is not None)
    out = []
    for (piece, _), mended in zip(pieces, first, strict=True):
        if mended is None:
            out.append(piece)
        elif known.proves():
            out.append(formula.mend(piece, known).text)
        else:
            out.append(mended.text)
    return "".join(out)


def markdown(text: str) -> str:
    """An author's own text as Markdown: maths kept, text-mode TeX made Markdown."""
    out = []
    for span in spans(text):
        if span.math:
            out.append(f"${span.text}$")
        else:
            out += [
                piece if is_link else prose.plain_commands(piece)
                for piece, is_link in links.split(prose.quotes(span.text))
            ]
    return "".join(out)
