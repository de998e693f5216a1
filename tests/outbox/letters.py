"""A real mail server on this machine, for one test."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from advocacy.app import load_mails
from advocacy.outbox import mail


class Letters(Message):
    """Keeps what arrives, and from which envelope. `refuse` makes it say no, as a server that is
    busy would; `refuse_with` makes it say this."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.arrived: list[Any] = []
        self.came_from: list[str] = []
        self.refuse = False
        self.refuse_with = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - its name
        if self.refuse or self.refuse_with:
            return self.refuse_with or "451 try again later"
        self.came_from.append(envelope.mail_from)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        self.arrived.append(message)


def text_of(message: Any) -> str:
    """The words of a mail, whatever way they travelled."""
    return str(message_from_bytes(bytes(message), policy=policy.default).get_content())


def link_in(message: Any) -> str:
    """The path of the one link to us in a mail."""
    (found,) = re.findall(r"https://a\.example(/\S*)", text_of(message))
    return str(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def letters() -> Iterator[Letters]:
    load_mails()
    kept = Letters()
    server = Controller(kept, hostname="127.0.0.1", port=_free_port())
    server.start()
    mail.use(
        mail.Post(
            f"smtp://127.0.0.1:{server.port}", "no-reply@advocacy.example", "https://a.example"
        )
    )
    yield kept
    server.stop()
    mail.use(mail.Post())
