"""The rules of the feed formats, as their specifications state them, and what the W3C's feed
validator warns of beside them: each function lists what a document breaks.

One of its warnings is left out: that entries of one moment (`updated`) cannot be sorted. A day's
papers are of one moment.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import entities, unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")
_RFC822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d [+-]\d{4}\Z"
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*\Z")


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _is_address(text: str | None) -> bool:
    if not text or text != text.strip() or re.search(r"[\s<>\"]", text):
        return False
    parts = urlsplit(text)
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or (
        parts.scheme in ("urn", "mailto") and bool(parts.path)
    )


def _is_rfc3339(text: str | None) -> bool:
    if not text or not _RFC3339.match(text):
        return False
    datetime.fromisoformat(text)
    return True


def _is_rfc822(text: str | None) -> bool:
    if not text or not _RFC822.match(text):
        return False
    return f"{parsedate_to_datetime(text):%a}" == text[:3]


def rss_faults(data: bytes) -> list[str]:
    """What of RSS 2.0 (and of the profile, atom:link, content and dc) a document breaks."""
    root = _parse(data)
    faults = []
    if root.tag != "rss" or root.get("version") != "2.0":
        faults.append("no rss 2.0")
    channels = root.findall("channel")
    if len(channels) != 1 or len(root) != 1:
        return [*faults, "expected one channel"]
    channel = channels[0]
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1:
            faults.append(f"channel needs one {name}")
    for name in ("language", "lastBuildDate", "docs", "generator", "pubDate"):
        if len(channel.findall(name)) > 1:
            faults.append(f"channel has two {name}")
    if not _is_address(channel.findtext("link")):
        faults.append("channel link is no address")
    if not channel.findtext("title") or not channel.findtext("description"):
        faults.append("channel title or description is empty")
    language = channel.findtext("language")
    if language is not None and not _LANGUAGE.match(language):
        faults.append("language")
    built = channel.findtext("lastBuildDate")
    if built is not None and not _is_rfc822(built):
        faults.append(f"lastBuildDate {built}")
    selves = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if len(selves) != 1 or not _is_address(selves[0].get("href")):
        faults.append("expected one atom:link to itself")
    faults += [
        f"atom:link {one.get('rel')}"
        for one in channel.findall(f"{ATOM}link")
        if not _is_address(one.get("href"))
    ]
    known = {"title", "link", "description", "language", "lastBuildDate", "docs", "generator",
             "item", "image", f"{ATOM}link", f"{HISTORY}archive"}  # fmt: skip
    for image in channel.findall("image"):
        if not _is_address(image.findtext("url")):
            faults.append(f"image {image.findtext('url')}")
        for name in ("title", "link"):
            if image.findtext(name) != channel.findtext(name):
                faults.append(f"an image's {name} should be the channel's")
    faults += [f"unknown {one.tag}" for one in channel if one.tag not in known]
    guids = []
    for item in channel.findall("item"):
        if item.find("title") is None and item.find("description") is None:
            faults.append("an item needs a title or a description")
        for name in ("title", "link", "description", "guid", "pubDate", f"{CONTENT}encoded"):
            if len(item.findall(name)) > 1:
                faults.append(f"an item has two {name}")
        guid = item.find("guid")
        if guid is None or not guid.text:
            faults.append("an item without guid")
        else:
            guids.append(guid.text)
            if guid.get("isPermaLink", "true") == "true" and not _is_address(guid.text):
                faults.append("a guid that is no permalink")
        if not _is_address(item.findtext("link")):
            faults.append(f"item link {item.findtext('link')}")
        if not _is_rfc822(item.findtext("pubDate")):
            faults.append(f"pubDate {item.findtext('pubDate')}")
        allowed = {"title", "link", "guid", "pubDate", "category", "description", f"{DC}creator",
                   f"{CONTENT}encoded"}  # fmt: skip
        faults += [f"unknown {one.tag}" for one in item if one.tag not in allowed]
        faults += [f"empty {one.tag}" for one in item if not (one.text or "").strip()]
    if len(set(guids)) != len(guids):
        faults.append("two items with one guid")
    return faults


def atom_faults(data: bytes) -> list[str]:
    """What of RFC 4287 (and of RFC 5005, section 4) a document breaks."""
    root = _parse(data)
    faults = []
    if root.tag != f"{ATOM}feed":
        return ["no Atom feed"]
    faults += _atom_common(root, "feed")
    if len(root.findall(f"{ATOM}subtitle")) > 1 or len(root.findall(f"{ATOM}generator")) > 1:
        faults.append("two subtitles or generators")
    rels = [one.get("rel", "alternate") for one in root.findall(f"{ATOM}link")]
    if rels.count("self") != 1:
        faults.append("expected one link to itself")
    archive = root.find(f"{HISTORY}archive") is not None
    if archive and "current" not in rels:
        faults.append("an archived document must name the current one")
    if rels.count("prev-archive") > 1 or rels.count("next-archive") > 1:
        faults.append("two archives before or after")
    ids = []
    named = root.find(f"{ATOM}author") is not None
    for entry in root.findall(f"{ATOM}entry"):
        faults += _atom_common(entry, "entry")
        ids.append((entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")))
        if not named and entry.find(f"{ATOM}author") is None:
            faults.append("an entry without author")
        published = entry.findall(f"{ATOM}published")
        if len(published) > 1 or not all(_is_rfc3339(one.text) for one in published):
            faults.append("published")
        contents = entry.findall(f"{ATOM}content")
        if len(contents) > 1:
            faults.append("two contents")
        if not contents and not any(
            one.get("rel", "alternate") == "alternate" for one in entry.findall(f"{ATOM}link")
        ):
            faults.append("an entry with neither content nor alternate")
        for one in contents:
            if one.get("type") not in ("text", "html") or len(one):
                faults.append("content of a wrong type")
        for one in entry.findall(f"{ATOM}category"):
            if not one.get("term"):
                faults.append("a category without term")
    if len(set(ids)) != len(ids):
        faults.append("two entries with one id")
    return faults


def _atom_common(element: Any, what: str) -> list[str]:
    faults = []
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            faults.append(f"{what} needs one {name}")
    if not _is_address(element.findtext(f"{ATOM}id")):
        faults.append(f"{what} id is no IRI")
    if not _is_rfc3339(element.findtext(f"{ATOM}updated")):
        faults.append(f"{what} updated")
    alternates = set()
    for link in element.findall(f"{ATOM}link"):
        if not _is_address(link.get("href")):
            faults.append(f"{what} link {link.get('href')}")
        if link.get("rel", "alternate") == "alternate":
            key = (link.get("type"), link.get("hreflang"))
            if key in alternates:
                faults.append("two alternates of one type")
            alternates.add(key)
    for author in element.findall(f"{ATOM}author"):
        if len(author.findall(f"{ATOM}name")) != 1 or not author.findtext(f"{ATOM}name"):
            faults.append("an author needs one name")
    return faults


def json_faults(data: bytes) -> list[str]:
    """What of JSON Feed 1.1 a document breaks."""
    feed = json.loads(data.decode())
    faults = []
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("version")
    if not isinstance(feed.get("title"), str) or not feed["title"]:
        faults.append("title")
    for key in ("home_page_url", "feed_url", "next_url"):
        if key in feed and not _is_address(feed[key]):
            faults.append(key)
    if feed.get("next_url") == feed.get("feed_url"):
        faults.append("next_url must not be feed_url")
    for hub in feed.get("hubs", []):
        if not hub.get("type") or not _is_address(hub.get("url")):
            faults.append("hub")
    if not isinstance(feed.get("items"), list):
        return [*faults, "items"]
    known = {"id", "url", "external_url", "title", "content_html", "content_text", "summary",
             "date_published", "date_modified", "authors", "tags", "language"}  # fmt: skip
    ids = [item.get("id") for item in feed["items"]]
    if len(set(ids)) != len(ids):
        faults.append("two items with one id")
    for item in feed["items"]:
        faults += [f"unknown {key}" for key in item.keys() - known]
        if not isinstance(item.get("id"), str) or not item["id"]:
            faults.append("an item without id")
        if "content_html" not in item and "content_text" not in item:
            faults.append("an item without content")
        for key in ("date_published", "date_modified"):
            if key in item and not _is_rfc3339(item[key]):
                faults.append(key)
        for key in ("url", "external_url"):
            if key in item and not _is_address(item[key]):
                faults.append(key)
        for author in item.get("authors", []):
            if not {"name", "url", "avatar"} & author.keys():
                faults.append("an author without name")
        if not all(isinstance(tag, str) for tag in item.get("tags", [])):
            faults.append("tags")
    return faults


# What the W3C's validator warns of.

_END_TAG = re.compile(r"</(\w+)>")
_ENTITY = re.compile(r"&(#?\w+);")
_REFERENCE = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"']*)""")
_EVIL = re.compile(r"<(script|meta|embed|object|iframe|style)\b|\bon\w+\s*=|\bstyle\s*=", re.I)


