"""`broadsheet serve`: the site on this machine, rebuilt and shown anew."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A small digest, not built yet."""
    return Digest(tmp_path / "digest")


@pytest.fixture
def server(digest: Digest) -> Iterator[str]:
    """The address at which the digest is served."""
    command = [str(Path(sys.executable).parent / "broadsheet"), "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=digest.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found:
            break
    else:
        pytest.fail("".join(said))
    threading.Thread(target=process.stdout.read, daemon=True).start()
    yield found.group()
    process.terminate()
    process.wait(10)


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def _until(address: str, words: str, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while words not in _get(address):
        assert time.monotonic() < end, f"{words!r} never showed at {address}"
        time.sleep(0.1)


def test_a_changed_page_is_rebuilt_and_open_pages_are_told(digest: Digest, server: str) -> None:
    address = f"{server}papers/2508.00001/"
    page = "content/2025/08/07/optimization.md"
    assert "flat &amp; wide" in _get(address)
    with urllib.request.urlopen(f"{server}__serve/events", timeout=20) as events:
        digest.write(page, digest.read(page).replace("flat & wide", "steep & narrow"))
        assert events.readline() == b"event: built\n"
    assert "steep &amp; narrow" in _get(address)


def test_a_mistake_leaves_the_pages_until_it_is_mended(digest: Digest, server: str) -> None:
    page = "content/2025/08/07/optimization.md"
    text = digest.read(page)
    digest.write(page, "no front matter")
    time.sleep(1)
    assert "flat &amp; wide" in _get(f"{server}papers/2508.00001/")
    digest.write(page, text.replace("flat & wide", "mended"))
    _until(f"{server}papers/2508.00001/", "mended")


def test_pages_get_the_script_that_reloads_them_and_the_output_does_not(
    digest: Digest, server: str
) -> None:
    assert '<script src="/__serve/reload.js"' in _get(server)
    assert "EventSource" in _get(f"{server}__serve/reload.js")
    assert "__serve" not in digest.page("")


def test_a_missing_page_gives_the_site_s_own(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        _get(f"{server}no/such/page/")
    assert error.value.code == 404
    assert "<h1" in error.value.read().decode()


@pytest.mark.parametrize(
    ("settings", "words"), [(None, "no such file"), ("SITENAME = ", "can't be read")]
)
def test_settings_that_are_missing_or_broken_are_told_in_one_line(
    digest: Digest, settings: str | None, words: str
) -> None:
    (digest.folder / "pelicanconf.py").unlink()
    if settings is not None:
        digest.write("pelicanconf.py", settings)
    made = digest.run("broadsheet", "serve", "--port", "0")
    assert made.code == 1
    assert made.err.startswith("error: pelicanconf.py: ")
    assert words in made.err
    assert "Traceback" not in made.err


def test_nothing_outside_the_output_folder_is_served(digest: Digest, server: str) -> None:
    for path in ("../pelicanconf.py", "%2e%2e/pelicanconf.py", "..%2fpelicanconf.py"):
        with pytest.raises(urllib.error.HTTPError) as error:
            _get(f"{server}{path}")
        assert error.value.code == 404
