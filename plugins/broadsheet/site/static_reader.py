"""Our reader of static pages, which replaces all of Pelican's.

It reads Markdown alone, by a parser with bounds, and only the metadata that pages may have.
Pelican's own readers of reStructuredText and HTML open whatever files and addresses a page names;
the plugin removes them, whatever the settings say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from markdown.extensions import Extension
from markdown.util import get_installed_extensions
from pelican.readers import BaseReader

from ..content.disk import SourceFile
from ..content.pages import static
from ..errors import BroadsheetError, ContentError, SettingsError, shown
from ..io import files
from ..text.bounded_markdown import Parser, deepest_line, page_html
from ..text.marked_formulas import Marked

PROBLEM = "broadsheet_problem"
"""The metadata under which a page that can't be read gives its BroadsheetError: Pelican would log
the error and go on."""

_OWN = "markdown.extensions."
_META = "meta"
_MOST_LINKS = 1_000  # that Pelican resolves, of one page
# An attribute in which Pelican knows a file by its place: {filename}about.md, {static}/images/x.
_PLACE = re.compile(r"""\s(?:href|src)=(["'])([{|][^"'<>\n]{1,300})\1""")
_RESOLVED = re.compile(r'<a href="([^"]*)"></a>')


class PageReader(BaseReader):  # type: ignore[misc]
    """Reads static pages."""

    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._parser: Parser | None = None

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """Return a page as Pelican wants it. Its HTML is kept aside; what Pelican gets as content
        are its links to files alone, since its own expressions take beyond linear time on HTML."""
        try:
            html, values = self._read(Path(source_path))
        except BroadsheetError as error:
            return "", {"title": "unreadable", "status": "skip", PROBLEM: error}
        places = dict.fromkeys(match[2] for match in _PLACE.finditer(html.text))
        content = "".join(f'<a href="{place}"></a>' for place in places)
        return content, {**values, "broadsheet_html": html, "broadsheet_places": tuple(places)}

    def _read(self, path: Path) -> tuple[Marked, dict[str, object]]:
        name = path.relative_to(self.settings["PATH"]).as_posix()
        try:
            text = SourceFile(name, files.read_regular(path)).text()
        except OSError as error:
            raise ContentError(f"can't be read: {error.strerror}", file=name) from error
        page = static.parse(text, file=name)
        if self._parser is None:
            self._parser = parser_of(self.settings["MARKDOWN"])
        html = html_of(self._parser, page, name)
        if len(_PLACE.findall(html.text)) > _MOST_LINKS:
            raise ContentError(
                f"a page with more than {_MOST_LINKS:,} links to files; expected fewer", file=name
            )
        return html, {**page.values}


def html_of(parser: Parser, page: static.StaticText, file: str) -> Marked:
    """Return a static page's Markdown as HTML with its formulas as marks, not sanitised yet. Raises
    ContentError with file and, where known, line."""
    try:
        return page_html(parser, page.body)
    except ContentError as error:
        line = deepest_line(page.body)
        error.line = None if line is None else page.line + line - 1
        raise error.at(file) from None


def links(page: Any, root: str) -> Mapping[str, str]:
    """Return the addresses, behind a root, of the files that a page links to, by what it calls
    them."""
    places: tuple[str, ...] = page.broadsheet_places
    found = _RESOLVED.findall(page.get_content(root)) if places else []
    if len(found) != len(places):
        raise ContentError(
            "a link to a file that can't be told from its surroundings; expected one such as "
            "{static}/images/x.png",
            file=page.get_relative_source_path(),
        )
    return {unescape(place): unescape(one) for place, one in zip(places, found, strict=True)}


def parser_of(settings: Mapping[str, Any]) -> Parser:
    """Return the parser that Pelican's setting MARKDOWN asks for. Raises SettingsError for an
    extension that is not Python-Markdown's own: others may read files or open addresses that a page
    names.

    Code is not coloured: colours are no HTML that is kept, and guessing languages takes long. The
    parser of the settings last asked for is kept, since a run asks for it before it reads and then
    again.
    """
    asked = repr(dict(settings))
    if asked not in _kept:
        made = _made(settings)
        _kept.clear()
        _kept[asked] = made
    return _kept[asked]


_kept: dict[str, Parser] = {}


def _made(settings: Mapping[str, Any]) -> Parser:
    configs = dict(settings.get("extension_configs") or {})
    names = [*configs, *(settings.get("extensions") or ())]
    wanted = [one for one in dict.fromkeys(names) if _short(one) != _META]
    for one in wanted:
        if isinstance(one, str) and _short(one) == "codehilite":
            configs[one] = {"use_pygments": False, "guess_lang": False}
    return Parser(wanted, {name: configs[name] for name in configs if _short(name) != _META})


def _short(extension: object) -> str:
    """Return an extension's name among Python-Markdown's own. Raises SettingsError for any
    other."""
    module = ""
    if isinstance(extension, Extension):
        module = type(extension).__module__
    elif isinstance(extension, str):
        module = extension.partition(":")[0]
        for entry in _installed(module):
            module = entry
    if not module.startswith(_OWN):
        raise SettingsError(
            f"MARKDOWN = ... {shown(extension)}: this is none of Python-Markdown's own extensions, "
            f"which alone are known to read no files; expected names such as {_OWN}toc"
        )
    return module.removeprefix(_OWN)


def _installed(name: str) -> Iterator[str]:
    """Yield the module of an extension by its short name ("toc")."""
    if "." not in name:
        yield from (one.module for one in get_installed_extensions() if one.name == name)
