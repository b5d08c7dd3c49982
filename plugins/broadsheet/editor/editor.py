"""The answers to the browser's requests, each by `curate` alone."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import curate
from ..content import transaction, vocabularies
from ..content.pages.reword import standing
from ..content.transaction import SettledEdit
from ..curate.changes.edit_history import PastEdit
from ..curate.changes.folder import Folder
from ..curate.reviews.review import Review, Step, encode
from ..curate.reviews.review_drafts import Drafts
from ..curate.versions.uncommitted import Uncommitted
from ..errors import BroadsheetError, ContentError, EditedSince, shown
from ..io.files import read_text
from . import requests, views
from .day_papers import DayPapers
from .exchange import POLICY, HttpAnswer, HttpRequest, json, problem
from .guard import Guard
from .publishing import publishing
from .requests import NotUnderstood, day_of, read
from .review_page import markup, review_page

NAME = "broadsheet serve --edit"
"""What edits of the browser are called, in the history and in messages."""

_UNCHANGED = "nothing was changed"
_STATIC = Path(__file__).parent / "static"
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedSite:
    """What is edited: the content folder, the output folder that is shown, and who is credited."""

    root: Path
    output: Path
    curator: str | None = None


class Editor:
    """Answers the requests below `PLACE`; several threads may ask at once."""

    def __init__(self, site: EditedSite, guard: Guard, today: Callable[[], date]) -> None:
        self._site = site
        self._guard = guard
        self._today = today
        self._papers = DayPapers(site.root)
        self._uncommitted = Uncommitted(site.root)
        self._lock = threading.Lock()  # one edit at a time
        self._settled: str | None = None  # told once, by the next state
        self._reads: Mapping[str, Callable[[HttpRequest], HttpAnswer]] = {
            "papers": self._day,
            "paper": self._paper,
            "state": self._state,
            "changes": self._changes,
        }
        self._edits: Mapping[str, Callable[[bytes], HttpAnswer]] = {
            "apply": self._apply,
            "decide": self._decide,
            "write": self._write,
            "undo": self._undo,
            "preview": self._preview,
            "commit": self._commit,
        }

    def added(self, request: HttpRequest) -> str:
        """Return the tags that a page of the site gets when it is shown; "" for who lacks the
        key."""
        return markup(self._guard.token, "page.js") if self._guard.knows(request) else ""

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request. Nothing that a request holds raises."""
        if request.path == "open" and self._guard.opens(request):
            headers = {"Location": "/", "Set-Cookie": self._guard.cookie}
            return HttpAnswer(status=303, headers=headers)
        refused = self._guard.refusal(request)
        if refused is not None:
            status, reason = refused
            if request.method == "POST" or request.path in self._reads:
                return problem(reason, status)
            return HttpAnswer(status=status, body=f"{reason}\n".encode())
        try:
            return self._routed(request)
        except NotUnderstood as error:
            return problem(str(error), 400)
        except EditedSince as error:
            return problem(str(error), 409)
        except BroadsheetError as error:
            return problem(str(error), 422)
        except OSError as error:
            return problem(f"can't be read or written: {error.strerror}: {error.filename}", 500)

    def _routed(self, request: HttpRequest) -> HttpAnswer:
        name = request.path
        if request.method == "POST":
            if name not in self._edits:
                return problem("nothing is done at this address", 404)
            with self._lock:
                return self._edits[name](request.body)
        if name in self._reads:
            settled = transaction.settle(self._site.root)
            if settled is not None:
                self._settled = settled.line()
            return self._reads[name](request)
        if name.startswith("static/"):
            return _static(name.removeprefix("static/"))
        if name == "" or name == "review":
            return HttpAnswer(status=303, headers={"Location": "/__edit/review/"})
        if name.startswith("review/"):
            day_of(name.removeprefix("review/").rstrip("/"))
            html = review_page(_front_page(self._site.output), self._guard.token)
            headers = {"Content-Security-Policy": POLICY}
            return HttpAnswer(kind="text/html; charset=utf-8", body=html.encode(), headers=headers)
        return problem("there is nothing at this address", 404)

    def _day(self, request: HttpRequest) -> HttpAnswer:
        folder = Folder(self._site.root)
        day = day_of(request.asked("day")) or folder.newest_waiting()
        if day is None:
            raise ContentError(f"no paper waits in {self._site.root}; expected a day")
        items = list(self._papers.on(day).values())
        steps = Drafts(self._site.root, day).read(items)
        return json(
            {
                "day": day.isoformat(),
                "papers": [views.row(item) for item in items],
                "steps": encode(steps),
                "version": _version(steps),
                **views.vocabulary(folder.vocabulary),
            }
        )

    def _paper(self, request: HttpRequest) -> HttpAnswer:
        day, item = self._papers.find(request.asked("id"), day_of(request.asked("day")))
        known = views.vocabulary(vocabularies.read(self._site.root))
        return json({**views.whole(item), "day": day.isoformat(), **known})

    def _state(self, request: HttpRequest) -> HttpAnswer:
        folder = Folder(self._site.root)
        day = day_of(request.asked("day")) or folder.newest_waiting()
        items = self._papers.on(day).values() if day else ()
        last = self._last()
        settled, self._settled = self._settled, None
        return json(
            {
                "day": day.isoformat() if day else None,
                "waiting": sum(item.waits for item in items),
                "undo": None if last is None else {"said": last.said, "name": last.name},
                "settled": settled,
            }
        )

    def _changes(self, request: HttpRequest) -> HttpAnswer:
        return json(publishing(self._site.root, self._uncommitted, self._today()))

    def _apply(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.EditRequest)
        return self._carried_out(requests.operations(asked.operations), asked.seen, asked.day)

    def _write(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.Decisions)
        items = self._papers.on(asked.day)
        steps = requests.steps(asked.steps)
        for key in sorted({one.paper for step in steps for one in step}):
            if key not in items:
                raise EditedSince(f"{shown(key)} is no longer on {asked.day}; {_UNCHANGED}")
            if items[key].mark != asked.seen.get(key):
                raise EditedSince(f"{shown(key)} was edited after it was shown here; {_UNCHANGED}")
        operations = Review(tuple(items.values()), steps).operations()
        if not operations:
            raise ContentError("nothing to write: no decision changes anything")
        answer = self._carried_out(operations, asked.seen, asked.day)
        Drafts(self._site.root, asked.day).keep(())
        return answer

    def _decide(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.Decisions)
        new = requests.steps(asked.steps)
        drafts = Drafts(self._site.root, asked.day)
        kept = drafts.read(list(self._papers.on(asked.day).values()))
        if asked.base != _version(kept):
            message = "another window decided on this day meanwhile"
            return json(
                {
                    "problem": message,
                    "steps": encode(kept),
                    "version": _version(kept),
                },
                409,
            )
        drafts.keep(new)
        return json({"version": _version(new)})

    def _carried_out(
        self, operations: tuple[curate.Operation, ...], seen: Mapping[str, str], day: date | None
    ) -> HttpAnswer:
        folder = Folder(self._site.root)
        curator = curate.Curator(name=self._site.curator, today=self._today().isoformat())
        outcome = curate.apply(folder, operations, curator, day=day, name=NAME, seen=seen)
        last = self._last()
        if outcome.paths and last is not None and last.said == outcome.message:
            self._uncommitted.add(last.files)
        return json(
            {
                "said": _said(outcome.settled, outcome.message),
                "done": [{"id": one.id, "said": one.message} for one in outcome.done],
                "files": outcome.paths,
            }
        )

    def _undo(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.Undo)
        last = self._last()
        outcome = curate.undo(Folder(self._site.root), seen=asked.said)
        if last is not None and outcome.paths:
            self._uncommitted.add(last.files, undone=True)
        return json({"said": _said(outcome.settled, outcome.message), "files": outcome.paths})

    def _preview(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.PreviewRequest)
        return json(views.shown(standing(asked.title or "x", asked.abstract)))

    def _commit(self, body: bytes) -> HttpAnswer:
        asked = read(body, requests.Commit)
        return json({"said": self._uncommitted.commit(asked.message, asked.branch)})

    def _last(self) -> PastEdit | None:
        edits = Folder(self._site.root).history.edits()
        return edits[-1] if edits else None


def _said(settled: SettledEdit | None, message: str) -> str:
    return message if settled is None else f"{settled.line()}\n{message}"


def _version(steps: Sequence[Step]) -> str:
    """Return a fingerprint of decisions, so that two windows notice each other's."""
    return hashlib.sha256(repr(steps).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _front_page(output: Path) -> str:
    try:
        return read_text(output / "index.html", errors="replace")
    except OSError:
        return ""  # before the first build; the page of a review works without its styles


def _static(name: str) -> HttpAnswer:
    """Return one of the editor's own scripts and styles; `name` only chooses among them."""
    for path in _STATIC.iterdir():
        if path.name == name and path.suffix in _KINDS:
            return HttpAnswer(kind=_KINDS[path.suffix], body=path.read_bytes())
    return problem("there is nothing at this address", 404)
