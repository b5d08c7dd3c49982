"""A month's lines as they are kept are those that were given; none is another day's."""

import msgspec
import pytest

from broadsheet.archive.people import KeptLines, PaperLine
from broadsheet.io.cache import MALFORMED

LINES = {
    "2025-08-01": [
        PaperLine("a", "Über \\alpha", "2025-08-01", "maths", ("Ada",), 1, None, None),
        PaperLine("b", "Kites", "2025-08-01", "art", (), 0, "2025-08-02", None),
    ],
    "2025-08-02": [],
    "2025-08-03": [PaperLine("c", '"]', "2025-08-03", "art", ("Bo", "Cy"), 60, None, "x")],
}


def kept() -> KeptLines:
    written = msgspec.json.encode(LINES)
    return KeptLines(msgspec.json.decode(written, type=dict[str, list[msgspec.Raw]]))


def test_each_line_is_found_by_its_day_and_number() -> None:
    lines = kept()
    for iso, day in LINES.items():
        assert [lines.line(iso, number) for number in range(len(day))] == day


@pytest.mark.parametrize(("iso", "number"), [("2025-08-01", 2), ("2025-08-02", 0), ("2025-08", 0)])
def test_no_line_is_taken_from_another_day(iso: str, number: int) -> None:
    with pytest.raises(MALFORMED):
        kept().line(iso, number)
