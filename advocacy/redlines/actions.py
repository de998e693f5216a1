"""Keep, change and remove red lines, and let the texts one takes part in see them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.redlines import queries, rules
from advocacy.redlines.rules import Said
from advocacy.redlines.schema import RedLine, RedLineShown


def keep(session: Session, actor: Actor, said: Said) -> RedLine:
    """Write a red line of the actor's organisation down.

    Raises: Denied; Invalid (empty, too long, kept already).
    """
    _require(actor, shows=said.is_shown)
    said, rows = said.tidied(), queries.ours(session, actor)
    Invalid.unless_empty(rules.faults(said, others=[row.words for row in rows], count=len(rows)))
    mine = actor.must_organisation()
    who = audience.intern(session, {mine})
    made = RedLine(
        id=new_id(),
        organisation_id=mine,
        audience_id=who,
        own_audience_id=who,
        words=said.words,
        why=said.why,
        instead=said.instead,
        is_shown=said.is_shown,
        changed_at=actor.now,
    )
    session.add(made)
    session.flush()
    _show(session, actor, [made])
    _record(session, actor, made, rules.Kept(shown=made.is_shown))
    return made


def change(
    session: Session, actor: Actor, red_line_id: UUID, said: Said, *, based_on: str
) -> RedLine:
    """Say it otherwise, if it still reads as it did.

    based_on: `Said.hash` as it was read. Raises: NotFound; Denied; Invalid; Conflict with the
    row as it is today.
    """
    found = _locked(session, actor, red_line_id, based_on)
    _require(actor, shows=said.is_shown)
    said = said.tidied()
    others = [row.words for row in queries.ours(session, actor) if row.id != found.id]
    Invalid.unless_empty(rules.faults(said, others=others, count=0))
    found.words, found.why, found.instead = said.words, said.why, said.instead
    found.is_shown, found.changed_at = said.is_shown, actor.now
    session.flush()
    _show(session, actor, [found])
    _record(session, actor, found, rules.Changed(shown=found.is_shown))
    return found


def remove(session: Session, actor: Actor, red_line_id: UUID, *, based_on: str) -> None:
    """Take it away, here and wherever it was shown. Raises: NotFound; Denied; Conflict."""
    found = _locked(session, actor, red_line_id, based_on)
    _require(actor, shows=False)
    for row in _rows(session, found.id):
        session.delete(row)
    session.flush()
    _record(session, actor, found, rules.Removed())
    session.delete(found)
    session.flush()


def show(session: Session, actor: Actor) -> None:
    """Let texts that one's organisation came to since see the words it shows. Raises Denied."""
    _require(actor, shows=True)
    _show(session, actor, queries.ours(session, actor))
    session.flush()


def _require(actor: Actor, *, shows: bool) -> None:
    about = policy.About(organisation_id=actor.organisation_id)
    policy.require(actor, "redline:keep", about)
    if shows:
        policy.require(actor, "redline:show", about)


def _locked(session: Session, actor: Actor, red_line_id: UUID, based_on: str) -> RedLine:
    query = select(RedLine).where(RedLine.id == red_line_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound
    if queries.said(found).hash != based_on:
        raise Conflict(Reason("acts.stale"), current=found)
    return found


def _rows(session: Session, red_line_id: UUID) -> list[RedLineShown]:
    return list(
        session.scalars(select(RedLineShown).where(RedLineShown.red_line_id == red_line_id))
    )


def _show(session: Session, actor: Actor, lines: list[RedLine]) -> None:
    """Bring what circles see in line with the words and with the texts one takes part in now."""
    texts = queries.texts(session, actor)
    whole = {row.id: _audience(session, actor, row.audience_id) for row in texts}
    for line in lines:
        wanted = whole if line.is_shown else {}
        there = {row.position_id: row for row in _rows(session, line.id)}
        for position_id, row in there.items():
            if position_id not in wanted:
                session.delete(row)
            else:
                row.words, row.why, row.instead = line.words, line.why, line.instead
        session.add_all(
            RedLineShown(
                id=new_id(),
                organisation_id=line.organisation_id,
                audience_id=who,
                own_audience_id=who,
                red_line_id=line.id,
                position_id=position_id,
                words=line.words,
                why=line.why,
                instead=line.instead,
            )
            for position_id, who in wanted.items()
            if position_id not in there
        )
    session.flush()


def _audience(session: Session, actor: Actor, of_text: UUID) -> UUID:
    """A text's circle, and we ourselves: who left it must be able to take its words back."""
    parts = audience.parts_of(session, of_text)
    return audience.intern(session, {*parts, actor.must_organisation()})


def _record(session: Session, actor: Actor, line: RedLine, event: Event) -> None:
    book = f"organisation:{line.organisation_id}"
    audit.record(session, actor, event, book=book, about=line.id)
