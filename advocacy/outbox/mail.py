"""Send one mail over SMTP. Each room writes its own mails; none holds restricted content.

A room's kind ends with `return letter(Mail(...))`; addresses in its text come from `link(path)`.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from advocacy.ground.errors import Busy
from advocacy.ground.reasons import Reason
from advocacy.outbox import rules
from advocacy.outbox.actions import Refused, row_now

_TIMEOUT_SECONDS = 20
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

    Raises (when called): Busy while no mail server is set, and what `send` raises.
    """
    post = _post

    def post_it() -> None:
        if not post.smtp_url:
            raise Busy(Reason("outbox.no-server"))
        row_id = row_now()
        back = rules.back_to(row_id, mailbox=post.bounces, key=post.key) if row_id else ""
        send(post.smtp_url, post.sender, mail, comes_back_to=back)

    return post_it


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The MIME message. Line breaks in header values are refused by the email package."""
    message = EmailMessage()
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

    Raises: Refused when the address is refused for good; OSError or smtplib.SMTPException when
    the server cannot be reached or refuses at the moment.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    message = as_message(mail, sender)
    # Said to the server as our name: the sender's domain, never the name of this machine.
    us = sender.rpartition("@")[2].strip("> ") or "localhost"
    server: smtplib.SMTP
    if secure:
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(
            host, parts.port or 465, us, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, us, timeout=_TIMEOUT_SECONDS)
    with server:
        if not secure and _offers_tls(server):
            server.starttls(context=ssl.create_default_context())
            secure = True
        if parts.username:
            if not secure and host not in _LOCAL:
                raise smtplib.SMTPNotSupportedError("a password only goes over TLS")
            server.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            server.send_message(message, from_addr=comes_back_to or None)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= _FOR_GOOD for code, _words in error.recipients.values()):
                raise Refused from error
            raise


def _offers_tls(server: smtplib.SMTP) -> bool:
    server.ehlo_or_helo_if_needed()
    return server.has_extn("starttls")
