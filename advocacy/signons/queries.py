"""Read what was recorded on behalf; know what a link, a code or a pass is good for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer, guard
from advocacy.access.actor import Actor, Seat
from advocacy.ground import acts
from advocacy.organisations import queries as organisations
from advocacy.signoff import queries as signoff
from advocacy.signons.rows import BehalfRow, Opened
from advocacy.signons.rules import LINK, PASS
from advocacy.signons.schema import Behalf, By, Code


def of_round(session: Session, actor: Actor, round_id: UUID) -> list[BehalfRow]:
    """What was recorded on behalf in a round: the lead reads all, others what is theirs."""
    rows = list(session.scalars(select(Behalf).where(Behalf.round_id == round_id)))
    followed = {row.previous_id for row in rows}
    heads = [row for row in rows if row.id not in followed]
    names = organisations.names(session, [row.for_id for row in heads])
    answers = signoff.acts_of(session, actor, round_id) if heads else {}
    found = [
        _row(row, names, [a.recorded_at for a in answers.get(row.for_id, [])]) for row in heads
    ]
    return sorted(found, key=lambda row: row.organisation.casefold())


def _row(row: Behalf, names: dict[UUID, str], answered: list[datetime]) -> BehalfRow:
    return BehalfRow(
        id=row.id,
        round_id=row.round_id,
        for_id=row.for_id,
        organisation=names[row.for_id],
        kind=row.kind,
        shown_name=row.shown_name,
        is_named=row.is_named,
        logo=row.logo,
        contact=row.contact,
        how=row.how,
        recorded_at=row.recorded_at,
        is_confirmed=any(at >= row.recorded_at for at in answered),
    )


def waiting(session: Session, actor: Actor, round_id: UUID) -> BehalfRow | None:
    """What was recorded for the actor's own organisation and waits for its word."""
    mine = [r for r in of_round(session, actor, round_id) if r.for_id == actor.organisation_id]
    return next((row for row in mine if not row.is_confirmed), None)


def head(session: Session, round_id: UUID, organisation_id: UUID) -> UUID | None:
    """The last thing recorded for an organisation in a round, that the next one follows."""
    query = select(Behalf).where(Behalf.round_id == round_id, Behalf.for_id == organisation_id)
    row = acts.current(session.scalars(query))
    return row.id if row else None


def signed_on(session: Session, actor: Actor) -> dict[str, UUID]:
    """Organisations that the actor's own recorded something for before: folded name -> id."""
    mine = select(Behalf.for_id).where(Behalf.organisation_id == actor.organisation_id).distinct()
    names = organisations.names(session, session.scalars(mine))
    return {name.casefold(): organisation for organisation, name in names.items()}


def by(session: Session, actor: Actor, answer_id: UUID) -> tuple[str, str] | None:
    """(name, role) of who gave an answer by link and code; None for any other."""
    row = session.scalars(select(By).where(By.answer_id == answer_id)).first()
    return (row.name, row.role) if row else None


# --- links, codes, passes ------------------------------------------------------------------------


def opened(session: Session, token: str, *, now: datetime) -> Opened:
    """What a link is for. Raises NotFound for one that is spent, old or unknown."""
    held = bearer.look(session, LINK, token, now=now)
    about = held.about
    return Opened(held.id, UUID(about["round"]), UUID(about["organisation"]))


def codes(session: Session, link_id: UUID) -> list[Code]:
    """The codes that were asked for with a link, newest first."""
    query = select(Code).where(Code.link_id == link_id).order_by(Code.asked_at.desc(), Code.id)
    return list(session.scalars(query.with_for_update()))


def passed(session: Session, token: str, now: datetime) -> tuple[Actor, UUID]:
    """Who came by a link and a code, and the round it is for. Raises NotFound.

    They act for one organisation as its signatory would, and are no person that we know.
    """
    with guard.system(session, guard.System.SIGN_IN):
        held = bearer.look(session, PASS, token, now=now)
        organisation = UUID(held.about["organisation"])
        names = organisations.names(session, [organisation])
    actor = Actor(
        now=now,
        organisation_id=organisation,
        organisation_name=names[organisation],
        seats=((Seat.SIGNATORY.value, organisation),),
    )
    return actor, UUID(held.about["round"])
