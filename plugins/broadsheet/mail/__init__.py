"""Mail: a day or a week as a message, and sending it to each subscriber exactly once.

    model        what an issue, a sender and a subscriber are
    plain, html  an issue as text and as HTML
    message      both, as a message with its headers
    subscribers  the subscribers' file
    due          which issues are to be sent now
    place        whether this is a machine to send from
    book         the ledger of what was sent to whom
    secret       the key that the ledger's hashes are made with
    smtp         one message over SMTP, and what became of it
    sending      a whole run: retries, rates, and the ledger

All but `book`, `secret` and `smtp` are pure. docs/mail.md tells how to use it.
"""

from .book import DeliveryLog, open_book
from .due import due
from .message import message, serialised
from .model import Issue, IssueSection, MailError, Sender, Story, Subscriber, is_address, trimmed
from .place import refusal
from .sending import Job, Policy, SendingReport, run
from .smtp import Server
from .subscribers import parse as parse_subscribers

__all__ = [
    "DeliveryLog",
    "Issue",
    "IssueSection",
    "Job",
    "MailError",
    "Policy",
    "Sender",
    "SendingReport",
    "Server",
    "Story",
    "Subscriber",
    "due",
    "is_address",
    "message",
    "open_book",
    "parse_subscribers",
    "refusal",
    "run",
    "serialised",
    "trimmed",
]
