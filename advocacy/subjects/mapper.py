"""What an import says of recommendations that are here: brought in as acts, and taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.recommendations import mapper as texts
from advocacy.recommendations.schema import Recommendation
from advocacy.subjects import actions, queries, rules
from advocacy.subjects.schema import SubjectAct


def change(
    session: Session, actor: Actor, row_id: UUID, values: Mapping[str, Any], run_id: UUID
) -> dict[str, Any]:
    """Bring one up to date; returns what stood there. Axes that the file is silent of stay."""
    row = session.get_one(Recommendation, row_id)
    was = rules.standing(row)
    wanted = dict(values)
    if "subjects" in wanted:
        wanted["subjects"] = {**(row.subjects or {}), **wanted["subjects"]}
    before = texts.change(session, row_id, wanted)
    actions.brought(session, actor, row, was, run_id)
    return before


def are_as_imported(
    session: Session, actor: Actor, seals: Mapping[UUID, str], run_id: UUID, *, since: datetime
) -> bool:
    """Whether these records are as a run left them. seals: record -> its fingerprint then."""
    if queries.has_moved(session, sorted(seals), run_id, since=since):
        return False
    return texts.are_as_imported(session, actor, seals, run_id, since=since)


def take_back(session: Session, ids: Sequence[UUID], run_id: UUID) -> None:
    """Remove what a run brought in. Raises IntegrityError where something hangs on one."""
    gone = delete(SubjectAct).where(SubjectAct.import_id == run_id)
    session.execute(gone, execution_options={"synchronize_session": False})
    texts.take_back(session, ids, run_id)
