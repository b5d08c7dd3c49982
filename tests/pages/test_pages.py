"""Pages as they are served: their links, their safety, what they say."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from tests.digests import Digest
from tests.pages.crawl import Links, dead_links

ADDRESSES = [
    "", "2025/08/07/", "2025/08/08/", "2025/08/07/optimization/", "2025/08/", "2025/W32/",
    "papers/steps-that-shrink/", "papers/2508.00001/", "topics/", "topics/optimization/",
    "topics/optimization/2025-08/", "tags/", "tags/sgd/", "tags/sgd/2025-08/", "archive/",
    "search/", "about/", "404.html",
]  # fmt: skip


def test_every_address_of_the_design_has_its_page(built: Digest) -> None:
    for address in ADDRESSES:
        assert built.page(address).startswith("<!DOCTYPE html>"), address
    for path in ("sitemap.xml", "robots.txt", "feeds/all.rss.xml", "feeds/all.atom.xml"):
        assert (built.output / path).is_file()


@pytest.mark.parametrize(
    ("url", "relative", "base"),
    [
        ("", False, "/"),
        ("https://digest.example", False, "/"),
        ("https://digest.example/some/path", False, "/some/path/"),
        ("https://digest.example/some/path", True, "/anywhere/else/"),
    ],
)
def test_every_link_leads_somewhere_at_any_base_path(
    digest: Digest, url: str, relative: bool, base: str
) -> None:
    digest.build(SITEURL=url, RELATIVE_URLS=relative)
    if relative:  # shown at any address, so its links can't be relative
        (digest.output / "404.html").unlink()
    (digest.output / "theme/js/vendor").mkdir(parents=True, exist_ok=True)
    assert dead_links(digest.output, base) == []


def test_pages_are_valid_html(built: Digest) -> None:
    for path, html in built.html():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        assert parser.errors == [], (path, parser.errors[:3])
        ids = Links(html).ids
        assert len(ids) == len(set(ids)), path


def test_pages_forbid_and_hold_no_inline_script_or_style(built: Digest) -> None:
    for path, html in built.html():
        links = Links(html)
        assert links.scripts == 0, path
        assert links.styles == [], path
        assert links.handlers == [], path
        policy = re.search(r'http-equiv=Content-Security-Policy content="([^"]+)"', html)
        assert policy, path
        assert policy[1].startswith("default-src 'self'; ")
        assert "script" not in policy[1]  # so that the default counts
        assert "unsafe" not in policy[1]


def test_pages_load_nothing_from_elsewhere(built: Digest) -> None:
    for path, html in built.html():
        for tag, name, value in Links(html).found:
            loads = name != "href" or tag == "link"
            if loads and not ("rel=canonical" in html and value.startswith("https://digest.")):
                assert not value.startswith(("http", "//")), (path, tag, value)


def test_a_paper_shows_all_that_its_section_says(built: Digest) -> None:
    html = built.page("papers/steps-that-shrink/")
    for words in ("Ada Example", "Ed Example", "Stochastic gradient descent", "Worth reading",
                  "https://code.example/steps", "7 August 2025"):  # fmt: skip
        assert words in html
    assert "<math" in html
    assert 'encoding="application/x-tex"' in html
    assert "flat &amp; wide &lt; narrow" in built.page("papers/2508.00001/")


def test_a_single_paper_is_counted_in_the_singular_where_a_page_describes_itself(
    tmp_path: Path,
) -> None:
    digest = Digest(tmp_path / "digest")
    digest.write(
        "content/2025/03/03/vision.md",
        "---\ntitle: Vision\ndate: 2025-03-03\ntopic: vision\n---\n\n"
        "## On tides\n\n```yaml\nid: tides\n```\n\nWe measure tides.\n",
    )
    digest.build()
    for address, said in {
        "2025/03/": "1 paper of March 2025.",
        "2025/W10/": "1 paper from 3 to 9 March 2025.",
        "2025/03/03/vision/": "1 paper on Vision of Monday, 3 March 2025.",
    }.items():
        found = re.search(r'<meta name=description[^>]* content="([^"]*)"', digest.page(address))
        assert found, address
        assert found[1].startswith(said)


def test_a_title_in_the_head_and_in_links_is_plain_text(built: Digest) -> None:
    html = built.page("papers/steps-that-shrink/")
    assert "<title>Steps that shrink: a study of ε-decay · Broadsheet</title>" in html


def test_a_day_tells_its_ledger_in_one_line(built: Digest) -> None:
    assert "From Hugging Face: 3 listed, 2 published, 1 duplicate of 5 August 2025." in built.page(
        "2025/08/07/"
    )


def test_days_lead_to_their_neighbours(built: Digest) -> None:
    assert 'href="/some/path/2025/08/08/"' in built.page("2025/08/07/")
    assert 'href="/some/path/2025/08/07/"' in built.page("2025/08/08/")


def test_the_sitemap_names_every_page_once(built: Digest) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(built.page("sitemap.xml"))
    root = "https://digest.example/some/path/"
    named = []
    for node in index.iter(f"{space}loc"):
        assert node.text
        part = ElementTree.fromstring(built.page(node.text.removeprefix(root)))
        named += [loc.text for loc in part.iter(f"{space}loc")]
    assert len(named) == len(set(named))
    assert root in named
    assert f"{root}papers/2508.00001/" in named
    for address in named:
        assert address
        assert built.page(address.removeprefix(root))


def test_a_page_names_its_canonical_address_and_feeds(built: Digest) -> None:
    html = built.page("topics/optimization/")
    assert (
        '<link rel=canonical href="https://digest.example/some/path/topics/optimization/">' in html
    )
    assert 'href="/some/path/feeds/topics/optimization.rss.xml"' in html
    assert 'href="/some/path/feeds/all.atom.xml"' in built.page("")


HOSTILE = """\
---
title: Vision
date: 2025-08-08
topic: vision
---

