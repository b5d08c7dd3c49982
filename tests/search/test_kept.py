"""What the browser keeps of searches is mended, whatever stands there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .test_exact import SCRIPTS

GOOD = {"query": "q=graphs", "name": "Graphs", "day": "2025-08-07"}
KEPT: list[tuple[Any, list[dict[str, str]]]] = [
    ({"version": 1, "searches": [GOOD]}, [GOOD]),
    ({"version": 2, "searches": [GOOD]}, []),
    ([GOOD], []),
    (None, []),
    ("searches", []),
    ({"version": 1, "searches": {"0": GOOD}}, []),
    ({"version": 1, "searches": [None, 3, {"query": 3}, {"query": "order=votes"}, GOOD, GOOD]},
     [GOOD]),
    ({"version": 1, "searches": [{"query": "?q=a&order=votes&x=y&q=", "day": "2025-99-99"}]},
     [{"query": "q=a", "name": "a", "day": ""}]),
    ({"version": 1, "searches": [{"query": "q=a&topic=vision", "name": " ", "day": 7}]},
     [{"query": "q=a&topic=vision", "name": "a, vision", "day": ""}]),
    ({"version": 1, "searches": [{"query": "q=" + "a" * 3000}]}, []),
    ({"version": 1, "searches": [{"query": f"q={n}"} for n in range(99)]},
     [{"query": f"q={n}", "name": str(n), "day": ""} for n in range(50)]),
]  # fmt: skip
ASK = """
import { readFileSync } from "node:fs";
const kept = await import(`${process.argv[2]}/kept.js`);
const given = JSON.parse(readFileSync(0, "utf8"));
let searches = [];
for (let n = 0; n < 60; n++) {
  searches = kept.withSearch(searches, { query: `q=${n}`, name: "", day: "" });
}
searches = kept.changed(kept.without(searches, "q=59"), "q=58", { name: "last" });
const own = [11, "a", "b"].map((n) => ({ query: `q=${n}`, name: "Mine", day: "2025-08-07" }));
const brought = kept.withOthers(own, searches);
console.log(JSON.stringify([given.map(kept.mendSearches), searches, brought]));
"""


def test_kept_searches_are_mended_and_bounded(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("this needs node")
    script = tmp_path / "ask.mjs"
    script.write_text(ASK)
    shutil.copy(SCRIPTS / "kept.js", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        ["node", script, tmp_path], input=json.dumps([value for value, _ in KEPT]),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    mended, searches, brought = json.loads(done.stdout)
    assert mended == [expected for _, expected in KEPT]
    assert [one["query"] for one in searches] == [f"q={n}" for n in range(10, 59)]
    assert searches[-1]["name"] == "last"
    # What a file brings is added as far as there is room, and changes none that is kept.
    assert [one["name"] for one in brought[:3]] == ["Mine"] * 3
    assert [one["query"] for one in brought[2:]] == [
        "q=b", "q=10", *(f"q={n}" for n in range(12, 58))]  # fmt: skip
