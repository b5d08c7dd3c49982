"""Reads what there is to judge from a digest's folder and its git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import BroadsheetError, SiteError
from ..io import bundled
from ..scaffold import Answers, Digest, pin, templates
from .facts import ATTRIBUTES, Facts, Git
from .site_size import SiteSize, measured

_ABOUT = "content/pages/about.md"
_PATIENCE = 60  # seconds for git
_EXAMPLE_DAY = "content/2026/01/05/day.yml"


def gather(folder: Path, settings: Mapping[str, Any] | None, trouble: str) -> Facts:
    """Return the facts of a digest's folder; `settings` are Pelican's, or None with the reason why
    they can't be read. Raises SettingsError for a damaged record."""
    digest = Digest(folder)
    record = digest.record()
    answers = record.answers if record else Answers()
    files = templates.render(
        answers,
        version=pin.version(),
        requirement=digest.requirement(None),
        docs=pin.documentation(),
    )
    # A pin whose hash is not known here is not one that an upgrade would change.
    steps = tuple(step for step in digest.upgraded(files) if step.path != templates.PINNED)
    wanted = {
        templates.PINNED,
        "CNAME",
        _ABOUT,
        ATTRIBUTES,
        *(path for path in files if path.endswith(".yml")),
    }
    texts = {path: text for path in wanted if (text := _text(digest, path)) is not None}
    day = _text(digest, _EXAMPLE_DAY) or ""
    return Facts(
        version=pin.version(),
        settings=settings,
        trouble=trouble,
        record=record,
        steps=steps,
        texts=texts,
        days=sum(1 for _ in folder.glob("content/[0-9][0-9][0-9][0-9]/[01][0-9]/[0-3][0-9]")),
        example=tuple(_example(folder, day)),
        about_is_template=texts.get(_ABOUT)
        == bundled.path(f"templates/digest/{_ABOUT}").read_text("utf-8"),
        git=git_state(folder),
        around=_git(folder, "rev-parse", "--show-toplevel") or "",
        site=_site(settings),
    )


def _example(folder: Path, day: str) -> Iterator[str]:
    """Yield what is left of the example listing; `day` is the text of its day's ledger."""
    if (folder / templates.EXAMPLE).exists():
        yield templates.EXAMPLE
    if Path(templates.EXAMPLE).name in day:
        yield str(PurePosixPath(_EXAMPLE_DAY).parent)


def _site(settings: Mapping[str, Any] | None) -> SiteSize | None:
    output = (settings or {}).get("OUTPUT_PATH")
    return measured(Path(output)) if isinstance(output, str) and output else None


def _text(digest: Digest, path: str) -> str | None:
    try:
        return digest.text(path)
    except BroadsheetError:  # told as a file that can't be read, where templates have it
        return None


def git_state(folder: Path) -> Git | None:
    """Return the state of the repository that a folder is; None without one, or without git."""
    if not (folder / ".git").exists():
        return None
    branch = _git(folder, "symbolic-ref", "--short", "-q", "HEAD")
    if branch is None and _git(folder, "rev-parse", "--git-dir") is None:
        return None
    status = _git(folder, "status", "--porcelain") or ""
    unpushed = _git(folder, "rev-list", "--count", f"origin/{branch}..HEAD") if branch else None
    return Git(
        commits=_git(folder, "rev-parse", "--verify", "-q", "HEAD") is not None,
        branch=branch or "",
        remote=_git(folder, "remote", "get-url", "origin") or "",
        changed=len(status.splitlines()),
        unpushed=int(unpushed) if unpushed and unpushed.isdigit() else None,
        merges=bool(_git(folder, "config", "--get", "merge.broadsheet.driver")),
    )


def _git(folder: Path, *args: str) -> str | None:
    """Return what git prints; None where it fails. Raises SiteError where it gives no answer: git
    waits for a named pipe in the place of its .gitignore without end."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *args],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_PATIENCE,
        )
    except OSError:
        return None
    except subprocess.TimeoutExpired:
        raise SiteError(
            f"`git {args[0]}` gave no answer within {_PATIENCE} s; expected one at once: is "
            ".gitignore or .gitattributes a file?",
            file=str(folder),
        ) from None
    return done.stdout.strip() if not done.returncode else None
