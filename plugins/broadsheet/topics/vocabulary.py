"""The vocabulary of topics and tags, parsed from topics.yml and tags.yml.

People write both files in pull requests, so parsing is strict: every fault is a `VocabularyError`
with its line. Parsing is safe (YAML tags construct no objects, aliases are refused, nesting is
bounded) and linear in the text. docs/topics.md specifies the formats.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml

from ..errors import VocabularyError, shown
from ..slugs import is_slug
from ..suggestions import did_you_mean
from ..text import safe_yaml
from .tokens import phrase

CONTENT_VERSION = 1  # the content format that this Broadsheet reads and writes
KINDS = ("method", "model", "task", "field", "theory", "resource")
LONGEST_PHRASE = 6  # words
HEAVIEST = 20.0  # the greatest absolute weight

_OF_TAG = {"slug", "name", "kind", "synonyms", "exact", "title", "with", "topic", "description"}
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[a-z]+)?)?")
_DEEPEST = 6
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its slug, name, one-line description, phrases, and arXiv categories.

    `words` are (phrase, weight) in the file's order, and so are `categories`; a negative weight
    counts against the topic.
    """

    slug: str
    name: str
    description: str = ""
    words: tuple[tuple[str, float], ...] = ()
    categories: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag (a method, task, model family ...) and the phrases that name it.

    `synonyms` match in any case, as the name does. `exact` match only as written ("SAM"), `title`
    only in a title ("attention"); a name that is in one of these too is matched only so. `contexts`
    are names that match only in a paper with one of some words: TTS with speech or voice. `topic`
    is the slug of the topic that papers about it belong to, if that can be told.
    """

    slug: str
    name: str
    kind: str = "method"
    synonyms: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    description: str = ""
    contexts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    topic: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """All its names, as written."""
        return (self.name, *self.synonyms, *self.exact, *self.title)


RESERVED = "waiting"
"""A slug that no topic may have: the day's file of this name is not a page (content/waiting.py)."""

OTHER = Topic("other", "Other", "Papers that no other topic speaks for.")


