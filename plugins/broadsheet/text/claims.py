"""Verbs with which authors say what they did: "we propose", "this paper studies"."""

from __future__ import annotations

MAKING = (
    "build", "create", "describe", "design", "develop", "devise", "introduce", "present",
    "propose", "release",
)  # fmt: skip
"""Verbs whose object is the authors' own work."""

STUDYING = (
    "address", "analyse", "analyze", "compare", "consider", "demonstrate", "derive", "establish",
    "evaluate", "examine", "explore", "extend", "formulate", "improve", "investigate", "offer",
    "prove", "provide", "revisit", "show", "study", "tackle", "train",
)  # fmt: skip
"""Verbs whose object is what the authors work on."""
