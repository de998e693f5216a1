"""Read a text and the history of its clauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, null, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE
from advocacy.drafting import rules
from advocacy.drafting.rows import ClauseRow, EditRow, Place
from advocacy.drafting.schema import ClauseAct, Document, DraftClause, Line
from advocacy.ground.errors import NotFound
from advocacy.live import queries as live
from advocacy.live.queries import Seed
from advocacy.live.rows import Wrote
from advocacy.organisations.queries import names
from advocacy.text.hashes import Clause
from advocacy.text.markdown import CLEANER_VERSION, render
from advocacy.text.shape import Words

_document = Document.__table__
_clause = DraftClause.__table__
_act = ClauseAct.__table__
_line = Line.__table__


def document(session: Session, actor: Actor, document_id: UUID) -> Document:
    """A text. Raises NotFound for those who do not take part in it."""
    found = session.get(Document, document_id)
    if found is None:
        raise NotFound
    return found


_LINE = (
    select(_line.c.sequence)
    .where(_line.c.document_id == _document.c.id, guard.readers(_line.c.audience_id))
    .correlate(_document)
    .scalar_subquery()
)
_NUMBERS = live.last(_document.c.id).label("last"), _LINE.label("line")
_HEAD = select(_document.c.language, _document.c.order, _document.c.closed_at, *_NUMBERS).where(
    _document.c.id == bindparam("document"), guard.readers(_document.c.audience_id)
)
_OPEN_TO = audience.readers_of(
    _document.c.audience_id,
    _document.c.id == bindparam("document"),
    _document.c.closed_at.is_(None),
)
_LIVE = select(_clause).where(
    _clause.c.document_id == bindparam("document"),
    _clause.c.removed_at.is_(None),
    guard.readers(_clause.c.audience_id),
)


def _head(session: Session, actor: Actor, document_id: UUID) -> Any:
    found = guard.ask(session, actor, _HEAD, document=document_id).first()
    if found is None:
        raise NotFound
    return found


def rows(session: Session, actor: Actor, document_id: UUID) -> list[ClauseRow]:
    """The clauses in order, with what a page shows of them. Raises NotFound."""
    return text(session, actor, document_id)[0]


def text(session: Session, actor: Actor, document_id: UUID) -> tuple[list[ClauseRow], bool]:
    """The clauses as `rows` gives them, and whether the text is closed. Raises NotFound."""
    of = _head(session, actor, document_id)
    found = _live(session, actor, document_id, of)
    listed = [
        ClauseRow(
            clause=_to_clause(found[cid]),
            number=number,
            html=html_of(found[cid], of.language),
            changed_at=found[cid].changed_at,
            changed_by=found[cid].changed_by,
        )
        for number, cid in enumerate(map(UUID, of.order), 1)
    ]
    return listed, of.closed_at is not None


def clauses(session: Session, actor: Actor, document_id: UUID) -> list[Clause]:
    """The clauses in order. Raises NotFound."""
    of = _head(session, actor, document_id)
    found = _live(session, actor, document_id, of)
    return [_to_clause(found[UUID(cid)]) for cid in of.order]


def order_hash(clauses: Iterable[Clause]) -> str:
    """What inserting, moving and freezing are based on (see `rules.order_hash`)."""
    return rules.order_hash(clauses)


def seed_of(session: Session, actor: Actor, document_id: UUID) -> Seed:
    """What the live document of a draft begins with, for when it is asked for."""
    return lambda: [
        Words(each.cid, each.kind, each.heading, each.text)
        for each in clauses(session, actor, document_id)
    ]


def live_state(session: Session, actor: Actor, document_id: UUID) -> tuple[bytes, int]:
    """The live document as one update, and the number of its last step. Raises NotFound."""
    _head(session, actor, document_id)
    return live.state(session, actor, document_id, seed_of(session, actor, document_id))


def live_since(
    session: Session, actor: Actor, document_id: UUID, number: int
) -> tuple[list[tuple[int, bytes]] | None, bool]:
    """The steps after a number (None = too many: ask for the state), and whether the text is
    closed. Raises NotFound."""
    head = _head(session, actor, document_id)
    rows = live.since_some(session, actor, document_id, number)
    return rows, head.closed_at is not None


_LOCKED = (
    select(_document, *_NUMBERS)
    .where(_document.c.id == bindparam("document"), guard.readers(_document.c.audience_id))
    .with_for_update()
)
# Without the search for its last step, which on PostgreSQL tells a writer nothing sure.
_LOCKED_ALONE = (
    select(_document, null().label("last"), _LINE.label("line"))
    .where(_document.c.id == bindparam("document"), guard.readers(_document.c.audience_id))
    .with_for_update()
)


def locked(
    session: Session, actor: Actor, document_id: UUID, *, is_for_step: bool = False
) -> Row[Any]:
    """The draft's row; its other writers wait until this transaction ends. Raises NotFound.

    last, line: its last step, and the one its clauses have the words of. On PostgreSQL as they
    were before the lock was had, so perhaps older. is_for_step: there, last is not asked for.
    """
    is_alone = is_for_step and session.get_bind().dialect.name == "postgresql"
    query = _LOCKED_ALONE if is_alone else _LOCKED
    found = guard.ask(session, actor, query, document=document_id).first()
    if found is None:
        raise NotFound
    return found


_AS_READ = select(_clause.c.id, _clause.c.kind, _clause.c.heading, _clause.c.text).where(
    _clause.c.id.in_(bindparam("clauses", expanding=True)), guard.readers(_clause.c.audience_id)
)


def as_read(session: Session, actor: Actor, cids: Iterable[UUID]) -> guard.Rows:
    """What the rows of these clauses say now."""
    return guard.ask(session, actor, _AS_READ, clauses=list(cids))


_BEGAN = (
    select(_act.c.cid, func.max(_act.c.recorded_at).label("at"))
    .where(
        _act.c.cid.in_(bindparam("clauses", expanding=True)),
        _act.c.organisation_id == bindparam("own"),
        guard.readers(_act.c.audience_id),
    )
    .group_by(_act.c.cid)
)


def began(session: Session, actor: Actor, cids: Iterable[UUID]) -> guard.Rows:
    """When the actor's organisation last was told of as writing in these clauses."""
    values = {"clauses": list(cids), "own": actor.organisation_id}
    return guard.ask(session, actor, _BEGAN, **values)


