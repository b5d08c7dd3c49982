r"""Commands that lost the space after them: `\betaU` is `\beta U`, as an abstract on one line has
it where its author's line ended in between."""

from __future__ import annotations

import re

from .commands import ARGUMENTS, CHARACTERS, FUNCTIONS, SIZES, SPACES, SWITCHES

_KNOWN = frozenset({*CHARACTERS, *ARGUMENTS, *FUNCTIONS, *SIZES, *SPACES, *SWITCHES})
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LONGEST = max(map(len, CHARACTERS))


def parted(name: str) -> tuple[str, str] | None:
    """Return an unknown command's name as that of a sign and the letters after it, of which the
    first is a capital; None where it isn't made so."""
    if name in _KNOWN:
        return None
    for end in range(min(_LONGEST, len(name) - 1), 1, -1):
        if name[:end] in CHARACTERS and name[end].isupper():
            return name[:end], name[end:]
    return None


def unfused(tex: str) -> str:
    """Return TeX with a space after each command that `parted` parts."""

    def spaced(match: re.Match[str]) -> str:
        apart = parted(match[1])
        return f"\\{apart[0]} {apart[1]}" if apart else match[0]

    return _COMMAND.sub(spaced, tex)
