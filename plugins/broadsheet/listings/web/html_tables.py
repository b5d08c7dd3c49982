"""Tables of saved pages whose header names their columns, as rows of a table in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..fields.markup_words import subscript, superscript
from ..lists.list_columns import column
from ..untrusted.decoding import one_line
from ..untrusted.html_tree import Element, attribute

_MOST_SPANNED = 200  # rows over which a cell may go
_MOST_CELLS = 60
_MOST_CARRIED = 8  # characters that cells over rows add for each that a table has
_MOST_HEADS = 4  # rows that a header has
_SCRIPTS = {"sub": subscript, "sup": superscript}
_MARKS = re.compile(r"[\d,*†‡§¶#a-z\s]{1,12}")  # that point from a name to an affiliation


def rows_of(
    table: Element, link: Callable[[Element], str], left: list[str] | None = None
) -> list[str] | None:
    """Return the lines of a table; None where its header names no titles, or it lays out a page
    (holds other tables). A cell that goes over several rows is one of each, as long as that adds no
    more than some times what the table has; of a header in several rows each column has the name
    that stands lowest. What cells beyond a row's sixtieth say is added to `left`."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows = list(table.iter("tr"))
    heads = _heads(rows)
    if not heads or any(head.find(".//a") is not None for head in heads):
        return None
    names = _named(list(_grid(heads, link, [])))
    kinds = [column(name) for name in names]
    if not {"title", "paper"} & set(kinds) or sum(map(bool, kinds)) < 2:
        return None
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    for cells in _grid(rows[len(heads) :], link, [] if left is None else left):
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _heads(rows: list[Element]) -> list[Element]:
    """Return the rows of a table's header: the first, and those below it of headings alone."""
    heads = rows[:1]
    for row in rows[1:_MOST_HEADS]:
        cells = _cells(row)
        if not (cells and all(cell.tag == "th" for cell in (*cells, *_cells(rows[0])))):
            break
        heads.append(row)
    return heads


def _named(heads: list[list[str]]) -> list[str]:
    """Return the names of columns: what stands lowest above each."""
    width = max(map(len, heads), default=0)
    above = [[row[n] for row in heads if n < len(row) and row[n]] for n in range(width)]
    return [one[-1] if one else "" for one in above]


def _grid(
    rows: list[Element], link: Callable[[Element], str], left: list[str]
) -> Iterator[list[str]]:
    """Yield the cells of rows, those that go over several rows or columns in each."""
    spanned: dict[int, tuple[int, str]] = {}  # cells of rows above: for how many more, and what
    own = carried = 0  # characters
    for row in rows:
        every = _cells(row)
        left += filter(None, (_text(cell, link) for cell in every[_MOST_CELLS:]))
        given = iter([(cell, _text(cell, link)) for cell in every[:_MOST_CELLS]])
        cells: list[str] = []
        while len(cells) < _MOST_CELLS:
            if (above := spanned.get(len(cells))) and above[0]:
                spanned[len(cells)] = (above[0] - 1, above[1])
                carried += len(above[1]) + 1
                cells.append(above[1] if carried <= _MOST_CARRIED * own else "")
                continue
            if (found := next(given, None)) is None:
                break
            cell, text = found
            own += len(text) + 1
            over = _span(cell, "rowspan", _MOST_SPANNED)
            for n in range(min(_span(cell, "colspan", _MOST_CELLS), _MOST_CELLS - len(cells))):
                said = text if n == 0 else ""
                if over > 1:
                    spanned[len(cells)] = (over - 1, said)
                cells.append(said)
        yield cells


def _span(cell: Element, name: str, most: int) -> int:
    """Return over how many rows or columns a cell goes; 1 where it says none that make sense."""
    said = attribute(cell, name)
    number = int(said[:6]) if said.isdecimal() else 1
    return number if 1 < number <= most else 1


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
        elif node.tag in _SCRIPTS:
            words.append(script(node))
        elif node.tag not in ("script", "style"):
            words.append(" " if node.tag in ("br", "p", "div", "li") else "")
            waiting.extend(reversed(node))
            words.append(node.text or "")
    return one_line("".join(words)).replace("|", "\\|")


def script(element: Element) -> str:
    """Return an index or exponent as Unicode has it; as one are set what points from a name to an
    affiliation or a note."""
    text = "".join(element.itertext())
    if element.tag == "sup" and "," in text and _MARKS.fullmatch(text):
        return " ".join(filter(None, map(superscript, re.split(r"[,\s]+", text))))
    return _SCRIPTS[str(element.tag)](text)
