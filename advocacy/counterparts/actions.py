"""Begin the other edition of a text."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.counterparts import queries, rules
from advocacy.counterparts.schema import Counterpart
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position


def begin(session: Session, actor: Actor, position_id: UUID) -> Position:
    """Begin a text that goes out the other way, with the words of this one as they read now.

    It starts with no circle and with no terms said: who is asked about the one is not asked about
    the other by that. Raises: NotFound; Denied; Conflict when there is one already.
    """
    of = positions.position(session, actor, position_id)
    policy.require(actor, "position:lead", positions.about(of, frozenset()))
    if len(queries.both(session, position_id)) > 1:
        raise Conflict(Reason("counterparts.begun-already"))
    clauses = drafts.clauses(session, actor, of.document_id)
    made = moves.start(
        session,
        actor,
        workspace_id=of.workspace_id,
        kind=rules.other_kind(of.kind),
        title=of.title,
        purpose=of.purpose,
        audience_words="",
        channel=rules.other_channel(of.channel),
        attribution="",
        sensitivity=of.sensitivity,
        language=of.language,
        clauses=[NewClause(c.kind, c.heading, c.text) for c in clauses],
    )
    # Of whoever is in both circles, today or later.
    who = audience.meet(session, of.audience_id, made.audience_id, now=actor.now)
    session.add(
        Counterpart(
            position_id=of.id,
            other_id=made.id,
            organisation_id=actor.must_organisation(),
            audience_id=who,
            own_audience_id=who,
        )
    )
    session.flush()
    event = rules.Begun(other=str(made.id))
    audit.record(session, actor, event, book=f"position:{made.id}", about=made.id)
    return made
