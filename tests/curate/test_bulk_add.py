"""Adding many papers in one go: what can be had is added, all else is told."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner, Result

from broadsheet import fetch
from broadsheet.cli import main
from broadsheet.content import ledger as ledgers
from broadsheet.content import pages
from tests.digests import Digest
from tests.fetch.conftest import Answer, Asked, FakeClock, Server, atom
from tests.fetch.conftest import clock as clock
from tests.fetch.conftest import server as server

DAY = "content/2025/08/08"


def work(doi: str, title: str) -> dict[str, object]:
    return {
        "DOI": doi, "title": [title], "author": [{"given": "Ada", "family": "Example"}],
        "abstract": "<jats:p>A convex one.</jats:p>", "issued": {"date-parts": [[2025, 3]]},
    }  # fmt: skip


WORKS = {
    "10.1000/a": work("10.1000/A", "Convex things"),
    "10.1000/b": work("10.1000/b", "Pixel things"),
    "10.1000/(c)": work("10.1000/(C)", "A [thing](javascript:alert%281%29)"),
    "10.1000/d,e": work("10.1000/d,e", "Comma things"),
}


@pytest.fixture
def digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server, clock: FakeClock
) -> Digest:
    """A digest, and servers that know arXiv's papers 2601.00001 to 2601.00007, and some works."""
    made = Digest(tmp_path)
    made.write(f"{DAY}/day.yml", "date: 2025-08-08\nlistings: []\npapers: []\n")

    def arxiv(asked: Asked) -> Answer:
        ids = unquote(asked.query["id_list"]).split(",")
        if "2601.99999" in ids:
            return Answer(b"a malformed id", 400)
        numbers = [int(one[-5:]) for one in ids if 1 <= int(one[-5:]) <= 7]
        return Answer(atom(*numbers, total=len(numbers)))

    def crossref(asked: Asked) -> Answer:
        found = re.findall(r"doi:([^,]+)", unquote(asked.query["filter"]))
        items = [WORKS[one] for one in found if one in WORKS]
        return Answer(json.dumps({"message": {"items": items}}).encode())

    server.on("/api/query", arxiv)
    server.on("/works", crossref)
    for doi, one in WORKS.items():
        server.says(f"/works/{quote(doi)}", Answer(json.dumps({"message": one}).encode()))
    server.on("/works/10.1000/none", lambda asked: Answer(b"Resource not found.", 404))
    monkeypatch.setattr(fetch, "Context", partial(fetch.Context, clock=clock.clock))
    monkeypatch.chdir(tmp_path)
    return made


def run(server: Server, *args: str, feed: str | None = None) -> Result:
    return CliRunner().invoke(
        main, ["add", *args, "--base-url", server.url], input=feed, catch_exceptions=False
    )


def there(digest: Digest) -> set[str]:
    return {
        one.id
        for path in (digest.folder / DAY).glob("*.md")
        for one in pages.parse(path.read_text("utf-8")).papers
    }


