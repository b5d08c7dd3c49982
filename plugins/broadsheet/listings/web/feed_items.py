"""The items of any feed as values: RSS 0.9 to 2.0, RDF, Atom with the modules that journals use
(Dublin Core, PRISM, content, media), and JSON Feed.

What an element is for is told by its namespace and name; those that nobody reads are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..columns import Columns
from ..untrusted import jsons
from ..untrusted.xml_tree import Element, text_of

# What each namespace is called, by what its address holds (PRISM has one for each version).
_NAMESPACES = {
    "purl.org/dc/": "dc",
    "prismstandard.org/": "prism",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/rss/1.0/modules/": "rss",
    "search.yahoo.com/mrss": "media",
    "itunes.com/dtds": "itunes",
    "arxiv.org/schemas": "arxiv",
    "w3.org/2005/Atom": "",
    "purl.org/atom/": "",
    "purl.org/rss/1.0/": "",
    "my.netscape.com/": "",
    "backend.userland.com/": "",
    "w3.org/1999/xhtml": "xhtml",
    "feedburner": "feedburner",
    "wellformedweb.org": "wfw",
    "wordpress.org": "wp",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf",
}
# Elements that tell of the feed, not of a paper, or repeat what others say.
_NOISE = frozenset(
    "comments source rights copyright ttl language generator control edited dc:format dc:language"
    " dc:type dc:rights dc:publisher prism:copyright prism:issn prism:eIssn prism:publisher"
    " prism:hasVersion prism:rights content:items media:group media:title media:description"
    " media:credit media:text media:keywords media:rating media:copyright media:player"
    " itunes:title itunes:subtitle itunes:explicit itunes:duration itunes:episodeType"
    " itunes:episode itunes:season itunes:block slash:department slash:section slash:hit_parade"
    " wfw:commentRss wfw:comment wp:post-id wp:featuredmedia feedburner:awareness".split()
)
_TITLES = ("title", "dc:title", "prism:title", "itunes:title")
_TEXTS = ("description", "summary", "dc:description", "abstract", "prism:teaser", "dc:abstract",
          "content:encoded", "encoded", "content", "body", "xhtml:body",
          "itunes:summary")  # fmt: skip
_ADDRESSES = ("link", "guid", "id", "prism:url", "prism:link", "feedburner:origLink",
              "dc:identifier", "dc:source", "dc:relation", "url")  # fmt: skip
_AUTHORS = ("author", "dc:creator", "authors", "creator", "itunes:author", "prism:author",
            "dc:author")  # fmt: skip
_WORDS = ("category", "dc:subject", "prism:keyword", "keywords", "keyword", "itunes:keywords")
_DATES = ("pubDate", "published", "dc:date", "issued", "created", "prism:publicationDate",
          "dc:created", "dc:issued", "prism:coverDate", "updated", "modified", "date",
          "dc:modified", "prism:creationDate")  # fmt: skip
_DOIS = ("prism:doi", "doi", "arxiv:doi", "dc:identifier", "prism:identifier")
_VENUES = ("prism:publicationName", "journal", "citation_journal_title", "dc:journal")
_KNOWN = {
    name: kind
    for kind, names in (
        ("titles", _TITLES), ("texts", _TEXTS), ("addresses", _ADDRESSES), ("authors", _AUTHORS),
        ("words", _WORDS), ("dates", _DATES), ("dois", _DOIS),
        ("venues", _VENUES),
    )
    for name in reversed(names)
}  # fmt: skip
_MOST = 3_000  # values of one kind in an item


@dataclass(slots=True)
class FeedItem:
    """What an item says, in the feed's own order within each kind; texts may hold HTML."""

    line: int | None = None
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # (name, text), by kind
    media: str = ""
    comments: str = ""

    def add(self, kind: str, name: str, text: str) -> None:
        """Keep a value that says anything."""
        kept = self.values.setdefault(kind, [])
        if text.strip() and len(kept) < _MOST:
            kept.append((name, text.strip()))

    def get(self, kind: str, order: tuple[str, ...] = ()) -> list[str]:
        """Return the values of a kind: those of the names in `order` first, in that order."""
        rank = {name: at for at, name in enumerate(order)}
        found = self.values.get(kind, [])
        return [text for _, text in sorted(found, key=lambda one: rank.get(one[0], len(rank)))]

    @property
    def titles(self) -> list[str]:
        return self.get("titles", _TITLES)

    @property
    def texts(self) -> list[str]:
        return self.get("texts", _TEXTS)

    @property
    def addresses(self) -> list[str]:
        return self.get("addresses", _ADDRESSES)

    @property
    def dates(self) -> list[str]:
        return self.get("dates", _DATES)


