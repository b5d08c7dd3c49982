"""Cards, drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations

import pytest
from PIL import Image

from broadsheet.cards import libraries, painter, typefaces
from broadsheet.cards.card import SIZE, Card
from broadsheet.cards.painter import Painter
from broadsheet.errors import SettingsError
from tests.digests import ROOT


@pytest.fixture(scope="module")
def bare() -> Iterator[Painter]:
    """Who draws on a machine without fonts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typefaces, "_having", dict)
        yield Painter()


def _title(drawn: Painter, title: str) -> bytes:
    """The pixels of a card with a title."""
    with Image.open(io.BytesIO(drawn.png(Card("Site", "Topic", title)))) as opened:
        assert opened.size == SIZE
        return opened.tobytes()


def test_titles_tell_cards_apart(bare: Painter) -> None:
    titles = ("", "One", "Two", "One Two", "ℝ and ε⁻² ≤ ∞", "Быстро", "Łódź", "x" * 300)
    drawn = [_title(bare, title) for title in titles]
    assert all(one != other for one, other in combinations(drawn, 2))
    assert bare.png(Card("Site", "Topic", "One")) == Painter().png(Card("Site", "Topic", "One"))


def test_each_part_shows(bare: Painter) -> None:
    whole = Card("Site", "Topic", "Title", "Detail")
    parts = [Card("", "Topic", "Title", "Detail"), Card("Site", "", "Title", "Detail"),
             Card("Site", "Topic", "", "Detail"), Card("Site", "Topic", "Title")]  # fmt: skip
    drawn = [bare.png(card) for card in (whole, *parts)]
    assert len(set(drawn)) == 5


def test_texts_of_any_length_fit(bare: Painter) -> None:
    long = "word " * 300
    with Image.open(io.BytesIO(bare.png(Card(long, long, long, long)))) as opened:
        assert opened.size == SIZE


@pytest.mark.parametrize("title", ["日本語の題", "\u05d0\u05d1\u05d2", "नमस्ते", "a \u0e01\u0e49 b"])
def test_a_title_that_no_font_has_is_left_out_whole(bare: Painter, title: str) -> None:
    assert _title(bare, title) == _title(bare, "")


@pytest.mark.parametrize(
    ("title", "plainer"),
    [
        ("Fast 🚀 and 👩‍🔬 far", "Fast and far"),
        ("𝒪(n) steps", "O(n) steps"),
        ("𝔸ll \u202eturned\u202c", "All turned"),
        ("<b>&amp;</b>\x00", "<b>&amp;</b>"),
    ],
)
def test_what_no_font_has_is_drawn_plainer(bare: Painter, title: str, plainer: str) -> None:
    assert _title(bare, title) == _title(bare, plainer)


def test_a_font_of_the_systems_is_taken_for_what_the_packages_lack(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = str(libraries.file("fontpkg_inter", "files/Inter[opsz,wght].ttf"))
    monkeypatch.setattr(typefaces, "system_files", lambda: (path,))
    monkeypatch.setattr(typefaces, "_having", lambda: {ord(char): 1 for char in "כתב中"})
    drawn = Painter()
    assert _title(drawn, "中") != _title(drawn, "")  # as a mark for a missing one, in this font
    assert _title(drawn, "中文") == _title(drawn, "")


def test_nothing_costs_more_than_its_length(bare: Painter) -> None:
    for title in ("x" * 10**6, "\u0301" * 10**6, "\u202e" * 10**6, "a " * 10**6):
        _title(bare, title)


def test_cards_have_the_themes_colours() -> None:
    css = (ROOT / "theme/static/css/main.css").read_text("utf-8")
    for name, colour in (
        ("paper", painter.PAPER), ("ink", painter.INK_COLOUR), ("accent", painter.ACCENT)
    ):  # fmt: skip
        assert f"--{name}: light-dark(#{bytes(colour).hex()}," in css


def test_what_is_missing_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "NAMES", ("no-such-package-of-fonts",))
    with pytest.raises(SettingsError, match=r'no-such.*pip install "broadsheet\[cards\]"'):
        libraries.versions("days")


def test_one_list_of_libraries_is_locked() -> None:
    wanted = [
        line for line in (ROOT / "requirements/cards.in").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]  # fmt: skip
    assert [line.partition(">")[0] for line in wanted] == list(libraries.NAMES)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f'    "{line}",\n' in project for line in wanted)
    locked = (ROOT / "requirements/cards.txt").read_text("utf-8")
    assert all(f"\n{name}==" in f"\n{locked}" for name in libraries.NAMES)
