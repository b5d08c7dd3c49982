"""The folder of subscriptions on disk: content/subscriptions/NAME.yml."""

from __future__ import annotations

from pathlib import Path

from .. import conflict_markers
from ..content import disk
from ..content.disk import SourceFile
from ..errors import ContentError, shown
from ..io import symlinks
from .model import Subscription, parse_subscription

FOLDER = "subscriptions"


def sources(root: Path) -> tuple[SourceFile, ...]:
    """Return the files of a content folder's subscriptions, by name. Raises ContentError for what
    can't be read, and for a symbolic link that leads out of the folder."""
    folder = root / FOLDER
    try:
        paths = list(folder.iterdir()) if folder.is_dir() else []
        names = sorted(path.name for path in paths if _is_subscription(path))
    except OSError as error:
        raise ContentError(
            f"can't be read: {error.strerror}; expected subscriptions here", file=FOLDER
        ) from error
    if names:
        symlinks.refuse(root, FOLDER)
    files = (disk.read(root, f"{FOLDER}/{name}") for name in names)
    return tuple(source for source in files if source is not None)


def _is_subscription(path: Path) -> bool:
    is_named_so = path.suffix in (".yml", ".yaml") and not path.name.startswith(".")
    return is_named_so and (path.is_file() or path.is_symlink())


def read(root: Path) -> tuple[Subscription, ...]:
    """Return all subscriptions, by name. Raises ContentError, with file and line, for the first
    that can't be read."""
    return tuple(map(parsed, sources(root)))


def parsed(source: SourceFile) -> Subscription:
    """Return a file as a subscription. Raises ContentError with file and line."""
    name, _, ending = source.path.rpartition("/")[2].rpartition(".")
    if ending != "yml":
        raise ContentError("expected the file's name to end with .yml", file=source.path)
    text = source.text()
    conflict_markers.refuse(text, file=source.path)
    return parse_subscription(text, name, file=source.path)


def read_one(root: Path, name: str) -> Subscription:
    """Return a subscription by its name, or by the path of a file anywhere. Raises ContentError
    where it is missing or can't be read."""
    path = Path(name)
    if path.suffix != ".yml":
        path = root / FOLDER / f"{name}.yml"
    source = disk.read(Path(), str(path))
    if source is None:
        known = ", ".join(source.path.rpartition("/")[2][:-4] for source in sources(root))
        raise ContentError(
            f"no subscription {shown(name)}; expected {known or 'one'} in {root / FOLDER}"
        )
    return parsed(source)
