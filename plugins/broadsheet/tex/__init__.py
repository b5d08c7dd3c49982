"""TeX maths in abstracts: restoring it, telling it from prose, and rendering it.

Pure functions of text; imports nothing else of Broadsheet. `restore` turns a listing's text into
Markdown, `spans` finds the maths in it, `mathml`, `unicode` and `plain` render it;
`dashed` shows TeX's dashes.
"""

from .dashes import dashed as dashed
from .mathml import mathml as mathml
from .mathml import unknown as unknown
from .spans import Span as Span
from .spans import spans as spans
from .unicode import plain as plain
from .unicode import unicode as unicode


def restore(text: str, tex: bool = False, date: str = "") -> str:
    """Return a listing's text as Markdown with its maths restored, as `restoring` says; its tables
    and its model are loaded by who restores alone."""
    from .restoring import restore as restored

    return restored(text, tex, date)
