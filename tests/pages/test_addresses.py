"""The registry of addresses beside sites as they are built: nothing is in one and not in the
other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html as markup

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.content import redirects
from broadsheet.site.planner import Planner
from broadsheet.urls import Addresses
from tests.digests import Digest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ROOT = "https://digest.example/some/path/"


@pytest.fixture
def rich(tmp_path: Path) -> Digest:
    """The golden digest with what it lacks: a subscription, a hidden page, a day without papers, a
    redirect, a week that two months share."""
    digest = Digest(tmp_path / "digest")
    shutil.rmtree(digest.folder / "content")
    shutil.copytree(GOLDEN / "content", digest.folder / "content")
    digest.set("SITEURL", ROOT.rstrip("/"))
    digest.write("content/subscriptions/steps.yml", "title: Steps\nwords: step* gradient\n")
    digest.write("content/pages/hidden.md", "Title: Hidden\nStatus: hidden\n\nFor some.\n")
    digest.write("content/2025/09/03/day.yml", "date: 2025-09-03\nlistings: []\npapers: []\n")
    digest.write("content/2025/12/31/optimization.md", _page("2025-12-31", "old-year"))
    digest.write("content/2026/01/01/optimization.md", _page("2026-01-01", "new-year"))
    digest.write("content/redirects.yml", '- {"from": "topics/former/", "to": "topics/"}\n')
    return digest


def _page(day: str, key: str) -> str:
    head = f"---\ntitle: Optimization\ndate: {day}\ntopic: optimization\n---\n"
    return f"{head}\n## On {key}\n\n```yaml\nid: {key}\ntags: [sgd]\n```\n\nWe study {key}.\n"


def _sitemaps(digest: Digest) -> list[str]:
    named = []
    for node in ElementTree.fromstring(digest.page("sitemap.xml")).iter(_LOC):
        assert node.text
        part = ElementTree.fromstring(digest.page(node.text.removeprefix(ROOT)))
        named += [(loc.text or "").removeprefix(ROOT) for loc in part.iter(_LOC)]
    return named


def _addresses(digest: Digest) -> list[str]:
    """The addresses of all pages of a built site."""
    return [path.removesuffix("index.html") for path, _ in digest.html()]


def test_every_page_is_in_one_sitemap_or_asks_not_to_be(rich: Digest) -> None:
    rich.build()
    named = _sitemaps(rich)
    assert len(named) == len(set(named))
    noindex = '//meta[@name="robots"][contains(@content, "noindex")]'
    asked = {
        path.removesuffix("index.html")
        for path, page in rich.html()
        if markup.fromstring(page).xpath(noindex)
    }
    assert asked & set(named) == set()
    assert asked | set(named) == set(_addresses(rich))
    assert asked == {"404.html", "saved/", "search/", "offline/", "hidden/", "topics/former/"}


def test_every_page_feed_and_export_is_in_the_registry_and_no_redirect_is(
    rich: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Addresses] = []
    partitions = Planner.partitions

    def recorded(self: Planner):  # type: ignore[no-untyped-def]
        made.append(self.context.addresses)
        return partitions(self)

    monkeypatch.setattr(Planner, "partitions", recorded)
    rich.build()
    (site,) = made
    unknown = [
        path
        for path in rich.files()
        if path.removesuffix("index.html") not in site
        and not path.startswith(("search/", "sitemaps/", "feeds/all/"))
    ]
    assert unknown == ["topics/former/index.html"]
    named = [*site.of_site(), *(path for key in site.months for path, _ in site.of_month(key))]
    assert set(named) <= set(_addresses(rich))


def _problems(digest: Digest) -> Sequence[checks.Problem]:
    inputs, wrong = folder.inputs(digest.folder / "content")
    return [*wrong, *checks.check(inputs)]


def test_check_knows_every_page_as_a_redirect_s_end(rich: Digest) -> None:
    rich.build()
    ends = [one for one in _addresses(rich) if redirects.is_address(one)]
    rows = [json.dumps({"from": f"former/{n}/", "to": end}) for n, end in enumerate(ends)]
    rows.append('{"from": "topics/former/", "to": "topics/"}')
    rich.write("content/redirects.yml", "".join(f"- {row}\n" for row in rows))
    assert [one for one in _problems(rich) if one.kind == "redirect"] == []
    assert "subscriptions/steps/" in ends


def test_check_knows_every_page_as_a_link_s_end(rich: Digest) -> None:
    rich.build()
    links = " ".join(f"[x](/{one})" for one in _addresses(rich))
    links += " [x](/2025/08/07/index.json) [x](/feeds/subscriptions/steps.rss.xml)"
    rich.write("content/pages/hidden.md", f"Title: Hidden\nStatus: hidden\n\n{links}\n")
    assert [one.message for one in _problems(rich) if one.kind == "link"] == []
    broken = "[x](/subscriptions/none/) [x](/2024/01/) [x](/2025/W02/) [x](/feeds/none.json)"
    broken += " [x](/topics/nothing/2024-01/)"
    rich.write("content/pages/hidden.md", f"Title: Hidden\nStatus: hidden\n\n{broken}\n")
    assert len([one for one in _problems(rich) if one.kind == "link"]) == 5


def test_a_redirect_from_any_live_page_does_nothing_and_check_says_so(rich: Digest) -> None:
    rich.build()
    before = rich.files()
    live = [one for one in _addresses(rich) if one and redirects.is_address(one)]
    live.remove("topics/former/")
    assert {"trending/", "subscriptions/steps/", "subscribe/", "saved/", "hidden/"} <= set(live)
    rows = [json.dumps({"from": one, "to": "archive/"}) for one in live if one != "archive/"]
    rows.append('{"from": "topics/former/", "to": "topics/"}')
    rich.write("content/redirects.yml", "".join(f"- {row}\n" for row in rows))
    rich.build()
    assert rich.files() == before
    told = [one for one in _problems(rich) if one.kind == "redirect"]
    errors = {one.message.split('"')[1] for one in told if one.severity == checks.ERROR}
    assert errors == {"topics/", "tags/", "saved/", "offline/", "subscribe/", "curators/"}
    assert {one.severity for one in told} == {checks.NOTE, checks.ERROR}
    assert len(told) == len(rows) - 1


@pytest.mark.parametrize("name", ["trending/", "subscriptions/steps/", "search/"])
def test_a_redirect_from_a_page_that_is_gone_leads_on(rich: Digest, name: str) -> None:
    rich.write("content/redirects.yml", f'- {{"from": "{name}", "to": "archive/"}}\n')
    rich.set("BROADSHEET_SEARCH", False)
    (rich.folder / "content/subscriptions/steps.yml").unlink()
    shutil.rmtree(rich.folder / "content/2025")
    shutil.rmtree(rich.folder / "content/2026")
    rich.build()
    assert "url=/some/path/archive/" in rich.page(name)


def test_a_day_of_another_year_is_linked_with_its_year(rich: Digest) -> None:
    rich.build()
    assert ">31 December 2025<" in rich.page("")
    assert "1 January 2026" in rich.page("2025/12/31/")
