"""Send one mail over SMTP. Each room writes its own mails; none holds restricted content."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

_TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Mail:
    """A mail ready to go. `text` is plain; links in it open a page and record nothing."""

    to: str
    subject: str
    text: str
    language: str = "en"
    headers: dict[str, str] = field(default_factory=dict)


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The MIME message. Line breaks in header values are refused by the email package."""
    message = EmailMessage()
    local, _, domain = mail.to.rpartition("@")
    message["To"] = Address(username=local, domain=domain)
    message["From"] = sender
    message["Subject"] = mail.subject
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">") or None)
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    return message


def send(url: str, sender: str, mail: Mail) -> None:
    """Hand a mail to the server `smtp://user:password@host:port` (`smtps` = TLS from the start).

    Raises: OSError or smtplib.SMTPException when the server cannot be reached or refuses.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    server: smtplib.SMTP
    if secure:
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT_SECONDS)
    with server:
        if not secure and _offers_tls(server):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(as_message(mail, sender))


def _offers_tls(server: smtplib.SMTP) -> bool:
    server.ehlo_or_helo_if_needed()
    return server.has_extn("starttls")
