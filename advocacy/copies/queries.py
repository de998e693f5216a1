"""A text as the sheet that is written into a Word file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.amendments import queries as amendments
from advocacy.amendments.rows import AmendmentRow, Currency
from advocacy.amendments.schema import Kind
from advocacy.copies import rules
from advocacy.discussion import queries as discussion
from advocacy.discussion.rows import ThreadRow
from advocacy.drafting import queries as drafts
from advocacy.formats.docx import Block, Mark, Said
from advocacy.formats.docx_write import Piece, Sheet
from advocacy.organisations import queries as organisations
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position
from advocacy.text.hashes import Clause


@dataclass(frozen=True)
class Labels:
    """Words of the export, in the reader's language. proposes: kind of proposal -> sentence."""

    lines: tuple[str, ...]
    proposes: Mapping[str, str]


def sheet(
    session: Session, actor: Actor, of: Position, version: VersionRow | None, labels: Labels
) -> Sheet:
    """A text as it goes into a Word file: what all of its circle may see, and nothing else.

    version: None = as the text reads now.
    """
    found = version.clauses if version else drafts.clauses(session, actor, of.document_id)
    clauses = tuple(found)
    rows = [
        row
        for row in amendments.open_ones(session, actor, of.id)
        if _fits(row, clauses, version.id if version else None)
    ]
    # A thread for some of the circle only stays here: the file is read by all of it.
    threads = [
        thread
        for thread in discussion.threads(session, actor, of.id)
        if thread.is_open and thread.audience_id == of.audience_id
    ]
    speakers = {said.organisation_id for thread in threads for said in thread.comments}
    names = organisations.names(session, speakers)
    making = _Making(clauses, labels)
    making.say(threads, names)
    pieces = making.pieces(rows, is_draft=version is None)
    number = version.number if version else 0
    return Sheet(
        title=version.title if version else of.title,
        language=of.language,
        bookmark=f"_p{of.id.hex}_{number}",
        lines=labels.lines,
        clauses=tuple(pieces),
        marks=tuple(making.marks),
        comments=tuple(making.comments),
        about={
            "position": str(of.id),
            "version": str(version.id) if version else "",
            "number": str(number),
            "title": version.title if version else of.title,
            "hash": version.content_hash if version else drafts.order_hash(clauses),
        },
        rows=making.rows(),
        comments_of_text=tuple(making.over.get(None, ())),
    )


def _fits(row: AmendmentRow, clauses: Sequence[Clause], version_id: UUID | None) -> bool:
    """Whether a proposal can be shown on these clauses."""
    hashes = {clause.cid: clause.hash for clause in clauses}
    if row.after is not None and row.after not in hashes:
        return False
    if row.kind is Kind.INSERTION:
        return version_id is None or row.made_from == version_id
    if version_id is None:
        return row.currency is not Currency.ORPHANED
    return hashes.get(row.cid or row.id) == row.base_hash


@dataclass
class _Making:
    clauses: Sequence[Clause]
    labels: Labels
    marks: list[Mark] = field(default_factory=list)
    comments: list[Said] = field(default_factory=list)
    over: dict[UUID | None, list[str]] = field(default_factory=dict)

    def say(self, threads: Iterable[ThreadRow], names: Mapping[UUID, str]) -> None:
        """Note what was said, at the clause it was said about."""
        there = {clause.cid for clause in self.clauses}
        for thread in threads:
            about = thread.anchor.clause_id if thread.anchor else None
            for said in thread.comments:
                quote = thread.anchor.quote if thread.anchor and said.number == 1 else ""
                parts = (f"“{quote}”" if quote else "", said.text, thread.wording)
                words = "\n".join(part for part in parts[: 3 if said.number == 1 else 2] if part)
                self._note(about if about in there else None, names[said.organisation_id], said.at,
                           words)  # fmt: skip

    def _note(self, cid: UUID | None, author: str, at: datetime, words: str) -> None:
        number = str(len(self.comments))
        self.comments.append(Said(number, author, _instant(at), words))
        self.over.setdefault(cid, []).append(number)

    def _mark(self, row: AmendmentRow, *, moved: bool = False) -> int:
        self.marks.append(Mark(row.organisation_name, _instant(row.at), moved))
        return len(self.marks) - 1

    def pieces(self, rows: Sequence[AmendmentRow], *, is_draft: bool) -> list[Piece]:
        """The clauses in order, the first proposal for each as tracked changes, the others told."""
        first: dict[UUID | None, AmendmentRow] = {}
        behind: dict[UUID | None, list[Piece]] = {}
        for row in rows:
            if row.kind is Kind.INSERTION:
                behind.setdefault(row.after, []).append(self._inserted(row))
            elif row.cid in first or row.currency is Currency.CONFLICT:
                words = (self.labels.proposes[row.kind], row.heading, row.wording, row.reason)
                told = "\n".join(part for part in words if part)
                self._note(row.cid, row.organisation_name, row.at, told)
            else:
                first[row.cid] = row
                if row.reason:
                    self._note(row.cid, row.organisation_name, row.at, row.reason)
        listed = [(clause, self._clause(clause, first.get(clause.cid), behind, is_draft=is_draft))
                  for clause in self.clauses]  # fmt: skip
        found = list(behind.get(None, ()))
        for clause, piece in listed:
            found += [piece, *behind.get(clause.cid, ())]
        return found

    def _inserted(self, row: AmendmentRow) -> Piece:
        new = Clause(row.id, row.clause_kind, row.heading, row.wording)
        mark = self._mark(row)
        return Piece(
            "", row.clause_kind, tuple(rules.marked(rules.blocks_of_clause(new), ins=mark))
        )

    def _clause(
        self, of: Clause, row: AmendmentRow | None, behind: dict[UUID | None, list[Piece]],
        *, is_draft: bool,
    ) -> Piece:  # fmt: skip
        blocks: Sequence[Block] = rules.blocks_of_clause(of)
        move = ""
        if row is not None and row.kind is Kind.MOVE:
            move = f"move{row.id.hex[:8]}"
            mark = self._mark(row, moved=True)
            copy = Piece("", of.kind, tuple(rules.marked(blocks, ins=mark)), (), move)
            behind.setdefault(row.after, []).append(copy)
            blocks = rules.marked(blocks, gone=mark)
        elif row is not None and row.kind is Kind.DELETION:
            blocks = rules.marked(blocks, gone=self._mark(row))
        elif row is not None:
            now = row.outcome if is_draft and row.outcome else row
            new = Clause(of.cid, of.kind, now.heading, now.wording, of.lang)
            blocks = rules.tracked(blocks, rules.blocks_of_clause(new), self._mark(row))
        bookmark = f"_c{of.cid.hex}{of.hash[:6]}"
        return Piece(bookmark, of.kind, tuple(blocks), tuple(self.over.get(of.cid, ())), move)

    def rows(self) -> tuple[tuple[str, dict[str, str], str], ...]:
        """What the hidden part says: the clauses as they are, what was known, the lines."""
        keys = [rules.known_key(mark.author, mark.date) for mark in self.marks]
        keys += [rules.known_key(said.author, said.date, said.text) for said in self.comments]
        return (
            *(("clause", _told(clause), clause.text) for clause in self.clauses),
            *(("known", {"key": key}, "") for key in dict.fromkeys(keys)),
            *(("line", {}, line) for line in self.labels.lines),
        )


def _told(of: Clause) -> dict[str, str]:
    told = {"cid": str(of.cid), "kind": of.kind, "hash": of.hash, "lang": of.lang}
    return {**told, "heading": of.heading}


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
