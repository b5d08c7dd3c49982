"""`broadsheet serve`: the site on this machine, rebuilt and shown anew."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.digests import Digest


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A small digest, not built yet."""
    return Digest(tmp_path / "digest")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest, built as `serve` builds it."""
    made = Digest(tmp_path_factory.mktemp("original") / "digest")
    made.build(SITEURL="")
    return made


@pytest.fixture
def finished(original: Digest, tmp_path: Path) -> Digest:
    """A copy of it, of which nothing is left to build: for tests of what serving does then."""
    return original.copied(tmp_path / "finished")


def _interruptible() -> None:
    """Have Ctrl-C heard, though these tests may run in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _served(
    digest: Digest, *options: str, said_last: str = r"http://127\.0\.0\.1:\d+/"
) -> tuple[subprocess.Popen[str], str]:
    """`broadsheet serve` in a process group of its own, as a shell starts it, and the address."""
    command = [str(Path(sys.executable).parent / "broadsheet"), "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=digest.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_interruptible,
    )
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(said_last, line)
        if found:
            return process, found.group()
    pytest.fail("".join(said))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest in which each test edits other words."""
    return Digest(tmp_path_factory.mktemp("live") / "digest")


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the command says while it serves that, line by line."""
    return []


@pytest.fixture(scope="module")
def server(live: Digest, said: list[str]) -> Iterator[str]:
    """The address at which it is served."""
    yield from _serving(live, said=said)


