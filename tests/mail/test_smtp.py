"""STARTTLS and authentication against a real server."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult, LoginPassword

from broadsheet.mail import MailError, Server
from broadsheet.mail.smtp import Delivery, SmtpConnection


@dataclass
class Secure:
    """A running server that wants STARTTLS and a password, and a context that trusts it."""

    port: int
    trusting: ssl.SSLContext

    def server(self, **changes: Any) -> Server:
        values = {
            "host": "localhost",
            "port": self.port,
            "user": "papers",
            "password": "open sesame",
        }
        return Server(**{**values, **changes})


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    if shutil.which("openssl") is None:
        pytest.skip("this needs openssl, to make a certificate")
    folder: Path = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
         certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def authenticate(*arguments: Any) -> AuthResult:
        given = arguments[4]
        good = isinstance(given, LoginPassword) and (given.login, given.password) == (
            b"papers", b"open sesame")  # fmt: skip
        return AuthResult(success=good, handled=good)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        Sink(), hostname="localhost", port=port, tls_context=context, require_starttls=True,
        authenticator=authenticate, auth_required=True, auth_require_tls=True,
    )  # fmt: skip
    controller.start()
    yield Secure(port, ssl.create_default_context(cafile=str(certificate)))
    controller.stop()


def test_a_message_goes_over_starttls_with_a_password(secure: Secure) -> None:
    line = secure.server().connect(secure.trusting)
    outcome = line.send("a@example.org", "b@example.net", b"Subject: x\r\n\r\nx", lambda: None)
    line.close()
    assert outcome.delivery is Delivery.SENT


def test_a_wrong_password_is_said_without_it(secure: Secure) -> None:
    with pytest.raises(MailError, match="refuses the user or password") as error:
        secure.server(password="secret words").connect(secure.trusting)
    assert "secret words" not in str(error.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Secure) -> None:
    with pytest.raises(MailError, match="certificate"):
        secure.server().connect()


class Answering:
    """A connection whose server answers each command as it is told to."""

    sock = None

    def __init__(self, **answers: int) -> None:
        self.answers = {"mail": 250, "rcpt": 250, "data": 354, "end": 250, **answers}
        self.closed = False

    def mail(self, _: str) -> tuple[int, bytes]:
        return self.answers["mail"], b""

    def rcpt(self, _: str) -> tuple[int, bytes]:
        return self.answers["rcpt"], b""

    def docmd(self, _: str) -> tuple[int, bytes]:
        return self.answers["data"], b""

    def getreply(self) -> tuple[int, bytes]:
        return self.answers["end"], b""

    def send(self, data: bytes) -> None:
        pass

    def rset(self) -> None:
        pass

    def quit(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("answers", "delivery", "closed"),
    [
        ({"mail": 451}, Delivery.DEFERRED, False),
        ({"mail": 421}, Delivery.LOST, True),
        ({"data": 554}, Delivery.REJECTED, False),
        ({"data": 250}, Delivery.LOST, True),
        ({"end": 452}, Delivery.DEFERRED, False),
        ({"end": 354}, Delivery.UNKNOWN, True),  # perhaps taken: it is not sent again
    ],
)
def test_each_answer_says_whether_a_message_is_sent_again(
    answers: dict[str, int], delivery: Delivery, closed: bool
) -> None:
    server: Any = Answering(**answers)
    outcome = SmtpConnection(server).send("a@example.org", "b@example.net", b"x", lambda: None)
    assert (outcome.delivery, server.closed) == (delivery, closed)


def test_a_server_that_refuses_the_sender_ends_the_run() -> None:
    server: Any = Answering(mail=550)
    with pytest.raises(MailError, match="refuses the sender"):
        SmtpConnection(server).send("a@example.org", "b@example.net", b"x", lambda: None)
