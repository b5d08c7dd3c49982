"""Compiled templates, and which templates they name: kept in memory from build to build; faster
escaping and attributes, and blocks that are joined once."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from importlib.metadata import version
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, Template, meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

from ..incremental.plan import fingerprint
from ..io.cache import code_fingerprint
from ..locale import Words
from .minify import Minify
from .translated import Translated


class QuickTemplate(Template):
    """A template that escapes faster, with the same output.

    A compiled template passes all that it prints to MarkupSafe's `escape`, which makes a Markup
    object of each text (two million for 10,000 papers) only to join them. Most texts have nothing
    to escape and are printed as they are.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Return a template as Jinja does (its loaders call this), with `_escaped` for `escape`,
        and with one dictionary of globals: each page copies Jinja's chain of them key by key."""
        template = super().from_code(environment, code, dict(globals), uptodate)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


_UNSAFE = re.compile("[&<>'\"]").search


def _escaped(value: object) -> str:
    """Return a value as it is printed: the same characters as `escape` returns."""
    kind = type(value)
    if kind is Markup or (kind is str and not _UNSAFE(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class QuickContext(Context):
    """A context that calls macros, which are most of what templates call, without asking first what
    they are to be passed."""

    @internalcode
    def call(self, callee: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, or what else a template calls, as Jinja does."""
        if type(callee) is not Macro:
            return super().call(callee, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return callee(self.eval_ctx, *args, **kwargs)


class QuickCode(CodeGenerator):
    """Generates code that joins what a block or an included template prints, and reads attributes
    itself, with the same output.

    Jinja's own passes each text by itself through the generators of all templates and blocks around
    it, five deep for a paper's page.
    """

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line of code; one that passes on all of a generator's texts joins them."""
        if x.startswith(_PASSED_ON):
            x = f"yield concat({x.removeprefix(_PASSED_ON)})"
        super().writeline(x, node, extra)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  (Jinja's)
        """Write the reading of an attribute; Jinja's own function is called where there is none,
        which looks for a key, then, and tells of what is undefined."""
        if self.environment.is_async or type(self.environment).getattr is not Environment.getattr:
            super().visit_Getattr(node, frame)
            return
        holder, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({holder} := ")
        self.visit(node.node, frame)
        self.write(
            f"), {node.attr!r}, missing)) is not missing"
            f" else environment.getattr({holder}, {node.attr!r}))"
        )

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802  (Jinja's)
        """Write the inclusion of one template by its name; others as Jinja does."""
        named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if not named or not node.with_context or node.ignore_missing or self.environment.is_async:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        self.simple_write(
            "concat(template.root_render_func(template.new_context(context.get_all(), True, "
            f"{self.dump_local_context(frame)})))",
            frame,
        )


_PASSED_ON = "yield from "

_COMPILED: dict[tuple[str, ...], CodeType] = {}


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory, by their names, their texts and a fingerprint of what else they
    depend on, so that `serve` compiles them once. They are never written to disk, since reading
    code back means running it. `parsed` has texts that were parsed already, which is half of the
    work; each is taken out when it is compiled."""

    def __init__(self, stamp: str) -> None:
        self.stamp = stamp
        self.parsed: dict[str, nodes.Template] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a template's code, if it is compiled or its text is parsed."""
        bucket = super().get_bucket(environment, name, filename, source)
        tree = self.parsed.pop(source, None)
        if bucket.code is None and tree is not None:
            bucket.code = environment.compile(tree, name, filename)
            self.dump_bytecode(bucket)
        return bucket

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name: of where its file lies nothing but tracebacks depends."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get((self.stamp, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _COMPILED[self.stamp, bucket.key, bucket.checksum] = bucket.code


_NAMED: dict[tuple[str, str], list[str]] = {}


def named_templates(
    environment: Environment, compiled: CompiledTemplates | None, source: str
) -> list[str]:
    """Return the templates that a template's text extends, includes or imports, sorted; `UNKNOWN`
    stands for one that an expression names. A text is parsed once in a process for `compiled`
    templates of one stamp, which then need not parse it again. Raises TemplateError."""
    key = (compiled.stamp, source) if compiled else None
    names = _NAMED.get(key) if key else None
    if names is None:
        tree = environment.parse(source)
        found = meta.find_referenced_templates(tree)
        names = sorted({UNKNOWN if name is None else name for name in found})
        if compiled and key:
            _NAMED[key] = names
            compiled.parsed[source] = tree
    return names


UNKNOWN = ""


def compiler_fingerprint(environment: Environment, words: Words) -> str | None:
    """Return a fingerprint of what compiled templates depend on beside their texts; None if that is
    unknown: filters of the settings' own may run while a template is compiled."""
    called = (*environment.filters.values(), *environment.tests.values())
    known = all(getattr(one, "func", one).__module__ in _KNOWN for one in called)
    ours = {Minify.identifier, Translated.identifier}
    if not known or environment.extensions.keys() - ours or environment.finalize:
        return None
    syntax = [getattr(environment, name) for name in _SYNTAX]
    return fingerprint(code_fingerprint(), version("pelican"), syntax, words.fingerprint())


_KNOWN = ("jinja2.filters", "jinja2.tests", "markupsafe", "builtins", "_operator",
          "pelican.utils", "pelican.plugins._utils")  # fmt: skip
_SYNTAX = ("block_start_string", "block_end_string", "variable_start_string",
           "variable_end_string", "comment_start_string", "comment_end_string",
           "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
           "newline_sequence", "keep_trailing_newline", "optimized", "autoescape",
           "is_async", "sandboxed")  # fmt: skip
