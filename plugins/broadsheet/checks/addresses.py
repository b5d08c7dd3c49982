"""The addresses that a site has, as far as the pages that were read tell: where links may lead."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

from .. import urls
from ..archive.people import AUTHOR, ORGANISATION
from ..content.disk import SourceFile
from ..content.pages import ScannedPaper, static
from ..content.strays import IMAGES
from ..io.settings import AUTHOR_PAGES
from ..pages import registry
from ..urls import Addresses, MonthPages

_TERM = re.compile(r"(topics|tags)/([^/]+)/(?:[0-9]{4}-[0-9]{2}/)?\Z")
_NAMES = (urls.names(AUTHOR), urls.names(ORGANISATION))
_PLACE = re.compile(r"[{|](filename|static|attach|index)[}|](.*)\Z", re.S)


class SiteAddresses:
    """What is known of a site's addresses.

    `papers` are the scanned papers of all days, `dates` the days that have files, `files` the other
    files of content/, and `statics` the static pages that were read. `copied` are the folders whose
    images are published whether or not a page links to them. Names of `author_pages` papers have
    pages. `declared` are the slugs of topics
    and tags, by kind, `redirected` the addresses that lead on, and `ends` where they lead; all are
    set once known. `guessed` becomes True where a link leads to authors or organisations while not
    all pages are read, which alone tell of whom there is a page.
    """

    def __init__(
        self,
        papers: Sequence[ScannedPaper],
        dates: Collection[date],
        files: Collection[str],
        statics: Iterable[SourceFile],
        copied: Collection[str] = (IMAGES,),
        author_pages: int = AUTHOR_PAGES,
    ) -> None:
        self._papers = papers
        self._dates = dates
        self._files = files
        self._texts = {one.path: one.data.decode("utf-8", "replace") for one in statics}
        self._copied = tuple(f"{folder.strip('/')}/" for folder in copied)
        self._terms: dict[str, dict[str, set[str]]] = {}  # slugs by kind, by month
        self._names: Counter[str] = Counter()  # papers by name
        self._read = False
        self.guessed = False
        self._author_pages = author_pages
        self._topic_of: dict[str, str] = {}  # of pages that were read, by path
        self.static_slugs = sorted(self._slugs())
        self.declared: Mapping[str, Collection[str]] = {"topics": (), "tags": ()}
        self.redirected: Collection[str] = frozenset()
        self.ends: Collection[str] = frozenset()
        self.own = self.known()

    def add(
        self, path: str, topic: str, tags: Iterable[str], day: date, names: Iterable[str] = ()
    ) -> None:
        """Note the topic, the tags and the names (by their keys, for each paper) of a page that has
        papers."""
        self._names.update(names)
        month = self._terms.setdefault(f"{day:%Y-%m}", {})
        month.setdefault("topic", set()).add(topic)
        month.setdefault("tag", set()).update(tags)
        self._topic_of[path] = topic

    def read(self, *, whole: bool = True) -> None:
        """Take into account the pages that were added, which are all there are if `whole`."""
        self._read = whole
        self.own = self.known()

    def leads(self, target: str, base: str | None = None) -> bool:
        """Return whether a link without a scheme leads to a page or a file of the site. Relative
        links are resolved from the address `base`; without one they lead nowhere, since a paper
        shows on several pages."""
        path = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
        if target.startswith("//"):
            return False
        if not path.startswith("/"):
            if base is None:
                return False
            slash = "/" if path.endswith(("/", "/.", "/..")) or path in (".", "..") else ""
            path = posixpath.normpath(posixpath.join("/", base, path)).rstrip("/") + slash
        address = path.lstrip("/")
        self.guessed |= not self._read and address.startswith(_NAMES)
        return self.is_page(address) or address in self.redirected or self._is_file(address)

    def places(self, target: str, source: str) -> bool | None:
        """Return whether a link such as {filename}about.md of the page `source` names a file of
        content/; None for a link of another form."""
        match = _PLACE.match(target)
        if match is None:
            return None
        if match[1] == "index":
            return True
        path = unquote(re.split(r"[#?]", match[2], maxsplit=1)[0])
        folder = "" if path.startswith("/") else str(PurePosixPath(source).parent)
        return posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) in self._files

    def is_page(self, address: str, *, strict: bool = False) -> bool:
        """Return whether the site has a page at an address ("papers/x/").

        Topics and tags without papers have no page; that is known (`strict`) once all pages are
        read.
        """
        if address in self.own:
            return True
        match = None if strict else _TERM.match(address)
        return match is not None and match[2] in self.declared[match[1]]

    def _is_file(self, address: str) -> bool:
        return address.startswith(self._copied) and address in self._files

    def known(self, *, statics: bool = True) -> Addresses:
        """Return the site's addresses, as far as the pages read so far give them."""
        days: dict[str, dict[date, set[str]]] = {}
        papers: dict[str, list[str]] = {}
        for when in self._dates:
            days.setdefault(f"{when:%Y-%m}", {})[when] = set()
        for paper in self._papers:
            path, when = paper.location.path, paper.location.date
            key = f"{when:%Y-%m}"
            topic = self._topic_of.get(path) or PurePosixPath(path).stem
            days.setdefault(key, {}).setdefault(when, set()).add(topic)
            papers.setdefault(key, []).append(paper.location.id)
        return registry.addresses(
            [
                MonthPages(
                    key,
                    found,
                    papers.get(key, ()),
                    self._terms.get(key, {}).get("topic", ()),
                    self._terms.get(key, {}).get("tag", ()),
                )
                for key, found in days.items()
            ],
            subscriptions=[
                name[14:-4]
                for name in self._files
                if name.startswith("subscriptions/") and name.endswith(".yml")
            ],
            statics=self.static_slugs if statics else (),
            has_name=self._has_name if self._author_pages else None,
            name_lists=[kind for kind in (AUTHOR, ORGANISATION) if self._has_list(kind)],
        )

    def _has_name(self, key: str) -> bool:
        """Return whether a name has a page; each has, as long as not all pages are read."""
        return not self._read or self._names[key] >= self._author_pages

    def _has_list(self, kind: str) -> bool:
        """Return whether there is a list of authors or of organisations: some have pages, or the
        addresses of former ones lead to it."""
        if not self._author_pages or not self._read or urls.names(kind) in self.ends:
            return self._author_pages > 0
        named = (self._names[key] for key in self._names if key.startswith(f"{kind}/"))
        return any(count >= self._author_pages for count in named)

    def address_of(self, path: str) -> str | None:
        """Return the address of a static page by its file's path; None for a draft. It is from the
        file's name where the text isn't among those that were read."""
        return static.address_of(self._texts.get(path, ""), PurePosixPath(path).stem)

    def _slugs(self) -> set[str]:
        names = (one for one in self._files if one.startswith("pages/") and one.endswith(".md"))
        return {address for address in map(self.address_of, names) if address is not None}
