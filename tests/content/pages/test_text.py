"""Content pages: written and read back, hostile text, and what a broken page is told."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.content.pages import PageHeading, format_page, format_section, parse, scan, survey
from broadsheet.content.pages.notes import credited
from broadsheet.errors import ContentError
from broadsheet.papers import Note, Paper
from tests.growth import assert_quick

DAY = date(2025, 8, 7)
FRONT = "---\ntitle: Vision\ndate: 2025-08-07\ntopic: vision\n---\n"

HOSTILE = st.sampled_from([
    "## Injected", "# H", "```", "~~~", "```yaml", "---", "> quoted", ">", "id: other", "\\", "$x$",
    "<script>alert(1)</script>", "***", "  ## indented", "\t## tab", "- list", "&amp;", "<!--",
    "&#35;&#35; x", "\u2028## sep", "\x85## nel", "\x0b## vt", "\x0c## ff", "\x1c## fs",
    "\ufeff## bom", "\u00a0", "-- Q", "\x00", "====", "    code", "| a |", "[x]: http://a",
    "topic: x",
])  # fmt: skip
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
ends = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n\n\n", " ", "\u2028"])
prose = st.lists(st.tuples(HOSTILE | words, ends), max_size=6).map(
    lambda parts: "".join(text + end for text, end in parts)
)
lines = prose.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and "script" not in text
)
names = st.lists(lines, max_size=3).map(tuple)


@st.composite
def papers(draw, key="one"):
    """A paper with anything in it that a paper may hold."""
    return Paper(
        id=key,
        title=draw(lines),
        abstract=draw(prose),
        arxiv=draw(st.none() | st.just("2401.10000")),
        doi=draw(st.none() | lines),
        url=draw(st.none() | st.just("https://x.example/a?b=c&d=#e")),
        authors=draw(names),
        author_count=draw(st.none() | st.integers(0, 999)),
        tags=draw(st.sampled_from([(), ("a",), ("a-b", "c2")])),
        keywords=draw(names),
        organisation=draw(st.none() | lines),
        submitter=draw(st.none() | lines),
        curator=draw(st.none() | st.just("Cy: the #1")),
        upvotes=draw(st.none() | st.integers(0, 10**9 - 1)),
        as_of=draw(st.none() | st.just("2025-08-07T06:15Z")),
        summary=draw(st.none() | lines),
        published=draw(st.none() | st.just("2025-08-01")),
        notes=tuple(Note(text=text) for text in draw(st.lists(prose, max_size=2))),
        extra=tuple(draw(st.dictionaries(st.sampled_from(["mood", "Größe", "a: b", "- x"]),
                                         words | st.lists(words, max_size=2), max_size=2)).items()),
    )  # fmt: skip


pairs = st.tuples(papers("one"), papers("two"))


def page(*them: Paper, intro: str = "") -> str:
    return format_page(PageHeading("Vision", DAY, "vision"), them, intro)


@given(pairs, prose)
@example(
    (
        Paper(id="one", title="a", abstract="##b\nc\n---\nd\n==\n<<<<<<< x\n|||||||| y"),
        Paper(id="two", title="=======", abstract="=======\n>>>>>>> z\n\xa0# e"),
    ),
    "\u200b## f\n\ng\n=======",
)
@example(
    (
        Paper(id="one", title="a", notes=(Note(text="## Injected\n-- Q"), Note(text="-- Q"))),
        Paper(id="two", title="b", curator="Cy: the #1", notes=(Note(text="c"),)),
    ),
    "",
)  # a last line of a dash and a name is who wrote the note
def test_a_page_gives_back_its_papers_whatever_they_hold(them, intro):
    text = page(*them, intro=intro)
    error = refusal(text)
    if error:
        assert "link" in error.message  # such a page must not be written
        return
    read = parse(text)
    assert [paper.id for paper in read.papers] == ["one", "two"]
    for given_, found in zip(them, read.papers, strict=True):
        for field in fields(Paper):
            if field.name not in ("abstract", "notes"):
                assert getattr(found, field.name) == getattr(given_, field.name), field.name
        assert bare(found.abstract) == bare(given_.abstract)
        written = [credited(note, given_.curator) for note in given_.notes if note.text.strip()]
        assert [bare(note.text) for note in found.notes] == [bare(note.text) for note in written]
        assert [note.curator for note in found.notes] == [note.curator for note in written]


def bare(text: str) -> str:
    """Text without what may change in a page: white space, and escapes of structure."""
    return re.sub(r"\s|\\(?=[#>`~-])", "", unescape(text))


@given(pairs, prose)
@example((Paper(id="one", title="a", abstract="```"), Paper(id="two", title="b")), "# c")
@example((Paper(id="one", title="a", abstract="b\n---\u2028"), Paper(id="two", title="b")), "")
def test_what_was_read_is_written_with_the_same_bytes(them, intro):
    try:
        read = parse(page(*them, intro=intro))
    except ContentError:
        return
    again = page(*read.papers, intro=read.intro)
    assert parse(again).papers == read.papers
    assert page(*parse(again).papers, intro=parse(again).intro) == again


def test_the_importers_own_bytes_come_back():
    paper = Paper(
        id="2401.10000", title="Steps: 1 # 2", abstract="One.\n\n# Two", arxiv="2401.10000",
        authors=("A, B", "C d"), tags=("sgd",), upvotes=3, extra=(("mood", "good"),),
        notes=(Note(text="Read it.\n\nTwice."), Note(text="> deep")),
    )  # fmt: skip
    text = page(paper, intro="A good day.\n\n## For all")
    assert page(*parse(text).papers, intro=parse(text).intro) == text


@given(pairs)
def test_a_quick_look_sees_what_reading_finds(them):
    text = page(*them)
    try:
        read = parse(text)
    except ContentError:
        return
    seen = [(one.location.id, one.title, one.arxiv, one.location.line) for one in scan(text)]
    expected = [(one.paper.id, one.paper.title, one.paper.arxiv, one.line) for one in read.sections]
    assert seen == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace("\n", "\u00a0\n"),
        lambda text: text.replace("## ", "##\u00a0"),
        lambda text: text.replace("upvotes: ", "upvotes:\u00a0"),
        lambda text: text.replace("date: ", "date:\u00a0 "),
        lambda text: text.replace("```yaml", "~~~ YAML").replace("```", "~~~"),
        lambda text: text.replace("```yaml", "````yml").replace("```\n", "````\n"),
        lambda text: text + "\n\n\n",
        lambda text: text.rstrip(),
    ],
)
def test_other_ways_of_writing_it_are_read_alike(change):
    paper = Paper(id="one", title="A title", abstract="Words.", upvotes=3)
    text = change(page(paper))
    assert parse(text).papers == (paper,)
    assert [(one.location.id, one.title) for one in scan(text)] == [("one", "A title")]


def test_unknown_keys_survive():
    text = page(Paper(id="one", title="A")).replace(
        "id: one", "id: one\nmood: [good, {very: '1.0'}]"
    )
    text = text.replace("topic: vision\n", "topic: vision\nlayout: wide\n")
    read = parse(text)
    assert read.extra == (("layout", "wide"),)
    assert read.papers[0].extra == (("mood", ["good", {"very": "1.0"}]),)
    assert "mood: [good, {very: 1.0}]" in format_section(read.papers[0])


def test_headings_inside_a_fenced_block_are_no_papers():
    text = FRONT + "\n## A\n\nLook:\n\n```\n## not a paper\nid: x\n```\n\n## B\n"
    assert [paper.title for paper in parse(text).papers] == ["A", "B"]
    assert [one.title for one in scan(text)] == ["A", "B"]


def test_inline_code_in_three_backticks_opens_nothing():
    text = FRONT + "\n## A\n\n``` x ``` is code.\n\n## B\n"
    assert [paper.title for paper in parse(text).papers] == ["A", "B"]


def test_a_paper_by_hand_needs_no_block():
    read = parse(FRONT + "\n## By hand: a study\n\nWords.\n\n> Mine.\n").papers[0]
    assert (read.id, read.abstract, read.notes) == ("by-hand", "Words.", (Note(text="Mine."),))


def test_lines_of_a_section_and_its_block_are_told():
    text = page(Paper(id="one", title="A", upvotes=3), Paper(id="two", title="B", abstract="C"))
    first, second = parse(text).sections
    rows = text.split("\n")
    assert rows[first.line - 1] == "## A"
    assert rows[first.block[0] - 1 : first.block[1]] == ["id: one", "upvotes: 3"]
    assert rows[first.last_line - 1] == "```"
    assert rows[second.last_line - 1] == "C"


SECTION = "\n## A\n\n```yaml\nid: one\n{}\n```\n"
BROKEN = [
    ("", 1, ("an empty file", '"---"')),
    ("\n\n## Steering kites\n", 3, ('"## Steering kites"', '"---"')),
    ("## A\n", 1, ('"## A"', "front matter")),
    ("---\ntitle: x\n", 1, ("front matter", "ends it")),
    ("---\ntitle: [x\n---\n", 2, ("can't be read",)),
    ("---\njust words\n---\n", 2, ('"just words"', "`key: value`")),
    ("---\ndate: 2025-08-07\ntopic: a\n---\n", 1, ("title", "expected")),
    (FRONT.replace("2025-08-07", "7 August"), 3, ('"7 August"', "2025-08-07")),
    (FRONT.replace("2025-08-07", "2025-02-30"), 3, ('"2025-02-30"', "not a valid date")),
    (FRONT.replace("vision", "../etc"), 4, ('"../etc"', "hyphens")),
    (FRONT.replace("Vision", "<script>x"), 2, ("<script>x", '"<script"', "plain words")),
    (FRONT + "\n##\n", 7, ("##", "## Title")),
    (FRONT + "\n## A < /script > B\n", 7, ("script", "plain words")),
    (FRONT + "\n## A [b](javascript:c)\n", 7, ('"javascript:"', "https")),
    (FRONT + "\n## A\n\nWords\n[b]( <JavaScript :c)\n", 10, ("JavaScript", "https")),
    (FRONT + "\n## A\n\n<a href='vbscript:x'>\n", 9, ("vbscript", "https")),
    (FRONT + "\nIntro [x](data:text/html,x)\n", 7, ("data", "https")),
    (FRONT + "\n## A\n\n```yaml\nid: a\n", 9, ("```yaml", "no end")),
    (FRONT + "\n## A\n\nWords\n\n~~~\ncode\n\n## B\n", 11, ("~~~", "no end")),
    (FRONT + SECTION.format("id: two"), 11, ('"id"', "twice")),
    (FRONT + SECTION.format("x: ]"), 11, ("can't be read",)),
    (FRONT + "\n## A\n\n```yaml\nid: ../x\n```\n", 10, ('id: "../x"', "address")),
    (FRONT + "\n## A\n\n```yaml\nid: [a, b]\n```\n", 10, ("id", "one text")),
    (FRONT + SECTION.format("arxiv: 2401.16164v2"), 11, ('"2401.16164v2"', "without a version")),
    (FRONT + SECTION.format("arxiv: http://arxiv.org/pdf/2401.16164"), 11, ("mean 2401.16164?",)),
    (FRONT + SECTION.format("tags: kite flying, Wind"), 11, ("mean [kite-flying, wind]?",)),
    (FRONT + SECTION.format("tags: [Kite flying]"), 11, ("mean kite-flying?",)),
    (FRONT + SECTION.format("code: javascript:alert(1)"), 11, ("javascript", "https://")),
    (FRONT + SECTION.format("url: ftp://x.example"), 11, ("ftp://x.example", "https://")),
    (FRONT + SECTION.format("upvotes: many"), 11, ('"many"', "digits")),
    (FRONT + SECTION.format("upvotes: -3"), 11, ('"-3"', "digits")),
    (FRONT + SECTION.format("published: 2025-13-01"), 11, ('"2025-13-01"', "2025-08-07")),
    (FRONT + SECTION.format("as_of: noon"), 11, ('"noon"', "2025-08-07T06:15Z")),
    (FRONT + SECTION.format("tags: [../x]"), 11, ('"../x"', "hyphens")),
    (FRONT + SECTION.format("authors: {a: b}"), 11, ("authors", "list")),
    (FRONT + 2 * SECTION.format("upvotes: 1"), 14, ('"one"', "line 7")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "parts"), BROKEN)
def test_a_broken_page_is_told_with_file_line_found_and_expected(text, line, parts):
    with pytest.raises(ContentError) as caught:
        parse(text, file="2025/08/07/vision.md")
    told = str(caught.value)
    assert told.startswith(f"2025/08/07/vision.md:{line}: ")
    assert "\n" not in told
    for part in (*parts, "expected"):
        assert part in told


def test_survey_tells_all_that_is_wrong_and_gives_the_rest():
    text = (
        FRONT + SECTION.format("upvotes: many\ncode: x") + "\n## B\n\n[x](javascript:y)\n\n## C\n"
    )
    read, wrong = survey(text, file="f.md")
    assert [paper.title for paper in read.papers] == ["A", "B", "C"]
    assert [error.line for error in wrong] == [11, 12, 17]


@given(st.lists(HOSTILE | words | st.sampled_from(["## T", "id: one", "---"]), max_size=12))
@example(["## T", "```yaml", "id: one", "```", "## T"])
def test_any_text_is_read_or_refused_in_one_line(rows):
    text = FRONT + "\n".join(rows)
    error = refusal(text)
    if error is None:
        assert all(paper.title and paper.id for paper in parse(text).papers)
    else:
        assert str(error).startswith("f.md:")
        assert "\n" not in str(error)


def refusal(text: str) -> ContentError | None:
    try:
        parse(text, file="f.md")
    except ContentError as error:
        return error
    return None


@pytest.mark.slow(except_each=6)
@pytest.mark.parametrize(
    "row",
    [
        "## a{} b",
        "](",
        "]({}",
        "<{}",
        "<a href={}",
        "## <{}",
        "a{}",
        "```{}",
        "id:{}x",
        "{}#",
        "> {}",
    ],
)
@pytest.mark.parametrize("filler", [" ", "<", "`", "#", "[", "\t"])
def test_reading_takes_linear_time(row, filler):
    text = FRONT + "\n## T\n\n" + row.format(filler * 200_000) + "\n"
    assert_quick(lambda: (survey(text), list(scan(text))), 2)