def _plain_warnings(what: str, text: str | None) -> list[str]:
    """Text in which a reader may take something for HTML."""
    if not text or not text.strip():
        return [f"{what} is blank"]
    if any(tag.lower() in ("a", "b", "i", "p", "em", "sub", "sup", "strong", "span", "div")
           for tag in _END_TAG.findall(text)):  # fmt: skip
        return [f"{what} has a tag"]
    if any(name.lstrip("#").isdigit() or name in entities.name2codepoint
           for name in _ENTITY.findall(text)):  # fmt: skip
        return [f"{what} has an entity"]
    return []


def _html_warnings(what: str, text: str | None) -> list[str]:
    """HTML that isn't safe, or has addresses that need to know where it stands."""
    found = [f"{what} has {one}" for one in _EVIL.findall(re.sub(r">[^<]*<", "><", text or ""))]
    return found + [
        f"{what} refers to {address}"
        for address in _REFERENCE.findall(text or "")
        if not urlsplit(unescape(address)).scheme
    ]


def rss_warnings(data: bytes) -> list[str]:
    """What is valid in RSS, and better left alone."""
    channel = _parse(data).find("channel")
    found = _plain_warnings("channel title", channel.findtext("title"))
    found += _plain_warnings("channel description", channel.findtext("description"))
    tags = [one.tag for one in channel]
    if "item" in tags and "item" in tags[: len(tags) - tags.count("item")]:
        found.append("an item stands before what tells of the channel")
    for item in channel.findall("item"):
        found += _plain_warnings("title", item.findtext("title"))
        for category in item.findall("category"):
            found += _plain_warnings("category", category.text)
        inner = [one.tag for one in item]
        if "description" not in inner or (
            f"{CONTENT}encoded" in inner
            and inner.index(f"{CONTENT}encoded") < inner.index("description")
        ):
            found.append("a description is missing, or comes after the content")
        for name in ("description", f"{CONTENT}encoded"):
            found += _html_warnings(name, item.findtext(name))
    for link in channel.findall(f"{ATOM}link"):
        if link.get("rel") == "self" and link.get("type") != "application/rss+xml":
            found.append("self has another type")
    return found


