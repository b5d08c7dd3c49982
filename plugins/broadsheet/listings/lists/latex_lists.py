"""LaTeX's lists (`\\item`) and bibliographies (`\\bibitem`) as lists in Markdown, each item in the
line where it starts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...tex import spans
from ...tex.accents import letters
from ...tex.prose import DROPPED
from ..untrusted.decoding import one_line
from .references import byline

_ITEM = re.compile(r"^[ \t]*\\item\b(?:[ \t]*\[([^\[\]\n]{0,300})\])?", re.M)
_REFERENCE = re.compile(r"\\bibitem\s*(?:\[[^\[\]]{0,300}\])?\s*\{[^{}]{0,200}\}")
_REFERENCES_END = "\\end{thebibliography}"
_BODY = re.compile(r"\\begin\s?\{document\}")
_HEADING = re.compile(
    r"[ \t]*\\(?:begin\s?\{frame\}|frametitle|title|date|(?:sub){0,2}section|chapter|part"
    r"|(?:sub)?paragraph)\*?"
    r"(?:\[[^\[\]]{0,200}\])?\{(.{1,500})\}[ \t]*"
)
_ENDS = re.compile(r"[ \t]*\\(?:begin|end)\s?\{[^{}]{1,40}\}.*")
_NEST = re.compile(r"\\(begin|end)\s?\{(?:itemize|enumerate|description|compactitem)\*?\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_BREAK = re.compile(r"\\\\\*?(?:\[[^\[\]]{0,20}\])?|\\(?:newline|par)(?![A-Za-z])")
_FORMULA = re.compile(r"\\\((.{1,500}?)\\\)")
_PLACE = re.compile(
    r"(\\href\s*\{[^{}]{0,2000}\}\s*\{|\\(?:url|path|nolinkurl)\s*\{[^{}]{0,2000}\}"
    r"|https?://[^\s{}\\]{4,2000})"
)
_ADDRESS = re.compile(r"\{([^{}]*)\}")
_LAYOUT = sorted(
    DROPPED | {"begin", "end", "textcolor", "setlength", "usepackage", "documentclass"}
)
_COMMAND = re.compile(
    rf"\\(?:{'|'.join(_LAYOUT)})\*?(?:\[[^\[\]{{}}]{{0,200}}\])?\{{[^{{}}]{{0,500}}\}}"
    r"|(?P<name>\\(?:LaTeX|TeX)(?![A-Za-z])(?:\{\})?)|(?P<bold>\\textbf\s?\{|\{\s?\\(?:bf|bfseries)(?![A-Za-z])\s?)"
    r"|(?P<other>\\[A-Za-z]+\*?\s?\{|\{\s?\\[A-Za-z]+\s?|\{)|(?P<close>\})"
    r"|\\[A-Za-z]+\s?|\\(?P<sign>.)"
)
_EMPHASIS = re.compile(r"\\(?:emph|textit|textsl)\s?\{|\{\s?\\(?:em|it|sl)(?![A-Za-z])\s?")
_DEEPEST = 6


def is_bibliography(text: str) -> bool:
    """Return whether a text has LaTeX's items of a bibliography."""
    return "\\bibitem" in text and _REFERENCE.search(text) is not None


def bibliography(text: str) -> str:
    """Return LaTeX's bibliography as a list, each item in the line where it starts."""
    made: list[str] = []
    start = 0
    items = [*_REFERENCE.finditer(text)]
    for n, item in enumerate(items):
        end = items[n + 1].start() if n + 1 < len(items) else len(text)
        made += [""] * (text.count("\n", start, item.start()) - (1 if made else 0))
        made.append("- " + _reference(text[item.end() : end].partition(_REFERENCES_END)[0]))
        start = item.start()
    return "\n".join(made)


def _reference(text: str) -> str:
    """Return an item in one line; of blocks the first has its authors and the second its title."""
    parts = [_markdown(part).replace("**", "") for part in text.split("\\newblock")]
    blocks = [part for part in parts if part]
    if len(parts) == 1 and (titled := _titled(text)) != text:
        return _markdown(titled)
    if len(blocks) < 2 or "\u201c" in blocks[0] + blocks[1]:
        return " ".join(blocks)
    authors, title, *rest = blocks
    after = " ".join(rest).strip(" .")
    mark = " " if after.startswith(("[", "http")) else ". "
    return (
        f"\u201c{title.rstrip('.,')}\u201d by {authors.rstrip('.')}{mark if after else ''}{after}"
    )


