"""The development server: a process that serves the site over HTTP and watches files.

It is a separate process because a server has threads, and a process with threads can't fork, as the
build does (`io.parallel`). The two talk over a pipe: the server first sends its port, or why it
can't listen, and then a message whenever a file has changed; it receives the paths of files as they
are written, and a message when a build is done.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import SiteError
from .site_server import WHOLE_BUILD, Builds, Handler, SiteServer

if TYPE_CHECKING:
    from ..editor import EditedSite, Editor

_CHANGED = "changed"
_QUIET_MS = 10  # milliseconds without a change, after which changes are reported
_MOST_MS = 200  # milliseconds that changes are gathered at most
_TURN_MS = 100  # after which a watcher looks whether it is to end
_JOIN_SECONDS = 5  # for the process to end


class DevServer:
    """Serves a site at a port of this machine, by a separate process, and watches files and folders
    (`watched`). With `editing` and a key, pages have controls for who knows the key. Raises
    SiteError if the port is already in use, or may not be listened on.
    """

    def __init__(
        self,
        output: Path,
        port: int,
        watched: Sequence[Path],
        editing: EditedSite | None = None,
        key: str = "",
    ) -> None:
        # Spawned rather than forked: the system's libraries that watch files on macOS don't survive
        # a fork.
        context = multiprocessing.get_context("spawn")
        self._end, theirs = context.Pipe()
        self._process = context.Process(
            target=_show, args=(theirs, output, port, watched, editing, key), daemon=True
        )
        self._process.start()
        theirs.close()
        answer = self._received()
        if isinstance(answer, str):
            self.close()
            raise SiteError(
                f"port {port} is not available: {answer}; expected a free one (choose with --port)"
            )
        self.port: int = answer

    def changes(self) -> Iterator[None]:
        """Wait for files to change, and yield once for all changes so far. Raises SiteError if the
        process has ended."""
        while True:
            self._received()
            while self._end.poll():
                self._received()
            yield

    def wrote(self, paths: Sequence[str]) -> None:
        """Reload the open pages of these files."""
        with suppress(OSError):  # `changes` reports that the process has ended
            self._end.send(paths)

    def begin(self) -> None:
        """Start to serve the site."""
        self.wrote(())

    def built(self) -> None:
        """Report that a build is done."""
        self.wrote((WHOLE_BUILD,))

    def close(self) -> None:
        """End the process."""
        self._end.close()
        self._process.join(_JOIN_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _received(self) -> Any:
        try:
            return self._end.recv()
        except (EOFError, OSError):
            raise self._gone() from None

    def _gone(self) -> SiteError:
        return SiteError(
            "the process that serves the site has ended; expected it to run until Ctrl-C "
            "(start `broadsheet serve` again)"
        )


def _show(
    end: Connection,
    output: Path,
    port: int,
    watched: Sequence[Path],
    editing: EditedSite | None,
    key: str,
) -> None:
    """Run the process: serve and watch until the pipe's other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C, and ends this
    builds = Builds()
    try:
        server = SiteServer(
            ("127.0.0.1", port), partial(Handler, directory=str(output), builds=builds)
        )
    except OSError as error:
        end.send(error.strerror or str(error))
        return
    if editing is not None:
        server.editor = editor_of(editing, key, server.server_port)
    ended = threading.Event()
    watchers = _watchers(end, watched, ended)
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.ready.wait(_JOIN_SECONDS)  # else what changes at once would be missed
    end.send(server.server_port)
    try:
        with suppress(EOFError, OSError):
            while paths := end.recv():
                builds.wrote(paths)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            while True:
                builds.wrote(end.recv())
    finally:
        ended.set()
        for watcher in watchers:
            watcher.join()


def editor_of(site: EditedSite, key: str, port: int) -> Editor:
    """Return what answers the requests of `serve --edit`. Servers at several ports don't share a
    cookie's name."""
    from ..editor import Editor
    from ..editor.guard import Guard
    from ..fetch import Clock

    return Editor(site, Guard(key, f"broadsheet-edit-{port}"), lambda: Clock().now().date())


def _watchers(end: Connection, watched: Sequence[Path], ended: threading.Event) -> list[_Watcher]:
    """Return the threads that watch folders, recursively, and files. A file is watched by way of
    its folder: many editors replace the file, and the system would go on watching the old one."""
    files = [path for path in watched if path.is_file()]
    folders = [path for path in watched if path.is_dir()]
    lock = threading.Lock()

    def tell() -> None:
        with lock:
            end.send(_CHANGED)

    watchers = [_Watcher(tell, ended, folders)]
    if files:
        watchers.append(_Watcher(tell, ended, files=files))
    return watchers


class _Watcher(threading.Thread):
    """Watches folders, or files by way of their folders, until `ended`; `ready` is set once the
    system tells it of changes."""

    def __init__(
        self,
        tell: Callable[[], None],
        ended: threading.Event,
        folders: Sequence[Path] = (),
        files: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.ready = threading.Event()
        self._tell = tell
        self._ended = ended
        self._folders = folders
        self._files = files

    def run(self) -> None:
        from watchfiles import DefaultFilter, watch

        files = self._files
        names = {str(path.absolute()) for path in files}
        default = DefaultFilter()
        changes = watch(
            *(sorted({path.absolute().parent for path in files}) or self._folders),
            watch_filter=(lambda _, path: path in names) if files else default,
            recursive=not files,
            step=_QUIET_MS,
            debounce=_MOST_MS,
            stop_event=self._ended,
            rust_timeout=_TURN_MS,
            yield_on_timeout=True,  # at first, when all is watched
        )
        with suppress(OSError):  # the pipe is closed: the process is about to end
            for changed in changes:
                self.ready.set()
                if changed:
                    self._tell()
