"""From the records of a file to recommendations: compared first, then written together."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.asks import mapper as asks
from advocacy.asks.actions import NewAsk
from advocacy.asks.queries import asks_of, today
from advocacy.batches import rules
from advocacy.batches.rows import Record, Sheet
from advocacy.formats import csv, docx_tables, uhri, xlsx_read
from advocacy.formats.paragraphs import paragraphs
from advocacy.formats.upr import UprFile, read_upr
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason
from advocacy.importing import actions as importing
from advocacy.importing.rows import Clash, Existing, Item, Written
from advocacy.institutions import queries as institutions
from advocacy.institutions.actions import add as add_institution
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import compared
from advocacy.institutions.schema import InstitutionKind
from advocacy.minders import queries as minders
from advocacy.organisations.queries import group
from advocacy.recommendations import mapper as texts
from advocacy.recommendations.actions import add_ask
from advocacy.recommendations.queries import imported
from advocacy.subjects import mapper as subjects

__all__ = ["BatchMapper", "UprFile", "clashes", "read_upr"]


def clashes(file: UprFile) -> list[Clash]:
    """Where lines of one record disagree, as a plan tells of it."""
    return [Clash(one.key, one.field, one.values, one.taken) for one in file.conflicts]


def sheet(
    name: str,
    data: bytes,
    *,
    most_bytes: int = rules.MOST_BYTES,
    most_rows: int = rules.MOST_ROWS,
) -> Sheet:
    """A file as a table: CSV, Excel, Word or JSON. Its header names most of our fields.

    Raises: Invalid for what is none of these, or holds no table; TooLarge.
    """
    digest, name = hashlib.sha256(data).hexdigest(), name[:200]
    if len(data) > most_bytes:
        raise TooLarge(Reason("csv.too-large", "file", {"limit_mb": most_bytes // 10**6}))
    if name.casefold().endswith(".docx"):
        return rules.of_grid(name, digest, docx_tables.rows(data))
    if uhri.is_json(data):
        header, lines = uhri.grid(data, most_rows=most_rows)
        return Sheet(name, digest, header, tuple(lines))
    found = csv.read(
        xlsx_read.as_csv(data, with_lines=True) if xlsx_read.is_xlsx(data) else data,
        max_bytes=3 * most_bytes,
        max_rows=most_rows,
        likely=lambda column: bool(rules.guess([column])),
    )
    rows = [(line, tuple(cells[column] for column in found.header)) for line, cells in found.rows]
    refused = tuple(found.refused)
    return Sheet(name, digest, found.header, tuple(rows), refused, found.notes, found.encoding)


def pasted(text: str) -> Sheet:
    """A piece of a report: a row for each of its paragraphs. Raises Invalid: no words in it."""
    found = paragraphs(text)
    if not found:
        raise Invalid(Reason("form.required", "words"))
    rows = tuple((one.line, (one.number, one.page, one.text)) for one in found)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Sheet("", digest, ("Paragraph", "Page", "Text"), rows)


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
        reach: str = "members",
        owners: Mapping[str, str] | None = None,
    ) -> None:
        """owners: name, as compared -> id of an institution, or new: and the kind of a new one."""
        self.kind = kind
        self.workspace_id: UUID | None = workspace_id
        self.made: list[InstitutionRow] = []
        self._session, self._actor, self._space = session, actor, workspace_id
        self._records = records
        self._known = institutions.by_name(session, actor, workspace_id=workspace_id)
        self._today = today(session, actor, workspace_id)
        self._waiting = texts.Rows()
        self._owned: dict[str, UUID] = {}
        self._minders: dict[UUID, UUID] = {}
        members = {group(session, workspace_id, GroupKind.MEMBERS)} if reach == "members" else set()
        self._readers = frozenset({actor.must_organisation(), *members})
        self.texts: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        by_id = {str(one.id): one for one in self._known.values()}
        for name, answer in (owners or {}).items():
            if answer in by_id:
                self._known[name] = by_id[answer]
            elif answer.startswith("new:"):
                self._kinds[name] = answer.removeprefix("new:")

    def key(self, record: Record) -> str:
        """What makes it this record."""
        return record.key

    def fingerprint(self, record: Record) -> str:
        """Hash of what the file says of it."""
        return record.fingerprint

    def existing(self) -> Mapping[str, Existing]:
        """What is here of these records; of a review's own file, all that its sessions have."""
        wanted = {one.key for one in self._records}
        fewer = {key for one in self._records for key in one.earlier} - wanted
        whole = self.kind == rules.KIND_UPR
        here = imported(
            self._session,
            self._actor,
            workspace_id=self._space,
            sessions={one.session for one in self._records if one.session} if whole else (),
            keys=[] if whole else sorted(wanted | fewer),
            refs=[] if whole else sorted(one.ref for one in self._records if one.ref),
        )
        found, others = dict[str, Existing](), dict[str, Any]()
        for row in here:
            by_ref = f"ref:{row.ref}"
            key = by_ref if by_ref in wanted else row.import_key
            if key in wanted or key not in fewer:
                found[key], self.texts[key] = Existing(row.id, row.fingerprint), row.text
            else:
                others[key] = row
        for one in self._records:
            row = next((others[key] for key in one.earlier if key in others), None)
            if row is not None and one.key not in found:
                found[one.key] = Existing(row.id, row.fingerprint)
        return found

    def write(self, session: Session, actor: Actor, item: Item[Record], run_id: UUID) -> Written:
        """Note a new record for `finish`, or bring a known one up to date."""
        if item.existing is None:
            return Written(self._note(item, run_id), parts=len(item.record.owners))
        of, record = item.existing.target_id, item.record
        before = subjects.change(session, actor, of, rules.told(record), run_id)
        known = asks_of(session, actor, [of]).get(of, ())
        by_id = {one.institution_id: one.id for one in known}
        changed, added = [], []
        for owner in record.owners:
            if self.kind == rules.KIND_UPR:  # its key names the state: the lead's
                ask_id = next((one.id for one in known if one.role == "lead"), None)
            else:
                ask_id = by_id.get(self._institution(owner.name, run_id).id)
            if ask_id is None:
                added.append(self._further(of, owner.name, run_id))
            if owner.response != "none" or self.kind == rules.KIND_UPR:
                changed.append(self._answer(ask_id or added[-1], owner.response, run_id))
        before["answers"] = [one for one in changed if one and UUID(one["id"]) not in added]
        before["asks"] = [str(one) for one in added]
        return Written(of, before)

    def _answer(self, ask_id: UUID, response: str, run_id: UUID) -> dict[str, str] | None:
        return asks.change_answer(
            self._session,
            self._actor,
            ask_id=ask_id,
            response=response,
            run_id=run_id,
            today=self._today,
        )

    def _further(self, of: UUID, name: str, run_id: UUID) -> UUID:
        """One more ask of a recommendation that is here, for an owner new to its file."""
        to = self._institution(name, run_id)
        if texts.regain(self._session, self._actor, of, to.id):
            known = asks_of(self._session, self._actor, [of])[of]
            return next(one.id for one in known if one.institution_id == to.id)
        made = add_ask(self._session, self._actor, recommendation_id=of, to=NewAsk(to.id))
        return made.id

    def _note(self, item: Item[Record], run_id: UUID) -> UUID:
        record, waiting = item.record, self._waiting
        self._own()
        # The order of the file is the order of the list: one microsecond between neighbours.
        back = timedelta(microseconds=len(waiting.recommendations))
        row_id = new_id()
        row: dict[str, Any] = {
            **dict.fromkeys(("session", "specificity")),
            **{name: [] for name in ("issuers", "tags")},
            "subjects": {},
            "source": "",
            **rules.told(record),
            "id": row_id,
            "workspace_id": self._space,
            "ref": record.ref or f"R-{row_id.hex[:8]}",
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
            waiting.asks.append({**ask, "minder_id": self._minder(ask)})
            if owner.response != "none":
                waiting.answers.append(asks.answer_row(ask, self._owned, self._actor, run_id))
        return row_id

    def _minder(self, ask: Mapping[str, Any]) -> UUID | None:
        """The default of its addressee; else who brings a few in follows them up, and nobody a
        whole review at once."""
        own = None if self.kind == rules.KIND_UPR else self._actor.organisation_id
        found = self._minders.get(ask["institution_id"], own)
        return None if found == ask["addressed_id"] else found

    def _own(self) -> None:
        if not self._owned:
            who, of = audience.intern(self._session, self._readers), self._actor.organisation_id
            owned = {"organisation_id": of, "audience_id": who, "own_audience_id": who}
            self._owned = {name: one for name, one in owned.items() if one}
            self._minders = minders.defaults(
                self._session, self._actor, workspace_id=self._space, audience_id=who
            )

    def _institution(self, words: str, run_id: UUID) -> InstitutionRow:
        name = compared(words)
        if name not in self._known:
            made = self._known[name] = add_institution(
                self._session,
                self._actor,
                workspace_id=self._space,
                name=words,
                kind=self._kinds.get(name) or InstitutionKind.STATE,
                known_to=None if len(self._readers) > 1 else (),
            )
            self.made.append(made)
            importing.note(self._session, run_id, f"{rules.MADE}{made.id}", made.id)
        return self._known[name]

    def unknown(self) -> list[str]:
        """Owners in the file that are no institution here."""
        names = {owner.name for record in self._records for owner in record.owners}
        known = self._known.keys() | self._kinds.keys()
        return sorted(name for name in names if compared(name) not in known)

    def finish(self) -> None:
        """Write what waits, in the caller's transaction."""
        waiting, self._waiting = self._waiting, texts.Rows()
        texts.put(self._session, self._actor, waiting)
