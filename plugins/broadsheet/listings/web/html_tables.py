"""Tables of saved pages whose header names their columns, as rows of a table in Markdown."""

from __future__ import annotations

from collections.abc import Callable

from ..lists.list_columns import column
from ..untrusted.decoding import one_line
from ..untrusted.html_tree import Element, attribute

_MOST_SPANNED = 200  # rows over which a cell may go
_MOST_CELLS = 60
_MOST_REPEATED = 4  # times the characters of a table so far, in cells of rows above


def rows_of(table: Element, link: Callable[[Element], str]) -> list[str] | None:
    """Return the lines of a table; None where its first row names no titles, or it lays out a page
    (holds other tables). A cell that goes over several rows is one of each."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    first = next(table.iter("tr"), None)
    if first is None or first.find(".//a") is not None:
        return None
    kinds = [column(one_line("".join(cell.itertext()))) for cell in _cells(first)]
    if not {"title", "paper"} & set(kinds) or sum(map(bool, kinds)) < 2:
        return None
    lines: list[str] = []
    spanned: dict[int, tuple[int, str]] = {}  # cells of rows above: for how many more, and what
    room = 0  # for characters of these
    for row in table.iter("tr"):
        given = iter([(cell, _text(cell, link)) for cell in _cells(row)][:_MOST_CELLS])
        cells: list[str] = []
        while len(cells) < _MOST_CELLS:
            if (above := spanned.get(len(cells))) and above[0]:
                spanned[len(cells)] = (above[0] - 1, above[1])
                room -= len(above[1])
                cells.append(above[1] if room >= 0 else "")
                continue
            if (found := next(given, None)) is None:
                break
            cell, text = found
            room += _MOST_REPEATED * len(text)
            over = attribute(cell, "rowspan")
            if over.isdecimal() and 1 < int(over[:6]) <= _MOST_SPANNED:
                spanned[len(cells)] = (int(over[:6]) - 1, text)
            cells.append(text)
        lines.append(f"| {' | '.join(cells)} |")
        if len(lines) == 1:
            lines.append(f"|{' --- |' * len(cells)}")
    return lines


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _text(cell: Element, link: Callable[[Element], str]) -> str:
    words: list[str] = [cell.text or ""]
    waiting = list(reversed(cell))
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            words.append(node)
            continue
        waiting.append(node.tail or "")
        if node.tag == "a":
            words.append(link(node))
        elif node.tag not in ("script", "style"):
            words.append(" " if node.tag in ("br", "p", "div", "li") else "")
            waiting.extend(reversed(node))
            words.append(node.text or "")
    return one_line("".join(words)).replace("|", "\\|")
