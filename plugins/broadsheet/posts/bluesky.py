"""Posts of the AT protocol: facets that make words links, record keys, and records. Pure.

https://docs.bsky.app/docs/advanced-guides/post-richtext, https://atproto.com/specs/tid
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from .markup import plain
from .model import Post
from .text import Lines, fitted

COLLECTION = "app.bsky.feed.post"
LONGEST = 300
"""Graphemes of a post; code points, which are counted here, are never fewer."""

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def lines_of(post: Post) -> Lines:
    """Return the lines of a post."""
    return fitted(post, LONGEST, lambda lines: len(plain(lines)))


def facets(lines: Lines) -> list[dict[str, Any]]:
    """Return the links of a post's lines, their places counted in bytes of UTF-8."""
    found = []
    at = 0
    for line in lines:
        for run in line:
            end = at + len(run.text.encode())
            if run.url:
                found.append(
                    {
                        "index": {"byteStart": at, "byteEnd": end},
                        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": run.url}],
                    }
                )
            at = end
        at += 1  # the newline
    return found


def record_key(post: Post, account: str) -> str:
    """Return the key of a day's record: always the same, so that the server has it once only."""
    microseconds = max(0, (post.moment - _EPOCH) // timedelta(microseconds=1))
    whose = hashlib.sha256(f"{account}\n{post.address}".encode()).digest()
    number = microseconds << 10 | int.from_bytes(whose[:2]) & 1023
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def record(post: Post, now: datetime) -> dict[str, Any]:
    """Return a day's record, made at a moment."""
    lines = lines_of(post)
    return {
        "$type": COLLECTION,
        "text": plain(lines),
        "facets": facets(lines),
        "langs": [post.language],
        "createdAt": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
    }
