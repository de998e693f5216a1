"""What goes into the room and what leaves it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Blocks:
    """The kinds of threat and the texts of the framework's blocks, as their owner writes them."""

    kinds: tuple[str, ...] = ()
    is_watched: bool = False
    subtype: str = ""
    context: str = ""
    effect: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class NewPlace:
    """One more place. area: a P-code or a name, empty = the whole country.

    latitude, longitude: degrees, both or neither.
    """

    area: str = ""
    name: str = ""
    precision: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class NewParty:
    """One more party. name: restricted, may be empty."""

    role: str
    category: str
    basis: str = "reported"
    name: str = ""


@dataclass(frozen=True)
class NewFigure:
    """People of one group. low and high None = not known, which must be said."""

    kind: str
    population: str = "all"
    sex: str = "all"
    age: str = "all"
    disability: str = "all"
    low: int | None = None
    high: int | None = None
    is_unknown: bool = False
    method: str = "reported"
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class PlaceRow:
    """A place as this reader may know it. area: in the reader's language, empty = whole country.

    code, level: of its area. point: latitude and longitude, None = there is none for this reader.
    """

    id: UUID
    area_id: UUID | None
    area: str
    code: str
    level: int
    name: str
    precision: str
    point: tuple[float, float] | None
    valid_from: date | None = None


@dataclass(frozen=True)
class PartyRow:
    """A party as this reader may know it. name: empty where there is none for this reader."""

    id: UUID
    role: str
    category: str
    basis: str
    name: str


@dataclass(frozen=True)
class FigureRow:
    """Figures of one group. low None = not known."""

    id: UUID
    kind: str
    population: str
    sex: str
    age: str
    disability: str
    low: int | None
    high: int | None
    method: str
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class Known:
    """All that this reader may know of a threat beyond its short record, in codes.

    regions: ids of the first-level areas of its further places.
    """

    blocks: Blocks
    regions: tuple[UUID, ...]
    places: tuple[PlaceRow, ...]
    parties: tuple[PartyRow, ...]
    figures: tuple[FigureRow, ...]

    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        rows = (self.regions, self.places, self.parties, self.figures)
        return self.blocks == Blocks() and not any(rows)
