"""The words of the interface in a language, and how it writes dates, numbers and lists.

Owns the message files in messages/, one a language, in gettext's format. Pure: a message file comes
as bytes. May import calendar and errors. What papers say is never translated.
"""

from .words import ENGLISH, Words

__all__ = ["ENGLISH", "Words"]
