"""The theme's templates: found as Pelican finds them, rendered with autoescape, and fingerprinted
with all that they extend, include or import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    Template,
    TemplateError,
    TemplateNotFound,
    meta,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from ..errors import SiteError
from ..incremental.plan import File, fingerprint
from ..io.cache import Store, code_fingerprint
from ..io.settings import Settings
from ..urls import file_of, relative_root
from .environment import ReadOnce
from .environment import environment_fingerprint as environment_fingerprint
from .markdown import rooted
from .minify import Minify
from .views import HeadView, SiteView, TitleRow

ROW = "partials/title_row.html"


_REFERENCES = "references"
_ANY = ""  # the name of a template that is not known before it is rendered


class QuickTemplate(Template):
    """A template that escapes faster, and prints the same.

    A compiled template runs all that it prints through MarkupSafe's `escape`, which makes a Markup
    object of each text, two million for 10,000 papers, only to join them. Most texts hold nothing
    to escape and may be printed as they are.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """As Jinja does it (called by its loaders), with `_escaped` in the place of `escape`."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


_UNSAFE = re.compile("[&<>'\"]").search


def _escaped(value: object) -> str:
    """A value as it is printed: the same characters as `escape` gives."""
    kind = type(value)
    if kind is Markup or (kind is str and not _UNSAFE(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


_COMPILED: dict[tuple[str, ...], CodeType] = {}


class _Compiled(BytecodeCache):
    """Compiled templates of this process, by their texts and a stamp of what else they are made of:
    `serve` compiles them once. They are never kept on disk, since whoever reads code from there
    runs it."""

    def __init__(self, stamp: str) -> None:
        self._stamp = stamp

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get((self._stamp, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _COMPILED[self._stamp, bucket.key, bucket.checksum] = bucket.code


def _makers(environment: Environment) -> str | None:
    """A hash of what compiled templates depend on beside their texts; None where that can't be
    told, as with filters of the settings' own, which may be called while a template is compiled."""
    called = (*environment.filters.values(), *environment.tests.values())
    known = all(getattr(one, "func", one).__module__ in _KNOWN for one in called)
    if not known or environment.extensions.keys() - {Minify.identifier} or environment.finalize:
        return None
    syntax = [getattr(environment, name) for name in _SYNTAX]
    return fingerprint(code_fingerprint(), version("pelican"), syntax)


_KNOWN = ("jinja2.filters", "jinja2.tests", "markupsafe", "builtins", "_operator",
          "pelican.utils", "pelican.plugins._utils")  # fmt: skip
_SYNTAX = ("block_start_string", "block_end_string", "variable_start_string",
           "variable_end_string", "comment_start_string", "comment_end_string",
           "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
           "newline_sequence", "keep_trailing_newline", "optimized", "autoescape",
           "is_async", "sandboxed")  # fmt: skip


