"""Files that only this machine should write, made up by somebody who knows their format: the record
of an edit that was cut off, items of feeds, and term statistics."""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from broadsheet.archive.reader import forget_parsed_days
from broadsheet.content import journal, transaction
from broadsheet.errors import SiteError
from broadsheet.io import cache
from broadsheet.render import markdown
from broadsheet.search.index.compression import compressed, inflated
from broadsheet.search.index.documents import Document
from broadsheet.search.index.statistics import checked_statistics, packed_statistics
from tests.digests import Digest

PAGE = "content/2025/08/07/optimization.md"


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A small digest."""
    return Digest(tmp_path / "digest")


# The record of an edit


def planted(digest: Digest) -> bytes:
    """Stage a cut-off edit whose taking back would put other words in a page that git tracks;
    return the page's bytes."""
    root = digest.folder / "content"
    path = PAGE.removeprefix("content/")
    now = (root / path).read_bytes()
    other = now.replace(b"flat valleys", b"planted")
    edit = journal.Edit(name="an import", asked="x", said="imported", again=True)
    staging = root / transaction.STAGING
    staging.mkdir()
    (staging / "0.old").write_bytes(other)
    (staging / "1.new").write_bytes(b"-")
    (staging / transaction.JOURNAL).write_bytes(
        journal.encode(
            journal.journal_of(edit, [(path, other, now), ("2025/08/07/new.md", None, b"-")])
        )
    )
    return now


def git(digest: Digest, *words: str) -> None:
    subprocess.run(["git", *words], cwd=digest.folder, check=True, capture_output=True)


@pytest.mark.parametrize("command", [["build"], ["check"], ["search", "valleys"]])
def test_a_cut_off_edit_that_git_brings_is_not_done(digest: Digest, command: list[str]) -> None:
    before = planted(digest)
    git(digest, "init", "-q")
    git(digest, "add", "-f", "content")
    made = digest.command(*command)
    assert made.code == 1
    assert 'git tracks ".staging/' in made.err + made.out
    assert (digest.folder / PAGE).read_bytes() == before


def test_no_edit_is_made_over_one_that_git_brings(digest: Digest) -> None:
    before = planted(digest)
    git(digest, "init", "-q")
    git(digest, "add", "-f", "content")
    with pytest.raises(SiteError, match="git tracks"):
        transaction.commit(digest.folder / "content", [("2025/08/07/vision.md", "x")])
    assert (digest.folder / PAGE).read_bytes() == before


def test_a_cut_off_edit_of_this_machine_is_settled(digest: Digest) -> None:
    planted(digest)
    git(digest, "init", "-q")
    git(digest, "add", "content/2025", "pelicanconf.py")
    settled = transaction.settle(digest.folder / "content")
    assert settled is not None
    assert not settled.finished
    assert "planted" in digest.read(PAGE)


# Items of feeds

_GUID, _LINK, _HTML, _LINKS = 0, 1, 3, 7  # places in a kept item

ITEMS: dict[str, tuple[int, Callable[[Any], Any]]] = {
    "a script": (_HTML, lambda html: html + "<script>planted()</script>"),
    "a handler": (_HTML, lambda html: html + '<p onclick="planted()">x</p>'),
    "an image": (_HTML, lambda html: html + '<img src="https://planted.example/x.png">'),
    "a link that runs": (_HTML, lambda html: html + '<a href="javascript:planted()">x</a>'),
    "an element left open": (_HTML, lambda html: html + "<p>planted"),
    "another page": (_LINK, lambda link: "https://planted.example/"),
    "another guid": (_GUID, lambda guid: "planted"),
    "a related page": (_LINKS, lambda links: [["javascript:planted()", "x"]]),
}


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("name", ITEMS)
def test_an_item_that_content_can_not_give_is_made_anew(digest: Digest, name: str) -> None:
    digest.build()
    place, change = ITEMS[name]
    [path] = [
        path
        for path in (digest.folder / ".broadsheet/items").iterdir()
        if path.name.startswith("2025-08-07")
    ]
    body = cache.load_bytes(path)
    assert body is not None
    stamp, _, value = body.partition(b"\n")
    records = json.loads(value)
    for record in records.values():
        record[place] = change(record[place])
    cache.save_bytes(path, stamp + b"\n" + json.dumps(records).encode())
    digest.write(  # the day of the items is as it was, and their feeds are made again
        "content/2025/08/08/vision.md",
        digest.read("content/2025/08/08/vision.md").replace("feather", "wing"),
    )
    forget_parsed_days()
    digest.build()
    feeds = [data for file, data in digest.whole().items() if file.startswith("feeds/")]
    assert feeds
    assert not any(b"planted" in data for data in feeds)


@pytest.mark.parametrize(
    "text",
    ["a & b <br> &copy;", '[x](/papers/y/ "a & <")', "* a\n* b\n\n1. c", "`a<b` <sub>c</sub>",
     "> q\n\n---\n", "https://a.example/?x=1&y=2", "<m@a.example>", "    code <a>"],
)  # fmt: skip
def test_what_is_made_of_texts_counts_as_sanitised(text: str) -> None:
    assert markdown.is_sanitised(markdown.rooted(markdown.abstract(text), "https://a.example/"))


# Term statistics


def test_statistics_are_unpacked_no_further_than_their_papers_can_take() -> None:
    document = Document(
        id="x", url="papers/x/", date="2025-08-07", title="Steps", abstract="We walk."
    )
    honest = packed_statistics([document])
    assert checked_statistics(honest, 1) == honest
    bomb = honest[:4] + zlib.compress(bytes(20_000_000))
    with pytest.raises(ValueError, match="too large"):
        checked_statistics(bomb, 1)


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_a_file_is_inflated_up_to_its_bound(size: int) -> None:
    assert inflated(compressed(b"x" * size), 1000) == b"x" * size


def test_a_larger_or_cut_file_is_not_inflated() -> None:
    for data in (compressed(b"x" * 1001), compressed(b"x" * 900)[:-1], b"", b"no"):
        with pytest.raises(ValueError, match=r"too large|damaged"):
            inflated(data, 1000)
