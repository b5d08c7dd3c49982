"""Whatever comes in, the outcome is a listing or one `ListingError`, in linear time."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from tests.growth import assert_no_dearer, assert_quick
from tests.soak import SOAK

from . import feeds, list_samples, mails, samples

SOURCES = {
    name: text.encode() for name, text in (samples.ALL | feeds.ALL | list_samples.ALL).items()
} | mails.ALL
PIECES = [
    *(b"[", b"]", b"{", b"}", b"<", b">", b'"', b"'", b"\\", b"\n", b"\n\n", b"&amp;", b"&bomb;"),
    *(b"\\u0000", b"\\ud800", b"][3]", b"1e999", b"-1", b"null", b"@a{x,", b"TY  - X", b"\\\\\n"),
    *(b"\xc2\xa0", b"\xe2\x80\x8b", b"<!DOCTYPE a>", b"<a>", b"</div>", b"<![CDATA[", b"Aug 8\n"),
    *(b"\xff", b"\x00", b"Submitted by\n", b"\xc2\xb7\n", b"[-] 3\n", b"12\n", b"%%%---%%%---"),
]


def check(data: bytes) -> None:
    found = samples.outcome(parse, data, file="hostile")
    if isinstance(found, ListingError):
        assert found.file == "hostile"
        assert found.message
        assert "\n" not in str(found)
        return
    assert isinstance(found, Listing)
    assert found.entries or found.empty
    for entry in found.entries:
        assert entry.title
        assert "\n" not in entry.title
        (entry.title + entry.abstract + "".join(entry.authors)).encode("utf-8")


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample that was cut, doubled, flipped, or has something put in."""
    data = draw(st.sampled_from(list(SOURCES.values())))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        to = at + draw(st.sampled_from([1, 2, 10, 100, 1000, 5000]))
        match draw(st.integers(0, 6)):
            case 0:
                data = data[:at]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:to] + data[at:]
            case 3 if data:
                flipped = data[at] ^ (1 << draw(st.integers(0, 7)))
                data = data[:at] + bytes([flipped]) + data[at + 1 :]
            case 4:
                piece = draw(st.sampled_from(PIECES)) * draw(st.sampled_from([1, 3, 500]))
                data = data[:at] + piece + data[at:]
            case 5:
                lines = data.split(b"\n")
                one, two = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[one], lines[two] = lines[two], lines[one]
                data = b"\n".join(lines)
            case 6:
                lines = data.split(b"\n")
                del lines[draw(st.integers(0, len(lines) - 1))]
                data = b"\n".join(lines)
    return data


@settings(max_examples=600 if SOAK else 150)
@given(mutated())
def test_mutated_listings(data: bytes) -> None:
    check(data)


@settings(max_examples=150 if SOAK else 50)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=150 if SOAK else 50)
@given(st.text(max_size=300), st.sampled_from(["", samples.BANNER, "Aug 7\n\n", "<rss>", "@a{b,"]))
def test_any_text(text: str, head: str) -> None:
    check((head + text).encode("utf-8", "surrogatepass"))


