"""What the search page offers to save is a subscription that asks for the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest

from broadsheet.search.query import query, read
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
]


def test_what_is_saved_asks_for_the_same(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("this needs node")
    script = tmp_path / "save-search.mjs"
    shutil.copy(ROOT / "theme" / "static" / "js" / "save-search.js", script)
    main = tmp_path / "main.mjs"
    main.write_text(
        'import { readFileSync } from "node:fs"; import { fileOf } from "./save-search.mjs";'
        "console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(fileOf)));"
    )
    run = subprocess.run(
        ["node", main], input=json.dumps([urlencode(one) for one in SEARCHES]),
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    for search, file in zip(SEARCHES, json.loads(run.stdout), strict=True):
        assert is_slug(file["name"]), file
        made = query_of(parse_subscription(file["text"], file["name"]))
        given = dict(search)
        spans = [f"{key}:{given[key]}" for key in ("since", "until") if key in given]
        typed = " ".join([given.get("q", ""), *spans]).strip()
        whole = query(read(typed))
        assert made.clauses == whole.clauses, file
        assert made.phrases == whole.phrases
        assert (made.first, made.last) == (whole.first, whole.last)
        assert made.topics == (*whole.topics, *(v for k, v in search if k == "topic"))
        assert made.tags == (*whole.tags, *(v for k, v in search if k == "tag"))
        assert made.authors == tuple(v for k, v in search if k == "author")
