"""`broadsheet reclassify`: sort papers anew that no person touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editing import carry_out, report_settled, root_option
from .terminal import echo

if TYPE_CHECKING:
    from ..curate import Change
    from ..curate.bulk.reclassify import Includes, Reclassification
    from ..curate.changes.change import ContentState
    from ..curate.changes.folder import Folder


@click.command()
@click.argument("what", metavar="[PAPER|DAY...]", nargs=-1)
@click.option("--write", is_flag=True, help="Do it, instead of showing it alone.")
@click.option("--moved", is_flag=True,
              help="Papers, too, that stand where their words never led them.")  # fmt: skip
@root_option
def reclassify(what: tuple[str, ...], write: bool, moved: bool, root: Path) -> None:
    """Sort papers anew, after topics.yml or tags.yml changed.

    Shows which papers, of all or of some days, would go to another topic or get other tags;
    --write does it. Papers that a person edited, annotated, tagged or moved are left as they are,
    and named; so are those whose topic no version of topics.yml that git knows would give. Papers
    that wait are sorted anew, too. Ids and addresses stay.
    """
    from ..content import transaction
    from ..curate.changes.folder import Folder
    from ..curate.versions.history import earlier_vocabularies

    earlier = earlier_vocabularies(root)

    def survey() -> tuple[ContentState, Reclassification]:
        from ..curate.bulk import reclassify as core

        folder = Folder(root)
        days, includes = _scope(folder, what)
        state = folder.everything() if days is None else folder.state(days)
        return state, core.survey(state, includes, earlier=earlier, moved_too=moved)

    def change() -> Change:
        from ..curate.bulk import reclassify as core

        return core.reclassify(*survey())

    if write:
        echo(carry_out(Folder(root), change))
        return
    report_settled(transaction.settle(root))
    found = survey()[1]
    echo("\n".join(found.lines()))
    if not earlier:
        echo(
            "git knows no earlier topics.yml: papers that were moved and not edited can't be told",
            err=True,
        )
    if found.changes:
        echo("nothing is written yet; to do so: --write", err=True)


def _scope(folder: Folder, what: tuple[str, ...]) -> tuple[set[date] | None, Includes]:
    """Return the days that some words name, None for all, and which papers are meant."""
    days: set[date] = set()
    keys: dict[str, date] = {}
    for one in what:
        try:
            days.add(date.fromisoformat(one))
        except ValueError:
            place = folder.find(one)
            keys[place.id] = place.date
    if not what:
        return None, lambda day, key: True
    return days | set(keys.values()), lambda day, key: day in days or key in keys
