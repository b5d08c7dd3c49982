"""Slim templates: the same page in fewer bytes."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from broadsheet.errors import SiteError
from broadsheet.locale import ENGLISH
from broadsheet.render.minify import Minify, minify
from broadsheet.render.templates import Templates
from broadsheet.render.translated import Translated, translate
from tests.theme import samples

LOADER = FileSystemLoader(Path(__file__).parents[2] / "theme/templates")
FULL, SLIM = (
    Environment(
        loader=LOADER,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[*extensions, Translated],
    )
    for extensions in ((), (Minify,))
)
for _environment in (FULL, SLIM):
    translate(_environment, ENGLISH)
PAGES = samples.pages()


def tree(markup: str) -> str:
    """What a browser makes of a page, white space between blocks left aside."""
    document = html5lib.parse(markup, namespaceHTMLElements=False)
    text = html5lib.serialize(
        document, quote_attr_values="always", omit_optional_tags=False, alphabetical_attributes=True
    )
    return re.sub(r"\s*(</?[^>]+>)\s*", r"\1", text)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n<p>", "<ul><li>One<li>Two</ul><p>"),
        ("<dl>\n<div><dt>A</dt><dd>B</dd></div>\n</dl>", "<dl><div><dt>A<dd>B</div></dl>"),
        ('<p class="row" id="a b">', '<p class=row id="a b">'),
        ('<a href="/x/" rel="next">', '<a href="/x/" rel=next>'),
        ('<path id="a" class="b"/>', '<path id=a class="b"/>'),
        ('<a title=\'say "x=" now\' class="y">', "<a title='say \"x=\" now' class=y>"),
        ("<b>one</b>\n<i>two</i>", "<b>one</b>\n<i>two</i>"),
        ('<code>a="b" c</code>', '<code>a="b" c</code>'),
    ],
)  # fmt: skip
def test_only_what_says_nothing_is_left_out(markup: str, expected: str) -> None:
    assert minify(markup) == expected


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("path", PAGES)
def test_a_browser_sees_the_same_page(path: str) -> None:
    template, head, values = PAGES[path]
    given = {"site": samples.SITE, "root": "/", "head": head, **values}
    full, slimmed = (one.get_template(template).render(given) for one in (FULL, SLIM))
    assert tree(slimmed) == tree(full)
    assert len(slimmed) < len(full)


def templates(**sources: str) -> Templates:
    """Templates of these texts."""
    return Templates(Environment(loader=DictLoader(sources)))


def test_what_is_printed_stays_as_it_is() -> None:
    made = templates(page='<li class="{{ a }}">\n{{ b }}\n</li>{% if a %}\n<p id="x">{% endif %}')
    printed = made.render("page", {"a": "one two", "b": '<p>\n</p> x="y" '})
    assert printed == '<li class="one two">&lt;p&gt;\n&lt;/p&gt; x=&#34;y&#34; <p id=x>'


def test_mail_keeps_all() -> None:
    text = '<ul>\n<li class="x">One</li>\n</ul>'
    assert templates(**{"mail/issue.html": text}).render("mail/issue.html", {}) == text


def test_an_error_names_the_line_of_the_template_as_written() -> None:
    made = templates(page="<ul>\n<li>\n</li>\n</ul>\n{{ missing.name }}")
    with pytest.raises(SiteError) as caught:
        made.render("page", {})
    assert "'missing' is undefined" in str(caught.value)
    broken = templates(page="<ul>\n<li>\n</li>\n</ul>\n{% nonsense %}")
    with pytest.raises(SiteError, match=r"page:5: .*nonsense"):
        broken.render("page", {})
