"""Targets from the settings, and secrets from the environment, which no message tells."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.errors import SettingsError
from broadsheet.posts.model import PostTarget
from broadsheet.posts.settings import targets, variable, with_secret

MASTODON = {"to": "mastodon", "server": "https://social.example/"}


def test_targets_have_their_services_servers() -> None:
    rows = [
        "slack", {"to": "slack", "name": "lab-2"}, {"to": "telegram", "chat": "@papers"}, MASTODON,
        {"to": "bluesky", "handle": "digest.example"},
    ]  # fmt: skip
    found = targets({"BROADSHEET_POSTS": rows})
    assert [(one.name, one.server, one.account) for one in found] == [
        ("slack", "", ""),
        ("lab-2", "", ""),
        ("telegram", "https://api.telegram.org", "@papers"),
        ("mastodon", "https://social.example", ""),
        ("bluesky", "https://bsky.social", "digest.example"),
    ]
    assert variable(found[1]) == "BROADSHEET_POST_LAB_2"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("slack", "expected a list"),
        (["slak"], "did you mean slack?"),
        (["slack", "slack"], "two targets are called"),
        ([{"to": "slack", "token": "x"}], "secrets come from the environment"),
        ([{"to": "mastodon"}], "expected an address with https://"),
        ([{"to": "mastodon", "server": "http://social.example"}], "is sent a key"),
        ([{"to": "mastodon", "server": "https://a:b@social.example"}], "without a password"),
        ([{"to": "mastodon", "server": "https://social.example/?x"}], "an address alone"),
        ([{"to": "slack", "server": "https://x.example"}], "has no server"),
        ([{"to": "telegram"}], "expected the chat"),
        ([{"to": "slack", "name": "A B"}], "lower-case"),
        ([3], "expected a mapping"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(rows: Any, told: str) -> None:
    with pytest.raises(SettingsError, match="BROADSHEET_POSTS") as error:
        targets({"BROADSHEET_POSTS": rows})
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        ("slack", "hooks.example/secret"),
        ("slack", "http://hooks.example/secret"),
        ("discord", "https://hooks.example/secret#x"),
        ("telegram", "secret/../x"),
        ("mastodon", "secret\r\nX-Other: 1"),
        ("bluesky", ""),
    ],
)
def test_a_secret_that_can_t_be_one_is_refused_and_not_told(kind: str, secret: str) -> None:
    target = PostTarget(kind=kind, name=kind)
    with pytest.raises(SettingsError, match=f"BROADSHEET_POST_{kind.upper()}") as error:
        with_secret(target, {variable(target): secret})
    assert "secret" not in str(error.value)


def test_a_target_shows_nothing_of_its_secret() -> None:
    target = with_secret(
        PostTarget(kind="slack", name="slack"),
        {"BROADSHEET_POST_SLACK": "https://hooks.example/services/T0/B0/topsecret"},
    )
    assert "topsecret" not in repr(target)
    assert target.redacted("no topsecret here") == "no *** here"
