"""What everybody may read at this instant, compared with a copy."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.checks import rules
from advocacy.checks.rules import State
from advocacy.ground.errors import TooLarge, TooMany
from advocacy.ground.reasons import Reason
from advocacy.releases import queries as releases
from advocacy.releases.rules import End
from advocacy.releases.schema import Release
from advocacy.text.canon import plain


@dataclass(frozen=True)
class Outcome:
    """What a copy is. Of an unknown one nothing is said; never who endorses."""

    state: State
    release_id: UUID | None = None
    title: str = ""
    number: int = 0
    released_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    more: int = 0
    newer_id: UUID | None = None


_UNKNOWN = Outcome(State.UNKNOWN)
_ORDER = {State.ENDORSED: 0, State.SUPERSEDED: 1, State.WITHDRAWN: 2}

# The words of texts that went out: a release never changes, so neither do they.
_words: OrderedDict[UUID, tuple[str, ...]] = OrderedDict()
_lock, _MOST_KEPT = Lock(), 500


def outcome(session: Session, actor: Actor, copy: str) -> Outcome:
    """What a pasted copy is. actor: nobody; the session is one of a stranger.

    Raises: TooLarge for more than `rules.LONGEST` signs.
    """
    if actor.organisation_id is not None:
        raise ValueError("a check knows what strangers know")
    if len(copy) > rules.LONGEST:
        raise TooLarge(Reason("checks.too-long", "copy", {"most": rules.LONGEST}))
    given = plain(copy)
    columns = (Release.id, Release.position_id, Release.title, Release.number, Release.released_at)
    rows = session.execute(select(*columns).order_by(Release.released_at.desc())).all()
    newest: dict[UUID, UUID] = {}
    for row in rows:
        newest.setdefault(row.position_id, row.id)
    found = []
    for row in rows:
        hit = rules.find(given, plain(row.title), _parts(session, actor, row.id))
        if hit is not None:
            found.append(_outcome(session, actor, row.id, newest[row.position_id], hit.more))
    return min(found, key=lambda one: _ORDER[one.state], default=_UNKNOWN)


def _outcome(session: Session, actor: Actor, release_id: UUID, newest: UUID, more: int) -> Outcome:
    row = releases.release(session, actor, release_id)
    state, end = State.ENDORSED, row.end
    newer = newest if newest != release_id else None
    if end is not None and end.kind == End.CORRECTED:
        state, newer = State.SUPERSEDED, end.successor_id or newer
    elif end is not None and end.kind == End.WITHDRAWN:
        state = State.WITHDRAWN
    elif newer is not None:
        state = State.SUPERSEDED
    return Outcome(
        state=state,
        release_id=row.id,
        title=row.title,
        number=row.number,
        released_at=row.out_at,
        ended_at=end.at if end else None,
        reason=end.reason if end else "",
        more=more,
        newer_id=newer if state == State.SUPERSEDED else None,
    )


def _parts(session: Session, actor: Actor, release_id: UUID) -> tuple[str, ...]:
    with _lock:
        kept = _words.get(release_id)
    if kept is None:
        clauses = releases.must_release(session, actor, release_id).clauses
        kept = rules.parts([(one["heading"], one["html"]) for one in clauses])
        with _lock:
            _words[release_id] = kept
            while len(_words) > _MOST_KEPT:
                _words.popitem(last=False)
    return kept


def unless_too_many(session: Session, *, key: str, now: datetime) -> None:
    """Raises TooMany for a network that checked often in the last minute."""
    if accounts.attempts(session, key, since=now - rules.WITHIN) >= rules.MOST:
        seconds = int(rules.WITHIN.total_seconds())
        raise TooMany(Reason("checks.slow-down", facts={"seconds": seconds}))
