"""What pages depend on in a Jinja environment: its templates' texts, each read once a build, and
the filters, tests, globals and syntax that settings give it (JINJA_FILTERS, JINJA_TESTS,
JINJA_GLOBALS, JINJA_ENVIRONMENT).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from ..errors import SiteError
from ..incremental.plan import fingerprint

_SYNTAX = ("block_start_string", "block_end_string", "variable_start_string",
           "variable_end_string", "comment_start_string", "comment_end_string",
           "line_statement_prefix", "line_comment_prefix", "newline_sequence",
           "keep_trailing_newline")  # fmt: skip
_DEEPEST = 8  # values within values

_Source = tuple[str, str | None, Callable[[], bool] | None]


def environment_fingerprint(environment: Environment) -> str:
    """Return a fingerprint of all that settings give an environment. Functions count by their code,
    so that an edited filter changes it, and other processes compute the same."""
    return fingerprint(
        [getattr(environment, name) for name in _SYNTAX],
        sorted(environment.extensions),
        _described(environment.undefined, 0),
        _described(environment.finalize, 0),
        _added(environment.filters, FILTERS),
        _added(environment.tests, TESTS),
        _added(environment.globals, DEFAULT_NAMESPACE),
    )


def _added(names: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted(
        (name, _described(value, 0))
        for name, value in names.items()
        if defaults.get(name) is not value
    )


def _described(value: object, depth: int) -> str:
    """Return a text that is the same for equal values in every process; an object is described by
    its attributes."""
    if depth > _DEEPEST:
        return "..."
    inner = partial(_described, depth=depth + 1)
    if value is None or isinstance(value, (str, bytes, int, float, complex)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}[{','.join(map(inner, value))}]"
    if isinstance(value, (set, frozenset)):
        return f"set[{','.join(sorted(map(inner, value)))}]"
    if isinstance(value, Mapping):
        rows = (f"{inner(key)}:{inner(item)}" for key, item in value.items())
        return f"map[{','.join(rows)}]"
    if isinstance(value, CodeType):
        return inner((value.co_code, value.co_names, value.co_consts))
    if isinstance(value, FunctionType):
        cells = []
        for cell in value.__closure__ or ():
            try:
                cells.append(cell.cell_contents)
            except ValueError:  # an empty cell
                cells.append(None)
        held = (value.__code__, value.__defaults__, value.__kwdefaults__, cells)
        return f"{value.__module__}.{value.__qualname__}{inner(held)}"
    if isinstance(value, ModuleType):
        return value.__name__
    if isinstance(value, partial):
        return f"partial{inner((value.func, value.args, value.keywords))}"
    if isinstance(value, type) or not hasattr(value, "__dict__"):
        named = value if hasattr(value, "__qualname__") else type(value)
        return f"{getattr(named, '__module__', '')}.{named.__qualname__}"
    return f"{type(value).__module__}.{type(value).__qualname__}{inner(vars(value))}"


class ReadOnce(BaseLoader):
    """Loads templates by another loader, each once, so that the text that is rendered is the one
    that was hashed, even if its file is edited meanwhile."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader
        self._read: dict[str, _Source | TemplateNotFound] = {}

    def get_source(self, environment: Environment, template: str) -> _Source:
        """Return a template's text as it was when first loaded. Raises TemplateNotFound, and
        SiteError for a text that is not UTF-8."""
        found = self._read.get(template)
        if found is None:
            try:
                found = self._loader.get_source(environment, template)
            except TemplateNotFound as error:
                found = error
            except UnicodeDecodeError as error:
                raise SiteError(
                    f"is not UTF-8: found the byte 0x{error.object[error.start]:02x}; expected the "
                    "template to be saved as UTF-8",
                    file=template,
                ) from None
            self._read[template] = found
        if isinstance(found, TemplateNotFound):
            raise found
        return found

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self._loader.list_templates()
