"""The site's settings: read once from Pelican's, validated, and passed on as a value.

No code but the Pelican plugin sees Pelican's own settings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .. import urls
from ..cards.card import LEVELS
from ..errors import SettingsError, shown
from ..locale import ENGLISH, Words
from ..outlinks import BUILT_IN, OutLink, PaperLink, links_of, paper_links_of
from ..policy import sources_of
from ..weburl import is_web_address
from .cache import FOLDER
from .language import of_settings as words_of

# Settings that must be off: with them Pelican would write files that are in no plan.
_OFF = ("ARTICLE_PATHS", "THEME_STATIC_PATHS", "DIRECT_TEMPLATES", "FEED_ALL_ATOM", "FEED_ALL_RSS",
        "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS",
        "OUTPUT_SOURCES", "DELETE_OUTPUT_DIRECTORY")  # fmt: skip

_PLUGINS = ["broadsheet"]

AUTHOR_PAGES, AUTHOR_FEEDS = 2, 10
"""The least papers with which a name has a page, and an author a feed, unless settings say
otherwise."""

_LEADS = ("abstract", "summary", "machine")
_PLACEHOLDER = re.compile(r"\{\w{1,30}\}")  # of an address template
_EDITOR = re.compile(r"/_?edit/")  # in addresses of code hosts' editors


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The validated settings.

    `content`, `output`, `theme` and `cache` are folders. `url` is SITEURL without its trailing
    slash ("" if unset). `base` is the path that links start with ("/", "/some/path/"), unused if
    `relative`. `feed_items` is the most items of a feed,
    `author_pages` and `author_feeds` the least papers with which a name has a page and an author a
    feed (0: none has). `term_feeds` and `term_exports` are the formats of the feeds and of the
    exports of topics and tags. `menu`, `links` and `social` are links of
    the digest's own, `links_name` and `social_name` what the latter are called ("" for the usual),
    `paper_links` those shown with papers, `csp` sources added to the Content-Security-Policy.
    `until` is the last day that is published, where a setting says so; pages depend on the days
    that there are, not on it. `leads` is what papers' leads are taken from: "abstract", or
    "summary", the listing's, or "machine", a model's sentence, where there is one. `cards` is what
    has pictures for link previews: ("site", "days", "papers") or the beginning of that.
    """

    content: Path
    output: Path
    theme: Path
    cache: Path
    name: str
    tagline: str
    url: str
    base: str
    relative: bool
    timezone: str
    repository: str | None
    edit_url: str | None
    suggest_url: str | None = None
    search: bool = True
    offline: bool = True
    feed_items: int
    author_pages: int = AUTHOR_PAGES
    author_feeds: int = AUTHOR_FEEDS
    term_feeds: tuple[str, ...] = urls.FEEDS
    term_exports: tuple[str, ...] = urls.EXPORTS
    hub: str | None
    identity: str
    words: Words = ENGLISH
    menu: tuple[OutLink, ...] = ()
    links: tuple[OutLink, ...] = ()
    social: tuple[OutLink, ...] = ()
    links_name: str = ""
    social_name: str = ""
    paper_links: tuple[PaperLink, ...] = tuple(BUILT_IN.values())
    csp: tuple[tuple[str, tuple[str, ...]], ...] = ()
    until: date | None = None
    leads: str = "abstract"
    cards: tuple[str, ...] = ()

    def fingerprint(self) -> tuple[object, ...]:
        """Return the settings that pages depend on, as a tuple to be hashed."""
        return (self.name, self.tagline, self.url, self.base, self.relative, self.timezone,
                self.words.fingerprint(), self.repository, self.edit_url, self.feed_items, self.hub,
                self.identity, self.suggest_url, self.search, self.menu, self.links, self.social,
                self.links_name, self.social_name, self.paper_links, self.csp,
                self.author_pages, self.author_feeds, self.term_feeds, self.term_exports,
                self.leads, self.offline, self.cards)  # fmt: skip

    def edit_address(self, path: str) -> str | None:
        """Return the address where to propose a change to a file below content/, or to see the
        files of a folder; None without BROADSHEET_EDIT_URL."""
        if not self.edit_url:
            return None
        if "." not in path:  # a folder: code hosts show it, but can't edit it
            return _EDITOR.sub("/tree/", self.edit_url, count=1).replace("{path}", path)
        return self.edit_url.replace("{path}", path)


