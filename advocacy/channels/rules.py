"""Readers that can be left out, and in which order.

Source: issue on sign-off, part C (a quieter channel wins); practice A1, A2 and C28.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason


class Readers(StrEnum):
    """Those whom a text reaches beside members. Observers and donors are never one setting."""

    EVERYBODY = "everybody"
    DONORS = "donors"
    OBSERVERS = "observers"


@dataclass(frozen=True)
class Chosen(Event):
    NAME = "channels.chosen"
    round: str
    left_out: list[str]


def faults(left_out: Collection[str]) -> list[Reason]:
    """What is wrong with a choice. Everybody reads the public page, donors and observers too."""
    if set(left_out) - set(Readers):
        return [Reason("form.choice", "left_out")]
    if left_out and Readers.EVERYBODY not in left_out:
        return [Reason("channels.everybody-first", "left_out")]
    return []


def raises(before: Collection[str], left_out: Collection[str]) -> bool:
    """True when somebody gets the name who did not."""
    return bool(set(before) - set(left_out))
