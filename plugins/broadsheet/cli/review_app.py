"""The list of `broadsheet review`, made with Textual: what is shown, and what keys do.

Papers' texts are strangers': they are shown as plain text, never as markup, and without control
characters (`DayItem`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Footer, Static

from ..curate.changes.items import DayItem
from ..curate.papers.operations import Annotate, Decline, Move, Operation, Pick
from ..curate.reviews.review import Review, Step, retag_of
from ..errors import BroadsheetError, ContentError
from ..topics import Topic
from .review_dialogs import Ask, Choose, Confirm, Help

_MARKS = {Pick: ("✓ pick", "bold green"), Decline: ("✗ decline", "red")}
_COLUMNS = (("", 9), ("Votes", 5), ("Topic", 20), ("Title", None))


class ReviewApp(App[str]):
    """The papers of a day in a list, and the one at the cursor in full. Returns the message of what
    was written; None where nothing was."""

    TITLE = "Broadsheet review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #papers { height: 1fr; overflow-x: hidden; }
    #paper { height: 40%; border-top: solid $accent; padding: 0 1; }
    #state { height: 1; background: $panel; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pick", "Pick"),
        Binding("d", "decline", "Decline"),
        Binding("t", "topic", "Topic"),
        Binding("g", "tags", "Tags"),
        Binding("n", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("space", "abstract", "Abstract", show=False),
        Binding("j", "step(1)", "Next", show=False),
        Binding("k", "step(-1)", "Previous", show=False),
        Binding("D", "decline_rest", "Decline the rest", show=False),
        Binding("w", "write", "Write"),
        Binding("q", "leave", "Quit"),
        Binding("question_mark", "help", "Help", key_display="?"),
    ]

    def __init__(
        self,
        items: Sequence[DayItem],
        topics: Sequence[Topic],
        day: date,
        write: Callable[[Sequence[Operation]], str],
        steps: Sequence[Step] = (),
        keep: Callable[[Sequence[Step]], None] = lambda steps: None,
    ) -> None:
        super().__init__()
        self.review = Review(tuple(items), tuple(steps))
        self._topics = topics
        self._day = day
        self._write = write
        self._keep = keep
        self._words = ""
        self._whole = False
        self._rows: list[DayItem] = []  # what the list shows

    def compose(self) -> ComposeResult:
        """Make the screen."""
        yield DataTable(id="papers", cursor_type="row")
        with VerticalScroll(id="paper", can_focus=False):
            yield Static(id="text")
        yield Static(id="state")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Fill the list."""
        for label, width in _COLUMNS:
            self._table.add_column(label, width=width, key=label or "mark")
        self._fill()
        self._table.focus()
        if self.review.steps:
            self._tell(
                f"{len(self.review.steps)} decisions of an earlier review are not written yet; "
                "u takes back one by one"
            )

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one("#papers", DataTable)

    @property
    def _item(self) -> DayItem | None:
        at = self._table.cursor_row
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _fill(self) -> None:
        """Show the papers that the filter lets through, the cursor where it was if it can be."""
        before = self._item
        words = self._words.lower().split()
        self._rows = [item for item in self.review.items if self.review.now(item).holds(words)]
        self._table.clear()
        for item in self._rows:
            self._table.add_row(*self._cells(item), key=item.id)
        if before in self._rows:
            self._table.move_cursor(row=self._rows.index(before))
        self._show()

    def _cells(self, item: DayItem) -> tuple[Text, ...]:
        choice = self.review.choice(item.id)
        mark, style = _MARKS[type(choice)] if choice else ("", "")
        if not choice and not item.waits:
            mark, style = "published", "dim"
        votes = "" if item.paper.upvotes is None else str(item.paper.upvotes)
        now = self.review.now(item)
        return (
            Text(mark, style),
            Text(votes, justify="right"),
            Text(now.topic, no_wrap=True, overflow="ellipsis"),
            Text(now.title, style if choice else "", no_wrap=True),
        )

    def _refresh(self, keys: Sequence[str]) -> None:
        """Show some papers' rows and the rest of the screen anew."""
        for item in self._rows:
            if item.id in keys:
                for (label, _), cell in zip(_COLUMNS, self._cells(item), strict=True):
                    self._table.update_cell(item.id, label or "mark", cell)
        self._show()

    def _show(self) -> None:
        """Show the paper at the cursor, and the counts."""
        self.query_one("#text", Static).update(self._told())
        picked, declined, published = self.review.counts()
        waits = sum(item.waits for item in self.review.items)
        shown = f" · {len(self._rows)} shown: {self._words}" if self._words else ""
        self.query_one("#state", Static).update(
            Text(
                f"{self._day} · {waits} waited · {published} published · {picked} picked · "
                f"{declined} declined{shown}",
                no_wrap=True,
            )
        )

    def _told(self) -> Text:
        item = self._item
        if item is None:
            return Text("No paper is shown; / changes the filter.", "dim")
        now = self.review.now(item)
        text = Text()
        text.append(f"{now.title}\n", "bold")
        text.append(f"{item.authors or 'no authors listed'}\n", "italic")
        text.append(f"{now.abstract if self._whole else now.lead}\n\n")
        paper = now.paper
        votes = "none" if paper.upvotes is None else str(paper.upvotes)
        rows = [
            ("Topic", now.topic),
            ("Tags", ", ".join(paper.tags) or "none"),
            ("Votes", votes),
            ("Categories", ", ".join(paper.categories)),
            ("Waits" if item.waits else "Published", item.why if item.waits else item.topic),
            ("Id", item.id),
        ]
        notes = [*(note.text for note in paper.notes), *self.review.notes(item.id)]
        rows += [("Note", note) for note in notes]
        for name, value in rows:
            if value:
                text.append(f"{name:<11}", "dim").append(f"{_safe(value)}\n")
        return text

    def on_data_table_row_highlighted(self) -> None:
        """Show the paper that the cursor came to."""
        self._show()

    def _decide(self, *operations: Operation) -> None:
        self.review = self.review.with_step(*operations)
        self._keep(self.review.steps)
        self._refresh([one.paper for one in operations])

    def action_step(self, by: int) -> None:
        """Go some papers on."""
        self._table.move_cursor(row=max(0, self._table.cursor_row + by))

    def action_pick(self) -> None:
        """Decide to publish the paper, and go on."""
        item = self._item
        if item is not None and (item.waits or self.review.choice(item.id)):
            self._decide(Pick(item.id))
            self.action_step(1)

    def action_decline(self) -> None:
        """Decide to decline the paper, and go on."""
        item = self._item
        if item is not None:
            self._decide(Decline(item.id))
            self.action_step(1)

    def action_decline_rest(self) -> None:
        """Decide to decline all shown papers that wait and are not decided on."""
        rest = [one for one in self._rows if one.waits and self.review.choice(one.id) is None]
        self._decide(*(Decline(item.id) for item in rest))
        self._tell(f"{len(rest)} to be declined; u takes it back")

    def action_undo(self) -> None:
        """Take back the last decision."""
        if not self.review.steps:
            self._tell("nothing to undo; after writing, `broadsheet undo` takes all back")
            return
        last = self.review.steps[-1]
        self.review = self.review.undone()
        self._keep(self.review.steps)
        self._refresh([one.paper for one in last])
        rows = [item.id for item in self._rows]
        if last[0].paper in rows:
            self._table.move_cursor(row=rows.index(last[0].paper))

    def action_abstract(self) -> None:
        """Show the whole abstract, or the lead sentence only."""
        self._whole = not self._whole
        self._show()

    @work
    async def action_topic(self) -> None:
        """Ask for another topic."""
        item = self._item
        if item is None:
            return
        topic = await self.push_screen_wait(Choose("Topic", self._topics))
        if topic and topic != self.review.now(item).topic:
            self._decide(Move(item.id, topic))

    @work
    async def action_tags(self) -> None:
        """Ask for tags to add and to drop."""
        item = self._item
        if item is None:
            return
        now = self.review.now(item)
        typed = await self.push_screen_wait(Ask("Tags: those to add, and -those to drop", ""))
        if typed:
            try:
                self._decide(retag_of(now, typed))
            except ContentError as error:
                self._tell(error.message, wrong=True)

    @work
    async def action_note(self) -> None:
        """Ask for a note."""
        item = self._item
        if item is None:
            return
        typed = await self.push_screen_wait(Ask("Note, in Markdown", ""))
        if typed and typed.strip():
            self._decide(Annotate(item.id, typed.strip()))

    @work
    async def action_filter(self) -> None:
        """Ask for words that the shown papers hold."""
        typed = await self.push_screen_wait(Ask("Show papers with these words", self._words))
        if typed is not None:
            self._words = " ".join(typed.split())
            self._fill()

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(Help())

    def action_write(self) -> None:
        """Write all decisions in one transaction, and leave. Where that fails, say why and stay."""
        operations = self.review.operations()
        if not operations:
            self._tell("nothing to write")
            return
        try:
            said = self._write(operations)
        except BroadsheetError as error:
            self._tell(str(error), wrong=True)
            return
        self._keep(())
        self.exit(said)

    @work
    async def action_leave(self) -> None:
        """Leave; decisions that are not written are kept for the next review of the day."""
        count = len(self.review.steps)
        question = f"{count} decisions are not written (w writes). Leave, and keep them for later?"
        if not count or await self.push_screen_wait(Confirm(question)):
            self.exit(None)

    def _tell(self, message: str, *, wrong: bool = False) -> None:
        severity = "error" if wrong else "information"
        self.notify(_safe(message), severity=severity, markup=False)  # type: ignore[arg-type]


def _safe(text: str) -> str:
    """Return a text in one line without characters that could steer a terminal."""
    from ..errors import plain

    return plain(text)
