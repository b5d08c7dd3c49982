"""Where links may lead: to every address that a built site has, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.checks.addresses import SiteAddresses
from broadsheet.content.redirects import is_address
from tests.checks.test_content import check, content, found

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.fixture(scope="module")
def golden() -> list[str]:
    """All files of the golden site."""
    output = GOLDEN / "output"
    return sorted(p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file())


def test_no_link_to_an_address_of_a_built_site_is_broken(golden: list[str]) -> None:
    inputs, _ = folder.inputs(GOLDEN / "content")
    site = SiteAddresses(inputs.papers, inputs.dates, inputs.files, inputs.statics, inputs.copied)
    checks.check(inputs)
    for path, topic, tags, day in pages_of(inputs):
        site.add(path, topic, tags, day)
    if inputs.redirects is not None:
        site.redirected = {line.split('"')[3] for line in inputs.redirects.text().split("\n")
                           if line.startswith("- {")}  # fmt: skip
    site.read()
    addresses = {f"/{path}" for path in golden if not path.startswith(".")}
    addresses |= {one.removesuffix("index.html") for one in addresses}
    assert len(addresses) > 100
    assert [one for one in sorted(addresses) if not site.leads(one)] == []
    assert [one for one in sorted(addresses) if not site.leads(f"{one}?q=a#b")] == []
    assert [one for one in sorted(addresses) if site.leads(f"{one}x/") and "theme" not in one] == []


def test_no_redirect_to_a_page_of_a_built_site_is_broken(tmp_path: Path, golden: list[str]) -> None:
    pages = {path.removesuffix("index.html") for path in golden if path.endswith("/index.html")}
    rows = [f'- {{"from": "old-{n}/", "to": "{page}"}}' for n, page in enumerate(sorted(pages))
            if is_address(page)]  # fmt: skip
    assert len(rows) > 20
    for source in (GOLDEN / "content").rglob("*"):
        if source.is_file() and source.name != "redirects.yml":
            target = tmp_path / source.relative_to(GOLDEN / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    old = GOLDEN / "content/redirects.yml"
    before = old.read_text("utf-8") if old.is_file() else ""
    (tmp_path / "redirects.yml").write_text(before + "\n".join(rows) + "\n", "utf-8")
    assert [one for one in check(tmp_path) if one.file == "redirects.yml"] == []


def test_relative_links_are_resolved_from_a_static_page_alone(tmp_path: Path) -> None:
    about = "Title: About\n\n[a](../archive/) [b](archive/) [c](./) [d](../2025/08/07/)\n"
    root = content(tmp_path, {"pages/about.md": about})
    assert [line for _, line, _, _ in found(root)] == [3]


def pages_of(inputs: checks.CheckInputs):  # type: ignore[no-untyped-def]
    from broadsheet.content import pages

    for day in inputs.days:
        for source in day.pages:
            page, _ = pages.survey(source.text(), file=source.path)
            if page is not None and page.sections:
                tags = {tag for paper in page.papers for tag in paper.tags}
                yield source.path, page.topic, tags, page.date
