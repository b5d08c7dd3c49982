"""The kinds of page of a site, in order: of the plan, of sitemaps, of the menu and of the footer.

Whoever adds a kind of page writes its module and its template, and adds a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ..urls import EXPORTS, FEEDS, Addresses, AddressKind, MonthPages
from .archive_index import ArchivePage
from .cards import CardFiles
from .curators import CuratorsPage
from .days import DayPages
from .feeds import FeedFiles
from .files import SiteFiles
from .home import HomePage
from .kind import PageKind
from .machines import MachineFiles
from .months import MonthPage
from .not_found import NotFoundPage
from .offline import OfflinePages
from .papers import PaperPages
from .people import PeoplePages
from .redirects import RedirectPages
from .saved import SavedPage
from .search import SearchFiles, SearchPage
from .sitemaps import SitemapFiles
from .static import StaticPages
from .subscribe import SubscribePage
from .subscriptions import SubscriptionPages
from .term_indexes import TermIndexPages
from .terms import TermPages
from .trending import TrendingPage
from .weeks import WeekPage

KINDS: tuple[type[PageKind], ...] = (
    SearchFiles,  # first, since its targets take longest
    HomePage,
    TrendingPage,
    TermIndexPages,
    ArchivePage,
    MonthPage,
    WeekPage,
    DayPages,
    TermPages,
    PaperPages,
    CardFiles,
    FeedFiles,
    StaticPages,
    SubscribePage,
    CuratorsPage,
    PeoplePages,
    SubscriptionPages,
    SearchPage,
    SavedPage,
    NotFoundPage,
    SitemapFiles,
    MachineFiles,
    OfflinePages,
    RedirectPages,
    SiteFiles,
)


def address_kinds() -> tuple[AddressKind, ...]:
    """Return all kinds of address."""
    return tuple(address for kind in KINDS for address in kind.addresses)


def addresses(
    months: Iterable[MonthPages],
    *,
    subscriptions: Sequence[str] = (),
    statics: Sequence[str] = (),
    hidden: Sequence[str] = (),
    search: bool = True,
    offline: bool = True,
    has_name: Callable[[str], bool] | None = None,
    name_lists: Collection[str] = (),
    term_feeds: Collection[str] = FEEDS,
    term_exports: Collection[str] = EXPORTS,
) -> Addresses:
    """Return the addresses that a site has; the arguments are those of `Addresses`."""
    return Addresses(
        months,
        kinds=address_kinds(),
        subscriptions=subscriptions,
        statics=statics,
        hidden=hidden,
        search=search,
        offline=offline,
        has_name=has_name,
        name_lists=name_lists,
        term_feeds=term_feeds,
        term_exports=term_exports,
    )
