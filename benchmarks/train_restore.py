"""Train the model that tells maths from prose in abstracts without dollar signs and backslashes.

    BROADSHEET_DATA=DIR python benchmarks/train_restore.py [--write]

DIR holds papers.jsonl.xz and papers-categories.jsonl.xz: arXiv's metadata (CC0), abstracts as their
authors wrote them. Each is stripped as Hugging Face's listings strip it, and what vanished is what
the model learns to find: for each token, whether it stood in a formula, and whether a backslash
stood before it. Rows that come from such a listing (they have votes) and the papers of
tex-pairs.jsonl are left out. A hash of the paper's id says what a row is for: eight parts of ten
are trained on, one is for choosing, and one is only for the last word.

Prints the scores of the latter two and of tex-pairs.jsonl (see restoring.py), with and without the
papers' ids. With --write, replaces the model in the package first. The same data give the same
model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from broadsheet.tex import restore
from broadsheet.tex.commands import GREEK
from broadsheet.tex.tagging import MODEL, features
from broadsheet.tex.tokens import Tokens, tokens, windows
from restoring import score

DATA = Path(os.environ.get("BROADSHEET_DATA", ""))
SOURCES = ("papers.jsonl.xz", "papers-categories.jsonl.xz")
PROSE = 2  # of those without TeX, one in so many is trained on: the others say the same
ROUNDS = 50
_COMMAND = re.compile(r"\\([A-Za-z]+)\{([^}]*)\}")
_DOLLARS = re.compile(r"\$\$(.+?)\$\$|\$([^$]*)\$", re.S)
_GREEK = {letter: name for name, letter in GREEK.items()}
_LETTER = re.compile("[" + "".join(_GREEK) + "]")
_SPACE = re.compile(r"\s+")


class Row(NamedTuple):
    """A paper: its arXiv id, its abstract as its authors wrote it, and its part (0 to 9)."""

    id: str
    abstract: str
    part: int


class Stripped(NamedTuple):
    """An abstract as a listing shows it. Of each character, `marks` says where it stood: " " in
    prose, "m" in a formula, "\\\\" in a formula behind a backslash."""

    text: str
    marks: str


def part(paper: str) -> int:
    """Return the part, 0 to 9, that a paper's id falls in."""
    return hashlib.sha256(paper.encode()).digest()[0] % 10


def rows() -> Iterator[Row]:
    """Return all papers that have their authors' own abstract."""
    pairs = (DATA / "tex-pairs.jsonl").read_text("utf-8").splitlines()
    unseen = {json.loads(line)["id"] for line in pairs}
    for name in SOURCES:
        with lzma.open(DATA / name, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if not row.get("upvotes") and row["id"] not in unseen:
                    yield Row(row["id"], row["abstract"], part(row["id"]))


def strip(original: str, faces: bool = False) -> Stripped:
    """Return an abstract as the listing shows it. With `faces`, commands keep their braces, as in
    listings of another kind."""
    text = _SPACE.sub(" ", original.strip())
    if not faces:
        text = _COMMAND.sub(r"\2", text)
    out: list[str] = []
    told: list[str] = []
    done = 0
    for m in _DOLLARS.finditer(text):
        out.append(text[done : m.start()])
        told.append(" " * (m.start() - done))
        lost = False
        which = 1 if m[1] is not None else 2
        for k in range(m.start(which), m.end(which)):
            if text[k] == "\\":
                lost = True
                continue
            out.append(text[k])
            told.append("\\" if lost else "m")
            lost = False
        done = m.end()
    out.append(text[done:])
    told.append(" " * (len(text) - done))
    return Stripped("".join(out), "".join(told))


def labels(found: Tokens, marks: str) -> list[str]:
    """Return the label of each token: see `broadsheet.tex.tagging`."""
    out = []
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        here = marks[start:end]
        if word[0] == "\\" and len(word) > 1:
            out.append("C" if here.strip() else "O")
        elif "\\" in here and word not in "%&#_$|":
            out.append("C")
        else:
            out.append("M" if here.strip() else "O")
    return out


def spelled(original: str) -> str:
    """Return an abstract with its formulas' Greek letters as commands, as before late 2025."""

    def letter(m: re.Match[str]) -> str:
        following = m.string[m.end() : m.end() + 1]
        return f"\\{_GREEK[m[0]]}" + (" " if following.isalpha() else "")

    return _DOLLARS.sub(lambda m: _LETTER.sub(letter, m[0]), original)


def sequences(row: Row) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Return what is trained on of a paper: the features and labels of each stretch."""
    chance = hashlib.sha256(row.id.encode()).digest()[1]
    variants = [(row.abstract, row.id)]
    if (named := spelled(row.abstract)) != row.abstract:
        variants.append((named, "2501.00001"))
    for abstract, paper in variants:
        stripped = strip(abstract, faces=chance % 8 == 0)
        found = tokens(stripped.text)
        told = labels(found, stripped.marks)
        parts = windows(found)
        for date in (paper, "") if "m" in stripped.marks else (paper if chance & 64 else "",):
            for (start, end), listed in zip(parts, features(found, parts, date), strict=True):
                yield listed, told[start:end]


def kept(row: Row) -> bool:
    """Return whether a row is trained on: eight parts of ten, and of those without TeX one in
    PROSE."""
    plain = "$" not in row.abstract and "\\" not in row.abstract
    return row.part > 1 and not (plain and hashlib.sha256(row.id.encode()).digest()[2] % PROSE)


def train(path: Path) -> None:
    """Write a model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({
        "c1": 1.2, "c2": 0.01, "max_iterations": ROUNDS, "feature.minfreq": 5,
        "feature.possible_transitions": True,
    })  # fmt: skip
    for row in rows():
        if kept(row):
            for found, told in sequences(row):
                trainer.append(found, told)
    trainer.train(str(path))


def pairs(number: int) -> list[tuple[str, str, str]]:
    """Return (id, as listed, as written) of a part's papers."""
    return [(r.id, strip(r.abstract).text, r.abstract) for r in rows() if r.part == number]


def given() -> list[tuple[str, str, str]]:
    """Return the pairs that were really listed, none of which is trained on."""
    lines = (DATA / "tex-pairs.jsonl").read_text("utf-8").splitlines()
    return [(r["id"], r["listed"], r["original"]) for r in map(json.loads, lines)]


def main() -> None:
    """Train if asked to, and score on what was not trained on."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("--write", action="store_true", help="replace the model in the package")
    chosen = options.parse_args()
    if chosen.write:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "model")
            train(path)
            packed = lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        MODEL.write_bytes(packed)
    print(f"{MODEL.stat().st_size:,} bytes of weights")
    for name, found in (("listed", given()), ("chosen by", pairs(1)), ("held out", pairs(0))):
        print(f"{name}: {score(found, lambda listed, _: restore(listed))}")
        print(f"{name}, id told: {score(found, lambda listed, paper: restore(listed, date=paper))}")


if __name__ == "__main__":
    main()
