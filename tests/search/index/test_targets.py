"""The search index of a site that grows by days is the same as one made at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadsheet.search.index import targets
from tests.digests import Digest

DAYS = ("2025-08-09", "2025-08-10", "2025-08-11", "2025-09-01", "2025-09-02", "2025-10-01")


def _sizes(digest: Digest) -> list[int]:
    manifest = json.loads((digest.output / "search/manifest.json").read_bytes())
    return [one["papers"] for one in manifest["generations"]]


def test_an_index_that_grew_by_days_is_the_same_as_one_made_at_once(
    digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "NEWEST", 5)
    monkeypatch.setattr(targets, "RECENT", 9)
    digest.build()
    sizes = [_sizes(digest)]
    for number, day in enumerate(DAYS):
        text = f"---\ntitle: Vision\ndate: {day}\ntopic: vision\n---\n"
        for paper in range(2):
            head = f"\n## Kites {number} of {paper}\n\n```yaml\nid: k{number}-{paper}\n```\n"
            text += f"{head}\nOn kites.\n"
        digest.write(f"content/{day.replace('-', '/')}/vision.md", text)
        digest.build()
        sizes.append(_sizes(digest))
    assert sizes == [[3], [5], [5, 2], [5, 4], [9, 2], [9, 4], [9, 4, 2]]
    assert digest.files() == digest.fresh(tmp_path)
