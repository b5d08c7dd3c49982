"""The stylesheet's promises: its size, its contrasts, and that it styles what there is."""

from __future__ import annotations

import re

import pytest

from .conftest import THEME

CSS = (THEME / "static/css/main.css").read_text()
OWN = (THEME / "static/css/own.css").read_text()
COLOURS = {
    name: values.split(", ")
    for name, values in re.findall(r"--([\w-]+): light-dark\(([^)]+)\);", CSS)
}
# Text on ground: the pairs that occur.
PAIRS = [
    *(("ink", ground) for ground in ("paper", "shade", "wash", "mark", "h0", "h1", "h2", "h3")),
    *(("soft", ground) for ground in ("paper", "shade", "wash")),
    *(("accent", ground) for ground in ("paper", "shade", "wash")),
    ("paper", "ink"),
    ("paper", "accent"),
    ("on-h4", "h4"),
]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    assert contrast(COLOURS[text][scheme], COLOURS[ground][scheme]) >= 4.5


def test_the_documented_contrasts_are_the_measured_ones() -> None:
    page = (THEME.parent / "docs/theme.md").read_text()
    rows = re.findall(r"^\| `(\S+)` on `(\S+)` \| ([\d.]+) \| ([\d.]+) \|$", page, re.M)
    assert len(rows) == len(PAIRS)
    for text, ground, light, dark in rows:
        for scheme, told in enumerate((light, dark)):
            measured = contrast(COLOURS[text][scheme], COLOURS[ground][scheme])
            assert f"{measured:.1f}" == told, (text, ground)


def test_every_class_that_is_styled_occurs() -> None:
    sources = [*(THEME / "templates").rglob("*.html"), *(THEME / "static/js").glob("*.js")]
    sources.append(THEME.parent / "plugins/broadsheet/render/unbroken.py")
    used = "\n".join(path.read_text() for path in sources)
    for name in sorted(set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", CSS + OWN)) - {"js"}):
        assert re.search(rf"\b{name}\b", used) or re.fullmatch(r"h[0-4]", name), name


def test_nothing_is_loaded_by_the_stylesheet() -> None:
    assert re.findall(r"url\(.{6}", CSS) == ['url("data:']
    assert "url(" not in OWN
    assert "@import" not in CSS + OWN
