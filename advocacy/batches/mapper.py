"""From the records of a file to recommendations: compared first, then written together."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.asks import mapper as asks
from advocacy.asks.queries import today
from advocacy.batches import rules
from advocacy.batches.rows import Record
from advocacy.formats.upr import UprFile, read_upr
from advocacy.ground.base import new_id
from advocacy.importing import actions as importing
from advocacy.importing.rows import Clash, Existing, Item, Written
from advocacy.institutions import queries as institutions
from advocacy.institutions.actions import add as add_institution
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import compared
from advocacy.institutions.schema import InstitutionKind
from advocacy.organisations.queries import group
from advocacy.recommendations import mapper as texts
from advocacy.recommendations.queries import imported

__all__ = ["BatchMapper", "UprFile", "clashes", "read_upr"]


def clashes(file: UprFile) -> list[Clash]:
    """Where lines of one record disagree, as a plan tells of it."""
    return [Clash(one.key, one.field, one.values, one.taken) for one in file.conflicts]


class BatchMapper:
    """Between `Record`s and recommendations, for one importer and one workspace.

    New records wait in memory until `finish`: thousands are then written by a few statements.
    Owners that are no institution here are added as states, and only here; `made` says which.
    """

    def __init__(
        self,
        session: Session,
        actor: Actor,
        *,
        workspace_id: UUID,
        records: Sequence[Record],
        kind: str = rules.KIND_UPR,
    ) -> None:
        self.kind = kind
        self.workspace_id: UUID | None = workspace_id
        self.made: list[InstitutionRow] = []
        self._session, self._actor, self._space = session, actor, workspace_id
        self._records = records
        self._known = institutions.by_name(session, actor, workspace_id=workspace_id)
        self._today = today(session, actor, workspace_id)
        self._waiting = texts.Rows()
        self._owned: dict[str, UUID] = {}
        members = group(session, workspace_id, GroupKind.MEMBERS)
        self._readers = frozenset({actor.must_organisation(), members})

    def key(self, record: Record) -> str:
        """What makes it this record."""
        return record.key

    def fingerprint(self, record: Record) -> str:
        """Hash of what the file says of it."""
        return record.fingerprint

    def existing(self) -> Mapping[str, Existing]:
        """Imported records of the sessions in the file: others are not missing from it."""
        here = imported(
            self._session,
            self._actor,
            workspace_id=self._space,
            sessions={one.session for one in self._records if one.session},
        )
        return {key: Existing(row_id, seal) for key, row_id, seal in here}

    def write(self, session: Session, actor: Actor, item: Item[Record], run_id: UUID) -> Written:
        """Note a new record for `finish`, or bring a known one up to date."""
        if item.existing is None:
            return Written(self._note(item, run_id))
        before = texts.change(session, item.existing.target_id, rules.told(item.record))
        before["answer"] = asks.change_answer(
            session,
            actor,
            of=item.existing.target_id,
            response=item.record.owners[0].response,
            run_id=run_id,
            today=self._today,
        )
        return Written(item.existing.target_id, before)

    def _note(self, item: Item[Record], run_id: UUID) -> UUID:
        record, waiting = item.record, self._waiting
        self._own()
        # The order of the file is the order of the list: one microsecond between neighbours.
        back = timedelta(microseconds=len(waiting.recommendations))
        row_id = new_id()
        row: dict[str, Any] = {
            **dict.fromkeys(("session", "specificity")),
            "issuers": [],
            "tags": [],
            "source": "",
            **rules.told(record),
            "id": row_id,
            "workspace_id": self._space,
            "ref": record.ref,
            "text": record.text,
            "language": record.language,
            "issued_on": record.issued_on,
            "title": record.title or rules.title_of(record.text),
            "import_id": run_id,
            "import_key": item.key,
            "created_at": self._actor.now - back,
            **self._owned,
        }
        waiting.add(row)
        for at, owner in enumerate(record.owners):
            ask = asks.ask_row(
                row_id,
                self._space,
                self._institution(owner.name, run_id),
                self._owned,
                role="contributing" if at else "lead",
                response=owner.response,
                today=self._today,
            )
            waiting.asks.append(ask)
            if owner.response != "none":
                waiting.answers.append(asks.answer_row(ask, self._owned, self._actor, run_id))
        return row_id

    def _own(self) -> None:
        if not self._owned:
            who, of = audience.intern(self._session, self._readers), self._actor.organisation_id
            owned = {"organisation_id": of, "audience_id": who, "own_audience_id": who}
            self._owned = {name: one for name, one in owned.items() if one}

    def _institution(self, words: str, run_id: UUID) -> InstitutionRow:
        name = compared(words)
        if name not in self._known:
            made = self._known[name] = add_institution(
                self._session,
                self._actor,
                workspace_id=self._space,
                name=words,
                kind=InstitutionKind.STATE,
            )
            self.made.append(made)
            importing.note(self._session, run_id, f"{rules.MADE}{made.id}", made.id)
        return self._known[name]

    def unknown(self) -> list[str]:
        """Owners in the file that are no institution here."""
        names = {owner.name for record in self._records for owner in record.owners}
        return sorted(name for name in names if compared(name) not in self._known)

    def finish(self) -> None:
        """Write what waits, in the caller's transaction."""
        waiting, self._waiting = self._waiting, texts.Rows()
        texts.put(self._session, self._actor, waiting)
