"""A receipt of Legal, with what its checkers are given: from a round, or of its parts alone."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from advocacy.formats.jws import PublicKey
from advocacy.formats.keyring import Keyring
from advocacy.formats.verify_receipt import Given, Key
from advocacy.ground.unit import Database
from advocacy.proofs import mapper, queries, rules
from advocacy.proofs.rows import Proof
from advocacy.signoff.rows import AnswerRow
from advocacy.text import merkle
from advocacy.text.hashes import Clause, Terms, content_bytes
from tests.world import NOW, World


@dataclass(frozen=True)
class Taken:
    """What an organisation has taken home."""

    proof: Proof
    token: str
    given: Given

    def without(self, **other: Any) -> Given:
        return replace(self.given, **other)


def take(database: Database, world: World, ring: Keyring, answer_id: UUID, at: datetime) -> Taken:
    """The receipt of an answer of Legal as it can be had at that time."""
    actor = world.actor("legal", now=at)
    with database.reading(actor) as session:
        proof = queries.proof(session, actor, answer_id)
        log = queries.log(session, actor, proof.answer.round_id)
    key = ring.current()
    return Taken(
        proof,
        mapper.receipt(key, proof),
        Given(
            keys=[Key(PublicKey.of(key).x)],
            text=proof.text,
            head=mapper.head(key, log.round_id, log.heads[1]) if log.heads[1:] else None,
        ),
    )


def parts(ring: Keyring, *, place: int = 37, **deed: Any) -> Taken:
    """The same from its parts: a log of two batches, our entry in the first."""
    one = UUID(int=7)
    clauses = [Clause(one, "paragraph", "", "Four clinics have been turned back.")]
    text = content_bytes("Clinics", "en", clauses, Terms("all", "public", "listed"))
    conditions = {"outside": "named", "note": "By day only."}
    said = {
        "issuer": one, "answer_id": one, "organisation_id": one, "person_id": one,
        "organisation_name": "Harbour Legal Aid", "role": "focal_point", "auth": "password",
        "position_id": one, "version_id": one, "content_hash": sha256(text).hexdigest(),
        "decision": "reservation", "at": NOW, **deed,
    }  # fmt: skip
    statement, salt = rules.statement(rules.Deed(**said), conditions), "5a" * 32
    entries = {place: rules.committed(salt, statement)}
    batch = rules.leaves("ee" * 32, 64, 0, entries)
    roots = [merkle.root(batch), merkle.root(rules.leaves("ee" * 32, 64, 1, {}))]
    head = rules.head(2, NOW, 64, roots)
    log = {
        "tree": str(one), "leaf": batch[place].hex(), "at": rules.said(NOW), "index": place,
        "size": head.size, "root": head.root.hex(),
        "path": [h.hex() for h in (*merkle.path(place, batch), *merkle.path(0, roots))],
    }  # fmt: skip
    payload = {"statement": statement, "salt": salt, "log": log}
    proof = Proof(
        cast(AnswerRow, None), True, statement, conditions, payload, is_logged=True, text=text
    )
    key = ring.current()
    given = Given([Key(PublicKey.of(key).x)], text=text, head=mapper.head(key, one, head))
    return Taken(proof, mapper.receipt(key, proof), given)
