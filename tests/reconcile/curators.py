"""Two curators who each edit a copy of a small digest at random, with the commands and by hand."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.content import ledger, pages
from broadsheet.papers import Paper
from tests.digests import ABOUT, Digest

TOPICS = """\
version: 1
topics:
  - slug: optimization
    name: Optimization
    description: Finding what is best.
    words: {2.0: [gradient, convex]}
  - slug: vision
    name: Vision
    description: Seeing what is there.
    words: {2.0: [pixel, camera]}
  - slug: robotics
    name: Robotics
    description: Doing it.
    words: {2.0: [gripper]}
"""

TAGS = "tags:\n" + "".join(
    f"  - slug: {name}\n    name: {name.capitalize()}\n    kind: method\n"
    for name in ("amber", "basil", "cedar", "dill", "elder", "fern")
)
INTAKE = "exclude:\n  - name: lanterns\n    words: lanterns\n"
"""Papers on lanterns wait."""

NAMES = ("amber", "basil", "cedar", "dill")

_WORDS = (
    "quiet rivers carry small stones to the wide sea while patient herons watch them pass".split()
)
TITLES = tuple(
    f"{first} {second}"
    for first in ("Still", "Slow", "Bright", "Heavy")
    for second in ("gradients", "cameras", "grippers", "lanterns")
)


def rows(numbers: list[int], votes: int) -> str:
    """A listing of some papers, a JSON object a line."""
    return "".join(
        json.dumps({
            "title": TITLES[number],
            "abstract": _abstract(number),
            "authors": [f"Author{number} Example"],
            "upvotes": votes + number,
        })
        + "\n"
        for number in numbers
    )  # fmt: skip


def _abstract(number: int) -> str:
    words = _WORDS[number % 7 :] + _WORDS[: number % 7]
    first = " ".join(words[:7])
    return (
        f"Here {first}. We show that {' '.join(words[7:])}. It holds for $n={number}$ e.g. Twice."
    )


class Curating:
    """A digest that curators copy, and what each of them does to it."""

    def __init__(self, folder: Path) -> None:
        self.base = Digest(folder / "base")
        shutil.rmtree(self.base.folder / "content")
        self.base.write("content/topics.yml", TOPICS)
        self.base.write("content/tags.yml", TAGS)
        self.base.write("content/intake.yml", INTAKE)
        self.base.write("content/pages/about.md", ABOUT)
        self.base.write("seeds/2025-08-05.one.jsonl", rows([0, 1, 2, 3], 5))
        self.base.write("seeds/2025-08-06.one.jsonl", rows([4, 5, 7, 11], 5))
        assert self.base.command("import").code == 0
        for number, paper in enumerate(papers(self.base)):
            assert self.base.command("retag", paper, "--add", NAMES[number % 4]).code == 0

    def copy(self, name: str) -> Digest:
        """A copy of the digest, for one curator."""
        target = self.base.folder.parent / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.base.folder, target, ignore=shutil.ignore_patterns(".broadsheet"))
        twin = object.__new__(Digest)
        twin.folder, twin.output = target, target / "output"
        return twin


def texts(digest: Digest) -> dict[str, str]:
    """The texts of a digest's content, by path."""
    content = digest.folder / "content"
    return {
        path.relative_to(content).as_posix(): path.read_bytes().decode()
        for path in sorted(content.rglob("*"))
        if path.suffix in (".md", ".yml") and "pages" not in path.parts
    }


@dataclass(frozen=True)
class Standing:
    """A paper, and the page that it stands in."""

    path: str
    paper: Paper


def standing(files: dict[str, str]) -> dict[str, Standing]:
    """All papers by id; each stands once."""
    found: dict[str, Standing] = {}
    for path, text in files.items():
        if re.match(r"\d{4}/.*\.md\Z", path):
            for paper in pages.parse(text, file=path).papers:
                assert paper.id not in found, f"{paper.id} stands twice"
                found[paper.id] = Standing(path, paper)
    return found


def waiting(files: dict[str, str]) -> list[str]:
    """The ids of the papers that wait."""
    return [
        paper.id
        for path, text in files.items()
        if path.endswith("waiting.md")
        for paper in pages.parse(text, file=path).papers
    ]


def statuses(files: dict[str, str]) -> dict[str, set[str]]:
    """What became of each paper, by the ledgers."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        if path.endswith("day.yml"):
            for row in ledger.parse(text, file=path).statuses:
                found.setdefault(row.id, set()).add(row.status)
    return found


def papers(digest: Digest) -> list[str]:
    """The ids of a digest's papers."""
    return sorted(set(standing(texts(digest))) - set(waiting(texts(digest))))


