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


def test_a_long_cell_over_many_rows_is_not_written_hundreds_of_times() -> None:
    rows = "<tr><td rowspan=200>" + "kite " * 2_000 + "</td></tr>" + "<tr><td>x</td></tr>" * 199
    text = f"{HEAD}{rows}</table></body></html>"
    table = html_tree.first(html_tree.parse(text, file="x"), "table")
    assert table is not None
    lines = rows_of(table, html_tree.text_of)
    assert lines is not None
    assert len(lines) == 202
    assert sum(map(len, lines)) < 6 * len(text)
