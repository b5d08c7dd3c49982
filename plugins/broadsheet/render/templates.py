"""The theme's templates: found as Pelican finds them, rendered with autoescape, and fingerprinted
with all that they extend, include or import.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from traceback import walk_tb

from jinja2 import (
    Environment,
    Template,
    TemplateError,
    TemplateNotFound,
)
from markupsafe import Markup

from ..errors import SiteError
from ..incremental.plan import fingerprint
from ..io.cache import Store, code_fingerprint
from ..locale import ENGLISH, Words
from .compiled import (
    UNKNOWN,
    CompiledTemplates,
    QuickCode,
    QuickContext,
    QuickTemplate,
    compiler_fingerprint,
    named_templates,
)
from .environment import ReadOnce, environment_fingerprint
from .minify import Minify
from .translated import Translated, translate

_REFERENCES = "references"


class Templates:
    """A theme's templates.

    `environment` is Pelican's, whose loader finds the theme, THEME_TEMPLATES_OVERRIDES and
    Pelican's own theme `simple`; it is overlaid, so that autoescape is always on and pages are
    minified and in the interface's `words`. `store` caches which templates a template names, by its
    text: finding out takes parsing all.
    """

    def __init__(
        self, environment: Environment, store: Store | None = None, words: Words = ENGLISH
    ) -> None:
        self._store = store
        known = store and store.read(_REFERENCES, code_fingerprint(), dict[str, list[str]])
        self._references: dict[str, list[str]] = known or {}
        if store:
            for name in store.names():
                if name != _REFERENCES:  # compiled templates of an earlier Broadsheet
                    store.drop(name)
        self._environment = environment.overlay(
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=(Minify, Translated),
            cache_size=-1,  # unbounded, a plain dict: the bounded cache takes a lock
        )
        translate(self._environment, words)
        self._environment.template_class = QuickTemplate
        self._environment.code_generator_class = QuickCode
        self._environment.context_class = QuickContext
        # Pages ask for 8 templates each, and none changes while a site is built.
        self._environment.get_template = cache(  # type: ignore[method-assign]
            self._environment.get_template
        )
        if environment.loader is not None:
            self._environment.loader = ReadOnce(environment.loader)
        self._given = fingerprint(environment_fingerprint(environment), words.fingerprint())
        made_by = compiler_fingerprint(self._environment, words)
        self._compiled = CompiledTemplates(made_by) if made_by else None
        self._environment.bytecode_cache = self._compiled
        self._template = cache(self._load)
        self._source = cache(self._read)  # base.html is behind each
        self.fingerprint = cache(self._fingerprint)

    def fingerprints(self, names: Iterable[str]) -> str:
        """Return one fingerprint of several templates."""
        return fingerprint(*(self.fingerprint(name) for name in names))

    def render(self, name: str, values: dict[str, object]) -> str:
        """Render a template. Raises SiteError naming the template, and its line where known."""
        try:
            return self._template(name).render(values)
        except TemplateError as error:
            raise _wrong(*self._place(name, error), error) from error

    def macro(self, name: str, macro: str, *values: object) -> Markup:
        """Return what a template's macro renders. Raises SiteError as `render` does."""
        try:
            return Markup(getattr(self._template(name).module, macro)(*values))
        except TemplateError as error:
            raise _wrong(*self._place(name, error), error) from error

    def _place(self, name: str, error: TemplateError) -> tuple[str, int | None]:
        """Return the template, and its line, in which rendering a template failed: Jinja's frames
        of the traceback have the template's file and line."""
        names = {
            template.filename: template.name
            for template in (self._environment.cache or {}).values()
        }
        place: tuple[str, int | None] = (name, None)
        for frame, line in walk_tb(error.__traceback__):
            if "__jinja_exception__" in frame.f_globals:
                place = (names.get(frame.f_code.co_filename) or place[0], line)
        return place

    def _load(self, name: str) -> Template:
        return self._environment.get_template(name)

    def _fingerprint(self, name: str) -> str:
        sources: dict[str, str | None] = {}  # None: a template that is named, and may be missing
        todo = [name]
        known = len(self._references)
        while todo:
            current = todo.pop()
            if current in sources:
                continue
            try:
                sources[current], named = self._source(current)
                todo.extend(named)
            except (TemplateNotFound, UnicodeDecodeError) as error:
                if current == name:
                    raise _wrong(current, None, TemplateNotFound(current)) from error
                sources[current] = None  # rendering raises, unless it is included if present
            except TemplateError as error:
                raise _wrong(current, None, error) from error
        if self._store and len(self._references) > known:
            self._store.write(_REFERENCES, code_fingerprint(), self._references)
        return fingerprint(self._given, sorted(sources.items()))

    def _read(self, name: str) -> tuple[str, list[str]]:
        """Return the fingerprint of a template's text, and the templates that it names; all
        templates, if it names one by an expression. Raises TemplateError."""
        assert self._environment.loader is not None
        source, _, _ = self._environment.loader.get_source(self._environment, name)
        key = fingerprint(source)
        names = self._references.get(key)
        if names is None:
            names = named_templates(self._environment, self._compiled, source)
            self._references[key] = names
        return key, self._environment.list_templates() if UNKNOWN in names else names


def _wrong(name: str, line: int | None, error: TemplateError) -> SiteError:
    if isinstance(error, TemplateNotFound):
        return SiteError(
            f"no template {error.name}; expected it in the theme", file=name, line=line
        )
    return SiteError(
        f"{error.message or type(error).__name__}",
        file=getattr(error, "name", None) or name,
        line=getattr(error, "lineno", None) or line,
    )
