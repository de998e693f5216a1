"""What a file's records are called here, and the room's events."""

from dataclasses import dataclass
from typing import Any

from advocacy.audit.rules import Event
from advocacy.batches.rows import Owner, Record
from advocacy.formats.upr import UprRecord

KIND_UPR = "recommendations.upr"
KINDS = frozenset({KIND_UPR})
MADE = "institution:"
"""How the journal of a run names an institution that it added."""
_TITLE = 160


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "batches.taken-back"
    records: int


def of_upr(record: UprRecord) -> Record:
    """A record of the Universal Periodic Review's own file."""
    return Record(
        key=record.key,
        fingerprint=record.fingerprint,
        text=record.text,
        owners=(Owner(record.state, record.response),),
        ref=f"UPR-{record.session:02d}-{record.key[:12]}",
        issuers=tuple(issuer.name for issuer in record.issuers),
        session=record.session,
        specificity=record.specificity,
        tags=record.issues,
        source=f"Universal Periodic Review, session {record.session}: {record.state}",
        lines=record.lines,
    )


def told(record: Record) -> dict[str, Any]:
    """What a later file may change: all but the text and its owners, as far as it says it."""
    said = {
        "title": record.title,
        "issuers": list(record.issuers),
        "session": record.session,
        "specificity": record.specificity,
        "tags": list(record.tags),
        "source": record.source,
        "fingerprint": record.fingerprint,
    }
    return {name: value for name, value in said.items() if value}


def title_of(text: str) -> str:
    """The beginning of a text, to the last whole word."""
    if len(text) <= _TITLE:
        return text
    return text[: _TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