def atom_warnings(data: bytes) -> list[str]:
    """What is valid in Atom, and better left alone."""
    root = _parse(data)
    found = _plain_warnings("title", root.findtext(f"{ATOM}title"))
    tags = [one.tag for one in root]
    entries = tags.count(f"{ATOM}entry")
    if f"{ATOM}entry" in tags[: len(tags) - entries]:
        found.append("an entry stands before what tells of the feed")
    links = [(one.get("rel"), one.get("type")) for one in root.findall(f"{ATOM}link")]
    if len(set(links)) != len(links):
        found.append("two links of one kind")
    for entry in root.findall(f"{ATOM}entry"):
        key = entry.findtext(f"{ATOM}id")
        if key != key.strip() or (key.startswith("urn:") and key != key.lower()):
            found.append(f"{key} is not in its canonical form")
        found += _plain_warnings("title", entry.findtext(f"{ATOM}title"))
        if entry.find(f"{ATOM}content") is None and not entry.findtext(f"{ATOM}summary"):
            found.append("neither content nor summary")
        found += _html_warnings("content", entry.findtext(f"{ATOM}content"))
        for link in entry.findall(f"{ATOM}link"):
            if link.get("rel") in ("current", "prev-archive", "next-archive", "next", "previous"):
                found.append("an entry has a link of feeds")
            if link.get("title") is not None:
                found += _plain_warnings("link title", link.get("title"))
    return found
