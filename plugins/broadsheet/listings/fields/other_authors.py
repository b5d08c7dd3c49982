"""What stands for the authors that a list does not name: "et al.", "and 12 others", "N/A"."""

from __future__ import annotations

import re

ET_AL = r"et\.? ?al\b\.?"
"""The words alone, as a part of a pattern."""
_COUNTED = r"(?:more |other )?(?:authors?|others?|more)"
OTHERS = re.compile(
    rf"\W*(?:and )?(?:{ET_AL}|others|more|(?:more |other )?authors|\d+ {_COUNTED}|n/a)\W*", re.I
)
"""A piece of a list, wholly."""
ET_AL_END = re.compile(rf"(?<![\s,;])[\s,;]+(?:and )?{ET_AL}\W*\Z", re.I)
"""The end of a list, behind the last name without a comma."""
OTHERS_END = re.compile(
    rf"[,;]?\s*(?:and\s+)?(?:{ET_AL}|and others|others|\.{{3}}|…"
    rf"|\+?\s?\d{{1,4}}\s(?:more )?{_COUNTED})\W*$",
    re.I,
)
"""The end of a list in running words."""