@pytest.fixture(scope="module")
def standing(original: Digest, tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A digest whose content no test edits."""
    return original.copied(tmp_path_factory.mktemp("served") / "digest")


@pytest.fixture(scope="module")
def shown(standing: Digest) -> Iterator[str]:
    """The address at which the digest that no test edits is served."""
    yield from _serving(standing)


def _serving(
    digest: Digest, *options: str, said_last: str | None = None, said: list[str] | None = None
) -> Iterator[str]:
    last = {"said_last": said_last} if said_last else {}
    process, address = _served(digest, *options, **last)
    assert process.stdout
    lines = [] if said is None else said
    threading.Thread(target=lines.extend, args=(process.stdout,), daemon=True).start()
    try:
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _family(group: int) -> set[int]:
    """The processes of a group that haven't ended (Linux: /proc)."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text("utf-8", "replace").rpartition(")")
        except OSError:
            continue  # ended meanwhile
        state, _, its_group = rest.split()[:3]
        if int(its_group) == group and state != "Z":
            found.add(int(stat.parent.name))
    return found


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def _await(happened: Callable[[], bool], what: str, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)


def _until(address: str, words: str) -> None:
    _await(lambda: words in _get(address), f"{words!r} at {address}")


def test_a_changed_page_is_rebuilt_and_open_pages_are_told(live: Digest, server: str) -> None:
    address = f"{server}papers/2508.00001/"
    page = "content/2025/08/07/optimization.md"
    assert "flat &amp; wide" in _get(address)
    with urllib.request.urlopen(f"{server}__serve/events", timeout=20) as events:
        live.write(page, live.read(page).replace("flat & wide", "steep & narrow"))
        assert events.readline() == b"event: built\n"
    assert "steep &amp; narrow" in _get(address)


def test_an_open_page_is_told_when_it_is_written_and_only_then(live: Digest, server: str) -> None:
    page = "content/2025/08/07/optimization.md"

    def events(path: str, seconds: float = 20) -> contextlib.closing[HTTPResponse]:
        asked = urllib.parse.quote(path, safe="")
        return contextlib.closing(
            urllib.request.urlopen(f"{server}__serve/events?page={asked}", timeout=seconds)
        )

    whole = events("")
    with whole as build, events("/papers/2508.00001/") as paper, events("/search/", 0.5) as other:
        live.write(page, live.read(page).replace("We study", "We walk"))
        assert paper.readline() == b"event: built\n"
        assert "We walk" in _get(f"{server}papers/2508.00001/")
        assert build.readline() == b"event: built\n"  # all that was written has been told by now
        with pytest.raises(TimeoutError):
            other.readline()


def test_a_mistake_leaves_the_pages_until_it_is_mended(
    live: Digest, server: str, said: list[str]
) -> None:
    page = "content/2025/08/07/optimization.md"
    text = live.read(page)
    live.write(page, "no front matter")
    _await(lambda: any(line.startswith(f"error: {page}") for line in said), "the mistake is told")
    assert "On flat valleys" in _get(f"{server}papers/2508.00001/")
    live.write(page, text.replace("On flat valleys", "On mended valleys"))
    _until(f"{server}papers/2508.00001/", "mended")


def test_pages_get_the_script_that_reloads_them_and_the_output_does_not(
    standing: Digest, shown: str
) -> None:
    assert '<script src="/__serve/reload.js"' in _get(shown)
    assert "EventSource" in _get(f"{shown}__serve/reload.js")
    assert "__serve" not in standing.page("")


def test_a_missing_page_gives_the_site_s_own(shown: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        _get(f"{shown}no/such/page/")
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
    made = digest.command("serve", "--port", "0")
    assert made.code == 1
    assert made.err.startswith("error: pelicanconf.py: ")
    assert words in made.err
    assert "Traceback" not in made.err


def test_nothing_outside_the_output_folder_is_served(standing: Digest, shown: str) -> None:
    for path in ("../pelicanconf.py", "%2e%2e/pelicanconf.py", "..%2fpelicanconf.py"):
        with pytest.raises(urllib.error.HTTPError) as error:
            _get(f"{shown}{path}")
        assert error.value.code == 404


def test_links_that_lead_out_of_the_output_folder_are_not_followed(
    standing: Digest, shown: str
) -> None:
    output = standing.output
    (output / "settings.txt").symlink_to(standing.folder / "pelicanconf.py")
    (output / "content").symlink_to(standing.folder / "content")
    (output / "round").symlink_to("round")
    (output / "inside").symlink_to("about")
    standing.write("elsewhere/index.html", "secret")
    (output / "elsewhere").symlink_to(standing.folder / "elsewhere")
    (output / "beside").mkdir()
    (output / "beside/index.html").symlink_to(standing.folder / "pelicanconf.py")
    for path in ("settings.txt", "content/topics.yml", "content/", "content", "round", "elsewhere/",
                 "elsewhere", "beside/", "%00", "a%00b", "x" * 5000, "%ff%fe"):  # fmt: skip
        for method in ("GET", "HEAD"):
            assert _raw(shown, method, f"/{path}").status == 404, path
    assert "<h1" in _get(f"{shown}inside/")


def _raw(server: str, method: str, target: str, host: str | None = None) -> HTTPResponse:
    """The answer to a request as it is written, with any Host."""
    port = urllib.parse.urlsplit(server).port
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, target, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    return answer


def test_folders_are_not_listed_and_redirects_stay_here(standing: Digest, shown: str) -> None:
    (standing.output / "bare").mkdir()
    for method in ("GET", "HEAD"):
        assert _raw(shown, method, "/bare/").status == 404
        assert _raw(shown, method, "/papers/").status == 404
    for target in ("/about", "//about", "//evil.example/../about", "/%2f/about"):
        answer = _raw(shown, "GET", target)
        assert (answer.status, answer.headers["Location"]) == (301, "/about/")
    assert _raw(shown, "GET", "//evil.example/..").headers["Location"] in (None, "/")


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1:9", 200), ("[::1]:80", 200),
     ("digest.localhost", 200), ("evil.example", 403), ("evil.example:8000", 403),
     ("127.0.0.1.evil.example", 403), ("localhost.evil.example", 403), ("10.0.0.1", 403),
     ("localhost@evil.example", 403), ("evil.example@localhost", 403), ("[", 403),
     ("0.0.0.0", 403)],
)  # fmt: skip
def test_a_stranger_s_name_that_leads_here_is_shown_nothing(
    shown: str, host: str, status: int
) -> None:
    for target in ("/", "/__serve/reload.js"):
        assert _raw(shown, "GET", target, host).status == status
    if status == 403:
        assert _raw(shown, "GET", "/__serve/events", host).status == status


