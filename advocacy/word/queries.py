"""Files that came in, and what was found in them."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position
from advocacy.word.rows import Fate, FileRow, ItemRow, What
from advocacy.word.schema import WordFile, WordItem

_file, _item = WordFile.__table__, WordItem.__table__


def party(session: Session, actor: Actor, position_id: UUID) -> Position:
    """A text that the actor may propose for. Raises NotFound, Denied."""
    of = positions.position(session, actor, position_id)
    mine = frozenset({actor.organisation_id} if actor.organisation_id else ())
    policy.require(actor, "amendment:propose", positions.about(of, mine))
    return of


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
