"""Why a file would be rendered: the plan beside the record of what was written. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..urls import file_of
from .manifest import Manifest, PartitionRecord
from .plan import Partition, Target

_PARTS = {
    "content": "its content",
    "neighbours": "what stands around it",
    "templates": "its templates",
    "settings": "the settings",
    "vocabulary": "topics.yml or tags.yml",
    "names": "the names of topics or tags",
    "firsts": "the day that first published a paper",
    "moved": "the feed's former name",
    "archive": "the archive behind the feed",
    "code": "Broadsheet itself",
}


def explain(sections: Iterable[Partition], manifest: Manifest, output: Path, path: str) -> str:
    """Why a build would render a file, or would not, in one line.

    `path` is a file below the output folder or a page's address ("papers/x/").
    """
    file = file_of(path.strip("/") + "/" if path.endswith("/") or not path.strip("/") else path)
    file = file.removeprefix("/")
    unwritten: list[Target] = []
    left = set(manifest.sections())
    for section in sections:
        left.discard(section.key)
        record = manifest.section(section.key) or PartitionRecord()
        known = next((key for key, group in record.groups.items() if file in group.paths), None)
        if known is None:
            if record.parts != section.parts:
                unwritten.extend(one for one in section.groups() if one.key not in record.groups)
            continue
        group = next((one for one in section.groups() if one.key == known), None)
        if group is None:
            return f"{file}: would be removed: there is no {known} any more"
        return f"{file}: {_why(group, record, output)}"
    for key in left:
        record = manifest.section(key) or PartitionRecord()
        if file in record.paths():
            return f"{file}: would be removed: nothing of {key} is in content any more"
    for group in unwritten:
        if any(one.path == file for one in group.render()):
            return f"{file}: would be rendered: it is new ({group.key})"
    return f"{file}: no page or file of the site is there"


def _why(group: Target, record: PartitionRecord, output: Path) -> str:
    known = record.groups[group.key]
    changed = [_named(name) for name in _differing(known.parts, group.parts)]
    if changed:
        return f"would be rendered with {group.key}, since {' and '.join(changed)} changed"
    lost = [path for path in known.paths if not (output / path).is_file()]
    if lost:
        return f"would be rendered with {group.key}, since {lost[0]} is missing"
    return f"would not be rendered: nothing that {group.key} depends on has changed"


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _named(part: str) -> str:
    return _PARTS.get(part, part)
