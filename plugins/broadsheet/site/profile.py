"""A build's profile: where its time went, by kind of page, for `broadsheet build --profile`."""

from __future__ import annotations

import json
import platform

from .build import Built


def profile(built: Built) -> str:
    """Return a build's profile as JSON. It names no page, so that it may be shown to anyone.

    `seconds` of the whole and of `reading` (content is read and the site planned) are by the clock;
    those of a kind are the processor's, of all processes: its targets rendered and written. `files`
    are all of these targets', whether or not their bytes were new.
    """
    kinds = sorted(built.spent.items(), key=lambda row: (-row[1].seconds, row[0]))
    value = {
        "python": platform.python_version(),
        "papers": built.papers,
        "files": built.result.files,
        "written": built.result.written,
        "seconds": round(built.seconds, 3),
        "reading": round(built.reading, 3),
        "kinds": [
            {
                "kind": kind,
                "targets": spent.targets,
                "files": spent.files,
                "seconds": round(spent.seconds, 3),
            }
            for kind, spent in kinds
        ],
    }
    return json.dumps(value, indent=1) + "\n"
