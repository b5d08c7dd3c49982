"""The model from the settings, its key from the environment, which no message tells."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.errors import SettingsError
from broadsheet.summaries.settings import model_of

LOCAL = {"endpoint": "http://localhost:11434/v1/", "model": "llama3.1:8b"}


def test_a_local_model_needs_no_key() -> None:
    found = model_of({"BROADSHEET_SUMMARIES": LOCAL, "BROADSHEET_CONTENT_LANG": "de"}, {})
    assert found is not None
    assert (found.endpoint, found.kind, found.language) == (
        "http://localhost:11434/v1", "sentence", "de",
    )  # fmt: skip
    assert model_of({}, {}) is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("x", "expected a mapping"),
        ({**LOCAL, "kee": "x"}, "is not known"),
        ({**LOCAL, "key": "sk-secret"}, "comes from the environment"),
        ({**LOCAL, "endpoint": "localhost"}, "expected an address"),
        ({**LOCAL, "endpoint": "http://gpu.example/v1"}, "is sent a key"),
        ({**LOCAL, "endpoint": "https://x.example/v1?key=1"}, "an address alone"),
        ({"endpoint": LOCAL["endpoint"]}, "expected a model's name"),
        ({**LOCAL, "kind": "point"}, "did you mean points?"),
        ({**LOCAL, "language": "German"}, "a code such as en"),
    ],
)
def test_what_is_wrong_is_told_and_the_key_is_not(row: Any, told: str) -> None:
    with pytest.raises(SettingsError, match="BROADSHEET_SUMMARIES") as error:
        model_of({"BROADSHEET_SUMMARIES": row}, {"BROADSHEET_SUMMARIES_KEY": "sk-secret"})
    assert told in str(error.value)
    assert "sk-secret" not in str(error.value)


def test_a_key_goes_to_https_or_this_machine_and_shows_nowhere() -> None:
    secret = {"BROADSHEET_SUMMARIES_KEY": "sk-secret"}
    found = model_of({"BROADSHEET_SUMMARIES": LOCAL}, secret)
    assert found is not None
    assert found.key == "sk-secret"
    assert "sk-secret" not in repr(found)
    plain = {**LOCAL, "endpoint": "http://gpu.example/v1"}
    assert model_of({"BROADSHEET_SUMMARIES": plain}, {}) is not None
    with pytest.raises(SettingsError, match="does not hold a key"):
        model_of({"BROADSHEET_SUMMARIES": LOCAL}, {"BROADSHEET_SUMMARIES_KEY": "a\nb"})
