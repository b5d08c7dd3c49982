"""Papers that a search finds meet a reader's interests as they do on days."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from broadsheet.search.index.documents import Document

from .test_exact import SCRIPTS
from .test_query_page import LUNR, ROOT, published

MANY = tuple(f"Ada {n} Lovelace" for n in range(40))
FOUND = [
    Document(id="a", url="papers/a/", date="2025-08-07", title="Counting tides", authors=MANY,
             topic="vision", tags=("graphs",), categories=("cs.LG",)),
    Document(id="b", url="papers/b/", date="2025-08-07", title="Clocks", topic="robotics",
             abstract="First. A pendulum slows; the tide rises.", authors=("Élan Vital",),
             categories=("quant-ph", "cs.AI")),
    Document(id="c", url="papers/c/", date="2025-08-07", title="Nothing", topic="vision"),
]  # fmt: skip
INTERESTS = [
    ("topic", "robotics"), ("tag", "graphs"), ("category", "cs.lg"), ("category", "quant-ph"),
    ("author", "ada 39 lovelace"), ("author", "ada 0 lovelace"), ("author", "élan vital"),
    ("author", "nobody"), ("word", "tide"),
]  # fmt: skip


def test_found_papers_meet_tags_categories_and_all_their_authors(tmp_path: Path) -> None:
    if not LUNR.is_file() or shutil.which("node") is None:
        pytest.skip("this needs node, and lunr.js in its place (`make` puts it there)")
    published(tmp_path, FOUND)
    scripts = tmp_path / "js"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "package.json").write_text('{"type": "module"}')
    lunr = tmp_path / "lunr.cjs"
    shutil.copy(LUNR, lunr)
    kept = [{"kind": kind, "key": key, "name": key, "mute": False} for kind, key in INTERESTS]
    run = subprocess.run(
        ["node", ROOT / "tests" / "search" / "interests.mjs", scripts, lunr, tmp_path],
        input=json.dumps(kept), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert [sorted(met) for met in told["found"]] == [
        ["ada 0 lovelace", "ada 39 lovelace", "cs.lg", "graphs", "tide"],
        ["quant-ph", "robotics", "tide", "élan vital"],
        [],
    ]
    # Without a network, what cards say holds. Authors are asked of long lists alone.
    assert [sorted(met) for met in told["offline"]] == [
        ["ada 0 lovelace", "graphs", "tide"], ["robotics", "tide", "élan vital"], []]  # fmt: skip
    assert [papers for _, papers, _ in told["asked"]] == [[0, 1, 2], [0]]
