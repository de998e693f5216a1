"""Send one mail over SMTP. Each room writes its own mails; none holds restricted content.

A room's kind ends with `return letter(Mail(...))`; addresses in its text come from `link(path)`.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy, default
from email.utils import make_msgid
from typing import Any

from advocacy.formats.smtp import Fault, Unreachable, must_be_set, server
from advocacy.outbox import rules
from advocacy.outbox.actions import Refused, row_now

_FOR_GOOD = 550
"""Below it stand 4xx, and 5xx that speak of our words and not of the address."""


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
    must_be_set(url, sender)
    message = as_message(mail, sender)
    with server(url, sender) as taker:
        try:
            taker.send_message(message, from_addr=comes_back_to or None)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= _FOR_GOOD for code, _words in error.recipients.values()):
                raise Refused from error
            raise


def shut(post: Post) -> Fault | None:
    """Why no mail would leave with these settings: tried up to the password, and nothing sent."""
    try:
        with server(post.smtp_url, post.sender):
            return None
    except Unreachable as error:
        return error.fault
