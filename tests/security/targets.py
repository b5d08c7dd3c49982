"""What reads strangers' text, and what must hold of it whatever that text is: the fuzzer's targets.

Each takes bytes. It may raise one of its refusals (errors of errors.py, in one line), nothing else.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

from broadsheet import feeds, tex
from broadsheet.archive.model import PublishedPaper
from broadsheet.citing import bibtex, dublin_core, highwire, json_ld, reference, ris
from broadsheet.content import ledger, pages, redirects
from broadsheet.content.pages import block
from broadsheet.curate.papers import forms
from broadsheet.errors import ListingError
from broadsheet.feeds import item_cache
from broadsheet.feeds.item_source import html_of
from broadsheet.fetch import answer
from broadsheet.fetch.request import Request
from broadsheet.importer.drafts import draft
from broadsheet.importer.links import find
from broadsheet.io import cache
from broadsheet.listings import parse, parse_name
from broadsheet.mail import subscribers
from broadsheet.papers import Note, Paper
from broadsheet.render import markdown
from broadsheet.search.analysis.identifiers import identifier_of
from broadsheet.search.analysis.terms import derived_terms
from broadsheet.search.query.clauses import clauses
from broadsheet.search.query.language import query, read
from broadsheet.site import static_reader
from broadsheet.subscriptions.model import parse_subscription, query_of
from broadsheet.text.bounded_markdown import page_html
from broadsheet.text.plain import lead_of
from broadsheet.topics import Classifier, parse_vocabulary
from broadsheet.topics.vocabulary import parse_tags, parse_topics

from ..digests import LEDGER, OPTIMIZATION, TAGS, TOPICS, VISION
from ..listings import feeds as feed_samples
from ..listings import list_samples, mails, page_samples, samples
from . import folder_targets
from .markup import PAGE, strange
from .target import YAML, Target, text_of

_CLASSIFIER = Classifier(parse_vocabulary(TOPICS, TAGS))


def _listing(data: bytes) -> None:
    listing = parse(data, file="2025-08-07.any.txt")
    for entry in listing.entries[:20]:
        made = draft(entry, _CLASSIFIER, as_of="2025-08-07T06:15Z")
        paper = replace(made.paper, id=pages.paper_id(made.paper.title, made.paper.arxiv))
        again = pages.parse(
            pages.format_page(
                pages.PageHeading(title="Vision", date=date(2025, 8, 7), topic="vision"), [paper]
            )
        )
        assert [one.title for one in again.papers] == [" ".join(paper.title.split())]


def _page(data: bytes) -> None:
    text = text_of(data)
    page, wrong = pages.survey(text, file="page.md")
    assert page or wrong
    lines = text.count("\n") + text.count("\r") + 1
    assert all(str(one) and (one.line or 1) <= lines for one in wrong)
    pages.scan(text)
    if page and not wrong:
        heading = pages.PageHeading(page.title, page.date, page.topic, page.extra)
        assert pages.parse(pages.format_page(heading, page.papers)).papers is not None


def _block(data: bytes) -> None:
    values = block.parse(text_of(data))
    assert block.parse(block.format(values)) == values


def _ledger(data: bytes) -> None:
    text = text_of(data)
    found = ledger.parse(text, file="day.yml")
    assert ledger.parse(ledger.format(found)) == found
    assert ledger.parse(ledger.update(text, found)) == found


def _redirects(data: bytes) -> None:
    text = text_of(data)
    rows = redirects.parse(text)
    redirects.resolved(rows)
    more = redirects.Redirect(old="papers/new/", new="", why="Since <b> & \u2028.")
    added = redirects.parse(redirects.add(text, [more]))
    assert {one.old for one in added} == {one.old for one in rows} | {"papers/new/"}
    redirects.parse(redirects.drop(text, [one.old for one in rows]))


def _subscription(data: bytes) -> None:
    query_of(parse_subscription(text_of(data), "name"))


def _query(data: bytes) -> None:
    text = text_of(data)
    identifier_of(text)
    derived_terms(text)
    clauses(text)
    query(read(text))


def _topics(data: bytes) -> None:
    parse_topics(text_of(data))


def _tags(data: bytes) -> None:
    parse_tags(text_of(data))


def _markdown(data: bytes) -> None:
    text = text_of(data)
    for html in (markdown.abstract(text), markdown.title(text)):
        assert not strange(html), strange(html)
        formulas = sum(span.math for span in tex.spans(text))
        assert html.count("<math") <= formulas, "a formula stands where it was not written"
    lead_of(text)


def _static_page(data: bytes) -> None:
    parser = static_reader.parser_of({"extensions": ["extra", "meta", "codehilite"]})
    html = markdown.page(*page_html(parser, text_of(data)))
    assert not strange(html, PAGE), strange(html, PAGE)


def _maths(data: bytes) -> None:
    text = text_of(data)
    shown = markdown.formula(text)
    assert not strange(shown), strange(shown)
    tex.unicode(text)
    tex.plain(text)


def _restoring(data: bytes) -> None:
    text = text_of(data)
    for made in (tex.restore(text), tex.restore(text, tex=True)):
        assert "".join(span.source for span in tex.spans(made)) == made
        tex.plain(made)
    find(text)


def _feed(data: bytes) -> None:
    text = text_of(data)
    html = html_of(text)
    assert not strange(html), strange(html)
    item = feeds.item(
        _paper(text),
        date=date(2025, 8, 7),
        zone=UTC,
        link="https://x.example/papers/x/",
        title=text,
        html=lambda _: html,
        summary=text,
        topic=feeds.Category("x", text),
        tags=[feeds.Category("y", text)],
        links=[feeds.Related("https://x.example/", text)],
    )
    placed = PublishedPaper(
        paper=_paper(text), date=date(2025, 8, 7), topic="x", path="x.md", line=1
    )
    kept = cache.encode(item_cache.packed(item))
    record = item_cache.packed(item) if kept is None else cache.decode(kept, item_cache.ItemRecord)
    assert item_cache.unpacked(record, placed, date(2025, 8, 7), UTC) == item
    feed = feeds.Feed(
        guid="urn:x", title=text, description=text, home="https://x.example/",
        address="https://x.example/feed", language="en", author=text, items=(item,),
        updated=datetime(2025, 8, 7, tzinfo=UTC),
    )  # fmt: skip
    for form in (feeds.rss, feeds.atom):
        ElementTree.fromstring(form(feed))
    json.loads(feeds.json_feed(feed))
    ElementTree.fromstring(feeds.opml(text, [feeds.FeedOutline(text, "https://a/", text, text)]))


def _paper(text: str) -> Paper:
    return Paper(
        id="x",
        title=text,
        abstract=text,
        authors=tuple(part for line in text.split("\n")[:9] if (part := " ".join(line.split()))),
        doi=text[:50] or None,
        tags=("sgd",),
        categories=(text[:40],),
        arxiv="2508.00001",
        curator=text,
        notes=(Note(text=text, curator=text),),
    )


def _citation(data: bytes) -> None:
    cited = reference(_paper(text_of(data)), date(2025, 8, 7), "https://x.example/")
    made = bibtex([cited])
    assert _depth(made) == 0, "BibTeX whose braces don't pair up"
    rows = ris([cited]).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", row) for row in rows[:-1]), rows
    assert sum(row.startswith(("TY", "ER")) for row in rows) == 2
    loaded = json_ld(cited, "https://x.example/")
    json.loads(loaded)
    assert not re.search("[<>&\u2028\u2029]", loaded)
    highwire(cited, (text_of(data),))
    dublin_core(cited)


def _depth(text: str) -> int:
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        assert depth >= 0, "BibTeX that ends too soon"
    return depth


def _subscribers(data: bytes) -> None:
    found, wrong = subscribers.parse(text_of(data), file="readers.csv", subscriptions=["robots"])
    told = [one.message for one in wrong]
    assert all("@" not in one or '"' in one or "name@" in one for one in told)
    assert all("\n" not in one.address + one.token for one in found)


def _form(data: bytes) -> None:
    found = forms.parse(text_of(data))
    assert "\n" not in found.paper + (found.topic or "") + (found.curator or "")


def _answer(data: bytes) -> None:
    for extension in ("json", "xml"):
        asked = Request(
            source="arxiv", url="https://x.example/", day=date(2025, 8, 7), extension=extension
        )
        judged = answer.judge(data, asked, "x", lambda data, name: answer.contents_of(
            parse(data, file=name)))  # fmt: skip
        assert "\n" not in judged.reason
        assert judged.reason.isprintable()


def _file_name(data: bytes) -> None:
    parse_name(text_of(data).replace("\0", ""))


_PROSE = tuple(
    text.encode()
    for text in (
        "We prove that $\\mathcal{O}(\\varepsilon^{-2})$ steps are *enough*, see [this](/papers/x/)"
        " and https://code.example/steps?a=1&b=2.\n\nA second `paragraph` & more < less.",
        "1. one\n2. two\n\n- a\n  - b\n\n> quoted\n\n    code\n\n![i](x.png) [a]: http://b.example",
        "<a href='http://x.example'>y</a> <think> <http://b.example> <me@x.example> &lt;b&gt;",
        "$$\\begin{matrix} a & b \\\\ c & d \\end{matrix}$$ and $\\frac{1}{2}$ and \\$5",
        "alpha times beta_1, |x| leq mathcal{O}(n^{2}) and frac{a}{b} \\textbf{bold} {\\em it}",
        "[a][1] ![b][2]\n\n[1]: http://a.example 'title'\n[2]: mailto:me@a.example",
    )
)
_FORMULAS = tuple(
    text.encode()
    for text in (
        "\\mathcal{O}(\\varepsilon^{-2})", "\\frac{\\sqrt{x_{i}^2}}{\\sum_{i=1}^n \\alpha_i}",
        "\\begin{cases} a & b \\\\ c & d \\end{cases}", "\\left( \\frac{1}{2} \\right]",
        "\\text{if } x < y \\quad \\mathbb{R}^{n \\times m}", "\\href{http://a}{b} \\unicode{x41}",
        "\\operatorname{argmin}_{\\theta} \\|x\\|_2", "f(x, y) = [a, b) \\cup \\{c\\}",
    )
)  # fmt: skip
_MARKS = tuple(
    text.encode()
    for text in (
        "**", "***", "__", "~~", "![", "](", "][", "]: ", "[^1]", "> ", "1. ", "    ", "  \n", "<b",
        "<!--", "<![CDATA[", "<?", "</p>", "<script>", "<svg/onload=x>", "&#x3c;", "&colon;",
        "java\tscript:x", "\\[", "\\(", "\\]", "|-|-|\n", "{: #id .class onclick=x }", "\\left(",
        "\\text{<b>}", "\\begin{array}{c}", "\\end{array}", "^{", "_{", "\\frac{", "f(x, ", "α",
    )
)  # fmt: skip
_SUBSCRIPTIONS = (
    b'title: Robots that learn\ndescription: Learned.\nwords: robot* learn*\nrequired: [policy, "s'
    b'im to real"]\nexcluded: [survey]\ntopics: [robotics]\ntags: [rl]\nauthors: [Ada Lovelace]\n'
    b"votes: 5\nsince: 2025-06\n",
    b'title: "A"\nwords: title:robot +must -not robt~1 "a phrase" in:vision until:2025-W30\n',
)
_QUERIES = (
    b'title:robot author:hinton robt~1 +must -mustnot "a phrase" in:vision tag:nas until:2025',
    b'gradient^10 *ent sg* authors:"Ada Lovelace" since:2025-06 on:2025-W31 on:2025-08-07',
)
_SIGNS = tuple(
    one.encode()
    for one in 'title: authors: in: tag: author: since: until: on: " + - ~ ^ * \\ 2025-W99'.split()
)
_REDIRECTS = (
    b'# kept\n- {"from": "topics/a/", "to": "topics/b/"}\n- {"from": "papers/x/", "to": "", "why":'
    b' "Gone."}\n- {"from": "topics/b/", "to": "topics/c/"}\n',
    b"- from: a/\n  to: b/\n",
)
_LISTINGS = (samples, feed_samples, list_samples, page_samples)
_ANSWERS = tuple(text.encode() for text in (samples.API, samples.API_ATOM, samples.RSS))
_FORMS = (
    b"### Paper\n\n2401.16164\n\n### Topic\n\nvision\n\n### Note\n\nGood.\n\n"
    b"### Your name\n\nAda\n",
)
_READERS = (
    b"address,subscription,frequency,token\nada@example.net,,daily,3kTqz81bXw\n"
    b'"alan@example.net",robots,weekly,Pq0Lm2yV7c\n',
)
_NAMES = (
    b"2026-01-05.arxiv.cs.LG.20260105T013000Z.xml", b"seeds/2025-08-07.huggingface.txt",
)  # fmt: skip
_BLOCKS = (
    b"id: a-title\narxiv: 2401.16164\nauthors: [Ada Example, Bo Example]\ntags: [sgd]\ncode: https"
    b'://code.example/x\nupvotes: 12\nx-own: {a: [1, "b"]}\n',
)

TARGETS = {
    one.name: one
    for one in (
        Target(
            "listing",
            _listing,
            (
                *(text.encode() for texts in _LISTINGS for text in texts.ALL.values()),
                *mails.ALL.values(),
            ),
            (b"@string{a = b # b}\n", b"@a{x,", b"TY  - X", b"\\\\\n", b"&bomb;", b"Aug 7\n\n"),
        ),
        Target("page", _page, (OPTIMIZATION.encode(), VISION.encode()), YAML + _MARKS),
        Target("block", _block, _BLOCKS, YAML),
        Target("ledger", _ledger, (LEDGER.encode(),), YAML),
        Target("redirects", _redirects, _REDIRECTS, YAML),
        Target("subscription", _subscription, _SUBSCRIPTIONS, YAML + _SIGNS),
        Target("query", _query, _QUERIES, _SIGNS),
        Target("topics", _topics, (TOPICS.encode(),), YAML),
        Target("tags", _tags, (TAGS.encode(),), YAML),
        Target("markdown", _markdown, _PROSE, _MARKS),
        Target("static page", _static_page, _PROSE, _MARKS),
        Target("maths", _maths, _FORMULAS, _MARKS),
        Target("restoring", _restoring, _PROSE, _MARKS),
        Target("feed", _feed, _PROSE, _MARKS),
        Target("citation", _citation, _PROSE, _MARKS),
        Target("subscribers", _subscribers, _READERS, (b",", b'"', b"@", b"\r\n", b"Bcc: a@b.c")),
        Target("form", _form, _FORMS, (b"### Paper\n", b"_No response_", b"@everyone")),
        Target("answer", _answer, _ANSWERS, (), ListingError),
        Target("file name", _file_name, _NAMES, (b".", b"/", b"..", b"20250807T061500Z")),
        *folder_targets.TARGETS,
    )
}
