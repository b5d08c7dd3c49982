"""Check content/intake.yml: whether it can be read, and whether its topics and tags exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..content.disk import SourceFile
from ..errors import BroadsheetError, shown
from ..intake import Rule, parse_intake
from ..suggestions import did_you_mean
from .problem import ERROR, NOTE, WARNING, Problem, of_error

KIND = "intake"


def problems(
    source: SourceFile, topics: Collection[str], tags: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of the file. `topics` and `tags` are the known slugs; an unknown tag is
    only a warning, since curators may use tags that tags.yml lacks."""
    try:
        intake = parse_intake(source.text(), file=source.path)
    except BroadsheetError as error:
        yield of_error(error, KIND, source.path)
        return
    for rule in (*(intake.include or ()), *intake.exclude):
        yield from _unknown(source, rule, "topics", rule.topics, topics, ERROR)
        yield from _unknown(source, rule, "tags", rule.tags, tags, WARNING)
        if len(rule.authors) > 1:
            yield Problem(
                file=source.path,
                line=_line(source, rule, "authors"),
                severity=NOTE,
                kind=KIND,
                message=f"authors: all {len(rule.authors)} must be among a paper's authors; for "
                "papers by any of them, write a rule for each",
            )


def _unknown(
    source: SourceFile,
    rule: Rule,
    key: str,
    slugs: Collection[str],
    known: Collection[str],
    severity: str,
) -> Iterator[Problem]:
    for slug in slugs:
        if known and slug not in known:
            yield Problem(
                file=source.path,
                line=_line(source, rule, key),
                severity=severity,
                kind=KIND,
                message=f"{key}: {shown(slug)} is not in {key}.yml{did_you_mean(slug, known)}",
            )


def _line(source: SourceFile, rule: Rule, key: str) -> int:
    """Return the line of a rule's key; the rule's first line where it has none of its own."""
    lines = source.text().split("\n")
    for number in range(rule.line, len(lines) + 1):
        words = lines[number - 1].strip()
        if words.removeprefix("- ").lstrip().startswith(f"{key}:"):
            return number
        if number > rule.line and words.startswith("- "):
            break
    return rule.line