def refuse_pelicans_own(values: Mapping[str, Any]) -> None:
    """Raise SettingsError for a setting with which Pelican would write pages of its own."""
    on = [name for name in _OFF if values.get(name)]
    if on:
        raise SettingsError(
            f"{on[0]} = {values[on[0]]!r}: Broadsheet writes these pages itself; "
            f"expected it to be switched off, as in the pelicanconf.py of a new digest"
        )


def require_plugin(values: Mapping[str, Any]) -> None:
    """Raise SettingsError for plugins of which none is Broadsheet: Pelican would go without it."""
    plugins = values.get("PLUGINS", _PLUGINS)
    named = plugins if isinstance(plugins, (list, tuple, set)) else ()
    if not any(getattr(each, "__name__", each) in _PLUGINS for each in named):
        raise SettingsError(
            f"PLUGINS = {shown(repr(plugins))}: expected {_PLUGINS!r}, and others, "
            f"as in the pelicanconf.py of a new digest"
        )


def require_theme(values: Mapping[str, Any]) -> None:
    """Raise SettingsError for a theme without templates: any page's might be named as missing."""
    theme = str(values["THEME"])
    if not values.get("THEME_TEMPLATES_OVERRIDES") and not Path(theme, "templates").is_dir():
        raise SettingsError(
            f"THEME = {shown(theme)}: this folder has no folder templates; expected a theme's "
            "folder, or the line as in the pelicanconf.py of a new digest"
        )


def of_pelican(values: Mapping[str, Any]) -> Settings:
    """Return the settings that Pelican's settings hold. Raises SettingsError, naming the setting,
    its value and what was expected."""
    refuse_pelicans_own(values)
    require_plugin(values)
    url = _text(values, "SITEURL", "").rstrip("/")
    if url and not is_web_address(url):
        raise SettingsError(f"SITEURL = {shown(url)}: expected an address with https://, or ''")
    if "?" in url or "#" in url:
        raise SettingsError(
            f"SITEURL = {shown(url)}: expected an address to which paths can be added, "
            "without ? and #"
        )
    _refuse_password("SITEURL", url)
    repository = _address(values, "BROADSHEET_REPOSITORY")
    edit = _address(values, "BROADSHEET_EDIT_URL")
    if edit is not None and "{path}" not in edit:
        raise SettingsError(
            f"BROADSHEET_EDIT_URL = {shown(edit)}: expected {{path}} where the file's path goes"
        )
    zone = _text(values, "TIMEZONE", "UTC")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"TIMEZONE = {shown(zone)}: expected a name such as Europe/Berlin"
        ) from error
    search = values.get("BROADSHEET_SEARCH", True)
    if not isinstance(search, bool):
        raise SettingsError(f"BROADSHEET_SEARCH = {search!r}: expected True or False")
    offline = values.get("BROADSHEET_OFFLINE", True)
    if not isinstance(offline, bool):
        raise SettingsError(f"BROADSHEET_OFFLINE = {offline!r}: expected True or False")
    items = values.get("BROADSHEET_FEED_ITEMS", 100)
    if not isinstance(items, int) or not 1 <= items <= 1000:
        raise SettingsError(f"BROADSHEET_FEED_ITEMS = {items!r}: expected a count from 1 to 1000")
    leads = _text(values, "BROADSHEET_LEADS", _LEADS[0])
    if leads not in _LEADS:
        raise SettingsError(
            f"BROADSHEET_LEADS = {shown(leads)}: expected one of {', '.join(_LEADS)}"
        )
    return Settings(
        leads=leads,
        cards=_cards(values),
        offline=offline,
        content=Path(values["PATH"]),
        output=Path(values["OUTPUT_PATH"]),
        theme=Path(values["THEME"]),
        # Beside content/, wherever the build is started from.
        cache=Path(values["PATH"]).parent / _text(values, "BROADSHEET_CACHE", FOLDER),
        name=_text(values, "SITENAME", "Daily Papers"),
        tagline=_text(values, "SITESUBTITLE", ""),
        url=url,
        base=(urlsplit(url).path.rstrip("/") + "/") if url else "/",
        relative=bool(values.get("RELATIVE_URLS")),
        timezone=zone,
        repository=repository,
        edit_url=edit,
        suggest_url=_address(values, "BROADSHEET_SUGGEST_URL"),
        search=search,
        feed_items=items,
        author_pages=_least(values, "BROADSHEET_AUTHOR_PAGES", AUTHOR_PAGES),
        author_feeds=_least(values, "BROADSHEET_AUTHOR_FEEDS", AUTHOR_FEEDS),
        term_feeds=_formats(values, "BROADSHEET_FEED_FORMATS", urls.FEEDS, least=1),
        term_exports=_formats(values, "BROADSHEET_EXPORT_FORMATS", urls.EXPORTS),
        hub=_address(values, "BROADSHEET_HUB"),
        identity=_text(values, "BROADSHEET_IDENTITY", ""),
        words=words_of(values),
        menu=links_of(values, "MENUITEMS"),
        links=links_of(values, "LINKS"),
        social=links_of(values, "SOCIAL"),
        links_name=_text(values, "LINKS_WIDGET_NAME", ""),
        social_name=_text(values, "SOCIAL_WIDGET_NAME", ""),
        paper_links=paper_links_of(values),
        csp=sources_of(values),
        until=_day(values, "BROADSHEET_UNTIL"),
    )


