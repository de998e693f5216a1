"""Where a mail comes back to, and what a mail that came back says.

Sources: RFC 3464 (what a server says of a mail it could not deliver), RFC 3463 (its numbers).
"""

import hmac
from base64 import b32decode, b32encode
from binascii import Error
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from uuid import UUID

MOST_BYTES = 1_000_000
"""A mail that came back is a few kilobytes; a larger one is not read."""
_SIGN_BYTES = 10
_UNREADABLE = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""The many ways in which the standard library fails to read what is no mail."""
_ID_LETTERS, _SIGN_LETTERS = 26, 16


def back_to(row_id: UUID, *, mailbox: str, key: str) -> str:
    """The address that the mail of one row comes back to: `bounces+…@ours`, signed with our key.

    Empty without a mailbox. 43 letters and the mailbox's own name stay under the 64 of RFC 5321.
    """
    local, at, domain = mailbox.rpartition("@")
    if not at or not key:
        return ""
    name = b32encode(row_id.bytes).decode().rstrip("=")
    return f"{local}+{name}{_sign(row_id, key)}@{domain}".lower()


def row_of(address: str, *, mailbox: str, key: str) -> UUID | None:
    """The row behind such an address; None for any that `back_to` did not make with this key."""
    local, _, domain = mailbox.lower().rpartition("@")
    name, _, at = address.strip().lower().rpartition("@")
    before, _, token = name.partition("+")
    if not key or (before, at) != (local, domain):
        return None
    if len(token) != _ID_LETTERS + _SIGN_LETTERS or not token.isascii():
        return None
    try:
        row_id = UUID(bytes=b32decode(token[:_ID_LETTERS].upper() + "======"))
    except (Error, ValueError):
        return None
    wanted = back_to(row_id, mailbox=mailbox, key=key)
    return row_id if hmac.compare_digest(wanted, f"{name}@{at}") else None


def _sign(row_id: UUID, key: str) -> str:
    made = hmac.new(key.encode(), b"bounce" + row_id.bytes, sha256).digest()
    return b32encode(made[:_SIGN_BYTES]).decode()


def came_back(data: bytes) -> list[str]:
    """The addresses a mail was sent to, where it says that one could not be delivered for good.

    Empty for anything else: a delay, an out-of-office note, an ordinary mail, or bytes that are no
    mail. Never raises: whoever knows the mailbox can write to it.
    """
    if len(data) > MOST_BYTES:
        return []
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not any(_failed(part) for part in message.walk()):
            return []
        headers = ("To", "Delivered-To", "X-Original-To")
        written = [str(line) for name in headers for line in message.get_all(name, [])]
        return [address for _name, address in getaddresses(written) if address]
    except _UNREADABLE:
        return []


def _failed(message: Message) -> bool:
    """One block of a report: its action is `failed` and its status is 5.x.x."""
    action = str(message.get("Action", "")).strip().lower()
    return action == "failed" and str(message.get("Status", "")).strip().startswith("5.")
