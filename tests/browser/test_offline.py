"""Reading without a network: what the service worker keeps, what it says of it, and what it never
does. The browser is real, and so is the silence: the server cuts the line."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import Host, served
from tests.digests import Digest
from tests.waiting import until

KEPT = ".kept"
HURRY = (b"home:3000,", b"home:300,")  # milliseconds until a kept front page is shown instead
IN_CONTROL = "navigator.serviceWorker.controller !== null"
PAGES = "caches.open('broadsheet:/some/path/:pages')"
ADDRESSES = f"{PAGES}.then((it) => it.keys()).then((all) => all.map((one) => one.url))"
NEW = """\
---
title: Vision
date: 2025-08-09
topic: vision
---

## Colours of a flock

```yaml
id: colours-of-a-flock
```

An image of many birds.
"""


@pytest.fixture(scope="module")
def host(built: Digest) -> Iterator[Host]:
    with served(built.output) as host:
        yield host


@pytest.fixture
def hurried(host: Host) -> Iterator[None]:
    """Has browsers get a worker that waits a tenth of its time."""
    host.changed["sw.js"] = HURRY
    yield
    host.changed.clear()


@pytest.fixture
def reader(browser: Browser, host: Host) -> Iterator[Page]:
    """A page whose browser has seen the front page and keeps what it asks for."""
    host.away = False
    host.stalled.clear()
    context = browser.new_context()
    yield visited(context, host)
    context.close()
    host.away = False


def visited(context: BrowserContext, host: Host) -> Page:
    page = context.new_page()
    page.goto(host.url)
    until(page, IN_CONTROL)
    until(page, f"{ADDRESSES}.then((all) => all.length >= 3)")
    return page


def test_a_first_visit_keeps_the_front_page_and_the_days_before_it(
    reader: Page, host: Host
) -> None:
    days = [f"{host.url}2025/08/07/", f"{host.url}2025/08/08/"]
    assert sorted(reader.evaluate(ADDRESSES)) == [host.url, *days]
    host.away = True
    reader.goto(f"{host.url}2025/08/07/")
    expect(reader.locator("h1")).to_have_text("Thursday, 7 August 2025")
    expect(reader.locator(KEPT)).to_contain_text("no answer from the network since")
    reader.locator("[data-js=ready]").wait_for(state="attached")
    expect(reader.locator("body")).to_have_css("margin-top", "0px")  # the stylesheet is there
    reader.locator(".row details summary").first.click()
    expect(reader.locator(".row details > p").first).to_be_visible()


def test_an_old_day_is_never_shown_as_today(reader: Page, host: Host) -> None:
    expect(reader.locator(KEPT)).to_have_count(0)
    host.away = True
    reader.goto(host.url)
    expect(reader.locator(KEPT)).to_contain_text("This is the issue of Friday, 8 August 2025.")
    since = reader.locator(KEPT).text_content()
    reader.reload()
    assert reader.locator(KEPT).text_content() == since  # since the first silence
    host.away = False
    reader.get_by_role("link", name="Try again").click()
    expect(reader.locator(KEPT)).to_have_count(0)


@pytest.mark.slow
def test_a_browser_that_says_it_is_offline_gets_the_same(reader: Page, host: Host) -> None:
    reader.context.set_offline(True)
    reader.goto(host.url)
    expect(reader.locator("h1")).to_have_text("Friday, 8 August 2025")


def test_what_is_not_kept_is_said_and_what_is_is_listed(reader: Page, host: Host) -> None:
    reader.goto(f"{host.url}offline/")  # which isn't listed
    host.away = True
    answer = reader.goto(f"{host.url}topics/vision/")
    assert answer is not None
    assert answer.status == 503
    expect(reader.locator(KEPT)).to_contain_text("This page is not kept")
    listed = reader.locator("[data-kept-list] a")
    expect(listed).to_have_count(3)
    names = listed.all_inner_texts()
    assert len(set(names)) == 3  # the front page has its site's name, not the newest day's
    expect(listed.first).to_have_text("Thursday, 7 August 2025")
    listed.first.click()
    expect(reader.locator("h1")).to_have_text("Thursday, 7 August 2025")
    reader.goto(f"{host.url}offline/")
    reader.get_by_role("button", name="Forget them").click()
    expect(reader.get_by_text("No page is kept yet")).to_be_visible()


@pytest.mark.usefixtures("hurried")
def test_a_slow_network_is_waited_for_a_moment_only(reader: Page, host: Host) -> None:
    host.stalled.set()
    reader.goto(host.url)
    expect(reader.locator(KEPT)).to_contain_text("issue of Friday")
    host.stalled.clear()


def test_search_answers_without_a_network_what_it_answered_with_it(
    reader: Page, host: Host
) -> None:
    found = reader.locator("#search-results h2")
    reader.goto(f"{host.url}search/?q=pixels")
    expect(found).to_have_text("Pixels of a feather")
    host.asked.clear()
    reader.goto(f"{host.url}search/?q=pixel")
    expect(found).to_have_text("Pixels of a feather")
    assert not [path for path in host.asked if path.endswith(".bin")]  # immutable by name
    assert "search/manifest.json" in host.asked
    host.away = True
    reader.goto(f"{host.url}search/?q=pixels")
    expect(found).to_have_text("Pixels of a feather")


@pytest.mark.slow
def test_damaged_and_full_caches_are_as_none(reader: Page, host: Host) -> None:
    reader.evaluate(f"{PAGES}.then((it) => it.put('{host.url}', new Response('?')))")
    state = "caches.open('broadsheet:/some/path/:state')"
    reader.evaluate(f"{state}.then((it) => it.put('?lost', new Response('-')))")
    host.away = True
    reader.goto(host.url)
    expect(reader.locator(KEPT)).to_contain_text("This page is not kept")
    host.away = False
    line = reader.context.new_cdp_session(reader)
    line.send(
        "Storage.overrideQuotaForOrigin", {"origin": host.url.split("/some")[0], "quotaSize": 1}
    )
    for path in ("topics/vision/", "papers/steps-that-shrink/", ""):
        reader.goto(host.url + path)
        expect(reader.locator("h1")).to_be_visible()
        expect(reader.locator(KEPT)).to_have_count(0)


def test_a_new_day_and_a_new_version_arrive_at_once(
    browser: Browser, built: Digest, tmp_path: Path
) -> None:
    digest = built.copied(tmp_path / "digest")
    with served(digest.output) as host:
        context = browser.new_context()
        page = visited(context, host)
        before = (digest.output / "sw.js").read_bytes()
        digest.write("content/2025/08/09/vision.md", NEW)
        digest.build()
        assert (digest.output / "sw.js").read_bytes() == before  # the same scripts: the same worker
        page.goto(host.url)
        expect(page.locator("h1")).to_have_text("Saturday, 9 August 2025")
        expect(page.locator(KEPT)).to_have_count(0)

        old = digest.page("sw.js").split('"', 4)[3]
        _new_version(digest, old)
        page.goto(host.url)  # of the new version, while the old worker answers
        style = page.locator("link[rel=stylesheet]")
        expect(style).to_have_attribute("href", "/some/path/theme/css/main.css?v=ffff0000")
        page.locator("[data-js=ready]").wait_for(state="attached")
        until(page, f"{_style('ffff0000')}.then(Boolean)")
        text = ".then((answer) => answer.text())"
        assert "/* new */" in page.evaluate(_style("ffff0000") + text)
        assert "/* new */" not in page.evaluate(_style(old) + text)
        # What the host gives of the new version never stands for the old one.
        status = f"fetch('theme/js/search.js?v={old}').then((it) => it.status, () => 'refused')"
        until(page, "navigator.serviceWorker.ready.then((it) => !it.installing && !it.waiting)")
        assert page.evaluate(status) == "refused"
        host.away = True
        page.goto(host.url)
        expect(page.locator(KEPT)).to_contain_text("issue of Saturday")
        context.close()


def _style(version: str) -> str:
    cache = f"caches.open('broadsheet:/some/path/:files:{version}')"
    return f"{cache}.then((it) => it.match('/some/path/theme/css/main.css?v={version}'))"


def _new_version(digest: Digest, old: str) -> None:
    """Deploy other scripts and styles under another version, as a build with another theme does."""
    line, worker = digest.page("sw.js").split("\n", 1)
    site = json.loads(line.removeprefix("const SITE=").removesuffix(";"))
    site["version"] = "ffff0000"
    for path in site["files"]:
        file = digest.output / path
        file.write_bytes(file.read_bytes() + b"/* new */\n")
        site["files"][path] = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    (digest.output / "sw.js").write_text(f"const SITE={json.dumps(site)};\n{worker}")
    for path in digest.output.rglob("*.html"):
        path.write_text(path.read_text().replace(f"?v={old}", "?v=ffff0000"))
    later = time.time() + 60  # the server tells times in seconds
    for path in digest.output.rglob("*"):
        os.utime(path, (later, later))


def test_the_worker_goes_where_the_setting_is_off(
    browser: Browser, built: Digest, tmp_path: Path
) -> None:
    digest = built.copied(tmp_path / "digest")
    with served(digest.output) as host:
        context = browser.new_context()
        page = visited(context, host)
        digest.build(BROADSHEET_OFFLINE=False, SITEURL="https://digest.example/some/path")
        assert not (digest.output / "offline").exists()
        assert "manifest.webmanifest" not in digest.page("")
        page.evaluate("navigator.serviceWorker.ready.then((it) => it.update())")
        until(page, "caches.keys().then((all) => all.length === 0)")
        until(page, "navigator.serviceWorker.getRegistrations().then((it) => it.length === 0)")
        context.close()


def test_the_site_can_be_installed_below_any_path(reader: Page, host: Host) -> None:
    line = reader.context.new_cdp_session(reader)
    made = line.send("Page.getAppManifest")
    assert made["url"] == f"{host.url}manifest.webmanifest"
    assert made["errors"] == []
    assert line.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
    for icon in json.loads(made["data"])["icons"]:
        assert reader.evaluate(f"fetch({host.url + icon['src']!r}).then((it) => it.ok)")
