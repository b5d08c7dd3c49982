"""A digest that strangers wrote: every payload in every field that takes it, in few builds.

Each paper carries a dozen payloads, each in another field, so that as many papers as there are
payloads bring each into each field. With BROADSHEET_SECURITY=full every payload has also a
tag, a subscription, a redirect and a static page of its own (otherwise one of each kind).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from broadsheet.content import pages, redirects
from broadsheet.content.pages import block
from broadsheet.errors import BroadsheetError
from broadsheet.io.settings import of_pelican
from broadsheet.subscriptions.model import parse_subscription
from broadsheet.subscriptions.subscribe_page import form_of
from broadsheet.text.bounded_markdown import page_parser
from broadsheet.topics.vocabulary import parse_tags, parse_topics

from ..digests import Digest
from .payloads import ONE_EACH, PAYLOADS, Payload

FULL = os.environ.get("BROADSHEET_SECURITY") == "full"
WORD = "quagga"  # in every abstract, so that one search finds all
OUTSIDE = "pelicanconf.py"  # a link to it ends a build (test_files.py)
FIRST = date(2025, 7, 21)
A_DAY = 45  # papers
STEP = 41  # between the payloads of a paper's fields; prime to the number of payloads

TEXTS = ("organisation", "submitter", "curator", "summary", "doi")
LISTS = ("authors", "keywords", "categories")
SITENAME = "Digest\"'><script>ran(9001)</script><img src=x onerror=ran(9001)>"
SETTINGS: dict[str, Any] = {
    "SITENAME": SITENAME,
    "SITESUBTITLE": "]]></title><script>ran(9002)</script>{{ 7 * 191 }}\u2028",
    # What is no address is refused (test_fields.py); then the digest has a plain one or none.
    "SITEURL": "https://digest.example/a\"onmouseover='ran(9003)'",
    "DEFAULT_LANG": 'en" onload=ran(9004) x="',
    "MENUITEMS": [("<img src=x onerror=ran(9011)>", "https://x.example/?a=&lt;script&gt;")],
    "LINKS": [("'><script>ran(9012)</script>", "/about/?a=b&c=d")],
    "SOCIAL": [('"onclick="ran(9014)', "mailto:us@digest.example")],
    "LINKS_WIDGET_NAME": '"><script>ran(9015)</script>',
    "SOCIAL_WIDGET_NAME": '" onfocus="ran(9016)" autofocus="',
    "BROADSHEET_PAPER_LINKS": [("<b onclick=ran(9017)>x</b>", "https://x.example/?t={title}")],
    "BROADSHEET_CSP": {"script-src": ["https://x.example'; script-src 'unsafe-inline"]},
    "BROADSHEET_REPOSITORY": 'https://code.example/"onmouseover="ran(9005)',
    "BROADSHEET_EDIT_URL": "https://code.example/'\"onclick=ran(9006)/edit/{path}",
    "BROADSHEET_SUGGEST_URL": 'https://code.example/?a="><script>ran(9007)</script>',
    "BROADSHEET_IDENTITY": '<x>\n"',
    "BROADSHEET_FEED_ITEMS": 1000,
    "BROADSHEET_MAIL_FROM": "papers@digest.example",
    "BROADSHEET_MAIL_UNSUBSCRIBE": "https://lists.example/{token}?a='b'&c=d",
    "BROADSHEET_SUBSCRIBE": {
        "service": "listmonk",
        "url": 'https://lists.example/"onmouseover="ran(9008)',
        "lists": {"Daily <img src=x onerror=ran(9009)>": '"><script>ran(9010)</script>'},
    },
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """The digest as it was written, and which payloads a reader of content refused where."""

    digest: Digest
    papers: tuple[str, ...]  # ids
    days: tuple[date, ...]
    refused: tuple[tuple[int, str], ...]  # a payload's number, and the field


def chosen() -> tuple[Payload, ...]:
    """The payloads that get a tag, a subscription, a redirect and a page of their own."""
    return PAYLOADS if FULL else ONE_EACH


def write(digest: Digest) -> Hostile:
    """Write the digest's content and settings."""
    refused: list[tuple[int, str]] = []
    for name, value in SETTINGS.items():
        if _setting_accepted(name, value):
            digest.set(name, value)
        elif name == "BROADSHEET_SUBSCRIBE":
            digest.set(name, {**SETTINGS[name], "url": "https://lists.example"})
        elif name == "SITEURL":
            digest.set(name, "https://digest.example/a")
    tags, topics = _vocabulary(digest, refused)
    ids = []
    days: dict[date, dict[str, list[str]]] = {}
    for number in range(len(PAYLOADS)):
        day = FIRST + timedelta(number // A_DAY)
        topic = topics.get(PAYLOADS[number].kind, "other")
        section = _section(number, tags, refused)
        days.setdefault(day, {}).setdefault(topic, []).append(section)
        ids.append(f"paper-{number}")
    for name in ("2025/08/07/optimization.md", "2025/08/07/day.yml", "2025/08/08/vision.md"):
        (digest.folder / "content" / name).unlink()
    for n, (day, groups) in enumerate(days.items()):
        _day(digest, day, groups, PAYLOADS[n])
    _subscriptions(digest, refused)
    _redirects(digest, refused)
    _pages(digest, refused)
    return Hostile(digest, tuple(ids), tuple(days), tuple(refused))


def _accepted(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except BroadsheetError:
        return False
    return True


def _setting_accepted(name: str, value: object) -> bool:
    folders = {"PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme"}
    try:
        of_pelican({**folders, name: value})
        form_of({name: value})
    except BroadsheetError:
        return False
    return True


def _section(number: int, tags: dict[str, str], refused: list[tuple[int, str]]) -> str:
    """A paper as a stranger would write it, by hand; what its page's reader refuses is left out."""

    def at(place: int) -> Payload:
        return PAYLOADS[(number + STEP * place) % len(PAYLOADS)]

    values: dict[str, object] = {
        "id": f"paper-{number}",
        "tags": list(tags.values())[number % 7 :: 7],
    }
    for place, name in enumerate(TEXTS, 3):
        values[name] = at(place).text
    for place, name in enumerate(LISTS, 3 + len(TEXTS)):
        values[name] = [at(place).text, "Ada Example", f"{at(place + 20).text} Bo"]
    values["x-own"] = {"__proto__": at(11).text, "a": [at(12).text]}
    values["upvotes"] = str(number % 50)
    kept = {}
    for name, value in values.items():
        one = {"id": "x", name: value}
        if _accepted(lambda text: pages.parse(_page(text)), _text("T", one)):
            kept[name] = value
    title, abstract, note = (at(place) for place in range(3))
    shown = " ".join(title.text.split()) or "-"
    if not _accepted(_single, _text(shown, kept)):
        refused.append((title.number, "title"))
        shown = f"Title {number}"
    body = f"We study the {WORD} {title.name}.\n\n{abstract.text}\n"
    if not _accepted(_single, _text(shown, kept, body)):
        refused.append((abstract.number, "abstract"))
        body = f"We study the {WORD} {title.name}.\n"
    quoted = "\n".join(f"> {line}" for line in note.text.splitlines())
    if not _accepted(_single, _text(shown, kept, f"{body}\n{quoted}\n")):
        refused.append((note.number, "note"))
        quoted = "> A note."
    return _text(shown, kept, f"{body}\n{quoted}\n")


def _text(title: str, values: dict[str, object], body: str = "x\n") -> str:
    return f"## {title}\n\n```yaml\n{block.format(values)}```\n\n{body}\n"


def _page(section: str, topic: str = "vision", day: date = FIRST, title: str = "Vision") -> str:
    front = block.format({"title": title, "date": day.isoformat(), "topic": topic})
    return f"---\n{front}---\n\n{section}"


def _single(section: str) -> None:
    """Read a section. Raises ContentError where it is refused, or reads as another or several."""
    found = pages.parse(_page(section + "\n## Next\n\n```yaml\nid: next\n```\n\nText.\n"))
    if [one.id for one in found.papers][1:] != ["next"]:
        raise BroadsheetError("more than a paper")


def _vocabulary(
    digest: Digest, refused: list[tuple[int, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Tags and topics that are called by payloads: slugs by the payloads' names, and by kind."""
    tags, topics, rows, groups = {}, {}, [], []
    for payload in chosen():
        text = " ".join(payload.text.split())
        tag = {"slug": f"tag-{payload.number}", "name": text, "kind": "method",
               "synonyms": [payload.name]}  # fmt: skip
        if _accepted(parse_tags, json.dumps({"tags": [tag]})):
            rows.append(tag)
            tags[payload.name] = str(tag["slug"])
        else:
            refused.append((payload.number, "tag"))
    for payload in PAYLOADS:
        text = " ".join(payload.text.split())
        topic = {"slug": f"topic-{payload.number}", "name": text, "description": f"{text}.",
                 "words": {"1.0": [payload.name]}}  # fmt: skip
        whole = {"version": "1", "topics": [topic]}
        if payload.kind not in topics and _accepted(parse_topics, json.dumps(whole)):
            groups.append(topic)
            topics[payload.kind] = str(topic["slug"])
    digest.write("content/tags.yml", json.dumps({"tags": rows}))
    digest.write("content/topics.yml", json.dumps({"version": "1", "topics": groups}))
    return tags, topics


def _day(digest: Digest, day: date, groups: dict[str, list[str]], payload: Payload) -> None:
    folder = f"content/{day:%Y/%m/%d}"
    for topic, sections in groups.items():
        page = _page("\n".join(sections), topic, day, payload.text)
        if not _accepted(pages.parse, page):
            page = _page("\n".join(sections), topic, day)
        digest.write(f"{folder}/{topic}.md", page)
    arrival = {"file": f"{day}.{payload.text}.txt", "sha256": payload.text, "papers": 3,
               "source": f"<img src=x onerror=ran({payload.number})> {payload.text}"}  # fmt: skip
    fate = {"id": "old-news", "title": payload.text, "became": "declined"}
    digest.write(
        f"{folder}/day.yml",
        f"date: {day}\nlistings:\n- {json.dumps(arrival)}\npapers:\n- {json.dumps(fate)}\n",
    )


def _subscriptions(digest: Digest, refused: list[tuple[int, str]]) -> None:
    for payload in chosen():
        name = f"s-{payload.number}"
        kept: dict[str, object] = {"title": payload.text, "words": WORD}
        read = partial(parse_subscription, name=name)
        for key, value in (
            ("description", payload.text),
            ("words", f"{WORD} {payload.text}"),
            ("excluded", [payload.text]),
        ):
            more = {**kept, key: value}
            if _accepted(read, json.dumps(more)):
                kept = more
            else:
                refused.append((payload.number, f"subscription {key}"))
        if _accepted(read, json.dumps(kept)):
            digest.write(f"content/subscriptions/{name}.yml", json.dumps(kept))


def _redirects(digest: Digest, refused: list[tuple[int, str]]) -> None:
    rows = []
    for payload in chosen():
        old = f"papers/gone-{payload.number}/"
        row = redirects.Redirect(old=old, new="papers/paper-1/", why=payload.text)
        text = redirects.line_of(row)
        if _accepted(redirects.parse, text):
            rows.append(text)
        else:
            refused.append((payload.number, "redirect"))
    digest.write("content/redirects.yml", "".join(rows))


def _pages(digest: Digest, refused: list[tuple[int, str]]) -> None:
    for name, texts in static_pages():
        first = " ".join(texts[0].text.split()) or "-"
        bodies = [one for one in texts if OUTSIDE not in one.text]
        read = [one for one in bodies if _accepted(page_parser().html, one.text)]
        refused += [(one.number, "static page") for one in bodies if one not in read]
        body = "\n\n".join(one.text for one in read)
        text = f"Title: {first}\nDescription: {first}\nSlug: {name}\n\n{body}\n"
        digest.write(f"content/pages/{name}.md", text.replace("\r", ""))


def static_pages() -> Iterator[tuple[str, tuple[Payload, ...]]]:
    """Static pages by name: one of each kind, with its payloads, or of each payload."""
    if FULL:
        for payload in PAYLOADS:
            yield f"p-{payload.number}", (payload,)
        return
    for one in ONE_EACH:
        yield f"p-{one.number}", tuple(each for each in PAYLOADS if each.kind == one.kind)
