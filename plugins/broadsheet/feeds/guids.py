"""GUIDs, the permanent ids of feeds and items.

A GUID is a `urn:uuid:` of version 5 (RFC 9562, section 5.5), made of what never changes: the
digest's identity, and the paper's id, the day, the week or the feed's name. It depends on no web
address, title or topic, and a paper's on no date, so edits, moves, renamed topics, rebuilds and a
new SITEURL leave it as it is: a feed reader never takes an old paper for a new one.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

_BROADSHEET = uuid5(NAMESPACE_URL, "urn:broadsheet:feeds")


def guid(kind: str, key: str, identity: str = "") -> str:
    """Return the GUID of a paper, day, week or feed (`kind`) with an id (`key`).

    `identity` is the digest's own, so that two digests give one paper two GUIDs (RFC 4287, section
    4.2.6: an id belongs to one entry); "" where the digest has none.
    """
    return UUID(int=uuid5(_BROADSHEET, f"{identity}\n{kind}\n{key}").int).urn
