"""What a lead reads of its rounds."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.reasons import Reason
from advocacy.objections import queries as objections
from advocacy.signoff import queries as signoff
from advocacy.signoff import rules


def missing(session: Session, actor: Actor, round_id: UUID) -> list[Reason]:
    """What still stands between the round and its release, for the lead; nothing for others."""
    round_ = signoff.round_of(session, actor, round_id)
    if actor.organisation_id != round_.lead_id:
        return []
    lines = signoff.roster(session, actor, round_id)
    asking = {row.organisation_id for row in objections.of_round(session, actor, round_)}
    found = []
    whole = round_.blocks == rules.Blocks.WHOLE_TEXT
    change_code = "signoff.change-blocks" if whole else "signoff.change-asked"
    if lines and all(line.answer and line.answer.kind == rules.Kind.RECUSE for line in lines):
        found.append(Reason("signoff.all-recused"))
    if round_.is_open:
        found += [
            Reason("signoff.no-answer-shown", str(line.organisation_id), {"name": line.name})
            for line in lines
            if line.answer is None
        ]
    found += [
        Reason(change_code, str(line.organisation_id), {"name": line.name})
        for line in lines
        if line.organisation_id in asking
    ]
    return found
