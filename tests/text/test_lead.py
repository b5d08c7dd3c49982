"""The sentence in which authors say what they do, cut so that it stands alone."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import tex
from broadsheet.text.lead import lead, sentences

DATA = Path(__file__).resolve().parents[1] / "data"
PAPERS = Path(os.environ.get("BROADSHEET_DATA", "")) / "papers.jsonl.xz"
KINDS: dict[str, list[dict[str, str]]] = yaml.safe_load((DATA / "leads.yml").read_text("utf-8"))
_ID = re.compile(r'"id": ?"([^"]+)"')
_TIES = ("However, ", "To address this, ", "in this paper, ", "we propose ", "these ", "a boat. ",
         "We ", "by introducing ", "that fills this gap ", "(1) ",
         "and ", "It ", "Les ")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_lead_is_what_a_reader_expects(kind: str) -> None:
    for case in KINDS[kind]:
        assert lead(case["abstract"], case["title"]) == case["lead"]


@pytest.mark.parametrize(
    "text", ["舟は沈む。浮く栓を作る。", "القوارب تغرق. نصنع سدادة. إنها تطفو."]
)
def test_scripts_without_capitals_have_sentences_too(text: str) -> None:
    assert len(list(sentences(text))) == text.count("。") + text.count(".")


def test_no_abstract_has_no_lead() -> None:
    assert lead("") == lead("", "A title") == ""


@given(st.lists(st.sampled_from(_TIES), max_size=12).map("".join), st.text(max_size=20))
def test_whatever_an_abstract_is_made_of_some_of_it_leads(text: str, title: str) -> None:
    found = lead(text, title)
    assert bool(found) == bool(text.strip())
    assert _words(found) <= _words(text) | {
        "introduce",
        "with",
    }  # "by introducing", "by" are mended
    assert ".." not in found


def _words(text: str) -> set[str]:
    return {word.strip(",.:;") for word in text.lower().split()} | {""}


@pytest.mark.parametrize("part", ["However, to address this, in this paper, ", "we propose these "])
def test_a_lead_of_a_megabyte_of_ties_is_found(part: str) -> None:
    assert lead(part * (1_000_000 // len(part)), part)


@pytest.mark.slow
@pytest.mark.skipif(not PAPERS.is_file(), reason="no papers.jsonl.xz: set BROADSHEET_DATA")
def test_leads_of_real_papers_are_those_that_a_reader_found_good() -> None:
    rows = (DATA / "lead-verdicts.tsv").read_text("utf-8").splitlines()
    judged = {row[0]: row[1:] for line in rows if line[0] != "#" for row in [line.split("\t")]}
    good = bad = unjudged = 0
    with lzma.open(PAPERS, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = _ID.search(line)
            if found is None or found[1] not in judged:
                continue
            row = json.loads(line)
            title, abstract = (
                tex.plain(tex.restore(row[key], tex=True)) for key in ("title", "abstract")
            )
            mark, verdict = judged.pop(found[1])
            if hashlib.sha256(lead(abstract, title).encode()).hexdigest()[:12] != mark:
                unjudged += 1
            elif verdict == "good":
                good += 1
            else:
                bad += 1
    told = f"{good} good, {bad} bad, {unjudged} to be judged anew"
    assert not judged, f"{len(judged)} judged papers are missing; {told}"
    assert good >= 0.95 * (good + bad), told
    assert unjudged <= 40, told