# Asked with the lock in hand, so it is sure.
_DERIVED = select(_LINE.label("line"), live.kept(_document.c.id).label("kept")).where(
    _document.c.id == bindparam("document"), guard.readers(_document.c.audience_id)
)


def derived(session: Session, actor: Actor, document_id: UUID) -> tuple[int, int]:
    """As of which steps its clauses have their words, and its snapshot was made; 0 = none yet.

    The draft is locked by the caller. Raises NotFound.
    """
    found = guard.ask(session, actor, _DERIVED, document=document_id).first()
    if found is None:
        raise NotFound
    return found.line or 0, found.kept or 0


def require(actor: Actor, permission: str, document: Document | Row[Any]) -> None:
    """Raises Denied. Whoever sees a draft takes part in it: its audience is who writes in it."""
    parties = frozenset({actor.organisation_id} if actor.organisation_id else ())
    about = policy.About(organisation_id=document.organisation_id, party_ids=parties)
    policy.require(actor, permission, about)


def require_writer(session: Session, actor: Actor, document_id: UUID) -> None:
    """Raises NotFound, or Denied for who may read the text and not write in it."""
    require(actor, "clause:edit", document(session, actor, document_id))


def open_to(
    session: Session, document_id: UUID, organisations: Iterable[UUID | None], *, now: datetime
) -> set[UUID | None]:
    """Those who still see the text while it still takes edits; the caller is the system.

    organisations: by their ids. None = who acts for none, and reads what everyone reads.
    """
    by = {each or EVERYONE: each for each in organisations}
    values = {audience.READERS: list(by), audience.AT: now, "document": document_id}
    return {by[found] for found in session.connection().execute(_OPEN_TO, values).scalars()}


def clause(session: Session, actor: Actor, document_id: UUID, cid: UUID) -> Clause:
    """One clause of a text as it reads now. Raises NotFound."""
    for found in clauses(session, actor, document_id):
        if found.cid == cid:
            return found
    raise NotFound


