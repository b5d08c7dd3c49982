"""The hostile digest, built once; its site on servers with and without its policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.shared import shared
from tests.soak import sampled

from ..digests import Digest
from . import hostile
from .watching import Watch, served, watching


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> hostile.Hostile:
    """The hostile digest, built."""

    def make(folder: Path) -> hostile.Hostile:
        made = hostile.write(Digest(folder / "digest"))
        made.digest.build(SITEURL="")
        return made

    return shared(tmp_path_factory, "hostile", make)


@pytest.fixture(scope="session", params=sampled(["bare", "policy"], 2))
def server(request: pytest.FixtureRequest, written: hostile.Hostile) -> Iterator[str]:
    """The address of the hostile site, with its policy and without."""
    with served(written.digest.output, policy=request.param == "policy") as address:
        yield address


@pytest.fixture(scope="session")
def bare(written: hostile.Hostile) -> Iterator[str]:
    """The address of the hostile site without its policy."""
    with served(written.digest.output, policy=False) as address:
        yield address


@pytest.fixture(scope="session")
def _watch(browser: Browser, server: str) -> Iterator[Watch]:
    with watching(browser, server, worker=False) as made:
        yield made


@pytest.fixture
def watch(_watch: Watch) -> Iterator[Watch]:
    """A watched page of the site, with its policy and without, and without its worker."""
    yield _watch
    _watch.begin_anew()


@pytest.fixture(scope="session")
def _bare_watch(browser: Browser, bare: str) -> Iterator[Watch]:
    with watching(browser, bare) as made:
        yield made


@pytest.fixture
def bare_watch(_bare_watch: Watch) -> Iterator[Watch]:
    """A watched page of the site without its policy; its worker is at work."""
    yield _bare_watch
    _bare_watch.begin_anew()
