"""What a step may be, and when the whole is kept."""

import re

from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MOST_BYTES = 256 * 1024
SNAPSHOT_EVERY = 200
MOST_ROWS = 500
"""Further behind than this, a reader asks for the whole instead."""
GENESIS = "genesis"
TOKEN = "advocacy.token"  # noqa: S105 - where the long way leaves it for the short one
_KEY = re.compile(r"[A-Za-z0-9:._-]{1,100}")


def check(payload: bytes, key: str) -> None:
    """Raises TooLarge, or Invalid for what cannot be a step or its name."""
    if len(payload) > MOST_BYTES:
        raise TooLarge(Reason("live.too-large"))
    if not payload or not _KEY.fullmatch(key):
        raise Invalid(Reason("live.broken"))
