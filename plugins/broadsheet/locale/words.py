"""The words of the interface in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .catalogue import NONE, Catalogue
from .dates import Dates, EnglishDates


@dataclass(frozen=True)
class Words:
    """What the interface says, by its English, and how it writes dates and numbers.

    `language` is a tag such as "de-AT", `direction` "ltr" or "rtl". `content_language` is the
    language that papers are written in.
    """

    language: str = "en"
    direction: str = "ltr"
    catalogue: Catalogue = NONE
    dates: Dates = field(default_factory=EnglishDates, compare=False)
    content_language: str = "en"

    def fingerprint(self) -> tuple[object, ...]:
        """Return what pages depend on, as a tuple to be hashed."""
        return (self.language, self.direction, self.content_language, self.dates.source,
                self.catalogue.fingerprint())  # fmt: skip

    @property
    def foreign(self) -> str | None:
        """The language of what papers say, where it is not the interface's own."""
        own, papers = (tag.lower().split("-")[0] for tag in (self.language, self.content_language))
        return None if own == papers else self.content_language

    def gettext(self, message: str, **values: object) -> str:
        """Return a message with its values: `gettext("%(name)s, day by day", name="May")`."""
        forms = self.catalogue.messages.get(message)
        text = forms[0] if forms else message
        return text % values if values else text.replace("%%", "%")

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the message for a count, which is among its values as "count"."""
        return self._form(one, many, count) % {"count": count, **values}

    def _form(self, one: str, many: str, count: int) -> str:
        forms = self.catalogue.messages.get(one)
        if forms is None:
            return one if count == 1 else many
        try:
            return forms[self.catalogue.form(count)]
        except (IndexError, ZeroDivisionError):  # beyond the counts that it was tried with
            return forms[-1]

    def counted(self, one: str, many: str, count: int) -> str:
        """Return the message for a count, which is printed as the language groups its digits."""
        return self._form(one, many, count) % {"count": self.number(count)}

    def number(self, count: int) -> str:
        """Return a number as the language groups its digits."""
        return self.dates.number(count)

    def week(self, key: str) -> str:
        """Return an ISO week such as "2025-W32" in words."""
        year, number = key.split("-W")
        return self.gettext("Week %(week)s, %(year)s", week=int(number), year=year)

    def listed(self, names: Sequence[str]) -> str:
        """Return names as "A, B and C"; "" for none."""
        if len(names) < 2:
            return "".join(names)
        return self.gettext(
            "%(names)s and %(last)s",
            names=self.gettext(", ").join(names[:-1]),
            last=names[-1],
        )


ENGLISH = Words()
"""The sources of all messages."""
