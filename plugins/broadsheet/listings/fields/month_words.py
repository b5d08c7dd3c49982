"""Days and months as other languages than English write them: "15. Januar 2026", "2026年1月15日".

Words are compared without case; of several languages that share a word, all mean the same month.
"""

from __future__ import annotations

import re
import unicodedata

# German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish and Danish, Russian, Turkish,
# Arabic; names as they stand in dates, then what is short for them.
_NAMES = (
    "januar jänner janvier enero janeiro gennaio januari stycznia styczeń января январь ocak يناير"
    " janv ene gen jän янв",
    "februar feber février fevrier febrero fevereiro febbraio februari lutego luty февраля февраль"
    " şubat فبراير févr fév fev фев",
    "märz maerz mars marzo março marco maart marca marzec марта март mart مارس mär mrz mrt мар",
    "avril abril aprile april kwietnia kwiecień апреля апрель nisan أبريل ابريل avr abr апр",
    "mai mayo maio maggio mei maja maj мая май mayıs مايو mag",
    "juni juin junio junho giugno czerwca czerwiec июня июнь haziran يونيو giu июн",
    "juli juillet julio julho luglio lipca lipiec июля июль temmuz يوليو juil lug июл",
    "août aout agosto augustus augusti sierpnia sierpień августа август ağustos أغسطس ago авг",
    "septembre septiembre setembro settembre września wrzesień сентября сентябрь eylül سبتمبر"
    " set сен сент",
    "oktober octobre octubre outubro ottobre października październik октября октябрь ekim أكتوبر"
    " اكتوبر okt out ott окт",
    "novembre noviembre novembro listopada listopad ноября ноябрь kasım نوفمبر ноя нояб",
    "dezember décembre decembre diciembre dezembro dicembre december grudnia grudzień декабря"
    " декабрь aralık ديسمبر dez déc dic дек",
)
_MONTH = {
    unicodedata.normalize("NFC", name): number
    for number, names in enumerate(_NAMES, 1)
    for name in names.split()
}
_EASTERN = re.compile(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일号號])?)?")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|er|º|°)?\s(?:de\s)?([^\W\d_]{3,12})\.?,?\s(?:de[l]?\s)?(\d{4})(?!\d)"
)

Parts = tuple[str, int | None, str | None]
"""A year, a month and a day, as far as they are given."""


def month_of(word: str) -> int | None:
    """Return 1 to 12 for a month's name, or what is short for it, in one of the languages."""
    return _MONTH.get(unicodedata.normalize("NFC", word).casefold().rstrip("."))


def western_digits(text: str) -> str:
    """Return a text whose digits, full-width ones or those of another script, are ASCII's."""
    if text.isascii():
        return text
    return "".join(
        char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char))
        for char in text
    )


def eastern(text: str) -> Parts | None:
    """Return the day, month or year that a text names as Chinese, Japanese and Korean do."""
    found = _EASTERN.search(text)
    if found is None:
        return None
    return found[1], int(found[2]) if found[2] else None, found[3]


def day_in(text: str) -> Parts | None:
    """Return the whole day that a text names somewhere; None where it names none."""
    text = western_digits(text)
    if (parts := eastern(text)) and parts[2]:
        return parts
    for found in _DAY_FIRST.finditer(text):
        if month := month_of(found[2]):
            return found[3], month, found[1]
    return None
