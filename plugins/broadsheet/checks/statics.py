"""Check static pages: their keys, where they are written to, their template, links and images."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..content.disk import SourceFile
from ..content.pages import markup, static
from ..errors import BroadsheetError, ContentError, shown
from ..pages import registry
from ..suggestions import did_you_mean
from ..text import bounded_markdown
from ..text.line_numbers import LineNumbers
from ..urls import Addresses
from ..weburl import normalised, stays
from . import keys, prose, sections
from .addresses import SiteAddresses
from .problem import ERROR, Problem, of_error

_IMAGE = re.compile(
    r"!\[[^\]\n]{0,500}\]\(\s*<?([^\s()<>]{1,2000})"
    r"|<img\b[^<>]{0,500}\bsrc\s*=\s*[\"']?([^\s\"'<>]{1,2000})",
    re.I,
)
# Those of Pelican's that have no effect here.
_IDLE = ("author", "authors", "category", "tags", "summary", "translation", "date", "modified")
_TEMPLATES = frozenset(
    name.removesuffix(".html")
    for kind in registry.KINDS
    for name in (*kind.templates, *kind.month_templates)
)


def problems(
    source: SourceFile,
    site: SiteAddresses,
    others: Addresses,
    templates: Collection[str] | None,
    own: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield the problems of a static page. `others` are the addresses of all pages that are not
    static; `templates` are those of the theme by name, None where they are not known; `own` the
    digest's declared keys."""
    try:
        text = source.text()
    except BroadsheetError as error:
        yield of_error(error, "page", source.path)
        return
    page, wrong = static.survey(text, file=source.path)
    yield from (of_error(one, "page", source.path) for one in wrong)
    if page.conflicts:
        return
    body = page.body
    try:
        bounded_markdown.page_html(bounded_markdown.page_parser(), body[: static.LONGEST])
    except BroadsheetError as error:
        line = bounded_markdown.deepest_line(body)
        error.line = None if line is None else page.line + line - 1
        yield of_error(error, "markup", source.path)
    address = site.address_of(source.path)

    def known(target: str) -> bool:
        place = site.places(target, source.path)
        return site.leads(target, address) if place is None else place

    found = (
        *_fields(page, address, others, templates, own),
        *prose.problems(body, page.line, known),
        *prose.headings(body, page.line, 1),
        *sections.formulas(body, page.line),
        *_images(body, page.line),
    )
    yield from (one.of(source.path) for one in found)


def _fields(
    page: static.StaticText,
    address: str | None,
    others: Addresses,
    templates: Collection[str] | None,
    own: Collection[str],
) -> Iterator[prose.ProseProblem]:
    lines = {key: line for key, line in page.keys.items() if "title" in page.keys
             or not keys.nearest(key, ("title",))}  # fmt: skip
    yield from keys.problems(lines, {*static.KEYS, *_IDLE}, own, "a static page")
    template = page.values.get("template")
    if template is not None and template != "page":
        wrong = None
        if template in _TEMPLATES:
            wrong = "shows other pages than static ones"
        elif templates is not None and template not in templates:
            wrong = f"is no template of the theme{did_you_mean(template, templates)}"
        if wrong:
            text = f"Template: {shown(template)} {wrong}; expected one such as page, or none"
            yield prose.ProseProblem(page.keys["template"], ERROR, "page", text)
    if address is not None and address in others:
        line = min(page.keys.get(key, page.line) for key in ("save_as", "slug", "title"))
        found = shown(address) if address else "of the home page"
        text = f"this page's address {found} is another page's; expected a slug of its own"
        yield prose.ProseProblem(line, ERROR, "page", text)


def _images(body: str, line: int) -> Iterator[prose.ProseProblem]:
    """Yield the images of other sites: pages load nothing from these."""
    if "![" not in body and "<img" not in body.lower():
        return
    bare = markup.without_code(body)
    lines = LineNumbers(bare, line)
    for match in _IMAGE.finditer(bare):
        address = match[1] or match[2]
        if address[0] not in "{|" and not stays(normalised(address)):
            yield prose.ProseProblem(
                lines.at(match.start()),
                ERROR,
                "image",
                f"the image {shown(address)} isn't shown, since pages load nothing from other "
                "sites; expected a copy in content/images, and {static}/images/ before its name",
            )


def shared(site: SiteAddresses, paths: Collection[str]) -> Iterator[Problem]:
    """Yield the static pages at `paths` whose address an earlier one has, and those whose addresses
    differ by capital letters alone."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        address = site.address_of(path)
        if address is None:
            continue
        other = seen.setdefault(address, path)
        if other != path:
            text = f"this page's address {shown(address)} is that of {other}; expected a slug of " \
                "its own"  # fmt: skip
            yield Problem(file=path, line=1, severity=ERROR, kind="page", message=text)
    try:
        static.refuse_case(site.static_slugs)
    except ContentError as error:
        yield of_error(error, "static page", "pages")
