"""Asking for the authors' own text, of a server that answers as arXiv's does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from broadsheet.fetch import Limits, Status, WantedDays
from broadsheet.listings import parse, parse_name

from .arxiv_api import ArxivApi, Record, answer
from .conftest import Answer, papers

QUERY = "/api/query"
DAY = "2025-12-01"
KITES = Record("2512.00001", "Steering $k$ Kites", r"Kites pull $2\times$ as hard as we thought.")
LINES = Record("2512.00002", "Lines that Hum in the Wind", "Lines hum at $440$ Hz.")


@pytest.fixture
def seeds(tmp_path: Path):
    folder = tmp_path / "seeds"
    folder.mkdir()

    def put(name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        (folder / name).write_bytes(data)

    put.folder = folder  # type: ignore[attr-defined]
    return put


@pytest.fixture
def api(server) -> ArxivApi:
    made = ArxivApi([KITES, LINES])
    server.on(QUERY, made)
    return made


def huggingface(*records: Record) -> bytes:
    """Papers as Hugging Face lists them: without dollars and backslashes."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": one.arxiv,
                    "title": one.title.replace("$", ""),
                    "summary": one.abstract.replace("$", "").replace("\\", ""),
                }
            }
            for one in records
        ]
    ).encode()


def captures(folder: Path, source: str) -> list[Path]:
    return sorted(path for path in folder.iterdir() if parse_name(path.name).source == source)


def entries(path: Path):
    return parse(path.read_bytes(), file=path.name).entries


def test_the_papers_of_the_last_days_are_asked_for_by_their_ids(server, api, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    seeds("2025-11-20.huggingface.json", papers(9))  # longer ago than is asked again
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.status is Status.WRITTEN
    assert told.message.startswith(f"arxiv-enrich {DAY}: 2 papers, written to")
    assert [asked.query["id_list"] for asked in server.asked] == ["2512.00001,2512.00002"]
    (path,) = captures(seeds.folder, "arxiv-enrich")
    assert path.name == f"{DAY}.arxiv-enrich.20251202T093000Z.xml"
    assert entries(path)[0].abstract == KITES.abstract
    assert parse_name(path.name).enriches


def test_a_second_run_asks_nothing(server, api, seeds, fetcher):
    gone = Record("2512.00077", "Nothing is left of it here", "No more.")
    seeds(f"{DAY}.huggingface.json", huggingface(KITES, gone))
    seeds(f"{DAY}.list.csv", "title,abstract\nNowhere to be found at all,Of nothing.\n")
    assert {one.status for one in fetcher().enrich(WantedDays(again=3))} == {Status.WRITTEN}
    asked = len(server.asked)
    assert fetcher().enrich(WantedDays(again=3)) == []
    # Nor for another day's listing of the same papers.
    seeds("2025-12-02.huggingface.json", huggingface(KITES))
    assert fetcher().enrich(WantedDays(again=3)) == []
    assert len(server.asked) == asked == 2


def test_what_has_its_authors_text_is_not_asked_for(server, api, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES, LINES))
    seeds(f"{DAY}.arxiv.cs.LG.xml", answer([KITES]))
    seeds("2025-11-20.arxiv.cs.LG.xml", answer([LINES]))
    assert fetcher().enrich(WantedDays(again=3)) == []
    assert server.asked == []


def test_many_ids_go_in_batches_three_seconds_apart(server, clock, seeds, fetcher):
    records = [Record(f"2512.{n:05}", f"Paper number {n}", "Of things.") for n in range(1, 231)]
    server.on(QUERY, ArxivApi(records))
    seeds(f"{DAY}.huggingface.json", huggingface(*records))
    told = fetcher().enrich(WantedDays(again=3))
    assert [one.papers for one in told] == [100, 100, 30]
    assert [len(asked.query["id_list"].split(",")) for asked in server.asked] == [100, 100, 30]
    assert clock.slept == [3.0, 3.0]
    assert len(captures(seeds.folder, "arxiv-enrich")) == 3


def test_an_id_that_is_refused_does_not_cost_the_others(server, api, seeds, fetcher):
    bad = Record("2512.00066", "Steering by Another", "Of kites.")
    api.refused = frozenset({bad.arxiv})
    seeds(f"{DAY}.huggingface.json", huggingface(KITES, bad, LINES))
    told = fetcher().enrich(WantedDays(again=3))
    got = {entry.arxiv for p in captures(seeds.folder, "arxiv-enrich") for entry in entries(p)}
    assert got == {KITES.arxiv, LINES.arxiv}
    (failed,) = (one for one in told if one.error)
    assert bad.arxiv in str(failed.error)


def test_an_error_that_comes_as_an_entry_is_not_kept(server, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES))
    error = answer([]).replace(
        b"</feed>",
        b"<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
        b"<summary>try later</summary></entry></feed>",
    )
    server.says(QUERY, Answer(error))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert "arXiv's error that says" in str(told.error)
    assert captures(seeds.folder, "arxiv-enrich") == []


def test_a_partial_answer_is_asked_for_again_and_never_kept(server, api, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES))
    server.on(QUERY, lambda asked: Answer(answer([], total=1)))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.error
    assert len(server.asked) == 4
    server.on(QUERY, api)
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.papers == 1


