"""What an ordinary run leaves out, and that it leaves out no folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import conftest
from tests.conftest import pytest_collection_modifyitems


@dataclass
class Item:
    """A test as it was collected."""

    nodeid: str
    mark: pytest.Mark | None
    added: list[Any] = field(default_factory=list)

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return self.mark if self.mark and self.mark.name == name else None

    def add_marker(self, mark: Any) -> None:
        self.added.append(mark)


def run(monkeypatch: pytest.MonkeyPatch, slow: bool, soak: bool) -> set[str]:
    """The tests that run."""
    monkeypatch.setattr(conftest, "SLOW", slow)
    monkeypatch.setattr(conftest, "SOAK", soak)
    grid = pytest.mark.slow(except_each=3).mark
    items = [
        Item("plain", None),
        Item("slow", pytest.mark.slow.mark),
        Item("soak[a]", pytest.mark.soak.mark),
        *(Item(f"grid[{n}]", grid) for n in range(5)),
        Item("other[x]", grid),
    ]
    pytest_collection_modifyitems(items)  # type: ignore[arg-type]
    return {item.nodeid for item in items if not item.added}


def test_each_run_has_what_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = {"plain", "grid[0]", "grid[3]", "other[x]"}
    assert run(monkeypatch, slow=False, soak=False) == ordinary
    slow = ordinary | {"slow", "grid[1]", "grid[2]", "grid[4]"}
    assert run(monkeypatch, slow=True, soak=False) == slow
    assert run(monkeypatch, slow=True, soak=True) == slow | {"soak[a]"}


def test_no_folder_is_left_to_slower_runs_alone(request: pytest.FixtureRequest) -> None:
    folders: dict[Path, list[bool]] = defaultdict(list)
    for item in request.session.items:
        marks = [mark for name in ("slow", "soak") if (mark := item.get_closest_marker(name))]
        folders[item.path.parent].append(not any("except_each" not in one.kwargs for one in marks))
    assert [str(folder) for folder, ordinary in folders.items() if not any(ordinary)] == []
