"""Incremental builds know nothing of papers: the folder could be another project's."""

from __future__ import annotations

from broadsheet.incremental import plan
from tests.test_layers import PACKAGE, imported


def test_the_folder_imports_of_ours_only_io_and_errors() -> None:
    modules = sorted((PACKAGE / "incremental").glob("*.py"))
    names = {
        name
        for path in modules
        for _, name in imported(path.read_text("utf-8"), (PACKAGE.name, "incremental"))
        if name.startswith(f"{PACKAGE.name}.")
    }
    folders = {name.split(".")[1] for name in names}
    assert plan.__name__ in {f"{PACKAGE.name}.incremental.{path.stem}" for path in modules}
    assert folders <= {"incremental", "io", "errors"}


def test_no_word_of_papers_stands_in_the_folder() -> None:
    for path in (PACKAGE / "incremental").glob("*.py"):
        if path.name != "__init__.py":
            words = set(path.read_text("utf-8").lower().replace("/", " ").split())
            assert not words & {"paper", "topics.yml", "tags.yml", "abstract", "arxiv"}, path
