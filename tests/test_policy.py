"""The Content-Security-Policy, and what settings may add to it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.policy import policy, sources_of

BASE = ("default-src", "img-src", "object-src", "base-uri", "form-action")
PLAIN = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)


def made(added: object) -> str:
    return policy(sources_of({"BROADSHEET_CSP": added}))


def test_pages_load_nothing_from_elsewhere_by_default() -> None:
    assert policy() == made(None) == made({}) == PLAIN
    assert policy((), "https://lists.example") == f"{PLAIN} https://lists.example"


def test_sources_are_added_beside_the_site_s_own() -> None:
    added = {
        "script-src": ["https://giscus.app", "https://*.stats.example", "https://giscus.app"],
        "frame-src": ["https://giscus.app/en/"],
        "img-src": ["https://pictures.example:8443"],
        "connect-src": ["wss://live.example", "http://127.0.0.1:8000"],
    }
    assert made(added) == (
        PLAIN.replace("data:", "data: https://pictures.example:8443")
        + "; script-src 'self' https://giscus.app https://*.stats.example"
        "; frame-src 'self' https://giscus.app/en/"
        "; connect-src 'self' wss://live.example http://127.0.0.1:8000"
    )
    one = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert made({"script-src": [one]}).endswith(f"script-src 'self' {one}")


@pytest.mark.parametrize(
    "added",
    ["script-src https://x.example", {"script-src": "https://x.example"}, {"object-src": []},
     {"default-src": ["https://x.example"]}, {"base-uri": ["https://x.example"]},
     *({"script-src": [source]} for source in (
         "'unsafe-inline'", "'unsafe-eval'", "*", "https:", "https://*", "https://*.com", "data:",
         "blob:", "http://x.example", "wss://x.example", "https://x.example; object-src *",
         "https://x.example, https://y.example", "https://x.example\n", "https://x.example/?q",
         "https://user@x.example", 'https://x.example"', "x.example", 7, "",
     )),
     {"script-src": ["https://x.example"] * 31}, {"form-action": ["'none'"]},
     {"style-src": ["data:"]}],
)  # fmt: skip
def test_what_would_let_anything_run_is_refused(added: object) -> None:
    with pytest.raises(SettingsError, match="BROADSHEET_CSP = "):
        made(added)


def test_a_misspelled_directive_is_told() -> None:
    with pytest.raises(SettingsError, match=r"did you mean script-src\?"):
        made({"scrpt-src": []})


@given(st.text(max_size=60), st.sampled_from(["script-src", "img-src", "connect-src"]))
def test_no_source_ends_a_directive_or_the_attribute(source: str, directive: str) -> None:
    try:
        text = made({directive: [source]})
    except SettingsError:
        return
    assert not re.search(r"[\"<>&\n,]", text)
    names = [part.split()[0] for part in text.split("; ")]
    assert len(names) == len(set(names))
    assert set(names) <= {
        "default-src",
        "img-src",
        "object-src",
        "base-uri",
        "form-action",
        directive,
    }
