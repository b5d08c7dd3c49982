"""Rename and merge topics and tags in the texts of topics.yml and tags.yml. Pure.

Only the places that change are written. The result is parsed, and refused where anything but what
is meant differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from ...errors import ContentError, VocabularyError
from ...topics import OTHER, Tag, Topic
from ...topics.tokens import phrase
from ...topics.vocabulary import parse_tags, parse_topics
from . import yaml_text
from .yaml_text import TextEdit

FILES = {"topic": "topics.yml", "tag": "tags.yml"}
_LISTS = ("synonyms", "exact", "title")

Term = Topic | Tag
Terms = Mapping[str, Term]


def parsed(text: str, kind: str) -> dict[str, Term]:
    """Return the topics or tags (`kind`) of a file's text, by slug. Raises VocabularyError."""
    if kind == "topic":
        return {one.slug: one for one in parse_topics(text)[1]}
    return {one.slug: one for one in parse_tags(text)}


def renamed(text: str, kind: str, old: str, new: str, name: str | None) -> str:
    """Return the file's text with a topic or tag under another slug, and with another name if one
    is given; a tag is still recognised by its old name.

    Raises ContentError where that can't be written, and VocabularyError for an impossible name.
    """
    file = FILES[kind]
    entry = _entries(text, kind)[old]
    slug = yaml_text.value(entry, "slug")
    called = yaml_text.value(entry, "name")
    if slug is None or called is None:
        raise yaml_text.by_hand(file)
    edits = [yaml_text.replaced(slug, new)]
    terms = parsed(text, kind)
    one = terms[old]
    wanted = replace(one, slug=new)
    if name is not None and name != one.name:
        edits.append(yaml_text.replaced(called, name))
        wanted = replace(wanted, name=name)
        if isinstance(wanted, Tag) and isinstance(one, Tag):
            lost = _missing([one.name], (name, *wanted.synonyms, *wanted.exact, *wanted.title))
            if lost:
                edits.append(_added(text, entry, "synonyms", lost, file))
                wanted = replace(wanted, synonyms=(*wanted.synonyms, *lost))
    result = yaml_text.edited(text, edits)
    expected = {new if slug == old else slug: wanted if slug == old else term
                for slug, term in terms.items()}  # fmt: skip
    return _verified(result, kind, expected)


def merged(text: str, kind: str, olds: Sequence[str], kept: str) -> str:
    """Return the file's text with the entries `olds` taken out, and their words among those of
    `kept`: phrases that it lacks, topics' with their weights. "other" takes no words.

    Raises ContentError where that can't be written.
    """
    file = FILES[kind]
    entries = _entries(text, kind)
    terms = parsed(text, kind)
    gone = [slug for slug in olds if slug in entries]
    if not gone:
        return text
    try:
        edits = [yaml_text.without_item(text, entries[slug]) for slug in gone]
        taken, wanted = _taken_over(text, entries.get(kept), terms, gone, kept)
    except ValueError:
        raise yaml_text.by_hand(file) from None
    result = yaml_text.edited(text, [*edits, *taken])
    expected = {slug: term for slug, term in terms.items() if slug not in gone}
    if wanted is not None:
        expected[kept] = wanted
    return _verified(result, kind, expected)


def _taken_over(
    text: str, entry: yaml.Node | None, terms: Terms, gone: Sequence[str], kept: str
) -> tuple[list[TextEdit], Term | None]:
    """Return the edits that give an entry the words of others, and what it is then."""
    if entry is None or kept == OTHER.slug:
        return [], None
    term = terms[kept]
    others = [terms[slug] for slug in gone]
    if isinstance(term, Tag):
        return _taken_phrases(text, entry, term, [one for one in others if isinstance(one, Tag)])
    return _taken_words(text, entry, term, [one for one in others if isinstance(one, Topic)])


