"""Send one message over SMTP. The only module that talks to a mail server.

smtplib is driven command by command because of the final dot: where a connection breaks before it,
the message was not accepted (RFC 5321, 4.1.1.4); where it breaks between the dot and the server's
answer, the message may have been accepted.
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
    """The outcome of sending a message."""

    SENT = "sent"
    DEFERRED = "deferred"  # not accepted; the server asks to try later
    BOUNCED = "bounced"  # never accepted: the address is wrong
    REJECTED = "rejected"  # never accepted: the message is refused
    LOST = "lost"  # the connection broke; certainly not accepted
    UNKNOWN = "unknown"  # the connection broke after the last byte; perhaps accepted


@dataclass(frozen=True, slots=True)
class SmtpOutcome:
    """The outcome of one message, with the server's reply code. Reply texts are dropped: servers
    repeat addresses in them. `sure` is set where the server's enhanced code names the address as
    the reason for BOUNCED."""

    delivery: Delivery
    code: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server and how to reach it. `security` is "starttls" (the server must then offer it),
    "tls" (from the start of the connection) or "none"; `timeout` is in seconds."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    security: str = "starttls"
    timeout: float = 60.0

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.security})"

    def connect(self, context: ssl.SSLContext | None = None) -> SmtpConnection:
        """Connect and log in.

        Raises MailError where a retry can't help (no STARTTLS, wrong password, wrong certificate),
        OSError or smtplib.SMTPException where it may.
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
            raise MailError(f"{self.host}: the certificate is not valid: {error.reason}") from error
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
            raise MailError(f"{self.host}: the certificate is not valid: {error.reason}") from error
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
        return SmtpConnection(line)


class SmtpConnection:
    """An open connection."""

    def __init__(self, line: smtplib.SMTP) -> None:
        self._line = line
        # The text and the final dot are separate writes; Nagle's algorithm would delay the dot by
        # 40 ms, until the text is acknowledged.
        if isinstance(line.sock, socket.socket):
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(
        self, sender: str, to: str, data: bytes, before_last: Callable[[], None]
    ) -> SmtpOutcome:
        """Send a message; `before_last` is called when everything but its final dot is sent.

        Raises MailError where the server refuses the sender, since it will refuse every message,
        and where `sender` or `to` is not a mail address. Any other failure is an outcome. After
        LOST and UNKNOWN the connection is closed.
        """
        if not (is_address(sender) and is_address(to)):
            raise MailError("found a sender or a recipient that is not a mail address")
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
        return SmtpOutcome(Delivery.UNKNOWN)  # not a valid reply code

    def _envelope(self, sender: str, to: str) -> SmtpOutcome | None:
        """Send MAIL, RCPT and DATA; return the outcome where the server refuses one, else None."""
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

    def _refused(self, code: int, permanent: Delivery, sure: bool = False) -> SmtpOutcome:
        """Return the outcome of a refusal; `permanent` is the one for a 5xx code."""
        if code == 421 or code < 400:
            self.close()
            return SmtpOutcome(Delivery.LOST, code)
        with suppress(OSError, smtplib.SMTPException):
            self._line.rset()
        if code < 500:
            return SmtpOutcome(Delivery.DEFERRED, code)
        return SmtpOutcome(permanent, code, sure)

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError, smtplib.SMTPException):
            self._line.quit()
        self._line.close()


def _of_address(code: int, text: bytes) -> tuple[bool, bool]:
    """Return whether a refusal of a recipient concerns its address rather than the sender, and
    whether an enhanced status code (RFC 3463) says so."""
    enhanced = re.match(rb"5\.(\d+)\.(\d+)", text)
    if enhanced:
        of_address = enhanced[1] in (b"1", b"2")
        return of_address, of_address
    return code in (550, 551, 553), False


def stuffed(data: bytes) -> bytes:
    """Return a message for DATA: lines end with CR LF, leading dots are doubled (RFC 5321, 4.5.2).
    The final dot is not included."""
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    data = re.sub(rb"(?m)^\.", b"..", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"
