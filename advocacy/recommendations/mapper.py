"""Recommendations of an import: written together, brought up to date, taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks import mapper as asks
from advocacy.asks.actions import follow
from advocacy.asks.schema import Ask
from advocacy.recommendations import queries, rules
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag
from advocacy.taxonomies import rules as taxonomies
from advocacy.taxonomies.schema import RecommendationSubject

_LOT = 500
_rows: Any = Recommendation.__table__
_tags: Any = RecommendationTag.__table__
_subjects: Any = RecommendationSubject.__table__
_asks: Any = Ask.__table__


@dataclass
class Rows:
    """Rows waiting to be written together: one statement per table, however many records."""

    recommendations: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    subjects: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    words: dict[UUID, str] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        """One more recommendation, with its themes and the words it is found by."""
        self.recommendations.append(row)
        self.words[row["id"]] = rules.searched(row)
        self.tags += _tag_rows(row)
        self.subjects += _subject_rows(row)


def put(session: Session, actor: Actor, rows: Rows) -> None:
    """Write rows of one's own organisation."""
    if rows.recommendations:
        guard.store(session, actor, insert(_rows), rows.recommendations)
    for table, some in ((_tags, rows.tags), (_subjects, rows.subjects)):
        if some:
            session.execute(insert(table), some)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        WORDS.put(session, rows.words)
    asks.put(session, actor, rows.asks, rows.answers)


def change(session: Session, row_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring one up to date; returns what stood there. The text is none of the values."""
    row = session.get_one(Recommendation, row_id)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    for table, rows_of in ((_tags, _tag_rows), (_subjects, _subject_rows)):
        session.execute(delete(table).where(table.c.recommendation_id == row_id))
        if found := rows_of(vars(row)):
            session.execute(insert(table), found)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        WORDS.put(session, {row_id: rules.searched(vars(row))})
    return before


def are_as_imported(
    session: Session, actor: Actor, seals: Mapping[UUID, str], run_id: UUID, *, since: datetime
) -> bool:
    """Whether these records are as a run left them. seals: record -> its fingerprint then."""
    now: dict[UUID, str] = {}
    for lot in _lots(seals):
        now |= queries.seals(session, actor, lot)
        if queries.has_moved(session, lot, run_id, since=since):
            return False
    return now == seals


def take_back(session: Session, ids: Sequence[UUID], run_id: UUID) -> None:
    """Remove what a run brought in. Raises IntegrityError where something hangs on one."""
    WORDS.drop(session, ids)
    for lot in [*_lots(ids)] or [[]]:  # what was changed has answers too
        asks.take_back(session, lot, run_id)
        for table in (_tags, _subjects):
            session.execute(delete(table).where(table.c.recommendation_id.in_(lot)))
        gone = delete(Recommendation).where(Recommendation.id.in_(lot))
        session.execute(gone, execution_options={"synchronize_session": False})


def put_back(session: Session, row_id: UUID, before: Mapping[str, Any]) -> None:
    """Let one be as it was before a run changed it; the asks that the run added go."""
    known = Recommendation.__table__.c
    change(session, row_id, {name: value for name, value in before.items() if name in known})
    for answer in (before.get("answer"), *before.get("answers", ())):
        asks.put_back(session, answer or {})
    asks.remove(session, [UUID(one) for one in before.get("asks", ())])


def regain(session: Session, actor: Actor, row_id: UUID, institution_id: UUID) -> bool:
    """Take an ask up again that one's own run was taken back from, if others kept it."""
    mine = (_asks.c.recommendation_id == row_id, _asks.c.institution_id == institution_id)
    of = session.get_one(Recommendation, row_id)
    session.flush()
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        own = update(_asks).where(*mine).values(organisation_id=actor.organisation_id)
        if not session.connection().execute(own).rowcount:
            return False
        session.expire_all()
        follow(session, actor, recommendation_id=row_id, audience_id=of.audience_id)
    return True


def _lots(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    known = list(ids)
    return (known[start : start + _LOT] for start in range(0, len(known), _LOT))


def _tag_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"recommendation_id": row["id"], "folded": tag} for tag in rules.themes(row["tags"])]


def _subject_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return taxonomies.rows(row["id"], row.get("subjects"), row.get("judged"))
