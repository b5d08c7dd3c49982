"""What is known of the papers of unchanged months is kept, and is what reading them would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.cache import Store
from broadsheet.errors import ContentError
from broadsheet.importer import sightings as module
from broadsheet.importer.sightings import sightings
from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path / "digest")


@pytest.fixture
def content(digest: Digest) -> Path:
    return digest.folder / "content"


def test_kept_sightings_are_those_of_the_files(content: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "kept")
    fresh = list(sightings(content))
    assert [one.id for day in fresh for _, seen in day.pages for one in seen] == [
        "steps-that-shrink", "2508.00001", "pixels-of-a-feather"]  # fmt: skip
    assert [one.id for one in fresh[0].doubled] == ["old-news"]
    assert list(sightings(content, kept)) == fresh
    assert list(sightings(content, kept)) == fresh


def test_only_months_that_changed_are_read_again(
    digest: Digest, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.write("content/2025/09/01/vision.md", VISION)
    kept = Store(tmp_path / "kept")
    list(sightings(content, kept))
    seen = []
    see = module.see
    monkeypatch.setattr(module, "see", lambda day: seen.append(str(day.date)) or see(day))
    digest.write("content/2025/09/01/vision.md", VISION.replace("Clouds", "Clowds"))
    found = list(sightings(content, kept))
    assert seen == ["2025-09-01"]
    assert found == list(sightings(content))


def test_a_damaged_value_is_not_trusted(content: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "kept")
    fresh = list(sightings(content, kept))
    for path in (tmp_path / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    assert list(sightings(content, kept)) == fresh


def test_a_page_that_cant_be_read_is_told_and_not_kept(digest: Digest, tmp_path: Path) -> None:
    digest.write("content/2025/09/01/vision.md", VISION.replace("id: clouds", "id: [clouds"))
    kept = Store(tmp_path / "kept")
    for _ in range(2):
        with pytest.raises(ContentError, match=r"2025/09/01/vision\.md:\d+: "):
            list(sightings(digest.folder / "content", kept))


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
