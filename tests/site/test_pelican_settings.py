"""What Pelican's settings mean here: a table in docs/settings.md, made and proved by this test.

    BROADSHEET_TABLES=write python -m pytest tests/site/test_pelican_settings.py

writes the table anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from broadsheet.errors import SettingsError
from broadsheet.io.settings import of_pelican
from tests.digests import ROOT, Digest

DOC = ROOT / "docs" / "settings.md"
BEGIN, END = "<!-- made by tests/site/test_pelican_settings.py -->\n", "<!-- end -->\n"

# Kept: what each is for, and another value, with which some page must differ (None: it names a
# place, and every test of a site is a test of it).
KEPT: dict[str, tuple[str, Any]] = {
    "SITENAME": ("the digest's name", "Another"),
    "SITESUBTITLE": ("a line below it", "Another line"),
    "SITEURL": ("where the site is read", "https://other.example/x"),
    "RELATIVE_URLS": ("links that work in any folder", True),
    "TIMEZONE": ("where days begin and end", "Asia/Tokyo"),
    "DEFAULT_LANG": ("the interface's language", "de"),
    "MENUITEMS": ("links in the menu, after its own", [("Forum", "https://forum.example")]),
    "LINKS": ("links in the footer", [("Friends", "https://friends.example")]),
    "LINKS_WIDGET_NAME": ("what the footer calls them", "Blogroll"),
    "SOCIAL": ("links to the digest elsewhere, in the footer", [("Us", "https://us.example")]),
    "SOCIAL_WIDGET_NAME": ("what the footer calls them", "Network"),
    "PATH": ("the content folder", None),
    "OUTPUT_PATH": ("the output folder", None),
    "THEME": ("the theme's folder", None),
    "THEME_TEMPLATES_OVERRIDES": ("templates that come before the theme's", "more"),
    "PLUGINS": ("`broadsheet`, and others", None),
    "PLUGIN_PATHS": ("where they are", None),
    "PAGE_PATHS": ("folders of static pages", ["pages/deep"]),
    "PAGE_EXCLUDES": ("folders that are left out", ["pages/deep"]),
    "PAGE_URL": ("a static page's address", "p/{slug}/"),
    "PAGE_SAVE_AS": ("its file", "p/{slug}/index.html"),
    "PAGE_LANG_URL": ("the address of one in another language", "l/{slug}-{lang}.html"),
    "PAGE_LANG_SAVE_AS": ("its file", "l/{slug}-{lang}.html"),
    "PAGE_TRANSLATION_ID": ("how translations of one are told", None),
    "STATIC_PATHS": ("folders of pictures", []),
    "STATIC_EXCLUDES": ("folders that are left out", ["images/more"]),
    "STATIC_SAVE_AS": ("a picture's file", "s/{path}"),
    "STATIC_URL": ("its address", "s/{path}"),
    "EXTRA_PATH_METADATA": (
        "other files for single pictures", {"images/x.png": {"path": "images/y.png"}}),
    "PATH_METADATA": ("metadata of static pages, by their paths", "pages/(?P<slug>deep)"),
    "DEFAULT_METADATA": ("metadata of static pages that have none", {"description": "odd"}),
    "IGNORE_FILES": ("files that are left out", ["us*.md"]),
    "INTRASITE_LINK_REGEX": ("how links to files are written", "[{](?P<what>odd)[}]"),
    "SLUGIFY_SOURCE": ("what a static page's slug is made of", "basename"),
    "SLUGIFY_PRESERVE_CASE": ("whether it keeps capitals", True),
    "SLUGIFY_USE_UNICODE": ("whether it keeps letters with marks", None),
    "SLUG_REGEX_SUBSTITUTIONS": ("what is replaced in it", [("t", "d"), (r"\W", "")]),
    "MARKDOWN": ("Python-Markdown's own extensions, for static pages",
                 {"extensions": ["markdown.extensions.nl2br"]}),
    "JINJA_ENVIRONMENT": ("how templates are written", None),
    "JINJA_FILTERS": ("filters for templates of one's own", None),
    "JINJA_GLOBALS": ("values for these", None),
    "JINJA_TESTS": ("tests for these", None),
    "LOG_FILTER": ("messages that Pelican keeps to itself", None),
}  # fmt: skip

# Refused: with these Pelican would write pages of its own.
REFUSED: dict[str, Any] = {
    "ARTICLE_PATHS": ["articles"], "DIRECT_TEMPLATES": ["index"], "THEME_STATIC_PATHS": ["static"],
    "FEED_ALL_ATOM": "a.xml", "CATEGORY_FEED_ATOM": "{slug}.xml", "AUTHOR_FEED_ATOM": "{slug}.xml",
    "AUTHOR_FEED_RSS": "{slug}.xml", "TRANSLATION_FEED_ATOM": "{lang}.xml",
    "FEED_ALL_RSS": "a.xml", "OUTPUT_SOURCES": True, "DELETE_OUTPUT_DIRECTORY": True,
}  # fmt: skip

# What does instead, where something does, of what has no meaning here.
INSTEAD = {
    "BIND": "`broadsheet serve` listens on this machine alone",
    "PORT": "`broadsheet serve --port`",
    "CACHE_CONTENT": "our own cache, `BROADSHEET_CACHE`",
    "LOAD_CONTENT_CACHE": "the same",
    "CACHE_PATH": "the same",
    "LOCALE": "`DEFAULT_LANG` chooses how dates are written",
    "DATE_FORMATS": "the same",
    "DEFAULT_DATE_FORMAT": "the same",
    "FEED_MAX_ITEMS": "`BROADSHEET_FEED_ITEMS`",
    "WITH_FUTURE_DATES": "days ahead of time wait for their day",
    "DISPLAY_PAGES_ON_MENU": "static pages are in the footer; `MENUITEMS` may name them",
    "DEFAULT_PAGINATION": "long lists are split by month",
    "READERS": "static pages are Markdown",
    "TEMPLATE_PAGES": "content is no template",
    "TYPOGRIFY": "texts stay as their authors wrote them",
    "DRAFT_PAGE_SAVE_AS": "drafts are not published",
    "THEME_STATIC_DIR": "always `theme`",
    "TAG_URL": "addresses are fixed: [architecture.md](architecture.md)",
}

# Left out of the proof: Pelican itself refuses or needs a certain value.
_UNTRIED = {"ARTICLE_PERMALINK_STRUCTURE", "PELICAN_CLASS"}
NEUTRAL = sorted(DEFAULT_CONFIG.keys() - KEPT.keys() - REFUSED.keys())
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63600000"
    "02000154a24f5f0000000049454e44ae426082"
)


def _odd(name: str, value: object) -> object:
    """Another value for a setting."""
    special = {"LOCALE": ["C"], "PAGINATION_PATTERNS": [(1, "a", "b")], "PORT": 9, "READERS": {},
               "FILENAME_METADATA": "(?P<slug>.)us", "BIND": "0.0.0.0"}  # fmt: skip
    if name in special:
        return special[name]
    if isinstance(value, bool):
        return not value
    return {str: "odd-{slug}.html", int: 7, list: ["odd"], dict: {}}.get(type(value), "odd")


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    made = Digest(tmp_path_factory.mktemp("settings") / "digest")
    (made.folder / "content/images/more").mkdir(parents=True)
    for name in ("x.png", "more/alone.png"):
        (made.folder / "content/images" / name).write_bytes(PIXEL)
    made.write(
        "content/pages/about.md",
        "Title: About\n\n[Us]({filename}deep/us.md) [I]({filename}about.md)\n",
    )
    made.write(
        "content/pages/deep/us.md",
        "Title: The Team\nLang: fr\n\nText\nof [us]({static}/images/x.png), {odd}x.\n",
    )
    made.write("more/partials/colophon.html", "<p>Ours</p>")
    for name, value in (("SITEURL", "https://digest.example"), ("LINKS", [("A", "/about/")]),
                        ("SOCIAL", [("B", "/about/")])):  # fmt: skip
        made.set(name, value)
    made.build()
    return made


@pytest.fixture(scope="module")
def plain(digest: Digest) -> dict[str, bytes]:
    return digest.files()


def test_each_of_pelican_s_settings_is_in_the_table() -> None:
    assert not KEPT.keys() & REFUSED.keys()
    assert INSTEAD.keys() <= set(NEUTRAL)


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("name", [name for name, (_, value) in KEPT.items() if value is not None])
def test_what_is_kept_changes_a_page(digest: Digest, plain: dict[str, bytes], name: str) -> None:
    value = KEPT[name][1]
    digest.build(**{name: [str(digest.folder / value)] if value == "more" else value})
    assert digest.files() != plain


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told(name: str) -> None:
    values = {"PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme"}
    with pytest.raises(SettingsError, match=f"{name} = .*Broadsheet writes these pages itself"):
        of_pelican({**values, name: REFUSED[name]})


def test_what_has_no_meaning_here_changes_nothing(digest: Digest, plain: dict[str, bytes]) -> None:
    odd = {name: _odd(name, DEFAULT_CONFIG[name]) for name in NEUTRAL if name not in _UNTRIED}
    digest.build(**odd)
    assert digest.files() == plain


def _rows() -> Iterator[str]:
    yield "| Setting | Here | |\n| --- | --- | --- |\n"
    for name in sorted({*KEPT, *REFUSED, *NEUTRAL}):
        if name in KEPT:
            yield f"| `{name}` | kept | {KEPT[name][0]} |\n"
        elif name in REFUSED:
            yield f"| `{name}` | refused | Pelican would write pages of its own |\n"
        else:
            yield f"| `{name}` | no meaning | {INSTEAD.get(name, '')} |\n"


def test_the_table_is_in_the_docs() -> None:
    text = DOC.read_text("utf-8")
    before, rest = text.split(BEGIN)
    found, after = rest.split(END)
    want = "".join(_rows())
    if os.environ.get("BROADSHEET_TABLES") == "write":
        Path(DOC).write_text(before + BEGIN + want + END + after, "utf-8")
        pytest.skip("wrote the table anew")
    assert found == want
