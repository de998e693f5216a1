"""A text as a sheet for Word; files that came in, and what they were made from."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.drafting import queries as drafts
from advocacy.formats.docx import Paper
from advocacy.formats.docx_clauses import cid_of
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position
from advocacy.text.hashes import Clause
from advocacy.word.rows import Fate, FileRow, ItemRow, What
from advocacy.word.schema import WordFile, WordItem

_file, _item = WordFile.__table__, WordItem.__table__


def party(session: Session, actor: Actor, position_id: UUID) -> Position:
    """A text that the actor may propose for. Raises NotFound, Denied."""
    of = positions.position(session, actor, position_id)
    mine = frozenset({actor.organisation_id} if actor.organisation_id else ())
    policy.require(actor, "amendment:propose", positions.about(of, mine))
    return of


# --- in: what a file was made from ---------------------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """What a returned file was made from."""

    clauses: dict[UUID, Clause]
    title: str
    version: VersionRow | None


def origin(session: Session, actor: Actor, of: Position, paper: Paper) -> Origin:
    """The clauses that a file was made from. Raises Invalid where it is no file of this text."""
    text_id, number, version_id = _named(paper)
    if text_id is None:
        raise Invalid(Reason("word.not-ours", "file"))
    if text_id != of.id:
        raise Invalid(Reason("word.other-text", "file"))
    if version_id or number:
        heads = positions.versions(session, actor, of.id)
        head = next((h for h in heads if h.id == version_id or h.number == number), None)
        if head is None:
            raise Invalid(Reason("word.other-text", "file"))
        version = positions.version(session, actor, head.id)
        return Origin({c.cid: c for c in version.clauses}, version.title, version)
    title = str(paper.part["title"]) if paper.part else of.title
    return Origin(_of_draft(session, actor, of, paper), title, None)


def _named(paper: Paper) -> tuple[UUID | None, int, UUID | None]:
    """Which text and version a file says it is of: by its hidden part, else by a bookmark."""
    part = paper.part or {}
    said = str(part.get("position", "")), str(part.get("number", "")), str(part.get("version", ""))
    if not said[0]:
        marks = (name for block in paper.blocks for name in block.starts if name[:2] == "_p")
        name = next(marks, "")
        said = name[2:34], name[35:], ""
    return _id(said[0]), int(said[1]) if said[1].isdigit() else 0, _id(said[2])


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _of_draft(session: Session, actor: Actor, of: Position, paper: Paper) -> dict[UUID, Clause]:
    """The draft's clauses as the file had them: each proved by its own hash."""
    now = {clause.cid: clause for clause in drafts.clauses(session, actor, of.document_id)}
    told = paper.part["clause"] if paper.part else []
    found: dict[UUID, Clause] = {}
    for row in told:
        cid = _id(row.get("cid", ""))
        if cid is None or not (cid in now or _was_here(session, actor, of, cid)):
            continue
        made = Clause(cid, row["kind"], row["heading"], row["words"], row.get("lang", ""))
        if made.hash == row["hash"]:
            found[cid] = made
    for name in (name for block in paper.blocks for name in block.starts):
        cid = cid_of(name)
        if cid in now and cid not in found and cid is not None:
            found |= {cid: now[cid]} if now[cid].hash.startswith(name[34:]) else {}
    return found


def _was_here(session: Session, actor: Actor, of: Position, cid: UUID) -> bool:
    try:
        return drafts.place(session, actor, cid).document_id == of.document_id
    except NotFound:
        return False


# --- files ---------------------------------------------------------------------------------------


def file(session: Session, actor: Actor, file_id: UUID) -> FileRow:
    """A file with all its items. Raises NotFound, also for who left the circle of its text."""
    row = _row(session, actor, file_id)
    query = (
        select(_item)
        .where(_item.c.file_id == file_id, guard.sentence(_item.c.audience_id, actor))
        .order_by(_item.c.number)
    )
    items = tuple(_item_row(found) for found in session.execute(query))
    waiting = sum(one.state is Fate.PERSON for one in items)
    return _file_row(row, waiting, items)


def _row(session: Session, actor: Actor, file_id: UUID) -> Any:
    query = select(_file).where(_file.c.id == file_id, guard.sentence(_file.c.audience_id, actor))
    row = session.execute(query).first()
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    if row.position_id is not None:
        positions.position(session, actor, row.position_id)
    return row


def item(session: Session, actor: Actor, item_id: UUID) -> ItemRow:
    """One item. Raises NotFound."""
    query = select(_item).where(_item.c.id == item_id, guard.sentence(_item.c.audience_id, actor))
    row = session.execute(query).first()
    if row is None:
        raise NotFound
    _row(session, actor, row.file_id)
    return _item_row(row)


def files(session: Session, actor: Actor, position_id: UUID) -> list[FileRow]:
    """Files of this text that the actor's organisation sent, newest first."""
    waiting = (
        select(func.count())
        .where(
            _item.c.file_id == _file.c.id,
            _item.c.state == Fate.PERSON.value,
            guard.sentence(_item.c.audience_id, actor),
        )
        .scalar_subquery()
        .label("waiting")
    )
    query = (
        select(_file, waiting)
        .where(
            _file.c.position_id == position_id,
            _file.c.organisation_id == actor.organisation_id,
            guard.sentence(_file.c.audience_id, actor),
        )
        .order_by(_file.c.at.desc(), _file.c.id)
        .limit(50)
    )
    return [_file_row(row, row.waiting) for row in session.execute(query)]


def sent_before(session: Session, actor: Actor, position_id: UUID, digest: str) -> bool:
    """Whether the organisation sent this very file for this text already."""
    query = select(_file.c.id).where(
        _file.c.position_id == position_id,
        _file.c.digest == digest,
        _file.c.organisation_id == actor.organisation_id,
        _file.c.sent_at.is_not(None),
        guard.sentence(_file.c.audience_id, actor),
    )
    return session.execute(query).first() is not None


def _file_row(row: Any, waiting: int, items: tuple[ItemRow, ...] = ()) -> FileRow:
    return FileRow(
        row.id, row.workspace_id, row.position_id, row.version_id, row.version_number, row.at,
        row.title, row.facts, row.sent_at, waiting, items,
    )  # fmt: skip


_SAME = (
    "facts", "cid", "after", "clause_kind", "heading", "wording", "base_hash", "base_heading",
    "base_text", "quote", "author", "is_untracked", "count", "id", "file_id", "number",
    "result_id", "settled_at", "why",
)  # fmt: skip


def _item_row(row: Any) -> ItemRow:
    values = {name: row._mapping[name] for name in _SAME}
    return ItemRow(what=What(row.what), state=Fate(row.state), **values)
