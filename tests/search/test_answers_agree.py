"""The search page and Python give the same papers, in the same order, for the same question."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet.errors import ContentError, SiteError
from broadsheet.search import Document
from broadsheet.search.index.published import PublishedIndex
from broadsheet.search.query.answer import Answer, search
from tests.soak import SLOW, SOAK

from .published import indexed, publish, write
from .samples import made
from .test_exact import HERE, LUNR, scripts

__all__ = ["scripts"]

NAMES = (
    "Petar Veličković", "Hervé Jégou", "Łukasz Kaiser", "Ahmet Üstün", "Bo An", "Dahua Lin",
    "Jun Lin", "Matthias Nießner", "Søren Müller", "Xu Dahua", "An Bo", "I. Do",
)  # fmt: skip
PHRASES = (
    "text-to-image", "text to image models", "GPT-4", "in-context learning", "C++", "C# and C",
    "SAM 2", "encoder/decoder", "A* search", "Llama 3", "π³ models", "τ-bench", "naïve",
    "L’Hôpital's rule", "node.js", "attention is all you need",
    "network: a survey", "O(n^2)", "deep networks", "the 2025 survey",
)  # fmt: skip


def papers() -> list[Document]:
    """Made-up papers with names, compounds and ids in them, of two years."""
    dice = random.Random(11)
    found = []
    for number, one in enumerate(made(260)):
        title, abstract = one.title, one.abstract
        if dice.random() < 0.5:
            title = (
                f"{dice.choice(PHRASES)} {title}" if dice.random() < 0.6 else dice.choice(PHRASES)
            )
        if dice.random() < 0.5:
            abstract = f"{abstract} We study {dice.choice(PHRASES)} here."
        found.append(
            replace(
                one, title=title, abstract=abstract, date=one.date.replace("2025-03", "2024-12"),
                authors=(*one.authors, *dice.sample(NAMES, dice.randint(0, 3))),
                identifiers=(f"arxiv:2501.{number:05}", f"doi:10.1000/{number}"),
                votes=dice.choice([0, 0, 1, 3, 10]),
            )
        )  # fmt: skip
    return sorted((*found, *crafted()), key=lambda one: one.date)


NAMES_OF_OBJECTS = ("__proto__", "constructor", "hasOwnProperty", "toString")
MARKED = "the" + "\u0301" * 70


def crafted() -> Iterator[Document]:
    """Papers that somebody wrote to break an index."""
    title = f"\u0384 \u037a {MARKED} \u202ekites\u2066 \0 \x1c\u2028 \ud800"
    for number, name in enumerate(NAMES_OF_OBJECTS):
        yield Document(
            id=name, url=f"papers/x{number}/", date=f"2025-05-0{number + 1}",
            title=f"{name} {title}", abstract=f"{name} " * 3 + "-".join(["ab"] * 500),
            authors=(name, "A. \udfff B."), topic=name, topic_name=name, tags=(name,),
            identifiers=(name,), categories=(name,),
        )  # fmt: skip


def crafted_questions() -> Iterator[dict[str, Any]]:
    """What finds these papers, or would be taken for a part of the engine."""
    asked = [f"kites {MARKED}", "\u0384", "\u202ekites", "ab-ab", "\x1c", "__prot"]
    for name in NAMES_OF_OBJECTS:
        fields = ("", "tag:", "in:", "author:", "category:", "url:", f"{name}:")
        asked += [field + name for field in fields]
    yield from ({"text": text, "order": "best", "verbatim": False, "years": True, "limit": 20}
                for text in asked)  # fmt: skip


def questions(documents: Sequence[Document], count: int) -> Iterator[dict[str, Any]]:
    """So many questions of every kind."""
    dice = random.Random(12)
    texts = [f"{one.title} {one.abstract}".split() for one in documents]
    plain = "aouslecan"

    def word() -> str:
        return dice.choice(dice.choice(texts) or ["deep"])

    def broken(text: str) -> str:
        place = dice.randrange(len(text) or 1)
        return dice.choice([
            text[:place] + text[place + 1:], text[:place] + dice.choice(plain) + text[place:],
            text[:place] + text[place + 1:place + 2] + text[place:place + 1] + text[place + 2:],
        ])  # fmt: skip

    def run(most: int) -> str:
        words = dice.choice(texts)
        start = dice.randrange(max(1, len(words)))
        return " ".join(words[start : start + dice.randint(1, most)])

    def apart(text: str) -> str:
        place = dice.randrange(len(text) or 1)
        return f"{text[:place]} {text[place:]}"

    def folded(name: str) -> str:
        return name.translate(str.maketrans("čćéŁÜßøü", "cceLUsou"))

    def initialed() -> str:
        first, last = dice.choice([name for name in NAMES if len(name) > 6]).split(" ")
        return dice.choice([
            f"{first[0]}. {last}", f"{last} {first[0]}", f"{last}, {first[0]}.",
            f"{last} {first[0]}Q", f"xq {last}",
        ])  # fmt: skip

    def in_short() -> str:
        first, last = dice.choice([name for name in NAMES if len(name) > 6]).split(" ")
        return dice.choice([
            f"{first[:3]} {last}", f"{last}, {first[:4]}", f"{last} et al. 2024",
            f"{last}2024", f"{last}_{first}", f"“{first} {last}” {word()}",
        ])  # fmt: skip

    recent = [
        "today",
        "yesterday",
        "this week",
        "last week",
        "this month",
        "last month",
        "last year",
    ]
    kinds = [
        word, lambda: run(3), lambda: run(6), lambda: f"{word()} {word()}",
        lambda: dice.choice(documents).title, lambda: dice.choice(documents).title.lower(),
        lambda: dice.choice(PHRASES), lambda: dice.choice(PHRASES).replace("-", " "),
        lambda: dice.choice(PHRASES).replace("-", "").replace(" ", ""),
        lambda: f"{dice.choice(PHRASES)} {word()}",
        lambda: dice.choice(NAMES), lambda: folded(dice.choice(NAMES)).lower(),
        lambda: ", ".join(reversed(dice.choice(NAMES).split(" "))),
        lambda: dice.choice(NAMES).split(" ")[-1] + f" {dice.choice(['2024', '2025', '2019'])}",
        lambda: broken(word()), lambda: broken(broken(word())),
        lambda: f"{broken(word())} {word()}",
        lambda: broken(dice.choice(NAMES)), lambda: broken("text-to-image"),
        lambda: f"{word()} 2025", lambda: f"2024 {run(2)}", lambda: "2025",
        lambda: f"{word()} -{word()}", lambda: f"-{word()}", lambda: f'"{run(3)}" {word()}',
        lambda: f'"{run(3)}"', lambda: f"author:{dice.choice(NAMES).split(' ')[-1]} {word()}",
        lambda: f"in:vision {word()}", lambda: f"since:2025-04 {word()} tag:nas",
        lambda: f"https://arxiv.org/abs/2501.{dice.randint(0, 300):05}v2", lambda: "10.1000/7",
        lambda: f"+{word()} {word()}", lambda: f"{word()[:4]}*", lambda: "title:deep^2 survey",
        lambda: f"{word()}: {word()}", lambda: f"{word()} AND ({word()})", lambda: "the of",
        lambda: f"${word()}$ \\{word()}", lambda: "nofield:deep networks",
        lambda: '-"a b"', lambda: "", initialed, lambda: f"b. {word()}",
        lambda: f"{word()}{word()}", lambda: f"{word()} march 2025", lambda: "2025 Apr",
        lambda: f"2025-0{dice.randint(3, 6)} {word()}", lambda: f"{run(2)} May, 2025",
        lambda: apart(word()), lambda: f"{apart(word())} {word()}",
        lambda: apart(dice.choice(NAMES)), lambda: f"un{word()}",
        lambda: broken(word()), lambda: broken(dice.choice(NAMES)),
        in_short, in_short, lambda: word()[:-2], lambda: f"{word()}…",
        lambda: f"{dice.choice(recent)} {word()}", lambda: dice.choice(recent),
        lambda: f"{word()} {dice.randint(1, 31)} May 2025",
        lambda: f"week {dice.randint(9, 25)} 2025",
        lambda: f"{dice.choice(NAMES).split(' ')[-1]}2025{word()}",
        lambda: f"[2501.{dice.randint(0, 300):05}] {run(4)}", lambda: f"{run(3)} doi:10.1000/7.",
    ]  # fmt: skip
    for number in range(count):
        text = kinds[number % len(kinds)]()
        yield {
            "text": text,
            "order": dice.choice(["best", "best", "best", "newest", "votes"]),
            "verbatim": dice.random() < 0.1,
            "years": dice.random() < 0.9,
            "limit": dice.choice([3, 20, 45]),
        }


def said(answer: Answer, *, phrases: bool) -> dict[str, Any]:
    """What the page says too. How many papers hold a phrase is unknown to it until all are read."""
    return {
        "total": None if phrases else answer.total,
        "hits": list(answer.hits),
        "some_total": None if phrases else answer.some_total,
        "some": list(answer.some),
        "corrected": [list(pair) for pair in answer.corrected],
        "year": answer.year,
        "identifier": answer.identifier.key if answer.identifier else None,
    }


def ours(index: PublishedIndex, asked: dict[str, Any]) -> tuple[Answer, dict[str, Any]] | None:
    try:
        answer = search(index, **asked)
    except ContentError:
        return None
    return answer, said(answer, phrases='"' in asked["text"])


@pytest.fixture
def answers(scripts: Path, tmp_path: Path) -> tuple[PublishedIndex, list[Any]]:
    node = shutil.which("node")
    if node is None or not LUNR.is_file():
        pytest.skip("this needs node, and lunr.js in its place (`make` puts it there)")
    documents = papers()
    files = publish(documents, newest=20, recent=len(documents) // 3)  # three generations
    write(files, tmp_path)
    asked = [*questions(documents, 1600 if SOAK else 400 if SLOW else 120), *crafted_questions()]
    done = subprocess.run(
        [node, HERE / "answers.mjs", scripts, LUNR, tmp_path],
        input=json.dumps(asked), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return indexed(files), list(zip(asked, json.loads(done.stdout), strict=True))


def test_page_and_python_find_the_same_papers_in_the_same_order(
    answers: tuple[PublishedIndex, list[Any]],
) -> None:
    index, pairs = answers
    found = corrected = some = 0
    for asked, theirs in pairs:
        answered = ours(index, asked)
        if answered is None:
            assert theirs.get("error") == "BadQuery", asked
            continue
        answer, expected = answered
        assert "error" not in theirs, (asked, theirs)
        page = {name: theirs[name] for name in expected}
        if '"' in asked["text"]:
            page |= {"total": None, "some_total": None}
        assert page == expected, asked
        if answer.scores:  # Lunr's own in the page, reckoned in Python
            for paper, score in theirs.get("scores", ()):
                assert score == pytest.approx(answer.scores[paper], abs=1e-6), asked
        found += bool(page["hits"])
        corrected += bool(page["corrected"])
        some += bool(page["some"])
    assert found > 0.6 * len(pairs)
    assert corrected > 0.02 * len(pairs)
    assert some > 0.1 * len(pairs)


DAMAGES = (
    b"", b"\0", b"\0\xff\xff\xff\xff\x7f", b"\1\4deep\xff\xff\xff\xff\x0f", b"\0\5!deep\x7f",
    b"\0\5!deep\1\xff\xff\xff\x7f\x09", b"\x80" * 40, b"\xff" * 9,
)  # fmt: skip
"""Shards that are cut off, or hold counts beyond all bounds."""
MANIFESTS = (
    {"generations": None}, {"units": [{}]}, {"format": 2},
    {"generations": [{"name": "0" * 12, "papers": 10**15, "terms": "", "ids": ""}]},
    {"generations": [{"name": "//a.example/x", "papers": 40, "terms": "", "ids": ""}]},
    {"generations": [{"name": "0" * 12, "papers": 2**24, "terms": "", "ids": ""}] * 2},
    {"units": [{"name": "../..//a.example", "days": ["2025-05-01", 40]}]},
)  # fmt: skip
ADDRESSES = ("javascript:x", "//a.example/papers/x/", "https://a.example/", "papers/x/?y", "")


def _found(files: dict[str, bytes]) -> list[str]:
    """Where the papers of an index lead that have two words."""
    index = indexed(files)
    return [index.card(hit).url for hit in search(index, "deep networks").hits]


def _leading(cards: bytes, to: str) -> bytes:
    """A file of cards that all lead to one address."""
    made = [[to, *card[1:]] for card in json.loads(zlib.decompress(cards))]
    return zlib.compress(json.dumps(made).encode())


def test_a_damaged_index_asks_for_a_new_page_and_is_an_error_in_python(
    scripts: Path, tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None or not LUNR.is_file():
        pytest.skip("this needs node, and lunr.js in its place (`make` puts it there)")
    files = publish(papers()[:40])
    whole = json.loads(files["manifest.json"])
    damaged = [
        {path: zlib.compress(data) if "/t" in path else old for path, old in files.items()}
        for data in DAMAGES
    ]
    damaged += [
        {**files, "manifest.json": json.dumps({**whole, **change}).encode()} for change in MANIFESTS
    ]
    damaged += [
        {path: _leading(data, to) if path.startswith("cards/") else data
         for path, data in files.items()}
        for to in ADDRESSES
    ]  # fmt: skip
    for number, of_index in enumerate(damaged):
        with pytest.raises(SiteError):
            _found(of_index)
        write(of_index, tmp_path / str(number))
    done = subprocess.run(
        [node, HERE / "damaged.mjs", scripts, LUNR, tmp_path, str(len(damaged))],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert json.loads(done.stdout) == ["Outdated"] * (len(damaged) + 1), done.stderr
