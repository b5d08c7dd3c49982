"""Small digests for tests: a folder with settings, a short vocabulary and a few days of papers."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from broadsheet.cli import main
from broadsheet.cli.build import run
from broadsheet.incremental.inventory import FOLDER
from broadsheet.site.request import BuildRequest
from broadsheet.urls import EXPORTS, FEEDS

ROOT = Path(__file__).resolve().parent.parent

TOPICS = """\
version: 1
topics:
  - slug: optimization
    name: Optimization
    description: Finding what is best.
    words:
      2.0: [optimization, gradient, convex]
  - slug: vision
    name: Vision
    description: Seeing what is there.
    words:
      2.0: [image, segmentation, pixel]
"""

TAGS = """\
tags:
  - slug: sgd
    name: Stochastic gradient descent
    kind: method
    synonyms: [stochastic gradient]
  - slug: segmentation
    name: Segmentation
    kind: task
"""

ABOUT = "Title: About\nDescription: What this is.\n\nA *small* digest. [Home]({filename}about.md)\n"

OPTIMIZATION = """\
---
title: Optimization
date: 2025-08-07
topic: optimization
---

## Steps that shrink: a study of $\\varepsilon$-decay

```yaml
id: steps-that-shrink
authors: [Ada Example, Bo Example, Cy Example, Di Example, Ed Example]
tags: [sgd]
code: https://code.example/steps
upvotes: 12
```

Gradient steps are often too long. In this paper, we propose steps that shrink, with complexity
$\\mathcal{O}(\\varepsilon^{-2})$, at no cost. The code is at https://code.example/steps.

> Worth reading with the next one.

## On flat valleys

```yaml
id: "2508.00001"
arxiv: "2508.00001"
tags: [sgd]
```

We study valleys that are flat & wide < narrow.
"""

VISION = """\
---
title: Vision
date: 2025-08-08
topic: vision
---

## Pixels of a feather

```yaml
id: pixels-of-a-feather
tags: [segmentation]
```

