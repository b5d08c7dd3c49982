"""Check the texts of a content folder and return all problems. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from ..content import pages, redirects
from ..content.disk import DaySources, SourceFile
from ..content.pages import Page, ScannedPaper, Section, static
from ..content.waiting import WAITS
from ..errors import BroadsheetError, ContentError, shown
from ..pages import registry
from ..suggestions import did_you_mean
from ..text import bounded_markdown
from ..urls import Addresses, MonthPages
from . import duplicates, intake, ledgers, prose, sizes, vocabularies, waiting
from .problem import ERROR, NOTE, WARNING, Problem, in_order, of_error

TOPICS, TAGS = "topics.yml", "tags.yml"

_FILENAME = re.compile(r"\{(?:filename|static|attach)\}/?(.*)")
_TERM = re.compile(r"(topics|tags)/([^/]+)/(?:[0-9]{4}-[0-9]{2}/)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInputs:
    """The texts to check.

    `days` are checked; `papers` are the scanned papers of all days, checked or not; `dates` are the
    days with files; `text_of` reads a page by its path. `statics` are static pages (Markdown),
    `files` the other files of content/ that pages may link to. `whole`: everything is checked, so
    that unused names are known; `unused` asks for notes on these.
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
        self._terms: dict[str, dict[str, set[str]]] = {}  # slugs by kind, by month
        self._topic_of: dict[str, str] = {}  # of pages that were read, by path
        self._redirected: set[str] = set()
        self._waiting = waiting.Tally()
        self._day_of: dict[str, date] = {}
        for paper in inputs.papers:
            self._day_of.setdefault(paper.location.id, paper.location.date)
        self._site = self._addresses()  # still without topics and tags

    def problems(self) -> Iterator[Problem]:
        yield from self._vocabulary()
        if self._in.intake is not None:
            yield from intake.problems(self._in.intake, self._topics, self._tags)
        redirect_rows = self._read_redirects()
        for day in self._in.days:
            yield from self._day(day)
        for source in self._in.statics:
            yield from self._static(source)
        try:
            static.refuse_case(self._static_slugs())
        except ContentError as error:
            yield of_error(error, "static page", "pages")
        yield from redirect_rows
        yield from self._redirects()
        yield from self._waiting.told()
        checked = {source.path for day in self._in.days for source in day.pages}
        yield from duplicates.problems(self._in.papers, checked, self._in.text_of)
        if self._in.whole and self._in.unused:
            yield from vocabularies.unused("topic", self._topics, self._used_topics, TOPICS)
            yield from vocabularies.unused("tag", self._tags, self._used_tags, TAGS)

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
            except BroadsheetError as error:
                yield of_error(error, "vocabulary", name)
                continue
            wrong: tuple[Problem, ...]
            if name == TOPICS:
                topics, wrong = vocabularies.topics(text, name)
                self._topics = [topic.slug for topic in topics]
            else:
                tags, wrong = vocabularies.tags(text, name)
                self._tags = [tag.slug for tag in tags]
            yield from wrong

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
        self._site = self._addresses()
        for row in self._redirect_rows:
            try:
                redirects.refuse_case(row, self._site)
            except ContentError as error:
                yield of_error(error, "redirect", redirects.FILE)
        idle = [one for one in self._redirect_rows if self._in.whole and one.old in self._site]
        for one in idle:
            text = f"from: {shown(one.old)} is a page of this site, so this row does nothing"
            yield _redirect_problem(one.line, NOTE, text)
        live = [one for one in self._redirect_rows if one not in idle]
        for one in redirects.resolved(live):
            if not self._is_page(one.new, strict=self._in.whole):
                text = f"to: {shown(one.new)} is not a page of this site"
                yield _redirect_problem(one.line, ERROR, text)

    # Days

    def _day(self, day: DaySources) -> Iterator[Problem]:
        whole = True
        here: set[str] = set()
        for source in day.pages:
            yield from sizes.large(source)
            try:
                text = source.text()
            except BroadsheetError as error:
                yield of_error(error, "page", source.path)
                whole = False
                continue
            page, wrong = pages.survey(text, file=source.path)
            for one in wrong:
                yield of_error(one, "page", source.path)
            whole = whole and not wrong
            if page is not None:
                here.update(section.paper.id for section in page.sections)
                for found in self._page(day, source, page, text):
                    yield found.of(source.path)
        sections, problems = waiting.read(day)
        yield from problems
        if day.waiting is not None:
            yield from sizes.large(day.waiting)
            yield from self._waiting.problems(day.waiting, sections, self._day_of.get, self._topics)
        waits = {section.paper.id for section in sections}
        whole = whole and not any(one.severity == ERROR for one in problems)
        ledger, problems = ledgers.read(day)
        yield from problems
        if ledger is not None and whole:
            yield from ledgers.problems(
                day, ledger, here, self._day_of.get, self._redirected.__contains__, waits
            )

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
            self._topic_of[source.path] = page.topic
            self._list("topic", page.topic, page.date)
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
        yield from prose.problems(intro, body + 1, self._known)
        yield from prose.headings(intro, body + 1, 1)
        for section in page.sections:
            for tag in section.paper.tags:
                self._used_tags.add(tag)
                self._list("tag", tag, page.date)
            yield from self._section(section, lines)

    def _list(self, kind: str, slug: str, day: date) -> None:
        self._terms.setdefault(f"{day:%Y-%m}", {}).setdefault(kind, set()).add(slug)

    def _section(self, section: Section, lines: list[str]) -> Iterator[prose.ProseProblem]:
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
            yield from prose.problems(paper.title, section.line, self._known)
        start = section.block[1] + 1 if section.block else section.line
        body = "\n".join(lines[start : section.last_line])
        yield from prose.problems(body, start + 1, self._known)
        if "#" in body:
            yield from prose.headings(body, start + 1, 2)

    # Static pages

    def _static(self, source: SourceFile) -> Iterator[Problem]:
        try:
            text = source.text()
        except BroadsheetError as error:
            yield of_error(error, "page", source.path)
            return
        page, wrong = static.survey(text, file=source.path)
        yield from (of_error(one, "page", source.path) for one in wrong)
        yield from sizes.large(source)
        body = page.body
        try:
            bounded_markdown.page_parser().html(body[: static.LONGEST])
        except BroadsheetError as error:
            line = bounded_markdown.deepest_line(body)
            error.line = None if line is None else page.line + line - 1
            yield of_error(error, "markup", source.path)

        def known(target: str) -> bool:
            match = _FILENAME.match(target)
            if match:
                folder = "" if "}/" in target else str(PurePosixPath(source.path).parent)
                wanted = match[1].split("#")[0]
                return str(PurePosixPath(folder, wanted)) in self._in.files
            return self._known(target)

        for found in (
            *prose.problems(body, page.line, known),
            *prose.headings(body, page.line, 1),
        ):
            yield found.of(source.path)

    # Addresses

    def _known(self, target: str) -> bool:
        """Return whether a link without a scheme leads to a page of the site."""
        if not target.startswith("/") or target.startswith("//"):
            return False
        address = re.split(r"[#?]", target[1:], maxsplit=1)[0]
        return self._is_page(address) or address in self._redirected

    def _is_page(self, address: str, *, strict: bool = False) -> bool:
        """Return whether the site has a page at an address ("papers/x/").

        Topics and tags without papers have no page; that is known (`strict`) once all pages are
        read.
        """
        if address in self._site:
            return True
        match = None if strict else _TERM.match(address)
        return match is not None and match[2] in (
            self._topics if match[1] == "topics" else self._tags
        )

    def _addresses(self) -> Addresses:
        """Return the site's addresses, as far as the pages read so far give them."""
        days: dict[str, dict[date, set[str]]] = {}
        papers: dict[str, list[str]] = {}
        for when in self._in.dates:
            days.setdefault(f"{when:%Y-%m}", {})[when] = set()
        for paper in self._in.papers:
            path, when = paper.location.path, paper.location.date
            key = f"{when:%Y-%m}"
            topic = self._topic_of.get(path) or PurePosixPath(path).stem
            days.setdefault(key, {}).setdefault(when, set()).add(topic)
            papers.setdefault(key, []).append(paper.location.id)
        return registry.addresses(
            [
                MonthPages(
                    key,
                    found,
                    papers.get(key, ()),
                    self._terms.get(key, {}).get("topic", ()),
                    self._terms.get(key, {}).get("tag", ()),
                )
                for key, found in days.items()
            ],
            subscriptions=[
                name[14:-4]
                for name in self._in.files
                if name.startswith("subscriptions/") and name.endswith(".yml")
            ],
            statics=[f"{slug}/" for slug in self._static_slugs()],
        )

    def _static_slugs(self) -> Iterator[str]:
        """Yield the static pages' slugs as Pelican derives them; from the file's name where the
        text isn't among the inputs."""
        texts = {source.path: source.data.decode("utf-8", "replace") for source in self._in.statics}
        for name in self._in.files:
            if not name.startswith("pages/") or not name.endswith(".md"):
                continue
            slug = static.slug_of(texts.get(name, ""), PurePosixPath(name).stem)
            if slug is not None:
                yield slug


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
