"""The files that come with Broadsheet beside its code: the theme, and those of a new digest.

An installed package holds them; in a checkout, where people edit them, they are at its top.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def path(name: str) -> Path:
    """Return a file or folder of Broadsheet's: in the installed package, or in the checkout."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _CHECKOUT / name


def theme() -> Path:
    """Return the folder of Broadsheet's own theme."""
    return path("theme")


def settings() -> str:
    """Return the settings file of a new digest: Broadsheet's own, with the installed plugin and
    theme."""
    text = path("pelicanconf.py").read_text("utf-8")
    return text.replace(
        'THEME = "theme"\nPLUGIN_PATHS = ["plugins"]\n', "THEME = str(theme())\n"
    ).replace(
        "\n\n# What the digest",
        "\n\nfrom broadsheet.starter import theme\n\n# What the digest",
        1,
    )