## An <img src=x onerror=alert(1)> & "quoted" <b>title</b>

```yaml
id: hostile
authors: ["<script>alert(1)</script>", "\\"><svg onload=alert(1)>"]
organisation: </title><script>alert(1)</script>
submitter: "' onclick='alert(1)"
summary: <iframe src=https://evil.example></iframe>
```

<script>alert(1)</script> <img src="https://evil.example/x.png"> [a](https://ok.example "t")
<a href="https://ok.example" onclick="alert(1)" style="color:red">b</a>
$\\href{javascript:alert(1)}{x}$ and $</math><script>alert(1)</script>$

<style>body{display:none}</style>

> A note <script>alert(1)</script> [c](mailto:me@ok.example)
"""


def test_nothing_of_a_stranger_runs_or_loads(digest: Digest) -> None:
    digest.write("content/2025/08/08/vision.md", HOSTILE)
    digest.write(
        "content/pages/evil.md",
        "Title: Evil <script>alert(1)</script>\n\n<script>alert(1)</script>\n"
        '<img src="https://evil.example/x.png"> <a href="javascript:alert(1)">x</a>\n',
    )
    digest.build(SITEURL="https://digest.example")
    for path, html in digest.html():
        links = Links(html)
        assert links.scripts == 0, path
        assert links.handlers == [], path
        assert links.styles == [], path
        for tag, _, value in links.found:
            assert not value.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), (
                path,
                tag,
                value,
            )
            assert "evil.example" not in value, (path, tag, value)
    for path, data in digest.files().items():
        if path.endswith(".xml"):
            ElementTree.fromstring(data)


@pytest.mark.parametrize("relative", [False, True])
def test_links_within_the_site_work_in_notes_at_any_base_path(
    digest: Digest, relative: bool
) -> None:
    page = "content/2025/08/07/optimization.md"
    note = "> See [that one](/papers/2508.00001/) and [elsewhere](https://a.example/)."
    digest.write(page, digest.read(page).replace("> Worth reading with the next one.", note))
    digest.build(SITEURL="https://digest.example/some/path", RELATIVE_URLS=relative)
    root = "../../" if relative else "/some/path/"
    assert f'<a href="{root}papers/2508.00001/"' in digest.page("papers/steps-that-shrink/")
    if not relative:
        assert dead_links(digest.output, "/some/path/") == []
    feed = digest.page("feeds/all.atom.xml")
    assert "https://digest.example/some/path/papers/2508.00001/" in feed
    assert "\ue003" not in "".join(html for _, html in digest.html()) + feed


def test_a_day_without_papers_says_why(digest: Digest) -> None:
    digest.write(
        "content/2025/08/09/day.yml",
        'date: 2025-08-09\nlistings:\n- {"file": "2025-08-09.arxiv.xml", "sha256": "00", '
        '"source": "arxiv", "papers": 0, "empty": "weekend"}\npapers: []\n',
    )
    digest.build()
    assert "Nothing from arXiv: weekend." in digest.page("2025/08/09/")
    assert "8 August 2025" in digest.page("")


def test_a_digest_without_papers_still_builds(digest: Digest) -> None:
    for path in (digest.folder / "content/2025").rglob("*.*"):
        path.unlink()
    digest.build()
    assert "yet to come" in digest.page("")
    assert dead_links(digest.output, "/") == []


def test_one_template_can_be_overridden_and_extend_the_one_it_replaces(digest: Digest) -> None:
    own = digest.folder / "own-templates"
    own.mkdir()
    (own / "base.html").write_text(
        '{% extends "!theme/base.html" %}{% block footer %}Printed at home.{% endblock %}'
    )
    digest.build(THEME_TEMPLATES_OVERRIDES=[str(own)])
    for path in ("", "archive/", "papers/steps-that-shrink/"):
        page = digest.page(path)
        assert "Printed at home." in page
        assert "class=masthead" in page
        assert "class=imprint" not in page


def test_a_tag_s_page_of_the_open_month_leaves_the_newest_papers_to_the_tag_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.archive.summaries.FEW", 0)
    digest = Digest(tmp_path / "digest")
    head = "---\ntitle: Vision\ndate: {0}\ntopic: vision\n---\n\n"
    day = head + "## On {1}\n\n```yaml\nid: {1}\ntags: [sgd]\n```\n\nIt is so.\n"
    digest.write("content/2025/08/09/vision.md", day.format("2025-08-09", "later"))
    digest.build()
    page = digest.page("tags/sgd/2025-08/")
    assert "Up to 7 August 2025: the papers since then are on the page of <a href=" in page
    assert "/papers/later/" not in page
    assert "/papers/later/" in digest.page("tags/sgd/")
    digest.write("content/2025/09/01/vision.md", day.format("2025-09-01", "next"))
    digest.build()
    page = digest.page("tags/sgd/2025-08/")
    assert "/papers/later/" in page
    assert "Up to" not in page
