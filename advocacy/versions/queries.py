"""Two sides of a comparison, and what is different."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.annexes import queries as annexes
from advocacy.annexes import rules as annexing
from advocacy.annexes.rows import AnnexRow
from advocacy.drafting import queries as drafts
from advocacy.ground.errors import NotFound
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionHead, VersionRow
from advocacy.positions.schema import Position
from advocacy.text import bounded, diff
from advocacy.text.diff import Change, ClauseChange
from advocacy.text.hashes import Clause, Terms
from advocacy.versions import rules
from advocacy.versions.rows import Comparison, LastRead, Line
from advocacy.versions.schema import ReadAnnexes, Reading, ReadText

DRAFT, READ = "draft", "read"
"""Names of the sides that are no version: today's text, and what this person last read."""
_OPENING = 90

_reading, _text, _annexed = Reading.__table__, ReadText.__table__, ReadAnnexes.__table__


def number_before(heads: list[VersionHead]) -> str:
    """What the text is compared with when nothing was signed or read: the newest version."""
    return str(heads[0].number) if heads else DRAFT


_LAST = (
    select(
        _reading.c.at,
        *(_text.c[n] for n in ("content_hash", "title", "terms", "clauses")),
        _annexed.c.annexes,
    )
    .select_from(
        _reading.join(
            _text, and_(_text.c.id == _reading.c.text_id, guard.readers(_text.c.audience_id))
        ).outerjoin(
            _annexed,
            and_(_annexed.c.text_id == _text.c.id, guard.readers(_annexed.c.audience_id)),
        )
    )
    .where(
        _reading.c.position_id == bindparam("position"),
        _reading.c.person_id == bindparam("person"),
        _reading.c.organisation_id
        == bindparam(guard.READER, type_=_reading.c.organisation_id.type),
        guard.readers(_reading.c.audience_id),
    )
)


def last_read(session: Session, actor: Actor, of: Position) -> LastRead | None:
    """What this person last read of a text, if they ever said so."""
    values = {"position": of.id, "person": actor.person_id}
    row = guard.ask(session, actor, _LAST, **values).first()
    if row is None:
        return None
    read = _now(
        actor,
        of,
        row.title,
        Terms(**row.terms),
        tuple(_clause(entry) for entry in row.clauses),
        tuple(rules.annex_of(kept) for kept in row.annexes or ()),
    )
    return LastRead(row.at, replace(read, content_hash=row.content_hash))


def _clause(entry: list[Any]) -> Clause:
    cid, kind, heading, text, lang = entry
    return Clause(UUID(cid), kind, heading, text, lang)


def _now(
    actor: Actor,
    of: Position,
    title: str,
    terms: Terms,
    clauses: tuple[Clause, ...],
    annexed: tuple[AnnexRow, ...],
) -> VersionRow:
    return VersionRow(
        id=of.id,
        position_id=of.id,
        number=0,
        title=title,
        language=of.language,
        terms=terms,
        content_hash="",
        frozen_at=actor.now,
        clauses=clauses,
        annexes=annexed,
    )


def side(session: Session, actor: Actor, of: Position, name: str) -> VersionRow:
    """One side of a comparison: a version by its number, `draft` or `read` (number 0).

    Raises NotFound for a version that is not there, or where nothing was read yet.
    """
    if name == READ:
        last = last_read(session, actor, of)
        if last is None:
            raise NotFound
        return last.text
    if name != DRAFT:
        return _numbered(session, actor, of.id, int(name))
    clauses = tuple(drafts.clauses(session, actor, of.document_id))
    annexed = tuple(annexes.of_draft(session, actor, of.document_id))
    return _now(actor, of, of.title, positions.details(of).terms, clauses, annexed)


def _numbered(session: Session, actor: Actor, position_id: UUID, number: int) -> VersionRow:
    heads = positions.versions(session, actor, position_id)
    found = next((head.id for head in heads if head.number == number), None)
    if found is None:
        raise NotFound
    return positions.version(session, actor, found)


def comparison(session: Session, actor: Actor, of: Position, before: str, after: str) -> Comparison:
    """What changed between two sides (see `side`)."""
    one, other = (side(session, actor, of, name) for name in (before, after))
    return compared(one, other)


def compared(one: VersionRow, other: VersionRow) -> Comparison:
    """What changed between two texts."""
    changes = bounded.compare(one.clauses, other.clauses)
    annexed = annexing.compared(one.annexes, other.annexes)
    return Comparison(one, other, changes, diff.summary(changes), annexed)


def lines(now: VersionRow, before: VersionRow | None) -> tuple[list[Line], list[Line]]:
    """The clauses of a version against an earlier one, and those that are gone from it."""
    earlier = before if before and before.id != now.id else None
    changes = bounded.compare(earlier.clauses, now.clauses) if earlier else []
    of = {change.cid: change for change in changes}
    kept = [
        _line(n, clause, Markup(now.html[clause.cid]), now.language, of.get(clause.cid))  # noqa: S704 - the stored, cleaned copy
        for n, clause in enumerate(now.clauses, 1)
    ]
    gone = [
        _line(0, change.before, Markup(), now.language, change)
        for change in changes
        if change.before and change.after is None
    ]
    return kept, gone


def _opening(html: Markup) -> str:
    words = html.striptags()
    return f"{words[:_OPENING].rstrip()}…" if len(words) > _OPENING else words


def _line(
    number: int, clause: Clause, html: Markup, language: str, change: ClauseChange | None
) -> Line:
    line = Line(
        number,
        clause.heading,
        html,
        clause.lang or language,
        opening=_opening(html),
        is_ask=clause.kind == "recommendation",
    )
    if change is None or change.kind is Change.UNCHANGED:
        return line
    return replace(
        line,
        change=change.kind.value,
        number_before=change.number_before or 0,
        words=change.words if change.kind in {Change.CHANGED, Change.REMOVED} else (),
        heading_words=change.heading_words if change.kind is Change.CHANGED else (),
    )
