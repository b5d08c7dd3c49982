"""What each service is asked, and what its answers mean. Pure.

slack     https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
discord   https://discord.com/developers/docs/resources/webhook#execute-webhook
telegram  https://core.telegram.org/bots/api#sendmessage
mastodon  https://docs.joinmastodon.org/methods/statuses/#create
bluesky   https://docs.bsky.app/docs/api/com-atproto-repo-create-record
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from ..fetch.answer import plain
from ..fetch.dispatch import Dispatch, Receipt
from ..fetch.retry import retry_after
from . import bluesky, markup
from .model import Post, PostTarget, State, Verdict
from .text import fitted

REPEATABLE = frozenset({"mastodon", "bluesky"})
"""Services that take the same post once, however often it is sent: Mastodon by Idempotency-Key (for
an hour), Bluesky by the record's key."""

_LIMITS = {"slack": 4000, "discord": 2000, "telegram": 4096, "mastodon": 500}
_BUSY = frozenset({429, 503})  # nothing was taken
_BROKEN = frozenset({408, 425})


def text(target: PostTarget, post: Post) -> str:
    """Return a post as a target's service is sent it."""
    limit = _LIMITS.get(target.kind, 0)
    match target.kind:
        case "slack":
            return markup.slack(fitted(post, limit, lambda lines: len(markup.slack(lines))))
        case "discord":
            size = markup.utf16
            return markup.discord(fitted(post, limit, lambda lines: size(markup.discord(lines))))
        case "telegram":
            size = markup.utf16
            return markup.telegram(fitted(post, limit, lambda lines: size(markup.telegram(lines))))
        case "mastodon":
            return markup.mastodon(fitted(post, limit, markup.mastodon_size))
    return markup.plain(bluesky.lines_of(post))


def preparation(target: PostTarget) -> Dispatch | None:
    """Return what is asked before anything is posted: Bluesky's session. None for the others."""
    if target.kind != "bluesky":
        return None
    return Dispatch(
        url=f"{target.server}/xrpc/com.atproto.server.createSession",
        body={"identifier": target.account, "password": target.secret},
    )


def session(receipt: Receipt) -> tuple[str, str] | None:
    """Return the token and the account's id of a Bluesky session; None for any other answer."""
    values = _object(receipt)
    token, did = values.get("accessJwt"), values.get("did")
    if receipt.status != 200 or not isinstance(token, str) or not isinstance(did, str):
        return None
    fit = token.isascii() and token.isprintable() and " " not in token and did.startswith("did:")
    return (token, did) if fit and did.isascii() and did.isprintable() else None


def look_up(target: PostTarget, post: Post, opened: tuple[str, str]) -> Dispatch:
    """Return the question whether Bluesky has a day's record."""
    query = urlencode(
        {
            "repo": opened[1],
            "collection": bluesky.COLLECTION,
            "rkey": bluesky.record_key(post, target.account),
        }
    )
    return Dispatch(
        url=f"{target.server}/xrpc/com.atproto.repo.getRecord?{query}", headers=_bearer(opened[0])
    )


def is_there(receipt: Receipt) -> bool:
    """Return whether an answer to `look_up` holds the record."""
    return receipt.status == 200 and isinstance(_object(receipt).get("uri"), str)


def message(
    target: PostTarget, post: Post, now: datetime, opened: tuple[str, str] | None = None
) -> Dispatch:
    """Return the request that posts a day; `opened` is Bluesky's session."""
    words = text(target, post)
    match target.kind:
        case "slack":
            return Dispatch(
                url=target.secret,
                body={"text": words, "unfurl_links": False, "unfurl_media": False},
            )
        case "discord":
            mark = "&" if "?" in target.secret else "?"
            return Dispatch(
                url=f"{target.secret}{mark}wait=true",
                # No mention of anybody counts; no previews (flag 4).
                body={"content": words, "allowed_mentions": {"parse": []}, "flags": 4},
            )
        case "telegram":
            return Dispatch(
                url=f"{target.server}/bot{target.secret}/sendMessage",
                body={
                    "chat_id": target.account,
                    "text": words,
                    "parse_mode": "HTML",
                    "link_preview_options": {"is_disabled": True},
                },
            )
        case "mastodon":
            once = hashlib.sha256(f"{target.name}\n{post.address}".encode()).hexdigest()
            return Dispatch(
                url=f"{target.server}/api/v1/statuses",
                body={"status": words, "visibility": "public", "language": post.language},
                headers={**_bearer(target.secret), "Idempotency-Key": once},
            )
    assert opened is not None
    return Dispatch(
        url=f"{target.server}/xrpc/com.atproto.repo.createRecord",
        body={
            "repo": opened[1],
            "collection": bluesky.COLLECTION,
            "rkey": bluesky.record_key(post, target.account),
            "record": bluesky.record(post, now),
        },
        headers=_bearer(opened[0]),
    )


def verdict(target: PostTarget, receipt: Receipt, now: datetime) -> Verdict:
    """Return what an answer to `message` means."""
    status = receipt.status
    if 200 <= status < 300:
        if _taken(target.kind, receipt):
            return Verdict(state=State.SENT, code=status)
        why = f"it answers {status} with something else than expected"
        return Verdict(state=State.UNKNOWN, why=why, code=status)
    why = f"it answers {status}{_said(target, receipt)}"
    if status in _BUSY:
        return Verdict(state=State.LATER, why=why, wait=_wait(receipt, now), code=status)
    if status >= 500 or status in _BROKEN:
        return Verdict(state=State.UNKNOWN, why=why, code=status)
    return Verdict(state=State.REFUSED, why=why, code=status)


def _taken(kind: str, receipt: Receipt) -> bool:
    """Return whether a service says that it took a post."""
    match kind:
        case "slack":
            return receipt.data.strip() == b"ok"
        case "discord":
            return receipt.status == 204 or "id" in _object(receipt)
        case "telegram":
            return _object(receipt).get("ok") is True
        case "mastodon":
            return "id" in _object(receipt)
    return isinstance(_object(receipt).get("uri"), str)


def _said(target: PostTarget, receipt: Receipt) -> str:
    """Return what a service says in words, one line, without the target's secret."""
    values = _object(receipt)
    found = [
        value
        for key in ("error", "description", "message", "error_description")
        if isinstance(value := values.get(key), str)
    ]
    words = ": ".join(found) if found else receipt.data.decode("utf-8", "replace")
    if words.lstrip().startswith("<"):
        return ""
    line = plain(target.redacted(words), 150)
    return f" ({line})" if line else ""


def _wait(receipt: Receipt, now: datetime) -> float | None:
    """Return the seconds that a service asks to wait: by Retry-After, or in its answer."""
    asked = retry_after(receipt.retry_after, now)
    if asked is not None:
        return asked
    values = _object(receipt)
    inner = values.get("parameters")
    for place in (values, inner if isinstance(inner, dict) else {}):
        seconds = place.get("retry_after")
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0:
            return float(min(seconds, 10**9))  # of any number of digits
    return None


def _object(receipt: Receipt) -> dict[str, Any]:
    try:
        value = receipt.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
