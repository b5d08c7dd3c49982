"""Waiting for what a page's script says, under a policy that forbids eval, which Playwright's own
`wait_for_function` needs."""

from __future__ import annotations

import time

from playwright.sync_api import Page

_PATIENCE = 30  # seconds, as Playwright has it


def until(page: Page, script: str) -> None:
    """Wait until a script's value, or that of its promise, is true. Raises AssertionError."""
    ended = time.monotonic() + _PATIENCE
    while not page.evaluate(script):
        assert time.monotonic() < ended, script
        time.sleep(0.02)
