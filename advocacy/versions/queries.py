"""Two sides of a comparison, and what is different."""

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.drafting import queries as drafts
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionHead, VersionRow
from advocacy.positions.schema import Position
from advocacy.text import diff
from advocacy.versions.rows import Comparison


def number_before(heads: list[VersionHead]) -> str:
    """What the text is compared with unless somebody chooses: the newest version."""
    return str(heads[0].number) if heads else "draft"


def side(session: Session, actor: Actor, of: Position, name: str) -> VersionRow:
    """One side of a comparison: a version by its number, or the `draft` (number 0)."""
    if name != "draft":
        return positions.numbered(session, actor, of.id, int(name))
    return VersionRow(
        id=of.id,
        position_id=of.id,
        number=0,
        title=of.title,
        language=of.language,
        terms=positions.details(of).terms,
        content_hash="",
        frozen_at=actor.now,
        clauses=tuple(drafts.clauses(session, actor, of.document_id)),
    )


def comparison(session: Session, actor: Actor, of: Position, before: str, after: str) -> Comparison:
    """What changed between two sides (see `side`)."""
    one, other = (side(session, actor, of, name) for name in (before, after))
    changes = diff.compare(one.clauses, other.clauses)
    return Comparison(one, other, changes, diff.summary(changes))
