"""Format changes as Markdown for a comment on a pull request. Pure.

Titles, notes and names are untrusted: none becomes a link, mention, heading, task, emoji or HTML,
or changes the direction of writing. A comment holds some 65,000 characters, so long lists are cut,
with a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...archive.model import PublishedPaper
from ...counts import counted
from ...papers import Note, Paper
from ...text.word_changes import WordChange, word_changes
from .diff import ChangedTopic, Changes, Edited, Vocabularies
from .renamed_terms import RenamedTerm

LONGEST = 60_000  # characters; GitHub takes 65,536
ROWS = 100  # of one list
WORDS = 8  # changed places of one abstract
_LONGEST_TEXT = 200
_LONGEST_WORDS = 120

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#!|~$^&])")
_LIST = re.compile(r"\A(?:(?=[-+])|(\d{1,9})(?=\.))")
# A word joiner keeps GitHub from turning these into mentions, references and links.
_LIVE = re.compile(r"(@|#|:(?=//)|:(?=[\w+-]{1,40}:)|(?<=www)(?=\.)|\bGH-)", re.I)
_JOINER = "\u2060"


def markdown(changes: Changes, *, site: str = "") -> str:
    """Return the changes as Markdown, ended by a newline.

    `site` is the published site's address (SITEURL), for links to papers.
    """
    if not changes.any:
        return "This changes no paper, topic or tag.\n"
    parts = []
    if changes.beside:
        parts.append(
            "**This changes files that the site is built by. They are programs, or may be: read "
            "them as code.**"
        )
        parts.append(_list("Files outside the content", map(_code, changes.beside)))
    parts.append(f"**{_summary(changes)}**")
    parts.extend(_sections(changes, site))
    text = "\n\n".join(part for part in parts if part) + "\n"
    if len(text) <= LONGEST:
        return text
    cut = text.rfind("\n", 0, LONGEST)
    return text[:cut] + "\n\nAnd more than a comment can hold.\n"


def plain(text: str, limit: int = _LONGEST_TEXT) -> str:
    """Escape an untrusted text as Markdown in one line, cut to `limit` characters. Invisible
    characters (controls, marks of direction, joiners) become spaces."""
    text = text[: 8 * limit]
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    line = _LIVE.sub(lambda match: f"{match[0]}{_JOINER}", line)
    return _LIST.sub(r"\1\\", _MARKUP.sub(r"\\\1", line))


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _summary(changes: Changes) -> str:
    moved = [one for one in changes.edited if one.moved]
    retagged = [one for one in changes.edited if any(one.tags)]
    noted = [one for one in changes.edited if one.notes]
    others = [one for one in changes.edited if not (one.moved or any(one.tags) or one.notes)]
    counts = [
        (len(changes.added), "added"),
        (len(changes.removed), "removed"),
        (len(moved), "moved"),
        (len(retagged), "retagged"),
        (len(noted), "annotated"),
        (len(others), "otherwise changed"),
    ]
    parts = [f"{count} {word}" for count, word in counts if count]
    if changes.votes:
        parts.append(f"{changes.votes} with other votes")
    waiting = changes.waiting
    for count, word in (
        (waiting.added, "waiting"),
        (len(waiting.declined), "declined that waited"),
        (waiting.edited, "edited while they wait"),
    ):
        if count:
            parts.append(f"{count} {word}")
    return "Papers: " + (", ".join(parts) or "none changed")


def _sections(changes: Changes, site: str) -> Iterator[str]:
    picked = changes.waiting.picked
    yield _list(
        "Added",
        (
            f"{_name(one, site)}, {_where(one)}" + (", picked" if one.paper.id in picked else "")
            for one in changes.added
        ),
    )
    yield _list("Removed", (f"{_name(one, site)}, from {_where(one)}" for one in changes.removed))
    yield _list(
        "Waiting, not published",
        (f"{count}: {plain(why)}" for why, count in changes.waiting.reasons),
        changes.waiting.added,
    )
    yield _list("Declined, never published", (_paper(one, "") for one in changes.waiting.declined))
    yield _list("Renamed", map(_renamed, changes.renamed))
    yield _list("Changed", (_edited(one, site) for one in changes.edited))
    yield _list("Other files of the content", map(_code, changes.others))
    yield _list(
        "Addresses that lead nowhere now (add them to redirects.yml, or use `broadsheet move` and "
        "`retire`)",
        (_code(f"/{address}") for address in changes.vanished),
    )
    unread = (*changes.unread, *changes.waiting.unread)
    yield _list("Could not be read", (plain(str(one), 300) for one in unread))
    if changes.vocabularies is not None:
        yield from _vocabularies(changes.vocabularies, site)


def _list(title: str, rows: Iterable[str], count: int | None = None) -> str:
    """Return a list below its title with the number of its rows, or `count`."""
    found = list(rows)
    if not found:
        return ""
    shown = [f"- {row}" for row in found[:ROWS]]
    if len(found) > ROWS:
        shown.append(f"- and {len(found) - ROWS} more")
    return f"### {title} ({len(found) if count is None else count})\n\n" + "\n".join(shown)


def _name(one: PublishedPaper, site: str) -> str:
    return _paper(one.paper, site)


def _paper(paper: Paper, site: str) -> str:
    """Return a paper's title, with a link: to arXiv, or else to its page where it has one."""
    title = plain(paper.title)
    if paper.arxiv:
        return f"[{title}](https://arxiv.org/abs/{paper.arxiv})"
    if site:
        return f"[{title}]({site.rstrip('/')}/papers/{paper.id}/)"
    return title


