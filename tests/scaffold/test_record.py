"""The record of what was written: it survives its file, and a damaged one is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.scaffold.answers import Answers
from broadsheet.scaffold.record import ScaffoldRecord, WrittenTemplate, dump, parse, refuse_newer


@pytest.mark.parametrize(
    ("theirs", "ours", "refused"),
    [("1.2", "1.2", False), ("1.2", "1.2.0", False), ("1.9", "1.10", False), ("1.10", "1.9", True),
     ("1.3rc1", "1.2", True), ("", "1", False), ("2" * 400, "1", True), ("x", "1", False)],
)  # fmt: skip
def test_templates_of_a_newer_broadsheet_are_not_taken_back(
    theirs: str, ours: str, refused: bool
) -> None:
    record = ScaffoldRecord(version=theirs, answers=Answers())
    if refused:
        with pytest.raises(SettingsError, match="install a newer Broadsheet"):
            refuse_newer(record, ours)
    else:
        refuse_newer(record, ours)


WRITTEN = st.builds(WrittenTemplate, st.text(), st.none() | st.text())


@given(st.dictionaries(st.text(), WRITTEN, max_size=4))
def test_a_record_survives_its_file(files: dict[str, WrittenTemplate]) -> None:
    record = ScaffoldRecord(version="1.2", answers=Answers(name="Post"), files=files)
    assert parse(dump(record)) == record
    assert dump(parse(dump(record))) == dump(record)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2}', "[" * 50_000, '{"format": 1, "version": "1"}',
     '{"format": 1, "version": "1", "answers": {}, "files": {"a": {"base": "x"}}}',
     '{"format": 1, "version": "1", "answers": {"host": "moon"}, "files": {}}'],
)  # fmt: skip
def test_a_damaged_record_is_named(text: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse(text)
    assert error.value.file == ".broadsheet-templates.json"
