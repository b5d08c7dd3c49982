"""A target of the fuzzer: what reads strangers' text, and what it may say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadsheet.errors import BroadsheetError


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: inputs that it knows well, what else it may meet, and what it may refuse with."""

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    pieces: tuple[bytes, ...] = ()
    refusals: type[BroadsheetError] = BroadsheetError


def text_of(data: bytes) -> str:
    """Return the text of a file that need not be UTF-8."""
    return data.decode("utf-8", "replace")


YAML = tuple(
    text.encode()
    for text in (
        "&a ", "*a", "!!python/object:os.system ", "!!binary ", "<<: ", "? ", "- - ", "|\n", ">\n",
        "{a: ", "[[", "---\n", "...\n", "%YAML 1.1\n", "'", '"\\x41', "~", "yes", "0o7", "1_000",
        "2025-08-07", ".inf", "title: ", "from: ", '{"from": "a/", "to": "b/"}\n', "slug: x\n",
    )
)  # fmt: skip
"""What YAML can be broken with."""