An image is many pixels. We introduce a way to count them.
"""

LEDGER = """\
date: 2025-08-07
listings:
- {"file": "2025-08-07.huggingface.txt", "sha256": "00", "source": "huggingface", "papers": 3}
papers:
- {"id": "steps-that-shrink", "title": "Steps that shrink", "became": "published"}
- {"id": "2508.00001", "title": "On flat valleys", "became": "published"}
- {"id": "old-news", "title": "Old news", "became": "duplicate", "of": "2025-08-05"}
"""


@dataclass(frozen=True)
class Run:
    """A finished command."""

    code: int
    out: str
    err: str


class Digest:
    """A digest in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        settings = (ROOT / "pelicanconf.py").read_text("utf-8")
        settings = settings.replace('THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
        settings = settings.replace(
            'PLUGIN_PATHS = ["plugins"]', f"PLUGIN_PATHS = [{str(ROOT / 'plugins')!r}]"
        )
        # Workers share the cores already; tests of sharing say so themselves.
        self.write("pelicanconf.py", f"{settings}\nBROADSHEET_JOBS = 1\n")
        self.set("BROADSHEET_FEED_FORMATS", FEEDS)
        self.set("BROADSHEET_EXPORT_FORMATS", EXPORTS)
        self.write("content/topics.yml", TOPICS)
        self.write("content/tags.yml", TAGS)
        self.write("content/pages/about.md", ABOUT)
        self.write("content/2025/08/07/optimization.md", OPTIMIZATION)
        self.write("content/2025/08/07/day.yml", LEDGER)
        self.write("content/2025/08/08/vision.md", VISION)

    def write(self, path: str, text: str) -> None:
        """Write a file of the digest, in one step: who watches it sees no half of it."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = self.folder / ".aside"
        aside.write_text(text, "utf-8")
        aside.replace(target)

    def read(self, path: str) -> str:
        """Read a file of the digest."""
        return (self.folder / path).read_text("utf-8")

    def set(self, name: str, value: object) -> None:
        """Give a setting another value."""
        self.write("pelicanconf.py", self.read("pelicanconf.py") + f"\n{name} = {value!r}\n")

    def page(self, path: str) -> str:
        """A built page, by its address."""
        end = "index.html" if path.endswith("/") or not path else ""
        return (self.output / f"{path}{end}").read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """All files of the site, by path."""
        return {path: data for path, data in self.whole().items() if not path.startswith(FOLDER)}

    def whole(self) -> dict[str, bytes]:
        """All that is in the output folder, by path: files with the lists of them, and folders that
        are empty."""
        return {
            path: Path(place).read_bytes() if os.path.isfile(place) else b"/"  # noqa: PTH113
            for path, place in sorted(self._ends(), key=lambda end: end[0].split("/"))
        }

    def stamps(self) -> dict[str, int]:
        """When each file of the site was written (ns)."""
        return {
            path: Path(place).stat().st_mtime_ns
            for path, place in self._ends()
            if os.path.isfile(place) and not path.startswith(f"{FOLDER}/")  # noqa: PTH113
        }

    def _ends(self) -> Iterator[tuple[str, str]]:
        """The files and the empty folders of the output folder, by path, with where they are. (A
        test asks for hundreds several times: they are no Paths.)"""
        top = str(self.output)
        for folder, folders, names in os.walk(top):
            below = folder[len(top) + 1 :]
            for name in names:
                place = f"{folder}/{name}"
                assert os.path.isfile(place), f"{place} is neither a file nor a folder"  # noqa: PTH113
                yield (f"{below}/{name}" if below else name), place
            if below and not folders and not names:
                yield below, folder

    def html(self) -> Iterator[tuple[str, str]]:
        """All pages of the output, by path."""
        for path, data in self.files().items():
            if path.endswith(".html"):
                yield path, data.decode()

    def run(self, *command: str) -> Run:
        """Run a command of the virtual environment in the digest's folder, as a process."""
        made = subprocess.run(
            [str(Path(sys.executable).parent / command[0]), *command[1:]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(made.returncode, made.stdout, made.stderr)

    def command(self, *arguments: str) -> Run:
        """Run `broadsheet` in the digest's folder, in this process."""
        with contextlib.chdir(self.folder):
            made = CliRunner().invoke(main, arguments)
        return Run(made.exit_code, made.stdout, made.stderr)

    def build(self, *, fresh: bool = False, explain: str | None = None, **settings: object) -> str:
        """Build in this process, or explain a page; gives the line that it prints. Raises what
        `run` raises."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            request = BuildRequest(fresh=fresh, explain=explain)
            run(self.folder / "pelicanconf.py", dict(settings), request)
        return out.getvalue().strip()

    def fresh(self, folder: Path) -> dict[str, bytes]:
        """The files of the same digest built from nothing, in another folder."""
        return self.anew(folder).files()

    def copied(self, folder: Path) -> Digest:
        """The same digest in another folder, with all that a build has made there."""
        shutil.copytree(self.folder, folder, symlinks=True)
        twin = object.__new__(Digest)
        twin.folder, twin.output = folder, folder / "output"
        return twin

    def anew(self, folder: Path) -> Digest:
        """The same digest built from nothing, in another folder."""
        other = folder / "from-scratch"
        shutil.rmtree(other, ignore_errors=True)
        other.mkdir(parents=True)
        for name in ("pelicanconf.py",):
            shutil.copy(self.folder / name, other / name)
        shutil.copytree(self.folder / "content", other / "content")
        twin = object.__new__(Digest)
        twin.folder, twin.output = other, other / "output"
        twin.build()
        return twin


def new_folder() -> Path:
    """A folder where pytest has its own, in memory if it can be, for tests that can't ask it for
    one; they remove it."""
    return Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))


def numbers(line: str) -> dict[str, int]:
    """What a build's line says: papers, files, written, unchanged, removed."""
    words = line.replace(",", "").replace(":", "").split()
    pairs = itertools.pairwise(words)
    return {word: int(count) for count, word in pairs if count.isdigit()}
