"""Read one's own red lines, and those that may be seen beside a text."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import Audience, GroupMember
from advocacy.drafting import queries as drafts
from advocacy.ground.base import Instant
from advocacy.ground.errors import NotFound
from advocacy.organisations.schema import Organisation
from advocacy.positions.rules import ENDED
from advocacy.positions.schema import Position
from advocacy.redlines import rules
from advocacy.redlines.rows import Banned, ClauseAids, TextAids
from advocacy.redlines.rules import Said
from advocacy.redlines.schema import RedLine, RedLineShown
from advocacy.text.hashes import Clause
from advocacy.text.reading import measure

_line: Any = RedLine.__table__
_shown: Any = RedLineShown.__table__
_member: Any = GroupMember.__table__
_position: Any = Position.__table__
_organisation: Any = Organisation.__table__


def ours(session: Session, actor: Actor) -> list[RedLine]:
    """Red lines of one's own organisation, in alphabetical order."""
    if actor.organisation_id is None:
        return []
    query = select(RedLine).where(RedLine.organisation_id == actor.organisation_id)
    return sorted(session.scalars(query), key=lambda row: (row.words.casefold(), str(row.id)))


def red_line(session: Session, actor: Actor, red_line_id: UUID) -> RedLine:
    """One of them. Raises NotFound, also for another organisation's."""
    found = session.get(RedLine, red_line_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound
    return found


def said(row: RedLine) -> Said:
    """What it says."""
    return Said(row.words, row.why, row.instead, row.is_shown)


def may(actor: Actor, permission: str) -> bool:
    """Whether this reader may keep (or show) the words of the organisation acted for."""
    return policy.allows(actor, permission, policy.About(organisation_id=actor.organisation_id))


def texts(session: Session, actor: Actor) -> list[Any]:
    """Texts still being written that one's organisation takes part in: id and audience_id."""
    query = (
        select(
            Audience.id.label("audience_id"),
            _position.c.id,
            _position.c.workspace_id,
            _position.c.organisation_id,
        )
        .join(_position, _position.c.audience_id == Audience.id)
        .where(
            _position.c.stage.not_in([stage.value for stage in ENDED]),
            guard.sentence(_position.c.audience_id, actor),
        )
    )
    spaces = {workspace_id for workspace_id, _standing in actor.memberships}
    return [
        row
        for row in session.connection().execute(query)
        if row.workspace_id in spaces or row.organisation_id == actor.organisation_id
    ]


def unshown(session: Session, actor: Actor) -> int:
    """In how many of those texts a word that should be shown is not, or stands as it was."""
    lines = {row.id: row for row in ours(session, actor) if row.is_shown}
    if not lines:
        return 0
    there = {
        (row.red_line_id, row.position_id): (row.words, row.why, row.instead)
        for row in session.scalars(select(RedLineShown).where(RedLineShown.red_line_id.in_(lines)))
    }
    return sum(
        any(
            there.get((row.id, text.id)) != (row.words, row.why, row.instead)
            for row in lines.values()
        )
        for text in texts(session, actor)
    )


_NOW = bindparam(guard.AT, type_=Instant())
_IN_IT = (
    select(_member.c.id)
    .where(
        _member.c.group_id == _position.c.participants_id,
        _member.c.organisation_id == _shown.c.organisation_id,
        _member.c.from_at <= _NOW,
        or_(_member.c.until_at.is_(None), _member.c.until_at > _NOW),
    )
    .exists()
)
# Who was taken out of the text, or left it, says nothing in it any more.
_BESIDE = (
    select(
        *(_shown.c[name] for name in ("words", "why", "instead", "organisation_id")),
        _organisation.c.name.label("organisation"),
    )
    .select_from(
        _shown.join(_position, _position.c.id == _shown.c.position_id).join(
            _organisation, _organisation.c.id == _shown.c.organisation_id
        )
    )
    .where(
        _shown.c.position_id == bindparam("position"),
        or_(_shown.c.organisation_id == _position.c.organisation_id, _IN_IT),
        guard.readers(_shown.c.audience_id),
        guard.readers(_position.c.audience_id),
    )
)
_OURS = (
    select(
        *(_line.c[name] for name in ("words", "why", "instead", "organisation_id")),
        _organisation.c.name.label("organisation"),
    )
    .join(_organisation, _organisation.c.id == _line.c.organisation_id)
    .where(_line.c.organisation_id == bindparam("mine"), guard.readers(_line.c.audience_id))
)


def beside(session: Session, actor: Actor, position_id: UUID) -> list[Banned]:
    """Red lines a writer of this text may see: one's own, and those that others show here."""
    mine = actor.organisation_id
    rows = list(guard.ask(session, actor, _OURS, mine=mine)) + [
        row
        for row in guard.ask(session, actor, _BESIDE, position=position_id)
        if row.organisation_id != mine
    ]
    lines = [
        Banned(
            row.words,
            row.why,
            row.instead,
            row.organisation_id,
            row.organisation,
            rules.stems(row.words),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.organisation, line.words))


def of_clause(
    session: Session, actor: Actor, of: Any, clause: Clause, number: int = 0
) -> ClauseAids:
    """What helps with one clause of a position the reader sees."""
    lines = beside(session, actor, of.id)
    return ClauseAids(
        flags=tuple(rules.met(lines, clause, number)),
        lines=tuple(lines),
        reading=measure([clause.text], of.language),
        position_id=of.id,
    )


def of_text(session: Session, actor: Actor, of: Any) -> tuple[list[Clause], TextAids]:
    """The clauses of a position's text, and what helps with them."""
    clauses = drafts.clauses(session, actor, of.document_id)
    lines = beside(session, actor, of.id)
    return clauses, TextAids(
        flags=tuple(rules.flags(lines, clauses)),
        reading=measure([clause.text for clause in clauses], of.language),
        readings={clause.cid: measure([clause.text], of.language) for clause in clauses},
    )
