"""What goes into the room and what leaves it. No id of an organisation leaves it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Said:
    """One organisation's view as it writes it. Words of `schema.Stance`, `Reach`, `Attribution`."""

    stance: str
    severity: int | None = None
    likelihood: str = ""
    trend: str = "unclear"
    how_known: str = "one"
    is_independent: bool = False
    rationale: str = ""
    detail: str = ""
    is_detail_for_owner: bool = False
    observed_from: date | None = None
    observed_to: date | None = None
    reach: str = "all"
    attribution: str = "coordinator"
    shows_dissent: bool = False
    verified_by: str = ""
    verified_on: date | None = None


@dataclass(frozen=True)
class View:
    """A view as this reader may know it. name: empty = whose it is, is not for this reader."""

    id: UUID
    said: Said
    period: str
    name: str
    is_ours: bool
    is_owners: bool


@dataclass(frozen=True)
class Mine:
    """The last view of one's own organisation. act_id: of its last act, for the next one."""

    said: Said | None = None
    period: str = ""
    act_id: UUID | None = None


@dataclass(frozen=True)
class Agreed:
    """The agreed severity. basis, by: members only. act_id: what a next decision follows."""

    severity: int
    at: datetime
    basis: str = ""
    by: str = ""
    act_id: UUID | None = None
    differing: int = 0
    differing_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """What organisations say of one threat, for one reader.

    spread: (organisations, lowest, highest severity), from three organisations on.
    """

    views: tuple[View, ...]
    agreed: Agreed | None
    spread: tuple[int, int, int] | None
    counts: dict[str, int]
    is_corroborated: bool
    has_ours: bool
    may_give: bool
    may_agree: bool
    is_for_members: bool
