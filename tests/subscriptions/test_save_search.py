"""What the search page offers to save is a subscription that asks for the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from broadsheet.search.query.language import query, read
from broadsheet.search.query.question import as_query, question
from broadsheet.slugs import is_slug
from broadsheet.subscriptions.model import parse_subscription, query_of

ROOT = Path(__file__).parents[2]

SEARCHES: list[list[tuple[str, str]]] = [
    [("q", "robot* learn~1 +policy -survey title:sim^2")],
    [("q", 'attention "exact phrase" in:vision tag:nets')],
    [("q", "yes")],
    [("q", "ε-greedy: \\ # 'quotes' {x} [y] &z *w !v %u @t `s")],
    [("topic", "vision"), ("topic", "theory"), ("tag", "null"), ("author", "Zoë Ångström")],
    [("q", "x"), ("since", "2025-06"), ("until", "2025-W30")],
    [("q", "数据 " * 30)],
    [("author", 'A "B" C')],
    [("q", 'text-to-image C++ -survey "a phrase" author:hinton')],
    [("q", "lecun 2024")],
    [("q", "lecun 2024"), ("years", "0")],
    [("q", "lecun, Aug 2024")],
    [("q", "lecun aug 2024"), ("years", "0")],
    [("q", "lecun 2024-W32"), ("years", "0")],
]


def lunrs(search: list[tuple[str, str]]) -> bool:
    """Whether the page reads a search in Lunr's syntax, as its engine tells."""
    return question(dict(search).get("q", "")).clauses is not None


def saved(folder: Path, asked: list[list[Any]]) -> list[dict[str, str]]:
    """The files that the script makes of searches and how they were read."""
    if shutil.which("node") is None:
        pytest.skip("this needs node")
    script = folder / "save-search.mjs"
    shutil.copy(ROOT / "theme" / "static" / "js" / "save-search.js", script)
    main = folder / "main.mjs"
    main.write_text(
        'import { readFileSync } from "node:fs"; import { fileOf } from "./save-search.mjs";'
        "console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((one) => fileOf(...one))));"
    )
    run = subprocess.run(
        ["node", main], input=json.dumps(asked),
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    files: list[dict[str, str]] = json.loads(run.stdout)
    return files


def test_what_is_saved_asks_for_the_same(tmp_path: Path) -> None:
    asked = [[urlencode(one), {"lunr": lunrs(one)}] for one in SEARCHES]
    for search, file in zip(SEARCHES, saved(tmp_path, asked), strict=True):
        assert is_slug(file["name"]), file
        made = query_of(parse_subscription(file["text"], file["name"]))
        given = dict(search)
        spans = [f"{key}:{given[key]}" for key in ("since", "until") if key in given]
        typed = " ".join([given.get("q", ""), *spans]).strip()
        if lunrs(search):
            whole = query(read(typed))
            assert made.clauses == whole.clauses, file
            assert made.phrases == whole.phrases
        else:
            years = () if given.get("years") == "0" else range(2000, 2030)
            whole = as_query(question(typed, years))
            assert {one.text for one in made.units} == {one.text for one in whole.units}, file
            assert made.unwanted == whole.unwanted
            if years:
                assert made.folded_phrases == whole.folded_phrases
        assert (made.first, made.last) == (whole.first, whole.last)
        assert made.topics == (*whole.topics, *(v for k, v in search if k == "topic"))
        assert made.tags == (*whole.tags, *(v for k, v in search if k == "tag"))
        assert made.authors == tuple(v for k, v in search if k == "author")


def test_what_was_meant_for_misspelt_words_is_saved(tmp_path: Path) -> None:
    file = saved(tmp_path, [["q=Diffusoin+models", {"corrected": [["diffusoin", "diffusion"]]}]])[0]
    assert parse_subscription(file["text"], file["name"]).all == "diffusion models"
