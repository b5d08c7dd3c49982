"""The folder of subscriptions on disk: content/subscriptions/NAME.yml."""

from __future__ import annotations

from pathlib import Path

from . import inside
from .content import Source
from .errors import ContentError, shown
from .query import Subscription, parse_subscription

FOLDER = "subscriptions"


def sources(root: Path) -> tuple[Source, ...]:
    """The files of a content folder's subscriptions, by name. Raises ContentError for a link that
    leads out of it."""
    folder = root / FOLDER
    if not folder.is_dir():
        return ()
    inside.refuse(root, FOLDER)
    names = (f"{FOLDER}/{path.name}" for path in sorted(folder.iterdir()) if _is_one(path))
    return tuple(Source(name, inside.read(root, name)) for name in names)


def _is_one(path: Path) -> bool:
    named = path.suffix in (".yml", ".yaml") and not path.name.startswith(".")
    return named and (path.is_file() or path.is_symlink())


def read(root: Path) -> tuple[Subscription, ...]:
    """All subscriptions, by name. Raises ContentError, with file and line, for the first that can't
    be read."""
    return tuple(map(parsed, sources(root)))


def parsed(source: Source) -> Subscription:
    """A file as a subscription. Raises ContentError with file and line."""
    name, _, ending = source.path.rpartition("/")[2].rpartition(".")
    if ending != "yml":
        raise ContentError("expected the file's name to end with .yml", file=source.path)
    return parse_subscription(source.text(), name, file=source.path)


def read_one(root: Path, name: str) -> Subscription:
    """A subscription by its name, or by the path of a file anywhere. Raises ContentError."""
    path = Path(name)
    if path.suffix != ".yml":
        path = root / FOLDER / f"{name}.yml"
    if not path.is_file():
        known = ", ".join(source.path.rpartition("/")[2][:-4] for source in sources(root))
        raise ContentError(
            f"no subscription {shown(name)}; expected {known or 'one'} in {root / FOLDER}"
        )
    return parsed(Source(str(path), path.read_bytes()))
