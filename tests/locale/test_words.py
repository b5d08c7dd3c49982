"""Words, dates and numbers in each language."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet import calendar
from broadsheet.errors import SettingsError
from broadsheet.locale import ENGLISH, Words
from broadsheet.locale.catalogue import Catalogue
from broadsheet.locale.languages import SHIPPED, words_of
from broadsheet.text.names import authors_short
from tests.locale.sources import FOLDER

DAY = date(2025, 8, 7)


def words(tag: str, content: str = "en") -> Words:
    return words_of(tag, content, lambda name: (FOLDER / f"{name}.po").read_bytes())


@pytest.mark.parametrize(
    ("tag", "full", "month", "span", "number"),
    [
        ("en", "Thursday, 7 August 2025", "August 2025", "4 to 10 August 2025", "12,300"),
        ("de", "Donnerstag, 7. August 2025", "August 2025", "4.–10. Aug. 2025", "12.300"),
        ("es", "jueves, 7 de agosto de 2025", "agosto de 2025", "4–10 de agosto de 2025", "12.300"),
        ("zh", "2025年8月7日星期四", "2025年8月", "2025年8月4日 – 10日", "12,300"),
        ("ja", "2025年8月7日木曜日", "2025年8月", "2025年8月4日～10日", "12,300"),
    ],
)
def test_dates_and_numbers(tag: str, full: str, month: str, span: str, number: str) -> None:
    dates = words(tag).dates
    assert dates.full(DAY) == full
    assert dates.month("2025-08") == month
    between = " ".join(dates.span(date(2025, 8, 4), date(2025, 8, 10)).split())
    assert between == span
    assert dates.number(12_300) == number


@pytest.mark.parametrize("tag", SHIPPED)
def test_each_language_writes_every_form_of_a_date(tag: str) -> None:
    dates = words(tag).dates
    for write in (dates.plain, dates.brief, dates.full, dates.short):
        assert "7" in write(DAY)
        assert not {"August", "Aug"} & set(write(DAY).split()) or tag == "de"
    assert dates.weekday(DAY) in dates.full(DAY)
    assert dates.weekday(DAY) in dates.short(DAY), "in full, however the locale's pattern is"
    assert len(set(dates.weekdays)) == 7
    assert all(len(name) == 1 for name in dates.narrow)
    assert dates.moment("2025-08-07T12:00:00Z").endswith("12:00 UTC")
    assert dates.moment("soon") == "soon"
    assert dates.moment("2025-08-07") == dates.plain(DAY)


def test_english_is_the_calendar_s_own() -> None:
    assert ENGLISH.dates.full(DAY) == calendar.full(DAY)
    assert ENGLISH.week("2025-W32") == "Week 32, 2025"
    assert words("en-GB").dates.brief(date(2025, 9, 7)) == "7 Sep 2025"


def test_counts_take_the_form_that_the_language_has() -> None:
    arabic = words("ar")
    forms = [arabic.ngettext("%(count)s paper", "%(count)s papers", n) for n in (1, 2, 3, 11, 100)]
    assert forms == ["ورقة واحدة", "ورقتان", "3 أوراق", "11 ورقة", "100 ورقة"]
    assert words("fr").ngettext("%(count)s vote", "%(count)s votes", 0) == "0 vote"
    assert words("ja").counted("%(count)s paper", "%(count)s papers", 1200) == "論文 1,200 件"


def test_authors_are_listed_as_the_language_lists() -> None:
    names = ("Ada Example", "Bo Example", "Cy Example", "Di Example", "Ed Example")
    assert authors_short(names, None, words("de")) == (
        "Ada Example, Bo Example, Cy Example und 2 weitere"
    )
    assert authors_short(names[:2], None, words("ar")) == "Ada Example وBo Example"


def test_regions_have_their_language_s_words_and_their_own_formats() -> None:
    austrian = words("de_AT")
    assert austrian.language == "de-AT"
    assert austrian.gettext("Archive") == "Archiv"
    assert austrian.dates.plain(date(2025, 1, 7)) == "7. Jänner 2025"


def test_only_what_is_written_from_right_to_left_is() -> None:
    assert [words(tag).direction for tag in ("en", "ar", "ja")] == ["ltr", "rtl", "ltr"]


def test_papers_language_is_told_where_it_is_another() -> None:
    assert words("en-GB").foreign is None
    assert words("de").foreign == "en"
    assert words("de", "de-AT").foreign is None


@pytest.mark.parametrize("tag", ["xx", "qaa-x-y", "eo"])
def test_a_language_without_messages_is_refused_with_what_to_do(tag: str) -> None:
    with pytest.raises(SettingsError, match="expected one of en, ar, de, es, fr, ja, zh"):
        words(tag)


@pytest.mark.parametrize("rule", ["n>200?5:0", "n>200?n%0:0"])
def test_a_rule_that_fails_for_high_counts_costs_no_page(rule: str) -> None:
    words = Words("de", catalogue=Catalogue(rule, {"a": ("eins", "%(count)s viele")}))
    assert words.ngettext("a", "b", 1000) == "1000 viele"
    assert words.ngettext("a", "b", 1) == "eins"
