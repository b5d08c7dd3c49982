"""What posts read from outside: targets from Pelican's settings, their secrets from the
environment. Nothing else in this folder sees either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..errors import SettingsError, shown
from ..fetch.dispatch import fault_of
from ..suggestions import did_you_mean
from .model import KINDS, PostTarget

SETTING = "BROADSHEET_POSTS"
PREFIX = "BROADSHEET_POST_"
"""How the environment's variables begin; a target's name in capitals follows."""

_WEBHOOKS = ("slack", "discord")
_SERVERS = {"telegram": "https://api.telegram.org", "bluesky": "https://bsky.social"}
_ACCOUNTS = {"telegram": "chat", "bluesky": "handle"}
_KEYS = ("to", "name", "server", "chat", "handle")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_ACCOUNT = re.compile(r"[@A-Za-z0-9._:-]{1,100}\Z")
_SECRET = re.compile(r"[\x21-\x7e]{1,2000}\Z")


def targets(values: Mapping[str, Any]) -> tuple[PostTarget, ...]:
    """Return the targets that BROADSHEET_POSTS names, without their secrets. Raises SettingsError
    naming the setting and the row."""
    rows = values.get(SETTING) or ()
    if not isinstance(rows, list | tuple):
        raise SettingsError(f"{SETTING} = {shown(rows)}: expected a list of mappings")
    found: dict[str, PostTarget] = {}
    for number, row in enumerate(rows, start=1):
        target = _target(row, f"{SETTING} row {number}")
        if target.name in found:
            raise SettingsError(
                f"{SETTING} row {number}: two targets are called {shown(target.name)}; expected "
                "another `name` for one"
            )
        found[target.name] = target
    return tuple(found.values())


def _target(row: object, where: str) -> PostTarget:
    if isinstance(row, str):
        row = {"to": row}
    if not isinstance(row, Mapping):
        raise SettingsError(f"{where} = {shown(row)}: expected a mapping such as {{'to': 'slack'}}")
    for key in row:
        if key not in _KEYS:
            raise SettingsError(
                f"{where}: {shown(key)} is not known{did_you_mean(str(key), _KEYS)}; expected "
                f"{', '.join(_KEYS)} (secrets come from the environment)"
            )
    texts = {key: str(value) for key, value in row.items()}
    kind = texts.get("to", "")
    if kind not in KINDS:
        raise SettingsError(
            f"{where}: to = {shown(kind)}{did_you_mean(kind, KINDS)}; expected one of "
            f"{', '.join(KINDS)}"
        )
    name = texts.get("name", kind)
    if not _NAME.match(name):
        raise SettingsError(
            f"{where}: name = {shown(name)}; expected lower-case letters, digits and hyphens"
        )
    account = texts.get(_ACCOUNTS.get(kind, ""), "")
    if kind in _ACCOUNTS and not _ACCOUNT.match(account):
        raise SettingsError(
            f"{where}: {_ACCOUNTS[kind]} = {shown(account)}; expected the {_ACCOUNTS[kind]} that "
            "posts go to"
        )
    return PostTarget(kind=kind, name=name, server=_server(kind, texts, where), account=account)


def _server(kind: str, texts: Mapping[str, str], where: str) -> str:
    if kind in _WEBHOOKS:
        if "server" in texts:
            raise SettingsError(f"{where}: {kind} has no server; its webhook names it")
        return ""
    server = texts.get("server", _SERVERS.get(kind, "")).rstrip("/")
    fault = fault_of(server, secret=True)
    if fault or re.search(r"[?#\s]", server):
        raise SettingsError(
            f"{where}: server = {shown(server)}; {fault or 'expected an address alone'}"
        )
    return server


def variable(target: PostTarget) -> str:
    """Return the environment's variable that holds a target's secret."""
    return PREFIX + target.name.upper().replace("-", "_")


def with_secret(target: PostTarget, environment: Mapping[str, str]) -> PostTarget:
    """Return a target with its secret. Raises SettingsError, which doesn't tell it, where it is
    missing or can't be one."""
    name = variable(target)
    secret = environment.get(name, "").strip()
    what = {
        "slack": "the webhook's address",
        "discord": "the webhook's address",
        "telegram": "the bot's token",
        "mastodon": "an access token",
        "bluesky": "an app password",
    }[target.kind]
    if not secret:
        raise SettingsError(f"{name} is not set; expected {what}")
    fit = bool(_SECRET.match(secret))
    if target.kind in _WEBHOOKS:
        fit = fit and fault_of(secret, secret=True) is None and "#" not in secret
    elif target.kind == "telegram":
        fit = fit and re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", secret) is not None
    if not fit:
        raise SettingsError(f"{name} does not hold {what}")
    return replace(target, secret=secret)
