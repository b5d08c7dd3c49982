"""Pages and feeds of authors and organisations, and the links to them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html as markup

from tests.digests import Digest

_ATOM = "{http://www.w3.org/2005/Atom}"
MISSING = '"authors/uma-writer/" is not a page of this site'


def _paper(key: str, authors: str, more: str = "") -> str:
    return f"## On {key}\n\n```yaml\nid: {key}\nauthors: [{authors}]\n{more}```\n\nWe study it.\n"


def _day(digest: Digest, iso: str, *papers: str) -> None:
    head = f"---\ntitle: Vision\ndate: {iso}\ntopic: vision\n---\n\n"
    digest.write(f"content/{iso.replace('-', '/')}/vision.md", head + "\n".join(papers))
    digest.write(
        f"content/{iso.replace('-', '/')}/day.yml", f"date: {iso}\nlistings: []\npapers: []\n"
    )


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    made = Digest(tmp_path / "digest")
    made.set("SITEURL", "https://digest.example")
    _day(made, "2025-03-03", _paper("one", "Uma Writer, Vic Once"))
    _day(
        made,
        "2025-04-04",
        _paper("two", "José Müller, uma writer", "organisation: A Lab\n"),
        _paper("three", "Jose Muller", "organisation: A lab\nstars: 1200\nvenue: A Workshop\n"),
    )
    return made


def _links(digest: Digest, key: str) -> dict[str, str]:
    page = markup.fromstring(digest.page(f"papers/{key}/"))
    return {link.text: link.get("href") for link in page.xpath('//p[@class="authors"]//a')}


def test_a_name_of_two_papers_has_a_page_and_others_a_search(digest: Digest) -> None:
    digest.build()
    assert _links(digest, "two") == {
        "José Müller": "/search/?q=author:%22Jos%C3%A9%20M%C3%BCller%22",
        "uma writer": "/authors/uma-writer/",
    }
    page = digest.page("authors/uma-writer/")
    assert "2 papers since 3 March 2025" in page
    assert [path in page for path in ("/papers/two/", "/papers/one/", "/papers/three/")] == [
        True,
        True,
        False,
    ]
    assert page.index("/papers/two/") < page.index("/papers/one/")
    assert "Everybody of this name is on this page" in page
    assert "noindex" in page
    assert '<a href="/authors/uma-writer/" dir=auto>uma writer</a>' in digest.page("authors/")


def test_an_organisation_has_a_page_with_a_feed(digest: Digest) -> None:
    digest.build()
    paper = digest.page("papers/three/")
    assert '<a href="/organizations/a-lab/">A lab</a>' in paper
    assert "1,200" in paper
    assert "A Workshop" in paper
    assert "A lab" in digest.page("2025/04/04/")
    feed = ElementTree.fromstring(digest.page("feeds/organizations/a-lab.atom.xml"))
    assert [entry.findtext(f"{_ATOM}title") for entry in feed.iter(f"{_ATOM}entry")] == [
        "On two",
        "On three",
    ]


def test_a_later_paper_changes_no_page_of_an_earlier_one(digest: Digest) -> None:
    digest.build()
    before = digest.files()
    _day(digest, "2025-05-05", _paper("four", "Vic Once, Jose Muller"))
    digest.build()
    after = digest.files()
    assert _links(digest, "four") == {
        "Vic Once": "/authors/vic-once/",
        "Jose Muller": "/authors/jose-muller/",
    }
    same = ("papers/one/index.html", "papers/two/index.html", "authors/uma-writer/index.html")
    assert [after[path] for path in same] == [before[path] for path in same]


@pytest.mark.slow
def test_settings_say_who_has_a_page_and_a_feed(digest: Digest) -> None:
    digest.build(BROADSHEET_AUTHOR_FEEDS=2)
    assert "feeds/authors/uma-writer.atom.xml" in digest.files()
    digest.build(BROADSHEET_AUTHOR_PAGES=3)
    assert "authors/uma-writer/index.html" not in digest.files()
    digest.build(BROADSHEET_AUTHOR_PAGES=0)
    assert not any(path.startswith(("authors/", "organizations/")) for path in digest.files())
    assert _links(digest, "two")["uma writer"].startswith("/search/")
    with pytest.raises(SystemExit):
        digest.build(BROADSHEET_AUTHOR_PAGES=1)


@pytest.mark.slow
def test_a_list_of_names_and_the_links_to_it_are_there_once_it_names_somebody(
    digest: Digest,
) -> None:
    _day(digest, "2025-04-04", _paper("two", "José Müller"))
    digest.build()
    assert not any(path.startswith(("authors/", "organizations/")) for path in digest.files())
    assert 'href="/authors/"' not in digest.page("archive/") + digest.page("search/")
    assert "data-authors" not in digest.page("search/")
    digest.write(
        "content/pages/who.md", "Title: Who\n\n[all](/authors/) [one](/authors/vic-once/)\n"
    )
    told = digest.command("check").out
    assert [f'"{path}"' in told for path in ("/authors/", "/authors/vic-once/")] == [True, True]
    assert "/authors/" not in digest.command("check", "content/pages/who.md").out  # in part
    _day(digest, "2025-05-05", _paper("four", "Vic Once"))
    digest.build()
    assert "Vic Once" in digest.page("authors/")
    assert not any(path.startswith("organizations/") for path in digest.files())
    assert '<a href="/authors/">' in digest.page("2025/03/03/")
    assert "/organizations/" not in digest.page("archive/")
    assert "/authors/" not in digest.command("check").out


def test_the_address_of_a_name_leads_on_where_a_paper_is_retired(digest: Digest) -> None:
    digest.build()
    digest.command("retire", "two")
    assert '"from": "authors/uma-writer/", "to": "authors/"' in digest.read("content/redirects.yml")
    digest.build()
    assert "/authors/" in digest.page("authors/uma-writer/")
    assert digest.page("authors/")  # which names nobody now, and no footer leads to
    assert '<a href="/authors/">' not in digest.page("archive/")
    assert "/authors/" not in digest.command("check").out


def test_check_and_retire_ask_the_settings_how_many_papers_a_page_takes(digest: Digest) -> None:
    digest.set("BROADSHEET_AUTHOR_PAGES", 3)
    row = '- {"from": "papers/old/", "to": "authors/uma-writer/"}\n'
    digest.write("content/redirects.yml", row)
    assert MISSING in digest.command("check").out
    digest.set("BROADSHEET_AUTHOR_PAGES", 2)
    assert MISSING not in digest.command("check").out
    digest.set("BROADSHEET_AUTHOR_PAGES", 0)
    assert MISSING in digest.command("check").out
    digest.command("retire", "two")
    assert '"from": "authors/uma-writer/"' not in digest.read("content/redirects.yml")
