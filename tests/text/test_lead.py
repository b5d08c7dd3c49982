"""The sentence in which authors say what they do."""

from __future__ import annotations

import json
import lzma
import os
import re
from pathlib import Path

import pytest
import yaml

from broadsheet import tex
from broadsheet.text.lead import lead, sentences

JUDGED = Path(__file__).resolve().parents[1] / "data" / "leads-by-hand.yml"
PAPERS = Path(os.environ.get("BROADSHEET_DATA", "")) / "papers.jsonl.xz"
_ID = re.compile(r'"id": ?"([^"]+)"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boats sink. In this paper, we propose a cork that floats. It floats well.", 1),
        ("Boats sink often and early. This work studies why boats sink. We found out.", 1),
        ("Boats sink. I present the first audit of all sunken boats. I release it.", 1),
        ("Boats sink. We designed this research to test whether corks help boats.", 1),
        (
            "Boats sink. We compare corks of many trees by weight. Furthermore, we propose a cork.",
            1,
        ),
        ("Boats sink early. Nobody knows the reason. Corks might be one.", 0),
        ("See e.g. Smith et al. for boats. Here we introduce a cork, i.e. a stopper.", 1),
    ],
)
def test_what_authors_do_stands_for_the_paper(text: str, expected: int) -> None:
    assert lead(text) == list(sentences(text))[expected]


@pytest.mark.parametrize(
    "text", ["舟は沈む。浮く栓を作る。", "القوارب تغرق. نصنع سدادة. إنها تطفو."]
)
def test_scripts_without_capitals_have_sentences_too(text: str) -> None:
    assert len(list(sentences(text))) == text.count("。") + text.count(".")
    assert lead(text) == next(sentences(text))


def test_no_abstract_has_no_lead() -> None:
    assert lead("") == ""


@pytest.mark.skipif(not PAPERS.is_file(), reason="no papers.jsonl.xz: set BROADSHEET_DATA")
def test_the_rule_agrees_with_a_reader() -> None:
    judged: dict[str, list[int]] = yaml.safe_load(JUDGED.read_text("utf-8"))
    met = 0
    seen = 0
    with lzma.open(PAPERS, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = _ID.search(line)
            if found is None or found[1] not in judged:
                continue
            text = tex.plain(tex.restore(json.loads(line)["abstract"], tex=True))
            chosen = list(sentences(text)).index(lead(text))
            seen += 1
            met += chosen in judged[found[1]]
    assert seen == 100
    assert met >= 96, met
