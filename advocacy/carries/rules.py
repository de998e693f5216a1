"""What is different for who signed before; whether it is only spelling; the room's events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from advocacy.annexes import rules as annexes
from advocacy.audit.rules import Event
from advocacy.carries.schema import What
from advocacy.ground.reasons import Reason
from advocacy.positions.rows import VersionRow
from advocacy.text.editorial import is_spelling, spelled_otherwise

RECALL = timedelta(hours=24)
LONGEST_REASON = 1_000


@dataclass(frozen=True)
class AnswerCarried(Event):
    NAME = "carries.carried"
    round: str
    content_hash: str
    how: str


@dataclass(frozen=True)
class SpellingActed(Event):
    NAME = "carries.spelling"
    what: str


@dataclass(frozen=True)
class Voided(Event):
    NAME = "carries.voided"
    round: str


def differences(signed: VersionRow, now: VersionRow) -> list[Reason]:
    """Why an organisation is asked again, in the order of the text; empty = nothing differs.

    signed: the version that this organisation answered, not simply the one before.
    """
    return [*terms(signed, now), *_clauses(signed, now)]


def terms(signed: VersionRow, now: VersionRow) -> Iterator[Reason]:
    """What differs beside the clauses: title, language, how it goes out, annexes."""
    if signed.title != now.title:
        yield Reason("carries.title")
    if signed.language != now.language:
        yield Reason("carries.language")
    before, after = signed.terms, now.terms
    if before.channel != after.channel:
        yield Reason(f"carries.now-{after.channel}")
    for name in ("audience", "attribution", "embargo", "unnamed"):
        if getattr(before, name) != getattr(after, name):
            yield Reason(f"carries.{name}")
    yield from annexes.differences(signed.annexes, now.annexes)


def _clauses(signed: VersionRow, now: VersionRow) -> Iterator[Reason]:
    old = {clause.cid: (n, clause) for n, clause in enumerate(signed.clauses, 1)}
    new = {clause.cid for clause in now.clauses}
    stayed = [clause.cid for clause in signed.clauses if clause.cid in new]
    order = [clause.cid for clause in now.clauses if clause.cid in old]
    for number, clause in enumerate(now.clauses, 1):
        if clause.cid not in old:
            yield Reason("carries.clause-new", facts={"number": number})
        elif old[clause.cid][1].hash != clause.hash:
            yield Reason("carries.clause-changed", facts={"number": number})
        elif stayed.index(clause.cid) != order.index(clause.cid):
            yield Reason("carries.clause-moved", facts={"number": number})
    for number, clause in old.values():
        if clause.cid not in new:
            yield Reason("carries.clause-gone", facts={"number": number})


def is_only_spelling(signed: VersionRow, now: VersionRow) -> bool:
    """Whether nothing but spelling and layout differs.

    A change of terms never is, nor one of an annex (I9, I10).
    """
    if (signed.language, signed.terms) != (now.language, now.terms):
        return False
    if any(annexes.differences(signed.annexes, now.annexes)):
        return False
    if spelled_otherwise(signed.title, now.title) is None:
        return False
    return is_spelling(signed.clauses, now.clauses)


def carries_notes(signed: VersionRow, now: VersionRow, about: set[UUID]) -> bool:
    """Whether a reservation on these clauses still fits: each reads as it read (I18)."""
    before = {clause.cid: clause.hash for clause in signed.clauses}
    after = {clause.cid: clause.hash for clause in now.clauses}
    return all(before.get(cid) == after.get(cid) for cid in about)


def proposal_faults(*, is_open: bool, is_spelling: bool, closes_at: datetime, now: datetime,
                    last: str | None) -> list[Reason]:  # fmt: skip
    """Why a change cannot be proposed as spelling. last: what was done about it already."""
    if not is_open:
        return [Reason("signoff.round-closed")]
    if last is not None:
        return [Reason("carries.proposed-already")]
    if closes_at - now < RECALL:
        return [Reason("carries.too-late")]
    return [] if is_spelling else [Reason("carries.not-spelling")]


def second_faults(last: str | None, *, is_same_person: bool) -> list[Reason]:
    """Why this person cannot be the second to say that it is only spelling."""
    if last != What.PROPOSED:
        return [Reason("carries.nothing-proposed")]
    return [Reason("carries.own-proposal")] if is_same_person else []


def reason_faults(reason: str) -> list[Reason]:
    """What is wrong with the reason an answer is taken out for."""
    if not reason:
        return [Reason("form.required", "reason")]
    if len(reason) > LONGEST_REASON:
        return [Reason("form.too-long", "reason", {"most": LONGEST_REASON})]
    return []
