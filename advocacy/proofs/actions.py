"""Plant a log, enter an act, erase a statement, keep a passkey's signature, note a key."""

from base64 import urlsafe_b64decode
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event as AnyEvent
from advocacy.formats.jws import PublicKey, encoded
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.proofs import queries, rules
from advocacy.proofs.schema import ProofEntry, ProofKey, ProofSignature, ProofStatement, ProofTree
from advocacy.signoff import queries as signoff
from advocacy.signoff.actions import ANSWER_SEATS
from advocacy.signoff.rows import AnswerRow, RoundRow


def plant(session: Session, actor: Actor, event: AnyEvent, about: UUID) -> None:
    """Begin the log of a round, in the transaction that opens it."""
    round_id = UUID(event.detail()["round"])
    invited = signoff.invited(session, actor, round_id)
    session.add(
        ProofTree(round_id=round_id, seed=_by_chance(), batch=rules.batch_for(len(invited)))
    )
    session.flush()


def enter(session: Session, actor: Actor, event: AnyEvent, about: UUID) -> None:
    """Enter an act of answering into the log of its round, in the transaction of the act.

    about: the act. A round that was opened before there were logs has none.
    """
    answer = signoff.receipt(session, actor, about)
    planted = queries.tree(session, answer.round_id)
    if planted is None:
        return
    round_ = signoff.round_of(session, actor, answer.round_id)
    conditions = _conditions(answer)
    statement = rules.statement(_deed(actor, answer, round_), conditions)
    salt, place = _by_chance(), _place(session, actor, planted, round_)
    session.add(
        ProofEntry(round_id=round_.id, place=place, commitment=rules.committed(salt, statement))
    )
    own = audience.intern(session, {answer.organisation_id})
    session.add(
        ProofStatement(
            organisation_id=answer.organisation_id,
            audience_id=own,
            own_audience_id=own,
            answer_id=answer.id,
            round_id=round_.id,
            place=place,
            salt=salt,
            statement=statement,
            conditions=conditions,
        )
    )
    session.flush()


def _by_chance() -> str:
    """244 bits of chance in 64 signs, from the one source that comparisons of worlds can seed."""
    return new_id().hex + new_id().hex


def _place(session: Session, actor: Actor, planted: ProofTree, round_: RoundRow) -> int:
    epoch = len(rules.moments(queries.span(round_), until=actor.now))
    later = select(ProofEntry.place).where(
        ProofEntry.round_id == planted.round_id, ProofEntry.place >= epoch * planted.batch
    )
    return rules.free_place(new_id().int, epoch, planted.batch, set(session.scalars(later)))


def _conditions(answer: AnswerRow) -> dict[str, Any]:
    """How the answer was given: the dials, the words, and the act it follows."""
    return {
        "follows": str(answer.previous_id or ""),
        "outside": answer.outside,
        "inside": answer.inside,
        "shown_name": answer.shown_name,
        "logo": answer.logo,
        "note": answer.note,
        "printed": answer.printed,
        "clauses": [[str(a.clause_id), a.clause_hash] for a in answer.clauses],
    }


def _deed(actor: Actor, answer: AnswerRow, round_: RoundRow) -> rules.Deed:
    held = (kind for kind, _seat in actor.seats if kind in ANSWER_SEATS)
    return rules.Deed(
        issuer=round_.workspace_id,
        answer_id=answer.id,
        organisation_id=answer.organisation_id,
        organisation_name=actor.organisation_name,
        person_id=answer.person_id,
        role=next(held, ""),
        auth=actor.auth,
        position_id=round_.position_id,
        version_id=answer.version_id,
        content_hash=answer.content_hash,
        decision=answer.kind,
        at=answer.recorded_at,
    )


def erase(session: Session, actor: Actor, answer_id: UUID) -> None:
    """Erase what an entry of the log commits to, and what a passkey signed (practice A3).

    The log stays as it is. Nobody, we included, can show from then on what the entry said; copies
    of the receipt that were taken before still can. Doing it twice changes nothing.
    Raises: NotFound, Denied.
    """
    answer = signoff.receipt(session, actor, answer_id)
    policy.require(actor, "proof:erase", policy.About(organisation_id=answer.organisation_id))
    statement = queries.statement(session, answer_id)
    if statement is None:
        return
    signature = select(ProofSignature).where(ProofSignature.answer_id == answer_id)
    for row in (statement, *session.scalars(signature)):
        session.delete(row)
    session.flush()
    book = f"proofs:{answer.organisation_id}"
    audit.record(session, actor, rules.Erased(str(answer_id)), book=book, about=answer_id)


def challenge(session: Session, actor: Actor, answer_id: UUID) -> bytes:
    """What the signer's passkey has to sign for this act. Raises NotFound, Denied; Conflict."""
    answer = signoff.receipt(session, actor, answer_id)
    policy.require(actor, "proof:sign", policy.About(person_id=answer.person_id))
    statement = queries.statement(session, answer_id)
    signed = select(ProofSignature.id).where(ProofSignature.answer_id == answer_id)
    faults = rules.signature_faults(
        is_signer=answer.person_id == actor.person_id,
        is_erased=statement is None,
        is_signed=session.scalar(signed) is not None,
    )
    if faults or statement is None:
        raise Conflict(*faults)
    return rules.challenge(statement.statement)


def keep_signature(
    session: Session, actor: Actor, answer_id: UUID, *, passkey_id: UUID, signed: dict[str, str]
) -> None:
    """Keep the signature of a passkey that was checked against `challenge`.

    The organisation asks for it by this act: without it none is kept (practice A3).
    Raises: as `challenge`.
    """
    challenge(session, actor, answer_id)
    organisation = actor.must_organisation()
    own = audience.intern(session, {organisation})
    session.add(
        ProofSignature(
            organisation_id=organisation,
            audience_id=own,
            own_audience_id=own,
            answer_id=answer_id,
            passkey_id=passkey_id,
            signed=signed,
            signed_at=actor.now,
        )
    )
    session.flush()
    book = f"proofs:{organisation}"
    audit.record(session, actor, rules.Signed(str(answer_id)), book=book, about=answer_id)


def note_key(session: Session, actor: Actor, key: PublicKey, what: str) -> None:
    """Write down what became of a public key of the server; once for each. For commands."""
    rows = [row for row in queries.keys(session) if row.kid == key.kid]
    known = {
        rules.What.USED: any(row.used_from for row in rows),
        rules.What.RETIRED: any(row.retired_at for row in rows),
        rules.What.COMPROMISED: any(row.compromised_at for row in rows),
    }
    if known[rules.What(what)]:
        return
    row = ProofKey(id=new_id(), kid=key.kid, x=encoded(key.x), what=what, at=actor.now)
    session.add(row)
    session.flush()
    audit.record(session, actor, rules.KeyNoted(key.kid, what), book="keys", about=row.id)


def mark_stolen(session: Session, actor: Actor, kid: str) -> None:
    """Say of a key that others may have it. Raises NotFound for a key that was never noted;
    Invalid while it is the only one in use."""
    row = next((row for row in queries.keys(session) if row.kid == kid), None)
    if row is None:
        raise NotFound
    if row.retired_at is None:
        raise Invalid(Reason("proofs.rotate-first"))
    note_key(session, actor, PublicKey(_x(row.x)), rules.What.COMPROMISED)


def _x(written: str) -> bytes:
    return urlsafe_b64decode(written + "=")
