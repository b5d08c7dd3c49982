"""The ten most used ways through the site, and one without a network, in Firefox and WebKitGTK:
what tests/browser and tests/theme assert in Chromium, as far as engines differ in it. An engine
that is not installed is skipped, unless BROADSHEET_ENGINES names it.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.browser import engines
from tests.browser.engines import Reader
from tests.browser.serving import Host, served
from tests.digests import Digest

TEXT = "document.querySelector('%s')?.textContent.trim()"


def _home(reader: Reader, site: str) -> None:
    reader.open(site)
    assert reader.ask(TEXT % "h1") == "Friday, 8 August 2025"
    reader.click(".row details summary b")
    assert reader.sees("document.querySelector('.row details > p').checkVisibility()")
    assert reader.ask("document.documentElement.scrollWidth <= innerWidth")


def _day(reader: Reader, site: str) -> None:
    reader.open(f"{site}2025/08/07/")
    formula = "document.querySelector('.row math').getBoundingClientRect()"
    assert reader.ask(f"{formula}.width > 4 && {formula}.height > 4")
    reader.click(".day-topics [data-topic=optimization]")
    reader.sees("location.hash === '#t-optimization'")
    assert reader.ask("!document.querySelector('#t-optimization').hidden")


def _topic(reader: Reader, site: str) -> None:
    reader.open(f"{site}topics/optimization/")
    assert reader.ask(TEXT % "h1") == "Optimization"
    reader.click(".titles li > a")
    reader.sees("document.querySelector('.abstract')?.checkVisibility()")
    assert reader.ask("location.pathname").endswith("/papers/steps-that-shrink/")


def _paper(reader: Reader, site: str) -> None:
    reader.open(f"{site}papers/steps-that-shrink/")
    assert reader.ask("document.querySelectorAll('.cite details').length") > 1
    line = "getComputedStyle(document.querySelector('.authors a')).textDecorationLine"
    assert reader.ask(line) == "underline"
    reader.click(".cite summary")
    reader.sees("document.querySelector('.cite pre').checkVisibility()")
    reader.click("footer a[href*='#main']")
    reader.sees("document.activeElement.id === 'main' || location.hash === '#main'")


def _search(reader: Reader, site: str) -> None:
    reader.open(f"{site}archive/")
    reader.press("/")
    reader.sees("document.activeElement.matches('input[type=search]')")
    reader.press("pixel\ue007")
    reader.sees("location.search === '?q=pixel' && document.querySelector('#search-results mark')")
    reader.sees("document.documentElement.dataset.js === 'ready'")
    assert reader.ask(TEXT % "#search-results h2") == "Pixels of a feather"


def _filter(reader: Reader, site: str) -> None:
    reader.open(f"{site}search/?q=study")
    rows = "document.querySelectorAll('#search-results > li').length"
    reader.sees(f"{rows} > 1")
    reader.click(".filters > summary")
    reader.sees("document.querySelector('.filters:not([aria-busy]) .authors input')")
    reader.click(".filters .authors input")
    reader.sees(f"{rows} === 1")
    reader.ask("history.back()")
    reader.sees(f"{rows} > 1")


def _save(reader: Reader, site: str) -> None:
    reader.open(f"{site}2025/08/08/")
    reader.click(".save")
    reader.sees("document.querySelector('.save').ariaPressed === 'true'")
    reader.open(f"{site}saved/")
    assert "Pixels of a feather" in reader.ask(TEXT % "[data-shelf]")


def _keys(reader: Reader, site: str) -> None:
    reader.open(f"{site}2025/08/07/")
    where = "document.activeElement.closest('.row')?.querySelector('a').pathname.split('/').at(-2)"
    reader.press("j")
    first = reader.sees(where)
    reader.press("j")
    reader.sees(f"{where} !== {first!r}")
    reader.press("k")
    reader.sees(f"{where} === {first!r}")
    reader.press("o")
    reader.sees("document.activeElement.closest('.row').querySelector('details').open")
    reader.press("?")
    reader.sees("document.querySelector('dialog[open]')")


def _theme(reader: Reader, site: str) -> None:
    reader.open(f"{site}archive/")
    colour = "getComputedStyle(document.body).backgroundColor"
    seen = set()
    for theme in ("light", "dark"):
        reader.click("[data-scheme-switch]")
        reader.sees(f"document.documentElement.dataset.theme === '{theme}'")
        seen.add(reader.ask(colour))
    assert len(seen) == 2
    reader.open(f"{site}topics/")
    assert reader.ask(colour) in seen
    assert reader.ask("document.documentElement.dataset.theme") == "dark"
    reader.click("[data-scheme-switch]")


def _subscribe(reader: Reader, site: str) -> None:
    reader.open(f"{site}subscribe/")
    feed = reader.ask("document.querySelector('[data-feed]').href")
    text = reader.ask(f"fetch({feed!r}).then((answer) => answer.text())")
    assert "Pixels of a feather" in text


def _offline(reader: Reader, site: str, host: Host) -> None:
    reader.open(site)
    kept = "caches.open('broadsheet:/some/path/:pages').then((it) => it.keys())"
    reader.sees("navigator.serviceWorker.controller !== null")
    reader.sees(f"{kept}.then((all) => all.length >= 3)")
    host.away = True
    reader.open(site)
    assert "This is the issue of Friday, 8 August 2025." in reader.ask(TEXT % ".kept")
    reader.open(f"{site}topics/vision/")
    reader.sees("document.querySelectorAll('[data-kept-list] a').length >= 3")


WAYS: list[Callable[[Reader, str], None]] = [
    _home, _day, _topic, _paper, _search, _filter, _save, _keys, _theme, _subscribe,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", engines.NAMES)
def test_the_most_used_ways_lead_there_in_other_engines(
    name: str, built: Digest, tmp_path: Path
) -> None:
    package = engines.missing(name)
    if package and name not in os.environ.get("BROADSHEET_ENGINES", ""):
        pytest.skip(f"{name}: {package} is not installed")
    assert not package, f"BROADSHEET_ENGINES names {name}, and {package} is not installed"
    failed = []
    with served(built.output) as host, engines.started(name, tmp_path) as reader:
        for way in [*WAYS, partial(_offline, host=host)]:
            try:
                way(reader, host.url)
            except AssertionError:
                failed.append(traceback.format_exc(limit=-3))
    assert not failed, "\n".join(failed)
