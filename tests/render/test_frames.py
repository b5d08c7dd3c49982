"""Frames: pages filled in are the pages rendered, whatever a template does with their texts."""

from __future__ import annotations

import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from broadsheet.render.frames import Frames, Given

_ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined)
_TEXTS = [
    {"name": "Uma & Co", "rows": Markup("<li>one")},
    {"name": "The Site", "rows": Markup("<li>two")},
    {"name": "", "rows": Markup("")},
    {"name": "<Vic>", "rows": "a < b"},
]


def _pages(template: str) -> tuple[list[str], list[str], int]:
    """Return the pages by a frame, as they are rendered, and how many were rendered for the
    first."""
    compiled = _ENVIRONMENT.from_string(template)
    count = 0

    def render(given: Given) -> str:
        nonlocal count
        count += 1
        return compiled.render(given, site="The Site")

    frames = Frames()
    framed = [frames.page("key", texts, render) for texts in _TEXTS]
    return framed, [compiled.render(texts, site="The Site") for texts in _TEXTS], count


@pytest.mark.parametrize(
    "template",
    [
        "<h1>{{ name }}</h1>{{ rows }}<p title='{{ name }}'>{{ site }}</p>",
        "{% if name and name != site %}{{ name }} in {% endif %}{{ site }}{{ rows }}",
        "{{ '%s!' | format(name) }} {{ name ~ rows }}",
        "{{ name | upper }} {{ name | length }}",
        "{{ name is string }} {{ 'x' if rows is none else rows }}",
        "{% for letter in name %}{{ letter }},{% endfor %}",
        "{{ {'The Site': 1}.get(name, 2) }}",
        "{{ 'a' in name }} {{ name < site }} {{ [name] | join }}",
        "none of them",
    ],
)
def test_a_page_by_a_frame_is_the_page(template: str) -> None:
    framed, rendered, _ = _pages(template)
    assert framed == rendered


def test_a_page_that_only_prints_its_texts_is_rendered_once_and_its_frame_once() -> None:
    assert _pages("<h1>{{ name }}</h1>{{ rows }}")[2] == 2


def test_a_text_that_the_template_asked_for_is_rendered() -> None:
    rendered = _pages("{% if name and name != site %}{{ name }}{% endif %}{{ rows }}")[2]
    assert rendered == 4  # the frame and its page; the site's own name; none
