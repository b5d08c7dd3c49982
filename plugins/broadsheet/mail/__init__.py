"""Mail: a day or a week as a message, sent to each subscriber exactly once.

Owns issues, messages, the subscribers' file, the delivery log and SMTP. May import the archive,
content, search, subscriptions and rendering, never the site or the command. docs/mail.md is for
users.

    model         the values: issue, sender, subscriber
    issue_source  issues read from the content folder
    issues        a day or a week of the archive as an issue
    plain, html   an issue as text and as HTML; templates renders the theme's
    message       both as a MIME message
    subscribers   the subscribers' file
    due, jobs     which issues a run sends, and to whom
    settings      the sender and the server, from settings and environment
    runner        whether mail may be sent from this machine
    delivery_log  what was sent to whom; key_file holds the key of its hashes
    smtp          one message over SMTP
    sending       a run: retries, rate limit, delivery log
"""

from .delivery_log import DeliveryLog, open_log
from .due import due
from .message import message, serialised
from .model import Issue, IssueSection, MailError, Sender, Story, Subscriber, is_address, trimmed
from .runner import refusal
from .sending import Job, Policy, SendingReport, run
from .smtp import Delivery, Server
from .subscribers import parse as parse_subscribers

__all__ = [
    "Delivery",
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
    "open_log",
    "parse_subscribers",
    "refusal",
    "run",
    "serialised",
    "trimmed",
]
