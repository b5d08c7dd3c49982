"""The format of a subscription's file, content/subscriptions/NAME.yml, and its query.

    title: Robots that learn
    description: Manipulation and locomotion, learned rather than planned.
    all: diffusion policy         # each of these, in any form, as plain words on the search page
    topics: [robotics]            # one of these
    tags: [reinforcement-learning]  # each of these
    authors: [Ada Lovelace]       # each of these, by full name
    votes: 5                      # at least
    since: 2025-06                # a year, month, week or day

or, instead of `all`, in Lunr's syntax:

    words: robot* learn*          # any of these
    required: [policy]            # each of these
    excluded: [survey]            # none of these

`title` and one condition are required, all else is optional. docs/subscriptions.md says more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import yaml

from ..days import FIRST, LAST
from ..errors import ContentError, shown
from ..search.query.language import Query, query, read, span_of
from ..search.query.question import Question, as_query, marked_as_lunrs, question
from ..slugs import SLUG, is_slug
from ..suggestions import did_you_mean
from ..text import safe_yaml

_TEXTS = ("title", "description", "all", "words", "since")
_LISTS = ("required", "excluded", "authors", "topics", "tags")
_KEYS = (*_TEXTS, *_LISTS, "votes")
TEMPLATE = "subscription.html"
"""The template of its page."""
LONGEST = 20_000
"""The most characters of a file."""
MOST = 50
"""The most entries of a list, and clauses of a query."""
_YEARS = range(FIRST.year, LAST.year + 1)
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription as its file has it; `since` is a span of time as written ("2025-06")."""

    name: str
    title: str
    description: str = ""
    all: str = ""
    words: str = ""
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    votes: int = 0
    since: str = ""

    @property
    def text(self) -> str:
        """The words, required and excluded ones too, in the query language."""
        return " ".join(
            filter(
                None, [self.words, *map(_required, self.required), *map(_excluded, self.excluded)]
            )
        )


def _required(word: str) -> str:
    # A hyphen separates words, in Lunr too.
    return f'"{word}"' if " " in word else " ".join(f"+{part}" for part in word.split("-") if part)


def _excluded(word: str) -> str:
    return f"-{word}"


def query_of(subscription: Subscription) -> Query:
    """Return a subscription's query. Raises ContentError where its words can't be parsed."""
    plain = plain_words(subscription.all)
    reading = plain.filters if subscription.all else read(subscription.text)
    first, last = reading.first, reading.last
    if subscription.since:
        span = span_of(subscription.since)
        assert span is not None
        first = max(first, span[0]) if first else span[0]
    narrowed = replace(
        reading,
        topics=(*reading.topics, *subscription.topics),
        tags=(*reading.tags, *subscription.tags),
        authors=(*reading.authors, *subscription.authors),
        first=first,
        last=last,
    )
    if not subscription.all:
        return query(narrowed, subscription.votes)
    return replace(as_query(replace(plain, filters=narrowed)), votes=subscription.votes)


def plain_words(text: str) -> Question:
    """Return the text of `all:` as a question. A year, or a month of it, is that of the paper's day
    in the digest. Raises ContentError for what isn't plain words."""
    asked = question(text, _YEARS)
    if asked.identifier is not None:
        raise ContentError(
            f"all: {shown(text)} names one paper; expected words that papers may have"
        )
    if asked.clauses is not None:
        raise ContentError(
            f"all: {shown(text)} is in Lunr's syntax; expected plain words here, and that in words:"
        )
    if asked.only_common:
        raise ContentError(f"all: {shown(text)} has common words only, which are in no index")
    return asked


def address(subscription: Subscription) -> str:
    """Return the address of the search page that finds the same papers, except for `votes`, which
    it can't filter by."""
    text = _with_year_as_filter(subscription.all) or marked_as_lunrs(subscription.text)
    # What is written is meant: no spelling is corrected, and a phrase stays one.
    parameters = [("q", text), ("verbatim", "1")] if text else []
    parameters += [("topic", slug) for slug in subscription.topics]
    parameters += [("tag", slug) for slug in subscription.tags]
    parameters += [("author", name) for name in subscription.authors]
    if subscription.since:
        parameters.append(("since", subscription.since))
    return f"search/?{urlencode(parameters)}"


def _with_year_as_filter(text: str) -> str:
    """Return plain words with their year as a filter of the search page's, which takes it for a
    word where the digest has no day of that year."""
    asked = plain_words(text)
    if asked.year is None:
        return text
    words = r"\s+".join(map(re.escape, asked.year_words))
    return re.sub(rf"(?<!\S){words}(?!\S)", f"on:{asked.year}", text, count=1)


def parse_subscription(text: str, name: str, *, file: str | None = None) -> Subscription:
    """Return a subscription, given its file's text and name.

    Raises ContentError, with file and line, for a name that can't be an address, for a text that
    isn't YAML, for unknown keys and wrong values, and for words that can't be parsed as a query.
    """
    try:
        if not is_slug(name, 80):
            raise ContentError(
                f"{shown(name)} is not a name for a subscription; expected small letters, digits "
                "and hyphens, such as robots-that-learn.yml"
            )
        values, lines = _values(text)
        return _subscription(name, values, lines)
    except ContentError as error:
        error.at(file or f"subscriptions/{name}.yml")
        raise


