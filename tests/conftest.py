"""What tests of several kinds share: a real browser, one profile for property tests, and when slow
tests run."""

from __future__ import annotations

import compileall
import gc
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import executable
from tests.digests import ROOT, Digest
from tests.lent_context import LentContext
from tests.shared import shared
from tests.soak import SLOW, SOAK

# No test is timed: a loaded machine is slow, not wrong.
settings.register_profile(
    "broadsheet",
    deadline=None,
    max_examples=100 if SOAK else 15 if SLOW else 8,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("broadsheet")
expect.set_options(timeout=30_000)  # as Playwright's other waits have it


_MEMORY = Path("/dev/shm")
_ENOUGH = 2_000_000_000  # bytes; a run of all tests writes a tenth of it


def pytest_configure() -> None:
    """Have temporary folders in memory where the system has such a place with enough room: builds
    write many small files."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests marked slow and soak to runs that ask for them: tests/soak.py."""
    met: Counter[str] = Counter()
    for item in items:
        for name, runs in (("slow", SLOW), ("soak", SOAK)):
            mark = None if runs else item.get_closest_marker(name)
            if mark is None:
                continue
            case = item.nodeid.partition("[")[0]
            met[case] += 1
            each = mark.kwargs.get("except_each")
            if each is None or (met[case] - 1) % each:
                variable = f"BROADSHEET_{name.upper()}"
                item.add_marker(pytest.mark.skip(reason=f"{name}: runs where {variable}=1 is set"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect tests without looking for garbage: what collecting makes lives to the end. It is left
    out of all later looks, too."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


_QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # No page may ask another machine for anything.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # All pages are ours: none needs a process of its own.
    "--process-per-site", "--renderer-process-limit=1", "--disable-site-isolation-trials",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    path = executable()
    assert path, "no Chromium on this machine: run `make test`, which installs it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def plain_context(browser: Browser) -> Iterator[LentContext]:
    """A context without options, lent to a test at a time."""
    made = LentContext(browser)
    yield made
    made.close()


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A small digest, not built yet."""
    return Digest(tmp_path / "digest")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A small digest, built once; tests only look at it."""

    def make(folder: Path) -> Digest:
        digest = Digest(folder)
        digest.set("SITEURL", "https://digest.example/some/path")
        digest.build()
        return digest

    return shared(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""

    def make(folder: Path) -> Path:
        subprocess.run(
            [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel",
             "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)],
            check=True,
        )  # fmt: skip
        (made,) = folder.glob("*.whl")
        return made

    return shared(tmp_path_factory, "wheel", make)


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, compiled as pip does it; tests only look at it."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        assert compileall.compile_dir(folder, quiet=1)
        return folder

    return shared(tmp_path_factory, "unpacked", make)
