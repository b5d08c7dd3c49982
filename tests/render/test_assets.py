"""The theme's files as they are served."""

from __future__ import annotations

import gzip
from pathlib import Path

from playwright.sync_api import Browser

from broadsheet.render import assets
from tests.digests import ROOT

STATIC = ROOT / "theme" / "static"
SEARCH = ("search", "save-search")


def _stylesheet() -> bytes:
    (file,) = (one for one in assets.read_theme(STATIC) if one.path.endswith(".css"))
    return file.data


def _scripts() -> dict[str, bytes]:
    files = assets.read_theme(STATIC)
    return {
        file.path.removeprefix("theme/js/"): file.data
        for file in files
        if file.path.endswith(".js") and "/vendor/" not in file.path
    }


def test_sources_are_served_without_comments_and_what_is_vendored_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "js/vendor").mkdir(parents=True)
    source = b"// Why.\nexport const one = `a  b // c`; /* what */\n\n  const two = /[/]  /;\n"
    (tmp_path / "js/own.js").write_bytes(source)
    (tmp_path / "js/vendor/theirs.js").write_bytes(source)
    (tmp_path / "main.css").write_bytes(b"/* All. */\n:root { --one: calc(1rem + 2vw) }\n")
    assert {file.path: file.data for file in assets.read_theme(tmp_path)} == {
        "theme/js/own.js": b"export const one=`a  b // c`;const two=/[/]  /;\n",
        "theme/js/vendor/theirs.js": source,
        "theme/main.css": b":root{--one:calc(1rem + 2vw)}\n",
    }


def test_the_same_sources_give_the_same_bytes() -> None:
    assert assets.read_theme(STATIC) == assets.read_theme(STATIC)


def test_the_stylesheet_is_small() -> None:
    assert len(_stylesheet()) < 20_000


def test_the_stylesheet_says_the_same_as_its_source(browser: Browser) -> None:
    page = browser.new_page()
    read = """text => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(/, +/g, ","));
    }"""
    source = (STATIC / "css/main.css").read_text("utf-8")
    assert page.evaluate(read, _stylesheet().decode()) == page.evaluate(read, source)
    page.close()


def test_what_every_page_may_load_is_small() -> None:
    every = [data for name, data in _scripts().items() if not name.startswith(SEARCH)]
    # 1.2 kB of it mend what a browser keeps, whatever stands there, 0.9 kB say it in any language.
    assert sum(map(len, every)) < 18_500
    # Of all scripts, 23 kB are the search's engine: reading, folding and ranking of plain words.
    assert sum(len(gzip.compress(data)) for data in _scripts().values()) < 42_000
