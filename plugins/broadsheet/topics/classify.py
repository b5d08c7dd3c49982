"""Classify papers: their topic and tags from title, abstract and category, with the reasons.

A topic's score is the sum of the weights of its phrases in the paper: a linear model, which can be
recomputed by hand from topics.yml. A phrase counts once in the abstract however often it occurs,
and TITLE more in the title, or MEANS more where the title has come to the means ("via", "using").
The paper's first category adds its weights, and each of its tags OF_TAG to the topic that tags.yml
names for it. The highest score wins; of equal scores, the first topic in topics.yml.

A tag is assigned to papers about it, not to those that only mention it: named in the title, where
the authors say what they do, or repeatedly (mentions.py says what counts). A single common word
where they say what they do is as often a means or a detail, so it needs another mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any

from .mentions import Counts, Found, Kinds, Name, add_abstract, in_title, other_meanings
from .tokens import BREAK, END, key, phrase, words
from .vocabulary import OTHER, Vocabulary

TITLE = 1.5  # what a phrase in the title counts; one in the abstract counts 1
MEANS = 0.75  # what one counts in the part of a title that says how something was done
OF_TAG, OF_TITLE_TAG = 4.0, 6.0  # what a tag counts, and one that the title names
LEAST = 2.0  # the least score of a topic, so that one stray word doesn't decide
MOST_TAGS = 6
ABOUT = 2.0  # the least strength of a tag

# The words of a title after which it says by what means, as in "Finding errors via inference".
_BY_MEANS = frozenset({"by", "through", "using", "via", "with"})

_MADE, _SUBJECTS = {"resource"}, {"task", "theory"}  # kinds of tags

_Trie = dict[str, Any]  # keys lead to child tries; the empty key holds the value that ends here


@dataclass(frozen=True, slots=True)
class Reason:
    """One phrase or category found for a topic or tag: its weight, and its score in this paper."""

    kind: str  # "topic" or "tag"
    slug: str
    phrase: str
    weight: float
    score: float
    place: str  # "title", "abstract", "both", "category" or "tag"


@dataclass(frozen=True, slots=True)
class Classification:
    """A paper's topic, its tags (strongest first), and the phrases found for them."""

    topic: str
    tags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All topics' scores and tags' strengths, highest first, with all phrases found."""

    topics: tuple[tuple[str, float], ...]
    tags: tuple[tuple[str, float], ...]
    reasons: tuple[Reason, ...]


class Classifier:
    """Classifies papers by a vocabulary. Compile once, use often; it keeps no state of papers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        topics = [topic for topic in vocabulary.topics if topic.slug != OTHER.slug]
        self._topics = [topic.slug for topic in topics]
        self._tags = [tag.slug for tag in vocabulary.tags]
        votes: dict[tuple[str, ...], list[_Vote]] = {}
        for number, topic in enumerate(topics):
            for text, weight in topic.words:
                votes.setdefault(phrase(text), []).append((number, text, weight))
        self._votes = [[(of, weight) for of, _, weight in each] for each in votes.values()]
        self._phrases: list[dict[int, tuple[str, float]]] = [{} for _ in topics]  # of each topic
        for number, each in enumerate(votes.values()):
            for of, text, weight in each:
                self._phrases[of][number] = text, weight
        numbers = {topic.slug: number for number, topic in enumerate(topics)}
        self._of_tag = {  # the number of a tag's topic, and the tag's name
            number: (numbers[tag.topic], tag.name)
            for number, tag in enumerate(vocabulary.tags)
            if tag.topic in numbers
        }
        self._kinds = Kinds(
            resources=frozenset(n for n, tag in enumerate(vocabulary.tags) if tag.kind in _MADE),
            subjects=frozenset(n for n, tag in enumerate(vocabulary.tags) if tag.kind in _SUBJECTS),
            methods=frozenset(n for n, tag in enumerate(vocabulary.tags) if tag.kind == "method"),
            spelled={
                number: frozenset(word for text in tag.called for word in phrase(text))
                for number, tag in enumerate(vocabulary.tags)
            },
        )
        self._by_category: dict[str, list[_Vote]] = {}
        for number, topic in enumerate(topics):
            for text, weight in topic.categories:
                self._by_category.setdefault(text.lower(), []).append((number, text, weight))
        self._topic_trie = _trie(zip(votes, range(len(votes)), strict=True))
        names: dict[tuple[str, ...], Name] = {}
        for number, tag in enumerate(vocabulary.tags):
            near = {
                phrase(text): frozenset(phrase(word)[0] for word in words)
                for text, words in tag.contexts
            }
            for form, texts in (
                ("", (tag.name, *tag.synonyms)), ("title", tag.title), ("exact", tag.exact)
            ):  # fmt: skip
                for text in texts:
                    spelled = phrase(text)
                    how = form or ("" if len(spelled) > 1 else "word")
                    names[spelled] = (number, text, how, near.get(spelled, frozenset()))
        self._title_trie = _trie(names.items())
        self._abstract_trie = _trie(pair for pair in names.items() if pair[1][2] != "title")

    def classify(self, title: str, abstract: str, categories: Sequence[str] = ()) -> Classification:
        """Return the topic, up to MOST_TAGS tags and the reasons. Linear in the text's length.

        Of the categories the first counts, under which the authors filed the paper.
        """
        paper = _Paper(title, abstract)
        votes, mentions = self._found(paper), self._mentions(paper)
        given = _given(mentions)
        beyond = [*self._filed(categories), *self._tagged(mentions, given)]
        scores = self._scores(votes, beyond)
        topic = self._topics[scores[0][0]] if scores and scores[0][1] >= LEAST else OTHER.slug
        tags = tuple(self._tags[number] for number in given)
        found = self._topic_reasons(votes, beyond, {topic})
        reasons = (*found, *self._tag_reasons(mentions, set(tags)))
        return Classification(topic, tags, reasons)

    def explain(self, title: str, abstract: str, categories: Sequence[str] = ()) -> Explanation:
        """Return all scores and reasons, including those of topics and tags not assigned."""
        paper = _Paper(title, abstract)
        votes, mentions = self._found(paper), self._mentions(paper)
        beyond = [*self._filed(categories), *self._tagged(mentions, _given(mentions))]
        topics, tags = set(self._topics), set(self._tags)
        found = self._topic_reasons(votes, beyond, topics)
        return Explanation(
            tuple((self._topics[number], score) for number, score in self._scores(votes, beyond)),
            tuple((self._tags[number], strength) for number, strength in _strengths(mentions)),
            (*found, *self._tag_reasons(mentions, tags)),
        )

    def _filed(self, categories: Sequence[str]) -> list[_Beyond]:
        """Return what the first category speaks for; where none has it, its archive (q-bio of
        q-bio.NC)."""
        if not categories or not self._by_category:
            return []
        first = categories[0].lower()
        votes = self._by_category.get(first) or self._by_category.get(first.partition(".")[0], [])
        return [(topic, text, weight, "category") for topic, text, weight in votes]

    def _tagged(self, mentions: Counts, given: list[int]) -> list[_Beyond]:
        """Return what a paper's tags speak for."""
        in_title = {name[0] for name, counts in mentions.items() if counts[0][1] == "title"}
        return [
            (*self._of_tag[tag], OF_TITLE_TAG if tag in in_title else OF_TAG, "tag")
            for tag in given
            if tag in self._of_tag
        ]

    def _found(self, paper: _Paper) -> list[tuple[int, float]]:
        """Return the topics' phrases in the paper (their numbers), and what each counts."""
        in_title = set(_all(self._topic_trie, paper.title_keys))
        in_abstract = set(_all(self._topic_trie, paper.abstract_keys))
        means = _means(paper.title_keys)
        subject = set(_all(self._topic_trie, paper.title_keys[:means])) if means else in_title
        found = [(number, 1.0) for number in in_abstract - in_title]
        for number in in_title:
            counts = TITLE if number in subject else MEANS
            found.append((number, counts + 1.0 if number in in_abstract else counts))
        found.sort()  # sums of floats depend on the order of the terms
        return found

    def _scores(
        self, found: list[tuple[int, float]], beyond: list[_Beyond]
    ) -> list[tuple[int, float]]:
        """Return the topics' numbers and scores, highest first."""
        scores = [0.0] * len(self._topics)
        for number, count in found:
            for topic, weight in self._votes[number]:
                scores[topic] += weight * count
        for topic, _, weight, _ in beyond:
            scores[topic] += weight
        rounded = [(topic, round(score, 4)) for topic, score in enumerate(scores) if score]
        return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))

    def _topic_reasons(
        self, found: list[tuple[int, float]], beyond: list[_Beyond], slugs: set[str]
    ) -> list[Reason]:
        wanted = {number for number, slug in enumerate(self._topics) if slug in slugs}
        reasons = [
            Reason(
                "topic", self._topics[topic], text, weight, round(weight * count, 4), _PLACE[count]
            )
            for topic in wanted
            for number, count in found
            if number in (phrases := self._phrases[topic])
            for text, weight in (phrases[number],)
        ]
        reasons += [
            Reason("topic", self._topics[topic], text, weight, weight, place)
            for topic, text, weight, place in beyond
            if topic in wanted
        ]
        return sorted(reasons, key=lambda reason: (-reason.score, reason.slug, reason.phrase))

    def _mentions(self, paper: _Paper) -> Counts:
        """Return the tags' names in the paper, each with what every mention counts and its
        place."""
        named = _names(self._title_trie, paper, paper.title_words, paper.title_keys)
        written, keys = paper.abstract_words, paper.abstract_keys
        found = [*_names(self._abstract_trie, paper, written, keys)]
        if others := other_meanings(found, written, keys, self._kinds):
            named = (each for each in named if each[0] not in others)
            found = [each for each in found if each[0] not in others]
        counts = in_title(named, paper.title_keys, keys, self._kinds)
        add_abstract(counts, found, written, keys, self._kinds)
        return counts

    def _tag_reasons(self, mentions: Counts, slugs: set[str]) -> list[Reason]:
        reasons = []
        for (tag, text, *_), counts in mentions.items():
            if self._tags[tag] not in slugs:
                continue
            places = {place for _, place in counts}
            place = "both" if len(places) > 1 else places.pop()
            score = sum(count for count, _ in counts)
            reasons.append(Reason("tag", self._tags[tag], text, 1.0, score, place))
        return sorted(reasons, key=lambda reason: (-reason.score, reason.slug, reason.phrase))