KEYS = st.sampled_from(
    [
        *("paper", "data", "dailyPapers", "title", "summary", "abstract", "id", "authors", "name"),
        *("upvotes", "numComments", "githubRepo", "mediaUrls", "organization", "ai_keywords"),
        *("ai_summary", "publishedAt", "submittedBy", "date", "error"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300 if SOAK else 75)
@given(VALUES)
def test_any_json(value: object) -> None:
    check(json.dumps(value).encode("utf-8", "surrogatepass"))


MINUTES = float(os.environ.get("BROADSHEET_FUZZ_MINUTES", "0"))
"""How long the readers are fuzzed; a few seconds where it isn't said."""
SLOWEST = 0.2  # seconds a kilobyte, on a machine that has much else to do
NASTY = [
    *PIECES,
    *(b"@string{s1 = s0 # s0}\n", b"@string{s0 = {x}}\n", b"&#x3c;script&#x3e;", b"&lt;", b"$(((("),
    *(b"TI  - ", b"AU  - x\n", b"ER  - \n", b'"title":', b'{"title": "x"},', b"[" * 99, b"{" * 99),
    *(b"9" * 400, b"1e400", b"x" * 3000, b"\xce\xb1" * 500, b"<dt>", b"<dd>", b"<item><title>"),
    *(b"</item>", b"<entry>", b"title,abstract\n", b'""', b"\t", b"|", b"(" * 50, b" and ", b"\r"),
    *(b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"data:text/html,x", b"](", b"]:"),
]


def mangled(rng: random.Random) -> bytes:
    """A sample of any format with pieces of it and of NASTY put, moved and repeated about."""
    data = rng.choice(list(SOURCES.values()))
    for _ in range(rng.randint(1, 6)):
        at, size = rng.randint(0, len(data)), rng.choice([1, 8, 60, 400, 3000])
        piece = rng.choice([rng.choice(NASTY), data[at : at + size]])
        other = rng.choice(list(SOURCES.values()))
        piece = rng.choice([piece, piece, other[: rng.randint(0, len(other))], b""])
        times = rng.choice([1, 1, 2, 30, 1000]) if len(piece) < 100 else rng.choice([1, 3])
        cut = rng.choice([0, 0, size])
        data = data[:at] + piece * times + data[at + cut :]
    return data[: rng.choice([500, 20_000, 100_000])]


def test_mangled_listings_of_every_format_take_bounded_time_a_kilobyte() -> None:
    seed = 18
    ends = time.monotonic() + 60 * MINUTES
    while seed < 18 + (300 if SOAK else 100) or time.monotonic() < ends:
        data = mangled(random.Random(seed))
        assert_quick(partial(check, data), SLOWEST * (2 + len(data) / 1000))
        seed += 1


HEAD = samples.BANNER + "Aug 7\n\n"
MAIL = "\\\\\narXiv:2303.00001\nTitle: x\n"
ITEM = "<item><title>x</title><guid>2508.00001</guid><description>abc</description>"
DAY = "<html><dl id='articles'><h3>Fri, 8 Aug 2025</h3>"
PLACE = "https://arxiv.org/abs/2601.00001"
LISTED = f"- Attention to sparse graphs for language models {PLACE}\n"
GROWING: dict[str, Callable[[int], str]] = {
    "one address again and again": lambda n: "Kites of the North\n" + f"{PLACE}\n" * (n // 34),
    "texts and a page's lines": lambda n: (
        "We walk over hills and fly there all day long.\nShare\n" * (n // 52)
    ),
    "an item that was wrapped": lambda n: (
        "- Kites of the north that fly over the hills and far from a sea\n"
        + "  and the hills of the north that kites fly over and farther to\n" * (n // 66)
        + f"  {PLACE}\n"
    ),
    "an abstract that was wrapped": lambda n: (
        f"Kites of the North\n{PLACE}\nWe walk over hills and fly there all day long as it is\n"
        + "and go on\n" * (n // 10)
    ),
    "authors of a reference": lambda n: "Doe, J., " * (n // 9) + f"(2025). Kites. {PLACE}",
    "names of a reference": lambda n: "Jane Doe, " * (n // 10) + f"2025. Kites. {PLACE}",
    "wrapped references": lambda n: "[1] J. Doe and A. Roe. Ki-\ntes. Reels, 2025.\n" * (n // 44),
    "a reference that goes on": lambda n: "[1] J. Doe. Kites\n" + "and ropes-\n" * (n // 11),
    "titles before brackets": lambda n: f"The Kites of the North ({PLACE}) " * (n // 60),
    "open brackets of titles": lambda n: "Kites of the (" * (n // 14) + PLACE,
    "items in LaTeX": lambda n: "\\begin{itemize}\n" + "\\item {\\bf a} b\n" * (n // 16),
    "open groups in LaTeX": lambda n: "\\begin{itemize}\n\\item " + "\\textbf{" * (n // 8),
    "links in LaTeX": lambda n: "\\begin{itemize}\n\\item " + "\\href{http://a.b}{" * (n // 18),
    "papers of PubMed": lambda n: (
        "1. Kite. 2026.\n\nReels.\n\nDoe J(1).\n\nPMID: 1\n\n" * (n // 46)
    ),
    "authors of PubMed": lambda n: (
        "1. Kite. 2026.\n\nReels.\n\n" + "Doe J(1), " * (n // 10) + "\n\nPMID: 1\n"
    ),
    "brackets": lambda n: HEAD + "[" * n,
    "open brackets in lines": lambda n: HEAD + "[\nhi\n" * (n // 5),
    "footnotes": lambda n: HEAD + "[a][1]" * (n // 6),
    "open links": lambda n: HEAD + "[a](http://x" * (n // 11),
    "open headings": lambda n: HEAD + "### [abc def\n" * (n // 13),
    "dots": lambda n: HEAD + "·\n" * (n // 3),
    "numbers": lambda n: HEAD + "1\n" * (n // 2),
    "months": lambda n: "Daily Papers\n" + "Aug\n" * (n // 4),
    "wrapped lines": lambda n: HEAD + "Title\n\n" + ("abcdefg " * 10 + "\n") * (n // 80),
    "one paper again and again": lambda n: samples.PAIRS + samples.PAIRS[130:] * (n // 1000),
    "nested lists": lambda n: "[" * n,
    "nested objects": lambda n: '{"paper":' * (n // 9),
    "nested source": lambda n: json.dumps(["[" * n]),
    "sums in source": lambda n: json.dumps(["1+" * (n // 2)]),
    "digits": lambda n: "[" + "1" * n + "]",
    "blank abstract": lambda n: '[{"title":"x","abstract":"' + "\\n " * (n // 3) + '"}]',
    "nested elements": lambda n: "<feed>" + "<a>" * (n // 3),
    "attributes": lambda n: "<rss " + " ".join(f'a{i}="1"' for i in range(n // 10)) + "/>",
    "open comments": lambda n: "<!--" * (n // 4),
    "instructions": lambda n: "<?a?>" * (n // 5) + "<rss/>",
    "categories": lambda n: samples.rss(
        ITEM + "<category>cs.LG</category>" * (n // 27) + "</item>"
    ),
    "open tags in creators": lambda n: samples.rss(
        ITEM + "<dc:creator>" + "&lt;" * (n // 4) + "</dc:creator></item>"
    ),
    "entities": lambda n: f"<!DOCTYPE l [<!ENTITY a '{'x' * n}'>]><rss>{'&a;' * 100}</rss>",
    "nested blocks": lambda n: "<html>" + "<div>" * (n // 5),
    "nested papers": lambda n: DAY + "<dt><dd>" * (n // 8),
    "nested papers in blocks": lambda n: DAY + "<dt></dt><dd><div>" * (n // 18),
    "attributes with open quotes": lambda n: "<html>" + """<a b="<a b='""" * (n // 12),
    "html attributes": lambda n: "<html " + " ".join(f'a{i}="1"' for i in range(n // 10)) + ">",
    "open props": lambda n: "<html>" + '<div data-props="' * (n // 17),
    "days": lambda n: DAY + "<h3>Fri, 8 Aug 2025</h3>" * (n // 24),
    "backslashes": lambda n: MAIL + "\\\\\n" * (n // 3),
    "parentheses": lambda n: MAIL + "Authors: " + "(" * n + "\n\\\\\nabc\n\\\\ ( x",
    "ands": lambda n: MAIL + "Authors: " + " and" * (n // 4) + "\n\\\\\nabc\n\\\\ ( x",
    "rules": lambda n: MAIL + "\\\\\n" + "%-" * (n // 2),
    "stray quotes": lambda n: "title,abstract\nx,y\n" + '"a"b,c\n' * (n // 7),
    "quotes that never close": lambda n: "title,abstract\nx,y\n" + '"a,c\n\n' * (n // 6),
    "names of one field": lambda n: json.dumps(
        [{"title": "x"} | {"t_i-t.l e"[: 2 + k % 8] + " " * (k % 40): "y" for k in range(n // 40)}]
    ),
    "a name of its own for each paper": lambda n: "".join(
        json.dumps({"title": f"x{k}", f"a{k}": 1, "ab" + " " * (k % 60): "z"}) + "\n"
        for k in range(n // 60)
    ),
    "lists in lists": lambda n: json.dumps([[[{"title": "x"}]]] * (n // 20)),
    "objects in objects": lambda n: '{"a":' * 300 + '{"title":"x"}' + "}" * 300 + " " * n,
    "papers by id": lambda n: json.dumps({f"k{k}": {"title": f"x{k}"} for k in range(n // 24)}),
    "objects around a title": lambda n: json.dumps(
        [{f"k{k}": {"b": {"c": {"d": 1}}} for k in range(n // 32)} | {"z": {"title": "x"}}]
    ),
    "places of words": lambda n: json.dumps(
        [{"title": "x", "abstract_inverted_index": {f"w{k}": [k, k + 1] for k in range(n // 20)}}]
    ),
    "addresses in a cell": lambda n: json.dumps(
        [{"title": "x", "links": ["https://k.example/a"] * (n // 24)}]
    ),
    "addresses in columns": lambda n: json.dumps(
        [{"title": "x"} | {f"c{k}": f"https://k.example/{k}" for k in range(n // 36)}]
    ),
    "people of an export": lambda n: (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#"><a><z:itemType>book</z:itemType>'
        "<title>x</title>" + "<authors><Person/></authors>" * (n // 28) + "</a></rdf:RDF>"
    ),
    "open quotes": lambda n: 'title,abstract\n"' + "a\n" * (n // 2),
    "quotes": lambda n: "title,abstract\n" + '"' * n,
    "short rows": lambda n: "title,abstract\n" + "a,b\n" * (n // 4),
    "open braces": lambda n: "@article{k, title={" + "{" * n,
    "spaces between authors": lambda n: "@a{k, title={x}, author={a" + " " * min(n, 15000) + "b}}",
    "records that start": lambda n: "@article{k, title={x},\n" * (n // 24),
    "strings that double": lambda n: (
        "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(n // 24))
        + "@misc{x, title = s99}"
    ),
    "one string again and again": lambda n: (
        '@string{s = "' + "x" * 900 + '"}\n' + "@misc{x, title = s" + " # s" * (n // 4) + "}\n"
    ),
    "fields of one name": lambda n: "@misc{x, title = {x}" + ", note = {y}" * (n // 12) + "}",
    "tags of one name": lambda n: "TY  - A\n" + "TI  - x\n" * (n // 8) + "ER  - ",
    "authors": lambda n: '[{"title":"x","authors":[' + '"a",' * (n // 4) + '"b"]}]',
    "keys of one name": lambda n: "[{" + '"title":"x",' * (n // 12) + '"abstract":"y"}]',
    "papers without title": lambda n: "[" + '{"title":""},' * (n // 13) + '{"title":"x"}]',
    "cells": lambda n: "title,abstract" + ",a" * n + "\nx,y" + ",b" * n + "\n",
    "references": lambda n: "<feed>" + "&#120;" * (n // 6) + "</feed>",
    "bars in a list": lambda n: f"{LISTED}{'|' * n}x\n",
    "spaces in a list": lambda n: f"{LISTED}{' ' * n}x\n",
    "empty items": lambda n: "\n- " * (n // 3) + "\n\n" + LISTED,
    "blank authors": lambda n: f'title,url,authors\nx,{PLACE},"a{chr(10) * n}b"\n',
    "an open brace of authors": lambda n: json.dumps(
        [{"title": "x", "url": PLACE, "authors": "{" + "a " * (n // 2)}]
    ),
    "cells of a list": lambda n: f"{LISTED}\n{'|' * n}\n| x | {PLACE} |\n",
    "one id in lines": lambda n: LISTED + "2601.00001\n" * (n // 11),
    "addresses of one item": lambda n: (
        LISTED + "".join(f"  - https://k.example/{k} 2 x\n" for k in range(n // 28))
    ),
    "numbers of footnotes": lambda n: "A KITE [1]\n\n" * (n // 12) + f"[1] {PLACE}\n",
    "lines below a quoted title": lambda n: '"Kites of wind"\n' + "a b\n" * (n // 4) + PLACE,
    "texts below a heading": lambda n: "# Kites\n" + ("kites " * 20 + "\n\n") * (n // 122) + PLACE,
    "titles that a text links": lambda n: "a b " * 20 + f"[Kites Of Wind]({PLACE}) " * (n // 50),
    "counts": lambda n: f"- [Kites]({PLACE}) " + "1 like · " * (n // 9),
    "cells over rows": lambda n: (
        "<html><table><tr><th>Title</th><th>Authors</th></tr>"
        + '<tr><td rowspan="200">a</td><td rowspan="200">b</td></tr>' * (n // 60)
    ),
    "long cells over empty rows": lambda n: (
        "<html><table><tr><th>Title</th><th>Authors</th></tr>"
        + ('<tr><td rowspan="200">a</td><td rowspan="200">' + "b " * 500 + "</td></tr>")
        * (n // 1100)
        + "<tr></tr>" * (n // 9)
    ),
    "links below a paper": lambda n: (
        f"- [Kites of Wind]({PLACE})\n" + "  - 2601.00001\n" * (n // 15)
    ),
    "mails": lambda n: (
        "From a@b.c Mon Jan  5 01:30:12 2026\nFrom: a@b.c\nSubject: x\n\n2601.00001\n\n" * (n // 75)
    ),
    "texts in JSON": lambda n: json.dumps({"a": [[f"- [Kites]({PLACE})"] * 9] * (n // 400)}),
    "names in the first column": lambda n: "Title\tx\nAuthors\ta\nYear\t2" + " b" * (n // 2),
    "lines that go on": lambda n: "TY  - JOUR\nTI  - x\nAB  - y\n" + "abc\n" * (n // 4) + "ER  - ",
}


@pytest.mark.slow(except_each=8)
@pytest.mark.parametrize("name", GROWING)
def test_time_grows_no_faster_than_the_input(name: str) -> None:
    grow, size = GROWING[name], 12_000 if SOAK else 2_000

    # Doubled four times. What is quadratic takes 256 times as long, what is linear 16 times.
    small, large = grow(size).encode(), grow(16 * size).encode()
    assert_no_dearer(lambda: check(small), lambda: check(large), 60, floor=0.05)


@pytest.mark.slow
def test_a_row_of_thousands_of_cells_takes_no_longer_than_many_rows() -> None:
    def table(columns: int, rows: int) -> bytes:
        head = f"|a{'|a' * columns}|\n|{'-|' * columns}\n"
        return (head + f"|b{'|b' * columns}|\n" * rows + f"\n{LISTED}").encode()

    many, wide = table(9, 1_000), table(9_000, 1)
    assert_no_dearer(lambda: check(many), lambda: check(wide), 8, floor=1)
