"""What readers follow beside the stock feeds, as groups of the plan: the Subscribe page, and each
subscription's page, feeds and twins; and the feed of what trends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from .. import urls
from ..archive.archive import Archive
from ..archive.briefs import Briefs
from ..archive.ranking import ranked
from ..feeds.targets import TRENDING, Feeds, digest_title
from ..incremental.plan import File, Target, fingerprint
from ..io.cache import Store
from ..io.settings import Settings
from ..render.labels import Labels
from ..render.templates import ROW, Printer, Templates
from ..render.views import SubscribeForm
from .matcher import Matcher
from .model import Subscription
from .pages import TEMPLATE as SUBSCRIPTION
from .pages import SubscriptionExports, Subscriptions
from .subscribe_page import PATH, follow_views, readers
from .subscribe_page import TEMPLATE as SUBSCRIBE

TRENDING_DAYS = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build is given for this: the subscriptions (`subscribed.read`), and the mail service's
    form (`subscribing.form_of`)."""

    subscriptions: tuple[Subscription, ...] = ()
    form: SubscribeForm | None = None

    def fingerprint(self) -> str:
        """A hash of both, for the section that holds the groups."""
        return fingerprint(self)


class Following:
    """The groups. `statistics` gives a month's search statistics, `base` the parts that every page
    depends on (code, settings, vocabulary)."""

    def __init__(
        self,
        asked: Asked,
        archive: Archive,
        names: Labels,
        settings: Settings,
        feeds: Feeds,
        templates: Templates,
        printer: Printer,
        statistics: Callable[[str], bytes],
        kept: Store,
        base: Mapping[str, str],
        twins: SubscriptionExports | None = None,
        briefs: Briefs | None = None,
    ) -> None:
        self._asked = asked
        self._archive = archive
        self._briefs = briefs
        self._names = names
        self._settings = settings
        self._feeds = feeds
        self._templates = templates
        self._printer = printer
        self._base = dict(base)
        matcher = Matcher(archive, names, statistics, kept, self._base.get("code", ""))
        self._subscriptions = Subscriptions(
            asked.subscriptions,
            archive,
            names,
            matcher,
            feeds,
            printer,
            edit=settings.edit_address,
            parts=self._base | {"templates": templates.fingerprints([SUBSCRIPTION, ROW])},
            twins=twins,
        )

    @property
    def asked(self) -> str:
        """A hash of what subscriptions ask for, on which what a month leaves in the cache depends;
        "" without any."""
        return self._subscriptions.fingerprint

    def month(self, key: str) -> Iterator[Target]:
        """A group that finds what a month's papers match; see `Subscriptions.month`."""
        return self._subscriptions.month(key)

    def groups(self) -> Iterator[Target]:
        """The Subscribe page, the feed of what trends, and the subscriptions."""
        sources = self._feeds.sources
        parts = self._base | {
            "templates": self._templates.fingerprints([SUBSCRIBE]),
            "content": fingerprint([one.name for one in sources], self._asked.form,
                              [(one.name, one.title) for one in self._asked.subscriptions]),
        }  # fmt: skip
        yield Target("subscribe", parts, lambda: [self._page()])
        yield from self._trending()
        yield from self._subscriptions.groups()

    def _trending(self) -> Iterator[Target]:
        """The feed of the week's best papers; without `briefs`, or a paper, none."""
        newest = self._archive.newest
        if self._briefs is None or newest is None:
            return
        first = newest - timedelta(TRENDING_DAYS - 1)
        days = [(when, day.digest) for when, day in sorted(self._archive.days.items())
                if when >= first]  # fmt: skip
        months = sorted({f"{when:%Y-%m}" for when, _ in days})
        parts = self._base | {"content": fingerprint(days), "firsts": self._feeds.firsts(months)}
        yield Target("feeds/trending", parts, partial(self._trending_files, self._briefs, newest))

    def _trending_files(self, briefs: Briefs, newest: date) -> Iterator[File]:
        found = ranked(briefs.since(newest - timedelta(TRENDING_DAYS - 1)), newest, TRENDING_DAYS)
        papers = [(date.fromisoformat(one.iso), one.id) for one in found]
        return self._feeds.formats(
            TRENDING,
            digest_title(TRENDING, self._feeds.name),
            "What readers and curators picked of the last seven days",
            urls.TRENDING,
            self._feeds.items_of(sorted(papers, key=lambda pair: pair[0], reverse=True)),
        )

    def _page(self) -> File:
        head = self._printer.head(PATH, "Subscribe", "Feeds, mail and searches of your own.")
        return self._printer.page(
            SUBSCRIBE,
            head,
            groups=follow_views(
                self._feeds.sources,
                self._asked.subscriptions,
                self._names,
                empty=self._archive.newest is None,
            ),
            readers=readers(self._settings),
            form=self._asked.form,
        )
