"""The folder of raw listings."""

from datetime import date
from pathlib import Path

import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch import read_listing
from broadsheet.fetch.request import Request
from broadsheet.fetch.store import Seeds

from .conftest import feed, papers

DAY = date(2025, 12, 1)
DAILY = Request(url="", source="huggingface", extension="json")
LG = Request(url="", source="arxiv", extension="xml", category="cs.LG")
CS = Request(url="", source="arxiv", extension="xml", category="cs")


def names(seeds: Seeds, request: Request, day: date = DAY) -> list[str]:
    return [held.name for held in seeds.held(request, day)]


def test_only_captures_of_the_same_kind_are_compared(tmp_path: Path):
    lg = "2025-12-01.arxiv.cs.LG.20251201T050000Z.xml"
    archive = "2025-12-01.arxiv.cs.20251201T050000Z.xml"
    daily = ["2025-12-01.huggingface.20251201T080000Z.json", "2025-12-01.huggingface.json"]
    for name in (lg, archive, "2025-12-01.arxiv.cs.CL.xml", "2025-12-02.arxiv.cs.LG.xml"):
        (tmp_path / name).write_bytes(feed(DAY, 1))
    for name in (*daily, "2025-12-02.huggingface.json", "2025-12-01.other.json"):
        (tmp_path / name).write_bytes(papers(1))
    (tmp_path / "2025-12-01.huggingface.txt").write_bytes(b"another kind of capture")
    (tmp_path / "2025-12-01.huggingface.folder.json").mkdir()
    seeds = Seeds(tmp_path, read_listing)
    assert names(seeds, LG) == [lg]
    assert names(seeds, CS) == [archive]
    assert names(seeds, DAILY) == daily


def test_what_cannot_be_read_counts_as_absent(tmp_path: Path):
    (tmp_path / "2025-12-01.arxiv.cs.LG.xml").write_bytes(b"<rss")
    (tmp_path / "2025-12-01.arxiv.cs.LG.99999999T999999Z.xml").write_bytes(feed(DAY, 1))
    assert names(Seeds(tmp_path, read_listing), LG) == []


def test_a_folder_that_is_not_there_holds_nothing_and_is_made(tmp_path: Path):
    seeds = Seeds(tmp_path / "a" / "seeds", read_listing)
    assert names(seeds, DAILY) == []
    assert seeds.read("x.json") is None
    path = seeds.add("x.json", b"data")
    assert path.read_bytes() == b"data"
    assert seeds.read("x.json") == b"data"


def test_a_listing_is_never_replaced(tmp_path: Path):
    seeds = Seeds(tmp_path, read_listing)
    seeds.add("x.json", b"first")
    with pytest.raises(FetchError, match="never replaced"):
        seeds.add("x.json", b"second")
    assert seeds.read("x.json") == b"first"
