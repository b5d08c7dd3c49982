"""Keys pressed in the list on the terminal, as soon as it has taken the one before.

Textual's pilot waits after each key until the process has spent no processor's time for a fiftieth
of a second, up to three times a key. Here it waits until the event loop has nothing left to run,
which is what is meant, and takes no longer than the work itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from textual import app as textual_app
from textual import pilot as textual_pilot
from textual.app import App
from textual.pilot import Pilot


async def _until_idle(min_sleep: float = 0, max_sleep: float = 0) -> None:
    """Let the tasks of the loop run until all wait for something else than their turn."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


def driven(app: App[str], drive: Callable[[Pilot[str]], Awaitable[None]]) -> str | None:
    """Open the list, do what `drive` does, and return what the review said at its end."""

    async def session() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            await drive(pilot)

    with pytest.MonkeyPatch.context() as patch:
        for module in (textual_app, textual_pilot):
            patch.setattr(module, "wait_for_idle", _until_idle)
        # In a thread of its own: a browser's tests leave an event loop in the main one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, session()).result()
    return app.return_value


async def settled(pilot: Pilot[str]) -> None:
    """Wait until the list shows what was pressed: what a refresh starts is waited for as well."""
    for _ in range(2):
        await pilot.pause()


async def typed(pilot: Pilot[str], *keys: str) -> None:
    """Press keys, one after another."""
    for key in keys:
        await pilot.press(*(key if len(key) > 1 and " " in key else [key]))
        await settled(pilot)


async def answered(pilot: Pilot[str], key: str, text: str) -> None:
    """Press a key that opens a dialog, type, and press Enter."""
    await pilot.press(key)
    await settled(pilot)
    await pilot.press(*("space" if one == " " else "minus" if one == "-" else one for one in text))
    await pilot.press("enter")
    await settled(pilot)
