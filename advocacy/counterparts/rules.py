"""What the other edition begins with."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.positions.schema import Channel, Kind


@dataclass(frozen=True)
class Begun(Event):
    NAME = "counterparts.begun"
    other: str


def other_channel(channel: str) -> Channel:
    """The way that the other edition goes out."""
    return Channel.PRIVATE if channel == Channel.PUBLIC else Channel.PUBLIC


def other_kind(kind: str) -> str:
    """Its kind: a private letter is never public."""
    return Kind.JOINT_STATEMENT.value if kind == Kind.PRIVATE_LETTER else kind