def place(session: Session, actor: Actor, cid: UUID) -> Place:
    """A clause by its id alone, also one that was removed. Raises NotFound."""
    row = session.get(DraftClause, cid)
    if row is None:
        raise NotFound
    of = _head(session, actor, row.document_id)
    typed = _typed(session, actor, row.document_id, of).get(cid)
    number = of.order.index(str(cid)) + 1 if str(cid) in of.order else 0
    said = _as_typed(row, typed if number else None)
    return Place(
        document_id=row.document_id,
        language=of.language,
        is_closed=of.closed_at is not None,
        number=number,
        clause=_to_clause(said),
        html=html_of(said, of.language),
        changed_by=said.changed_by,
        changed_at=said.changed_at,
    )


_WRITERS = (
    select(_act.c.cid, _act.c.organisation_id)
    .where(_act.c.document_id == bindparam("document"), guard.readers(_act.c.audience_id))
    .group_by(_act.c.cid, _act.c.organisation_id)
    .order_by(_act.c.cid, func.min(_act.c.recorded_at), _act.c.organisation_id)
)


def writers(session: Session, actor: Actor, document_id: UUID) -> dict[UUID, list[UUID]]:
    """The organisations that wrote in each clause, the first one first."""
    found: dict[UUID, list[UUID]] = {}
    for row in guard.ask(session, actor, _WRITERS, document=document_id):
        found.setdefault(row.cid, []).append(row.organisation_id)
    return found


def written_by(session: Session, actor: Actor, document_id: UUID) -> dict[UUID, list[str]]:
    """The same by their names."""
    found = writers(session, actor, document_id)
    named = names(session, {one for several in found.values() for one in several})
    return {cid: [named[one] for one in several] for cid, several in found.items()}


def history(session: Session, actor: Actor, cid: UUID) -> list[EditRow]:
    """What was done to a clause and by whom, newest first. Raises NotFound."""
    place(session, actor, cid)
    query = select(ClauseAct).where(ClauseAct.cid == cid)
    acts = list(session.scalars(query))
    after = {act.previous_id: act for act in acts}
    found: list[EditRow] = []
    act = after.get(None)
    while act is not None:
        found.append(_edit_row(act))
        act = after.get(act.id)
    return found[::-1]


def _edit_row(act: ClauseAct) -> EditRow:
    return EditRow(
        act.id, act.what, act.heading, act.text, act.number, act.recorded_at, act.organisation_id
    )


def _live(session: Session, actor: Actor, document_id: UUID, head: Any) -> dict[UUID, Any]:
    """The clauses as they read now, whether or not their rows have the last words yet."""
    found = {row.id: row for row in guard.ask(session, actor, _LIVE, document=document_id)}
    typed = _typed(session, actor, document_id, head)
    return {cid: _as_typed(row, typed.get(cid)) for cid, row in found.items()} if typed else found


def _typed(session: Session, actor: Actor, document_id: UUID, head: Any) -> dict[UUID, Wrote]:
    """What was typed since the rows got their words. A page reads it once."""
    if not head.last or head.last <= (head.line or 0):
        return {}
    read = session.info.setdefault("drafting_typed", {})
    state = document_id, head.last, head.line
    if state not in read:
        seed = seed_of(session, actor, document_id)
        read[state] = live.newer(session, actor, document_id, head.line or 0, seed)
    found: dict[UUID, Wrote] = read[state]
    return found


@dataclass(frozen=True)
class _Typed:
    """A clause's row with the words of the document."""

    id: UUID
    kind: str
    heading: str
    text: str
    changed_at: datetime
    changed_by: UUID
    html: str = ""
    html_by: str = ""


def _as_typed(row: Any, wrote: Wrote | None) -> Any:
    words = wrote.words if wrote else None
    if wrote is None or words is None:
        return row
    if (row.kind, row.heading, row.text) == (words.kind, words.heading, words.text):
        return row
    at, by = wrote.at or row.changed_at, wrote.organisation_id or row.changed_by
    return _Typed(row.id, words.kind, words.heading, words.text, at, by)


def _to_clause(row: Any) -> Clause:
    return Clause(row.id, row.kind, row.heading, row.text)


def html_of(row: Any, language: str) -> str:
    """The rendered copy; made anew where another version of the cleaner wrote it."""
    if row.html_by == CLEANER_VERSION:
        return str(row.html)
    return _rendered(row.text, language)


@lru_cache(maxsize=1_024)
def _rendered(text: str, language: str) -> str:
    """What was typed live is rendered when it is read, once."""
    return render(text, language)
