"""Read logs, heads and one's own proofs."""

from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.positions import queries as positions
from advocacy.proofs import rules
from advocacy.proofs.rows import KeyRow, Log, Proof
from advocacy.proofs.rules import Head, Span, What
from advocacy.proofs.schema import ProofEntry, ProofKey, ProofSignature, ProofStatement, ProofTree
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.text import merkle
from advocacy.text.hashes import content_bytes


def span(round_: RoundRow) -> Span:
    """The times of a round that its heads depend on."""
    ends = [at for at in (round_.closes_at, round_.ended_at) if at]
    return Span(round_.opened_at, min(ends))


def tree(session: Session, round_id: UUID) -> ProofTree | None:
    """The log of a round the reader sees; None where it opened before there were logs."""
    return session.get(ProofTree, round_id)


def log(session: Session, actor: Actor, round_id: UUID) -> Log:
    """The log of a round with all heads that are out. Raises NotFound; the log of a round that
    this reader sees is theirs to hold, whoever answered."""
    round_ = signoff.round_of(session, actor, round_id)
    planted = tree(session, round_id)
    if planted is None:
        raise NotFound
    when = span(round_)
    due = rules.can_be_had(when, now=actor.now)
    roots = _roots(session, planted, len(due))
    empty = Head(0, round_.opened_at, 0, merkle.root([]))
    heads = (rules.head(n, at, planted.batch, roots) for n, at in enumerate(due, 1))
    return Log(
        round_id=round_id,
        position_id=round_.position_id,
        heads=(empty, *heads),
        next_at=rules.next_head(when, after=actor.now - rules.GRACE),
        batch=planted.batch,
        roots=tuple(roots),
    )


def _roots(session: Session, planted: ProofTree, batches: int) -> list[bytes]:
    """The roots of the first batches."""
    within = ProofEntry.round_id == planted.round_id, ProofEntry.place < batches * planted.batch
    rows = session.execute(select(ProofEntry.place, ProofEntry.commitment).where(*within))
    by_batch: dict[int, list[tuple[int, str]]] = {}
    for place, committed in rows:
        by_batch.setdefault(place // planted.batch, []).append((place, committed))
    return [
        _root(planted.seed, planted.batch, n, tuple(sorted(by_batch.get(n, ()))))
        for n in range(batches)
    ]


@lru_cache(maxsize=4096)
def _root(seed: str, batch: int, epoch: int, entries: tuple[tuple[int, str], ...]) -> bytes:
    """The root of one batch: it is asked again and again, and never another one."""
    return merkle.root(rules.leaves(seed, batch, epoch, dict(entries)))


def growth(
    session: Session, actor: Actor, round_id: UUID, *, first: int, second: int
) -> dict[str, Any]:
    """The proof that a log of one length is the beginning of a longer one.

    Raises: NotFound where there is no head of one of these lengths.
    """
    found = log(session, actor, round_id)
    by_size = {head.size: head for head in found.heads}
    old, new = by_size.get(first), by_size.get(second)
    if old is None or new is None or first > second:
        raise NotFound
    steps = merkle.growth(old.number, found.roots[: new.number])
    return {
        "tree": str(round_id),
        "first": {"size": old.size, "root": old.root.hex()},
        "second": {"size": new.size, "root": new.root.hex()},
        "proof": [step.hex() for step in steps],
    }


def proof(session: Session, actor: Actor, answer_id: UUID) -> Proof:
    """What the actor's organisation can show for one of its acts. Raises NotFound to all others."""
    answer = signoff.receipt(session, actor, answer_id)
    planted = tree(session, answer.round_id)
    kept = statement(session, answer_id)
    if planted is None or kept is None:
        return Proof(answer, has_log=planted is not None, statement=None)
    signature = session.scalars(
        select(ProofSignature).where(ProofSignature.answer_id == answer_id)
    ).first()
    place, is_logged = _in_log(session, actor, planted, kept)
    payload = {"statement": kept.statement, "salt": kept.salt, "log": place}
    if signature is not None:
        payload["passkey"] = signature.signed
    when = span(signoff.round_of(session, actor, answer.round_id))
    at = _moment(when, kept.place // planted.batch)
    return Proof(
        answer=answer,
        has_log=True,
        statement=kept.statement,
        conditions=kept.conditions,
        payload=payload,
        by=at + rules.GRACE,
        is_logged=is_logged,
        signed_at=signature.signed_at if signature else None,
        text=_text(session, actor, answer.version_id, answer.content_hash),
    )


def statement(session: Session, answer_id: UUID) -> ProofStatement | None:
    """The statement behind an act of the reader's own organisation; None where it was erased."""
    query = select(ProofStatement).where(ProofStatement.answer_id == answer_id)
    return session.scalars(query).first()


def _moment(when: Span, epoch: int) -> Any:
    """The fixed time of an epoch, which may lie ahead."""
    until = when.over_at + rules.AFTER_CLOSE * (epoch + 1)
    return rules.moments(when, until=until)[epoch]


def _in_log(
    session: Session, actor: Actor, planted: ProofTree, kept: ProofStatement
) -> tuple[dict[str, Any], bool]:
    """Where a statement stands in the first head that holds it, or by when it will."""
    when = span(signoff.round_of(session, actor, planted.round_id))
    number = kept.place // planted.batch + 1
    due = rules.can_be_had(when, now=actor.now)
    data = bytes.fromhex(rules.committed(kept.salt, kept.statement))
    said = {"tree": str(planted.round_id), "leaf": merkle.leaf(data).hex()}
    if number > len(due):
        by = _moment(when, number - 1) + rules.GRACE
        return said | {"by": rules.said(by)}, False
    roots = _roots(session, planted, number)
    head = rules.head(number, due[number - 1], planted.batch, roots)
    first = (number - 1) * planted.batch
    within = select(ProofEntry.place, ProofEntry.commitment).where(
        ProofEntry.round_id == planted.round_id,
        ProofEntry.place >= first,
        ProofEntry.place < first + planted.batch,
    )
    entries = {row.place: row.commitment for row in session.execute(within)}
    hashes = rules.leaves(planted.seed, planted.batch, number - 1, entries)
    path = [*merkle.path(kept.place - first, hashes), *merkle.path(number - 1, roots)]
    return said | {
        "at": rules.said(head.at),
        "index": kept.place,
        "size": head.size,
        "root": head.root.hex(),
        "path": [step.hex() for step in path],
    }, True


def _text(session: Session, actor: Actor, version_id: UUID, wanted: str) -> bytes:
    """The bytes whose hash was signed; none where the way of hashing has changed since."""
    version = positions.version(session, actor, version_id)
    annexed = tuple(row.line for row in version.annexes)
    data = content_bytes(version.title, version.language, version.clauses, version.terms, annexed)
    return data if sha256(data).hexdigest() == wanted else b""


def keys(session: Session) -> list[KeyRow]:
    """The public keys of the server that were noted, newest first."""
    found: dict[str, dict[str, Any]] = {}
    for row in session.scalars(select(ProofKey).order_by(ProofKey.at.desc(), ProofKey.kid)):
        found.setdefault(row.kid, {"x": row.x})[row.what] = row.at
    return [
        KeyRow(
            kid=kid,
            x=about["x"],
            used_from=about.get(What.USED),
            retired_at=about.get(What.RETIRED),
            compromised_at=about.get(What.COMPROMISED),
        )
        for kid, about in found.items()
    ]
