"""Why a file would be rendered: compares the plan with the manifest. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from .manifest import Manifest
from .plan import Partition, Target
from .records import NO_RECORD, PartitionRecord


def explain(
    partitions: Iterable[Partition],
    manifest: Manifest,
    output: Path,
    file: str,
    names: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return in one line why a build would render a file, or why not.

    `file` is a path below the output folder. `names` gives dependencies the names that readers
    know; one that it lacks is called by its key.
    """
    unrecorded: list[Target] = []
    stale = set(manifest.partitions())
    for partition in partitions:
        stale.discard(partition.key)
        record = manifest.partition(partition.key) or NO_RECORD
        known = next((key for key, target in record.targets.items() if file in target.paths), None)
        if known is None:
            if record.dependencies != partition.dependencies:
                unrecorded.extend(
                    target for target in partition.targets() if target.key not in record.targets
                )
            continue
        target = next((target for target in partition.targets() if target.key == known), None)
        if target is None:
            return f"{file}: would be removed: there is no {known} any more"
        return f"{file}: {_reason(target, record, output, names)}"
    for key in stale:
        record = manifest.partition(key) or NO_RECORD
        if file in record.paths():
            return f"{file}: would be removed: nothing of {key} is in content any more"
    for target in unrecorded:
        if any(rendered.path == file for rendered in target.render()):
            return f"{file}: would be rendered: it is new ({target.key})"
    return f"{file}: no page or file of the site is there"


def _reason(target: Target, record: PartitionRecord, output: Path, names: Mapping[str, str]) -> str:
    known = record.targets[target.key]
    changed = [
        names.get(name, name) for name in _differing(known.dependencies, target.dependencies)
    ]
    if changed:
        return f"would be rendered with {target.key}, since {' and '.join(changed)} changed"
    missing = [path for path in known.paths if not (output / path).is_file()]
    if missing:
        return f"would be rendered with {target.key}, since {missing[0]} is missing"
    return f"would not be rendered: nothing that {target.key} depends on has changed"


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]
