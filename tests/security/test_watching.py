"""The watch sees what it is there to see: otherwise its silence says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .payloads import PAYLOADS
from .watching import served, watching

SEEN = {
    # Each by a number or a name of its own, since many are shown at once
    "<script>ran(7)</script>": "ran: 7",
    "<img src=x onerror=ran(8)>": "ran: 8",
    "<svg onload=ran(9)>": "ran: 9",
    "<body onload=alert(7)>": "ran: alert(7)",
    "<img src=https://canary.example/7>": "asked: https://canary.example/7",
    "<p style='background:url(https://canary.example/8)'>x</p>": "asked: https://canary.example/8",
    "<script>throw Error('seven')</script>": "error: seven",
    "<a href=' java\tscript:ran(7)'>x</a>": "a link that runs",
    "<b onclick=ran(7)>x</b>": "an attribute onclick",
    "<meta http-equiv=refresh content='9;url=https://canary.example/'>": "a meta element",
    "<base href=https://canary.example/>": "an element",
    "<form action=https://canary.example/></form>": "a form",
    "<p id=a></p><p id=a></p>": "an id again",
}


@pytest.mark.slow
def test_what_runs_loads_or_stands_where_it_should_not_is_seen(
    browser: Browser, tmp_path: Path
) -> None:
    head = '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="img-src *">'
    files = {html: f"{number}.html" for number, html in enumerate(SEEN)}
    for html, file in files.items():
        (tmp_path / file).write_text(head + html)
    # These two lead the page that shows them elsewhere.
    together = [html for html in SEEN if "refresh" not in html and "base" not in html]
    with served(tmp_path, policy=False) as address, watching(browser, address) as watch:
        for html, file in files.items():
            assert any(SEEN[html] in one for one in watch.open(file)), html
        framed = watch.grid([files[html] for html in together])
        pieces = watch.bare(together)
    for html in together:
        assert any(SEEN[html] in one for one in framed), html
        assert any(SEEN[html] in one for one in pieces), html


def test_the_policy_holds_back_what_a_page_would_run(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
        "<script>alert(7)</script>"
    )
    with served(tmp_path, policy=True) as address, watching(browser, address) as watch:
        wrong = watch.open("")
        assert not any("ran: alert(7)" in one for one in wrong)
        assert any("policy: script-src" in one for one in wrong)


def test_there_are_hundreds_of_payloads_and_no_two_are_the_same() -> None:
    assert len(PAYLOADS) >= 300
    assert len({one.text for one in PAYLOADS}) == len(PAYLOADS)
