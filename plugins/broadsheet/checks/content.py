"""Check the texts of a content folder and return all problems. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from .. import conflict_markers
from ..archive.people import names_of
from ..content import own_keys, pages, redirects
from ..content.disk import DaySources, SourceFile
from ..content.ledger import PUBLISHED
from ..content.pages import Page, ScannedPaper, Section
from ..content.strays import IMAGES
from ..content.waiting import KEYS as WAITING_KEYS
from ..content.waiting import WAITS
from ..errors import BroadsheetError, ContentError, StrayHeading, UnsafeLink, shown
from ..io.settings import AUTHOR_PAGES
from ..pages import registry
from ..render import markdown
from ..suggestions import did_you_mean
from ..text import bounded_markdown
from . import (
    changed,
    devices,
    duplicates,
    intake,
    keys,
    ledgers,
    prose,
    sections,
    sources,
    statics,
    vocabularies,
    waiting,
)
from .addresses import SiteAddresses
from .problem import ERROR, NOTE, WARNING, Problem, in_order, of_error

TOPICS, TAGS = "topics.yml", "tags.yml"
_SLIPS: Mapping[type[BroadsheetError], str] = {
    StrayHeading: "heading", UnsafeLink: "unsafe-link",
}  # fmt: skip
"""The kinds of what reading a page finds in its text; all else that it finds is of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInputs:
    """The texts to check.

    `days` are checked; `papers` are the scanned papers of all days, checked or not, and `dates` the
    days that have files; `text_of` gives a page's text by its path. `statics` are static pages
    (Markdown), `files` the other files of content/ that pages may link to, of which images in the
    folders `copied` are published in any case. Names of `author_pages` papers have pages.
    `keys` declares keys of the digest's own; `templates` are the theme's by name, None where they
    are not known. `before` are earlier texts, by path, of the files that changed. `whole` says
    that everything is checked, so that unused names are known; `unused` asks for notes on
    these.
    """

    days: Sequence[DaySources]
    papers: Sequence[ScannedPaper]
    topics: SourceFile | None
    tags: SourceFile | None
    dates: frozenset[date] = field(default=frozenset())
    redirects: SourceFile | None = None
    intake: SourceFile | None = None
    statics: Sequence[SourceFile] = ()
    files: frozenset[str] = field(default=frozenset())
    keys: SourceFile | None = None
    templates: frozenset[str] | None = None
    copied: Sequence[str] = (IMAGES,)
    author_pages: int = AUTHOR_PAGES
    before: Mapping[str, str] = field(default_factory=dict)
    text_of: Callable[[str], str | None] = lambda path: None
    whole: bool = True
    unused: bool = False


def check(inputs: CheckInputs) -> tuple[Problem, ...]:
    """Return all problems, sorted."""
    return in_order(_Check(inputs).problems())


