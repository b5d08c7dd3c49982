"""Packages that export late: what they say they export is there, and no module's name hides it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from broadsheet.exports import exported
from tests.digests import ROOT

PLUGINS = ROOT / "plugins"
LATE = [
    path.parent
    for path in sorted(PLUGINS.rglob("__init__.py"))
    if "exported(" in path.read_text("utf-8")
]


@pytest.mark.parametrize("folder", LATE, ids=lambda folder: folder.name)
def test_every_name_that_a_package_exports_is_there(folder: Path) -> None:
    package = import_module(".".join(folder.relative_to(PLUGINS).parts))
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert not (folder / f"{name}.py").exists(), "the module would hide the export"


def test_any_other_name_is_none_of_the_packages() -> None:
    export = exported("broadsheet.topics", {"vocabulary": "Tag Topic"})
    with pytest.raises(AttributeError, match=r"'broadsheet\.topics' has no attribute 'Topics'"):
        export("Topics")
