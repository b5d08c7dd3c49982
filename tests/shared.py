"""What takes long to make and is only looked at: made once in a run, by the first worker that asks,
and found there by the others."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

_Made = TypeVar("_Made")


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], _Made]) -> _Made:
    """What `make` makes in an empty folder that it is given; all workers get the same, as pickle
    copies it. A name stands for one thing in a run."""
    base = factory.getbasetemp()
    top = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    top.mkdir(exist_ok=True)
    folder, told = top / name, top / f"{name}.made"
    with (top / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            if folder.exists():
                pytest.fail(f"making {name} failed before in this run: see the first error of it")
            folder.mkdir()
            made = make(folder)
            told.write_bytes(pickle.dumps(made))
    value: _Made = pickle.loads(told.read_bytes())
    return value
