"""What a reader's browser keeps, and what links bring to it, whoever wrote it: pages show it as
words, run nothing of it, ask no other host, and break at none."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.digests import Digest
from tests.soak import sampled

from .watching import Watch, served, watching

KEYS = ("view", "interests", "searches", "saved", "read", "seen", "visit", "shelf-sort", "keys")
PAGES = sampled(
    ["saved/", "archive/", "", "trending/", "search/", "topics/optimization/", "2025/08/07/"], 2
)
TEXT = (
    '<img src=x onerror=ran(1)><a href="javascript:ran(2)">y</a>\u202e"\'`</script><script>ran(3)'
)
_ROW = {
    "kind": "word", "key": TEXT, "name": TEXT, "mute": False, "title": TEXT, "date": TEXT,
    "labels": [TEXT], "note": TEXT, "id": "//other.example/x", "query": TEXT, "day": TEXT,
    "url": "javascript:ran(4)", "address": "//other.example/", "order": TEXT, "by": TEXT,
}  # fmt: skip
VALUES: dict[str, Any] = {
    "texts": TEXT,
    "numbers": -1e308,
    "rows": [_ROW] * 3,
    "a list": {"version": 1, "list": [_ROW], "searches": [_ROW], **_ROW},
    "papers": {"../../x": _ROW, "//other.example": _ROW, "__proto__": _ROW, "constructor": 1},
    "mixed": [None, True, [[[]]], {"list": 1}, {"kind": ["word"]}, {"kind": "tag", "key": {}}],
    "nested": {"list": [{"kind": "author", "key": "a", "name": {"toString": 1}}], "order": {}},
    "many": [{"kind": "author", "key": f"{TEXT}{n}", "name": "x" * 800} for n in range(400)],
}


@pytest.fixture(scope="module")
def kept(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """A watched page of a small site, with its policy."""
    digest = Digest(tmp_path_factory.mktemp("kept") / "digest")
    digest.build(SITEURL="")
    with served(digest.output, policy=True) as address, watching(browser, address) as made:
        yield made


def keep(watch: Watch, value: str) -> None:
    """Keep a text under each name that pages read."""
    watch.page.goto(f"{watch.address}/robots.txt")
    watch.page.evaluate(
        """([names, value]) => {
            localStorage.clear();
            for (const name of names) localStorage.setItem(`broadsheet:/:${name}`, value);
            localStorage.setItem("broadsheet:theme", value.slice(0, 50));
        }""",
        [KEYS, value],
    )


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("name", VALUES)
def test_whatever_is_kept_pages_show_themselves(kept: Watch, name: str) -> None:
    keep(kept, json.dumps(VALUES[name]))
    assert kept.grid(PAGES) == []


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("value", ["", "{", "\x00", '{"a":' * 5000, "nul", '"\\ud800"'])
def test_what_is_no_json_counts_as_nothing(kept: Watch, value: str) -> None:
    keep(kept, value)
    assert kept.grid(PAGES) == []


def shared(rows: Any) -> str:
    """The fragment of a link that shares interests."""
    packed = base64.urlsafe_b64encode(json.dumps(rows).encode()).decode().rstrip("=")
    return f"#interests={packed}"


LINKS = {
    "hostile names": shared([[kind, kind % 2, TEXT, TEXT] for kind in range(5)]),
    "kinds that are none": shared([["__proto__", 1, "x", 0], [9, 0, "y", 0], [-1, 0, "z", 0]]),
    "no rows": shared({"length": 3}),
    "rows of nothing": shared([None, 1, "x", []]),
    "no base64": "#interests=%F0%28%8C%28!!!",
    "bytes that are no text": "#interests=" + base64.urlsafe_b64encode(b"[\xff\xfe]").decode(),
    "longer than any": "#interests=" + "A" * 50_000,
    "a selector": "#t-x],*,[y=",
    "an element": "#<img src=x onerror=ran(1)>",
    "no text": "#%",
}


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize("name", LINKS)
def test_a_link_s_fragment_brings_words_alone(kept: Watch, name: str) -> None:
    keep(kept, "null")
    for path in sampled(["saved/", "search/?q=gradient", ""], 2):
        kept.page.goto("about:blank")
        assert kept.open(path + LINKS[name]) == []
        take = kept.page.get_by_role("button", name="Take", exact=True)
        asks = take.count() > 0 and take.first.is_visible()
        assert asks == (path == "saved/" and name == "hostile names"), path
        if asks:
            take.first.click()
            assert kept.look() == []
            assert kept.open(path) == []


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "query",
    [TEXT, "%00%0d%0aSet-Cookie:x", "%F0%28", "a" * 20_000, "(" * 3000, '"' * 999, "title:" * 500,
     "*:*^9e999", "constructor __proto__ toString", "\u0301" * 3000, "\ufdfa" * 500, "a~99 b^-1"],
)  # fmt: skip
def test_a_crafted_question_is_words(kept: Watch, query: str) -> None:
    keep(kept, "null")
    assert kept.open(f"search/?q={query}&sort={query[:99]}&topic={query[:99]}&year=x") == []


def test_a_filter_s_name_is_no_property_that_objects_have(kept: Watch) -> None:
    keep(kept, "null")
    names = ("constructor", "__proto__", "toString")
    assert kept.open("search/?q=gradient" + "".join(f"&topic={name}" for name in names)) == []
    kept.page.locator("#save-search summary").click()
    told = kept.page.locator("main").inner_text().lower()
    assert all(f"topic: {name.lower()}" in told for name in names), told
    assert "native code" not in told
    assert "[object" not in told
    assert kept.page.locator("a[href*='feeds/topics/']").count() == 0
