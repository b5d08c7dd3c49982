"""What axe finds wrong with a page. Script and options go to the browser in one message; of the
findings only those come back that are wrong, of any rule."""

from __future__ import annotations

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


def violations(page: Page, **options: object) -> list[str]:
    """What breaks axe's rules, each with its element; `options` are those of `axe.run`."""
    given = json.dumps({"resultTypes": ["violations"], **options})
    found: list[str] = page.evaluate(
        f"""async () => {{
            {AXE_SCRIPT}
            const told = ({{ id, nodes }}) => nodes.map((node) => `${{id}}: ${{node.html}}`);
            return (await axe.run(document, {given})).violations.flatMap(told);
        }}"""
    )
    return found
