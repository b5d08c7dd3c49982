"""The Subscribe page: forms of mail services, and what a wrong setting says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

from broadsheet.errors import SettingsError
from broadsheet.feeds.source import FeedSource
from broadsheet.locale import ENGLISH
from broadsheet.render.labels import Labels
from broadsheet.render.translated import Translated, translate
from broadsheet.render.views import HeadView, SiteView
from broadsheet.subscriptions.model import Subscription
from broadsheet.subscriptions.subscribe_page import (
    MANY,
    follow_views,
    form_of,
    propose_address,
    readers,
)
from tests.feeds.test_targets import SETTINGS, VOCABULARY

THEME = Path(__file__).parents[2] / "theme" / "templates"
LISTMONK = {"service": "listmonk", "url": "https://lists.example.org/",
            "lists": {"Every day": "aaaa-1", "Every week": "bbbb-2"}}  # fmt: skip


def page(setting: Any) -> Any:
    return html.fromstring(page_text(setting))


def page_text(setting: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Translated],
    )
    translate(environment, ENGLISH)
    form = form_of({"BROADSHEET_SUBSCRIBE": setting})
    site = SiteView(name="Papers", tagline="", url=SETTINGS.url, lang="en", menu=(), pages=(),
                    feeds=(), repository=None, stylesheet="theme/css/main.css", scripts=(),
                    mail_origin=form and form.origin)  # fmt: skip
    head = HeadView(title="Subscribe", description="", path="subscribe/", canonical=None, feeds=())
    groups = follow_views(
        [FeedSource("all"), FeedSource("topic", "vision"), FeedSource("tag", "nets")],
        [Subscription(name="robots", title="Robots & <co>", words="robot")],
        Labels(VOCABULARY),
    )
    return environment.get_template("subscribe.html").render(
        site=site, head=head, root="../", form=form, groups=groups, readers=readers(SETTINGS)
    )


def test_all_feeds_are_listed_under_headings_in_three_formats() -> None:
    made = page(None)
    assert [one.text for one in made.findall(".//section/h2")] == [
        "Everything", "Subscriptions", "Topics", "How feeds work"]  # fmt: skip
    feeds = [one.get("href") for one in made.iterfind(".//a[@data-feed]")]
    assert "../feeds/all.rss.xml" in feeds
    assert "../feeds/subscriptions/robots.json" in feeds
    assert "../feeds/topics/vision.atom.xml" in feeds
    assert len(feeds) == 3 * 6
    assert "Robots & <co>" in made.text_content()


def test_without_a_service_there_is_no_form() -> None:
    assert not page(None).xpath("//form[@method='post']")
    assert "By mail" not in page(None).text_content()


def test_a_form_goes_to_the_service_and_the_policy_lets_it() -> None:
    made = page(LISTMONK)
    form = made.xpath("//form[@method='post']")[0]
    assert form.get("action") == "https://lists.example.org/subscription/form"
    assert [(one.get("name"), one.get("value")) for one in form.findall(".//input")] == [
        ("nonce", ""), ("l", "aaaa-1"), ("l", "bbbb-2"), ("email", None)]  # fmt: skip
    policy = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "form-action 'self' https://lists.example.org" in policy


def test_buttondown_and_mailto() -> None:
    form = page({"service": "buttondown", "name": "papers", "tags": {"Daily": "daily"}}).xpath(
        "//form[@method='post']"
    )[0]
    assert form.get("action") == "https://buttondown.com/api/emails/embed-subscribe/papers"
    made = page({"service": "mailto", "address": "subscribe@example.org"})
    assert made.xpath("//a[starts-with(@href, 'mailto:subscribe@example.org')]")
    assert not made.xpath("//form[@method='post']")


@pytest.mark.parametrize(
    "setting",
    ["listmonk", {"service": "other"}, {**LISTMONK, "url": "http://x"}, {**LISTMONK, "lists": {}},
     {**LISTMONK, "url": "https://x; script-src *"}, {"service": "buttondown", "name": "a/b"},
     {"service": "mailto", "address": "a b"}, {"service": "buttondown", "name": "a", "tags": [1]}],
)  # fmt: skip
def test_a_wrong_setting_says_what_was_expected(setting: Any) -> None:
    with pytest.raises(SettingsError, match="BROADSHEET_SUBSCRIBE"):
        form_of({"BROADSHEET_SUBSCRIBE": setting})


def test_readers_need_the_site_s_address() -> None:
    assert readers(replace(SETTINGS, url="")) == ()
    assert readers(SETTINGS)[0].path == (
        "https://feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Fexample.org%2Fdigest%2Ffeeds%2F"
        "all.rss.xml"
    )


def test_a_search_is_proposed_where_files_are_edited() -> None:
    edit = "https://github.com/o/r/edit/main/content/{path}"
    assert propose_address(replace(SETTINGS, edit_url=edit)) == (
        "https://github.com/o/r/new/main/content/subscriptions?filename={name}.yml&value={text}"
    )
    assert propose_address(replace(SETTINGS, edit_url="https://code.example/{path}")) is None
    assert propose_address(SETTINGS) is None


def test_of_very_many_subscriptions_the_pages_are_listed_alone() -> None:
    def listed(count: int) -> list[int]:
        asked = [Subscription(name=f"s{n}", title=f"S {n}", words="x") for n in range(count)]
        groups = dict(follow_views([FeedSource("all")], asked, Labels(VOCABULARY)))
        assert all(len(one.feeds) == 3 for one in groups["Everything"])
        return [len(one.feeds) for one in groups["Subscriptions"]]

    assert listed(MANY) == [3] * MANY
    assert listed(MANY + 1) == [0] * (MANY + 1)