def name_of(element: Element) -> str:
    """Return an element's name with its namespace as feeds usually abbreviate it ("dc:creator")."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    address, _, name = tag.rpartition("}")
    if not address:
        return name
    known = next((short for part, short in _NAMESPACES.items() if part in address), None)
    if known is None:
        known = str(element.prefix or "")
    return f"{known}:{name}" if known else name


def xml_items(root: Element, unread: Columns) -> Iterator[FeedItem]:
    """Yield the items of an XML feed. Elements that nobody reads are counted in `unread`."""
    channel = channel_of(root)
    places = (root,) if channel is root else (channel, root)
    for place in places:
        for element in place:
            if name_of(element) in ("item", "entry"):
                yield _xml_item(element, unread)


def channel_of(root: Element) -> Element:
    """Return the element that tells of the feed as a whole."""
    return next((child for child in root if name_of(child) == "channel"), root)


def _xml_item(element: Element, unread: Columns) -> FeedItem:
    item = FeedItem(line=element.sourceline)
    for key, value in element.items():
        if key.endswith("}about"):
            item.add("addresses", "id", value)
    for child in element:
        name = name_of(child)
        if not name:
            continue
        if not _take(item, child, name) and name not in _NOISE:
            unread.leave(name, text_of(child).strip() or " ".join(child.values()), child.sourceline)
    return item


def _take(item: FeedItem, child: Element, name: str) -> bool:
    """Add what an element of an item says; return whether it is of a kind that is read."""
    if name in ("media:thumbnail", "media:content", "enclosure", "itunes:image"):
        _picture(item, child, name)
        return True
    if name == "media:group":
        for inner in child:
            _take(item, inner, name_of(inner))
        return True
    if name == "slash:comments":
        item.comments = text_of(child)
        return True
    kind = _KNOWN.get(name)
    if kind is None:
        return False
    if name == "link" and child.get("href"):
        if child.get("rel", "alternate") in ("alternate", "related", "via"):
            item.add("addresses", name, child.get("href"))
        return True
    if name == "category" and child.get("term"):
        item.add("words", name, child.get("term"))
        return True
    if kind == "authors" and (parts := [one for one in child if name_of(one) == "name"]):
        for one in parts:
            item.add("authors", "name", text_of(one))
        return True
    item.add(kind, name, _inner(child) if kind in ("texts", "titles") else text_of(child))
    if name in _DOIS:
        item.add("dois", name, text_of(child))
    return True


def _inner(element: Element) -> str:
    """Return an element's text; its markup too, where it holds XHTML as elements."""
    if len(element) == 0:
        return element.text or ""
    pieces = [element.text or ""]
    pieces += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(pieces)


def _picture(item: FeedItem, child: Element, name: str) -> None:
    kind = child.get("type") or child.get("medium") or ""
    if name in ("media:thumbnail", "itunes:image") or kind.startswith("image"):
        item.media = item.media or child.get("url") or child.get("href") or ""


_JSON_KINDS = {
    "title": "titles", "content_html": "texts", "content_text": "texts", "summary": "texts",
    "url": "addresses", "external_url": "addresses", "id": "addresses",
    "date_published": "dates", "date_modified": "dates", "doi": "dois",
}  # fmt: skip
_JSON_NAMES = {"content_html": "content", "content_text": "body", "url": "guid",
               "external_url": "link", "date_published": "published",
               "date_modified": "updated"}  # fmt: skip
_JSON_NOISE = ("language", "attachments")


def is_json_feed(value: object) -> bool:
    """Return whether a JSON value is a JSON Feed (https://jsonfeed.org)."""
    about = jsons.mapping(value)
    return "jsonfeed.org" in jsons.string(about.get("version")) and isinstance(
        about.get("items"), list
    )


def json_items(feed: dict[str, Any], unread: Columns) -> Iterator[FeedItem]:
    """Yield the items of a JSON Feed. Keys that nobody reads are counted in `unread`."""
    for value in jsons.items(feed.get("items")):
        item = FeedItem()
        for key, held in jsons.mapping(value).items():
            if kind := _JSON_KINDS.get(key):
                item.add(kind, _JSON_NAMES.get(key, key), _json_text(held))
            elif key in ("author", "authors"):
                for one in jsons.items(held) or [held]:
                    name = jsons.mapping(one).get("name") if isinstance(one, dict) else one
                    item.add("authors", "name", jsons.string(name))
            elif key == "tags":
                for word in jsons.items(held):
                    item.add("words", "category", jsons.string(word))
            elif key in ("image", "banner_image"):
                item.media = item.media or jsons.string(held)
            elif key not in _JSON_NOISE:
                unread.leave(key, held)
        yield item


def _json_text(value: object) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else jsons.string(value)
