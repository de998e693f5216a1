"""Which records hold the words a reader asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, kept
from advocacy.access.actor import Actor
from advocacy.ground import search
from advocacy.protocols import queries as protocols
from advocacy.search.schema import ThreatWords
from advocacy.threats.schema import FieldClass, Status, Threat

_t: Any = Threat.__table__.c
_w: Any = ThreatWords.__table__


def _kept(session: Session, actor: Actor) -> list[ColumnElement[bool]]:
    """Not of records whose full account is past its time: nobody finds them by its words."""
    over = protocols.over_before(session, actor)
    t = Threat.__table__.alias("ended").c
    is_over = [and_(t.workspace_id == space, t.checked_at < at) for space, at in over.items()]
    ended = select(t.id).where(t.status == Status.CLOSED, guard.sentence(t.audience_id, actor))
    # With the full account go texts of the members class: by the safe words alone it is found.
    is_short = _w.c.field_class == FieldClass.SAFE
    return [or_(is_short, _w.c.threat_id.not_in(ended.where(or_(*is_over))))] if is_over else []


def holding(
    session: Session, actor: Actor, words: str, *, by_row: bool = False
) -> ColumnElement[bool] | None:
    """A condition on `threat`: it holds all these words and "phrases" where the actor reads.

    None when nothing is asked. To stand beside the reader's sentence on `threat` itself.
    by_row: for the first few of a list where most records have the words: each is looked at.
    """
    if not words.strip():
        return None
    if by_row:
        found = search.holds_each(session, _w, words)
    else:
        found = search.found_in(session, _w, words, audience.groups_of(session, actor))
    nothing: ColumnElement[bool] = _t.id.is_(None)
    if found is None:  # signs only: no record has them as a word
        return nothing
    own = (guard.sentence(_w.c.audience_id, actor), *_kept(session, actor))
    rows = select(_w.c.threat_id).where(found, *own)
    if by_row:
        # Not EXISTS: PostgreSQL would make a list of all records with the words beforehand.
        one = rows.where(_w.c.threat_id == _t.id).limit(1)
        return one.scalar_subquery().is_not(None)
    rows = rows.where(*kept.named(session, actor, _w.c.audience_id))
    among: ColumnElement[bool] = _t.id.in_(rows)
    return among


def some(session: Session, actor: Actor, words: str, most: int) -> list[UUID]:
    """Ids of records that hold all these words where the actor reads: some, if more than `most`.

    So many as `most` or fewer are all of them.
    """
    ids: set[UUID] = set()
    # Of a record the index may give several rows.
    for rows in (most + most // 4, None):
        groups = audience.groups_of(session, actor)
        found = search.found_in(session, _w, words, groups, most=rows)
        if found is None:  # signs only
            return []
        own = (guard.sentence(_w.c.audience_id, actor), *_kept(session, actor))
        which = (found, *own, *kept.named(session, actor, _w.c.audience_id))
        query = select(_w.c.threat_id).where(*which).limit(rows)
        ids = set(session.connection().execute(query).scalars())
        if len(ids) > most:
            break
    return sorted(ids)
