"""Templates compiled once and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from broadsheet.cache import Store
from broadsheet.site.templates import Templates


def _environment(text: str) -> Environment:
    return Environment(loader=DictLoader({"page.html": text}))


def _rendered(environment: Environment, kept: Store) -> str:
    return Templates(environment, kept).render("page.html", {"name": "A & B"})


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """A store that is empty."""
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


def test_a_changed_template_is_compiled_anew(kept: Store) -> None:
    assert _rendered(_environment("{{ name }}"), kept) == "A &amp; B"
    assert _rendered(_environment("By {{ name }}"), kept) == "By A &amp; B"


def test_another_syntax_is_compiled_anew(kept: Store) -> None:
    assert _rendered(_environment("[[ name ]]"), kept) == "[[ name ]]"
    other = _environment("[[ name ]]")
    other.variable_start_string, other.variable_end_string = "[[", "]]"
    assert _rendered(other, kept) == "A &amp; B"


def test_a_damaged_one_is_compiled_anew(kept: Store, tmp_path: Path) -> None:
    _rendered(_environment("{{ name }}"), kept)
    for path in (tmp_path / "templates").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert _rendered(_environment("{{ name }}"), kept) == "A &amp; B"


def test_filters_of_the_settings_are_asked_in_each_build(kept: Store) -> None:
    # Of a constant, a filter is called when the template is compiled.
    for word in ("one", "two"):
        environment = _environment("{{ 'a' | told }}")
        environment.filters["told"] = lambda _, word=word: word
        assert _rendered(environment, kept) == word
