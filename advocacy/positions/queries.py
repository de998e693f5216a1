"""Read positions and their frozen versions."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import and_, bindparam, distinct, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupMember
from advocacy.annexes import queries as annexes
from advocacy.audit.queries import Entry, trail
from advocacy.discussion import queries as discussion
from advocacy.drafting import queries as drafts
from advocacy.drafting.rows import ClauseRow, Place
from advocacy.ground.base import Instant
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.organisations.schema import Organisation, Workspace
from advocacy.positions.rows import (
    Desk,
    DeskClause,
    PositionRow,
    VersionHead,
    VersionRow,
)
from advocacy.positions.rules import ENDED, Details
from advocacy.positions.schema import Outlet, Position, Version, VersionClause
from advocacy.text.hashes import Clause, Terms
from advocacy.text.markdown import CLEANER_VERSION, render

_position = Position.__table__
_version = Version.__table__
_clause = VersionClause.__table__
_organisation, _space = Organisation.__table__, Workspace.__table__
_member = GroupMember.__table__

# Events that would tell who is in the circle.
_FOR_THE_LEAD = frozenset({"positions.invited", "positions.uninvited"})

Cursor = tuple[datetime, UUID]


def position(session: Session, actor: Actor, position_id: UUID) -> Position:
    """A position. Raises NotFound for those who are not in its circle."""
    found: Position = _seen(actor, session.get(Position, position_id))
    return found


def _seen(actor: Actor, found: Any) -> Any:
    """Who left the workspace reads nothing in it any more but what they lead."""
    if found is None:
        raise NotFound
    where = policy.About(workspace_id=found.workspace_id)
    is_lead = found.organisation_id == actor.organisation_id
    if not is_lead and not policy.allows(actor, "workspace:read", where):
        raise NotFound
    return found


def of_document(session: Session, actor: Actor, document_id: UUID) -> Position:
    """The position that a draft is the text of. Raises NotFound."""
    query = select(Position).where(Position.document_id == document_id)
    found: Position = _seen(actor, session.scalars(query).first())
    return found


_inside = (
    select(func.count(distinct(_member.c.organisation_id)))
    .where(
        _member.c.group_id == _position.c.participants_id,
        _member.c.organisation_id != _position.c.organisation_id,
        _member.c.from_at <= bindparam(guard.AT, type_=Instant()),
        or_(
            _member.c.until_at.is_(None),
            _member.c.until_at > bindparam(guard.AT, type_=Instant()),
        ),
    )
    .scalar_subquery()
)
_FACE = (
    select(
        *(column for column in _position.c if column.name not in {"audience_id", "created_at"}),
        _organisation.c.name.label("lead"),
        _space.c.slug,
        _space.c.smallest_cell,
        _inside.label("others"),
    )
    .select_from(
        _position.join(_organisation, _organisation.c.id == _position.c.organisation_id).join(
            _space, _space.c.id == _position.c.workspace_id
        )
    )
    .where(_position.c.id == bindparam("position"), guard.readers(_position.c.audience_id))
)


def face(session: Session, actor: Actor, position_id: UUID) -> Any:
    """A position as its pages show it: its columns, and in one question what surrounds it.

    That is: lead (name), slug and smallest_cell of the workspace, others (how many organisations
    take part besides the lead). Raises NotFound for those who are not in its circle.
    """
    found = guard.ask(session, actor, _FACE, position=position_id).first()
    return _seen(actor, found)


def details(of: Position) -> Details:
    """What its lead says about a position."""
    return Details(**{field.name: getattr(of, field.name) for field in fields(Details)})


def participants(session: Session, actor: Actor, of: Position) -> frozenset[UUID]:
    """Organisations that take part now, the lead among them. Only the lead is shown the list."""
    circle = audience.members(session, of.participants_id, now=actor.now)
    return frozenset(circle | {of.organisation_id})


def about(of: Position, circle: frozenset[UUID]) -> policy.About:
    """What a permission about this position is asked with."""
    return policy.About(
        organisation_id=of.organisation_id, workspace_id=of.workspace_id, party_ids=circle
    )


def may(actor: Actor, permission: str, of: Position) -> bool:
    """Whether a reader of this position may do something: who sees it is in its circle."""
    mine = frozenset({actor.organisation_id} if actor.organisation_id else ())
    return policy.allows(actor, permission, about(of, mine))


def may_start(actor: Actor, workspace_id: UUID) -> bool:
    """Whether this reader may begin a text in a workspace."""
    return policy.allows(actor, "position:start", policy.About(workspace_id=workspace_id))


def desk(session: Session, actor: Actor, of: Position) -> Desk:
    """The live text with what waits beside each clause. Raises NotFound."""
    rows, is_closed = drafts.text(session, actor, of.document_id)
    counts = discussion.counts(session, actor, of.id)
    clauses = tuple(_desk_clause(row, *counts.pop(row.clause.cid, (0, 0))) for row in rows)
    return Desk(
        clauses=clauses,
        is_closed=is_closed,
        adrift=sum(waits for waits, _settled in counts.values()),
    )


def desk_clause(session: Session, actor: Actor, of: Position, found: Place) -> DeskClause:
    """One clause as it stands on the desk, also one that was removed (number 0)."""
    row = ClauseRow(found.clause, found.number, found.html, found.changed_at, found.changed_by)
    counts = discussion.counts(session, actor, of.id)
    return _desk_clause(row, *counts.get(found.clause.cid, (0, 0)))


def _desk_clause(row: ClauseRow, waits: int, settled: int) -> DeskClause:
    return DeskClause(
        cid=row.clause.cid,
        number=row.number,
        kind=row.clause.kind,
        heading=row.clause.heading,
        # From text.markdown, the one road to HTML; of no words it makes an empty element.
        html=Markup(row.html if row.clause.text else ""),  # noqa: S704 - see above
        waits=waits,
        settled=settled,
        href=f"/drafting/{row.clause.cid}",
        talk_href=f"/discussion/about/{row.clause.cid}",
    )


def positions(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    stage: str = "",
    words: str = "",
    after: Cursor | None = None,
    most: int = 50,
) -> list[PositionRow]:
    """Positions of a workspace that this reader may see, newest first.

    stage, words: filters; words are looked for in title and purpose. after: (created_at, id) of
    the last row of the page before.
    """
    of = _position.c
    query = (
        select(
            _position,
            _organisation.c.name.label("lead"),
            _latest_number(actor).label("version"),
        )
        .join(_organisation, _organisation.c.id == of.organisation_id)
        .where(of.workspace_id == workspace_id, guard.sentence(of.audience_id, actor))
        .order_by(of.created_at.desc(), of.id.desc())
        .limit(most)
    )
    if stage:
        query = query.where(of.stage == stage)
    for word in words.split():
        has = of.title.icontains(word, autoescape=True)
        query = query.where(has | of.purpose.icontains(word, autoescape=True))
    if after is not None:
        at, last = after
        query = query.where(or_(of.created_at < at, and_(of.created_at == at, of.id < last)))
    return [_position_row(row) for row in session.execute(query)]


def _latest_number(actor: Actor) -> Any:
    mine = guard.sentence(_version.c.audience_id, actor)
    query = select(func.max(_version.c.number)).where(_version.c.position_id == _position.c.id)
    return query.where(mine).scalar_subquery()


def _position_row(row: Any) -> PositionRow:
    said = {field.name: getattr(row, field.name) for field in fields(PositionRow)}
    return PositionRow(**{**said, "version": row.version or 0})


_IN_SPACE = _position.c.workspace_id.in_(organisations.WITH_SLUG)
_STAGES = (
    select(_position.c.stage, func.count().label("count_of"))
    .where(_IN_SPACE, guard.readers(_position.c.audience_id))
    .group_by(_position.c.stage)
)


def stages(session: Session, actor: Actor, *, slug: str) -> dict[str, int]:
    """How many positions of a workspace this reader sees at each stage."""
    rows = guard.ask(session, actor, _STAGES, slug=slug)
    return {row.stage: row.count_of for row in rows}


_VERSIONS = (
    select(_version)
    .where(_version.c.position_id == bindparam("position"), guard.readers(_version.c.audience_id))
    .order_by(_version.c.number.desc())
)


def versions(session: Session, actor: Actor, position_id: UUID) -> list[VersionHead]:
    """Frozen versions of a position, newest first, without their clauses."""
    rows = guard.ask(session, actor, _VERSIONS, position=position_id)
    return [VersionHead(**_head(row)) for row in rows]


_VERSION = (
    select(
        *(column for column in _version.c if column.name != "plain_digest"),
        *(_clause.c[name] for name in ("cid", "kind", "heading", "text", "html", "html_by")),
        _clause.c.language.label("clause_language"),
    )
    .select_from(
        _version.outerjoin(
            _clause,
            and_(_clause.c.version_id == _version.c.id, guard.readers(_clause.c.audience_id)),
        )
    )
    .where(_version.c.id == bindparam("version"), guard.readers(_version.c.audience_id))
    .order_by(_clause.c.number)
)


def version(session: Session, actor: Actor, version_id: UUID) -> VersionRow:
    """A frozen version with its clauses. Raises NotFound."""
    rows = guard.ask(session, actor, _VERSION, version=version_id).all()
    if not rows:
        raise NotFound
    return VersionRow(
        **_head(rows[0]),
        clauses=tuple(
            Clause(r.cid, r.kind, r.heading, r.text, r.clause_language) for r in rows if r.cid
        ),
        html={r.cid: _html(r, r.language) for r in rows if r.cid},
        annexes=annexes.of_version(session, actor, version_id),
    )


def latest(session: Session, actor: Actor, position_id: UUID) -> VersionRow | None:
    """The newest frozen version of a position, if there is one."""
    heads = versions(session, actor, position_id)
    return version(session, actor, heads[0].id) if heads else None


def outlet(session: Session, actor: Actor, version_id: UUID) -> UUID | None:
    """The audience that a version went out to, each part from its own instant; None = not out."""
    query = select(Outlet.readers_id).where(Outlet.version_id == version_id)
    return session.scalars(query).first()


def _head(row: Any) -> dict[str, Any]:
    names = ("id", "position_id", "number", "title", "language", "content_hash", "frozen_at")
    return {**{name: getattr(row, name) for name in names}, "terms": Terms(**row.terms)}


def _html(row: Any, language: str) -> str:
    if row.html_by == CLEANER_VERSION:
        return str(row.html)
    return render(row.text, row.clause_language or language)


def shown(of: VersionRow) -> list[DeskClause]:
    """The clauses of a version as pages show them."""
    rows = [
        ClauseRow(clause, number, of.html[clause.cid], of.frozen_at, of.id)
        for number, clause in enumerate(of.clauses, 1)
    ]
    return [_desk_clause(row, 0, 0) for row in rows]


def activity(session: Session, actor: Actor, of: Position) -> list[Entry]:
    """What happened to a position and its text, newest first. Who was invited is for the lead."""
    draft = drafts.document(session, actor, of.document_id)
    entries = trail(session, actor, of) + trail(session, actor, draft)
    is_lead = of.organisation_id == actor.organisation_id
    told = [entry for entry in entries if is_lead or entry.name not in _FOR_THE_LEAD]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


_LIVE_TITLES = select(_position.c.id, _position.c.title).where(
    _position.c.id.in_(bindparam("about", expanding=True)),
    _position.c.stage.not_in([stage.value for stage in ENDED]),
    guard.readers(_position.c.audience_id),
)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Comments that wait for our word: where we lead, began the thread, or are mentioned."""
    waiting = discussion.waiting(session, actor)
    if not waiting:
        return []
    about = list({thread.about_id for thread in waiting})
    titles = {row.id: row.title for row in guard.ask(session, actor, _LIVE_TITLES, about=about)}
    return [
        Task(
            kind="reply",
            reason=Reason(thread.why),
            title=titles[thread.about_id],
            endpoint="discussion.thread",
            arguments={"thread_id": thread.id},
            organisation_id=thread.last_by,
        )
        for thread in waiting
        if thread.about_id in titles
    ]
