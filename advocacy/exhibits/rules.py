"""What a piece of evidence must carry; the room's events.

Sources: threat register section 5 (evidence is of class C; held only forbids a file), practice A6
(children and sexual violence).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from advocacy.audit.rules import Event
from advocacy.exhibits.rows import Piece, Sent
from advocacy.exhibits.schema import Consent, Direction, Kind, Reach
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise

LONGEST = {"words": 500, "ask": 200, "consent_to": 300, "consent_by": 200}
MOST_BYTES = 200_000_000
"""Of all files of one organisation in one workspace. Nobody else's count: that would tell."""
MOST_ON_RECORD = 40
"""Pieces of one organisation on one record."""


@dataclass(frozen=True)
class Added(Event):
    NAME = "exhibits.added"
    is_held: bool


@dataclass(frozen=True)
class Withdrawn(Event):
    NAME = "exhibits.withdrawn"
    why: str


def tidy(piece: Piece) -> Piece:
    """As it is kept: no stray blanks; no words of a consent that was not given."""
    texts: dict[str, Any] = {n: " ".join(normalise(getattr(piece, n)).split()) for n in LONGEST}
    kept = replace(piece, **texts)
    if kept.consent == Consent.GIVEN:
        return kept
    return replace(kept, consent_to="", consent_by="", consent_on=None)


def faults(piece: Piece, sent: Sent | None, *, today: date, takes_files: bool) -> list[Reason]:
    """What is wrong with it. today: in the workspace's zone. takes_files: not of survivors."""
    known = {
        "kind": piece.kind in set(Kind),
        "direction": piece.direction in set(Direction),
        "consent": piece.consent in set(Consent),
        "reach": piece.reach in set(Reach),
    }
    found = [Reason("form.choice", name) for name, is_known in known.items() if not is_known]
    if not piece.words:
        found.append(Reason("form.required", "words"))
    for name, most in LONGEST.items():
        if len(getattr(piece, name)) > most:
            found.append(Reason("form.too-long", name, {"most": most}))
    found += _day_faults(piece, today)
    found += _file_faults(piece, sent, takes_files=takes_files)
    return found + _consent_faults(piece)


def _day_faults(piece: Piece, today: date) -> list[Reason]:
    if piece.dated_on is None:
        return [Reason("form.required", "dated_on")]
    days = (("dated_on", piece.dated_on), ("consent_on", piece.consent_on))
    return [Reason("exhibits.later", name) for name, day in days if day and day > today]


def _file_faults(piece: Piece, sent: Sent | None, *, takes_files: bool) -> list[Reason]:
    found = []
    if piece.is_held:
        if sent is not None:
            found.append(Reason("exhibits.held", "file"))
        if not piece.ask:
            found.append(Reason("exhibits.whom", "ask"))
    elif not takes_files:
        found.append(Reason("exhibits.survivors", "way"))
    elif sent is None:
        found.append(Reason("annexes.empty", "file"))
    return found


def _consent_faults(piece: Piece) -> list[Reason]:
    found = []
    if not piece.is_held and piece.consent == Consent.NOT_ASKED:
        found.append(Reason("exhibits.not-agreed", "consent"))
    if piece.consent == Consent.GIVEN and not (piece.consent_to and piece.consent_by):
        missing = "consent_by" if piece.consent_to else "consent_to"
        found.append(Reason("exhibits.consent-words", missing))
    if piece.consent == Consent.GIVEN and piece.consent_on is None:
        found.append(Reason("exhibits.consent-day", "consent_on"))
    return found


def room_faults(sent: Sent | None, *, used: int, pieces: int) -> list[Reason]:
    """Whether there is room for one more. used: bytes; pieces: on this record."""
    found = []
    if pieces >= MOST_ON_RECORD:
        found.append(Reason("exhibits.too-many", "words", {"most": MOST_ON_RECORD}))
    if sent is not None and used + len(sent.file.data) > MOST_BYTES:
        found.append(Reason("exhibits.no-room", "file", {"most": MOST_BYTES // 1_000_000}))
    return found
