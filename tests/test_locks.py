"""The locked versions: enough for what is declared, and no server of anybody's in them."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.digests import ROOT

LOCK = (ROOT / "requirements-dev.txt").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NPM: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
_LOCKED = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.M)


@pytest.mark.parametrize(
    "wanted",
    [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["test"],
        *PYPROJECT["build-system"]["requires"],
    ],
)
def test_what_is_declared_is_locked_at_a_version_that_fits(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = [
        version
        for name, version in _LOCKED.findall(LOCK)
        if name == canonicalize_name(requirement.name)
    ]
    assert versions, f"{requirement.name} is not in requirements-dev.txt: run `make lock`"
    for version in versions:
        assert version in requirement.specifier, f"{wanted}, locked {version}: run `make lock`"


def test_every_locked_package_has_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.M)[1:]
    assert len(entries) == len(_LOCKED.findall(LOCK)) > 40
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_packages_of_npm_are_locked_as_package_json_names_them() -> None:
    declared = json.loads((ROOT / "package.json").read_text("utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert NPM["packages"][""][kind] == declared[kind], "run `make lock`"
        for name, version in declared[kind].items():
            assert NPM["packages"][f"node_modules/{name}"]["version"] == version
    for path, package in NPM["packages"].items():
        assert not path or package["integrity"].startswith("sha512-"), path


def test_locks_name_no_server_and_no_folder_of_a_machine() -> None:
    assert not re.search(r"://|^\s*-(?!-hash=)|file:|[ =]/", LOCK, re.M)
    for path, package in NPM["packages"].items():
        assert "resolved" not in package, path