def _values(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the values of a file by their keys, and the lines of the keys."""
    if len(text) > LONGEST:
        raise ContentError(f"this file has {len(text)} characters; expected {LONGEST} at most")
    find = safe_yaml.line_finder(text)
    try:
        node = safe_yaml.compose(text, _Loader)
        if not isinstance(node, yaml.MappingNode):
            raise ContentError("expected `title:` and what to look for", line=1)
        return values_of(node, find)
    except yaml.YAMLError as error:
        problem, at = safe_yaml.refusal(error, text)
        raise ContentError(f"this is not YAML: {problem}", line=at) from error


def values_of(
    node: yaml.MappingNode, find: Callable[[Any], int]
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return a mapping's texts and lists of texts by their keys, and the lines of the keys. Raises
    ContentError for other values, and for a key that stands twice."""
    lines: dict[str, int] = {}
    values: dict[str, Any] = {}
    for key, value in node.value:
        line = find(key.start_mark)
        name = str(key.value)
        if name in values:
            raise ContentError(f"{name}: stands here twice", line=line)
        lines[name] = line
        values[name] = _plain(value, line)
    return values, lines


def _plain(node: yaml.Node, line: int) -> str | list[str]:
    """Return a text or a list of texts as written (a date stays a text)."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag.endswith(":null") else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        return [str(item.value) for item in node.value]
    raise ContentError("expected a text or a list of texts", line=line)


def _subscription(name: str, values: Mapping[str, Any], lines: Mapping[str, int]) -> Subscription:
    refuse_unknown(values, lines, _KEYS, "a subscription")
    fields: dict[str, Any] = {key: text_of(key, values, lines) for key in _TEXTS}
    if not fields["title"]:
        raise ContentError("title: expected a text", line=lines.get("title", 1))
    fields |= conditions(values, lines)
    if fields["since"] and span_of(fields["since"]) is None:
        raise ContentError(
            f"since: found {shown(fields['since'])}; expected a year, month, week or day: "
            "2025, 2025-06, 2025-W23 or 2025-06-14",
            line=lines["since"],
        )
    for key in ("words", "required", "excluded"):
        if fields["all"] and fields[key]:
            raise ContentError(
                f"{key}: can't stand beside all:, whose words are plain; expected one of the two",
                line=lines[key],
            )
    subscription = Subscription(name=name, **fields)
    if asked(subscription, lines).empty:
        raise ContentError("this looks for nothing; expected `words:` or the like", line=1)
    return subscription


def refuse_unknown(
    values: Mapping[str, Any], lines: Mapping[str, int], known: Sequence[str], what: str
) -> None:
    """Raise ContentError for a key that is not `known`, with the nearest that is."""
    for key in values:
        if key not in known:
            raise ContentError(
                f"{shown(key)} is not a key of {what}; expected one of {', '.join(known)}"
                f"{did_you_mean(key, known)}",
                line=lines[key],
            )


CONDITIONS = ("words", "required", "excluded", "authors", "topics", "tags", "votes")
"""The keys that say what a paper must match, but for `since`."""


def conditions(values: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, Any]:
    """Return the values of CONDITIONS as a `Subscription` has them. Raises ContentError for those
    of another shape."""
    fields: dict[str, Any] = {"words": text_of("words", values, lines)}
    fields |= {key: tuple(list_of(key, values, lines)) for key in _LISTS}
    votes = str(values.get("votes", "0"))
    if not re.fullmatch(r"\d{1,7}", votes, re.A):
        raise ContentError(f"votes: found {shown(votes)}; expected a count", line=lines["votes"])
    return {**fields, "votes": int(votes)}


def asked(subscription: Subscription, lines: Mapping[str, int]) -> Query:
    """Return a subscription's query. Raises ContentError, with its line, where its words can't be
    parsed or are too many."""
    try:
        found = query_of(subscription)
    except ContentError as error:
        if error.line is None:
            keys = ("all", "words", "required", "excluded")
            error.line = next((lines[key] for key in keys if key in lines), None)
        raise
    count = max(len(found.clauses), len(subscription.all.split()))
    if count > MOST:
        raise ContentError(
            f"this looks for {count} words; expected {MOST} at most",
            line=lines.get("words") or lines.get("all", 1),
        )
    return found


def text_of(key: str, values: Mapping[str, Any], lines: Mapping[str, int]) -> str:
    """Return a text in one line; "" where the key is absent. Raises ContentError for a list."""
    value = values.get(key, "")
    if not isinstance(value, str):
        raise ContentError(f"{key}: found a list; expected a text", line=lines[key])
    return " ".join(value.split())


def list_of(key: str, values: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[str]:
    """Yield the texts of a list. Raises ContentError for too many, and for what is no slug or word
    where one is expected."""
    value = values.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if len(listed) > MOST:
        raise ContentError(f"{key}: found {len(listed)}; expected {MOST} at most", line=lines[key])
    for entry in listed:
        text = " ".join(entry.split())
        if not text:
            continue
        if key in ("topics", "tags") and not SLUG.match(text):
            raise ContentError(
                f"{key}: {shown(text)} is not a slug; expected one such as language-models",
                line=lines[key],
            )
        if key in ("required", "excluded") and (
            re.search(r'["+]', text)
            or text.startswith("-")
            or (key == "excluded" and re.search("[ -]", text))
        ):
            raise ContentError(
                f"{key}: {shown(text)}; expected one plain word each (no signs)", line=lines[key]
            )
        yield text
