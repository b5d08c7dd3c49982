"""The format of content/intake.yml: which listed papers are published, and how many a day.

    include:                       # one of these rules must match; without the key all do
      - words: robot* learn*       # each as in a subscription: all that a rule gives must hold
        topics: [robotics]
      - words: [diffusion, language model]  # one of these words and phrases
      - categories: [cs.RO, math]  # one of these; "math" is all of math.*
        votes: 5
      - sources: [huggingface]     # one of these listings
    exclude:                       # none of these may match
      - name: surveys              # what the file of waiting papers calls it
        words: survey review
    limit: 12                      # at most so many a day: those with most votes, as listed

docs/curating.md says more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ..content.disk import INTAKE
from ..errors import ContentError, shown
from ..search.query.language import Query
from ..subscriptions.model import (
    CONDITIONS,
    MOST,
    Subscription,
    asked,
    conditions,
    list_of,
    refuse_unknown,
    text_of,
    values_of,
)
from ..text import safe_yaml

FILE = INTAKE
LONGEST = 100_000
"""The most characters of the file."""
MOST_RULES = 100
"""The most rules of `include` or of `exclude`."""

_KEYS = ("include", "exclude", "limit")
_RULE_KEYS = ("name", *CONDITIONS, "categories", "sources")
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.(?:[a-z]+(?:-[a-z]+)*|\*))?\Z", re.I)
_SIGNS = re.compile(r'["+:^~*]|(?:^| )-')
_LABEL = 60  # characters of a rule's name
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a paper must match: one of the `queries`, one of the `categories`, and one of the
    `sources` of listings, each where given. `label` is its name, or what it asks for; `line` is
    where it stands."""

    label: str
    queries: tuple[Query, ...] = ()
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is published: papers that match one of `include` (None: all do) and none of `exclude`,
    at most `limit` a day (None: any number)."""

    include: tuple[Rule, ...] | None = None
    exclude: tuple[Rule, ...] = ()
    limit: int | None = None


def parse_intake(text: str, *, file: str = FILE) -> Intake:
    """Return the rules of a text.

    Raises ContentError, with file and line, for a text that isn't YAML, for unknown keys (with the
    nearest known one) and wrong values, and for a rule that asks for nothing.
    """
    try:
        return _intake(text)
    except ContentError as error:
        error.at(file)
        raise


def _intake(text: str) -> Intake:
    if len(text) > LONGEST:
        raise ContentError(f"this file has {len(text):,} characters; expected {LONGEST:,} at most")
    find = safe_yaml.line_finder(text)
    try:
        node = safe_yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        problem, at = safe_yaml.refusal(error, text)
        raise ContentError(f"this is not YAML: {problem}", line=at) from error
    if node is None:
        return Intake()
    if not isinstance(node, yaml.MappingNode):
        raise ContentError("expected `include:`, `exclude:` or `limit:`", line=1)
    nodes: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), find(key.start_mark)
        if name in nodes:
            raise ContentError(f"{name}: stands here twice", line=line)
        nodes[name], lines[name] = value, line
    refuse_unknown(nodes, lines, _KEYS, "intake.yml")
    rules = {
        key: tuple(_rules(key, nodes[key], lines[key], find))
        for key in ("include", "exclude")
        if key in nodes and not _is_null(nodes[key])
    }
    return Intake(
        include=rules.get("include"),
        exclude=rules.get("exclude", ()),
        limit=_limit(nodes["limit"], lines["limit"]) if "limit" in nodes else None,
    )


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


def _limit(node: yaml.Node, line: int) -> int | None:
    if _is_null(node):
        return None
    if not isinstance(node, yaml.ScalarNode) or not re.fullmatch(r"[0-9]{1,7}", node.value):
        found = shown(node.value) if isinstance(node, yaml.ScalarNode) else "a list or mapping"
        raise ContentError(f"limit: found {found}; expected a count, such as 12", line=line)
    return int(node.value)


def _rules(key: str, node: yaml.Node, line: int, find: Callable[[Any], int]) -> Iterator[Rule]:
    items = [node] if isinstance(node, yaml.MappingNode) else node.value
    if not isinstance(items, list):
        raise ContentError(
            f"{key}: found {shown(node.value)}; expected rules such as `- words: robot*`", line=line
        )
    if len(items) > MOST_RULES:
        raise ContentError(
            f"{key}: found {len(items)} rules; expected {MOST_RULES} at most", line=line
        )
    for item in items:
        at = find(item.start_mark)
        if not isinstance(item, yaml.MappingNode):
            found = shown(item.value) if isinstance(item, yaml.ScalarNode) else "a list"
            raise ContentError(
                f"{key}: found {found}; expected a rule such as `- words: robot*`", line=at
            )
        yield _rule(key, *values_of(item, find), at)


def _rule(key: str, values: Mapping[str, Any], lines: Mapping[str, int], at: int) -> Rule:
    refuse_unknown(values, lines, _RULE_KEYS, f"a rule of {key}")
    alternatives = _alternatives(values.get("words", ""), lines.get("words", at))
    fields = conditions({**values, "words": ""}, lines)
    categories = tuple(one.lower() for one in list_of("categories", values, lines))
    for one in categories:
        if not _CATEGORY.match(one):
            raise ContentError(
                f"categories: {shown(one)} is not a category; expected one such as cs.LG, or math "
                "for all of math.*",
                line=lines["categories"],
            )
    sources = tuple(one.lower() for one in list_of("sources", values, lines))
    queries = []
    for words in alternatives:
        query = asked(Subscription(name="", title="", **{**fields, "words": words}), lines)
        if query.first or query.last:
            raise ContentError(
                "a rule can't ask for days; expected words without since:, until: and on:",
                line=lines.get("words", at),
            )
        if not query.empty:
            queries.append(query)
    if not queries and not categories and not sources:
        raise ContentError(
            f"this rule of {key} asks for nothing; expected `words:` or the like", line=at
        )
    return Rule(
        label=(text_of("name", values, lines) or _told(values))[:_LABEL],
        queries=tuple(queries),
        categories=categories,
        sources=sources,
        authors=fields["authors"],
        topics=fields["topics"],
        tags=fields["tags"],
        line=at,
    )


def _alternatives(words: Any, line: int) -> list[str]:
    """Return the words of a rule as queries, one of which must match: a text is one query, and of a
    list each entry is one; an entry of several words is a phrase."""
    if isinstance(words, str):
        return [" ".join(words.split())]
    if len(words) > MOST:
        raise ContentError(f"words: found {len(words)}; expected {MOST} at most", line=line)
    texts = [" ".join(text.split()) for text in words]
    return [
        f'"{text}"' if " " in text and not _SIGNS.search(text) else text for text in texts if text
    ] or [""]


def _told(values: Mapping[str, Any]) -> str:
    """Return what a rule asks for, in one line."""
    return "; ".join(
        f"{key}: {', '.join(value) if isinstance(value, list) else value}"
        for key, value in values.items()
        if value
    )