@dataclass(frozen=True)
class Vocabulary:
    """All topics and tags, in the files' order, and the version of the content's format.

    `topics` ends with the topic "other", which has no words.
    """

    topics: tuple[Topic, ...]
    tags: tuple[Tag, ...] = ()
    version: int = CONTENT_VERSION

    @cached_property
    def topic_slugs(self) -> tuple[str, ...]:
        return tuple(topic.slug for topic in self.topics)

    @cached_property
    def topic_by_slug(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def tag_by_slug(self) -> dict[str, Tag]:
        return {tag.slug: tag for tag in self.tags}


def parse_vocabulary(
    topics: str, tags: str, topics_file: str = "topics.yml", tags_file: str = "tags.yml"
) -> Vocabulary:
    """Parse the texts of both files. Raises VocabularyError."""
    version, parsed = parse_topics(topics, topics_file)
    return Vocabulary(parsed, parse_tags(tags, tags_file), version)


def parse_topics(text: str, file: str = "topics.yml") -> tuple[int, tuple[Topic, ...]]:
    """Parse topics.yml; return the content format's version, and the topics with "other" last.

    Raises VocabularyError for anything that isn't as docs/topics.md says.
    """
    reader = _VocabularyReader(file, text)
    top = reader.fields(reader.document(), "topics.yml", {"version", "topics"})
    version = reader.version(top)
    topics: list[Topic] = []
    seen: dict[str, int] = {}
    for node in reader.items(top["topics"][1], "topics"):
        known = {"slug", "name", "description", "words", "categories"}
        fields = reader.fields(node, "a topic", known, {"slug", "name"})
        slug = reader.slug(fields, seen, "topic")
        words = tuple(reader.weighted(fields["words"][1])) if "words" in fields else ()
        filed = fields.get("categories")
        categories = tuple(reader.categories(filed[1])) if filed else ()
        if slug == RESERVED:
            raise reader.wrong(
                f'a topic can\'t be called "{RESERVED}": {RESERVED}.md holds the papers that wait; '
                "expected another slug",
                fields["slug"][1],
            )
        if slug == OTHER.slug and (words or filed):
            what = "words" if words else "categories"
            raise reader.wrong(f'the topic "other" takes no {what}', fields[what][0])
        if slug != OTHER.slug and not words:
            expected = f'the topic "{slug}" needs words that speak for it'
            raise reader.wrong(expected, node)
        name, description = reader.line(fields, "name"), reader.line(fields, "description")
        topics.append(Topic(slug, name, description, words, categories))
    others = [topic for topic in topics if topic.slug == OTHER.slug] or [OTHER]
    return version, (*(topic for topic in topics if topic.slug != OTHER.slug), *others)


def parse_tags(text: str, file: str = "tags.yml") -> tuple[Tag, ...]:
    """Parse tags.yml. Raises VocabularyError, also for two tags with one phrase."""
    reader = _VocabularyReader(file, text)
    top = reader.fields(reader.document(), "tags.yml", {"tags"})
    tags: list[Tag] = []
    seen: dict[str, int] = {}
    owners: dict[tuple[str, ...], str] = {}
    for node in reader.items(top["tags"][1], "tags"):
        fields = reader.fields(node, "a tag", _OF_TAG, {"slug", "name", "kind"})
        slug = reader.slug(fields, seen, "tag")
        kind = reader.line(fields, "kind")
        if kind not in KINDS:
            found = f"the kind {shown(kind)}, expected one of {', '.join(KINDS)}"
            raise reader.wrong(found, fields["kind"][1])
        name = reader.line(fields, "name")
        if not 1 <= len(phrase(name)) <= LONGEST_PHRASE:
            found = f"the name {shown(name)}, expected 1 to {LONGEST_PHRASE} words"
            raise reader.wrong(found, fields["name"][1])
        synonyms, exact, title = (
            tuple(reader.phrases(fields[each][1])) if each in fields else ()
            for each in ("synonyms", "exact", "title")
        )
        for spelled in dict.fromkeys(phrase(p) for p in (name, *synonyms, *exact, *title)):
            if owners.setdefault(spelled, slug) != slug:
                found = f'"{" ".join(spelled)}" names both "{owners[spelled]}" and "{slug}"'
                expected = f"{found}, expected a phrase to name one tag"
                raise reader.wrong(expected, node)
        description = reader.line(fields, "description")
        called = {phrase(each) for each in (name, *synonyms, *exact, *title)}
        contexts = tuple(reader.contexts(fields["with"][1], called)) if "with" in fields else ()
        topic = reader.line(fields, "topic")
        if topic and not is_slug(topic):
            found = f"the topic {shown(topic)}, expected the slug of one of topics.yml"
            raise reader.wrong(found, fields["topic"][1])
        tags.append(Tag(slug, name, kind, synonyms, exact, title, description, contexts, topic))
    return tuple(tags)


_Fields = dict[str, tuple[yaml.Node, yaml.Node]]  # key: (the key's node, the value's node)


class _VocabularyReader:
    """Converts YAML nodes of one file; each method raises VocabularyError for invalid ones."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self._line_of = safe_yaml.line_finder(text)

    def wrong(self, message: str, where: yaml.Node | yaml.Event) -> VocabularyError:
        return VocabularyError(message, file=self.file, line=self._line_of(where.start_mark))

    def other(self, node: yaml.Node, expected: str) -> VocabularyError:
        """Return the error for a node of another kind than what stands there."""
        return self.wrong(f"{_kind(node)}, expected {expected}", node)

    def document(self) -> yaml.Node:
        try:
            self._refuse_bombs()
            node: yaml.Node | None = yaml.compose(self._text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            problem, line = safe_yaml.refusal(error, self._text)
            raise VocabularyError(f"not valid YAML: {problem}", file=self.file, line=line) from None
        except yaml.YAMLError as error:
            message = f"not valid YAML: {str(error).splitlines()[0]}"
            raise VocabularyError(message, file=self.file) from None
        if node is None:
            raise VocabularyError("the file is empty", file=self.file)
        return node

    def _refuse_bombs(self) -> None:
        """Raise VocabularyError for aliases and deep nesting before anything is built from them."""
        depth = 0
        for event in yaml.parse(self._text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise self.wrong("a YAML anchor or alias, expected plain text written out", event)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    raise self.wrong(f"lists nested more than {_DEEPEST} deep", event)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def fields(
        self, node: yaml.Node, what: str, known: set[str], needed: set[str] | None = None
    ) -> _Fields:
        """Return the fields of a mapping. Its keys are `known`; those `needed` (default: all)
        exist."""
        if not isinstance(node, yaml.MappingNode):
            expected = ", ".join(sorted(known))
            raise self.other(node, f"the fields of {what}: {expected}")
        fields: _Fields = {}
        for key, value in node.value:
            name = self.scalar(key, "the name of a field")
            if name not in known:
                expected = ", ".join(sorted(known))
                near = did_you_mean(name.lower(), known)
                raise self.wrong(
                    f"{what} has no field {shown(name)}, expected {expected}{near}", key
                )
            if name in fields:
                raise self.wrong(f"the field {shown(name)} twice, expected it once", key)
            fields[name] = (key, value)
        missing = sorted((known if needed is None else needed) - fields.keys())
        if missing:
            raise self.wrong(f"{what} without {', '.join(missing)}", node)
        return fields

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.other(node, f"a list under {what}")
        return list(node.value)

    def scalar(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.other(node, f"{what} as plain text")
        return str(node.value)

    def line(self, fields: _Fields, name: str) -> str:
        """Return the one-line text of a field; "" where the field is absent."""
        if name not in fields:
            return ""
        node = fields[name][1]
        text = self.scalar(node, name).strip()
        if not text or len(text) > 300 or not text.isprintable():
            raise self.wrong(f"the {name} {shown(text)}, expected one line of text", node)
        return text

    def slug(self, fields: _Fields, seen: dict[str, int], what: str) -> str:
        """Return the slug of an entry; slugs are unique (`seen`: their lines)."""
        node = fields["slug"][1]
        slug = self.scalar(node, "slug")
        if not is_slug(slug):
            expected = 'expected small letters, digits and single hyphens, as in "image-generation"'
            raise self.wrong(f"the slug {shown(slug)}, {expected}", node)
        if slug in seen:
            raise self.wrong(
                f'the slug "{slug}" is already in use by the {what} in line {seen[slug]}', node
            )
        seen[slug] = self._line_of(node.start_mark)
        return slug

    def version(self, top: _Fields) -> int:
        node = top["version"][1]
        text = self.scalar(node, "version")
        if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
            raise self.wrong(f"the version {shown(text)}, expected a whole number from 1", node)
        if int(text) > CONTENT_VERSION:
            message = f"content of version {text}, this Broadsheet knows up to {CONTENT_VERSION}"
            raise self.wrong(f"{message}: install a newer Broadsheet", node)
        return int(text)

    def phrases(self, node: yaml.Node) -> Iterator[str]:
        """Yield a list's phrases, each of 1 to LONGEST_PHRASE words."""
        for item in self.items(node, "words"):
            text = self.scalar(item, "a phrase")
            if not 1 <= len(phrase(text)) <= LONGEST_PHRASE:
                expected = f"expected 1 to {LONGEST_PHRASE} words"
                raise self.wrong(f"the phrase {shown(text)}, {expected}", item)
            yield text

    def weighted(self, node: yaml.Node) -> Iterator[tuple[str, float]]:
        """Yield phrases and weights, each phrase once, from {3.0: [mesh, nerf], 1.0: [shape]}."""
        if not isinstance(node, yaml.MappingNode):
            raise self.other(node, "words under their weights, as in 2.5: [mesh, nerf]")
        first: dict[tuple[str, ...], int] = {}
        for key, value in node.value:
            weight = self.weight(key)
            for item, text in zip(self.items(value, "a weight"), self.phrases(value), strict=True):
                spelled = phrase(text)
                if spelled in first:
                    raise self.wrong(f"{shown(text)} again, first in line {first[spelled]}", item)
                first[spelled] = self._line_of(item.start_mark)
                yield text, weight

    def contexts(
        self, node: yaml.Node, called: set[tuple[str, ...]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield names and the words of which one must stand beside each, from
        {TTS: [speech, voice]}; `called` are the tag's names, of which each may be named once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.other(node, "names and words, as in TTS: [speech, voice]")
        left = set(called)
        for key, value in node.value:
            name = self.scalar(key, "a name")
            if phrase(name) not in left:
                expected = "expected one of the tag's own names, and each once"
                raise self.wrong(f"the name {shown(name)} under with, {expected}", key)
            left.discard(phrase(name))
            words = tuple(self.phrases(value))
            for word, item in zip(words, self.items(value, "a name"), strict=True):
                if len(phrase(word)) != 1:
                    raise self.wrong(f"{shown(word)} under with, expected one word", item)
            if not words:
                raise self.wrong(f"no words for {shown(name)}, expected one or more", value)
            yield name, words

    def categories(self, node: yaml.Node) -> Iterator[tuple[str, float]]:
        """Yield arXiv categories and weights, each category once, from {2.0: [cs.CV, q-bio]}."""
        if not isinstance(node, yaml.MappingNode):
            raise self.other(node, "categories under their weights, as in 2.0: [cs.CV]")
        first: dict[str, int] = {}
        for key, value in node.value:
            weight = self.weight(key)
            for item in self.items(value, "a weight"):
                text = self.scalar(item, "a category")
                if len(text) > 30 or not _CATEGORY.fullmatch(text):
                    expected = "expected one of arXiv's, as in cs.LG, or an archive, as in q-bio"
                    raise self.wrong(f"the category {shown(text)}, {expected}", item)
                if text.lower() in first:
                    line = first[text.lower()]
                    raise self.wrong(f"{shown(text)} again, first in line {line}", item)
                first[text.lower()] = self._line_of(item.start_mark)
                yield text, weight

    def weight(self, node: yaml.Node) -> float:
        text = self.scalar(node, "a weight")
        try:
            weight = float(text)
        except ValueError:
            weight = math.nan
        if not (abs(weight) <= HEAVIEST and weight):
            expected = f"expected a number between -{HEAVIEST:g} and {HEAVIEST:g}, not 0"
            raise self.wrong(f"the weight {shown(text)}, {expected}", node)
        return weight


def _kind(node: yaml.Node) -> str:
    """Return what a node is, in the words of a message."""
    if isinstance(node, yaml.ScalarNode):
        return shown(node.value) if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping (`key: value`)"
