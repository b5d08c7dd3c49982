"""What comes with Broadsheet is found in a checkout, beside packages of the same names."""

from __future__ import annotations

from broadsheet.io import bundled


def test_a_new_digest_has_its_vocabularies_and_settings() -> None:
    files = bundled.files()
    assert files["content/topics.yml"].startswith(b"#")
    assert b"slug:" in files["content/tags.yml"]
    assert ".gitignore" in files
    assert "from broadsheet.starter import theme" in bundled.settings()
    assert (bundled.theme() / "templates" / "base.html").is_file()
