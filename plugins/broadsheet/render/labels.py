"""Labels: the names, addresses and order of topics and tags, the interface's words, and what stands
for a paper in lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .. import urls
from ..locale import ENGLISH, Words
from ..outlinks import BUILT_IN, PaperLink
from ..papers import SENTENCE, Paper
from ..text.plain import lead_of, plain
from ..topics import Vocabulary
from .leads import Lead
from .machine_summaries import machine_summary
from .views import Link

ABSTRACT, SUMMARY, MACHINE = LEADS = ("abstract", "summary", "machine")
"""What a paper's lead is taken from: its abstract, or where it has one its listing's summary, or a
model's sentence."""


@dataclass(frozen=True)
class Labels:
    """The names, addresses and order of topics and tags, the words of the interface, the links that
    papers have, and what their leads are taken from (one of `LEADS`)."""

    vocabulary: Vocabulary
    words: Words = ENGLISH
    paper_links: tuple[PaperLink, ...] = tuple(BUILT_IN.values())
    leads: str = ABSTRACT

    @cached_property
    def topics(self) -> dict[str, Link]:
        """Links to the topics' own pages, by slug."""
        return {
            topic.slug: Link(path=urls.term("topic", topic.slug), label=topic.name, kind=topic.slug)
            for topic in self.vocabulary.topics
        }

    @cached_property
    def _tags(self) -> dict[str, Link]:
        return {
            tag.slug: Link(path=urls.term("tag", tag.slug), label=tag.name, kind=tag.slug)
            for tag in self.vocabulary.tags
        }

    def topic(self, slug: str) -> Link:
        """Return a topic's link. Raises KeyError for one that is not in topics.yml."""
        return self.topics[slug]

    def tag(self, slug: str) -> Link:
        """Return a tag's link; a tag that is not in tags.yml is named by its slug."""
        known = self._tags.get(slug)
        if known is None:
            known = Link(path=urls.term("tag", slug), label=slug.replace("-", " "), kind=slug)
            self._tags[slug] = known
        return known

    def lead(self, paper: Paper) -> Lead:
        """Return what stands for a paper in lists."""
        if self.leads == SUMMARY and paper.summary:
            return Lead(plain(paper.summary), self.words.gettext("The listing’s summary"))
        if self.leads == MACHINE and paper.machine_summary:
            said = machine_summary(paper, self.words)
            if said is not None and paper.machine_summary.kind == SENTENCE:
                return Lead(said.text, said.by)
        return Lead(lead_of(paper.abstract, paper.title))

    def term(self, kind: str, slug: str) -> Link:
        """Return the link of a "topic" or a "tag"."""
        return self.topic(slug) if kind == "topic" else self.tag(slug)
