from __future__ import annotations

from pathlib import Path

import pytest

from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A small digest, not built yet."""
    return Digest(tmp_path / "digest")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A small digest, built once; tests only look at it."""
    digest = Digest(tmp_path_factory.mktemp("built"))
    digest.set("SITEURL", "https://digest.example/some/path")
    digest.build()
    return digest
