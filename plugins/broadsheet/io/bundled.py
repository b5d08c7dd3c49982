"""The files that come with Broadsheet beside its code: the theme, and those of a new digest.

An installed package holds them; in a checkout, where people edit them, they are at its top.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def _path(name: str) -> Path:
    """Return a file or folder of Broadsheet's: in the installed package, or in the checkout."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _CHECKOUT / name


def theme() -> Path:
    """Return the folder of Broadsheet's own theme."""
    return _path("theme")


def settings() -> str:
    """Return the settings file of a new digest: Broadsheet's own, with the installed plugin and
    theme."""
    text = _path("pelicanconf.py").read_text("utf-8")
    return (
        text.replace('THEME = "theme"\nPLUGIN_PATHS = ["plugins"]\n', "THEME = str(theme())\n")
        .replace(
            "\n\n# What the digest",
            "\n\nfrom broadsheet.starter import theme\n\n# What the digest",
            1,
        )
        .replace('SITENAME = "Broadsheet"', 'SITENAME = "My digest"')
    )


def files() -> dict[str, bytes]:
    """Return the other files of a new digest, by their paths in it."""
    result = {
        f"content/{name}": _path(f"content/{name}").read_bytes()
        for name in ("topics.yml", "tags.yml")
    }
    example = _PACKAGE / "example"
    for path in sorted(example.rglob("*")):
        if path.is_file():
            name = path.relative_to(example).as_posix()
            result[".gitignore" if name == "gitignore" else name] = path.read_bytes()
    return result