class _Check:
    def __init__(self, inputs: CheckInputs) -> None:
        self._in = inputs
        self._used_topics: set[str] = set()
        self._used_tags: set[str] = set()
        self._redirected: set[str] = set()
        self._conflicted: set[str] = set()  # paths of pages in which git left conflicts
        self._listed: set[str] = set()  # ids that the ledgers checked have as published
        self._own: frozenset[str] = frozenset()
        self._later: list[tuple[str, str, int, list[prose.ProseProblem]]] = []
        self._waiting = waiting.Tally()
        self._day_of: dict[str, date] = {}
        for paper in inputs.papers:
            self._day_of.setdefault(paper.location.id, paper.location.date)
        self._site = SiteAddresses(
            inputs.papers,
            inputs.dates,
            inputs.files,
            inputs.statics,
            inputs.copied,
            inputs.author_pages,
        )  # still without topics and tags

    def problems(self) -> Iterator[Problem]:
        yield from self._vocabulary()
        yield from self._declared()
        if self._in.intake is not None:
            yield from intake.problems(self._in.intake, self._topics, self._tags)
        redirect_rows = self._read_redirects()
        for day in self._in.days:
            yield from self._day(day)
        self._site.read(whole=self._in.whole)
        yield from self._guessed()
        others = self._site.known(statics=False)
        for source in self._in.statics:
            yield from statics.problems(source, self._site, others, self._in.templates, self._own)
            yield from sources.problems(source)
        yield from statics.shared(self._site, {one.path for one in self._in.statics})
        yield from redirect_rows
        yield from self._redirects()
        yield from changed.problems(
            self._in.before, self._in.papers, self._site, self._listed, self._in.dates
        )
        yield from self._waiting.told()
        checked = {source.path for day in self._in.days for source in day.pages}
        for one in duplicates.problems(self._in.papers, checked, self._in.text_of):
            if one.file not in self._conflicted:
                yield one
        if self._in.whole and self._in.unused:
            yield from vocabularies.unused("topic", self._topics, self._used_topics, TOPICS)
            yield from vocabularies.unused("tag", self._tags, self._used_tags, TAGS)

    def _declared(self) -> Iterator[Problem]:
        if self._in.keys is not None:
            try:
                self._own = own_keys.parse(self._in.keys.text(), file=self._in.keys.path)
            except BroadsheetError as error:
                yield of_error(error, keys.KIND, self._in.keys.path)

    # topics.yml, tags.yml, redirects.yml

    def _vocabulary(self) -> Iterator[Problem]:
        self._topics: list[str] = []
        self._tags: list[str] = []
        for source, name in ((self._in.topics, TOPICS), (self._in.tags, TAGS)):
            if source is None:
                yield _missing(name)
                continue
            try:
                text = source.text()
                conflict_markers.refuse(text, file=name)
            except BroadsheetError as error:
                yield of_error(error, "vocabulary", name)
                continue
            wrong: tuple[Problem, ...]
            if name == TOPICS:
                topics, wrong = vocabularies.topics(text, name)
                self._topics = [topic.slug for topic in topics]
                self._topics += vocabularies.written(text) if wrong else ()
            else:
                tags, wrong = vocabularies.tags(text, name)
                yield from vocabularies.of_no_topic(tags, self._topics, text, name)
                self._tags = [tag.slug for tag in tags]
                self._tags += vocabularies.written(text) if wrong else ()
            yield from devices.problems(vocabularies.slugs_of(text), name, "the page and the feeds")
            yield from wrong
        self._site.declared = {"topics": self._topics, "tags": self._tags}

    def _read_redirects(self) -> list[Problem]:
        self._redirect_rows: tuple[redirects.Redirect, ...] = ()
        source = self._in.redirects
        if source is None:
            return []
        try:
            self._redirect_rows, wrong = redirects.survey(source.text(), file=source.path)
        except BroadsheetError as error:
            return [of_error(error, "redirect", source.path)]
        self._redirected = {one.old for one in self._redirect_rows}
        self._site.redirected = self._redirected
        self._site.ends = {one.new for one in self._redirect_rows}
        found = list(wrong)
        rows, self._redirect_rows = self._redirect_rows, ()
        standing = registry.addresses((), search=False)  # what a site without any day has
        for one in rows:
            try:
                redirects.refuse_standing(one, standing)
                redirects.refuse(one, self._in.files)
                self._redirect_rows += (one,)
            except ContentError as error:
                found.append(error)
        return [of_error(problem, "redirect", source.path) for problem in found]

    def _redirects(self) -> Iterator[Problem]:
        """Yield redirects to no page, and in a whole check those from addresses that are pages."""
        for row in self._redirect_rows:
            try:
                redirects.refuse_case(row, self._site.own)
            except ContentError as error:
                yield of_error(error, "redirect", redirects.FILE)
        idle = [one for one in self._redirect_rows if self._in.whole and one.old in self._site.own]
        for one in idle:
            text = f"from: {shown(one.old)} is a page of this site, so this row does nothing"
            yield _redirect_problem(one.line, NOTE, text)
        live = [one for one in self._redirect_rows if one not in idle]
        for one in redirects.resolved(live):
            if not self._site.is_page(one.new, strict=self._in.whole):
                text = f"to: {shown(one.new)} is not a page of this site"
                yield _redirect_problem(one.line, ERROR, text)

    # Days

    def _day(self, day: DaySources) -> Iterator[Problem]:
        whole = True
        here: dict[str, str] = {}
        for source in day.pages:
            yield from sources.problems(source)
            try:
                text = source.text()
            except BroadsheetError as error:
                yield of_error(error, "page", source.path)
                whole = False
                continue
            page, wrong = pages.survey(text, file=source.path)
            slips = [of_error(one, _SLIPS.get(type(one), "page"), source.path) for one in wrong]
            yield from slips
            whole = whole and not wrong
            if page is not None:
                here |= {section.paper.id: section.paper.title for section in page.sections}
                ids = ((section.paper.id, section.line) for section in page.sections)
                yield from devices.problems(ids, source.path, "the page")
                found = list(self._page(day, source, page, text))
                if next(conflict_markers.conflicts(text), None):
                    self._conflicted.add(source.path)
                    continue
                told = {(one.line, one.kind) for one in slips}
                for problem in found:
                    if (problem.line, problem.kind) not in told:
                        yield problem.of(source.path)
        held, problems = waiting.read(day)
        yield from problems
        if day.waiting is not None:
            yield from sources.problems(day.waiting)
            yield from self._waiting.problems(day.waiting, held, self._day_of.get, self._topics)
        waits = {one.paper.id for one in held}
        whole = whole and not any(one.severity == ERROR for one in problems)
        ledger, problems = ledgers.read(day)
        yield from problems
        if ledger is not None and whole:
            yield from ledgers.problems(
                day, ledger, here, self._day_of.get, self._redirected.__contains__, waits
            )
            self._listed |= {one.id for one in ledger.statuses if one.status == PUBLISHED}

    def _page(
        self, day: DaySources, source: SourceFile, page: Page, text: str
    ) -> Iterator[prose.ProseProblem]:
        lines = _lines(text)
        if page.date != day.date:
            yield prose.ProseProblem(
                _line_of(lines, 0, len(lines), "date"),
                ERROR,
                "date",
                f"date: {page.date}, but the folder says {day.date}; expected the same",
            )
        if page.sections:
            self._used_topics.add(page.topic)
            tags = {tag for section in page.sections for tag in section.paper.tags}
            self._used_tags |= tags
            names = [key for paper in page.papers for key, _ in names_of(paper)]
            self._site.add(source.path, page.topic, tags, page.date, names)
        if page.extra:
            found = keys.lines_of((key for key, _ in page.extra), lines, 1, _front_end(lines) - 1)
            yield from keys.problems(found, pages.FRONT, self._own, "a page's front matter")
        line = _line_of(lines, 0, len(lines), "topic")
        if page.topic not in self._topics and self._topics:
            yield prose.ProseProblem(
                line,
                ERROR,
                "unknown-topic",
                f"topic: {shown(page.topic)} is not in topics.yml"
                f"{did_you_mean(page.topic, self._topics)}",
            )
        stem = PurePosixPath(source.path).stem
        if stem != page.topic:
            yield prose.ProseProblem(
                line,
                WARNING,
                "topic",
                f"topic: {shown(page.topic)}, but the file is called {stem}.md; expected the same",
            )
        first = page.sections[0].line - 1 if page.sections else len(lines)
        body = _front_end(lines)
        intro = "\n".join(lines[body:first])
        yield from self._prose(source.path, intro, body + 1)
        yield from sections.formulas(intro, body + 1)
        yield from sections.images(intro, body + 1)
        for section in page.sections:
            yield from self._section(source.path, section, lines)
            yield from sections.problems(section, lines, self._keys_of(section))

    def _keys_of(self, section: Section) -> frozenset[str]:
        """Return the keys that a section may have beside ours: those declared, and those of what
        waits, of which `_section` tells."""
        waits = any(key == WAITS for key, _ in section.paper.extra)
        return self._own | set(WAITING_KEYS) if waits else self._own

    def _section(
        self, path: str, section: Section, lines: list[str]
    ) -> Iterator[prose.ProseProblem]:
        paper = section.paper
        for tag in paper.tags:
            if tag not in self._tags and self._tags:
                near = did_you_mean(tag, self._tags)
                yield prose.ProseProblem(
                    _line_of(lines, section.line, section.last_line, "tags"),
                    ERROR if near else WARNING,
                    "unknown-tag",
                    f"tags: {shown(tag)} is not in tags.yml"
                    + (near or "; add it there, so that it has a name"),
                )
        if WAITS in dict(paper.extra):
            line = _line_of(lines, section.line, section.last_line, WAITS)
            yield prose.ProseProblem(line, NOTE, waiting.KIND, waiting.IDLE)
        texts = (paper.title, paper.abstract, *(note.text for note in paper.notes))
        wrong = next(filter(None, map(bounded_markdown.problem, texts)), None)
        if wrong is not None:
            found = bounded_markdown.deepest_line(
                "\n".join(lines[section.line - 1 : section.last_line])
            )
            yield prose.ProseProblem(
                section.line - 1 + found if wrong.line and found else section.line,
                WARNING,
                "markup",
                f"{wrong.message}; it shows as plain words",
            )
        if "$" in paper.title or "<" in paper.title or "](" in paper.title:
            yield from self._prose(path, paper.title, section.line)
        start = section.block[1] + 1 if section.block else section.line
        body = "\n".join(lines[start : section.last_line])
        yield from self._prose(path, body, start + 1)

    def _prose(self, path: str, text: str, line: int) -> Iterator[prose.ProseProblem]:
        self._site.guessed = False
        found = list(prose.problems(text, line, self._site.leads, shows))
        if self._site.guessed:
            self._later.append((path, text, line, found))
        yield from found

    def _guessed(self) -> Iterator[Problem]:
        """Yield what the links of papers lead to and, as all pages tell, is not there."""
        for path, text, line, told in self._later if self._in.whole else ():
            for one in prose.problems(text, line, self._site.leads, shows):
                if one not in told and path not in self._conflicted:
                    yield one.of(path)


def shows(tag: str) -> bool:
    """Return whether a paper shows what reads as an HTML tag as the words that it is."""
    return "&lt;" in markdown.abstract(tag)


def _redirect_problem(line: int | None, severity: str, message: str) -> Problem:
    return Problem(
        file=redirects.FILE, line=line, severity=severity, kind="redirect", message=message
    )


def _missing(name: str) -> Problem:
    return Problem(
        file=name,
        line=None,
        severity=ERROR,
        kind="vocabulary",
        message="no such file; expected the vocabulary here",
    )


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line_of(lines: list[str], start: int, end: int, key: str) -> int:
    """Return the line (from 1) of a key in lines[start:end]; the first line without one."""
    for n in range(start, end):
        if lines[n].startswith(f"{key}:"):
            return n + 1
    return max(start, 1)


def _front_end(lines: list[str]) -> int:
    return next((n + 1 for n in range(1, len(lines)) if lines[n].rstrip() == "---"), len(lines))
