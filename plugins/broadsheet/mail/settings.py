"""What mail reads from outside: the sender from Pelican's settings, the server from the
environment. Nothing else in this folder sees either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import SettingsError, shown
from ..io.settings import Settings
from .model import Sender, is_address
from .smtp import SECURITY, Server

_NAMED = re.compile(r"([^<>]*)<([^<>]*)>\Z")
"""A name before its address, as mail programs write both."""


def sender(values: Mapping[str, Any], settings: Settings) -> Sender:
    """Return the sender that Pelican's settings describe. Raises SettingsError naming the setting.

    BROADSHEET_MAIL_FROM and SITEURL are required; BROADSHEET_MAIL_UNSUBSCRIBE,
    BROADSHEET_MAIL_UNSUBSCRIBE_TO and BROADSHEET_MAIL_LIST_ID are optional.
    """
    if not settings.url:
        raise SettingsError("SITEURL is empty; mail needs whole addresses, with https://")
    written = str(values.get("BROADSHEET_MAIL_FROM") or "").strip()
    named = _NAMED.match(written)
    address = named[2] if named else written
    if not is_address(address):
        raise SettingsError(
            f"BROADSHEET_MAIL_FROM = {shown(written)}: expected the address that mail comes from, "
            "such as papers@example.org"
        )
    leave = str(values.get("BROADSHEET_MAIL_UNSUBSCRIBE") or "")
    if leave and (not leave.startswith("https://") or "{token}" not in leave
                  or re.search(r"[\x00-\x20\x7f<>\"]", leave) or not leave.isascii()):  # fmt: skip
        raise SettingsError(
            f"BROADSHEET_MAIL_UNSUBSCRIBE = {shown(leave)}: expected an address with https:// and "
            "{token} where the subscriber's token goes"
        )
    leave_to = str(values.get("BROADSHEET_MAIL_UNSUBSCRIBE_TO") or "")
    if leave_to and not is_address(leave_to):
        raise SettingsError(
            f"BROADSHEET_MAIL_UNSUBSCRIBE_TO = {shown(leave_to)}: expected a mail address"
        )
    host = urlsplit(settings.url).hostname or "localhost"
    list_id = str(values.get("BROADSHEET_MAIL_LIST_ID") or f"papers.{host}")
    if not re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", list_id):
        raise SettingsError(
            f"BROADSHEET_MAIL_LIST_ID = {shown(list_id)}: expected such as papers.example.org"
        )
    return Sender(
        name=settings.name,
        address=address,
        home=settings.url,
        list_id=list_id,
        language=settings.words.language,
        words=settings.words,
        unsubscribe=leave or None,
        unsubscribe_mail=leave_to or None,
        from_name=named[1].strip(' "') or None if named else None,
    )


def template_folders(values: Mapping[str, Any], settings: Settings) -> tuple[Path, ...]:
    """Return the folders in which templates are looked up, first match first:
    THEME_TEMPLATES_OVERRIDES, then the theme's."""
    overrides = values.get("THEME_TEMPLATES_OVERRIDES") or ()
    return (*map(Path, overrides), settings.theme / "templates")


def server(environment: Mapping[str, str]) -> Server:
    """Return the mail server that BROADSHEET_SMTP_HOST, _PORT, _USER, _PASSWORD and _SECURITY
    name. Raises SettingsError naming the variable."""
    host = environment.get("BROADSHEET_SMTP_HOST", "")
    if not host:
        raise SettingsError("BROADSHEET_SMTP_HOST is not set; expected the mail server's name")
    security = environment.get("BROADSHEET_SMTP_SECURITY", "starttls")
    if security not in SECURITY:
        raise SettingsError(
            f"BROADSHEET_SMTP_SECURITY = {shown(security)}: expected one of {', '.join(SECURITY)}"
        )
    port = environment.get("BROADSHEET_SMTP_PORT", "465" if security == "tls" else "587")
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise SettingsError(
            f"BROADSHEET_SMTP_PORT = {shown(port)}: expected a port number from 1 to 65535"
        )
    return Server(
        host=host,
        port=int(port),
        user=environment.get("BROADSHEET_SMTP_USER") or None,
        password=environment.get("BROADSHEET_SMTP_PASSWORD") or None,
        security=security,
    )
