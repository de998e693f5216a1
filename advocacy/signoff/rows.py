"""What may leave the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.access.actor import Actor
from advocacy.signoff import rules
from advocacy.text.anchor import Anchor


@dataclass(frozen=True)
class RoundRow:
    """A round as its readers see it. state: open, closed, broken or abandoned at their instant.

    closes_at: with every extension. answers: those that can be given now.
    """

    id: UUID
    position_id: UUID
    version_id: UUID
    workspace_id: UUID
    lead_id: UUID
    content_hash: str
    blocks: str
    answers: tuple[str, ...]
    closes_at: datetime
    zone: str
    opened_at: datetime
    state: str
    ended_at: datetime | None
    end_reason: str
    mode: str = rules.Mode.EXPLICIT
    logos: bool = True
    answered_id: UUID | None = None
    late_until: datetime | None = None
    body_id: UUID | None = None
    consulted: str = ""
    short_reason: str = ""
    is_late: bool = False
    is_extended: bool = False

    @property
    def is_open(self) -> bool:
        """True while every answer is taken."""
        return self.state == "open"

    @property
    def takes_answers(self) -> bool:
        """True while answers are taken, were it only late names."""
        return self.is_open or self.is_late

    @property
    def is_silence(self) -> bool:
        """True where silence lets the text pass, with or without names under it."""
        return self.mode != rules.Mode.EXPLICIT


@dataclass(frozen=True)
class AnswerRow:
    """One act of answering, as those in its audience see it."""

    id: UUID
    round_id: UUID
    version_id: UUID
    organisation_id: UUID
    content_hash: str
    kind: str
    outside: str
    inside: str
    shown_name: str
    logo: bool
    note: str
    printed: bool
    clauses: tuple[Anchor, ...]
    recorded_at: datetime
    person_id: UUID | None
    previous_id: UUID | None

    @property
    def said(self) -> rules.Said:
        """The answer in the form it was put."""
        ids = tuple(anchor.clause_id for anchor in self.clauses)
        return rules.Said(
            self.kind, self.outside, self.inside, self.shown_name, self.logo, self.note,
            self.printed, ids,
        )  # fmt: skip


@dataclass(frozen=True)
class RosterLine:
    """An organisation of a roster and the answer that this reader may see, if any."""

    organisation_id: UUID
    name: str
    us: bool
    answer: AnswerRow | None


@dataclass(frozen=True)
class Shown:
    """What an organisation allows to be shown outside. kind_of: its kind, networks count apart."""

    organisation_id: UUID
    answer_id: UUID
    outside: str
    kind_of: str
    shown_name: str
    logo: bool
    note: str
    clause_ids: tuple[UUID, ...]


def round_row(row: Any, end: Any, now: datetime, *, is_broken: bool = False) -> RoundRow:
    """A round as its readers see it at an instant. end: a line with the columns `end_…`."""
    ended = end.end_kind if end else None
    state = rules.state(row.open_until, ended, now=now, is_broken=is_broken)
    is_late = rules.is_late(state, row.late_until, now=now)
    answers = tuple(kind for kind in row.answers if not is_late or kind in rules.ENDORSING)
    return RoundRow(
        id=row.id,
        position_id=row.position_id,
        version_id=row.version_id,
        workspace_id=row.workspace_id,
        lead_id=row.organisation_id,
        content_hash=row.content_hash,
        blocks=row.blocks,
        answers=answers,
        closes_at=row.open_until,
        zone=row.zone,
        opened_at=row.recorded_at,
        state=state,
        ended_at=end.end_recorded_at if end else None,
        end_reason=end.end_reason if end else "",
        mode=row.mode or rules.Mode.EXPLICIT,
        logos=row.logos is not False,
        answered_id=row.answered_id,
        late_until=row.late_until,
        body_id=row.body_id,
        consulted=row.consulted or "",
        short_reason=row.short_reason or "",
        is_late=is_late,
        is_extended=row.open_until != row.closes_at,
    )


def answer_row(row: Any) -> AnswerRow:
    """An act of answering as a frozen row."""
    clauses = tuple(Anchor(UUID(cid), digest) for cid, digest in row.clauses)
    return AnswerRow(
        id=row.id,
        round_id=row.round_id,
        version_id=row.version_id,
        organisation_id=row.organisation_id,
        content_hash=row.content_hash,
        kind=row.kind,
        outside=row.outside,
        inside=row.inside,
        shown_name=row.shown_name,
        logo=row.logo,
        note=row.note,
        printed=row.printed,
        clauses=clauses,
        recorded_at=row.recorded_at,
        person_id=row.person_id,
        previous_id=row.previous_id,
    )


def heads(rows: Iterable[Any]) -> dict[UUID, Any]:
    """The current answer of each organisation among the rows of one round."""
    listed = list(rows)
    over = {row.previous_id for row in listed} | {r.id for r in listed if r.kind == rules.VOID}
    return {row.organisation_id: row for row in listed if row.id not in over}


def still_on(rows: Iterable[Any]) -> list[Any]:
    """Of invitations, a line for each change, those that were not taken off since."""
    listed = list(rows)
    followed = {row.previous_id for row in listed if row.previous_id}
    return [row for row in listed if row.id not in followed and row.is_on is not False]


def lines_of(actor: Actor, answers: dict[UUID, Any], asked: dict[UUID, str]) -> list[RosterLine]:
    """One line for each organisation asked or answering, the reader's own first, then by name."""
    names = {**asked, **{organisation: row.name for organisation, row in answers.items()}}
    lines = [
        RosterLine(
            organisation_id=organisation,
            name=name,
            us=organisation == actor.organisation_id,
            answer=answer_row(answers[organisation]) if organisation in answers else None,
        )
        for organisation, name in names.items()
    ]
    return sorted(lines, key=lambda line: (not line.us, line.name.casefold()))