def has_items(text: str) -> bool:
    """Return whether a text is LaTeX with items of lists."""
    if "\\item" not in text or _ITEM.search(text) is None:
        return False
    return text.lstrip().startswith("\\") or _NEST.search(text) is not None


def as_list(text: str) -> str:
    """Return a text with LaTeX's lists in Markdown, without what stands above the document."""
    if body := _BODY.search(text):
        above = text[: body.start()].split("\n")
        rows = [row if _HEADING.fullmatch(row) else "" for row in above]
        text = "\n".join(rows) + text[body.end() :]
    return "\n".join(_rows(text))


def _rows(text: str) -> Iterator[str]:
    """Yield a row for each line: what an item says stands in its first."""
    depth = 0
    item: list[str] = []  # the lines of the item that is open
    margin = ""
    for line in [*text.split("\n"), "\\end{document}"]:
        row = _COMMENT.sub("", line) if "%" in line and "://" not in line else line
        begins = _ITEM.match(row)
        ends = begins is not None or _ENDS.fullmatch(row) is not None
        heading = _HEADING.fullmatch(row)
        if item and (ends or heading):
            yield margin + _item("\n".join(item))
            yield from [""] * (len(item) - 1)
            item = []
        for nest in _NEST.finditer(row):
            depth = min(_DEEPEST, max(0, depth + (1 if nest[1] == "begin" else -1)))
        if begins:
            margin = "  " * max(0, depth - 1) + "- "
            named = f"{begins[1]} " if begins[1] else ""
            item = [named + row[begins.end() :]]
        elif item:
            item.append(row)
        elif heading:
            yield f"# {_markdown(heading[1]).replace('**', '')}"
        elif ends:
            yield ""
        else:
            yield _markdown(row)


def _item(text: str) -> str:
    """Return an item in one line, its lines and paragraphs parted by marks of line breaks; what
    stands in a line above others is its title."""
    lines = [one for part in re.split(r"\n[ \t]*\n", _titled(text)) for one in _BREAK.split(part)]
    made = [said for line in lines if (said := _markdown(line))]
    if len(made) > 1 and not ("**" in made[0] or "](" in made[0]):
        made[0] = f"**{made[0]}**"
    return "<br>".join(made)


def _titled(text: str) -> str:
    """Return an item whose emphasised words behind its authors are bold: its title."""
    found = _EMPHASIS.search(text)
    if found is None or byline(_markdown(text[: found.start()])) is None:
        return text
    return f"{text[: found.start()]}\\textbf{{{text[found.end() :]}"


def _markdown(text: str) -> str:
    """Return LaTeX as Markdown in one line: links, bold words, and formulas between dollars."""
    made: list[str] = []
    closing: list[str] = []  # what stands for the braces that are open
    for span in spans(_FORMULA.sub(lambda found: f"${found[1]}$", text)):
        if span.math:
            made.append(f"${' '.join(span.text.split())}$")
            continue
        for n, part in enumerate(_PLACE.split(span.text)):
            if n % 2 == 0:
                made += _words(part, closing)
            elif part.startswith("http"):
                made.append(part)
            elif address := _ADDRESS.search(part):
                place = re.sub(r"\\([%#_&~])", r"\1", address[1]).strip()
                link = part.startswith("\\href")
                made.append("[" if link else place)
                closing += [f"]({place})"] if link else []
    made += reversed(closing)
    return one_line("".join(made))


def _words(text: str, closing: list[str]) -> Iterator[str]:
    """Yield prose without its commands, as which braces open and close."""
    text = letters(text).replace("``", "\u201c").replace("''", "\u201d")
    text = re.sub(r"(?<!\\)~", " ", text).replace("---", "\u2014").replace("--", "\u2013")
    at = 0
    for found in _COMMAND.finditer(text):
        yield text[at : found.start()]
        at = found.end()
        if found["bold"] or found["other"]:
            closing.append("**" if found["bold"] else "")
            yield closing[-1]
        elif found["close"]:
            yield closing.pop() if closing else ""
        elif found["name"]:
            yield found["name"].strip("\\{}")
        elif found["sign"]:
            yield found["sign"]
    yield text[at:]
