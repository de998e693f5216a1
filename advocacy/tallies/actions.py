"""Write down whether the ask of a round reached a person."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground import acts
from advocacy.signoff import queries as signoff
from advocacy.tallies import queries
from advocacy.tallies.rules import Posted
from advocacy.tallies.schema import Delivery


def note_delivery(
    session: Session, round_id: UUID, invited_id: UUID, to_id: UUID, state: Posted, how: str = ""
) -> None:
    """Say what became of the mail that asks one person of an organisation.

    For the worker and the reader of bounces, whose session acts for nobody. `state` is the last
    word: a mail that came back was not delivered. Saying it twice writes one row; for a round or
    an organisation that there is not, nothing.
    """
    actor = guard.actor_of(session)
    with guard.system(session, guard.System.WORKER):
        asked = signoff.invitation(session, round_id, invited_id)
        before = queries.head(session, round_id, invited_id, to_id)
        if asked is None or (before and before.state == state):
            return
        given = {**acts.stamp(actor), "organisation_id": asked.organisation_id}
        row = Delivery(
            **given,
            round_id=round_id,
            invited_id=invited_id,
            to_id=to_id,
            state=state,
            how=how,
            audience_id=asked.audience_id,
            own_audience_id=asked.audience_id,
        )
        acts.append(session, row, after=before.id if before else None)
