"""What home shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskRow:
    """One task, prepared for the page."""

    kind: str
    when: str
    when_note: str
    when_kind: str
    when_icon: str
    title: str
    note: str
    organisation: str
    href: str
    label: str


@dataclass(frozen=True)
class Tally:
    """A count, and the address of exactly the items it counts."""

    label: str
    count: int
    href: str
