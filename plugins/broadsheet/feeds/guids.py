"""Permanent names of feeds and items.

A name is a `urn:uuid:` made (RFC 9562, version 5) of what never changes: the digest's identity and
the paper's id, the day, or the feed's name. No web address, date, title or topic is in it, so
that edits, moves, renamed topics, rebuilds and even a new SITEURL leave it as it is: a feed
reader never sees an old paper as new.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

_BROADSHEET = uuid5(NAMESPACE_URL, "urn:broadsheet:feeds")


def guid(kind: str, key: str, identity: str = "") -> str:
    """The permanent name of something: `kind` is "paper", "day", "week" or "feed", `key` its id.

    `identity` is the digest's own, so that two digests give one paper two names (RFC 4287, 4.2.6:
    an id is one entry's alone); "" where the digest has none.
    """
    return UUID(int=uuid5(_BROADSHEET, f"{identity}\n{kind}\n{key}").int).urn
