"""What axe finds wrong with a page: of its findings only those come back that are wrong, of any
rule. The page keeps the script, also for where it goes next."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.soak import SOAK

_RUN = """async (options) => {
    if (typeof axe === "undefined") return null;
    if (document.querySelector("audio, video")) return ["preload: sound and films want it"];
    const told = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`);
    return (await axe.run(document, options)).violations.flatMap(told);
}"""


_THIN = """few => {
    for (const one of [...document.querySelectorAll("main *")]) {
        const kind = (it) => `${it.localName}.${it.className}`;
        let same = 0;
        for (let it = one; it?.previousElementSibling && same <= few; ) {
            it = it.previousElementSibling;
            if (kind(it) === kind(one)) same += 1;
        }
        if (same >= few) one.remove();
    }
}"""


def thinned(page: Page, few: int = 4) -> None:
    """Take out of a page, but in a soak run, all but the first few elements of one kind in one
    parent: what is wrong with a paper of fifty is wrong with the first, and axe takes its time with
    each."""
    if not SOAK:
        page.evaluate(_THIN, few)


def violations(page: Page, **options: object) -> list[str]:
    """What breaks axe's rules, each with its element; `options` are those of `axe.run`."""
    # What axe would load beforehand is for sound and films, and for rules that aren't asked for.
    given = {"resultTypes": ["violations"], "preload": False, **options}
    found: list[str] | None = page.evaluate(_RUN, given)
    if found is None:
        page.add_init_script(AXE_SCRIPT)
        page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
        found = page.evaluate(_RUN, given)
    assert found is not None, "axe is not there"
    return found