class Templates:
    """A theme's templates.

    `environment` is Pelican's, whose loader knows the theme, THEME_TEMPLATES_OVERRIDES and
    Pelican's own theme `simple`; it is overlaid, so that autoescape is always on and pages are
    slim. Which templates one names is kept in `kept`, by its text: to find out takes parsing them
    all.
    """

    def __init__(self, environment: Environment, kept: Store | None = None) -> None:
        self._kept = kept
        known = kept and kept.read(_REFERENCES, code_fingerprint(), dict[str, list[str]])
        self._references: dict[str, list[str]] = known or {}
        if kept:
            for name in kept.names():
                if name != _REFERENCES:  # of Broadsheet before, which kept compiled ones there
                    kept.drop(name)
        self._environment = environment.overlay(
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=(Minify,),
            cache_size=-1,  # all templates are kept, in a dict: the other cache locks
        )
        self._environment.template_class = QuickTemplate
        if environment.loader is not None:
            self._environment.loader = ReadOnce(environment.loader)
        self._given = environment_fingerprint(environment)
        made_by = _makers(self._environment)
        if made_by:
            self._environment.bytecode_cache = _Compiled(made_by)
        self._template = cache(self._load)
        self.fingerprint = cache(self._fingerprint)

    def fingerprints(self, names: Iterable[str]) -> str:
        """One hash of several templates."""
        return fingerprint(*(self.fingerprint(name) for name in names))

    def render(self, name: str, values: dict[str, object]) -> str:
        """Render a template. Raises SiteError naming the template, and its line where known."""
        try:
            return self._template(name).render(values)
        except TemplateError as error:
            raise _wrong(name, error) from error

    def macro(self, name: str, macro: str, *values: object) -> Markup:
        """What a template's macro makes. Raises SiteError as `render` does."""
        try:
            return Markup(getattr(self._template(name).module, macro)(*values))
        except TemplateError as error:
            raise _wrong(name, error) from error

    def _load(self, name: str) -> Template:
        return self._environment.get_template(name)

    def _fingerprint(self, name: str) -> str:
        sources: dict[str, str | None] = {}  # None: a template that is named, and may be missing
        todo = [name]
        known = len(self._references)
        while todo:
            one = todo.pop()
            if one in sources:
                continue
            try:
                assert self._environment.loader is not None
                source, _, _ = self._environment.loader.get_source(self._environment, one)
                sources[one] = source
                todo.extend(self._referenced(source))
            except (TemplateNotFound, UnicodeDecodeError) as error:
                if one == name:
                    raise _wrong(one, TemplateNotFound(one)) from error
                sources[one] = None  # rendering tells, unless it is included where there is one
            except TemplateError as error:
                raise _wrong(one, error) from error
        if self._kept and len(self._references) > known:
            self._kept.write(_REFERENCES, code_fingerprint(), self._references)
        return fingerprint(self._given, sorted(sources.items()))

    def _referenced(self, source: str) -> list[str]:
        """The templates that a template's text names: all there are, where it names one by a value.
        Raises TemplateError."""
        key = fingerprint(source)
        found = self._references.get(key)
        if found is None:
            named = meta.find_referenced_templates(self._environment.parse(source))
            found = self._references[key] = sorted({_ANY if one is None else one for one in named})
        return self._environment.list_templates() if _ANY in found else found


def _wrong(name: str, error: TemplateError) -> SiteError:
    if isinstance(error, TemplateNotFound):
        return SiteError(f"no template {error.name}; expected it in the theme", file=name)
    return SiteError(
        f"{error.message or type(error).__name__}",
        file=getattr(error, "name", None) or name,
        line=getattr(error, "lineno", None),
    )


@dataclass(frozen=True, slots=True)
class Shell:
    """Top and bottom of a page, rendered."""

    masthead: Markup
    colophon: Markup


class Printer:
    """Renders pages: what they all share, and the way from each to the site's root."""

    def __init__(self, templates: Templates, settings: Settings, site: SiteView) -> None:
        self._templates = templates
        self._settings = settings
        self._site = site
        self._named = {link.path for link in site.menu}
        self._shells: dict[str, Shell] = {}

    @property
    def site_name(self) -> str:
        """What the site is called."""
        return self._settings.name

    def root(self, path: str) -> str:
        """What a link on a page stands behind."""
        return relative_root(path) if self._settings.relative else self._settings.base

    def page(self, template: str, head: HeadView, **values: object) -> File:
        """A page as a file."""
        root = self.root(head.path)
        given: dict[str, object] = {"site": self._site, "head": head, "root": root, **values}
        if head.path not in self._named:
            given["shell"] = self._shell(root, head)
        text = self._templates.render(template, given)
        return File(file_of(head.path), rooted(text, root).encode())

    def row(self, path: str, row: TitleRow) -> Markup:
        """A paper's row on a page that lists papers of several days and topics."""
        return self._templates.macro(ROW, "title_row", row, self.root(path), True, True)

    def _shell(self, root: str, head: HeadView) -> Shell:
        """Top and bottom of a page that the menu does not name: the same for all of one root, so
        that they are rendered once and not 50,000 times."""
        shell = self._shells.get(root)
        if shell is None:
            given: dict[str, object] = {"site": self._site, "head": head, "root": root}
            shell = self._shells[root] = Shell(
                masthead=Markup(self._templates.render("partials/masthead.html", given)),
                colophon=Markup(self._templates.render("partials/colophon.html", given)),
            )
        return shell

    def head(self, path: str, title: str, description: str = "", **values: object) -> HeadView:
        """The head of a page at an address."""
        canonical = f"{self._settings.url}/{path}" if self._settings.url else None
        given: dict[str, object] = {"feeds": self._site.feeds, **values}
        return HeadView(
            title=title,
            description=description,
            path=path,
            canonical=canonical,
            **given,  # type: ignore[arg-type]
        )
