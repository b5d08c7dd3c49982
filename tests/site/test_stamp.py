"""The versions of libraries, by the records that installers leave."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from broadsheet.site.stamp import versions


def installed(folder: Path, *records: str) -> str:
    for record in records:
        (folder / f"{record}.dist-info").mkdir(parents=True)
    return str(folder)


def test_a_version_is_that_of_the_first_folder_that_has_a_record(tmp_path: Path) -> None:
    first = installed(tmp_path / "first", "PyYAML-1.0", "math_core-2.0", "other-9")
    second = installed(tmp_path / "second", "pyyaml-3.0", "Jinja2-4.0")
    folders = [str(tmp_path / "absent"), first, second]
    wanted = ["pyyaml", "math-core", "jinja2"]
    assert versions(wanted, folders) == {"pyyaml": "1.0", "math-core": "2.0", "jinja2": "4.0"}


def test_a_library_without_a_record_or_with_two_is_asked(tmp_path: Path) -> None:
    folder = installed(tmp_path, "jinja2-0.1", "jinja2-0.2")
    assert versions(["jinja2", "pelican"], [folder]) == {
        "jinja2": version("jinja2"),
        "pelican": version("pelican"),
    }
    with pytest.raises(PackageNotFoundError):
        versions(["no-such-library-of-ours"], [folder])
