"""What a model wrote of a paper, as pages, feeds and mail show it: named as the model's."""

from __future__ import annotations

from datetime import date

from ..locale import Words
from ..papers import TRANSLATION, Paper
from ..text.plain import plain
from .views import MachineSummaryView


def machine_summary(paper: Paper, words: Words) -> MachineSummaryView | None:
    """Return what a model wrote of a paper, named as the model's; None where there is nothing."""
    said = paper.machine_summary
    if said is None:
        return None
    translated = words.gettext("Translation by a model")
    named = {
        "model": said.model,
        "date": words.dates.plain(date.fromisoformat(said.date)),
    }
    return MachineSummaryView(
        heading=translated if said.kind == TRANSLATION else words.gettext("Summary by a model"),
        text=plain(said.text),
        points=tuple(map(plain, said.points)),
        language=said.language,
        by=words.gettext("Written by the model %(model)s, %(date)s, and edited since", **named)
        if said.edited
        else words.gettext("Written by the model %(model)s, %(date)s; it may be wrong", **named),
    )
