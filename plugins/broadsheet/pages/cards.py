"""Cards: the pictures of the site, of days and of papers that link previews show, where settings
ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .. import urls
from ..archive.summaries import DaySummary
from ..cards import libraries
from ..cards.card import Card
from ..errors import shown
from ..incremental.plan import File, Target, fingerprint
from ..text.plain import plain
from ..urls import SLUG, Addresses, AddressKind
from .context import BuildContext, drawn_cards
from .day_views import described, reading_order
from .kind import PageKind

if TYPE_CHECKING:
    from ..cards.painter import Painter

_NO_FONT = "is left out: no font here has all of its letters (docs/cards.md)"
_FILE = re.escape(urls.CARD)


def _has_site(site: Addresses, _: re.Match[str]) -> bool:
    return "site" in site.cards


def _has_day(site: Addresses, match: re.Match[str]) -> bool:
    return "days" in site.cards and site.has_day(match)


def _has_paper(site: Addresses, match: re.Match[str]) -> bool:
    return "papers" in site.cards and match[1] in site.papers


class CardFiles(PageKind):
    """The cards of a site. `DayPages` plans those of a day, beside what else is made of it; they
    depend on its content and on what draws, and on no page or template."""

    name = "cards"
    addresses = (
        AddressKind(_FILE, _has_site),
        AddressKind(rf"([0-9]{{4}})/([0-9]{{2}})/([0-9]{{2}})/{_FILE}", _has_day),
        AddressKind(rf"papers/{SLUG}/{_FILE}", _has_paper),
    )

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._levels = drawn_cards(self._settings)

    @property
    def drawn(self) -> bool:
        """Whether days have cards."""
        return "days" in self._levels

    def month_inputs(self, key: str) -> object:
        """Return what a month's cards are drawn with."""
        return self._fonts if self.drawn else ""

    def site_inputs(self) -> object:
        """Return what the site's card is drawn with."""
        return self._fonts if self._levels else ""

    def target(self, day: DaySummary) -> Target:
        """Return the target that holds a day's card and those of its papers."""
        each = "papers" in self._levels
        return Target(
            f"cards {day.iso}",
            self._parts(day.fingerprint),
            partial(self._of_day, date.fromisoformat(day.iso)),
            weight=1 + (day.count // 2 if each else 0),
            kind=self.name,
        )

    def site_targets(self) -> Iterable[Target]:
        """Return the target of the site's card."""
        if self._levels and all(file.path != urls.CARD for file in self._context.inputs.files):
            yield Target("card", self._parts(""), self._of_site)

    def _parts(self, content: str) -> dict[str, str]:
        settings = self._settings
        return {
            "code": self._context.inputs.code,
            "settings": fingerprint(
                settings.name, settings.tagline, settings.url, settings.words.fingerprint(),
                settings.cards,
            ),
            "vocabulary": self._context.base["vocabulary"],
            "content": content,
            "fonts": self._fonts,
        }  # fmt: skip

    @cached_property
    def _fonts(self) -> str:
        """A fingerprint of what cards are drawn with. Raises SettingsError where it is missing."""
        found = libraries.versions(self._levels[-1])
        from ..cards import typefaces  # imports the libraries

        return fingerprint(found, typefaces.stamp())

    def _of_site(self) -> Iterator[File]:
        settings = self._settings
        host = urlsplit(settings.url).netloc
        yield self._card(urls.HOME, Card(host, settings.tagline, settings.name))

    def _of_day(self, when: date) -> Iterator[File]:
        day = self._archive.day(when)
        assert day is not None
        words, name = self._words, self._settings.name
        plain_date = words.dates.plain(when)
        yield self._card(
            urls.day(when),
            Card(
                name,
                words.ngettext("%(count)s paper", "%(count)s papers", len(day.papers)),
                words.dates.full(when),
                described("", day.papers),
            ),
        )
        if "papers" not in self._levels:
            return
        topics = self._labels.vocabulary.topic_by_slug
        for placed in reading_order(day):
            kicker = f"{topics[placed.topic].name} · {plain_date}"
            title = plain(placed.paper.title)
            yield self._card(urls.paper(placed.paper.id), Card(name, kicker, title))

    def _card(self, path: str, card: Card) -> File:
        data, titled = _painter().drawn(card)
        return File(urls.card(path), data, "" if titled else f"{shown(card.title)} {_NO_FONT}")


@cache
def _painter() -> Painter:
    from ..cards.painter import Painter  # imports the libraries

    return Painter()
