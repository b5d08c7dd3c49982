"""Tables of saved pages by the names of their columns."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.untrusted import html_tree
from broadsheet.listings.web.html_tables import rows_of

HEAD = "<html><body><table><tr><th>Date</th><th>Title</th><th>Authors</th><th>Room</th></tr>"


def test_a_cell_over_several_rows_is_one_of_each_and_other_columns_are_named() -> None:
    link = '<a href="https://arxiv.org/abs/2601.0000%d">%s</a>'
    ada = "<td>Ada Kite, Bo Line</td>"
    rows = (
        f'<tr><td rowspan="2">2026-01-05</td><td>{link % (1, "Kites")}</td>{ada}'
        f"<td>A1</td></tr><tr><td>{link % (2, 'Reels')}</td><td>Cy Crumb</td><td>B2</td></tr>"
    )
    listing = parse(f"{HEAD}{rows}</table></body></html>".encode(), file="x")
    first, second = listing.entries
    assert (first.title, first.authors, first.published) == (
        "Kites",
        ("Ada Kite", "Bo Line"),
        "2026-01-05",
    )
    assert (second.arxiv, second.authors, second.published) == (
        "2601.00002",
        ("Cy Crumb",),
        "2026-01-05",
    )
    assert any('label "Room" is not read: it holds "A1"' in notice for notice in listing.notices)


def test_a_span_over_very_many_rows_is_no_trap() -> None:
    rows = '<tr><td rowspan="999999999">2026</td><td>Kites</td></tr>' * 3
    listing = parse(
        f'{HEAD}{rows}</table><p><a href="https://arxiv.org/abs/2601.00001">Lines that hold</a></p>'
        "</body></html>".encode(),
        file="x",
    )
    assert [entry.title for entry in listing.entries] == ["Lines that hold"]


def test_long_cells_over_empty_rows_add_some_times_what_the_table_has() -> None:
    row = f'<tr><td rowspan="200">Kites</td><td rowspan="200">{"b" * 1000}</td></tr>'
    page = f"<table><tr><th>Title</th><th>Authors</th></tr>{row}{'<tr></tr>' * 199}</table>"
    lines = rows_of(html_tree.first(html_tree.parse(page, file="x"), "table"), lambda link: "")
    assert lines is not None
    assert len(lines) == 202
    assert sum(map(len, lines)) < 10 * len(page)


def test_a_header_in_several_rows_names_columns_by_its_lowest_and_marks_go() -> None:
    head = (
        '<tr><th rowspan="2">No</th><th colspan="2">Paper</th><th rowspan="2">Links</th></tr>'
        "<tr><th>Title</th><th>Authors</th></tr>"
    )
    link = '<a href="https://arxiv.org/abs/2601.0000%d">arXiv</a>'
    rows = "".join(
        f"<tr><td>{n}</td><td>{title}</td><td>Ada Kite<sup>1</sup>, Bo Line<sup>2,*</sup></td>"
        f"<td>{link % n}</td></tr>"
        for n, title in ((1, "CO<sub>2</sub> kites"), (2, "Reels that turn"))
    )
    page = f"<html><body><table>{head}{rows}</table></body></html>"
    listing = parse(page.encode(), file="x")
    assert [(one.title, one.authors, one.arxiv) for one in listing.entries] == [
        ("CO₂ kites", ("Ada Kite", "Bo Line"), "2601.00001"),
        ("Reels that turn", ("Ada Kite", "Bo Line"), "2601.00002"),
    ]


def test_cells_beyond_a_rows_most_are_told() -> None:
    head = "<th>Title</th><th>Link</th>" + "<th>x</th>" * 70
    link = '<a href="https://arxiv.org/abs/2601.00001">arXiv</a>'
    row = f"<td>Kites</td><td>{link}</td>{'<td>y</td>' * 70}"
    page = f"<html><body><table><tr>{head}</tr><tr>{row}</tr></table></body></html>"
    notices = parse(page.encode(), file="x").notices
    assert any("12 cells of tables with too many columns are not read" in one for one in notices)
