"""/topics/ and /tags/: all topics and all tags that papers have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import urls
from ..incremental.plan import File, Target
from ..render.views import Link
from ..urls import AddressKind
from .context import BuildInputs
from .kind import PageKind
from .term_views import tag_groups, topic_views


class TermIndexPages(PageKind):
    """The two index pages."""

    name = "term indexes"
    addresses = (
        AddressKind(urls.TOPICS, of_site=lambda _: [urls.TOPICS]),
        AddressKind(urls.TAGS, of_site=lambda _: [urls.TAGS]),
    )
    templates = ("topics.html", "tags.html")

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the links to both."""
        words = inputs.settings.words
        return [
            Link(path=urls.TOPICS, label=words.gettext("Topics"), kind="topics"),
            Link(path=urls.TAGS, label=words.gettext("Tags"), kind="tags"),
        ]

    def site_targets(self) -> Iterable[Target]:
        """Return the target of both pages."""
        content = [(use.kind, use.slug, use.months) for use in self._context.term_uses]
        yield Target("terms", self._context.parts(self.templates, content), self._files)

    def _files(self) -> Iterator[File]:
        words = self._words
        yield self._printer.page(
            "topics.html",
            self._printer.head(
                urls.TOPICS, words.gettext("Topics"), words.gettext("What the papers are about.")
            ),
            terms=topic_views(self._archive, self._labels),
        )
        yield self._printer.page(
            "tags.html",
            self._printer.head(
                urls.TAGS,
                words.gettext("Tags"),
                words.gettext("Methods, tasks and models of the papers."),
            ),
            groups=tag_groups(self._archive, self._labels),
        )
