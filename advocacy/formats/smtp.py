"""A line to a mail server: encrypted where it can be, with a password on such a line alone.

What is wrong with the server as a whole is told apart from what it says of one mail.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import HeaderRegistry
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

_TIMEOUT_SECONDS = 20
_LET_IN = 235
_HEADERS = HeaderRegistry()
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Fault(StrEnum):
    """Why no mail at all leaves: a fault of the server, or of our setting of it."""

    UNSET = "server-unset"
    SENDER = "server-sender"
    NO_ANSWER = "server-no-answer"
    CERTIFICATE = "server-certificate"
    OPEN_LINE = "server-open-line"
    PASSWORD = "server-password"  # noqa: S105 - a word for what is wrong
    REFUSES = "server-refuses"


SHUT = {
    Fault.UNSET: "No mail server is set. Set SMTP_URL.",
    Fault.SENDER: (
        "Mails have no address to come from. Set MAIL_FROM, such as no-reply@advocacy.example."
    ),
    Fault.NO_ANSWER: "The mail server does not answer. Check its name and port in SMTP_URL.",
    Fault.CERTIFICATE: (
        "The mail server's certificate is not valid: it has expired, it is for another name, or "
        "nobody this machine trusts has signed it. Nothing was sent. Ask whoever runs the server."
    ),
    Fault.OPEN_LINE: (
        "The mail server offers no encryption, or takes no password, so ours was not sent to it. "
        "Use a server with STARTTLS and passwords, or smtps://."
    ),
    Fault.PASSWORD: (
        "The mail server refuses our user name or password. Write the right ones in SMTP_URL."
    ),
    Fault.REFUSES: "The mail server answers, and refuses to talk to us. Ask whoever runs it.",
}
"""For the command line, which speaks English."""


class Unreachable(Exception):
    """The mail server as a whole is shut to us: no fault of the mail, which waits.

    fault: what is wrong with the server or with our setting of it.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def is_address(sender: str) -> bool:
    """Whether mails can come from what is written in a setting: `a@b.example`, or `A <a@b>`."""
    if not sender.isprintable():
        return False
    try:
        made: Any = _HEADERS("from", sender)
    except (IndexError, ValueError):  # the library falls over some of what is no address
        return False
    (one,) = made.addresses if len(made.addresses) == 1 else (None,)
    return not made.defects and one is not None and bool(one.username and one.domain)


def must_be_set(url: str, sender: str) -> None:
    """Raises Unreachable when a setting is missing without which no mail is even written."""
    if not url:
        raise Unreachable(Fault.UNSET)
    if not is_address(sender):
        raise Unreachable(Fault.SENDER)


@contextmanager
def server(url: str, sender: str) -> Iterator[smtplib.SMTP]:
    """The server, ready to take a mail. Raises: Unreachable."""
    must_be_set(url, sender)
    # Said to the server as our name: the sender's domain, never the name of this machine.
    us = sender.rpartition("@")[2].strip("> ")
    try:
        made = _opened(url, us)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unreachable(_fault(error)) from error
    with made:
        yield made


def _opened(url: str, us: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, us, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, us, timeout=_TIMEOUT_SECONDS)
    try:
        _get_in(server, parts, context, is_secure=parts.scheme == "smtps")
    except BaseException:
        server.close()
        raise
    return server


def _get_in(
    server: smtplib.SMTP, parts: SplitResult, context: ssl.SSLContext, *, is_secure: bool
) -> None:
    """Encrypt the line where the server can, and give the password on such a line alone."""
    server.ehlo_or_helo_if_needed()
    if not is_secure and server.has_extn("starttls"):
        server.starttls(context=context)
        is_secure = True
    if parts.username:
        if not is_secure and parts.hostname not in _LOCAL:
            raise smtplib.SMTPNotSupportedError("a password only goes over TLS")
        _log_in(server, unquote(parts.username), unquote(parts.password or ""))


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """smtplib knows ASCII alone; other letters go as RFC 4616 says, in UTF-8."""
    if (user + password).isascii():
        server.login(user, password)
        return
    given = b64encode(f"\0{user}\0{password}".encode()).decode()
    server.ehlo_or_helo_if_needed()
    code, words = server.docmd("AUTH", f"PLAIN {given}")
    if code != _LET_IN:
        raise smtplib.SMTPAuthenticationError(code, words)


_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (ssl.SSLCertVerificationError, Fault.CERTIFICATE),
    (smtplib.SMTPAuthenticationError, Fault.PASSWORD),
    (smtplib.SMTPNotSupportedError, Fault.OPEN_LINE),
    (smtplib.SMTPServerDisconnected, Fault.NO_ANSWER),
    (smtplib.SMTPException, Fault.REFUSES),
)
"""The first that an error is; anything else is no answer. Narrow before wide."""


def _fault(error: Exception) -> Fault:
    return next((fault for kind, fault in _FAULTS if isinstance(error, kind)), Fault.NO_ANSWER)