def errors(digest: Digest) -> list[str]:
    """What a check of a digest's content calls an error."""
    inputs, wrong = folder.inputs(digest.folder / "content")
    return [
        f"{one.file}:{one.line}: {one.message}"
        for one in (*wrong, *checks.check(inputs))
        if one.severity == checks.ERROR
    ]


def edit(digest: Digest, chance: random.Random, who: str, count: int = 3) -> list[str]:
    """Make some random edits of a curator's copy; give the names of those that were made."""
    made = []
    for number in range(count):
        kind = chance.choice(EDITS)
        there = papers(digest)
        if there and kind(digest, chance, chance.choice(there), f"{who}{number}"):
            made.append(kind.__name__)
    return made


Edit = Callable[[Digest, random.Random, str, str], bool]


def _retire(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    why = ["--why", f"Reason {mark}."] if chance.random() < 0.5 else []
    return digest.command("retire", paper, *why).code == 0


def _retag(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    tags = standing(texts(digest))[paper].paper.tags
    words = ["--add", chance.choice(NAMES)]
    if tags and chance.random() < 0.5:
        words = ["--drop", chance.choice(tags)]
    return digest.command("retag", paper, *words).code == 0


def _note(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    return digest.command("note", paper, f"A note by {mark}.").code == 0


def _move(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    words = ["--topic", chance.choice(["optimization", "vision", "robotics"])]
    if chance.random() < 0.4:
        words = ["--date", chance.choice(["2025-08-05", "2025-08-06", "2025-08-07"])]
    return digest.command("move", paper, *words).code == 0


def _rename(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    tags = sorted({tag for one in standing(texts(digest)).values() for tag in one.paper.tags})
    old = [tag for tag in tags if tag in NAMES]
    if not old:
        return False
    # A tag that two people give two names at once is a matter for a talk.
    new = {"amber": "elder", "basil": "fern"}.get(chance.choice(old))
    source = {"elder": "amber", "fern": "basil"}.get(new or "")
    return bool(
        source
        and source in old
        and digest.command("retag", "--rename", source, new or "").code == 0
    )


def _reword(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    """Mend a word of an abstract by hand."""
    here = standing(texts(digest))[paper]
    text = digest.read(f"content/{here.path}")
    start = text.index("```\n", text.index(f"id: {paper}\n"))
    word = chance.choice(["rivers", "stones", "herons", "patient", "Twice"])
    at = text.find(word, start)
    end = text.find("\n## ", start)
    if at < 0 or 0 < end < at:
        return False
    digest.write(f"content/{here.path}", f"{text[:at]}{mark}{text[at + len(word) :]}")
    return True


def _write(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    """Add a section by hand."""
    here = standing(texts(digest))[paper]
    text = digest.read(f"content/{here.path}")
    digest.write(
        f"content/{here.path}",
        f"{text.rstrip()}\n\n## Written by {mark}\n\n```yaml\nid: by-{mark}\n```\n\nBy hand.\n",
    )
    return True


def _import(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    day = chance.choice(["2025-08-05", "2025-08-06", "2025-08-07"])
    numbers = sorted(chance.sample(range(len(TITLES)), 4))
    hour = chance.randrange(24)
    file = f"seeds/{day}.two.20250808T{hour:02}0000Z.jsonl"
    digest.write(file, rows(numbers, hour))
    return digest.command("import", file).code == 0


def _pick(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    waits = waiting(texts(digest))
    return bool(waits) and digest.command("pick", chance.choice(waits)).code == 0


def _decline(digest: Digest, chance: random.Random, paper: str, mark: str) -> bool:
    waits = waiting(texts(digest))
    return bool(waits) and digest.command("decline", chance.choice(waits)).code == 0


EDITS: tuple[Edit, ...] = (
    _retire,
    _retag,
    _note,
    _move,
    _rename,
    _reword,
    _write,
    _import,
    _pick,
    _decline,
)


def undecided(text: str) -> Iterator[str]:
    """The two sides of each conflict of a text."""
    for match in re.finditer(r"(?ms)^<{7}.*?\n(.*?)^={7}\n(.*?)^>{7}.*?$", text):
        yield match[1]
        yield match[2]


def mirrored(text: str) -> str:
    """A text with the sides of each conflict swapped."""
    return re.sub(
        r"(?ms)^<{7} ours([^\r\n]*)(\r?\n)(.*?)^={7}\r?\n(.*?)^>{7} theirs([^\r\n]*)",
        r"<<<<<<< ours\5\2\4=======\2\3>>>>>>> theirs\1",
        text,
    )
