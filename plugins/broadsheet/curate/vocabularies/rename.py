"""Rename a topic or a tag, or merge several into one: in all papers, waiting ones too, in the
vocabulary, intake.yml and subscriptions; old addresses lead to the new ones. Pure.

Papers don't get a new `updated:`, since their contents don't change for readers of feeds, and those
that nobody edited stay so for imports. The set of papers is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...content import redirects
from ...content.disk import is_waiting
from ...content.redirects import Redirect
from ...counts import counted
from ...errors import ContentError, shown
from ...suggestions import did_you_mean
from ...topics import OTHER, Vocabulary
from ...topics.vocabulary import RESERVED
from ..changes import addresses, written_rows
from ..changes.addresses import PAGE
from ..changes.change import Change, ContentState, finished, refuse_no_slug
from . import mentions, vocabulary_text
from .renamed_pages import tags_renamed, topics_renamed

KINDS = ("topic", "tag")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What becomes of topics or tags (`kind`): the `olds` become `new`."""

    kind: str
    olds: tuple[str, ...]
    new: str


def rename(
    state: ContentState,
    kind: str,
    old: str,
    new: str,
    *,
    name: str | None = None,
    join: bool = False,
) -> Change:
    """Give a topic or a tag (`kind`) another slug, another name too where one is given.

    `state` holds all pages, ledgers and waiting papers, and the texts of topics.yml, tags.yml,
    intake.yml, redirects.yml and the subscriptions. Where there is a topic or tag `new` already,
    they become one with `join`. Raises ContentError for an impossible slug or name, for one that
    is there already, and for a topic or tag that there is not.
    """
    refuse_no_slug(new, kind)
    if kind == "topic" and new == RESERVED:
        raise ContentError(f"{RESERVED}.md holds the papers that wait; expected another slug")
    if kind == "topic" and old == OTHER.slug:
        raise ContentError(f"{OTHER.slug} is where papers go that no topic speaks for; it stays")
    if old != new and _renamed_already(state, kind, old, new):
        raise ContentError(f"the {kind} {shown(old)} is called {shown(new)} already, in all papers")
    _refuse_unknown(state, kind, old)
    if old == new:
        if name is None or name == _names(state.vocabulary, kind).get(old):
            raise ContentError(f"the {kind} {shown(old)} is called so already")
    elif _is_there(state, kind, new):
        if not join or name is not None:
            raise ContentError(
                f"there is a {kind} {shown(new)} already; to make them one: "
                f"broadsheet {kind} merge {old} --into {new}"
            )
        return merge(state, kind, [old], new)
    return _changed(state, _Wanted(kind, (old,), new), name)


def merge(state: ContentState, kind: str, olds: Sequence[str], kept: str) -> Change:
    """Make one topic or tag (`kind`) of several: papers of `olds` get `kept`, which takes over the
    words that the others are recognised by.

    `state` is as for `rename`, and so are the errors.
    """
    olds = tuple(dict.fromkeys(olds))
    if len(olds) == 1 and _renamed_already(state, kind, olds[0], kept):
        raise ContentError(f"{shown(olds[0])} is one with {shown(kept)} already, in all papers")
    for slug in (*olds, kept):
        _refuse_unknown(state, kind, slug)
    if kept in olds:
        raise ContentError(f"{shown(kept)} can't be merged into itself; expected other {kind}s")
    if kind == "topic" and kept not in state.vocabulary.topic_by_slug:
        raise ContentError(f"the topic {shown(kept)} is not in topics.yml; expected one that is")
    if kind == "topic" and OTHER.slug in olds:
        raise ContentError(f"{OTHER.slug} is where papers go that no topic speaks for; it stays")
    return _changed(state, _Wanted(kind, olds, kept), None)