_Vote = tuple[int, str, float]  # a topic's number, the phrase as written, its weight
_Beyond = tuple[int, str, float, str]  # the same of a "category" or a "tag"
_PLACE = {
    1.0: "abstract", TITLE: "title", 1.0 + TITLE: "both", MEANS: "title", 1.0 + MEANS: "both"
}  # fmt: skip


class _Paper:
    """A title and an abstract, split into words once."""

    __slots__ = ("_said", "abstract_keys", "abstract_words", "title_keys", "title_words")

    def __init__(self, title: str, abstract: str) -> None:
        self.title_words, self.abstract_words = words(title), words(abstract)
        self.title_keys = [*map(key, self.title_words)]
        self.abstract_keys = [*map(key, self.abstract_words)]
        self._said: set[str] | None = None

    def has_context(self, name: Name) -> bool:
        """Return whether one of the words that a name needs is in the paper."""
        if self._said is None:
            self._said = {*self.title_keys, *self.abstract_keys}
        return not name[3].isdisjoint(self._said)


def _trie(entries: Iterable[tuple[tuple[str, ...], Any]]) -> _Trie:
    root: _Trie = {}
    for keys, value in entries:
        node = root
        for part in keys:
            node = node.setdefault(part, {})
        node[""] = value
    return root


def _begun(trie: _Trie, keys: list[str]) -> Iterator[int]:
    """Return the places whose words a phrase begins with."""
    return compress(range(len(keys)), map(trie.__contains__, keys))


