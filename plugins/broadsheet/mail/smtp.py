"""One message over SMTP, and what became of it. The only module that talks to a mail server.

smtplib is driven command by command, since what matters here is the moment of the final dot: before
it a lost connection means that the message was not taken (RFC 5321, 4.1.1.4), after it, and before
the server's answer, nobody can tell.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from .model import MailError, is_address

SECURITY = ("starttls", "tls", "none")


class Delivery(Enum):
    """What became of a message."""

    SENT = "sent"
    DEFERRED = "deferred"  # not taken; the server asks to try later
    BOUNCED = "bounced"  # not taken, never will be: the address is wrong
    REJECTED = "rejected"  # not taken, never will be: the message
    LOST = "lost"  # the connection broke; surely not taken
    UNKNOWN = "unknown"  # the connection broke after the last byte; perhaps taken


@dataclass(frozen=True, slots=True)
class SmtpOutcome:
    """A message's fate with the server's code; servers repeat addresses in their texts, so those
    are not kept. `sure` says of BOUNCED that the server names the address as the reason."""

    fate: Delivery
    code: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server and how to reach it. `security` is "starttls" (which it then must offer),
    "tls" from the start, or "none"."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    security: str = "starttls"
    timeout: float = 60.0

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.security})"

    def connect(self, context: ssl.SSLContext | None = None) -> Line:
        """Connect and log in.

        Raises MailError where trying again won't help (no STARTTLS, wrong password, a
        certificate that doesn't fit), OSError or smtplib.SMTPException where it may.
        """
        secure = context or ssl.create_default_context()
        try:
            if self.security == "tls":
                line: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=self.timeout, context=secure
                )
            else:
                line = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        except ssl.SSLCertVerificationError as error:
            raise MailError(f"{self.host}: its certificate doesn't fit: {error.reason}") from error
        try:
            line.ehlo()
            if self.security == "starttls":
                if not line.has_extn("starttls"):
                    raise MailError(
                        f"{self.host}:{self.port} offers no STARTTLS; expected it, or another "
                        "BROADSHEET_SMTP_SECURITY (tls, none)"
                    )
                line.starttls(context=secure)
                line.ehlo()
            if self.user:
                line.login(self.user, self.password or "")
        except ssl.SSLCertVerificationError as error:
            line.close()
            raise MailError(f"{self.host}: its certificate doesn't fit: {error.reason}") from error
        except smtplib.SMTPAuthenticationError as error:
            line.close()
            if 400 <= error.smtp_code < 500:
                raise
            raise MailError(
                f"{self.host} refuses the user or password ({error.smtp_code})"
            ) from None
        except smtplib.SMTPNotSupportedError as error:
            line.close()
            raise MailError(f"{self.host}: {error}") from error
        except BaseException:
            line.close()
            raise
        return Line(line)


class Line:
    """An open connection."""

    def __init__(self, line: smtplib.SMTP) -> None:
        self._line = line
        # Text and final dot go out one after the other; without this the dot would wait 40 ms for
        # the text to be acknowledged.
        if isinstance(line.sock, socket.socket):
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(
        self, sender: str, to: str, data: bytes, before_last: Callable[[], None]
    ) -> SmtpOutcome:
        """Send a message; `before_last` is called when all but its end has been sent.

        Never raises for what a server does, but MailError where it refuses the sender: then it
        will refuse all; and where an address is none, which might be taken for another command.
        After LOST and UNKNOWN the connection is of no use.
        """
        if not (is_address(sender) and is_address(to)):
            raise MailError("found a sender or a recipient that is no mail address")
        try:
            outcome = self._envelope(sender, to)
            if outcome is not None:
                return outcome
            self._line.send(stuffed(data))
        except (OSError, smtplib.SMTPException):
            self.close()
            return SmtpOutcome(Delivery.LOST)
        before_last()
        try:
            self._line.send(b".\r\n")
            code, _ = self._line.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()
            return SmtpOutcome(Delivery.UNKNOWN)
        if 200 <= code < 300:
            return SmtpOutcome(Delivery.SENT, code)
        if 400 <= code < 600:
            return self._refused(code, Delivery.REJECTED)
        self.close()
        return SmtpOutcome(Delivery.UNKNOWN)  # an answer that is none

    def _envelope(self, sender: str, to: str) -> SmtpOutcome | None:
        """Sender, recipient, DATA; None once the server wants the message."""
        code, _ = self._line.mail(sender)
        if code != 250:
            if code >= 500:
                raise MailError(
                    f"the server refuses the sender of BROADSHEET_MAIL_FROM ({code}); "
                    "expected an address that it sends for"
                )
            return self._refused(code, Delivery.REJECTED)
        code, text = self._line.rcpt(to)
        if code not in (250, 251, 252):
            bounced, sure = _of_address(code, text)
            return self._refused(code, Delivery.BOUNCED if bounced else Delivery.REJECTED, sure)
        code, _ = self._line.docmd("DATA")
        if code != 354:
            return self._refused(code, Delivery.REJECTED)
        return None

    def _refused(self, code: int, fate: Delivery, sure: bool = False) -> SmtpOutcome:
        if code == 421 or code < 400:
            self.close()
            return SmtpOutcome(Delivery.LOST, code)
        with suppress(OSError, smtplib.SMTPException):
            self._line.rset()
        return SmtpOutcome(Delivery.DEFERRED, code) if code < 500 else SmtpOutcome(fate, code, sure)

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError, smtplib.SMTPException):
            self._line.quit()
        self._line.close()


def _of_address(code: int, text: bytes) -> tuple[bool, bool]:
    """Whether a refusal of a recipient speaks of its address, not of us, and whether it says so
    itself by an enhanced code (RFC 3463)."""
    enhanced = re.match(rb"5\.(\d+)\.(\d+)", text)
    if enhanced:
        ours = enhanced[1] not in (b"1", b"2")
        return not ours, not ours
    return code in (550, 551, 553), False


def stuffed(data: bytes) -> bytes:
    """A message as DATA carries it: lines end with CR LF, leading dots are doubled (RFC 5321,
    4.5.2), the final dot yet to come."""
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    data = re.sub(rb"(?m)^\.", b"..", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"
