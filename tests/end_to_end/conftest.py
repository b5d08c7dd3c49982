from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail.server import MailServer

from .listings import Listings
from .machine import Machine, site_packages


@pytest.fixture
def listings() -> Iterator[Listings]:
    made = Listings()
    with made.served():
        yield made


@pytest.fixture
def machine(tmp_path: Path, wheel: Path, unpacked: Path, listings: Listings) -> Machine:
    """A machine on which libraries are there, and Broadsheet is not."""
    made = Machine(
        tmp_path, wheel, libraries=site_packages(), unpacked=unpacked, server=listings.url
    )
    made.set_up()
    return made


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server."""
    made = MailServer()
    made.start()
    yield made
    made.stop()
