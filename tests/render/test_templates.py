"""Templates compiled once in a process; what is kept of them on disk is their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from broadsheet.errors import SiteError
from broadsheet.io.cache import Store, code_fingerprint
from broadsheet.render import compiled as module
from broadsheet.render.templates import Templates


def _environment(text: str) -> Environment:
    return Environment(loader=DictLoader({"page.html": text}))


def _rendered(environment: Environment, kept: Store) -> str:
    return Templates(environment, kept).render("page.html", {"name": "A & B"})


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that is empty, of a process that has compiled nothing."""
    for name in ("_COMPILED", "_NAMED"):
        monkeypatch.setattr(module, name, {})
    return Store(tmp_path / "templates")


def _compiling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are compiled from now on."""
    compiled = []
    compile_ = Environment.compile

    def note(self: Environment, source: str, *args: object, **values: object) -> object:
        compiled.append(source)
        return compile_(self, source, *args, **values)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", note)
    return compiled


def test_a_template_is_compiled_once(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = _compiling(monkeypatch)
    texts = [_rendered(_environment("{{ name }}"), kept) for _ in range(3)]
    assert texts == ["A &amp; B"] * 3
    assert compiled == ["{{ name }}"]


def test_a_template_whose_names_were_looked_for_is_not_parsed_again(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    parse = Environment._parse

    def noted(self: Environment, source: str, name: str | None, filename: str | None) -> object:
        parsed.append(source)
        return parse(self, source, name, filename)

    monkeypatch.setattr(Environment, "_parse", noted)
    texts = {"a.html": "{% include 'b.html' %}!", "b.html": "<b>{{ x }}</b>"}
    templates = Templates(Environment(loader=DictLoader(texts)), kept)
    templates.fingerprint("a.html")
    assert templates.render("a.html", {"x": "<"}) == "<b>&lt;</b>!"
    assert sorted(parsed) == sorted(texts.values())


def test_a_changed_template_is_compiled_anew(kept: Store) -> None:
    assert _rendered(_environment("{{ name }}"), kept) == "A &amp; B"
    assert _rendered(_environment("By {{ name }}"), kept) == "By A &amp; B"


def test_another_syntax_is_compiled_anew(kept: Store) -> None:
    assert _rendered(_environment("[[ name ]]"), kept) == "[[ name ]]"
    other = _environment("[[ name ]]")
    other.variable_start_string, other.variable_end_string = "[[", "]]"
    assert _rendered(other, kept) == "A &amp; B"


def test_no_code_of_a_template_is_kept_on_disk(kept: Store, tmp_path: Path) -> None:
    loader = DictLoader({"a": "{% include 'b' %}", "b": "{{ name }}"})
    environment = Environment(loader=loader)
    kept.put("0a1b", "", b"bytecode that Broadsheet kept once")
    templates = Templates(environment, kept)
    templates.fingerprint("a")
    assert templates.render("a", {"name": "A & B"}) == "A &amp; B"
    [path] = (tmp_path / "templates").iterdir()
    assert json.loads(path.read_bytes().split(b"\n", 2)[2])


@pytest.mark.parametrize("value", [b"", b"[]", b'{"a":1}', b"{", b"[" * 100_000, b"\xff"])
def test_names_that_are_damaged_are_found_anew(kept: Store, value: bytes) -> None:
    kept.put("references", code_fingerprint(), value)
    assert _rendered(_environment("{{ name }}"), kept) == "A &amp; B"


def test_filters_of_the_settings_are_asked_in_each_build(kept: Store) -> None:
    # Of a constant, a filter is called when the template is compiled.
    for word in ("one", "two"):
        environment = _environment("{{ 'a' | told }}")
        environment.filters["told"] = lambda _, word=word: word
        assert _rendered(environment, kept) == word


def test_attributes_keys_and_what_is_missing_are_read_as_jinja_reads_them(kept: Store) -> None:
    text = (
        "{{ name.upper }}|{{ {'upper': 1, 'b': {'c': '<'}}.b.c }}|{{ name.none is defined }}"
        "|{{ name.none }}|{{ (name.none or name).lower() }}|{% for a in [name] %}{{ a.title() }}"
        "{% endfor %}|{{ {'keys': 2}.keys is callable }}"
    ).replace("name.upper }}", "name.upper() }}")
    plain = Environment(loader=DictLoader({"page.html": text}), autoescape=True)

    expected = plain.get_template("page.html").render(name="A & B")
    assert _rendered(_environment(text), kept) == expected


def test_an_attribute_of_what_is_undefined_is_refused(kept: Store) -> None:
    with pytest.raises(SiteError, match="'nobody' is undefined"):
        _rendered(_environment("{{ nobody.name }}"), kept)


def test_what_fails_is_told_with_the_template_and_the_line_that_it_stands_in(
    tmp_path: Path, kept: Store
) -> None:
    (tmp_path / "page.html").write_text('{% extends "base.html" %}')
    (tmp_path / "base.html").write_text("\n{% block foot %}\n{{ nobody.name }}{% endblock %}")
    with pytest.raises(SiteError) as told:
        _rendered(Environment(loader=FileSystemLoader(tmp_path)), kept)
    assert (told.value.file, told.value.line) == ("base.html", 3)


def test_macros_get_what_jinja_gives_them(kept: Store) -> None:
    text = (
        "{% macro row(a, b='<') %}{{ a }}{{ b }}{{ caller() if caller }}{% endmacro %}"
        "{% for one in [name] %}{{ row(one) }}{{ row(a=one, b=loop.index) }}"
        "{% call row(one) %}<b>{% endcall %}{% endfor %}"
    )
    plain = Environment(loader=DictLoader({"page.html": text}), autoescape=True)

    expected = plain.get_template("page.html").render(name="A & B")
    assert _rendered(_environment(text), kept) == expected
