"""What was added to a record since it came in, as reasons; the room's event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

NAMED = 3
"""As many references as a sentence names."""
SINCE: Mapping[str, str] = {
    "ask": "runs.asks",
    "ask_act": "runs.steps",
    "ask_commitment": "runs.commitments",
    "ask_evidence": "runs.evidence",
    "ask_focal": "runs.people",
    "ask_minding": "runs.handed-over",
    "ask_raising": "runs.raised",
    "ask_snooze": "runs.snoozed",
    "milestone": "runs.milestones",
    "opportunity_use": "runs.windows",
    "recommendation_tie": "runs.ties",
    "recommendation_wording": "runs.wordings",
    "subject_act": "runs.subjects",
}
"""Table -> the reason that says what was added."""


def since(added: Mapping[str, Iterable[str]]) -> list[Reason]:
    """Why nothing is undone. added: table -> references of the records something stands beneath."""
    found = [Reason("batches.acted")]
    for table, refs in sorted(added.items()):
        some = sorted(set(refs))
        more = ["\u2026"] if len(some) > NAMED else []
        facts = {"refs": ", ".join([*some[:NAMED], *more])}
        found.append(Reason(SINCE[table], facts=facts))
    return found


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "batches.taken-back"
    records: int
