"""Views: the flat, frozen values that templates print.

A template computes nothing: every text, label, count and URL here is final. URLs within the site
are relative to its root ("papers/x/"); a template prints them after `root`. `Markup` is safe HTML;
any `str` is escaped when printed.

They are Structs, since a first build makes a million of them: a frozen dataclass takes ten times as
long to make.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from ..cards.card import SIZE
from ..policy import policy
from .leads import Lead

ROW = "partials/title_row.html"
"""The template of a `TitleRow`."""


class Link(Struct, frozen=True, kw_only=True):
    """A link with its text; `kind` names its role ("arxiv", "code", "rss", ...), for class names.

    `path` is a URL within the site, or an absolute one if it starts with http(s).
    """

    path: str
    label: str
    kind: str = ""
    count: int | None = None
    current: bool = False


class CardView(Struct, frozen=True, kw_only=True):
    """A picture for link previews: its absolute address, what it says, and its size in pixels (0 if
    unknown)."""

    address: str
    alt: str
    width: int = SIZE[0]
    height: int = SIZE[1]


class SiteView(Struct, frozen=True, kw_only=True):
    """The site, as every page shows it."""

    name: str
    tagline: str
    url: str  # SITEURL without a trailing slash, "" if unset
    lang: str  # the interface's language
    direction: str = "ltr"  # or "rtl"
    content_lang: str | None = None  # what papers are written in, where that is another language
    words: str | None = None  # the script with other scripts' messages, where they are not English
    menu: tuple[Link, ...]  # the main navigation: Today, Topics, Tags, Archive, Search
    pages: tuple[Link, ...]  # static pages (About, Contributing ...), for the footer
    feeds: tuple[Link, ...]  # the site's own feeds; kind: rss, atom, json
    repository: str | None
    suggest: str | None = None  # where to suggest a paper
    search: bool = True  # whether there is a search page
    offline: bool = False  # whether browsers keep pages for when there is no network
    # No counts here: a value that changes daily would make every page change daily.
    stylesheet: str  # "theme/css/main.css?v=<hash>"
    scripts: tuple[str, ...]  # "theme/js/site.js?v=<hash>"; ES modules, run after the page shows
    version: str = ""  # short hash of all of theme/static, for "?v=" where a template names a file
    mail_origin: str | None = None  # origin that the subscribe form may post to
    csp: tuple[tuple[str, tuple[str, ...]], ...] = ()  # sources that pages may load beside ours
    links: tuple[Link, ...] = ()  # the digest's own, for the footer
    social: tuple[Link, ...] = ()
    card: str | None = None  # the theme's picture for link previews, absolute
    own_card: CardView | None = None  # the site's own, where one is drawn
    open_search: bool = False  # whether browsers are told of the search
    links_name: str = ""  # what these are called; "" for the usual
    social_name: str = ""

    @property
    def policy(self) -> Markup:
        """The Content-Security-Policy of each page."""
        return Markup(policy(self.csp, self.mail_origin))


class HeadView(Struct, frozen=True, kw_only=True):
    """A page's head."""

    title: str  # plain text, without the site's name
    description: str
    path: str  # its own address, "2025/08/07/"
    canonical: str | None  # absolute, None if SITEURL is unset
    feeds: tuple[Link, ...]  # this page's own feeds, for autodiscovery
    index: bool = True  # False asks search engines not to index it (404, search)
    alternates: tuple[Link, ...] = ()  # exports of this page; kind: their media type
    meta: tuple[tuple[str, str], ...] = ()  # name and content: citation_title, DC.title ...
    properties: tuple[tuple[str, str], ...] = ()  # Open Graph's: og:title ...
    card: CardView | None = None  # where one is drawn
    json_ld: Markup | None = None  # JSON with "<" escaped, to stand in a script element


class NoteView(Struct, frozen=True, kw_only=True):
    """A curator's note."""

    html: Markup
    curator: str | None


class MachineSummaryView(Struct, frozen=True, kw_only=True):
    """What a model wrote of a paper, plain text: a text or points, named as the model's."""

    heading: str
    text: str
    points: tuple[str, ...]
    language: str
    by: str  # which model wrote it when, and whether a person edited it since

    @property
    def line(self) -> str:
        """It in one line, for mail."""
        return f"{self.heading}: {self.text or ' • '.join(self.points)} ({self.by})"


class RelatedView(Struct, frozen=True, kw_only=True):
    """A related paper, and the words that both papers share."""

    path: str
    title_html: Markup
    iso: str
    date: str
    shared: tuple[str, ...]


