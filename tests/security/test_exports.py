"""What readers take away: JSON, BibTeX, RIS and Markdown beside pages, and a page's citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import bibtexparser
from markdown import Markdown

from tests.soak import few

from .hostile import FULL, Hostile
from .watching import Watch


def _twins(written: Hostile, end: str) -> list[str]:
    paths = sorted(written.digest.output.rglob(f"index.{end}"))
    assert len(paths) > 20
    return [path.read_bytes().decode() for path in paths]


def test_json_holds_its_fields_and_no_others(written: Hostile) -> None:
    known = {"id", "url", "title", "date", "topic", "tags", "authors", "arxiv", "doi", "code",
             "project", "votes", "votes_as_of", "abstract"}  # fmt: skip
    for text in _twins(written, "json"):
        for paper in json.loads(text)["papers"]:
            assert set(paper) <= known


def test_bibtex_has_an_entry_a_paper_and_fields_of_ours_alone(written: Hostile) -> None:
    known = {"ENTRYTYPE", "ID", "title", "author", "year", "doi", "url"}
    for at, text in enumerate(sorted(_twins(written, "bib"), key=len)):
        entries = len(re.findall(r"^@", text, re.M))
        assert text.count("\n}\n") == entries
        depth = 0
        for mark in re.findall(r"[{}]", text):
            depth += 1 if mark == "{" else -1
            assert depth >= 0
        assert depth == 0
        if at > 3 and not FULL:
            continue  # its parser takes long
        parser = bibtexparser.bparser.BibTexParser(common_strings=True)
        found = parser.parse(text).entries
        assert len(found) == entries
        assert all(set(one) <= known for one in found)


def test_bibtex_names_no_file_or_command_that_runs(written: Hostile) -> None:
    for text in _twins(written, "bib"):
        outside_maths = re.sub(r"\{\$.*?\$\}", "", text)
        assert not re.search(
            r"\\(?:input|write|include|immediate|end|catcode|csname)\b", outside_maths
        )


def test_ris_has_a_record_a_paper(written: Hostile) -> None:
    for text in _twins(written, "ris"):
        rows = [row for row in text.split("\r\n") if row]
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", row) for row in rows)
        assert all(
            row.isprintable() or not re.search("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", row)
            for row in rows
        )
        kinds = [row[:2] for row in rows]
        assert kinds.count("TY") == kinds.count("ER")
        assert all(
            kind in ("TY", "TI", "AU", "PY", "DA", "PB", "AN", "DO", "UR", "ER") for kind in kinds
        )


def test_markdown_has_a_line_a_paper_whose_link_is_ours(written: Hostile) -> None:
    for text in _twins(written, "md"):
        for line in text.split("\n"):
            assert re.match(r"(?:# |## |- \[|  |\Z)", line), line
            if line.startswith("- ["):
                assert re.search(r"\]\((?:https?://[^\s()]*|/)papers/paper-\d+/\)\. ", line), line


def test_citations_that_the_browser_makes_are_whole(bare_watch: Watch, written: Hostile) -> None:
    wrong = []
    some = written.papers if FULL else few(written.papers[::40], 3)
    for paper, texts in _citations(bare_watch, some):
        ris = next(one for one in texts if one.startswith("TY  - "))
        rows = ris.split("\n")
        if not all(re.match(r"[A-Z][A-Z0-9]  - ", row) for row in rows):
            wrong.append((paper, ris))
        if [row[:2] for row in rows].count("ER") != 1:
            wrong.append((paper, ris))
        csl = next(one for one in texts if one.lstrip().startswith(("[", "{")))
        json.loads(csl)
    assert wrong == []


def _citations(watch: Watch, papers: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Papers, each with the texts of its page's citations; many pages are shown at once."""
    for start in range(0, len(papers), 30):
        some = papers[start : start + 30]
        watch.grid([f"papers/{paper}/" for paper in some])
        frames = watch.page.main_frame.child_frames
        for paper, frame in zip(some, frames, strict=True):
            assert frame.url.endswith(f"/papers/{paper}/")
            frame.wait_for_selector(".cite details:nth-of-type(4)", state="attached")
            found = frame.eval_on_selector_all(
                ".cite pre", "all => all.map((one) => one.textContent)"
            )
            yield paper, found


def test_markdown_twins_hold_no_html(written: Hostile) -> None:
    made = Markdown().convert(_twins(written, "md")[0])
    assert "<li>" in made
