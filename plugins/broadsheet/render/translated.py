"""Templates' own words in the site's language, put in when a template is compiled.

A site has one language, so a message becomes the template's own text: one such as
`{% trans %}Weeks{% endtrans %}` costs nothing when a page is rendered, and an English site's
templates are as if they had no such tags. Messages may hold markup, as templates do; their values
are escaped.

`{% content_lang %}` within a tag is the attribute that tells the language of what papers say, where
that is not the page's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment, nodes
from jinja2.ext import Extension, InternationalizationExtension

from ..locale import ENGLISH, Words

_VALUE = re.compile(r"%\((\w+)\)s|%%")
_CONTENT = re.compile(r"[ \t]*\{%-?[ \t]*content_lang[ \t]*-?%\}")
_PLAIN = re.compile(r"\{% trans %\}([^{}\n]*)\{% endtrans %\}")
_FORM = "plural_form"


class Translated(InternationalizationExtension):
    """Replaces messages. `environment.words` are the words of the interface."""

    priority = 200  # before an extension of the settings' own that knows the same tags

    def __init__(self, environment: Environment) -> None:
        Extension.__init__(self, environment)  # no functions of gettext's among the globals

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's text with plain messages, and the language of papers, put in: what
        reads the text after this takes them for the template's own."""
        words = self._words
        if words is None:
            return _CONTENT.sub("", source)
        foreign = f' lang="{words.foreign}"' if words.foreign else ""
        source = _CONTENT.sub(foreign, source) if "content_lang" in source else source
        return _PLAIN.sub(lambda match: words.gettext(match[1]), source)

    @property
    def _words(self) -> Words | None:
        """The words of the interface; None where templates are read for their messages alone."""
        return getattr(self.environment, "words", None)

    def _make_node(  # type: ignore[override]
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: Mapping[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Node:
        """Return the nodes of a message: its text and values, of each form where it counts."""
        words = self._words or ENGLISH
        known = words.catalogue.messages.get(singular)
        if plural_expr is None or plural is None:
            return nodes.Output(_pieces(known[0] if known else singular, variables))
        if known is None:
            one = nodes.Compare(plural_expr, [nodes.Operand("eq", nodes.Const(1))])
            return nodes.If(
                one,
                [nodes.Output(_pieces(singular, variables))],
                [],
                [nodes.Output(_pieces(plural, variables))],
            )
        *forms, last = [[nodes.Output(_pieces(form, variables))] for form in known]
        chosen: list[nodes.Node] = list(last)
        for number, body in reversed(list(enumerate(forms))):
            form = nodes.Call(nodes.Name(_FORM, "load"), [plural_expr], [], None, None)
            test = nodes.Compare(form, [nodes.Operand("eq", nodes.Const(number))])
            chosen = [nodes.If(test, list(body), [], chosen)]
        return nodes.If(nodes.Const(True), chosen, [], [])


def _pieces(text: str, variables: Mapping[str, nodes.Expr]) -> list[nodes.Expr]:
    """Return a message as what a template prints: its text, and its values."""
    pieces: list[nodes.Expr] = []
    at = 0
    for match in _VALUE.finditer(text):
        before = text[at : match.start()] + ("" if match[1] else "%")
        if before:
            pieces.append(nodes.TemplateData(before))
        if match[1]:
            pieces.append(variables[match[1]])
        at = match.end()
    if text[at:]:
        pieces.append(nodes.TemplateData(text[at:]))
    return pieces


def translate(environment: Environment, words: Words) -> None:
    """Give an environment that has the extension the words of its templates."""
    environment.extend(words=words)
    environment.globals = {**environment.globals, **globals_of(words)}


def globals_of(words: Words) -> dict[str, object]:
    """Return what templates call: where a message is an argument, `_("Months")` and
    `_n("%(count)s day", "%(count)s days", n)`; `words.number(n)`."""
    return {
        "_": words.gettext,
        "_n": words.counted,
        "words": words,
        _FORM: words.catalogue.form,
    }