def _all(trie: _Trie, keys: list[str]) -> list[Any]:
    """Return the values of all matches anywhere in `keys`, overlapping ones included."""
    found = []
    size = len(keys)
    for position in _begun(trie, keys):
        node = trie[keys[position]]
        while node is not None:
            value = node.get("")
            if value is not None:
                found.append(value)
            position += 1
            node = node.get(keys[position]) if position < size else None
    return found


def _names(trie: _Trie, paper: _Paper, written: list[str], keys: list[str]) -> Iterator[Found]:
    """Yield the names of tags in a text of a paper, left to right: of those that overlap the
    longest, so that a "multimodal large language model" is no "large language model".
    """
    held: Found | None = None
    size = len(keys)
    for start in _begun(trie, keys):
        node, here, end = trie[keys[start]], start, start
        longer = start + held[2] - held[1] if held and start < held[2] else start
        while node is not None:
            here += 1
            named: Name | None = node.get("")
            if (
                named
                and here > longer
                and (named[2] != "exact" or _as_written(named, written[start:here]))
                and (not named[3] or paper.has_context(named))
            ):
                end, name = here, named
            node = node.get(keys[here]) if here < size else None
        if end == start:
            continue
        if held and start >= held[2]:
            yield held
        held = name, start, end
    if held:
        yield held


def _as_written(name: Name, written: list[str]) -> bool:
    """Return whether an exact name is written as required; a plural s is allowed."""
    pairs = zip(written, _expected(name[1]), strict=True)
    return all(word in (other, other + "s") for word, other in pairs)


@lru_cache(maxsize=1 << 12)
def _expected(name: str) -> list[str]:
    """Return the words of an exact name as they are to be written."""
    return [word for word in words(name) if key(word) not in (BREAK, END)]


def _means(title: list[str]) -> int:
    """Return where a title comes to the means; 0 where it doesn't, or begins with them."""
    return next((place for place, word in enumerate(title) if word in _BY_MEANS), 0)


def _given(mentions: Counts) -> list[int]:
    """Return the numbers of the tags that a paper gets, strongest first."""
    return [tag for tag, strength in _strengths(mentions) if strength >= ABOUT][:MOST_TAGS]


def _strengths(mentions: Counts) -> list[tuple[int, float]]:
    """Return the tags' numbers and strengths, strongest first."""
    strengths: dict[int, float] = {}
    for (tag, *_), counts in mentions.items():
        strengths[tag] = strengths.get(tag, 0.0) + sum(count for count, _ in counts)
    return sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0]))
