"""Drafts, days ahead of their time, and papers that lead their day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from broadsheet.content.pages.fields import FIELDS, values_of
from broadsheet.errors import ContentError, SettingsError
from broadsheet.io.settings import Settings, of_pelican
from broadsheet.papers import Paper
from broadsheet.site.today import last_day
from tests.digests import OPTIMIZATION, Digest

AHEAD = """\
---
title: Vision
date: 2999-01-01
topic: vision
---

## Of a day to come

A text that is not to be read yet.
"""


def _digest(folder: Path) -> Digest:
    digest = Digest(folder / "digest")
    digest.set("SITEURL", "https://digest.example")
    return digest


def _everything(digest: Digest) -> bytes:
    return b"".join(data for path, data in digest.files().items() if not path.startswith("theme/"))


def test_a_draft_is_published_nowhere_until_it_is_one_no_more(tmp_path: Path) -> None:
    digest = _digest(tmp_path)
    digest.write("content/subscriptions/steps.yml", "title: Steps\nwords: shrink\n")
    draft = OPTIMIZATION.replace(
        "id: steps-that-shrink\n", "id: steps-that-shrink\nstatus: draft\n"
    )
    digest.write("content/2025/08/07/optimization.md", draft)
    digest.write("content/pages/plans.md", "Title: Plans\nStatus: draft\n\nSecret plans.\n")
    digest.build()
    found = _everything(digest)
    for word in (b"Steps that shrink", b"steps-that-shrink", b"ecret plans", b"drafts/"):
        assert word not in found, word
    assert "1 published" in digest.page("2025/08/07/")
    digest.write("content/2025/08/07/optimization.md", draft.replace("status: draft", "x-was: one"))
    digest.build()
    assert "Steps that shrink" in digest.page("papers/steps-that-shrink/")
    assert digest.files() == digest.fresh(tmp_path)


def test_a_day_waits_for_its_day(tmp_path: Path) -> None:
    digest = _digest(tmp_path)
    digest.build()
    before = digest.files()
    digest.write("content/2999/01/01/vision.md", AHEAD.replace("2999", "2090"))
    (digest.folder / "content/2999").rename(digest.folder / "content/2090")
    digest.build()
    assert digest.files() == before, "a day that is held back changes nothing"
    digest.build(BROADSHEET_UNTIL="2090-01-01")
    assert "Of a day to come" in digest.page("")
    digest.set("BROADSHEET_UNTIL", "2090-02-01")
    digest.build()
    assert digest.files() == digest.fresh(tmp_path)
    digest.set("BROADSHEET_UNTIL", "2025-08-07")
    digest.build()
    assert "2025/08/08/index.html" not in digest.files()
    assert digest.files() == digest.fresh(tmp_path)


def test_the_command_says_which_days_it_holds_back(tmp_path: Path) -> None:
    digest = _digest(tmp_path)
    made = digest.command("build", "--until", "2025-08-07")
    assert made.code == 0
    assert made.err.strip() == "held back until their day: 2025-08-08"


def _settings(**values: object) -> Settings:
    return of_pelican({"PATH": "content", "OUTPUT_PATH": "o", "THEME": "theme", **values})


def test_the_last_day_is_given_or_the_machine_s() -> None:
    plain = _settings(TIMEZONE="Pacific/Auckland")
    asked = date(2025, 1, 1)
    assert last_day(_settings(BROADSHEET_UNTIL="2025-08-07"), asked) == asked
    assert last_day(_settings(BROADSHEET_UNTIL="2025-08-07")) == date(2025, 8, 7)
    noon = "1754568000"  # 2025-08-07 12:00 UTC
    assert last_day(plain, None, {"SOURCE_DATE_EPOCH": noon}) == date(2025, 8, 8)
    west, night = _settings(TIMEZONE="America/New_York"), "1754611200"  # 2025-08-08 00:00 UTC
    assert last_day(west, None, {"SOURCE_DATE_EPOCH": night}) == date(2025, 8, 8)
    assert last_day(plain, None, {}) >= date(2025, 8, 7)
    for wrong in ("soon", "9" * 30):
        with pytest.raises(SettingsError, match="expected seconds since 1970"):
            last_day(plain, None, {"SOURCE_DATE_EPOCH": wrong})
    with pytest.raises(SettingsError, match=r"BROADSHEET_UNTIL = .*expected a day"):
        _settings(BROADSHEET_UNTIL="tomorrow")


def test_a_pinned_paper_leads_its_day(tmp_path: Path) -> None:
    digest = _digest(tmp_path)
    text = OPTIMIZATION.replace('id: "2508.00001"\n', 'id: "2508.00001"\npinned: true\n')
    digest.write("content/2025/08/07/optimization.md", text)
    digest.build()
    day = digest.page("2025/08/07/")
    assert "To read first" in day
    assert day.index("On flat valleys") < day.index("Steps that shrink")
    feed = json.loads(digest.page("feeds/all.json"))
    titles = [item["title"] for item in feed["items"]]
    assert titles == ["Pixels of a feather", "On flat valleys",
                      "Steps that shrink: a study of ε-decay"]  # fmt: skip
    daily = json.loads(digest.page("feeds/daily.json"))["items"][1]["content_html"]
    assert daily.index("To read first") < daily.index("On flat valleys") < daily.index("Steps")


def test_the_fields_come_back_as_they_were_written() -> None:
    paper = Paper(id="x", title="X", status="draft", pinned=True)
    values = values_of(paper)
    assert (values["status"], values["pinned"]) == ("draft", "true")
    assert "pinned" not in values_of(Paper(id="x", title="X"))
    with pytest.raises(ContentError, match=r"status: .*did you mean draft\?"):
        FIELDS["status"]("drafft", "status")
    with pytest.raises(ContentError, match=r"pinned: .*expected true or false"):
        FIELDS["pinned"]("yes please", "pinned")
