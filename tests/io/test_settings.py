"""The site's settings: what is refused, and in which words."""

from __future__ import annotations

import pytest

from broadsheet.errors import SettingsError
from broadsheet.io.settings import of_pelican

LEAST = {"PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SITEURL", "digest.example", 'SITEURL = "digest.example": expected an address'),
        ("SITEURL", "https://digest.example/?page=1", "without ? and #"),
        ("SITEURL", "https://digest.example/#top", "without ? and #"),
        ("SITEURL", "https://ada:secret@digest.example/x", 'at "digest.example" with a user'),
        ("BROADSHEET_REPOSITORY", "https://secret@code.example/a/b", 'at "code.example" with'),
        (
            "BROADSHEET_EDIT_URL",
            "https://ada:secret@code.example/edit/{path}",
            'at "code.example" with',
        ),
        ("PLUGINS", ["others"], "PLUGINS = \"['others']\": expected ['broadsheet']"),
        ("PLUGINS", "broadsheet", "expected ['broadsheet']"),
    ],
)
def test_what_would_break_or_tell_too_much_is_refused(name: str, value: object, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        of_pelican({**LEAST, name: value})
    assert told in str(caught.value)
    assert caught.value.message.startswith(f"{name} = ")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "http://localhost:8000", "https://ada.example/papers/@ada", "https://a.example/ä"]
)
def test_an_address_that_paths_can_be_added_to_is_taken(url: str) -> None:
    assert of_pelican({**LEAST, "SITEURL": url, "BROADSHEET_REPOSITORY": url}).url == url
