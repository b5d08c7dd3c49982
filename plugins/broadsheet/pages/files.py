"""Files that are published as they are: the theme's, and those that content links to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..incremental.plan import File, Target
from ..locale.script import FILE, script
from ..render import assets
from ..urls import AddressKind
from .context import BuildContext
from .kind import PageKind


def _messages(context: BuildContext) -> Iterator[File]:
    """Yield the script of other scripts' messages, where they are not English."""
    data = script(context.settings.words)
    if data is not None:
        yield File(FILE, data)


def _published(context: BuildContext) -> Iterator[File]:
    """Yield the theme's files, but for the one that is published at the site's root."""
    files = (file for file in context.inputs.theme if file.path != assets.WORKER)
    return assets.versioned(files, context.site.version)


class SiteFiles(PageKind):
    """The theme's static files, and images."""

    name = "files"
    addresses = (AddressKind("theme/.+"),)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._targets = (
            assets.target("theme", (*_published(context), *_messages(context))),
            assets.target("files", context.inputs.files),
        )

    def site_inputs(self) -> object:
        """Return the fingerprints of all files."""
        return [sorted(target.dependencies.items()) for target in self._targets]

    def site_targets(self) -> Iterable[Target]:
        """Return a target for the theme's files, and one for those of content."""
        return self._targets
