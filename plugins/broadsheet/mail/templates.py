"""The theme's templates for mail, read from disk and rendered as the site's are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ..render.templates import Templates
from .html import Render


def renderer(folders: Iterable[Path]) -> Render:
    """Return a function that renders a template, found in the first of `folders` that has it."""
    templates = Templates(Environment(loader=FileSystemLoader(list(map(str, folders)))))

    def render(name: str, values: Mapping[str, object]) -> str:
        return templates.render(name, dict(values))

    return render