def _changed(state: ContentState, wanted: _Wanted, name: str | None) -> Change:
    kind, olds, new = wanted.kind, wanted.olds, wanted.new
    writes: dict[str, str | None] = {}
    said: list[str] = []
    vocabulary = _vocabulary(state, wanted, name)
    writes |= vocabulary
    joins = olds != (new,) and _is_there(state, kind, new)
    if kind == "tag":
        found = tags_renamed(state.texts, olds, new)
    else:
        names = _names(state.vocabulary, kind)
        title = name or names.get(new) or names.get(olds[0]) or new
        called = {names[one] for one in (*olds, new) if one in names}
        found = topics_renamed(state.texts, olds, new, called, title)
    writes |= found.writes
    writes |= mentions.renamed(state.texts, kind, olds, new) if olds != (new,) else ()
    writes |= written_rows.carried(state.texts, writes)
    for old in olds:
        papers = counted(found.counts[old], "paper")
        if old == new:
            said.append(f"{old}: its name is {name} now")
        elif joins:
            said.append(f"{old}: one with {new} now, in {papers}")
        else:
            said.append(f"{old}: now {new}, in {papers}")
    said += found.notices
    moved = [] if olds == (new,) else list(_redirects(state, wanted))
    return finished(state, writes, "\n".join(said), moved)


def _vocabulary(state: ContentState, wanted: _Wanted, name: str | None) -> dict[str, str]:
    """Return the new text of topics.yml or tags.yml, by its path; nothing where it stays."""
    file = vocabulary_text.FILES[wanted.kind]
    text = state.texts.get(file)
    if text is None:
        return {}
    there = vocabulary_text.parsed(text, wanted.kind)
    olds = [slug for slug in wanted.olds if slug in there and slug in text]
    result = text
    if wanted.new not in there or wanted.olds == (wanted.new,):
        if not olds and name is not None:
            raise ContentError(f"{shown(wanted.olds[0])} is not in {file}, and has no name there")
        if olds:
            result = vocabulary_text.renamed(result, wanted.kind, olds[0], wanted.new, name)
            olds = olds[1:]
    olds = [slug for slug in olds if slug != wanted.new]
    result = vocabulary_text.merged(result, wanted.kind, olds, wanted.new)
    return {file: result} if result != text else {}


def _redirects(state: ContentState, wanted: _Wanted) -> Iterator[Redirect]:
    """Yield a redirect from each address that the old topics or tags have given the site."""
    kind, new = wanted.kind, wanted.new
    for old in wanted.olds:
        found = addresses.of_pages({path: one for path, one in state.texts.items() if old in one})
        start = f"{kind}s/{old}/"
        for address in sorted(found):
            if address.startswith(start):
                yield Redirect(old=address, new=f"{kind}s/{new}/{address[len(start) :]}")
            elif kind == "topic" and address[:4].isdigit() and address.endswith(f"/{old}/"):
                yield Redirect(old=address, new=f"{address[: -len(old) - 1]}{new}/")


def _is_there(state: ContentState, kind: str, slug: str) -> bool:
    """Return whether the vocabulary has a topic or tag, or a paper, also one that waits."""
    return slug in _names(state.vocabulary, kind) or slug in _used(state, kind, slug)


def _used(state: ContentState, kind: str, word: str = "") -> set[str]:
    """Return the slugs of the topics or tags that papers have, in files that hold a word."""
    found: set[str] = set()
    for path, text in state.texts.items():
        if word in text and (PAGE.match(path) or is_waiting(path)):
            found |= addresses.terms_of(path, text, kind)
    return found


def _refuse_unknown(state: ContentState, kind: str, slug: str) -> None:
    if _is_there(state, kind, slug):
        return
    near = did_you_mean(slug, {*_names(state.vocabulary, kind), *_used(state, kind)})
    if kind == "tag":
        raise ContentError(
            f"no paper has the tag {shown(slug)}; expected one that papers have{near}"
        )
    raise ContentError(f"there is no topic {shown(slug)}{near}")


def _names(vocabulary: Vocabulary, kind: str) -> dict[str, str]:
    if kind == "topic":
        return {one.slug: one.name for one in vocabulary.topics}
    return {one.slug: one.name for one in vocabulary.tags}


def _renamed_already(state: ContentState, kind: str, old: str, new: str) -> bool:
    if _is_there(state, kind, old):
        return False
    found, _ = redirects.survey(state.texts.get(redirects.FILE) or "")
    return any((one.old, one.new) == (f"{kind}s/{old}/", f"{kind}s/{new}/") for one in found)
