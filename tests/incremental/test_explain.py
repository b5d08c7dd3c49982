"""`broadsheet build --explain PATH`."""

from __future__ import annotations

from tests.digests import Digest

PAPER = "papers/2508.00001/"
FILE = "papers/2508.00001/index.html"


def _why(digest: Digest, path: str = PAPER) -> str:
    before = digest.stamps()
    made = digest.command("build", "--explain", path)
    assert made.code == 0, made.err
    assert digest.stamps() == before
    return made.out.strip()


def test_each_reason_is_told_and_nothing_written(digest: Digest) -> None:
    assert _why(digest) == f"{FILE}: would be rendered: it is new (papers 2025-08-07)"
    digest.build()
    assert (
        _why(digest)
        == _why(digest, FILE)
        == (f"{FILE}: would not be rendered: nothing that papers 2025-08-07 depends on has changed")
    )
    page = "content/2025/08/07/optimization.md"
    text = digest.read(page)
    digest.write(page, text.replace("flat & wide", "steep"))
    assert "since its content" in _why(digest)
    digest.write(page, text)
    digest.set("SITENAME", "Another")
    assert "since the settings changed" in _why(digest)
    digest.build()
    (digest.output / FILE).unlink()
    assert f"since {FILE} is missing" in _why(digest)
    digest.build()
    (digest.folder / page).unlink()
    (digest.folder / "content/2025/08/07/day.yml").unlink()
    assert "would be removed: there is no papers 2025-08-07 any more" in _why(digest)
    assert _why(digest, "no/such/") == "no/such/index.html: no page or file of the site is there"
