"""Files of the content folder as they are typed here: what reads and changes pages knows their
paths within the folder alone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..errors import BroadsheetError

_OF_A_DAY = re.compile(r"(?<![\w/.-])[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+\.(?:md|yml)(?![\w/])")


def name_from_here(error: BroadsheetError, content: Path) -> None:
    """Have an error name a file of the content folder, or one that a folder of it lacks, as it is
    typed here."""
    file = error.file
    if not file or Path(file).is_absolute() or os.path.lexists(file):
        return
    within = content / file
    if os.path.lexists(within) or ("/" in file and os.path.lexists(within.parent)):
        error.file = os.path.relpath(within) if within.is_absolute() else str(within)


def named_from_here(message: str, content: Path) -> str:
    """Return a message in which files of days are named as they are typed here."""
    return _OF_A_DAY.sub(lambda one: str(content / one[0]), message)
