"""Read a text in other languages."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.drafting import queries as drafts
from advocacy.ground.errors import NotFound
from advocacy.positions.rows import VersionRow
from advocacy.renderings import rules
from advocacy.renderings.rows import Progress, RenderingRow, Side, State
from advocacy.renderings.schema import RenderingAct

_act: Any = RenderingAct.__table__
_OF = select(_act).where(
    _act.c.position_id == bindparam("position"), guard.readers(_act.c.audience_id)
)
_IN = _OF.where(_act.c.language == bindparam("language"))


def must_language(record: str, language: str) -> str:
    """The language, if a text signed in `record` can be put into it. Raises NotFound."""
    if language not in rules.languages(record):
        raise NotFound
    return language


def _acts(
    session: Session, actor: Actor, position_id: UUID, language: str = ""
) -> dict[tuple[str, UUID], list[Any]]:
    found: dict[tuple[str, UUID], list[Any]] = defaultdict(list)
    named = {"position": position_id, **({"language": language} if language else {})}
    for act in guard.ask(session, actor, _IN if language else _OF, **named):
        found[act.language, act.cid].append(act)
    return found


def sides(session: Session, actor: Actor, of: Any, language: str) -> list[Side]:
    """The live text beside what it is in another language."""
    must_language(of.language, language)
    acts = _acts(session, actor, of.id, language)
    return [
        Side(
            row.number,
            row.clause,
            row.html,
            rules.standing(acts[language, row.clause.cid], row.clause.hash),
        )
        for row in drafts.rows(session, actor, of.document_id)
    ]


def side(session: Session, actor: Actor, of: Any, language: str, cid: UUID) -> Side:
    """One clause of it. Raises NotFound: no such clause in the text, no such language."""
    for found in sides(session, actor, of, language):
        if found.clause.cid == cid:
            return found
    raise NotFound


def progress(session: Session, actor: Actor, of: Any) -> list[Progress]:
    """How far the live text has come in each language."""
    acts = _acts(session, actor, of.id)
    clauses = [c for c in drafts.clauses(session, actor, of.document_id) if rules.has_words(c)]
    return [
        _progress(language, [rules.standing(acts[language, c.cid], c.hash) for c in clauses])
        for language in rules.languages(of.language)
    ]


def version_progress(session: Session, actor: Actor, version: VersionRow) -> list[Progress]:
    """The same for a frozen version."""
    acts = _acts(session, actor, version.position_id)
    clauses = [clause for clause in version.clauses if rules.has_words(clause)]
    return [
        _progress(
            language,
            [rules.kept(acts[language, c.cid], c.hash, version.frozen_at) for c in clauses],
        )
        for language in rules.languages(version.language)
    ]


def _progress(language: str, rows: list[RenderingRow]) -> Progress:
    states = [row.state for row in rows]
    return Progress(
        language=language,
        clauses=len(states),
        checked=states.count(State.CHECKED) + states.count(State.LATER),
        drafts=states.count(State.DRAFT),
        outdated=states.count(State.OUTDATED),
    )


def of_version(session: Session, actor: Actor, version: VersionRow, language: str) -> list[Side]:
    """A frozen version beside its checked renderings. Raises NotFound: no such language."""
    must_language(version.language, language)
    acts = _acts(session, actor, version.position_id, language)
    return [
        Side(
            number,
            clause,
            version.html[clause.cid],
            rules.kept(acts[language, clause.cid], clause.hash, version.frozen_at),
        )
        for number, clause in enumerate(version.clauses, 1)
    ]
