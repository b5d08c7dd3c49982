"""Hostile papers in a review and in its dialogs: nothing of them runs, loads or breaks the page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from broadsheet.importer import run
from broadsheet.papers import Entry
from tests.importer.world import rows
from tests.lent_context import LentContext
from tests.security.payloads import KINDS, PAYLOADS
from tests.security.watching import Watch
from tests.soak import SLOW

from .conftest import KEY, Shown

DAY = "2025-08-20"


def test_no_paper_that_waits_runs_anything(browser: Browser, shown: Shown) -> None:
    folder: Path = shown.desk.digest.folder
    of_each = 2 if SLOW else 1
    chosen = [one for kind in KINDS for one in [p for p in PAYLOADS if p.kind == kind][:of_each]]
    entries = [
        Entry(
            title=f"{one.name} {one.text[:300]}",
            abstract=f"We show {one.name}. {one.text[:2000]}",
            authors=(one.text[:80] or "x",),
        )
        for one in chosen
    ]
    shown.desk.digest.write(f"seeds/{DAY}.hostile.jsonl", rows(entries))
    run([folder / f"seeds/{DAY}.hostile.jsonl"], folder / "content")
    lent = LentContext(browser)
    watch = Watch(lent, shown.address.rstrip("/"))
    watch.page.goto(f"{shown.address}__edit/open?key={KEY}")
    page = watch.page
    page.goto(f"{shown.address}__edit/review/{DAY}/")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    count = options.count()
    assert count > len(KINDS) * of_each / 2
    page.get_by_role("listbox").focus()
    for n in range(count):
        expect(page.locator(".ed-paper[aria-busy='false']")).to_have_count(1)
        if n % 8 == 0:
            page.keyboard.press("e")
            expect(page.locator(".ed-shown > *").first).to_be_attached()
            page.get_by_role("button", name="Cancel").click()
        page.keyboard.press("j")
    page.keyboard.press("D")
    expect(page.locator(".ed-counts")).to_contain_text(f"{count} declined")
    # The editor's own parts, and previews refused.
    own = ("/__edit/static/", "status of 422", 'id="ed-filter"', 'aria-label="Another day"')
    assert [one for one in watch.look() if not any(part in one for part in own)] == []
    lent.close()
