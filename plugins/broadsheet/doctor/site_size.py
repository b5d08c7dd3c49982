"""How large a built site is, and which limits of its host it exceeds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..incremental.inventory import FOLDER

_GIB = 2**30
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSize:
    """How large a site is: its files and folders, bytes, and the largest file with its bytes."""

    files: int = 0
    folders: int = 0
    size: int = 0
    largest: str = ""
    largest_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLimits:
    """What a host takes of one site, None where it says nothing. `entries` are files and folders
    together; `size` and `file_size` are bytes. `plan` tells what may lift them."""

    title: str
    files: int | None = None
    entries: int | None = None
    size: int | None = None
    file_size: int | None = None
    plan: str = ""


LIMITS = {
    "github": HostLimits(title="GitHub Pages", size=_GIB),
    "gitlab": HostLimits(title="GitLab Pages", entries=200_000, size=_GIB, plan="at gitlab.com"),
    "cloudflare": HostLimits(
        title="Cloudflare Pages", files=20_000, file_size=25 * _MIB, plan="on the free plan"
    ),
}
"""By host, as docs/hosts/ tells them; of the others none is known that a site's size tells."""


def exceeded(host: str, site: SiteSize) -> Iterator[str]:
    """Yield a sentence for each limit of a host that a site exceeds."""
    limits = LIMITS.get(host)
    if limits is None:
        return
    entries = site.files + site.folders
    plan = f" {limits.plan}" if limits.plan else ""
    if limits.files is not None and site.files > limits.files:
        yield f"the site has {site.files:,} files; {limits.title} takes {limits.files:,}{plan}"
    if limits.entries is not None and entries > limits.entries:
        yield (
            f"the site has {entries:,} files and folders; {limits.title} takes "
            f"{limits.entries:,}{plan}"
        )
    if limits.size is not None and site.size > limits.size:
        yield (
            f"the site has {site.size / _GIB:.2f} GiB; {limits.title} takes "
            f"{limits.size / _GIB:.0f} GiB{plan}"
        )
    if limits.file_size is not None and site.largest_size > limits.file_size:
        yield (
            f"{site.largest} has {site.largest_size / _MIB:.1f} MiB; {limits.title} takes files of "
            f"at most {limits.file_size / _MIB:.0f} MiB"
        )


def measured(output: Path) -> SiteSize | None:
    """Return how large a built site is, without the lists of its files, which are not published;
    None where there is none."""
    if not output.is_dir():
        return None
    files = folders = size = largest_size = 0
    largest = ""
    for folder, names, entries in os.walk(output):
        if folder == os.fspath(output):
            names[:] = [name for name in names if name != FOLDER]
        folders += len(names)
        for name in entries:
            path = os.path.join(folder, name)  # noqa: PTH118
            try:
                bytes_of = os.lstat(path).st_size
            except OSError:  # removed meanwhile
                continue
            files += 1
            size += bytes_of
            if bytes_of > largest_size:
                largest, largest_size = os.path.relpath(path, output), bytes_of
    return SiteSize(
        files=files, folders=folders, size=size, largest=largest, largest_size=largest_size
    )
