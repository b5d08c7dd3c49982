"""The theme's files as they are served."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from playwright.sync_api import Browser

from broadsheet.render import assets
from tests.digests import ROOT

STATIC = ROOT / "theme" / "static"
SEARCH = ("search", "save-search", "kept")


# What a reader's own choices take, and the menus that lead to them: loaded when it is needed.
OWN = ("arrange", "interest", "own", "references", "seen", "shelf-", "toast", "verdicts",
       "view-panel")  # fmt: skip


def _stylesheet(name: str = "main") -> bytes:
    path = f"theme/css/{name}.css"
    (file,) = (one for one in assets.read_theme(STATIC) if one.path == path)
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
    (tmp_path / "main.css").write_bytes(
        b"/* All. */\n:root { --one: calc(1rem + 2vw) }\n"
        b'[a="b"], [c="1"]::before { content: \'[a="b"]\' }\n'
    )
    assert {file.path: file.data for file in assets.read_theme(tmp_path)} == {
        "theme/js/own.js": b"export const one=`a  b // c`;const two=/[/]  /;\n",
        "theme/js/vendor/theirs.js": source,
        "theme/main.css": b":root{--one:calc(1rem + 2vw)}"
        b'[a=b],[c="1"]::before{content:\'[a="b"]\'}\n',
    }


def test_the_same_sources_give_the_same_bytes() -> None:
    assert assets.read_theme(STATIC) == assets.read_theme(STATIC)


def test_no_script_has_a_template_within_a_template() -> None:
    # The minifier takes the inner one's mark for the outer one's end, and drops its spaces.
    for path in sorted((STATIC / "js").glob("*.js")):
        assert not re.search(r"\$\{[^{}`]*`", path.read_text("utf-8")), path.name


def test_the_stylesheet_is_small() -> None:
    assert len(_stylesheet()) < 24_000
    assert len(gzip.compress(_stylesheet())) < 7_000
    assert len(_stylesheet("own")) < 2_500


def test_the_stylesheet_says_the_same_as_its_source(browser: Browser) -> None:
    page = browser.new_page()
    read = """text => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(/, +/g, ","));
    }"""
    source = (STATIC / "css/main.css").read_text("utf-8")
    assert page.evaluate(read, _stylesheet().decode()) == page.evaluate(read, source)
    page.context.close()


def test_what_every_page_may_load_is_small() -> None:
    scripts = _scripts()
    worker = scripts.pop("offline-worker.js")  # which a browser loads by itself, once a version
    assert len(gzip.compress(worker)) < 3_200
    every = [data for name, data in scripts.items() if not name.startswith((*SEARCH, *OWN))]
    # 1.2 kB of it mend what a browser keeps, whatever stands there, 0.9 kB say it in any language.
    assert sum(map(len, every)) < 23_000
    own = [data for name, data in scripts.items() if name.startswith(OWN)]
    # 4.3 kB of it fold, stem and respell words as the search does.
    assert sum(len(gzip.compress(data)) for data in own) < 20_800
    # Of all scripts, 24 kB are the search's engine: reading, folding and ranking of plain words;
    # its filters, exports and completion, 6 kB, come when they are asked for. What found papers
    # meet of interests is 0.9 kB, where a reader has some; all authors in exports are 0.3 kB,
    # British and American spellings 0.4 kB; names in short, references and days 0.3 kB; bounds on
    # long questions and rows of marks 0.3 kB; initials without dots, short keys, phones' quotes and
    # slips in words run together 0.3 kB.
    assert sum(len(gzip.compress(data)) for data in scripts.values()) < 78_000


def test_modules_import_those_beside_them_by_the_version_of_the_page() -> None:
    served = {file.path: file.data for file in assets.versioned(assets.read_theme(STATIC), "0af1")}
    assert b'"./citing.js?v=0af1"' in served["theme/js/cite.js"]
    for path, data in served.items():
        if path.endswith(".js"):
            assert not re.search(rb"""(?:from|import)\s*\(?\s*["']\./[^"'?]+["']""", data), path
