"""What comes with Broadsheet is found in a checkout, beside packages of the same names."""

from __future__ import annotations

from broadsheet.io import bundled


def test_what_a_new_digest_is_made_of_is_found() -> None:
    assert bundled.path("content/topics.yml").read_bytes().startswith(b"#")
    assert "slug:" in bundled.path("content/tags.yml").read_text("utf-8")
    assert (bundled.path("templates/digest") / "dot-gitignore").is_file()
    assert bundled.path("requirements/libraries.txt").is_file()
    assert "from broadsheet.starter import theme" in bundled.settings()
    assert (bundled.theme() / "templates" / "base.html").is_file()