def test_nothing_known_is_told_and_asked_for_again(server, api, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", papers(55))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.status is Status.EMPTY
    assert "no papers known there of 1 paper" in told.message
    assert captures(seeds.folder, "arxiv-enrich") == []


def test_withdrawn_papers_count_as_answered(server, api, seeds, fetcher):
    gone = Record("2512.00003", "Kites Withdrawn", "This paper has been withdrawn.", version=2)
    api.records.append(gone)
    seeds(f"{DAY}.huggingface.json", huggingface(KITES, gone))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.papers == 1
    seeds("2025-12-02.huggingface.json", huggingface(gone))
    assert fetcher().enrich(WantedDays(again=3)) == []


def test_a_busy_server_is_left_alone_as_long_as_it_asks(server, clock, api, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES))
    turns = iter([Answer(status=503, headers={"Retry-After": "20"})])
    server.on(QUERY, lambda asked: next(turns, None) or api(asked))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.status is Status.WRITTEN
    assert max(clock.slept) == 20.0
    # One that asks for more ends the run, and what is left is not asked for.
    seeds("2025-11-30.huggingface.json", huggingface(LINES))
    seeds("2025-12-02.huggingface.json", papers(7))
    server.on(QUERY, lambda asked: Answer(status=503, headers={"Retry-After": "7200"}))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert "asks to be left alone for 7200 s" in str(told.error)


def test_a_slow_server_is_given_up(server, seeds, fetcher):
    seeds(f"{DAY}.huggingface.json", huggingface(KITES))
    server.says(QUERY, Answer(chunks=[b"<feed"] * 20, pause=0.02))
    (told,) = fetcher(limits=Limits(whole=0.05, attempts=1)).enrich(WantedDays(again=3))
    assert "took longer" in str(told.error)
    assert captures(seeds.folder, "arxiv-enrich") == []


COPIED = """Daily Papers

Dec 1, 2025

Steering k Kites

Kites pull 2times as hard as we thought they would, and for longer than any line was made for.

Lines that Hum in the Wind

Lines hum at 440 Hz, which we show by a fork that was tuned for it, and by many ears in a field.

Kites

Kites are of use to weather stations, and a few people like to see them above a beach as well.
"""


def test_papers_without_ids_are_looked_for_in_hugging_faces_list_and_then_by_title(
    server, api, seeds, fetcher
):
    server.says("/api/daily_papers", Answer(huggingface(KITES)))
    seeds(f"{DAY}.huggingface.txt", COPIED)
    told = fetcher().enrich(WantedDays(again=3))
    assert [one.error for one in told] == [None] * 3
    queries = [asked.query for asked in server.asked]
    assert queries[0]["date"] == DAY
    assert queries[1]["id_list"] == KITES.arxiv  # the list knows its id
    assert queries[2]["search_query"] == 'ti:"Lines that Hum in the Wind"'
    (listed,) = captures(seeds.folder, "huggingface-enrich")
    assert parse_name(listed.name).enriches
    assert fetcher().enrich(WantedDays(again=3)) == []
    assert len(server.asked) == 3


def test_titles_too_short_to_search_for_are_told(api, seeds, fetcher):
    lines: list[str] = []
    seeds(f"{DAY}.list.csv", "title,abstract\nKites,Of kites.\n")
    assert fetcher(progress=lines.append).enrich(WantedDays(again=3)) == []
    assert any("too short" in line for line in lines)


def crossref(doi: str) -> bytes:
    return json.dumps(
        {
            "status": "ok",
            "message-type": "work",
            "message": {
                "DOI": doi,
                "type": "journal-article",
                "title": ["On Reels"],
                "author": [{"given": "Rea", "family": "Reel"}],
                "container-title": ["Journal of Lines"],
                "abstract": "<jats:p>Reels turn.</jats:p>",
            },
        }
    ).encode()


def test_papers_that_a_list_names_by_id_or_doi_are_fetched_as_listings(server, api, seeds, fetcher):
    seeds(
        f"{DAY}.mine.txt",
        "2512.00001\nhttps://doi.org/10.1234/reels\n10.1234/none\n10.48550/arXiv.2512.00002\n",
    )
    server.says("/works/10.1234/reels", Answer(crossref("10.1234/reels")))
    told = fetcher().enrich(WantedDays(again=3))
    assert [one.error for one in told] == [None] * len(told)
    assert any("nothing there" in one.message for one in told)
    (ids,) = captures(seeds.folder, "arxiv-wanted")
    assert {entry.arxiv for entry in entries(ids)} == {KITES.arxiv, LINES.arxiv}
    (work,) = captures(seeds.folder, "crossref-wanted")
    (entry,) = entries(work)
    assert (entry.title, entry.doi, entry.abstract) == ("On Reels", "10.1234/reels", "Reels turn.")
    assert not parse_name(work.name).enriches
    asked = len(server.asked)
    fetcher().enrich(WantedDays(again=3))
    assert [one.path for one in server.asked[asked:]] == ["/works/10.1234/none"]


def test_without_a_network_one_failure_is_told_at_the_end(server, seeds, fetcher):
    server.says(QUERY, Answer(status=503))
    server.says("/works/10.1234/reels", Answer(status=503))
    seeds(f"{DAY}.mine.txt", "2512.00001\nhttps://doi.org/10.1234/reels\n")
    told: list[str] = []
    (failed,) = fetcher(progress=told.append).enrich(WantedDays(day=date(2025, 12, 1)))
    assert not told
    assert str(failed.error).startswith("arxiv can't be asked: http://127.0.0.1")
    assert "; crossref can't be asked: http://127.0.0.1" in str(failed.error)


def test_hostile_captures_are_passed_over(server, api, seeds, fetcher):
    seeds(f"{DAY}.arxiv-enrich.20251201T000000Z.xml", b"\xff\xfe<feed id_list=")
    seeds(f"{DAY}.crossref-wanted.20251201T000000Z.json", b"[" * 100_000)
    seeds("2025-13-45.arxiv-enrich.xml", b"<feed/>")
    seeds(f"{DAY}.huggingface.json", huggingface(KITES))
    (told,) = fetcher().enrich(WantedDays(again=3))
    assert told.papers == 1
