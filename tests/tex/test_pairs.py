"""How well abstracts are restored that a listing stripped, against the same as their authors wrote.

Measured on pairs outside of the project, found through BROADSHEET_DATA; skipped without.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from pylatexenc.latex2text import LatexNodes2Text

from broadsheet import tex

PAIRS = Path(os.environ.get("BROADSHEET_DATA", "")) / "tex-pairs.jsonl"
SPAN = re.compile(r"\$[^$]+\$")
_to_text = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


def shown(written: str) -> str:
    """TeX as it shows, without spaces."""
    text = re.sub(r"(?<!\\)%", r"\\%", written)
    with suppress(Exception):  # TeX that no one can parse counts as it stands
        text = _to_text.latex_to_text(text)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def marks(text: str) -> str:
    return re.sub(r"``|''|[“”]", '"', re.sub("[‘’]", "'", text))


@pytest.mark.slow
@pytest.mark.skipif(not PAIRS.is_file(), reason="no tex-pairs.jsonl: set BROADSHEET_DATA")
def test_most_formulas_are_restored_and_prose_is_not_touched() -> None:
    damaged, intact, prose = [], [], []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        listed, written = pair["listed"], pair["original"]
        restored = tex.restore(listed)
        if not re.search(r"[$\\]", written):
            prose.append(marks(restored) == marks(listed))
            continue
        before, after = shown(listed), shown(restored)
        for m in SPAN.finditer(written):
            context = shown(written[: m.start()])[-8:], shown(written[m.end() :])[:8]
            wanted = context[0] + shown(m.group()) + context[1]
            (intact if wanted in before else damaged).append(wanted in after)
    assert sum(damaged) >= 0.95 * len(damaged)
    assert sum(intact) >= 0.995 * len(intact)
    assert sum(prose) >= 0.995 * len(prose)
