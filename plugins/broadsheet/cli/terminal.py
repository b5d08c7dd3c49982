"""What commands print. A title, a file's name or a server's words are shown as characters; none of
them steers the terminal: no colour, no other window's name, no line that is written over, no text
that runs the other way. None is a command to what runs a workflow, either: GitHub's runner reads
what a step prints, and obeys lines such as "::add-mask::e" and "##[set-output name=failed]no".

No other module of the command prints by itself (`tests/security/test_terminal.py`).
"""

from __future__ import annotations

import json
import re
from typing import Any

import click

_KEPT = "\n\t"
_UNSEEN = re.compile(r"[^ -~\n]")
# https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions, and the older
# form, which the runner finds anywhere in a line.
_COMMAND = re.compile(r"^([^\S\n]*:)(?=:)", re.M)
_OLDER_COMMAND = "##["


def echo(message: object = "", *, err: bool = False, nl: bool = True, orders: bool = False) -> None:
    """Print a message, whoever wrote what is in it; to standard error if `err`. Of `orders`, the
    lines that begin with "::" are our own commands to GitHub's runner."""
    text = told(str(message))
    if not orders and "::" in text:
        text = _COMMAND.sub(r"\1 ", text)
    click.echo(text.replace(_OLDER_COMMAND, "## ["), err=err, nl=nl)


def echo_json(value: Any, *, indent: int) -> None:
    """Print a value as JSON, in which characters that could steer a terminal are escapes: a program
    reads the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = text.replace(_OLDER_COMMAND, r"#\u0023[")
    click.echo(text if _is_seen(text) else escaped(text))


def told(message: str) -> str:
    """Return a message of several lines with U+FFFD for each character that could steer a terminal,
    and a space for each that only separates words."""
    if _is_seen(message):
        return message
    return "".join(
        char if char in _KEPT or char.isprintable() else " " if char.isspace() and char > "\x9f"
        else "\ufffd"
        for char in message
    )  # fmt: skip


def escaped(text: str) -> str:
    """Return JSON with an escape for each character that could steer a terminal."""
    return _UNSEEN.sub(
        lambda one: one[0] if one[0].isprintable() else json.dumps(one[0])[1:-1], text
    )


def _is_seen(text: str) -> bool:
    return text.isprintable() or all(line.isprintable() for line in text.split("\n"))
