"""A real SMTP server that behaves as badly as it is told to."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

Behaviour = Callable[[str, int], str]
"""Of a recipient and how often it was tried, what to do: see `MailServer`."""


class MailServer:
    """Keeps what it took, by recipient.

    `at_rcpt` says what RCPT gets: "" to accept, or an answer such as "450 later"; "drop" to hang
    up. `at_data` says what becomes of the message: "" to take it, an answer to refuse it,
    "drop" to hang up without taking it, "take and drop" to take it and hang up unanswered.
    """

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.taken: Counter[str] = Counter()
        self.messages: list[tuple[str, bytes]] = []
        self.tried: Counter[str] = Counter()
        self.connections = 0
        self.at_rcpt: Behaviour = lambda to, tries: ""
        self.at_data: Behaviour = lambda to, tries: ""
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, data_size_limit=None
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            with suppress(RuntimeError):
                self._controller.stop()
            self._controller = None

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.tried[address] += 1
        answer = self.at_rcpt(address, self.tried[address])
        if answer == "drop":
            return self._drop(server)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        answer = self.at_data(address, self.tried[address])
        if answer == "drop":
            return self._drop(server)
        if answer and answer != "take and drop":
            return answer
        self.taken[address] += 1
        self.messages.append((address, envelope.content))
        if answer:
            return self._drop(server)
        await asyncio.sleep(0)
        return "250 OK"

    def _drop(self, server: SMTP) -> str:
        assert server.transport is not None
        server.transport.abort()
        return "421 gone"
