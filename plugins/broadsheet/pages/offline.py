"""What makes the site an app that works without a network: its manifest, the service worker, and
the page of what is kept (docs/offline.md).

The worker is the theme's own (js/offline-worker.js) behind one line that tells it of this site: the
version of scripts and styles, their hashes, and what it says to readers. So it has the same bytes
as long as these do, whatever days are published, and browsers take a new one with a new version
only. Where BROADSHEET_OFFLINE is off, a worker stands there that removes itself and what was kept:
readers' browsers may still have one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from .. import urls
from ..incremental.plan import File, Target
from ..locale.script import FILE as WORDS
from ..locale.script import script
from ..render import assets
from ..urls import AddressKind
from .context import BuildContext
from .kind import PageKind

_REMOVER = b"""\
addEventListener("install",()=>skipWaiting());
addEventListener("activate",(event)=>event.waitUntil((async()=>{
const start=`broadsheet:${new URL(registration.scope).pathname}:`;
for(const name of await caches.keys())if(name.startsWith(start))await caches.delete(name);
await registration.unregister()})()));
"""
_ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
          ("icon-512.png", "512x512", "maskable"), ("favicon.svg", "any", "any"))  # fmt: skip
_COLOUR = "#fcfbf8"  # --paper in main.css, of the light scheme


class OfflinePages(PageKind):
    """The manifest, the worker and the page of kept pages."""

    name = "offline"
    addresses = (
        AddressKind(r"sw\.js|manifest\.webmanifest"),
        AddressKind(urls.OFFLINE, lambda site, _: site.offline),
    )
    templates = ("offline.html",)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        files = assets.versioned(context.inputs.theme, context.site.version)
        self._files = {file.path: file for file in files}

    def site_targets(self) -> Iterable[Target]:
        """Return the target of all three."""
        version = self._context.site.version
        parts = self._context.parts(self.templates, version)
        yield Target("offline", parts, lambda: list(self._made()))

    def _made(self) -> Iterator[File]:
        worker = self._files.get(assets.WORKER)
        if not self._context.site.offline or worker is None:
            yield File(urls.WORKER, _REMOVER)
            return
        yield File(urls.WORKER, self._site_line() + worker.data)
        yield File(urls.MANIFEST, self._manifest())
        words = self._words
        head = self._printer.head(
            urls.OFFLINE,
            words.gettext("Kept pages"),
            words.gettext("Pages that this browser kept."),
            index=False,
        )
        yield self._printer.page("offline.html", head)

    def _site_line(self) -> bytes:
        """Return the line that tells the worker of this site."""
        words = self._words
        hashes = {
            path: hashlib.sha256(file.data).hexdigest()[:16]
            for path, file in sorted(self._files.items())
            if path.endswith((".js", ".css")) and path != assets.WORKER
        }
        messages = script(words)
        if messages is not None:
            hashes[WORDS] = hashlib.sha256(messages).hexdigest()[:16]
        site = {
            "version": self._context.site.version,
            "lang": "en-GB" if words.language == "en" else words.language,  # of dates
            "list": urls.OFFLINE,
            "files": hashes,
            "shell": [path for path in hashes if _of_each_page(path)],
            "texts": {
                "lost": words.gettext("There has been no answer from the network since {when}."),
                "issue": words.gettext("This is the issue of {issue}."),
                "kept": words.gettext("The page is as it was on {when}."),
                "missing": words.gettext("This page is not kept; those below are."),
                "again": words.gettext("Try again"),
            },
        }
        text = json.dumps(site, ensure_ascii=False, separators=(",", ":"))
        return f"const SITE={text};\n".encode()

    def _manifest(self) -> bytes:
        """Return the manifest (w3.org/TR/appmanifest). Its addresses are relative to its own, so
        that they hold below any path."""
        settings = self._settings
        icons = [
            {"src": path, "sizes": sizes, "type": _type(name), "purpose": purpose}
            for name, sizes, purpose in _ICONS
            for path in [f"theme/img/{name}"]
            if path in self._files
        ]
        manifest = {
            "id": "./",
            "name": settings.name,
            "short_name": settings.name,
            "description": settings.tagline,
            "lang": self._words.language,
            "dir": self._words.direction,
            "start_url": "./",
            "scope": "./",
            "display": "minimal-ui",
            "background_color": _COLOUR,
            "theme_color": _COLOUR,
            "icons": icons,
        }
        return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"


def _of_each_page(path: str) -> bool:
    """Return whether any page may ask for a file: not the search page's scripts, which are kept
    when they are first used."""
    return "/vendor/" not in path and not path.startswith(
        ("theme/js/search", "theme/js/save-search", "theme/js/follow")
    )


def _type(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "image/png"
