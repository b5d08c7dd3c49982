"""The theme's templates for mail, read from disk and rendered as the site's are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ..locale import ENGLISH, Words
from ..render.templates import Templates
from .html import Render


def renderer(folders: Iterable[Path], words: Words = ENGLISH) -> Render:
    """Return a function that renders a template, found in the first of `folders` that has it, in
    the interface's `words`."""
    environment = Environment(loader=FileSystemLoader(list(map(str, folders))))
    templates = Templates(environment, words=words)

    def render(name: str, values: Mapping[str, object]) -> str:
        return templates.render(name, dict(values))

    return render
