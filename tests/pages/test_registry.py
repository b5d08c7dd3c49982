"""A new kind of page is a module, a template and a row of the registry; nothing else knows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.incremental.plan import File, Target
from broadsheet.pages import registry
from broadsheet.pages.context import BuildInputs
from broadsheet.pages.kind import PageKind
from broadsheet.render.views import Link
from broadsheet.urls import AddressKind
from tests.digests import ROOT, Digest, numbers

PAGE = "random/"
TEMPLATE = (
    '{% extends "base.html" %}{% block content %}<h1>{{ head.title }}</h1>'
    "<ul>{% for paper in papers %}<li><a href={{ root }}{{ paper.path }}>{{ paper.label }}</a>"
    "{% endfor %}</ul>{% endblock %}"
)


class RandomPage(PageKind):
    """/random/: a paper of each month, chosen by its fingerprint."""

    name = "random"
    addresses = (
        AddressKind(
            PAGE,
            lambda site, _: site.has_papers,
            exports=lambda _: ("json",),
            of_site=lambda site: [PAGE] * site.has_papers,
        ),
        AddressKind(
            "random/([0-9]{4}-[0-9]{2})/",
            lambda site, match: match[1] in site.months,
            of_month=lambda _, key: [(f"{PAGE}{key}/", None)],
        ),
    )
    templates = ("random.html",)
    month_templates = ("random.html",)

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        return [Link(path=PAGE, label="At random", kind="random")]

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        return [Link(path=PAGE, label="A paper at random")]

    def month_targets(self, key: str) -> Iterable[Target]:
        content = self._archive.months[key].fingerprint
        parts = self._context.parts(self.month_templates, content)
        yield Target(f"random {key}", parts, lambda: [self._page(f"{PAGE}{key}/", [key])])

    def site_targets(self) -> Iterable[Target]:
        keys = self._archive.keys
        content = [self._archive.months[key].fingerprint for key in keys]
        parts = self._context.parts(self.templates, content)
        yield Target("random", parts, lambda: self._files(keys))

    def _files(self, keys: list[str]) -> Iterable[File]:
        yield self._page(PAGE, keys)
        papers = [self._archive.month(key).days[0].papers[0] for key in keys]
        yield from self._exports.files(PAGE, "random", "At random", papers, ends=("json",))

    def _page(self, path: str, keys: list[str]) -> File:
        papers = [self._archive.month(key).days[0].papers[0].paper for key in keys]
        links = [Link(path=f"papers/{paper.id}/", label=paper.title) for paper in papers]
        head = self._printer.head(path, "At random", "A paper of each month.")
        return self._printer.page("random.html", head, papers=links)


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """A digest whose theme has the template, where the registry has the row."""
    digest = Digest(tmp_path / "digest")
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    (theme / "templates/random.html").write_text(TEMPLATE)
    digest.set("THEME", str(theme))
    digest.set("SITEURL", "https://digest.example")
    digest.write("content/redirects.yml", '- {"from": "random/", "to": "archive/"}\n')
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, RandomPage))
    return digest


def test_it_is_built_and_stands_in_menu_footer_and_sitemaps(digest: Digest) -> None:
    digest.build()
    assert "papers/steps-that-shrink/>Steps that shrink" in digest.page(PAGE)
    assert digest.page("random/2025-08/")
    assert '"kind":"random"' in digest.page("random/index.json")
    about = digest.page("about/")
    assert ">At random</a>" in about
    assert ">A paper at random</a>" in about
    assert "<loc>https://digest.example/random/</loc>" in digest.page("sitemaps/pages.xml")
    month = digest.page("sitemaps/2025-08.xml")
    assert "<loc>https://digest.example/random/2025-08/</loc>" in month


def test_it_is_built_again_only_when_what_it_depends_on_changes(digest: Digest) -> None:
    digest.build()
    assert numbers(digest.build())["written"] == 0
    digest.write("content/pages/about.md", "Title: About\n\nOther words.\n")
    assert "would not be rendered" in digest.build(explain=PAGE)
    page = digest.read("content/2025/08/07/optimization.md")
    digest.write("content/2025/08/07/optimization.md", page.replace("Steps that", "Hills that"))
    assert "would be rendered with random, since its content changed" in digest.build(explain=PAGE)
    digest.build()
    assert "Hills that shrink" in digest.page(PAGE)
    assert "Hills that shrink" in digest.page("random/2025-08/")


def test_check_knows_its_addresses(digest: Digest) -> None:
    links = "[a](/random/) [b](/random/2025-08/) [c](/random/index.json)"
    digest.write(
        "content/pages/more.md",
        f"Title: More\n\n{links} [d](/random/2024-01/)\n",
    )
    inputs, _ = folder.inputs(digest.folder / "content")
    problems = [problem for problem in checks.check(inputs) if problem.kind == "link"]
    assert len(problems) == 1
    assert "/random/2024-01/" in problems[0].message


def test_a_redirect_from_it_does_nothing(digest: Digest) -> None:
    digest.build()
    assert "refresh" not in digest.page(PAGE)


def test_without_the_row_nothing_of_it_is_left(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.build()
    monkeypatch.setattr(registry, "KINDS", registry.KINDS[:-1])
    digest.build(SITESUBTITLE="Without it")  # else nothing that a build asks for has changed
    assert "url=/archive/" in digest.page(PAGE)
    assert "At random" not in digest.page("about/")
    assert not (digest.output / "random/2025-08").exists()


def test_names_of_kinds_are_unique_and_their_templates_exist() -> None:
    names = [kind.name for kind in registry.KINDS]
    assert len(set(names)) == len(names)
    templates = {
        name for kind in registry.KINDS for name in (*kind.templates, *kind.month_templates)
    }
    assert all((ROOT / "theme/templates" / name).is_file() for name in templates)