@pytest.mark.slow
def test_browsers_that_hang_up_are_not_told_of(finished: Digest) -> None:
    process, address = _served(finished)
    port = urllib.parse.urlsplit(address).port
    page = "content/2025/08/07/optimization.md"
    reset = struct.pack("ii", 1, 0)  # hang up at once, whatever is on its way
    for target in ("/", "/search/", "/feeds/all.rss.xml", "/__serve/events", "/half"):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port)) as caller:
                end = b"" if target == "/half" else b"\r\n\r\n"
                caller.sendall(b"GET %b HTTP/1.1\r\nHost: localhost" % target.encode() + end)
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
    finished.write(page, finished.read(page).replace("flat & wide", "steep & narrow"))
    _until(f"{address}papers/2508.00001/", "steep &amp; narrow")
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout
    said = process.stdout.read()
    assert "Traceback" not in said
    assert "Error" not in said
    assert process.wait(10) == 0


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs /proc to see processes"
)


@needs_proc
def test_ctrl_c_ends_all_processes_without_a_word_of_complaint(finished: Digest) -> None:
    process, _ = _served(finished)
    assert len(_family(process.pid)) > 1
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout
    assert process.stdout.read().strip() == ""
    assert process.wait(10) == 0
    _await(lambda: not _family(process.pid), "all processes end", 10)


@pytest.mark.slow(except_each=2)
@needs_proc
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_command_that_is_killed_leaves_no_process(finished: Digest, how: signal.Signals) -> None:
    process, _ = _served(finished)
    process.send_signal(how)
    process.wait(10)
    _await(lambda: not _family(process.pid), "all processes end", 10)


@needs_proc
def test_where_the_server_dies_the_command_ends_with_one_line(finished: Digest) -> None:
    process, _ = _served(finished)
    shows = [one for one in _family(process.pid) if b"spawn_main" in _command(one)]
    os.kill(shows[0], signal.SIGKILL)
    assert process.stdout
    said = process.stdout.read().strip()
    assert said.startswith("error: the process that serves the site has ended")
    assert len(said.splitlines()) == 1
    assert process.wait(10) == 1
    _await(lambda: not _family(process.pid), "all processes end", 10)


def test_a_port_in_use_is_told_in_one_line_before_anything_is_built(digest: Digest) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        made = digest.command("serve", "--port", port)
    assert made.code == 1
    assert made.err.startswith(f"error: port {port} is not available: ")
    assert len(made.err.splitlines()) == 1
    assert not digest.output.exists()


def test_settings_that_break_while_serving_are_told_and_may_be_mended(finished: Digest) -> None:
    process, address = _served(finished)
    settings = finished.read("pelicanconf.py")
    assert process.stdout
    finished.write("pelicanconf.py", "SITENAME = ")
    assert process.stdout.readline().startswith("error: pelicanconf.py: can't be read")
    for name in ("Mended", "Mended again"):  # each time another file takes the place, as in editors
        finished.write("pelicanconf.py", settings.replace("Broadsheet", name))
        assert any(" papers, " in line for line in process.stdout)
    assert _get(address)
    process.terminate()
    process.wait(10)


def test_an_edit_in_the_browser_is_built(finished: Digest) -> None:
    edited = _serving(finished, "--edit", "--curator", "Cy", said_last=r"http://\S+key=[\w-]{20,}")
    with contextlib.closing(edited):  # type: ignore[type-var]
        address = next(edited)
        site = address.partition("__edit")[0]
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

        def ask(path: str, body: bytes | None = None, token: str = "") -> str:
            headers = {"Content-Type": "application/json", "Origin": site.rstrip("/")}
            asked = urllib.request.Request(
                f"{site}{path}", body, {**headers, "X-Broadsheet-Token": token}
            )
            with opener.open(asked, timeout=10) as answer:
                return str(answer.read().decode())

        opener.open(address, timeout=10).close()
        page = "papers/2508.00001/"
        token = re.search(r'data-token="(\w+)"', ask(page))
        assert token
        paper = json.loads(ask("__edit/paper?id=2508.00001"))
        note = {"kind": "Annotate", "paper": paper["id"], "text": "From the browser."}
        body = json.dumps({"operations": [note], "seen": {paper["id"]: paper["mark"]}})
        with urllib.request.urlopen(f"{site}__serve/events", timeout=20) as events:
            ask("__edit/apply", body.encode(), token[1])
            assert events.readline() == b"event: built\n"  # pages are written before the feeds
        assert "From the browser." in _get(f"{site}{page}")
        assert "__edit" not in _get(f"{site}{page}")
        files = finished.files()
    finished.build(fresh=True, SITEURL="")
    assert finished.files() == files