def test_many_are_added_with_few_requests(digest: Digest, server: Server) -> None:
    before = there(digest)
    said = run(
        server, "2601.00001", "https://arxiv.org/abs/2601.00002v1", "10.1000/a",
        "https://doi.org/10.1000/B", "2601.00001", "--curator", "Cy", "--note", "Read all.",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "Of 4 papers: 4 added" in said.output
    assert there(digest) - before == {"2601.00001", "2601.00002", "convex-things", "pixel-things"}
    assert [one.path for one in server.asked] == ["/api/query", "/works"]
    paper = next(
        one for one in pages.parse(digest.read(f"{DAY}/optimization.md")).papers if one.doi
    )
    assert (paper.abstract, paper.curator, paper.notes[0].text) == (
        "A convex one.",
        "Cy",
        "Read all.",
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    assert CliRunner().invoke(main, ["undo"]).exit_code == 0  # all in one
    assert there(digest) == before


def test_one_that_fails_costs_the_others_nothing(digest: Digest, server: Server) -> None:
    before = there(digest)
    names = ("2601.00003", "# none", "nothing", "2601.99999", "2601.00099", "10.1000/(c)",
             "10.1000/none", "10.1000/d,e")  # fmt: skip
    words = "\n".join(names)
    said = run(server, "--from", "-", feed=words)
    assert said.exit_code == 1
    assert there(digest) - before == {"2601.00003", "comma-things"}
    for told in (
        'nothing: standard input:3: "nothing" names no paper',
        "2601.99999:", "400", "2601.00099: arXiv knows no paper 2601.00099",
        "10.1000/(c):", "javascript", "10.1000/none: Crossref knows no work 10.1000/none",
        "Of 7 papers: 2 added, 5 not added",
    ):  # fmt: skip
        assert told in said.output, told


def test_what_is_there_already_is_told_and_not_asked_for(digest: Digest, server: Server) -> None:
    Path("list.txt").write_text("2601.00001\n10.1000/a\n")
    assert run(server, "--from", "list.txt").exit_code == 0
    after = there(digest)
    Path("list.txt").write_text("2601.00001\n10.1000/a\n2601.00002\n")
    again = run(server, "--from", "list.txt")
    assert again.exit_code == 0
    assert "Of 3 papers: 1 added, 2 in the digest already" in again.output
    assert there(digest) == after | {"2601.00002"}
    assert [one.query["id_list"] for one in server.asked if "id_list" in one.query] == [
        "2601.00001", "2601.00002",
    ]  # fmt: skip


@pytest.mark.parametrize("more", [(), ("10.1000/a",)])
def test_a_declined_paper_keeps_its_row(
    digest: Digest, server: Server, more: tuple[str, ...]
) -> None:
    row = {
        "id": "2601.00003", "title": "As it was listed", "arxiv": "2601.00003",
        "url": "https://list.example/3", "became": "declined", "late": "2025-08-08T18:00Z",
        "waited": True, "by": "Cy", "sources": {"code": "arxiv"},
    }  # fmt: skip
    other = '- {"id": "other", "title": "Other", "became": "declined"}'
    first = "# kept\ndate: 2025-08-08\nlistings: []\npapers:\n"
    digest.write(f"{DAY}/day.yml", f"{first}- {json.dumps(row | {'own': 1})}\n{other}\n")
    assert run(server, "2601.00003", *more).exit_code == 0
    ledger = ledgers.parse(digest.read(f"{DAY}/day.yml"))
    assert [one.id for one in ledger.statuses] == ["2601.00003", "other", "convex-things"][
        : 2 + len(more)
    ]
    added = ledger.statuses[0]
    assert added.written
    assert added == ledgers.PaperStatus(
        id="2601.00003", title="As it was listed", arxiv="2601.00003", status="published",
        url="https://list.example/3", late="2025-08-08T18:00Z", sources=(("code", "arxiv"),),
        written=added.written,
    )  # fmt: skip
    assert digest.read(f"{DAY}/day.yml").startswith(first)
    assert other in digest.read(f"{DAY}/day.yml")
    assert '"own": 1' in digest.read(f"{DAY}/day.yml")
    assert "2601.00003" in there(digest)


def test_one_doi_is_added(digest: Digest, server: Server) -> None:
    said = run(server, "doi:10.1000/a", "--topic", "vision")
    assert (said.exit_code, said.output) == (
        0, "convex-things: Convex things, in content/2025/08/08/vision.md\n",
    )  # fmt: skip
    again = run(server, "doi:10.1000/a")
    assert again.exit_code == 1
    assert "already" in again.output


def test_an_unavailable_server_is_asked_once_and_the_other_still(
    digest: Digest, server: Server
) -> None:
    server.on("/works", lambda asked: Answer(b"no", 403))
    dois = [f"10.1000/{n}" for n in range(50)]
    said = run(server, "2601.00001", *dois)
    assert said.exit_code == 1
    assert "Of 51 papers: 1 added, 50 not added" in said.output
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "expected a paper's arXiv id"),
        (["--from", "none.txt"], "can't be read"),
        (["2601.00001", "2601.00002", "--topic", "cooking"], "expected one of"),
    ],
)
def test_mistakes_are_told_before_anything_is_asked(
    digest: Digest, server: Server, args: list[str], said: str
) -> None:
    result = run(server, *args)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert not server.asked
