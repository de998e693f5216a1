"""Who may propose that an ask ends, who may end it, and who may open it again."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

OBJECTION_DAYS = 14


class End(StrEnum):
    """How an ask ends without having been done."""

    UNMET = "closed_unmet"
    SUPERSEDED = "superseded"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Case:
    """An ask, and the organisation that would end it.

    is_open: neither done, nor reported, nor ended. proposed: the end that was proposed and that
    nobody objected to, by the lead or by a coordinator, on a day. coordinates, leads, is_member:
    of the organisation that acts.
    """

    progress: str
    coordinates: bool
    leads: bool
    is_member: bool
    proposed: str | None = None
    was_leads: bool = False
    proposed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.progress in {"not_started", "in_progress", "partial", "regressed"}

    @property
    def is_over(self) -> bool:
        return self.progress in set(End)


def proposals(case: Case) -> frozenset[str]:
    """Ends that this organisation may propose now, where it cannot decide them alone."""
    if not case.is_open or case.proposed:
        return frozenset()
    one_of_two = case.coordinates != case.leads
    found = {End.UNMET} if one_of_two else set()
    return frozenset(found | ({End.OVERTAKEN} if case.coordinates else set()))


def ends(case: Case, *, on: date) -> frozenset[str]:
    """Ends that this organisation may decide on a day."""
    if case.coordinates and case.progress == "claimed":
        return frozenset({End.SUPERSEDED})
    if not case.is_open:
        return frozenset()
    holds = {
        End.SUPERSEDED: case.coordinates,
        End.UNMET: _agreed(case),
        End.OVERTAKEN: case.coordinates and _unopposed(case, on),
    }
    return frozenset(end for end, may in holds.items() if may)


def _agreed(case: Case) -> bool:
    """The coordinator and the lead: one proposed it, or both are one organisation."""
    if case.coordinates and case.leads:
        return True
    by_the_other = case.coordinates if case.was_leads else case.leads
    return case.proposed == End.UNMET and by_the_other


def _unopposed(case: Case, on: date) -> bool:
    since = case.proposed_on
    waited = since is not None and since + timedelta(days=OBJECTION_DAYS) <= on
    return case.proposed == End.OVERTAKEN and waited


def may_object(case: Case) -> bool:
    """Any member may ask to keep it open; who proposed the end takes it back in the same way."""
    return bool(case.proposed) and (case.is_member or case.leads)


def may_reopen(case: Case) -> bool:
    """A coordinator, with a reason; any other member, with evidence newer than the end."""
    return case.is_over and case.is_member
