"""The theme rendered by itself, and served to a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, BrowserContext, Page

from broadsheet.locale import ENGLISH
from broadsheet.render.translated import Translated, translate
from tests.lent_context import LentContext
from tests.static_server import serving

from . import samples

THEME = Path(__file__).parents[2] / "theme"
Render = Callable[..., str]


@pytest.fixture(scope="session")
def render() -> Render:
    """Renders a template of the theme as the site does, and fails on any name left undefined."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=[Translated],
    )
    translate(environment, ENGLISH)

    def rendered(template: str, root: str = "/base/path/", **values: object) -> str:
        return environment.get_template(template).render(
            **{"site": samples.SITE, "root": root, **values}
        )

    return rendered


@pytest.fixture(scope="session")
def pages(render: Render) -> dict[str, str]:
    """Every kind of page, by its address."""
    return {
        path: render(template, head=head, **values)
        for path, (template, head, values) in samples.pages().items()
    }


@pytest.fixture(scope="session")
def address(pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages and the theme's files below /base/path/ on a server of their own."""
    top = tmp_path_factory.mktemp("theme")
    site = top / "base/path"
    shutil.copytree(THEME / "static", site / "theme")
    for path, text in pages.items():
        file = site / (path if path.endswith(".html") else f"{path}index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    with serving(top) as served:
        yield f"{served}base/path/"


@pytest.fixture(scope="session")
def _lent(browser: Browser) -> Iterator[LentContext]:
    made = LentContext(browser, worker=False, permissions=["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def context(_lent: LentContext, address: str) -> Iterator[BrowserContext]:
    with _lent.lent(address) as lent:
        yield lent


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test if the browser complains, of the policy or of anything else."""
    made = context.new_page()
    complaints: list[str] = []
    made.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    assert complaints == []
