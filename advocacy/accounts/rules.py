"""Passwords, and how failed attempts slow the next one down."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from hmac import new as hmac
from ipaddress import ip_address, ip_network
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from advocacy.ground.reasons import Reason

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
INVITE_LASTS = timedelta(hours=72)
LINK_LASTS = timedelta(hours=24)
RESET_LASTS = timedelta(hours=2)
SESSION, SIGN_IN_LINK, INVITE, RESET = "session", "sign-in-link", "invite", "reset"

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 512

# SECURITY.md 3.3: Argon2id, 19 MiB, two passes, one lane: 25 ms and bounded memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# More at once would let a burst of sign-ins stop the pages.
_two_at_once = BoundedSemaphore(2)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password, it is only here to be compared")


def hash_password(password: str) -> str:
    """Argon2id of a password."""
    with _two_at_once:
        return _hasher.hash(password)


def is_password(password_hash: str, password: str) -> bool:
    """True when the password is right. Takes the same work when there is no hash at all."""
    with _two_at_once:
        try:
            _hasher.verify(password_hash or _nobody(), password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


@cache
def _common() -> frozenset[str]:
    return frozenset(word for words in FREQUENCY_LISTS.values() for word in words)


def password_faults(
    password: str, *, words: Sequence[str] = (), about: str = "password"
) -> list[Reason]:
    """Why a password is too weak.

    words: names and addresses it must not be made of. about: the field it was typed in.
    """
    if len(password) < SHORTEST_PASSWORD:
        return [Reason("accounts.password-short", about, {"least": SHORTEST_PASSWORD})]
    if len(password) > LONGEST_PASSWORD:
        return [Reason("accounts.password-long", about, {"most": LONGEST_PASSWORD})]
    folded = password.casefold()
    bare = folded
    for word in sorted((w.casefold() for w in words if len(w) > 3), key=len, reverse=True):
        bare = bare.replace(word, "")
    if folded in _common() or len(set(bare)) < 5 or len(bare) < 8:
        return [Reason("accounts.password-common", about)]
    return []


def counted_under(secret: str, *, email: str, address: str, what: str) -> tuple[str, str]:
    """What an attempt is counted under: keyed hashes of the account, then of the network address.

    what: sign-in or reset. Of an IPv6 address the first 64 bits count: one line has that many.
    """
    return _keyed(secret, f"{what}:account:{email}"), _keyed(
        secret, f"{what}:address:{_network(address)}"
    )


def _keyed(secret: str, words: str) -> str:
    return hmac(secret.encode(), words.encode(), sha256).hexdigest()


def _network(address: str) -> str:
    try:
        given = ip_address(address)
    except ValueError:
        return "unknown"
    if given.version == 4:
        return str(given)
    return str(ip_network(f"{given}/64", strict=False))


def wait(failures: Sequence[datetime], *, now: datetime) -> int:
    """Seconds until the next attempt is heard, after these failures of the last hour.

    Five are free; then 5, 10, 20 … seconds from the last one, 15 minutes at most.
    """
    if len(failures) < 5:
        return 0
    pause = min(5 * 2 ** (len(failures) - 5), 900)
    ready = max(failures) + timedelta(seconds=pause)
    return max(0, int((ready - now).total_seconds() + 0.999))