_BADGES = frozenset({"code", "project", "dataset", "model", "demo"})


class PaperView(Struct, frozen=True, kw_only=True):
    """A paper as a row, as a card, and on its own page."""

    id: str
    path: str  # "papers/<id>/"
    title: str  # plain text, maths as Unicode
    title_html: Markup  # with MathML
    abstract_html: Markup  # block HTML: one or more <p>
    lead: Lead
    authors: tuple[str, ...]
    authors_short: str  # "Ada Lovelace, Alan Turing and 12 others"; "" if unknown
    iso: str  # 2025-08-07
    date: str  # "7 August 2025"
    day: Link  # its day
    topic: Link  # kind: the topic's slug
    tags: tuple[Link, ...]
    links: tuple[Link, ...]  # arXiv, PDF, code, project ...; all http(s)
    upvotes: int | None
    comments: int | None
    as_of: str | None  # "7 August 2025, 12:00 UTC"
    submitter: str | None
    curator: str | None = None
    curators: tuple[str, ...] = ()  # also those of notes
    notes: tuple[NoteView, ...]
    arxiv: str | None
    doi: str | None
    summary: str | None  # the listing's own summary, labelled as such
    machine_summary: MachineSummaryView | None = None
    edit: str | None  # where to propose a change, absolute
    bibtex: Markup | None = None
    related: tuple[RelatedView, ...] = ()
    author_links: tuple[Link, ...] = ()  # on its page: all authors; path: a page, a search, or ""
    organisation: Link | None = None  # path: its page, "" without one
    stars: int | None = None  # of the code, as the listing gave them
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    discussion: str | None = None  # where readers comment, absolute
    categories: tuple[Link, ...] = ()  # arXiv's; path: a search for it
    # For lists: without the formulas' TeX; None if the same as above.
    row_title: Markup | None = None
    row_abstract: Markup | None = None
    codes: str = ""  # of its topic, tags, categories and authors (codes.py)

    @property
    def badges(self) -> list[Link]:
        """The links that a row shows: to code, pages and data."""
        return [link for link in self.links if link.kind in _BADGES]


class TitleRow(Struct, frozen=True, kw_only=True):
    """A paper in a long list: its title and location, without its abstract."""

    path: str
    title_html: Markup
    authors_short: str
    iso: str
    topic: Link
    upvotes: int | None
    date: str = ""  # "7 Aug 2025", in lists over several days
    lead: Lead | None = None  # for the first story of a front page only
    pinned: bool = False  # leads its day
    codes: str = ""  # as in PaperView


class GroupView(Struct, frozen=True, kw_only=True):
    """The papers of one topic on one day."""

    topic: Link  # path: that day's page of the topic; count: papers
    description: str
    papers: tuple[PaperView, ...]


class DayRef(Struct, frozen=True, kw_only=True):
    """A day in a list or a calendar."""

    iso: str
    path: str | None  # None: nothing published that day
    label: str  # "Thursday 7 August"
    number: int  # of the month
    count: int
    heat: int = 0  # 0 to 4: the count relative to the site's other days
    outside: bool = False  # of another month, in a calendar's first or last row


class DayView(Struct, frozen=True, kw_only=True):
    """A day."""

    iso: str
    path: str
    title: str  # "Thursday, 7 August 2025"
    weekday: str  # "Thursday"
    date: str  # "7 August 2025"
    count: int
    groups: tuple[GroupView, ...]  # in the topics' order, none empty
    previous: Link | None  # the day before that has papers
    next: Link | None
    month: Link
    week: Link
    ledger: str | None  # "From Hugging Face: 50 listed, 50 published."
    edit: str | None
    front: tuple[TitleRow, ...] = ()  # papers with most votes, for the top of the page
    listed: tuple[int, ...] = ()  # each paper's place in the listing; () where it is as shown


class MoveRow(Struct, frozen=True, kw_only=True):
    """A topic or tag in the figure of what moved: its papers, how many are usual, and where it is
    drawn, in the figure's units."""

    label: str
    squeezed: bool  # whether it fits only when its letters are set narrower
    kind: str  # "topic" or "tag"
    count: int
    usual: int
    y: int
    width: int
    mark: int


class MovesView(Struct, frozen=True, kw_only=True):
    """What rose and what fell, as a figure; `groups` are a heading, its height, and rows."""

    title: str
    description: str  # the same in words
    height: int
    groups: tuple[tuple[str, int, tuple[MoveRow, ...]], ...]


