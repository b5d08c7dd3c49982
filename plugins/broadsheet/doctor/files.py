"""Judges the files that come from templates, and content that is still the example's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..scaffold import RECORD, Kind
from ..scaffold.merge import CONFLICT
from ..scaffold.templates import PINNED
from .facts import Facts
from .finding import Finding, advised, needed
from .site_size import exceeded

_PIN = re.compile(r"^broadsheet==(\S+)(.*)$", re.M)


def judge(facts: Facts) -> Iterator[Finding]:
    """Yield what is missing or outdated among a digest's files."""
    if facts.record is None:
        yield needed(
            f"there is no {RECORD}: the workflows, forms and requirements of a host may be missing",
            "Run `broadsheet init .`; it writes what is missing, and overwrites nothing.",
        )
    else:
        yield from _templates(facts)
    yield from _pinned(facts)
    yield from _content(facts)
    yield from _size(facts)


def _templates(facts: Facts) -> Iterator[Finding]:
    by_kind: dict[Kind, list[str]] = {}
    for step in facts.steps:
        by_kind.setdefault(step.kind, []).append(step.path)
    for path in by_kind.get(Kind.UNSETTLED, ()):
        yield needed(
            f"{path} has a conflict to settle",
            f"Take over what you like from {path}{CONFLICT}, then remove that.",
        )
    for path in by_kind.get(Kind.REMOVED, ()):
        yield needed(f"{path} is missing", "Run `broadsheet init .`, which writes it again.")
    for path in by_kind.get(Kind.ADDED, ()):
        yield needed(
            f"{path} is missing: it came with newer templates",
            "Run `broadsheet upgrade`, which shows the difference first.",
        )
    for path in by_kind.get(Kind.UNREADABLE, ()):
        yield needed(
            f"{path} is no text file, or a link that leads elsewhere",
            "Remove it, and run `broadsheet init .`.",
        )
    waiting = [
        path
        for kind in (Kind.UPDATED, Kind.MERGED, Kind.CONFLICT)
        for path in by_kind.get(kind, ())
    ]
    if waiting:
        yield advised(
            f"newer templates for {_listed(waiting)}",
            "Run `broadsheet upgrade`, which shows the difference first.",
        )
    edited = [path for path in by_kind.get(Kind.EDITED, ()) if path != "pelicanconf.py"]
    if edited:
        yield advised(
            f"{_listed(edited)} differ{'' if len(edited) != 1 else 's'} from the templates by "
            "edits of yours",
            "Nothing, if you meant them: `broadsheet upgrade` keeps them.",
        )
    foreign = by_kind.get(Kind.FOREIGN, [])
    if foreign:
        yield advised(
            f"{_listed(foreign)} {'were' if len(foreign) != 1 else 'was'} there before "
            "`broadsheet init`",
            "Compare with those of a digest made elsewhere; `broadsheet upgrade` "
            "leaves them alone.",
        )


def _pinned(facts: Facts) -> Iterator[Finding]:
    match = _PIN.search(facts.texts.get(PINNED, ""))
    if match is None:
        if facts.record is not None and PINNED in facts.texts:
            yield needed(
                f"{PINNED} pins no version of Broadsheet",
                f"Write broadsheet=={facts.version} there.",
            )
        return
    if match[1] != facts.version:
        yield needed(
            f"{PINNED} pins Broadsheet {match[1]}, and {facts.version} runs here",
            f"Run `broadsheet upgrade` to pin {facts.version} (write it there where you edited the "
            f"line), or install {match[1]} here.",
        )
    elif "--hash=" not in match[2]:
        yield advised(
            f"{PINNED} has no hash: pip believes whatever the package index serves",
            "Run `broadsheet upgrade` where the index can be reached.",
        )


def _content(facts: Facts) -> Iterator[Finding]:
    if facts.example:
        yield needed(
            "the example listing with made-up papers is still there",
            f"Remove {' and '.join(facts.example)}.",
        )
    if not facts.days:
        yield needed("content/ has no day yet", "Run `broadsheet fetch` and `broadsheet import`.")
    if facts.about_is_template:
        yield needed(
            "content/pages/about.md is as it came",
            "Say there who makes the digest, and how authors reach you.",
        )


def _size(facts: Facts) -> Iterator[Finding]:
    if facts.record is None or facts.site is None:
        return
    host = facts.record.answers.host
    for sentence in exceeded(host, facts.site):
        yield advised(sentence, f"docs/hosts/{host}.md tells what to do beyond its limits.")


def _listed(paths: list[str]) -> str:
    if len(paths) > 4:
        return f"{', '.join(paths[:3])} and {len(paths) - 3} more"
    return ", ".join(paths)
