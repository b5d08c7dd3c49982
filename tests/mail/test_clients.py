"""What Gmail, Outlook and Apple Mail are known to need of a message's HTML, as rules.

Sources: Google's "CSS support in Gmail" (a style element of more than 8,192 characters is dropped,
a message of more than 102 kB is cut), Microsoft's "Word HTML and CSS rendering capabilities in
Outlook" (tables for layout, no max-width, no position, float or flex, fonts named in the cells),
and Apple's `color-scheme` and `x-apple-disable-message-reformatting`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html as lxml_html

from broadsheet.mail import Issue, Sender, message, serialised
from broadsheet.mail.html import LARGEST

from .conftest import people, story
from .test_message import bodies, parsed

# What Outlook's engine takes no notice of, or gets wrong.
_NOT_IN_OUTLOOK = re.compile(
    r"(?:^|;)\s*(?:position|float|display:\s*(?:flex|grid|inline-block)|background-image|transform"
    r"|grid|flex|box-shadow|object-fit)|var\(|calc\(|rgba?\(|hsl|rem\b|vw\b"
)


@pytest.fixture
def made(issue: Issue, sender: Sender, render: Any) -> str:
    return bodies(parsed(serialised(message(issue, sender, render, to=people(1)[0]))))[1]


@pytest.fixture
def tree(made: str) -> Any:
    return lxml_html.fromstring(made)


def style(element: Any) -> dict[str, str]:
    rules = [one.split(":", 1) for one in element.get("style", "").split(";") if ":" in one]
    return {name.strip(): value.strip() for name, value in rules}


def test_the_layout_is_tables_that_screen_readers_pass_over(made: str, tree: Any) -> None:
    tables = list(tree.iter("table"))
    assert len(tables) == 2
    for table in tables:
        assert table.get("role") == "presentation"
        assert (table.get("cellpadding"), table.get("cellspacing"), table.get("border")) == (
            "0", "0", "0",
        )  # fmt: skip
    ghost = re.search(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", made)
    assert ghost is not None
    assert 'width="600"' in ghost[1]  # Outlook knows no max-width
    assert 'role="presentation"' in ghost[1]
    assert made.count("<!--[if mso]>") == made.count("<![endif]-->") == 2


def test_each_cell_with_text_names_its_font_and_colour(tree: Any) -> None:
    for cell in tree.iter("td"):
        if cell.find(".//table") is not None:
            continue
        texts = [cell, *cell.iter("h2")] if cell.get("class") == "topic" else [cell]
        found = [style(one) for one in texts]
        assert any("font-family" in one and "color" in one for one in found) or (
            cell.get("class") == "rest" and "font-family" in found[0]
        ), cell.get("class")
    for link in tree.iter("a"):
        assert {"color", "text-decoration"} <= style(link).keys()


def test_nothing_is_left_to_what_outlook_cant_do(tree: Any) -> None:
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert not _NOT_IN_OUTLOOK.search(element.get("style", "")), element.tag
    assert not [one for one in tree.iter() if one.tag in ("div", "section") and one.get("class")
                != "preview"]  # fmt: skip


def test_gmail_keeps_the_style_element_and_it_holds_the_dark_scheme_alone(tree: Any) -> None:
    (sheet,) = tree.iter("style")
    assert sheet.getparent().tag == "head"
    assert len(sheet.text) < 8192
    assert sheet.text.strip().startswith("@media (prefers-color-scheme: dark)")
    assert sheet.text.count("@") == 1
    assert all(rule.rstrip().endswith("!important")
               for rule in re.findall(r"[{;]\s*([a-z-]+:[^;}]+)", sheet.text))  # fmt: skip


def test_colours_of_the_dark_scheme_can_be_read(tree: Any) -> None:
    (sheet,) = tree.iter("style")
    back = re.search(r"background-color: (#\w{6})", sheet.text)
    assert back is not None
    for colour in re.findall(r"(?<!-)color: (#\w{6})", sheet.text):
        if colour != back[1]:  # the hidden preview
            assert contrast(colour, back[1]) >= 4.5, colour
    for element in tree.iter("a", "p", "h1", "h2"):
        if "color" in style(element):
            assert contrast(style(element)["color"], "#fcfbf8") >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_apple_mail_is_told_of_both_schemes_and_to_link_nothing_by_itself(tree: Any) -> None:
    metas = {one.get("name"): one.get("content") for one in tree.iter("meta")}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"
    assert "x-apple-disable-message-reformatting" in metas
    assert "telephone=no" in metas["format-detection"]
    assert "width=device-width" in metas["viewport"]
    assert tree.get("lang") == "en"


def test_what_the_inbox_shows_is_hidden_everywhere(tree: Any) -> None:
    (preview,) = tree.find_class("preview")
    assert style(preview)["display"] == "none"
    assert style(preview)["mso-hide"] == "all"
    assert preview.text_content().startswith("A Study of 3")


@pytest.mark.parametrize("size", [1, 5, 40])
def test_however_long_papers_are_gmail_shows_the_foot(
    issue: Issue, sender: Sender, render: Any, size: int
) -> None:
    stories = tuple(
        story(n, title="長い題名" * 8 * size, lead="A long lead sentence. " * 6 * size,
              notes=("A note that goes on and on. " * 10 * size,) * 2)
        for n in range(60)
    )  # fmt: skip
    big = replace(issue, sections=(replace(issue.sections[0], stories=stories, total=60),))
    text, html = bodies(parsed(serialised(message(big, sender, render, to=people(1)[0]))))
    assert len(html.encode()) <= LARGEST + 1000
    assert "Unsubscribe" in html
    shown = len(lxml_html.fromstring(html).findall(".//h3"))
    assert shown >= 1
    assert (f"{60 - shown} more on" in html) == (shown < 60)
    assert (f"... and {60 - shown} more" in text) == (shown < 60)
