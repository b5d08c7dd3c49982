"""Compare the content of two commits, or of a commit and the working tree.

Reads with `git` and `folder` and compares with `diff`. Only the months of changed files are read,
unless the vocabulary changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ...content.disk import LEDGER
from ...content.redirects import FILE as REDIRECTS
from ...content.redirects import survey
from ...errors import BroadsheetError
from ...topics import Vocabulary, parse_vocabulary
from ..changes import addresses
from ..changes.folder import Folder
from . import git
from .diff import Changes, Vocabularies, compare, papers_by_id, vocabularies
from .renamed_terms import RenamedTerm, renamed_terms
from .waiting_diff import compare_waiting

_VOCABULARY = ("topics.yml", "tags.yml")


def changes(root: Path, base: str, head: str | None = None) -> Changes:
    """Return what a commit (`head`), or the working tree (None), changes against the commit `base`.

    Raises BroadsheetError where git fails.
    """
    touched = git.changed(root, base, head)
    pages = [path for path in touched if addresses.PAGE.match(path)]
    waiting = [path for path in touched if addresses.WAITING_FILE.match(path)]
    old, new = _side(root, base, pages), _side(root, head, pages)
    renamed = _renamed(root, base, head) if REDIRECTS in touched else ()
    return compare(
        old,
        new,
        renamed=renamed,
        waiting=compare_waiting(
            _side(root, base, waiting), _side(root, head, waiting), papers_by_id(new)[0]
        ),
        vanished=_vanished(root, base, head, pages),
        vocabularies=(
            _vocabularies(root, base, head, renamed) if set(_VOCABULARY) & set(touched) else None
        ),
        others=[path for path in touched if not _is_told(path)],
        beside=git.changed_beside(root, base, head),
    )


def earlier_vocabularies(root: Path, most: int = 20) -> list[Vocabulary]:
    """Return the vocabularies of the newest commits, up to `most`, that changed one; those that
    can't be read are left out. None where git knows nothing of the content folder."""
    found: list[Vocabulary] = []
    for commit in git.commits_of(root, _VOCABULARY, most):
        try:
            one = _vocabulary(root, commit)
        except BroadsheetError:
            continue
        if one is not None and all(one.topics != other.topics for other in found):
            found.append(one)
    return found


def _is_told(path: str) -> bool:
    """Return whether what a file's change means is told: of ledgers and redirects, by what becomes
    of papers, topics and addresses."""
    return bool(
        addresses.PAGE.match(path)
        or addresses.WAITING_FILE.match(path)
        or path.endswith(f"/{LEDGER}")
        or path in (*_VOCABULARY, REDIRECTS)
    )


def _side(root: Path, name: str | None, paths: Iterable[str]) -> dict[str, str]:
    if name is None:
        return Folder(root).texts(paths)
    return {
        path: data.decode("utf-8", "replace") for path, data in git.read(root, name, paths).items()
    }


def _all_pages(root: Path, name: str | None, start: str = "") -> list[str]:
    paths = Folder(root).paths() if name is None else git.files(root, name)
    return [path for path in paths if addresses.PAGE.match(path) and path.startswith(start)]


def _vanished(root: Path, base: str, head: str | None, touched: list[str]) -> list[str]:
    """Return the addresses that vanished without a row in redirects.yml."""
    before: set[str] = set()
    after: set[str] = set()
    months = {path[:8] for path in touched}
    for month in sorted(months):
        before |= _addresses(_side(root, base, _all_pages(root, base, month)))
        after |= _addresses(_side(root, head, _all_pages(root, head, month)))
    gone = before - after
    if not gone:
        return []
    rest = [path for path in _all_pages(root, head) if path[:8] not in months]
    wide = {
        one
        for one in gone
        if one.startswith(("papers/", "topics/", "tags/")) or addresses.WEEK.match(one)
    }
    if wide and rest:
        gone -= _addresses(_side(root, head, rest))
    text = _side(root, head, [REDIRECTS]).get(REDIRECTS, "")
    return sorted(gone - {one.old for one in survey(text)[0]})


def _addresses(texts: Mapping[str, str]) -> set[str]:
    found = set()
    for path, text in texts.items():
        try:
            found |= addresses.of_page(path, text)
        except BroadsheetError:
            continue  # reported as a page that can't be read
    return found


def _renamed(root: Path, base: str, head: str | None) -> tuple[RenamedTerm, ...]:
    old, new = (_side(root, name, [REDIRECTS]).get(REDIRECTS, "") for name in (base, head))
    before = _vocabulary(root, base)
    known: dict[str, set[str]] = {
        "topic": set(before.topic_by_slug) if before else set(),
        "tag": set(before.tag_by_slug) if before else set(),
    }
    return tuple(replace(one, joined=one.new in known[one.kind]) for one in renamed_terms(old, new))


def _vocabularies(
    root: Path, base: str, head: str | None, renamed: Iterable[RenamedTerm]
) -> Vocabularies | None:
    old, new = _vocabulary(root, base), _vocabulary(root, head)
    if old is None or new is None:
        return None
    papers, _ = papers_by_id(_side(root, head, _all_pages(root, head)))
    return vocabularies(old, new, papers.values(), renamed)


def _vocabulary(root: Path, name: str | None) -> Vocabulary | None:
    texts = _side(root, name, _VOCABULARY)
    if len(texts) < len(_VOCABULARY):
        return None
    return parse_vocabulary(*(texts[path] for path in _VOCABULARY))
