"""The files of a digest that come from templates: what a new digest is asked, what is written for
its host, and bringing it to a newer version around people's edits.

`answers`, `hosts`, `settings_text`, `merge` and `record` are pure; `templates` reads the files that
come with Broadsheet, `pin` asks pip, `folder` reads and writes a digest. May import io and what is
below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exports import exported

if TYPE_CHECKING:
    from .answers import Answers
    from .folder import Digest
    from .merge import Kind, MergeStep
    from .record import RECORD, ScaffoldRecord, refuse_newer
else:
    __getattr__ = exported(
        __name__,
        {
            "answers": "Answers",
            "folder": "Digest",
            "merge": "Kind MergeStep",
            "record": "RECORD ScaffoldRecord refuse_newer",
        },
    )

__all__ = ["RECORD", "Answers", "Digest", "Kind", "MergeStep", "ScaffoldRecord", "refuse_newer"]
