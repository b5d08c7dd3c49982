"""A small invented digest as the templates are given it: every kind of page, with the odd paper."""

from __future__ import annotations

import calendar
from datetime import date

from markupsafe import Markup, escape
from msgspec.structs import replace

from broadsheet.archive.codes import code
from broadsheet.render.leads import Lead
from broadsheet.render.views import (
    DayRef,
    DayView,
    GroupView,
    HeadView,
    Link,
    MonthCalendar,
    MonthView,
    MoveRow,
    MovesView,
    NameView,
    NoteView,
    PaperView,
    RelatedView,
    SiteView,
    TermView,
    TitleRow,
    TrendingView,
    WeekView,
    YearView,
)

HOSTILE = "<script>alert('x')</script> & \"quotes\" <b>bold"
LONG = "Unbreakable" * 12 + " and then on and on, word upon word," * 5 + " to three hundred letters"
MATHS = Markup(
    "<math><semantics><msup><mi>n</mi><mn>2</mn></msup>"
    '<annotation encoding="application/x-tex">n^2</annotation></semantics></math>'
)
TOPICS = {"gardens": "Gardens and soil", "clocks": "Clocks", "tides": "Tides"}
ABSTRACT = (
    "Clocks drift when the room is warm. We propose a pendulum that corrects itself by listening "
    "to the tide. It keeps the hour within a second over a year of trials in three harbours. "
)


def topic(slug: str) -> Link:
    return Link(path=f"topics/{slug}/", label=TOPICS[slug], kind=slug)


def paper(slug: str, title: str, where: str = "clocks", **values: object) -> PaperView:
    given: dict[str, object] = {
        "id": slug,
        "path": f"papers/{slug}/",
        "title": title,
        "title_html": Markup(escape(title)),
        "abstract_html": Markup("<p>{}</p>").format(ABSTRACT * 5),
        "lead": Lead("We propose a pendulum that corrects itself by listening to the tide."),
        "authors": (),
        "authors_short": "",
        "iso": "2031-03-05",
        "date": "5 March 2031",
        "day": Link(path="2031/03/05/", label="5 March 2031"),
        "topic": topic(where),
        "tags": (Link(path="tags/pendulums/", label="Pendulums"),),
        "links": (Link(path="https://example.org/scholar", label="Scholar", kind="scholar"),),
        "upvotes": None,
        "comments": None,
        "as_of": None,
        "submitter": None,
        "notes": (),
        "arxiv": None,
        "doi": None,
        "summary": None,
        "edit": None,
        "codes": code("topic", where) + code("tag", "pendulums"),
    }
    given |= values
    names: tuple[str, ...] = given["authors"]  # type: ignore[assignment]
    linked = tuple(
        Link(path=f"authors/name-{n}/" if n % 2 else "", label=name) for n, name in enumerate(names)
    )
    return PaperView(**{"author_links": linked, **given})  # type: ignore[arg-type]


BARE = paper(
    "bare", "Nothing but a title", abstract_html=Markup(""), lead=Lead(""), links=(), tags=()
)
FULL = paper(
    "full",
    "A pendulum that listens",
    authors=tuple(f"Author Number{n}" for n in range(664)),
    authors_short="Author Number0, Author Number1 and 662 others",
    organisation=Link(path="organizations/an-institute/", label="An Institute"),
    stars=1200,
    venue="A Workshop",
    keywords=("tides", "pendulums"),
    discussion="https://example.org/talk",
    links=(
        Link(path="https://arxiv.org/abs/3103.00001", label="arXiv", kind="arxiv"),
        Link(path="https://example.org/code", label="Code", kind="code"),
    ),
    upvotes=1,
    comments=2,
    as_of="5 March 2031, 12:00 UTC",
    submitter="A. Reader",
    notes=(NoteView(html=Markup("<p>Try it <em>at home</em>.</p>"), curator="A. Curator"),),
    arxiv="3103.00001",
    doi="10.1000/x",
    categories=(Link(path="search/?q=category:cs.LG", label="cs.LG"),),
    summary="It listens.",
    edit="https://example.org/edit/clocks.md",
    bibtex=escape("@article{x,\n  title = {A <b> title}\n}"),
    related=(
        RelatedView(
            path="papers/bare/",
            title_html=Markup("Nothing but a title"),
            iso="2031-03-04",
            date="4 March 2031",
            shared=("pendulum", "tide"),
        ),
    ),
)
PAPERS = (
    FULL,
    BARE,
    paper("hostile", HOSTILE, lead=Lead(HOSTILE), authors=(HOSTILE,), authors_short=HOSTILE),
    paper("long", LONG, "tides"),
    paper("cjk", "潮汐に耳を傾ける振り子について", "tides", upvotes=1200),
    paper("rtl", "بندول يصغي إلى المد والجزر", "tides", authors_short="ابن الهيثم"),
    paper("maths", "Order n2", "gardens", title_html=Markup("Order ") + MATHS, upvotes=7),
)


