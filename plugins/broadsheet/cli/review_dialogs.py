"""The dialogs of `broadsheet review`: a line to type, a topic to choose, a question, the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ..topics import Topic

_STYLE = """
NAME { align: center middle; }
NAME Vertical {
    width: 80%; height: auto; max-height: 80%; border: solid $accent; padding: 0 1;
    background: $surface;
}
NAME OptionList { height: auto; max-height: 20; }
"""

HELP = """\
p      pick: publish the paper in its topic
d      decline it; no import brings it back
t      another topic
g      tags: "pruning -sgd" adds one, drops one
n      add a note, in Markdown
u      undo the last decision
/      show only papers with some words
D      decline all shown that are undecided
space  the whole abstract, or its lead
j k    next, previous; so do the arrows
w      write all decisions in one go, and leave
q      leave; what is not written is kept

Papers without a decision go on waiting.
`broadsheet undo` takes back what was written."""


class Ask(ModalScreen[str | None]):
    """A line to type; None where the person changed their mind."""

    CSS = _STYLE.replace("NAME", "Ask")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, question: str, value: str) -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical():
            yield Static(Text(self._question))
            yield Input(self._value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        self.dismiss(event.value)


class Choose(ModalScreen[str | None]):
    """A topic to choose: typed letters narrow the list, Enter takes the one at the cursor."""

    CSS = _STYLE.replace("NAME", "Choose")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", "Next", priority=True),
        Binding("up", "move(-1)", "Previous", priority=True),
    ]

    def __init__(self, question: str, topics: Sequence[Topic]) -> None:
        super().__init__()
        self._question = question
        self._topics = topics

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical():
            yield Static(Text(self._question))
            yield Input()
            yield OptionList()

    def on_mount(self) -> None:
        """Show all topics."""
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the topics whose name or slug holds what was typed."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        wanted = typed.strip().lower()
        for topic in self._topics:
            if wanted in topic.slug or wanted in topic.name.lower():
                listed.add_option(Option(Text(f"{topic.name}  ({topic.slug})"), id=topic.slug))
        listed.highlighted = 0 if listed.option_count else None

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            listed.highlighted = ((listed.highlighted or 0) + by) % listed.option_count

    def on_input_submitted(self) -> None:
        """Take the topic at the cursor."""
        listed = self.query_one(OptionList)
        at = listed.highlighted
        self.dismiss(None if at is None else listed.get_option_at_index(at).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a topic that was clicked."""
        self.dismiss(event.option.id)


class Confirm(ModalScreen[bool]):
    """A question, answered by y or n."""

    CSS = _STYLE.replace("NAME", "Confirm")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical():
            yield Static(Text(f"{self._question}  y / n"))

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)


class Help(ModalScreen[None]):
    """The keys; any of some keys closes it."""

    CSS = _STYLE.replace("NAME", "Help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,space", "dismiss", "Back")
    ]

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical():
            yield Static(Text(HELP))
