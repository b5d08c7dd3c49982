"""Curating in a real browser: each control, by mouse and keys."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import Shown

PAPER = "papers/2508.00001/"


def test_a_note(page: Page, shown: Shown) -> None:
    page.goto(shown.address + PAPER)
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_role("dialog").get_by_label("Note").fill("Flat, and $x^2$ wide.")
    expect(page.get_by_role("region", name="Preview").locator("msup")).to_have_count(1)
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".ed-said")).to_contain_text("1 note")
    shown.build()
    expect(page.locator("blockquote.note")).to_contain_text("Flat, and")
