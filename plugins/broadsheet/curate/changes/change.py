"""A change of the content folder before it is written: its files, and a message for the curator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ...content import ledger as ledgers
from ...content import pages, redirects
from ...content.disk import LEDGER, day_folder
from ...content.ledger import Ledger
from ...content.redirects import Redirect
from ...errors import ContentError, shown
from ...io.settings import AUTHOR_PAGES
from ...slugs import is_slug
from ...topics import Vocabulary
from . import addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentState:
    """The content that an edit reads.

    `texts` are all pages of the months that it touches, by path, with their ledgers and
    redirects.yml; `elsewhere` tells whether a topic or tag has papers in any other month,
    `named_elsewhere` how many papers there name somebody, by key and name. Names of
    `author_pages` papers have pages.
    """

    texts: Mapping[str, str]
    vocabulary: Vocabulary
    elsewhere: Callable[[str, str], bool] = lambda kind, slug: False
    named_elsewhere: Callable[[str, str], int] = lambda key, name: 0
    author_pages: int = AUTHOR_PAGES

    def ledger(self, day: date) -> Ledger | None:
        """Parse a day's ledger; return None where it has none. Raises LedgerError."""
        path = ledger_path(day)
        text = self.texts.get(path)
        return None if text is None else ledgers.parse(text, file=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Files to write by path below content/ (None: to remove), and a message for the curator."""

    writes: Mapping[str, str | None]
    message: str


def ledger_path(day: date) -> str:
    """Return the path of a day's ledger below content/."""
    return f"{day_folder(day)}/{LEDGER}"


def page_path(day: date, topic: str) -> str:
    """Return the path of a day's page of a topic below content/."""
    return f"{day_folder(day)}/{topic}.md"


def known_topic(topic: str, vocabulary: Vocabulary) -> str:
    """Return the slug of a topic given by slug or name. Raises ContentError for an unknown
    topic."""
    for one in vocabulary.topics:
        if topic in (one.slug, one.name):
            return one.slug
    raise ContentError(
        f"the topic {shown(topic)} is not in topics.yml; expected one of "
        + ", ".join(one.slug for one in vocabulary.topics)
    )


def refuse_no_slug(text: str, kind: str) -> None:
    """Raise ContentError for what can't be the slug of a topic or tag (`kind`)."""
    if not is_slug(text):
        raise ContentError(
            f"{shown(text)} can't be a {kind}; expected lower-case words joined by hyphens"
        )


def new_page(day: date, topic: str, vocabulary: Vocabulary) -> str:
    """Return the text of a topic's page without papers."""
    known = vocabulary.topic_by_slug.get(topic)
    return pages.format_page(pages.PageHeading(known.name if known else topic, day, topic), [])


def finished(
    state: ContentState,
    writes: Mapping[str, str | None],
    message: str,
    extra: Iterable[Redirect] = (),
) -> Change:
    """Complete a change: remove emptied pages, add missing ledgers, and redirect vanished addresses
    (and the `extra` ones)."""
    files: dict[str, str | None] = dict(writes)
    for path, text in writes.items():
        match = addresses.PAGE.match(path)
        if match is None or text is None:
            continue
        page = pages.parse(text, file=path)
        emptied = not page.sections and text.rstrip() == _bare(page).rstrip()
        if emptied:
            files[path] = None
        day = date(*map(int, match.groups()))
        # A day keeps its page, and so its address, as long as it has a ledger.
        if (page.sections or emptied) and state.ledger(day) is None:
            files.setdefault(ledger_path(day), ledgers.format(Ledger(date=day)))
    old = state.texts.get(redirects.FILE)
    new = old
    wanted = tuple(extra)
    if any(addresses.PAGE.match(path) for path in files):  # nothing else gives addresses
        before = _pages(state.texts)
        after = _pages({**state.texts, **files})
        gone = addresses.vanished(before, after, state.elsewhere)
        unnamed = addresses.vanished_names(before, after, state.named_elsewhere, state.author_pages)
        wanted = (*addresses.redirects_for((*gone, *unnamed)), *wanted)
        if new is not None:
            new = redirects.drop(new, addresses.of_pages(after))
    if wanted:
        new = redirects.add(new, wanted)
    if new != old:
        files[redirects.FILE] = new
    changed = {path: text for path, text in files.items() if state.texts.get(path) != text}
    return Change(writes=changed, message=message)


def _pages(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {
        path: text
        for path, text in texts.items()
        if text is not None and addresses.PAGE.match(path)
    }


def _bare(page: pages.Page) -> str:
    return pages.format_page(pages.PageHeading(page.title, page.date, page.topic), [])
