"""From the UPR file's records to recommendations: compared first, then written together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.asks import mapper as asks
from advocacy.asks.queries import today
from advocacy.formats.upr import UprFile, UprRecord, read_upr
from advocacy.ground.base import new_id
from advocacy.importing.rows import Clash, Existing, Item, Written
from advocacy.institutions import queries as institutions
from advocacy.institutions.actions import add as add_institution
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import compared
from advocacy.institutions.schema import InstitutionKind
from advocacy.organisations.queries import group
from advocacy.recommendations import rules
from advocacy.recommendations.queries import imported
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag

KIND = "recommendations.upr"
__all__ = ["UprFile", "UprMapper", "UprRecord", "clashes", "read_upr"]
_TITLE = 160
_rows: Any = Recommendation.__table__
_tags: Any = RecommendationTag.__table__


def clashes(file: UprFile) -> list[Clash]:
    """Where lines of one record disagree, as a plan tells of it."""
    return [Clash(one.key, one.field, one.values, one.taken) for one in file.conflicts]


@dataclass
class _Rows:
    """Rows waiting to be written together: one statement per table, however many records."""

    recommendations: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    words: dict[UUID, str] = field(default_factory=dict)


class UprMapper:
    """Between `UprRecord`s and recommendations, for one importer and one workspace.

    New records wait in memory until `finish`: thousands are then written by a few statements.
    Institutions of unknown states are made here, and only here, without a question; `made` says
    which.
    """

    def __init__(
        self, session: Session, actor: Actor, *, workspace_id: UUID, file: UprFile
    ) -> None:
        self.kind = KIND
        self.workspace_id: UUID | None = workspace_id
        self.made: list[str] = []
        self._session, self._actor, self._space = session, actor, workspace_id
        self._sessions = {record.session for record in file.records}
        self._states = institutions.by_name(session, actor, workspace_id=workspace_id)
        self._today = today(session, actor, workspace_id)
        self._waiting = _Rows()
        self._owned: dict[str, UUID] = {}
        members = group(session, workspace_id, GroupKind.MEMBERS)
        self._readers = frozenset({actor.must_organisation(), members})

    def key(self, record: UprRecord) -> str:
        """Hash of state, session and text."""
        return record.key

    def fingerprint(self, record: UprRecord) -> str:
        """Hash of all that is kept."""
        return record.fingerprint

    def existing(self) -> Mapping[str, Existing]:
        """Imported records of the sessions in the file: others are not missing from it."""
        here = imported(
            self._session, self._actor, workspace_id=self._space, sessions=self._sessions
        )
        return {key: Existing(row_id, seal) for key, row_id, seal in here}

    def write(self, session: Session, actor: Actor, item: Item[UprRecord], run_id: UUID) -> Written:
        """Note a new record for `finish`, or bring a known one up to date."""
        if item.existing is None:
            return Written(self._note(item, run_id))
        row = session.get_one(Recommendation, item.existing.target_id)
        values = _values(item)
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        session.execute(delete(_tags).where(_tags.c.recommendation_id == row.id))
        _index(session, {"id": row.id, "ref": row.ref, "text": row.text, **values})
        before["response"] = asks.change_answer(
            session,
            actor,
            recommendation_id=row.id,
            response=item.record.response,
            run_id=run_id,
            today=self._today,
        )
        return Written(row.id, before)

    def _note(self, item: Item[UprRecord], run_id: UUID) -> UUID:
        who = audience.intern(self._session, self._readers) if not self._owned else None
        if who is not None:
            self._owned.update(
                organisation_id=self._actor.must_organisation(),
                audience_id=who,
                own_audience_id=who,
            )
        record, waiting = item.record, self._waiting
        # The order of the file is the order of the list: one microsecond between neighbours.
        back = timedelta(microseconds=len(waiting.recommendations))
        row_id = new_id()
        row: dict[str, Any] = {
            "id": row_id,
            "workspace_id": self._space,
            "ref": _ref(record),
            "language": "en",
            "text": record.text,
            "import_id": run_id,
            "import_key": item.key,
            "created_at": self._actor.now - back,
            **self._owned,
            **_values(item),
        }
        waiting.recommendations.append(row)
        waiting.words[row_id] = rules.searched(row)
        waiting.tags += _tag_rows(row)
        ask = asks.ask_row(
            row_id,
            self._space,
            self._state(record),
            self._owned,
            response=record.response,
            today=self._today,
        )
        waiting.asks.append(ask)
        if record.response != "none":
            waiting.answers.append(asks.answer_row(ask, self._owned, self._actor, run_id))
        return row_id

    def _state(self, record: UprRecord) -> InstitutionRow:
        name = compared(record.state)
        if name not in self._states:
            self._states[name] = add_institution(
                self._session,
                self._actor,
                workspace_id=self._space,
                name=record.state,
                kind=InstitutionKind.STATE,
            )
            self.made.append(record.state)
        return self._states[name]

    def unknown(self, file: UprFile) -> list[str]:
        """States of a file that are no institution here: writing would add them."""
        states = {record.state for record in file.records}
        return sorted(name for name in states if compared(name) not in self._states)

    def finish(self) -> None:
        """Write what waits, in the caller's transaction."""
        waiting, self._waiting = self._waiting, _Rows()
        if not waiting.recommendations:
            return
        with guard.system(self._session, guard.System.COMMAND):
            self._session.execute(insert(_rows), waiting.recommendations)
            if waiting.tags:
                self._session.execute(insert(_tags), waiting.tags)
            WORDS.put(self._session, waiting.words)
            asks.put(self._session, waiting.asks, waiting.answers)


def _index(session: Session, row: Mapping[str, Any]) -> None:
    WORDS.put(session, {row["id"]: rules.searched(row)})
    if row["tags"]:
        session.execute(insert(_tags), _tag_rows(row))


def _tag_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"recommendation_id": row["id"], "folded": tag} for tag in rules.themes(row["tags"])]


def _values(item: Item[UprRecord]) -> dict[str, Any]:
    """What a later file may change; the text and the state are part of the key."""
    record = item.record
    return {
        "title": _title(record.text),
        "issuers": [issuer.name for issuer in record.issuers],
        "session": record.session,
        "specificity": record.specificity,
        "tags": list(record.issues),
        "source": f"Universal Periodic Review, session {record.session}: {record.state}",
        "fingerprint": item.fingerprint,
    }


def _title(text: str) -> str:
    """The beginning of a text, to the last whole word."""
    if len(text) <= _TITLE:
        return text
    return text[: _TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _ref(record: UprRecord) -> str:
    return f"UPR-{record.session:02d}-{record.key[:12]}"
