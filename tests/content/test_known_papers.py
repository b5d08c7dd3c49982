"""What is known of the papers of unchanged months is kept, and is what reading them would give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from broadsheet.content.known_papers import known_papers
from broadsheet.content.paper_index import KnownPapers, PaperIndex
from broadsheet.errors import ContentError
from broadsheet.io.cache import Store
from broadsheet.papers import Entry
from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path / "digest")


@pytest.fixture
def content(digest: Digest) -> Path:
    return digest.folder / "content"


def found(
    known: KnownPapers, titles: Iterable[str] = ("Pixels of a Feather", "Old News")
) -> list[str]:
    """The ids that are known by some titles."""
    return ["".join(known.titled(Entry(title=title))[:1]) for title in titles]


def test_kept_names_are_those_of_the_files(content: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    for known in (
        known_papers(content),
        known_papers(content, store),
        known_papers(content, store),
    ):
        assert found(known) == ["pixels-of-a-feather", "old-news"]
        location = known.location("2508.00001")
        assert location
        assert location.path.startswith("2025/08/07/")
        assert location.date == date(2025, 8, 7)
        assert known.location("old-news") is None
        assert known.listed_on("old-news") is None
        assert known.listed_on("2508.00001") == date(2025, 8, 7)


def test_only_months_that_changed_are_read_again(
    digest: Digest, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.io.parallel.cores", lambda: 1)
    digest.write("content/2025/09/01/vision.md", VISION)
    store = Store(tmp_path / "kept")
    known_papers(content, store)
    seen = []
    add_day = PaperIndex.add_day
    monkeypatch.setattr(
        PaperIndex, "add_day", lambda names, day: seen.append(str(day.date)) or add_day(names, day)
    )
    digest.write("content/2025/09/01/vision.md", VISION.replace("Clouds", "Clowds"))
    known = known_papers(content, store)
    assert seen == ["2025-09-01"]
    assert found(known, ["Clowds", "Clouds", "Old News"]) == ["clouds", "", "old-news"]


def test_two_processes_find_what_one_does(
    digest: Digest, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.write("content/2025/09/01/vision.md", VISION)
    titles = ("Clouds", "Pixels of a Feather", "Old News", "Nowhere")
    answers = []
    for cores in (1, 2):
        monkeypatch.setattr("broadsheet.io.parallel.cores", lambda cores=cores: cores)
        store = Store(tmp_path / f"kept-{cores}")
        answers += [found(known_papers(content, store), titles) for _ in range(2)]
    assert answers == [["clouds", "pixels-of-a-feather", "old-news", ""]] * 4


def test_a_damaged_value_is_not_trusted(content: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    fresh = found(known_papers(content, store))
    for path in (tmp_path / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    assert found(known_papers(content, store)) == fresh


@pytest.mark.parametrize(
    "value", [b"{}", b"[]", b"null", b"", b"[{},{},{},{},[]]", b'[{},{},{},{"a":"b"},{}]', b"\xff"]
)
def test_a_value_of_another_shape_is_read_anew(content: Path, tmp_path: Path, value: bytes) -> None:
    store = Store(tmp_path / "kept")
    known_papers(content, store)
    for path in (tmp_path / "kept").iterdir():
        fingerprint = path.read_bytes().split(b"\n")[1].decode()
        store.put(path.name, fingerprint, value)
    assert found(known_papers(content, store)) == ["pixels-of-a-feather", "old-news"]
    for path in (tmp_path / "kept").iterdir():
        assert not path.read_bytes().endswith(b"\n" + value)


@pytest.mark.parametrize("cores", [1, 2])
def test_an_id_of_two_months_is_told_with_its_line(
    digest: Digest, content: Path, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr("broadsheet.io.parallel.cores", lambda: cores)
    digest.write("content/2025/09/01/vision.md", VISION)
    digest.write("content/2025/10/01/vision.md", VISION.replace("2025-09", "2025-10"))
    with pytest.raises(ContentError, match=r"^2025/10/01/vision\.md:\d+: id: .*2025/09/01/vision"):
        known_papers(content)


def test_a_page_that_cant_be_read_is_told_and_not_kept(digest: Digest, tmp_path: Path) -> None:
    digest.write("content/2025/09/01/vision.md", VISION.replace("id: clouds", "id: [clouds"))
    store = Store(tmp_path / "kept")
    for _ in range(2):
        with pytest.raises(ContentError, match=r"2025/09/01/vision\.md:\d+: "):
            known_papers(digest.folder / "content", store)


VISION = """\
---
title: Vision
date: 2025-09-01
topic: vision
---

## Clouds

```yaml
id: clouds
```

We look at clouds.
"""
