"""What goes into a file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """Words of an edition, in the reader's language.

    lines: under the title. listed: the heading over who stands behind it. parts: under it, in
    order: a total, names, categories. notes: the heading over reservations. foot: of each page.
    """

    lines: tuple[str, ...]
    listed: str
    parts: tuple[str, ...]
    names: tuple[str, ...]
    closing: tuple[str, ...]
    notes: str
    foot: str
