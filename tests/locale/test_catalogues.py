"""The message files: complete, current and harmless."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from broadsheet.errors import SettingsError
from broadsheet.locale.catalogue import Catalogue, problems, read
from broadsheet.locale.languages import SHIPPED
from broadsheet.render.minify import Minify
from tests.locale import sources

FILES = sorted(sources.FOLDER.glob("*.po"))
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def _catalogue(text: str) -> Catalogue:
    return read((HEAD + text).encode(), "de.po")


def test_each_language_has_its_file() -> None:
    assert tuple(path.stem for path in FILES) == SHIPPED


def test_the_list_of_messages_is_current() -> None:
    want = sources.written(sources.catalogue())
    found = (sources.FOLDER / "messages.pot").read_bytes()
    assert found == want, "run: python -m tests.locale.sources"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_catalogue_is_complete_and_its_values_agree(path: Path) -> None:
    catalogue = read(path.read_bytes(), path.name)  # which raises where values or markup differ
    for message in sources.catalogue():
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            assert source in catalogue.messages, (path.name, source)
    known = read_po(path.open("rb"), locale=path.stem)
    assert not known.obsolete
    assert not [message.id for message in known if message.fuzzy and message.id]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_count_has_its_form_and_names_the_count_or_says_it(path: Path) -> None:
    catalogue = read(path.read_bytes(), path.name)
    for source, forms in catalogue.messages.items():
        if len(forms) == 1:
            continue
        for count in range(3, 200):  # of one or two a language may say "a paper"
            if "%(count)s" in source:
                assert "%(count)s" in forms[catalogue.form(count)], (path.name, source, count)


def test_scripts_messages_are_marked_as_such() -> None:
    said = {
        message if isinstance(message, str) else message[0]
        for name, message in sources.messages()
        if name.endswith(".js")
    }
    assert len(said) > 60
    for path in FILES:
        assert read(path.read_bytes(), path.name).scripts == said


def test_minifying_leaves_messages_as_they_are() -> None:
    assert list(sources.of_templates(Minify)) == list(sources.of_templates())


# No text of a template stands outside a message


class _Words(HTMLParser):
    """Gathers what a reader would see or hear."""

    _SAID = ("title", "aria-label", "placeholder", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script", "kbd")
        self.found += [value for name, value in attrs if name in self._SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "kbd")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


# Names, which are the same in every language.
_NAMES = {"arXiv", "DOI", "BibTeX", "RSS", "Atom", "JSON Feed", "404", "auto", "rtl"}


def _texts(path: Path) -> Iterator[str]:
    """What a template prints by itself, messages left out."""
    text = path.read_text("utf-8")
    text = re.sub(r"\{% trans.*?%\}.*?\{% endtrans %\}", "", text, flags=re.S)
    text = re.sub(
        r"\{% block body_class %\}.*?\{% endblock", "{% block body_class %}{% endblock", text
    )
    parsed = sources.environment().parse(text, path.name)
    # A style that is whole must not be cut by expressions, which stand for a value here.
    parser = _Words()
    pieces = []
    for node in parsed.find_all((nodes.TemplateData, nodes.Const)):
        if isinstance(node, nodes.TemplateData):
            pieces.append(node.data)
    parser.feed("\x1f".join(pieces))
    parser.close()
    yield from parser.found
    for output in parsed.find_all(nodes.Output):
        for child in output.nodes:
            yield from _constants(child)


def _constants(node: nodes.Node) -> Iterator[str]:
    """Texts that an expression may print."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        for child in (node.expr1, node.expr2):
            if child is not None:
                yield from _constants(child)
    elif isinstance(node, (nodes.Or, nodes.And, nodes.Add)):
        yield from _constants(node.left)
        yield from _constants(node.right)
    elif isinstance(node, nodes.Concat):
        for child in node.nodes:
            yield from _constants(child)


TEMPLATES = sorted((sources.THEME / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_stands_outside_a_message(path: Path) -> None:
    for text in _texts(path):
        plain = " ".join(re.sub(r"[\x1f\s]+|<!--.*?-->|\[.*?\]", " ", text).split())
        plain = re.sub(r"/[a-z./_-]*|#[a-z]+|[a-z]+[-=#][\w-]*", "", plain)  # of addresses, ids
        if plain not in _NAMES:
            assert not re.search(r"[A-Za-z]{2}", plain), (path.name, text)


# Strangers' message files


def test_values_and_markup_must_agree() -> None:
    assert not list(
        problems(("%(count)s of %(name)s", "%(count)s of %(name)s"), ("eins %(name)s",))
    )
    for bad in ("%(wrong)s", "no value", "%(name)s 5%", "%(name)s %s", "%(name)s\nmore",
                '%(name)s <a href="x">', "%(name)s <script>", 'x" %(name)s'):  # fmt: skip
        assert list(problems(("of %(name)s",), (bad,))), bad


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "of %(name)s"\nmsgstr "von %(nam)s"\n', "other values; expected %(name)s"),
        ('msgid "Search"\nmsgstr "<b>Suche</b>"\n', "other markup; expected none"),
        ('msgid "open\n', "can't be read"),
    ],
)
def test_a_wrong_message_is_told(text: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(expected)):
        _catalogue(text)


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=__import__('os')",
        "nplurals=2; plural=(n",
        "nplurals=2; plural=(n !=!1)",
        "nplurals=1; plural=n",
    ],
)
def test_a_rule_of_plurals_is_an_expression_and_no_code(rule: str) -> None:
    text = HEAD.replace("nplurals=2; plural=(n != 1)", rule)
    with pytest.raises(SettingsError):
        read(text.encode(), "de.po")


def test_what_is_uncertain_or_empty_shows_in_english() -> None:
    text = '#, fuzzy\nmsgid "Search"\nmsgstr "Suche"\n\nmsgid "Tags"\nmsgstr ""\n'
    assert not _catalogue(text).messages


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_give_messages_or_one_error(data: bytes, headed: bool) -> None:
    with contextlib.suppress(SettingsError):
        read(HEAD.encode() * headed + data, "xx.po")
