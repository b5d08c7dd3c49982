"""How well abstracts are restored that a listing stripped, against the same as their authors wrote.

Measured on pairs outside of the project, found through BROADSHEET_DATA; skipped without. The model
has not seen them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from broadsheet import tex
from restoring import score

PAIRS = Path(os.environ.get("BROADSHEET_DATA", "")) / "tex-pairs.jsonl"


@pytest.mark.soak
@pytest.mark.skipif(not PAIRS.is_file(), reason="no tex-pairs.jsonl: set BROADSHEET_DATA")
@pytest.mark.parametrize("dated", [False, True])
def test_most_formulas_are_restored_and_prose_is_not_touched(dated: bool) -> None:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    restored = score(
        ((row["id"], row["listed"], row["original"]) for row in rows),
        lambda listed, paper: tex.restore(listed, date=paper if dated else ""),
    )
    assert float(restored.damaged) >= 0.93
    assert float(restored.intact) >= 0.99
    assert float(restored.prose) >= 0.995
