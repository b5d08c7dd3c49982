"""The theme's files as they are served."""

from __future__ import annotations

import gzip
from pathlib import Path

from broadsheet.site import assets
from tests.digests import ROOT

SEARCH = ("search", "save-search")


def _scripts() -> dict[str, bytes]:
    files = assets.read_theme(ROOT / "theme" / "static")
    return {
        file.path.removeprefix("theme/js/"): file.data
        for file in files
        if file.path.endswith(".js") and "/vendor/" not in file.path
    }


def test_scripts_are_served_without_comments_and_what_is_vendored_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "js/vendor").mkdir(parents=True)
    source = b"// Why.\nexport const one = `a  b // c`; /* what */\n\n  const two = /[/]  /;\n"
    (tmp_path / "js/own.js").write_bytes(source)
    (tmp_path / "js/vendor/theirs.js").write_bytes(source)
    (tmp_path / "main.css").write_bytes(b"/* All. */\n")
    assert {file.path: file.data for file in assets.read_theme(tmp_path)} == {
        "theme/js/own.js": b"export const one=`a  b // c`;const two=/[/]  /;\n",
        "theme/js/vendor/theirs.js": source,
        "theme/main.css": b"/* All. */\n",
    }


def test_the_same_script_gives_the_same_bytes() -> None:
    assert _scripts() == _scripts()


def test_what_every_page_may_load_is_small() -> None:
    every = [data for name, data in _scripts().items() if not name.startswith(SEARCH)]
    assert sum(map(len, every)) < 14_000
    assert sum(len(gzip.compress(data)) for data in _scripts().values()) < 30_000