def _where(one: PublishedPaper) -> str:
    return f"{plain(one.topic)}, {one.date}"


def _code(text: str) -> str:
    """Return a text as a code span, whatever it holds."""
    line = "".join(char if char.isprintable() else " " for char in text)[:_LONGEST_TEXT]
    return f"`{line.replace('`', ' ')}`"


def _edited(one: Edited, site: str) -> str:
    parts = []
    if one.moved:
        parts.append(f"moved from {_where(one.old)} to {_where(one.new)}")
    got, lost = one.tags
    if got or lost:
        parts.append(
            "tags "
            + ", ".join([*(f"+{plain(tag)}" for tag in got), *(f"−{plain(tag)}" for tag in lost)])
        )
    parts.extend(_note(note) for note in one.notes)
    if one.lost_notes:
        parts.append(f"{one.lost_notes} note{_s(one.lost_notes)} gone")
    if "title" in one.changed:
        parts.append(f"title was: {plain(one.old.paper.title)}")
    if "abstract" in one.changed:
        parts.append(f"abstract: {_words(one.old.paper.abstract, one.new.paper.abstract)}")
    others = [name for name in one.changed if name not in ("title", "abstract")]
    if others:
        parts.append("changed " + ", ".join(plain(name.replace("_", " ")) for name in others))
    return f"{_name(one.new, site)}: " + "; ".join(parts)


def _note(note: Note) -> str:
    by = f" by {plain(note.curator, 80)}" if note.curator else ""
    return f"note{by}: {plain(note.text)}"


def _renamed(one: RenamedTerm) -> str:
    what = "is one with" if one.joined else "is called"
    return f"the {one.kind} {plain(one.old)} {what} {plain(one.new)}, in {_papers(one.papers)}"


def _papers(count: int) -> str:
    return f"{count} paper{_s(count)}"


def _words(old: str, new: str) -> str:
    """Return the changed words of a text, the old ones struck out, the new ones strong."""
    found = word_changes(old, new)
    if not old or not new:
        return "added" if new else "removed"
    if not found:
        return "other line breaks"
    shown = ", ".join(_word_change(one) for one in found[:WORDS])
    rest = len(found) - WORDS
    return f"{shown}, and {rest} more place{_s(rest)}" if rest > 0 else shown


def _word_change(one: WordChange) -> str:
    old, new = (plain(words, _LONGEST_WORDS) for words in (one.old, one.new))
    before, after = plain(one.before, _LONGEST_WORDS), plain(one.after, _LONGEST_WORDS)
    parts = [
        f"… {before}" if before else "",
        f"~~{old}~~" if old else "",
        f"**{new}**" if new else "",
        f"{after} …" if after else "",
    ]
    return " ".join(part for part in parts if part)


def _vocabularies(one: Vocabularies, site: str) -> Iterator[str]:
    rows = [
        *(f"topic added: {plain(slug)}" for slug in one.topics_added),
        *(f"topic removed: {plain(slug)}" for slug in one.topics_removed),
        *(f"tag added: {plain(slug)}" for slug in one.tags_added),
        *(f"tag removed: {plain(slug)}" for slug in one.tags_removed),
    ]
    yield _list("Vocabulary", rows)
    if one.looked_at:
        looked_at = counted(one.looked_at, "paper")
        if not one.moved:
            yield f"By these words, none of {looked_at} would go to another topic."
        yield _list(
            f"Would go to another topic by these words, of {looked_at} "
            "(papers that stand in pages stay where they are)",
            (_reclassified(each, site) for each in one.moved),
        )


def _reclassified(one: ChangedTopic, site: str) -> str:
    return f"{_name(one.placed, site)}: {plain(one.old)} → {plain(one.new)}"
