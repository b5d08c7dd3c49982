"""The messages of the interface, gathered from its sources: templates, Python and scripts.

    python -m tests.locale.sources

writes the list that translators begin with (messages.pot), and brings every message file in line
with it: new messages are empty there, and those that are gone are removed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import InternationalizationExtension, extract_from_ast

from broadsheet.render.translated import Translated

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "broadsheet"
THEME = ROOT / "theme"
FOLDER = PACKAGE / "locale" / "messages"
_COUNTED = (1, 2)
_KEYWORDS: dict[str, Any] = {
    "gettext": None, "ngettext": _COUNTED, "counted": _COUNTED, "BadQuery": None,
}  # fmt: skip

_SAYS = re.compile(rb"\b(?:%s)\s*[(`]" % "|".join(_KEYWORDS).encode())

Message = tuple[str, str | tuple[str, str]]
"""A source file, and a message in it: singular and plural where it counts."""


class Sources(Translated):
    """Leaves messages as calls, which can be gathered."""

    _make_node = InternationalizationExtension._make_node  # type: ignore[assignment]


def environment(*extensions: type) -> Environment:
    """Return an environment whose templates keep their messages."""
    made = Environment(
        trim_blocks=True, lstrip_blocks=True, autoescape=True, extensions=[*extensions, Sources]
    )
    made.extend(newstyle_gettext=True)
    return made


def of_templates(*extensions: type) -> Iterator[Message]:
    """Yield the messages of all templates."""
    parser = environment(*extensions)
    for path in sorted((THEME / "templates").rglob("*.html")):
        name = path.relative_to(ROOT).as_posix()
        parsed = parser.parse(path.read_text("utf-8"), path.name)
        for _, called, said in extract_from_ast(parsed, ("_", "_n", "gettext", "ngettext")):
            if isinstance(said, tuple):
                if said[0]:
                    yield (
                        name,
                        (said[0], said[1] or "") if called in ("_n", "ngettext") else said[0],
                    )
            elif said:
                yield name, said


def _of_code(pattern: Path, end: str, method: str) -> Iterator[Message]:
    for path in sorted(pattern.rglob(f"*{end}")):
        if "/vendor/" in path.as_posix() or path.is_relative_to(PACKAGE / "locale"):
            continue
        name = path.relative_to(ROOT).as_posix()
        data = path.read_bytes()
        if not _SAYS.search(data):
            continue  # to take a file apart takes long, and few say something
        for _, said, _, _ in extract(
            method, io.BytesIO(data), keywords=_KEYWORDS, options={"parse_template_string": True}
        ):
            yield name, (said[0], said[1]) if isinstance(said, tuple) else said


@cache
def messages() -> tuple[Message, ...]:
    """Return all messages of the interface, gathered once in a process."""
    return tuple(_messages())


def _messages() -> Iterator[Message]:
    yield from of_templates()
    yield from _of_code(PACKAGE, ".py", "python")
    words = PACKAGE / "locale" / "words.py"
    for _, said, _, _ in extract("python", io.BytesIO(words.read_bytes()), keywords=_KEYWORDS):
        if isinstance(said, str) and not said.startswith("%(name)s, day"):
            yield words.relative_to(ROOT).as_posix(), said
    yield from _of_code(THEME / "static" / "js", ".js", "javascript")


def catalogue() -> Catalog:
    """Return all messages as a catalogue without translations. Raises ValueError where a message
    counts in one place and not in another, or has two plurals."""
    found = Catalog(project="Broadsheet", charset="utf-8", fuzzy=False)
    for name, said in messages():
        known = found.get(said if isinstance(said, str) else said[0])
        if known is not None and known.id != said:
            raise ValueError(f"{name}: {said!r} is {known.id!r} elsewhere")
        found.add(said, locations=[(name, 1)])
    return found


def written(made: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file: without dates and line numbers, which change
    with every edit."""
    data = io.BytesIO()
    write_po(data, made, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True,
             sort_output=True)  # fmt: skip
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    if made.locale is not None:
        head += f'"Language: {made.locale}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n'
    return head.encode() + b"\n" + data.getvalue()


def main() -> None:
    """Write messages.pot, and every message file anew."""
    template = catalogue()
    (FOLDER / "messages.pot").write_bytes(written(template))
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            known = read_po(file, locale=path.stem)
        known.update(template, no_fuzzy_matching=True)
        path.write_bytes(written(known))


if __name__ == "__main__":
    main()
