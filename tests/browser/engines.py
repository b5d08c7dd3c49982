"""Firefox and WebKitGTK, as the tests of all engines drive them: each by what its own system
package brings. Firefox speaks WebDriver BiDi itself, so nothing but Debian's firefox-esr is needed;
WebKitGTK is driven by WebKitWebDriver of webkit2gtk-driver, on a screen of xvfb.

What a way through the site takes is small: open, ask, press, click. Keys and clicks are real ones
of the engine; what a page shows is asked in JavaScript.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import websocket

PATIENCE = 30.0  # seconds until what a page should show is said to be missing
NAMES = ("firefox", "webkit")

_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.serviceWorkers.testing.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Engine(Protocol):
    """A browser with one page."""

    def open(self, url: str) -> None:
        """Go to an address; returns when its page is loaded."""

    def ask(self, script: str) -> Any:
        """Return the value of a JavaScript expression on the page, or of the promise it gives."""

    def act(self, actions: list[dict[str, Any]]) -> None:
        """Perform actions of WebDriver: keys and pointers."""

    def picture(self) -> bytes:
        """Return what shows, as PNG."""

    def close(self) -> None:
        """End the browser."""


class Reader:
    """Someone who reads the site in an engine."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine, self.name = engine, name

    def open(self, url: str) -> None:
        """Go to an address, and wait for the page's scripts."""
        self.engine.open(url)
        self.sees("document.documentElement.dataset.js === 'ready'")

    def ask(self, script: str) -> Any:
        """Return an expression's value."""
        return self.engine.ask(script)

    def sees(self, script: str) -> Any:
        """Wait until an expression is true; returns its value. Raises AssertionError where it does
        not become so."""
        until = time.monotonic() + PATIENCE
        while not (value := self.engine.ask(f"((it) => it instanceof Node || it)({script})")):
            if time.monotonic() > until:
                raise AssertionError(f"{self.name}: not so: {script}")
            time.sleep(0.02)
        return value

    def press(self, text: str) -> None:
        """Press keys, one after the other."""
        pressed = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.engine.act([{"type": "key", "id": "keys", "actions": pressed}])

    def click(self, selector: str) -> None:
        """Click in the middle of the first element of a selector."""
        found = json.dumps(selector)
        x, y = self.sees(
            f"((it) => it && (it.scrollIntoView({{ block: 'center', behavior: 'instant' }}),"
            f" ((box) => [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2]"
            f".map(Math.round))(it.getClientRects()[0])))(document.querySelector({found}))"
        )
        moves = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.engine.act([{"type": "pointer", "id": "mouse", "actions": moves}])


def missing(name: str) -> str | None:
    """Return which package an engine lacks on this machine; None where it can run."""
    if name == "firefox":
        return None if _firefox() else "firefox-esr"
    if not (shutil.which("WebKitWebDriver") and _mini_browser()):
        return "webkit2gtk-driver"
    return None if shutil.which("Xvfb") else "xvfb"


@contextlib.contextmanager
def started(name: str, folder: Path) -> Iterator[Reader]:
    """A reader in an engine of this machine; what it keeps is in a folder of its own."""
    engine: Engine = Firefox(folder) if name == "firefox" else WebKit(folder)
    try:
        yield Reader(engine, name)
    finally:
        engine.close()


def _firefox() -> str | None:
    return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


def _mini_browser() -> str | None:
    found = sorted(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))
    return str(found[-1]) if found else None


def _start(command: list[str], folder: Path, **variables: str) -> subprocess.Popen[str]:
    """Start a process in a group of its own, with a home of its own, whose output is read."""
    return subprocess.Popen(
        command,
        env=os.environ | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a process says in the first line that has a pattern. Raises AssertionError where
    it ends, or is ended because it says no such thing for long."""
    output: IO[str] | None = process.stdout
    assert output
    said = []
    silence = threading.Timer(2 * PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    silence.start()
    try:
        for line in output:
            if match := re.search(pattern, line):
                return match[1]
            said.append(line)
    finally:
        silence.cancel()
    raise AssertionError(f"{process.args} ended: {''.join(said)}")


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


class Firefox:
    """Firefox by WebDriver BiDi (w3.org/TR/webdriver-bidi)."""

    def __init__(self, folder: Path) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(lines))
        self._process = _start(
            [_firefox() or "", "--headless", "--no-remote", "--profile", str(folder),
             "--remote-debugging-port", "0", "about:blank"],
            folder,
            MOZ_CRASHREPORTER_DISABLE="1",
        )  # fmt: skip
        address = _said(self._process, r"WebDriver BiDi listening on (ws://\S+)")
        self._numbers = itertools.count(1)
        self._socket = websocket.create_connection(
            f"{address}/session", timeout=2 * PATIENCE, suppress_origin=True
        )
        self._tell("session.new", capabilities={})
        self._page = self._tell("browsingContext.getTree")["contexts"][0]["context"]

    def _tell(self, method: str, **values: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": values}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url: str) -> None:
        self._tell("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def ask(self, script: str) -> Any:
        answer = self._tell(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({script})) ?? null))()",
            target={"context": self._page},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def act(self, actions: list[dict[str, Any]]) -> None:
        self._tell("input.performActions", context=self._page, actions=actions)

    def picture(self) -> bytes:
        made = self._tell("browsingContext.captureScreenshot", context=self._page)
        return base64.b64decode(made["data"])

    def close(self) -> None:
        self._socket.close()
        _end(self._process)


class WebKit:
    """WebKitGTK's small browser by WebDriver (w3.org/TR/webdriver2)."""

    def __init__(self, folder: Path) -> None:
        self._screen = _start(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], folder
        )
        display = _said(self._screen, r"^(\d+)$")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._driver = _start(
            ["WebKitWebDriver", f"--port={self._port}"],
            folder,
            DISPLAY=f":{display}",
            GDK_BACKEND="x11",
            NO_AT_BRIDGE="1",
            WEBKIT_DISABLE_COMPOSITING_MODE="1",
        )
        self._path = "/session"
        options = {"binary": _mini_browser(), "args": ["--automation", "--geometry=1280x900"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._path += "/" + self._tell("POST", "", capabilities=wanted)["sessionId"]

    def _tell(self, method: str, command: str, **values: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=2 * PATIENCE)
            try:
                body = json.dumps(values) if method == "POST" else None
                line.request(method, self._path + command, body)
                answer = line.getresponse()
                value = json.loads(answer.read())["value"]
                assert answer.status == 200, value
                return value
            except ConnectionRefusedError:  # not listening yet
                assert time.monotonic() < until
                time.sleep(0.02)
            finally:
                line.close()

    def open(self, url: str) -> None:
        self._tell("POST", "/url", url=url)

    def ask(self, script: str) -> Any:
        whole = (
            f"const done = arguments[0]; (async () => ({script}))().then("
            "(value) => done(JSON.stringify(value ?? null)), (error) => done('!' + error))"
        )
        answer = self._tell("POST", "/execute/async", script=whole, args=[])
        assert not answer.startswith("!"), answer
        return json.loads(answer)

    def act(self, actions: list[dict[str, Any]]) -> None:
        self._tell("POST", "/actions", actions=actions)

    def picture(self) -> bytes:
        return base64.b64decode(self._tell("GET", "/screenshot"))

    def close(self) -> None:
        with contextlib.suppress(OSError, AssertionError):
            self._tell("DELETE", "")
        _end(self._driver)
        _end(self._screen)
