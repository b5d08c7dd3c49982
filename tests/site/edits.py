"""A digest that can be edited in every way that a site depends on: what the tests of incremental
builds do to it, each edit a method.

Papers come in pairs that share rare words, so that there are related papers; topics, tags and
papers of one day stand in several orders.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from broadsheet.archive import reader
from broadsheet.content import vocabularies
from broadsheet.related.day_profiles import DAY_PROFILES
from tests.digests import ROOT, Digest

DAYS = ("2025/06/30", "2025/07/01", "2025/07/31", "2025/08/07", "2025/08/08", "2025/08/10",
        "2025/09/01")  # fmt: skip
TOPICS = ("optimization", "vision", "theory")
_RARE = ("quokka", "zephyr", "marzipan", "obelisk", "kumquat", "tundra")

_NO_FORM = None
_FORMS = (
    {"service": "mailto", "address": "papers@lists.example"},
    {"service": "buttondown", "name": "papers"},
    {"service": "listmonk", "url": "https://lists.example", "lists": {"Every day": "one"}},
)
_ADDRESSES = ("", "https://one.example", "https://two.example/with/path")
SETTINGS: Mapping[str, Sequence[object]] = {
    "SITEURL": _ADDRESSES,
    "SITENAME": ("Papers", "Other papers"),
    "SITESUBTITLE": ("", "A line", "Another line"),
    "TIMEZONE": ("UTC", "Europe/Berlin", "Pacific/Auckland"),
    "RELATIVE_URLS": (False, True),
    "DEFAULT_LANG": ("en", "de", "ar"),
    "BROADSHEET_CONTENT_LANG": ("en", "de"),
    "BROADSHEET_UNTIL": ("", "2025-08-07", "2025-08-31"),
    "MENUITEMS": ([], [("Forum", "https://forum.example"), ("Us", "/about/")]),
    "LINKS": ([], [("Friends", "https://friends.example")]),
    "SOCIAL": ([], [("Us", "https://social.example/us")]),
    "BROADSHEET_PAPER_LINKS": (
        None, ["Google Scholar", ("alphaXiv", "https://alphaxiv.example/abs/{arxiv}")]),
    "BROADSHEET_CSP": ({}, {"script-src": ["https://giscus.example"]}),
    "BROADSHEET_REPOSITORY": _ADDRESSES,
    "BROADSHEET_EDIT_URL": ("", "https://code.example/edit/{path}",
                            "https://github.com/a/b/edit/main/content/{path}"),
    "BROADSHEET_SUGGEST_URL": _ADDRESSES,
    "BROADSHEET_LEADS": ("abstract", "summary"),
    "BROADSHEET_SEARCH": (True, False),
    "BROADSHEET_OFFLINE": (True, False),
    "BROADSHEET_CARDS": (None, "site", "days", "papers"),
    "BROADSHEET_FEED_ITEMS": (100, 7, 2),
    "BROADSHEET_FEED_FORMATS": (["rss", "atom", "json"], ["atom"]),
    "BROADSHEET_EXPORT_FORMATS": ([], ["json", "bib", "ris", "md"]),
    "BROADSHEET_HUB": ("", "https://hub.example"),
    "BROADSHEET_IDENTITY": ("", "digest.example,2025"),
    "BROADSHEET_SUBSCRIBE": (_NO_FORM, *_FORMS),
    "BROADSHEET_MAIL_FROM": ("", "papers@digest.example"),
    "BROADSHEET_MAIL_LIST_ID": ("", "papers.digest.example"),
    "BROADSHEET_JOBS": (1, 2),
    "PAGE_URL": ("{slug}/", "{slug}/"),
    "PATH_METADATA": ("", "(?P<slug>about)"),
    "DEFAULT_METADATA": ({}, {"description": "A page of ours"}),
    "JINJA_GLOBALS": ({}, {"motto": "one"}, {"motto": "two"}),
    "THEME_TEMPLATES_OVERRIDES": ([], ["overrides"]),
    "STATIC_PATHS": (["images"], []),
}  # fmt: skip


class Edited:
    """A digest with a theme of its own, and what of it is not told by its files alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = digest = Digest(folder / "digest")
        self.theme = folder / "theme"
        self.overrides = folder / "overrides"
        self.overrides.mkdir()
        shutil.copytree(ROOT / "theme", self.theme)
        self.set("THEME", str(self.theme))
        self.set("SITEURL", "https://digest.example")
        (digest.folder / "content/2025/08/08/vision.md").unlink()
        self.topics = list(TOPICS)
        self.tags = ["sgd", "segmentation", "proofs"]
        self.words: dict[str, dict[str, object]] = {}
        self.write_vocabulary()
        for number, day in enumerate(DAYS):
            for topic in TOPICS[: 2 + number % 2]:
                self.page(day, topic, range(number, number + 3))

    # Content

    def page(self, day: str, topic: str, kinds: Sequence[int], tag: str = "sgd") -> None:
        """Write a page of papers of some kinds; those of one kind are like each other."""
        text = f"---\ntitle: {topic}\ndate: {day.replace('/', '-')}\ntopic: {topic}\n---\n"
        for place, kind in enumerate(kinds):
            text += self._paper(f"{day.replace('/', '')}-{topic}-{place}", kind, tag)
        self.digest.write(f"content/{day}/{topic}.md", text)

    def _paper(self, key: str, kind: int, tag: str) -> str:
        rare = " ".join(word + "bcdfghklm"[kind] * 2 for word in _RARE)
        text = f"\n## The {rare} of $x^{kind}$ number {key}\n\n```yaml\nid: p{key}\n"
        text += f"authors: [Ada Example, Bo Number{kind}]\ntags: [{tag}, proofs]\n"
        return text + f"upvotes: {kind * 3}\n```\n\nWe study {rare} **well**. It is so.\n"

    def move(self, source: str, target: str, topic: str) -> None:
        """Cut a page's last paper and paste it into a topic's page of another day; the first day's
        ledger says that it was published there."""
        page = self.digest.folder / f"content/{source}/{topic}.md"
        if not page.exists() or source == target:
            return
        head, mark, section = page.read_text("utf-8").rpartition("\n## ")
        if not mark:
            return
        key = section.partition("id: p")[2].partition("\n")[0]
        page.write_text(head if "\n## " in head else head + "\n", "utf-8")
        other = self.digest.folder / f"content/{target}/{topic}.md"
        if not other.exists():
            self.page(target, topic, ())
        other.write_text(other.read_text("utf-8") + mark + section, "utf-8")
        self.digest.write(
            f"content/{source}/day.yml",
            f"date: {source.replace('/', '-')}\nlistings: []\npapers:\n"
            f'- {{"id": "p{key}", "title": "Moved", "became": "published"}}\n',
        )

    def delete(self, path: str) -> None:
        """Delete a file or a folder of content."""
        target = self.digest.folder / "content" / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)

    def file(self, path: str, text: str) -> None:
        """Write a file of content; "" deletes it."""
        if text:
            self.digest.write(f"content/{path}", text)
        else:
            self.delete(path)

    def edit_in_place(self, path: str, old: str, new: str) -> None:
        """Change a text of a file of content to another of the same size, or back; the file's size
        and mtime stay."""
        file = self.digest.folder / "content" / path
        if file.exists():
            before, text = file.stat(), file.read_text("utf-8")
            file.write_text(text.replace(*((old, new) if old in text else (new, old))), "utf-8")
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def damage(self, path: str, data: bytes | None) -> None:
        """Give a file of the output other bytes, or remove it."""
        file = self.digest.output / path
        if data is None:
            file.unlink()
        else:
            file.write_bytes(data)

    # Vocabulary

    def order(self, topics: Sequence[int], tags: Sequence[int]) -> None:
        """Put topics and tags into another order."""
        self.topics = [self.topics[place] for place in topics]
        self.tags = [self.tags[place] for place in tags]
        self.write_vocabulary()

    def word(self, slug: str, **fields: object) -> None:
        """Give a topic or a tag another name, description, weight, kind or synonym."""
        self.words.setdefault(slug, {}).update(fields)
        self.write_vocabulary()

    def write_vocabulary(self) -> None:
        """Write topics.yml and tags.yml."""
        text = "version: 1\ntopics:\n"
        for slug in self.topics:
            own = self.words.get(slug, {})
            text += f"  - slug: {slug}\n    name: {own.get('name', slug.title())}\n"
            text += f"    description: {own.get('description', 'What it is.')}\n"
            text += f"    words:\n      {own.get('weight', 2.0)}: [{slug}]\n"
        self.digest.write("content/topics.yml", text)
        text = "tags:\n"
        for slug in self.tags:
            own = self.words.get(slug, {})
            text += f"  - slug: {slug}\n    name: {own.get('name', slug.title())}\n"
            text += f"    kind: {own.get('kind', 'method')}\n"
            if "description" in own:
                text += f"    description: {own['description']}\n"
        self.digest.write("content/tags.yml", text)

    # Theme and settings

    def template(self, name: str, word: str, *, override: bool = False) -> None:
        """Change a template, in the theme or in a folder of overrides; "" puts it back."""
        source = (ROOT / "theme/templates" / name).read_text("utf-8")
        target = (self.overrides if override else self.theme / "templates") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if override and not word:
            target.unlink(missing_ok=True)
        else:
            target.write_text(_marked(source, word), "utf-8")

    def asset(self, name: str, text: str) -> None:
        """Write a static file of the theme; "" deletes it, or puts back the theme's own."""
        target, own = self.theme / "static" / name, ROOT / "theme/static" / name
        if text:
            target.write_text((own.read_text("utf-8") if own.exists() else "") + text, "utf-8")
        elif own.exists():
            shutil.copy(own, target)
        else:
            target.unlink(missing_ok=True)

    def set(self, name: str, value: object) -> None:
        """Give a setting another value."""
        if name == "THEME_TEMPLATES_OVERRIDES" and value:
            value = [str(self.overrides)]
        self.digest.set(name, value)

    # Building

    def made_of(self) -> dict[str, bytes]:
        """All that its site is made of: content, settings and the theme with its overrides."""
        digest = _made_of(self.digest.folder, leaving=("output", ".broadsheet"))
        return digest | _made_of(self.theme) | _made_of(self.overrides)

    def fresh(self) -> dict[str, bytes]:
        """The files of the same digest built from nothing, by one process that knows nothing."""
        forget()
        self.digest.set("BROADSHEET_JOBS", 1)  # the copy is built with this; ours is set again
        settings = self.digest.read("pelicanconf.py")
        made = self.digest.fresh(self.folder)
        self.digest.write("pelicanconf.py", settings.rsplit("\nBROADSHEET_JOBS = 1\n", 1)[0])
        forget()
        return made


def _made_of(folder: Path, leaving: Collection[str] = ()) -> dict[str, bytes]:
    """The files below a folder, by path; without those below some of its own folders."""
    found = {}
    for top, folders, names in os.walk(folder):
        if top == str(folder):
            folders[:] = [name for name in folders if name not in leaving]
        found.update((path, Path(path).read_bytes()) for path in (f"{top}/{one}" for one in names))
    return found


def forget() -> None:
    """Forget what processes remember from one build to the next, as another process would."""
    DAY_PROFILES.clear()
    reader._PARSED_DAYS = reader.ParsedDays()
    vocabularies._parsed.cache_clear()


def _marked(source: str, word: str) -> str:
    """A template with a word of its own where it prints: after its last paragraph, link or row."""
    if not word:
        return source
    for end in ("</h1>", "</a>", "</p>", "</ul>", ">"):
        if end in source:
            before, _, after = source.rpartition(end)
            return f"{before}{end}<b>{word}{{{{ motto }}}}</b>{after}"
    return source + word