def _cards(values: Mapping[str, Any]) -> tuple[str, ...]:
    level = values.get("BROADSHEET_CARDS") or None
    if level is not None and level not in LEVELS:
        raise SettingsError(
            f"BROADSHEET_CARDS = {shown(level)}: expected None or one of {', '.join(LEVELS)}"
        )
    return LEVELS[: LEVELS.index(level) + 1] if level else ()


def jobs_of(values: Mapping[str, Any]) -> int | None:
    """Return how many processes may render, by BROADSHEET_JOBS; None to use the available cores.
    Raises SettingsError."""
    jobs = values.get("BROADSHEET_JOBS")
    if jobs is not None and (not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1):
        raise SettingsError(f"BROADSHEET_JOBS = {jobs!r}: expected a count of 1 or more, or None")
    return jobs


def _text(values: Mapping[str, Any], name: str, default: str) -> str:
    value = values.get(name, default)
    if value is None:
        return default
    if not isinstance(value, str):
        raise SettingsError(f"{name} = {value!r}: expected a text")
    return value


def _least(values: Mapping[str, Any], name: str, default: int) -> int:
    least = values.get(name, default)
    if not isinstance(least, int) or isinstance(least, bool) or least < 0 or least == 1:
        raise SettingsError(f"{name} = {least!r}: expected a count of 2 or more, or 0 for none")
    return least


def _formats(
    values: Mapping[str, Any], name: str, known: tuple[str, ...], least: int = 0
) -> tuple[str, ...]:
    """Return a list of formats in the order of those that are known; all without the setting."""
    given = values.get(name, known)
    if (
        not isinstance(given, list | tuple)
        or len(given) < least
        or any(form not in known for form in given)
    ):
        raise SettingsError(
            f"{name} = {shown(given)}: expected a list of {', '.join(known)}"
            + (f", {least} at least" if least else "")
        )
    return tuple(form for form in known if form in given)


def _day(values: Mapping[str, Any], name: str) -> date | None:
    value = _text(values, name, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(
            f"{name} = {shown(value)}: expected a day such as 2025-08-07, or ''"
        ) from error


def _address(values: Mapping[str, Any], name: str) -> str | None:
    value = _text(values, name, "").rstrip("/")
    if value and not is_web_address(_PLACEHOLDER.sub("x", value)):
        raise SettingsError(f"{name} = {shown(value)}: expected an address with https://, or ''")
    _refuse_password(name, value)
    return value or None


def _refuse_password(name: str, address: str) -> None:
    """Raise SettingsError for an address with a user's name: pages would show it to everybody, and
    so does no message."""
    parts = urlsplit(_PLACEHOLDER.sub("x", address))
    if "@" in parts.netloc:
        raise SettingsError(
            f"{name} = an address at {shown(parts.hostname)} with a user's name or password, which "
            "pages would show; expected it without"
        )
