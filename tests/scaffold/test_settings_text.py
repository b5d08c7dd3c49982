"""Values put into a settings file: it stays Python, and says them, whatever they are."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.scaffold.settings_text import with_values

TEXT = '''"""Settings."""

# The name.
SITENAME = "Mine"  # say it

SOURCES = [
    {"source": "one"},
    # {"source": "two"},
]
PATH = "content"
'''


def values(text: str) -> dict[str, object]:
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def test_comments_and_the_rest_stay() -> None:
    made = with_values(TEXT, {"SITENAME": "Yours", "NEW": ["a"]})
    assert 'SITENAME = "Yours"  # say it\n' in made
    assert made.index("NEW = [") < made.index("PATH =")
    assert '    # {"source": "two"},\n' in made


def test_a_value_that_is_there_already_changes_nothing() -> None:
    same = {"SITENAME": "Mine", "SOURCES": [{"source": "one"}]}
    assert with_values(TEXT, same) == TEXT


def test_a_list_over_several_lines_is_replaced_whole() -> None:
    made = with_values(TEXT, {"SOURCES": []})
    assert "SOURCES = []\nPATH" in made


@given(st.text(), st.lists(st.dictionaries(st.text(), st.lists(st.text()) | st.text())))
def test_any_value_is_read_back(name: str, sources: list[object]) -> None:
    wanted = {"SITENAME": name, "SOURCES": sources, "OTHER": sources}
    made = values(with_values(TEXT, wanted))
    assert made == {**wanted, "PATH": "content"}


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(SettingsError, match="is no Python"):
        with_values("a = = b\n", {"A": 1})