def _taken_phrases(
    text: str, entry: yaml.Node, kept: Tag, others: Sequence[Tag]
) -> tuple[list[TextEdit], Tag]:
    if any(one.contexts for one in others):
        raise ValueError  # what a name must stand beside is a person's to merge
    edits = []
    there = (kept.name, *kept.synonyms, *kept.exact, *kept.title)
    for field in _LISTS:
        wanted: list[str] = []
        for one in others:
            bound = {phrase(each) for each in (*one.exact, *one.title)}
            if field == "synonyms" and phrase(one.name) not in bound:
                wanted.append(one.name)
            wanted += getattr(one, field)
        new = _missing(wanted, there)
        if new:
            there = (*there, *new)
            edits.append(_added(text, entry, field, new, FILES["tag"]))
            phrases = {field: (*getattr(kept, field), *new)}
            kept = replace(kept, **phrases)  # type: ignore[arg-type]
    return edits, kept


def _taken_words(
    text: str, entry: yaml.Node, kept: Topic, others: Sequence[Topic]
) -> tuple[list[TextEdit], Topic]:
    there = {phrase(words) for words, _ in kept.words}
    new: dict[float, list[str]] = {}
    for one in others:
        for spoken, weight in one.words:
            if phrase(spoken) not in there:
                there.add(phrase(spoken))
                new.setdefault(weight, []).append(spoken)
    node = yaml_text.value(entry, "words")
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("no words")
    edits: list[TextEdit] = []
    keys: list[TextEdit] = []
    lists = {float(key.value): value for key, value in node.value}
    for weight, words in sorted(new.items(), reverse=True):
        if weight in lists:
            edits.append(yaml_text.with_items(text, lists[weight], words))
        else:
            keys.append(yaml_text.with_key(text, node, f"{weight:.10g}", words))
    if keys:  # all at one place
        edits.append(TextEdit(keys[0].start, keys[0].end, "".join(one.text for one in keys)))
    edits = _joined(edits)
    added = tuple((each, weight) for weight, words in new.items() for each in words)
    return edits, replace(kept, words=(*kept.words, *added))


def _joined(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """Return edits with those at one place, such as the last list's end, made one in order."""
    found: dict[tuple[int, int], str] = {}
    for one in edits:
        found[one.start, one.end] = found.get((one.start, one.end), "") + one.text
    return [TextEdit(start, end, text) for (start, end), text in found.items()]


def _added(text: str, entry: yaml.Node, field: str, items: Sequence[str], file: str) -> TextEdit:
    node = yaml_text.value(entry, field)
    try:
        if node is not None:
            return yaml_text.with_items(text, node, items)
    except ValueError:
        raise yaml_text.by_hand(file) from None
    if not isinstance(entry, yaml.MappingNode):
        raise yaml_text.by_hand(file)
    return yaml_text.with_key(text, entry, field, items)


def _missing(wanted: Sequence[str], there: Sequence[str]) -> list[str]:
    """Return the phrases that are not there yet, each once."""
    seen = {phrase(one) for one in there}
    found = []
    for one in wanted:
        if phrase(one) not in seen:
            seen.add(phrase(one))
            found.append(one)
    return found


def _entries(text: str, kind: str) -> dict[str, yaml.Node]:
    root = yaml_text.tree(text, FILES[kind])
    return {slug.value: row for row, slug in _rows(yaml_text.value(root, f"{kind}s"))}


def _rows(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    for row in node.value if isinstance(node, yaml.SequenceNode) else ():
        slug = yaml_text.value(row, "slug")
        if slug is not None:
            yield row, slug


def _verified(text: str, kind: str, expected: Terms) -> str:
    """Return a file's new text. Raises VocabularyError for one that can't be read, and ContentError
    where it doesn't hold what was meant."""
    try:
        found = parsed(text, kind)
    except VocabularyError as error:
        raise ContentError(
            f"this would not be valid: {error.message}", file=FILES[kind], line=error.line
        ) from None
    if {slug: _plain(one) for slug, one in found.items()} != {
        slug: _plain(one) for slug, one in expected.items()
    }:
        raise yaml_text.by_hand(FILES[kind])
    return text


def _plain(term: Term) -> tuple[object, ...]:
    """Return what a topic or tag is, whatever the order of its words."""
    if isinstance(term, Topic):
        return term.slug, term.name, term.description, frozenset(term.words)
    return replace(term, synonyms=(), exact=(), title=()), *(
        frozenset(getattr(term, field)) for field in _LISTS
    )
