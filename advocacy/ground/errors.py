"""The few ways a question or a deed can fail. Each carries what its reader needs, and no more."""

from collections.abc import Iterable
from typing import Any

from advocacy.ground.reasons import Reason


class DomainError(Exception):
    """Base of all expected failures."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons: tuple[Reason, ...] = reasons


class NotFound(DomainError):
    """Not there, or not for this reader: the same answer for both."""


class Denied(DomainError):
    """Seen, but not allowed."""


class Invalid(DomainError):
    """What was asked cannot be done as put; the reasons say why, field by field."""

    @classmethod
    def unless_empty(cls, reasons: Iterable[Reason]) -> None:
        """Raise when there is any reason."""
        found = tuple(reasons)
        if found:
            raise cls(*found)


class Conflict(DomainError):
    """The write was based on something that has changed. `current` is today's truth."""

    def __init__(self, *reasons: Reason, current: Any = None) -> None:
        super().__init__(*reasons)
        self.current = current


class Busy(DomainError):
    """Cannot be done at this moment; trying again soon will work (503)."""


class TooLarge(DomainError):
    """More than the limit allows (413)."""


class TooMany(DomainError):
    """Asked too often (429). Facts of the first reason carry `seconds`."""