def row(view: PaperView) -> TitleRow:
    return TitleRow(
        path=view.path,
        title_html=view.title_html,
        authors_short=view.authors_short,
        iso=view.iso,
        topic=view.topic,
        upvotes=view.upvotes,
        date="5 Mar 2031",
        codes=view.codes,
    )


ROWS = tuple(map(row, PAPERS))


def day_of(papers: tuple[PaperView, ...], **values: object) -> DayView:
    groups = []
    for slug, name in TOPICS.items():
        own = tuple(one for one in papers if one.topic.kind == slug)
        if own:
            link = Link(path=f"2031/03/05/{slug}/", label=name, kind=slug, count=len(own))
            groups.append(GroupView(topic=link, description=f"All of {name}.", papers=own))
    given: dict[str, object] = {
        "iso": "2031-03-05",
        "path": "2031/03/05/",
        "title": "Wednesday, 5 March 2031",
        "weekday": "Wednesday",
        "date": "5 March 2031",
        "count": len(papers),
        "groups": tuple(groups),
        "previous": Link(path="2031/03/04/", label="Tuesday 4 March"),
        "next": None,
        "month": Link(path="2031/03/", label="March 2031"),
        "week": Link(path="2031/W10/", label="Week 10, 2031"),
        "ledger": "From a harbour: 7 listed, 7 published.",
        "edit": "https://example.org/edit",
    }
    return DayView(**{**given, **values})  # type: ignore[arg-type]


FRONT = tuple(replace(row(one), upvotes=9, lead=one.lead) for one in PAPERS[:5])
DAY = day_of(PAPERS, front=FRONT)


