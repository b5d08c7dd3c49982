"""`broadsheet check` passes what an import writes, whatever a listing holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import checks
from broadsheet.checks.content import CheckInputs
from broadsheet.content import pages
from broadsheet.content.disk import DaySources, SourceFile
from broadsheet.content.ledger import ImportedListing
from broadsheet.content.paper_index import KnownPapers
from broadsheet.errors import ListingError
from broadsheet.importer import ContentSnapshot, Incoming, plan
from broadsheet.listings import parse
from broadsheet.topics import Classifier, parse_vocabulary
from tests.importer.world import TAGS, TOPICS

DAY = date(2026, 1, 5)
VOCABULARY = parse_vocabulary(TOPICS, TAGS)
CLASSIFIER = Classifier(VOCABULARY)

HOSTILE = (
    "We set [CLS](j) and a[i](j) per kite.",
    r"We set \[CLS](j) and \\[a](b).",
    "[kites](made/up.html) and [lines]()",
    "[kites](javascript:alert(1)) <a href='javascript:x'>x</a>",
    "<javascript:alert(1)> [x]: javascript:alert(1)",
    "[ref]: made-up\n\n[ref]: javascript:x",
    "<iframe src=x></iframe> <svg/onload=x> <style>p{}</style> <think>no tag</think>",
    "<a href=made-up>x</a> src=foo href = 'bar'",
    "<b onclick=x>y</b> <p style='x'>",
    "# Heading\n\n#### Deeper\n\n> quoted\n\n```\nfence\n\n~~~",
    "- list\n1. more\n\n    code\n\tcode",
    "costs $5 and $unclosed \\( and \\[ x \\]",
    "$$ a [x](y) $$ `code [x](y)` ``more` [x](y)",
    "&lt;script&gt; &#91;x](y) <scr<script>ipt>",
    "---\ntitle: x\n---\n\n## A section\n\n```yaml\nid: x\n```",
    "![picture](x.png) [![a](b)](c) [a [b](c)](d)",
    "a\u0000b\u202ec\u200bd\tend\x1b",
    "<https://example.org/x> <made@up.example> [m](mailto:x@y.example)",
    "[x](https://) [x](http://[) [x](//host/path) [x](example.org/path)",
    "===\n---\n***\n___",
)


def jsonl(title: str, abstract: str) -> bytes:
    return json.dumps({"title": title, "abstract": abstract, "id": "x"}).encode()


def table(title: str, abstract: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "abstract"], [title, abstract]])
    return out.getvalue().encode("utf-8", "replace")


def bibtex(title: str, abstract: str) -> bytes:
    return f"@misc{{x, title = {{{title}}}, abstract = {{{abstract}}}}}\n".encode(
        "utf-8", "replace"
    )


def ris(title: str, abstract: str) -> bytes:
    text = f"TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nER  - \n"
    return text.encode("utf-8", "replace")


def atom(title: str, abstract: str) -> bytes:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
        "<entry><id>http://arxiv.org/abs/2601.00001v1</id>"
        f"<title>{escaped(title)}</title><summary>{escaped(abstract)}</summary>"
        "<author><name>A. Doe</name></author></entry></feed>"
    ).encode("utf-8", "replace")


def plain(title: str, abstract: str) -> bytes:
    return f"Jan 5\n\n{title}\n\n{abstract}\n".encode("utf-8", "replace")


def feed(title: str, abstract: str) -> bytes:
    def kept(text: str) -> str:
        return text.replace("]]>", "]]&gt;").replace("\0", "").replace("\x1b", "")

    return (
        f"<rss><channel><item><title><![CDATA[{kept(title)}]]></title>"
        f"<description><![CDATA[<p>{kept(abstract)}</p>]]></description></item></channel></rss>"
    ).encode("utf-8", "replace")


def listed(title: str, abstract: str) -> bytes:
    return f"- **{title}** https://arxiv.org/abs/2601.00001\n  {abstract}\n".encode(
        "utf-8", "replace"
    )


def saved(title: str, abstract: str) -> bytes:
    return (
        "<html><head><meta name='citation_title' content='Kites'><meta name='citation_author'"
        f" content='Ada Kite'></head><body><h1>{title}</h1><div class='abstract'>{abstract}"
        f"{' and more' * 20}</div></body></html>"
    ).encode("utf-8", "replace")


def mailed(title: str, abstract: str) -> bytes:
    head = b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n<html>"
    link = f"<li><a href='https://arxiv.org/abs/2601.00001'>{title}</a></li><p>{abstract}</p>"
    return head + link.encode("utf-8", "replace")


WRITERS = (jsonl, table, bibtex, ris, atom, plain, feed, listed, saved, mailed)


def wrong(data: bytes) -> list[checks.Problem]:
    """The errors that a check finds in what the import of a listing writes; none where the listing
    is refused."""
    try:
        listing = parse(data, file="x")
    except ListingError:
        return []
    incoming = Incoming(
        date=DAY,
        listing=ImportedListing(file="x", sha256="0" * 64, source="x", papers=1),
        entries=listing.entries,
    )
    planned = plan(
        incoming,
        ContentSnapshot(
            content={}, known=KnownPapers(), classifier=CLASSIFIER, vocabulary=VOCABULARY
        ),
    )
    files = [SourceFile(path, text.encode()) for path, text in planned.writes]
    written = [one for one in files if one.path.endswith(".md")]
    (ledger,) = (one for one in files if one.path.endswith(".yml"))
    inputs = CheckInputs(
        days=[DaySources(DAY, tuple(written), ledger)],
        papers=[one for page in written for one in pages.scan(page.text(), file=page.path)],
        topics=SourceFile("topics.yml", TOPICS.encode()),
        tags=SourceFile("tags.yml", TAGS.encode()),
        dates=frozenset({DAY}),
        text_of=dict(planned.writes).get,
    )
    return [one for one in checks.check(inputs) if one.severity == checks.ERROR]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_check_passes_hostile_text(write: Callable[[str, str], bytes], text: str) -> None:
    assert wrong(write("Kites", text)) == []
    assert wrong(write(" ".join(text.split()), "We fly.")) == []


PIECES = st.sampled_from(
    [*"[](){}<>\\`*_#$|~=:!&;-\"' \n\t", "\n\n", "](", "]:", "javascript:", "https://x.example/",
     "href=", "src = ", "<a ", "<b>", "</b>", "<iframe>", "\\(", "\\]", "$x$", "```", "~~~",
     "&lt;", "&#91;", "\\emph{", "}", "## ", "##a", "> ", "\n---\n", "\n===\n", "$x", "x_1$",
     "$$", "\n<<<<<<< a\n", "\n=======\n", "id: a\n", "![a](b)", "\xa0#", "$\\sim$9",
     "    ", "<!--", "-->", "data:", "a1", "<script"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(WRITERS), st.booleans())
def test_check_passes_any_text(text: str, write: Callable[[str, str], bytes], title: bool) -> None:
    if title:
        assert wrong(write("Kites " + " ".join(text.split()), "We fly.")) == []
    else:
        assert wrong(write("Kites", text)) == []
