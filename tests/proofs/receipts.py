"""A receipt of Legal, with what its checkers are given: from a round, or of its parts alone."""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zipfile import ZipFile

import jwt

from advocacy.formats import jws
from advocacy.formats.jws import PublicKey
from advocacy.formats.keyring import Keyring
from advocacy.formats.verify_receipt import Given, Key
from advocacy.ground.unit import Database
from advocacy.proofs import mapper, queries, rules
from advocacy.proofs.rows import Proof
from advocacy.signoff.rows import AnswerRow
from advocacy.text import merkle
from advocacy.text.canon import canonical_json
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


def forged(taken: Taken, ring: Keyring, **header: str) -> str:
    """The payload under another header, signed by our own key all the same."""
    about = {"alg": "EdDSA", "kid": ring.public().kid, "typ": jws.RECEIPT, **header}
    body = f"{jws.encoded(canonical_json(about))}.{taken.token.split('.')[1]}"
    return f"{body}.{jws.encoded(ring.current().sign(body.encode()))}"


def forgeries(taken: Taken, ring: Keyring) -> list[str]:
    """Tokens that would choose themselves how they are checked."""
    body = forged(taken, ring, alg="none").rpartition(".")[0]
    public = ring.public()
    as_secret = {"kid": public.kid, "typ": jws.RECEIPT}
    return [
        forged(taken, ring, alg="none"),
        f"{body}.",
        f"{body}.AA",
        forged(taken, ring, alg="HS256"),
        forged(taken, ring, alg="ES256"),
        forged(taken, ring, typ=jws.HEAD),
        forged(taken, ring, kid=jws.encoded(b"?" * 32)),
        forged(taken, ring, crit="b64"),
        jwt.encode(taken.proof.payload, "s" * 32, algorithm="HS256"),
        jwt.encode(taken.proof.payload, public.x, algorithm="HS256", headers=as_secret),
    ]


def spellings(taken: Taken, ring: Keyring) -> list[str]:
    """The same said otherwise, most of them rightly signed: padded, doubled, blanks, numbers."""
    header, body, signature = taken.token.split(".")
    key, payload = ring.current(), taken.proof.payload
    written = canonical_json(payload)
    tokens = [f"{header}.{body}={'.' + signature}", f"{header}.{body}.{signature}=="]
    for spelling in (
        written.replace(b'{"log"', b'{"log":{},"log"', 1),
        written.replace(b'"v":1', b'"v":1,"v":1'),
        written.replace(b'"v":1', b'"v":1.0'),
        written.replace(b'"v":1', b'"v":NaN'),
        written + b" ",
        json.dumps(payload).encode(),
        b"[" * 100_000,
    ):
        signed = f"{header}.{jws.encoded(spelling)}"
        tokens.append(f"{signed}.{jws.encoded(key.sign(signed.encode()))}")
    return tokens


def unpacked(taken: Taken, ring: Keyring, folder: Path) -> Path:
    """What an organisation downloads, in a folder of its own."""
    keys = mapper.key_list([], ring.public())
    data = mapper.bundle(
        ring.current(), taken.proof, keys, taken.given.head or "", base_url="https://our.example"
    )
    with ZipFile(BytesIO(data)) as parcel:
        parcel.extractall(folder)
    return folder


CHECK = (
    *(sys.executable, "-I", "verify_receipt.py", "receipt.jws", "--key", "keys.json"),
    *("--text", "text.json", "--conditions", "conditions.json", "--head", "head.jws"),
)
"""The one file in that folder; -I: it finds no code of ours."""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
