"""Send one mail over SMTP. Each room writes its own mails; none holds restricted content.

A room's kind ends with `return letter(Mail(...))`; addresses in its text come from `link(path)`.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy, default
from email.utils import make_msgid
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from advocacy.outbox import rules
from advocacy.outbox.actions import Refused, Unreachable, row_now
from advocacy.outbox.rules import Fault

_TIMEOUT_SECONDS = 20
_LET_IN = 235
_FOR_GOOD = 550
"""Below it stand 4xx, and 5xx that speak of our words and not of the address."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Post:
    """How mails leave this process, as its settings say. An empty smtp_url: they wait.

    bounces: the mailbox that mails come back to, read by `advocacy mail bounce`; empty = none.
    key: makes the addresses they come back to, so that nobody else can.
    """

    smtp_url: str = ""
    sender: str = ""
    base_url: str = ""
    bounces: str = ""
    key: str = ""


_post = Post()


def key() -> str:
    """What makes addresses in our mails that nobody else can make."""
    return _post.key


def use(post: Post) -> None:
    """Set how mails leave; called once, by the factory."""
    global _post  # noqa: PLW0603 - one process-wide setting
    _post = post


def link(path: str) -> str:
    """The full address of one of our pages, under the configured name and no other."""
    return _post.base_url + path


@dataclass(frozen=True)
class Mail:
    """A mail ready to go. `text` is plain; links in it open a page and record nothing."""

    to: str
    subject: str
    text: str
    language: str = "en"
    headers: dict[str, str] = field(default_factory=dict)


def letter(mail: Mail) -> Callable[[], None]:
    """What sends this mail when it is called, outside any transaction.

    Raises (when called): what `send` raises.
    """
    post = _post

    def post_it() -> None:
        row_id = row_now()
        back = rules.back_to(row_id, mailbox=post.bounces, key=post.key) if row_id else ""
        send(post.smtp_url, post.sender, mail, comes_back_to=back)

    return post_it


class _Address(BaseHeader):
    """A header that holds an address of ours: never folded, since a long one would be written as
    encoded words, which no mail program reads there."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"], kwds["decoded"] = UnstructuredHeader.value_parser(value), value

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Address)
_POLICY = default.clone(header_factory=_HEADERS)


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The MIME message. Line breaks in header values are refused by the email package."""
    message = EmailMessage(_POLICY)
    local, _, their_domain = mail.to.rpartition("@")
    message["To"] = Address(username=local, domain=their_domain)
    message["From"] = sender
    message["Subject"] = mail.subject
    domain, row_id = sender.rpartition("@")[2].strip("> ") or "localhost", row_now()
    message["Message-ID"] = f"<{row_id}@{domain}>" if row_id else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    message["Content-Language"] = mail.language  # set_content takes such headers away
    return message


def send(url: str, sender: str, mail: Mail, *, comes_back_to: str = "") -> None:
    """Hand a mail to the server `smtp://user:password@host:port` (`smtps` = TLS from the start).

    Raises: Unreachable when the server is shut to us; Refused when the address is refused for
    good; OSError or smtplib.SMTPException when this mail is refused at the moment.
    """
    message = as_message(mail, sender)
    with _server(url, sender) as server:
        try:
            server.send_message(message, from_addr=comes_back_to or None)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= _FOR_GOOD for code, _words in error.recipients.values()):
                raise Refused from error
            raise


def shut(post: Post) -> Fault | None:
    """Why no mail would leave with these settings: tried up to the password, and nothing sent."""
    try:
        with _server(post.smtp_url, post.sender):
            return None
    except Unreachable as error:
        return error.fault


@contextmanager
def _server(url: str, sender: str) -> Iterator[smtplib.SMTP]:
    """The server, ready to take a mail. Raises: Unreachable."""
    # Said to the server as our name: the sender's domain, never the name of this machine.
    us = sender.rpartition("@")[2].strip("> ") or "localhost"
    if not url:
        raise Unreachable(Fault.UNSET)
    try:
        server = _opened(url, us)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unreachable(_fault(error)) from error
    with server:
        yield server


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
