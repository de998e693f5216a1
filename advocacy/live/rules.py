"""What a step may be, and when the whole is kept."""

import os
import re
import secrets

from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MOST_BYTES = 256 * 1024
SNAPSHOT_EVERY = 200
MOST_ROWS = 500
"""Further behind than this, a reader asks for the whole instead."""
GENESIS = "genesis"
TOKEN = "advocacy.token"  # noqa: S105 - where the long way leaves it for the short one
JUDGE = "advocacy.judge"
"""Set by the short way for a step that it wants judged and will store itself."""
_BORN = secrets.token_hex(8)
_KEY = re.compile(r"[A-Za-z0-9:._-]{1,100}")


def own_name() -> str:
    """What this process signs its messages with, to know them again; a forked one has another."""
    return f"{_BORN}.{os.getpid()}"


def check(payload: bytes, key: str) -> None:
    """Raises TooLarge, or Invalid for what cannot be a step or its name."""
    if len(payload) > MOST_BYTES:
        raise TooLarge(Reason("live.too-large"))
    if not payload or not _KEY.fullmatch(key):
        raise Invalid(Reason("live.broken"))
