"""A post as lines of runs, as many of its titles as fit a size. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .model import LONGEST_TITLE, Post

_SHORTEST_TITLE = 20  # characters below which a title is left out rather than cut


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line: where they lead, if anywhere, and whether they stand out. `shown` says
    that the address itself is written where words can't be links."""

    text: str
    url: str = ""
    strong: bool = False
    shown: bool = False


Line = tuple[Run, ...]
Lines = tuple[Line, ...]


def lines(post: Post, named: int, longest: int = LONGEST_TITLE) -> Lines:
    """Return a post that names its first `named` papers, titles cut at `longest` characters."""
    head: list[Line] = [
        (Run(f"{cut(post.name, LONGEST_TITLE)}: {post.heading}", strong=True),),
        (Run(post.count),),
    ]
    body: list[Line] = [
        (Run("• "), Run(cut(story.title, longest), story.address)) for story in post.stories[:named]
    ]
    if more := post.more(len(body)):
        body.append((Run(more),))
    if body:
        body = [(), *body]
    foot: list[Line] = [(), (Run(shortened(post.address), post.address, shown=True),)]
    return tuple(head + body + foot)


def fitted(post: Post, limit: int, size: Callable[[Lines], int]) -> Lines:
    """Return the post with as many of its titles as fit: at most `limit` by `size`. Where not one
    fits as it is, it is cut; where that leaves too little of it, none is named."""
    for named in range(len(post.stories), 0, -1):
        whole = lines(post, named)
        if size(whole) <= limit:
            return whole
    if post.stories:
        over = size(lines(post, 1)) - limit
        room = min(len(post.stories[0].title), LONGEST_TITLE) - over
        # Escapes take room, too: a cut of so many characters may not do.
        while room >= _SHORTEST_TITLE:
            candidate = lines(post, 1, room)
            if size(candidate) <= limit:
                return candidate
            room -= 10
    return lines(post, 0)


def cut(text: str, longest: int) -> str:
    """Return a text cut at a word where it is longer than so many characters, with "…"."""
    if len(text) <= longest:
        return text
    end = text.rfind(" ", longest // 2, longest)
    return text[: end if end > 0 else longest - 1].rstrip() + "…"


def shortened(address: str) -> str:
    """Return an address as people write it: without its scheme and last slash."""
    return address.partition("://")[2].rstrip("/") or address