class MonthView(Struct, frozen=True, kw_only=True):
    """A month as a calendar, and its papers' titles by day."""

    iso: str  # 2025-08
    path: str
    title: str  # "August 2025"
    count: int
    weekdays: tuple[str, ...]  # "Mon" ...
    rows: tuple[tuple[DayRef, ...], ...]
    weeks: tuple[Link, ...]  # one a row of the calendar
    days: tuple[tuple[DayRef, tuple[TitleRow, ...]], ...]  # newest first
    topics: tuple[Link, ...]  # with counts, most frequent first; path: /topics/<t>/2025-08/
    previous: Link | None
    next: Link | None
    front: tuple[TitleRow, ...] = ()  # the papers with most votes, up to five; () without votes
    curated: tuple[TitleRow, ...] = ()  # those with curators' notes
    moves: MovesView | None = None


class WeekView(Struct, frozen=True, kw_only=True):
    """A week: its days, the most voted papers of each topic, and what moved."""

    iso: str  # 2025-W32
    path: str
    title: str  # "Week 32, 2025"
    range: str  # "4 to 10 August 2025"
    count: int
    days: tuple[DayRef, ...]  # newest first
    topics: tuple[tuple[Link, tuple[TitleRow, ...]], ...]  # most papers first
    previous: Link | None
    next: Link | None
    front: tuple[TitleRow, ...] = ()
    curated: tuple[TitleRow, ...] = ()
    moves: MovesView | None = None


class TermView(Struct, frozen=True, kw_only=True):
    """A topic or a tag, on its own page and in the index of all."""

    kind: str  # "topic" or "tag"
    slug: str
    name: str
    path: str
    description: str
    count: int
    months: tuple[Link, ...]  # newest first, with counts; their paths end in /2025-08/
    related: tuple[Link, ...]  # tags that occur with it, most frequent first
    group: str = ""  # a tag's kind ("Methods"), for the index


class NameView(Struct, frozen=True, kw_only=True):
    """An author or an organisation with its newest papers."""

    kind: str  # "author" or "organization"
    name: str
    path: str
    count: int  # papers in all
    rows: Markup  # rendered: a paper is on the pages of all its names
    since: str  # the day of the first: "7 August 2025"
    most: int  # authors of the longest list that counts
    search: str | None  # the search page with all papers


class TrendingView(Struct, frozen=True, kw_only=True):
    """The trending papers of a span of days that ends with the newest day."""

    days: int
    title: str  # "Last 7 days"
    rows: tuple[TitleRow, ...]


class RiseView(Struct, frozen=True, kw_only=True):
    """A rising topic or tag: its counts of papers in the last 30 days, in the 30 before, and by
    week (oldest first) for a chart 24 units high."""

    path: str
    label: str
    kind: str  # "topic" or "tag"
    count: int
    before: int
    weeks: tuple[int, ...]
    bars: str  # an SVG path, 6 units wide a week


class YearView(Struct, frozen=True, kw_only=True):
    """A year in the archive."""

    year: int
    count: int
    months: tuple[MonthCalendar, ...]  # newest first


class MonthCalendar(Struct, frozen=True, kw_only=True):
    """A month's small calendar in the archive."""

    path: str
    title: str  # "August 2025"
    count: int
    weekdays: tuple[str, ...]
    rows: tuple[tuple[DayRef, ...], ...]


class SubscriptionView(Struct, frozen=True, kw_only=True):
    """A saved query with its newest papers."""

    name: str
    path: str
    title: str
    description: str
    count: int  # papers that match, in all
    asked: tuple[tuple[str, str], ...]  # its conditions: ("Any of", "robot*")
    rows: tuple[TitleRow, ...]
    rows_html: Markup  # the rows as partials/title_row.html renders them
    search: str  # the search page that shows them all, "search/?q=..."
    votes: int  # the minimum; the search page can't filter by votes
    edit: str | None


class FollowView(Struct, frozen=True, kw_only=True):
    """Something to follow: its page, and its feed in each format (none if there are too many to
    list)."""

    title: str
    path: str
    feeds: tuple[Link, ...]


class SubscribeForm(Struct, frozen=True, kw_only=True):
    """The subscription by mail: a form that posts to a service, or a mailto: link (then `mail` is
    its address)."""

    service: str
    action: str
    origin: str | None  # the origin that the page's Content-Security-Policy must allow
    hidden: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str, str], ...] = ()  # field, value, label
    mail: str | None = None
