"""What a map is drawn of."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Drawn:
    """An area on the paper: its path there, as the paper's transform wants it, and its middle."""

    area_id: UUID
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Sheet:
    """A map without what stands in it. transform: from the shapes' units to the paper's."""

    width: int
    height: int
    transform: str
    areas: tuple[Drawn, ...]
    sources: tuple[str, ...] = ()
    is_tiles: bool = False
