"""All texts that went out; and what headquarters needs to clear one, as it may know it."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.annexes.rules import differences
from advocacy.editions.rows import Pack
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.releases import queries as releases
from advocacy.releases.rows import ClauseOut, Listed, ReleaseRow
from advocacy.renderings import queries as renderings
from advocacy.renderings.rows import Side
from advocacy.renderings.rows import State as RenderingState
from advocacy.signoff import queries as signoff
from advocacy.text import diff
from advocacy.text.diff import Change


def pack(session: Session, actor: Actor, round_id: UUID) -> Pack:
    """The pack of a round (practice B21). Raises NotFound for all whom it does not ask."""
    round_ = signoff.round_of(session, actor, round_id)
    if not signoff.is_invited(session, actor, round_id):
        raise NotFound
    version = positions.version(session, actor, round_.version_id)
    answered = signoff.answer_before(session, actor, round_)
    before = positions.version(session, actor, answered.version_id) if answered else None
    changes = diff.compare(before.clauses, version.clauses) if before else []
    names = organisations.names(session, [round_.lead_id])
    lines = signoff.roster(session, actor, round_id)
    return Pack(
        round=round_,
        version=version,
        lead=names.get(round_.lead_id, ""),
        before=before,
        changes=tuple(change for change in changes if change.kind is not Change.UNCHANGED),
        annex_changes=tuple(differences(before.annexes, version.annexes)) if before else (),
        others=tuple(line for line in lines if line.answer is not None and not line.us),
        harm=releases.harm_check(session, actor, round_.version_id),
    )


def text_of(session: Session, actor: Actor, release_id: UUID, language: str = "") -> ReleaseRow:
    """A text that may be handed on, as signed; or in a language that it can be read in.

    A translation holds the clauses that were checked and the others as signed, and names only who
    let its name stand under one (practice B23). Raises NotFound, also where this reader reads no
    checked clause in that language.
    """
    if not language:
        return releases.standing(session, actor, release_id)
    row = releases.standing(session, actor, release_id, translated=True)
    kept = releases.must_release(session, actor, release_id)
    version = positions.version(session, actor, kept.version_id)
    sides = renderings.of_version(session, actor, version, language)
    if not any(_is_there(side) for side in sides):
        raise NotFound
    pairs = zip(row.clauses, sides, strict=True)
    clauses = tuple(_rendered(clause, side, language) for clause, side in pairs)
    return replace(row, clauses=clauses, language=language, translated_from=row.language)


def _is_there(side: Side) -> bool:
    return side.rendering.state in {RenderingState.CHECKED, RenderingState.LATER}


def _rendered(clause: ClauseOut, side: Side, language: str) -> ClauseOut:
    if not _is_there(side):
        return clause
    of = side.rendering
    return replace(clause, heading=of.heading, html=of.html, language=language)


def languages(session: Session, actor: Actor, release_id: UUID) -> list[str]:
    """The languages in which this reader reads something of a text, beside that of record."""
    version_id = releases.must_release(session, actor, release_id).version_id
    version = positions.version(session, actor, version_id)
    rows = renderings.version_progress(session, actor, version)
    return [row.language for row in rows if row.checked]


def listing(session: Session, actor: Actor, slug: str) -> list[Listed]:
    """The newest texts of a workspace that went out and that this reader may read now.

    One that was withdrawn is among them: who used it must learn of it. One that was replaced is
    not. Raises NotFound where a stranger has nothing to read: no workspace is known by its name.
    """
    if not actor.is_signed_in:
        found = releases.listed(session, actor, slug)
        if not found:
            raise NotFound
        return found
    organisations.workspace(session, actor, slug)
    return releases.listed(session, actor, slug)