def ref(when: date, month: int = 3) -> DayRef:
    count = 0 if when.weekday() > 4 else when.day * 3
    return DayRef(
        iso=when.isoformat(),
        path=f"{when:%Y/%m/%d}/" if count else None,
        label=f"{calendar.day_name[when.weekday()]} {when.day} {calendar.month_name[when.month]}",
        number=when.day,
        count=count,
        heat=min(4, 1 + when.day // 8) if count else 0,
        outside=when.month != month,
    )


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CALENDAR = tuple(
    tuple(ref(when) for when in week) for week in calendar.Calendar().monthdatescalendar(2031, 3)
)
BY_DAY = ((ref(date(2031, 3, 5)), ROWS), (ref(date(2031, 3, 4)), ROWS[:1]))
MOVES = MovesView(
    title="Against the 4 weeks before",
    description="More than usual: Tides 8, usually 3. Fewer than usual: Clocks 1, usually 4.",
    height=96,
    groups=(
        ("More than usual", 18, (
            MoveRow(label="Tides", squeezed=False, kind="topic",
                    count=8, usual=3, y=26, width=120, mark=45),)),
        ("Fewer than usual", 66, (
            MoveRow(label=HOSTILE, squeezed=True, kind="tag",
                    count=1, usual=4, y=74, width=15, mark=60),)),
    ),
)  # fmt: skip
COUNTED = tuple(
    Link(path=f"topics/{slug}/2031-03/", label=name, kind=slug, count=1234)
    for slug, name in TOPICS.items()
)
RECENT = tuple(ref(date(2031, 3, n)) for n in (5, 4, 3, 2))
MONTHS = tuple(
    Link(path=f"topics/clocks/2031-{n:02}/", label=f"Month {n}", count=n) for n in range(12, 0, -1)
)
FEEDS = (
    Link(path="feeds/all.rss.xml", label="All papers (RSS)", kind="rss"),
    Link(path="feeds/all.atom.xml", label="All papers (Atom)", kind="atom"),
)
TWINS = (Link(path="2031/03/05/index.json", label="JSON", kind="application/json"),)


def term(kind: str = "topic", **values: object) -> TermView:
    given: dict[str, object] = {
        "kind": kind,
        "slug": "clocks",
        "name": "Clocks",
        "path": f"{kind}s/clocks/",
        "description": "What tells the hour.",
        "count": 1234,
        "months": MONTHS,
        "related": COUNTED,
    }
    return TermView(**{**given, **values})  # type: ignore[arg-type]


SITE = SiteView(
    name="The Harbour Digest",
    tagline="What the tide brought in",
    url="",
    lang="en",
    menu=(
        Link(path="", label="Today"),
        Link(path="topics/", label="Topics"),
        Link(path="tags/", label="Tags"),
        Link(path="archive/", label="Archive"),
        Link(path="search/", label="Search", kind="search"),
    ),
    pages=(Link(path="about/", label="About"),),
    feeds=FEEDS,
    repository="https://example.org/repository",
    stylesheet="theme/css/main.css?v=1",
    scripts=("theme/js/site.js?v=1",),
    version="1",
)


class StaticPage:
    """What Pelican gives of a static page."""

    title = "About"
    lang = "en"
    content = Markup(
        "<p>A <a href='/'>digest</a>.</p><h2>More</h2><pre><code>make</code></pre>"
        "<ul><li>One</li></ul>"
    )


def head(path: str, title: str, **values: object) -> HeadView:
    given: dict[str, object] = {
        "title": title,
        "description": "What this page is about.",
        "path": path,
        "canonical": f"https://example.org/{path}",
        "feeds": FEEDS,
    }
    return HeadView(**{**given, **values})  # type: ignore[arg-type]


def pages() -> dict[str, tuple[str, HeadView, dict[str, object]]]:
    """Every kind of page: its template, head and values, by its address."""
    totals = {"paper_count": 12345, "day_count": 415}
    month = MonthView(
        iso="2031-03",
        path="2031/03/",
        title="March 2031",
        count=1234,
        weekdays=WEEKDAYS,
        rows=CALENDAR,
        weeks=(Link(path="2031/W10/", label="Week 10, 2031", count=3),),
        days=BY_DAY,
        moves=MOVES,
        topics=COUNTED,
        previous=Link(path="2031/02/", label="February 2031"),
        next=None,
        front=FRONT,
    )
    week = WeekView(
        iso="2031-W10",
        path="2031/W10/",
        title="Week 10, 2031",
        range="3 to 9 March 2031",
        count=8,
        days=tuple(day for day, _ in BY_DAY),
        topics=tuple((topic, ROWS[:3]) for topic in COUNTED),
        moves=MOVES,
        previous=None,
        next=Link(path="2031/W11/", label="Week 11, 2031"),
    )
    small = MonthCalendar(
        path="2031/03/", title="March 2031", count=1234, weekdays=WEEKDAYS, rows=CALENDAR
    )
    found: dict[str, tuple[str, HeadView, dict[str, object]]] = {
        "": (
            "index.html",
            head("", "The Harbour Digest", alternates=TWINS),
            {"day": DAY, "recent": RECENT, **totals},
        ),
        "empty/": ("index.html", head("empty/", ""), {"day": None, "recent": ()}),
        "2031/03/05/": ("day.html", head("2031/03/05/", DAY.title), {"day": DAY}),
        "2031/03/06/": (
            "day.html",
            head("2031/03/06/", "One paper"),
            {"day": day_of((FULL,), previous=None, ledger=None, edit=None)},
        ),
        "2031/03/08/": ("day.html", head("2031/03/08/", "None"), {"day": day_of(())}),
        "2031/03/05/tides/": (
            "day_topic.html",
            head("2031/03/05/tides/", "Tides"),
            {"day": DAY, "group": DAY.groups[-1]},
        ),
        "2031/03/": ("month.html", head("2031/03/", month.title), {"month": month}),
        "2031/W10/": ("week.html", head("2031/W10/", week.title), {"week": week}),
        "topics/": ("topics.html", head("topics/", "Topics"), {"terms": (term(), term(count=1))}),
        "topics/clocks/": (
            "term.html",
            head("topics/clocks/", "Clocks"),
            {"term": term(), "newest": ROWS},
        ),
        "topics/clocks/2031-03/": (
            "term_month.html",
            head("topics/clocks/2031-03/", "Clocks, March 2031"),
            {
                "until": None,
                "term": term(),
                "month": Link(path="2031/03/", label="March 2031", count=8),
                "rows": BY_DAY,
                "previous": MONTHS[0],
                "next": MONTHS[1],
            },
        ),
        "tags/": (
            "tags.html",
            head("tags/", "Tags"),
            {"groups": (("Methods", (term("tag"), term("tag"))), ("Tasks", (term("tag"),)))},
        ),
        "trending/": (
            "trending.html",
            head("trending/", "Trending"),
            {
                "newest": Link(path="2031/03/05/", label="5 March 2031"),
                "formula": "Votes, halved with each week that passes.",
                "spans": (TrendingView(days=7, title="Last 7 days", rows=ROWS),),
            },
        ),
        "authors/": (
            "names.html",
            head("authors/", "Authors"),
            {"kind": "author", "links": COUNTED, "least": 2},
        ),
        "authors/a-keeper/": (
            "name.html",
            head("authors/a-keeper/", "A. Keeper", index=False),
            {
                "named": NameView(
                    kind="author",
                    name="A. Keeper",
                    path="authors/a-keeper/",
                    count=1,
                    rows=Markup(
                        '<li><a href="https://digest.example/">Order</a>'
                        ' <span class="by"><bdi>A. Keeper</bdi></span></li>'
                    ),
                    since="5 March 2031",
                    most=50,
                    search="search/?q=author:keeper",
                )
            },
        ),
        "offline/": ("offline.html", head("offline/", "Kept pages", index=False), {}),
        "curators/": (
            "curators.html",
            head("curators/", "Curators"),
            {
                "groups": (
                    ("Curated by", (Link(path="", label="A. Curator", count=2),)),
                    ("Submitted by", ()),
                )
            },
        ),
        "archive/": (
            "archive.html",
            head("archive/", "Archive"),
            {"years": (YearView(year=2031, count=1234, months=(small, small)),), **totals},
        ),
        "search/": ("search.html", head("search/", "Search", index=False, feeds=()), {}),
        "saved/": ("saved.html", head("saved/", "Saved papers", index=False, feeds=()), {}),
        "topics/old/": (
            "moved.html",
            head("topics/old/", "Old topic", index=False),
            {"target": topic("tides"), "reason": "Renamed."},
        ),
        "404.html": ("404.html", head("404.html", "Page not found", index=False), {}),
        "about/": ("page.html", head("about/", "About"), {"page": StaticPage()}),
    }
    for at, one in enumerate(PAPERS):
        near = PAPERS[at - 1] if at else None
        found[one.path] = (
            "paper.html",
            head(
                one.path,
                one.title,
                meta=(
                    ("citation_title", one.title),
                    *(("citation_author", author) for author in one.authors),
                    ("citation_publication_date", "2031/03"),
                ),
                properties=(("og:title", one.title),),
                json_ld=Markup('{"name": "x"}'),
            ),
            {
                "paper": one,
                "previous": Link(path=near.path, label=near.title) if near else None,
                "next": None,
            },
        )
    return found


def many(count: int) -> DayView:
    """A day of so many ordinary papers."""
    plain = replace(FULL, authors_short="A. Lovelace, A. Turing and 3 others", notes=())
    papers = tuple(
        replace(
            plain,
            id=f"3103.{n:05}",
            path=f"papers/3103.{n:05}/",
            title_html=Markup(f"{n} " + "A title as long as they come " * 3),
        )
        for n in range(count)
    )
    return day_of(papers)
