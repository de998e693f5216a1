"""Rows of proofs to the files that people take away: tokens, keys, one parcel."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from advocacy.formats import jws, parcel, verify_receipt
from advocacy.formats.jws import PublicKey
from advocacy.formats.keyring import BadKey, Keyring
from advocacy.formats.verify_receipt import HEAD, Refused, Tree, check_growth, keys_in, opened
from advocacy.ground.errors import Busy, NotFound
from advocacy.ground.reasons import Reason
from advocacy.proofs import rules
from advocacy.proofs.rows import KeyRow, Log, Proof
from advocacy.proofs.rules import Head
from advocacy.text.canon import canonical_json

VERIFIER = Path(verify_receipt.__file__)
SIGNATURE = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in input.bin -sigfile sig.bin"
PASSKEY = "openssl dgst -sha256 -verify passkey.pem -signature passkey-sig.bin passkey-input.bin"
TEXT = "openssl dgst -sha256 text.json"
HOW = """How to check this receipt without the server that made it

1. By one file. It needs Python 3.11 and the package "cryptography", no network and no database:

   python verify_receipt.py receipt.jws --key keys.json --text text.json \\
     --conditions conditions.json
{more}
   Take keys.json from a source you trust: these keys are also published at
   {base_url}/proofs/keys

2. By openssl alone.

   {signature}
     must say: Signature Verified Successfully. input.bin is the receipt up to its last dot.
   {text}
     must print: {text_sha256}{passkey}

What a receipt proves, and what it does not

- It proves what the server recorded. It does not prove that a person read the text.
- A passkey's signature proves that a key enrolled for that person approved this statement.
- It can be evidence against people. Keep it where only you can read it.
"""


def key(ring: Keyring) -> Ed25519PrivateKey:
    """The key that signs now. Raises Busy while it cannot be read."""
    try:
        return ring.current()
    except (BadKey, OSError) as error:
        raise Busy(Reason("proofs.no-key")) from error


def compared(
    found: Log, token: str, keys: dict[str, Any], grown: Callable[[int], dict[str, Any]]
) -> str:
    """What a tree head that somebody kept says of our log: same, other-round, not-ours, rewritten.

    grown: gives the proof of growth from a length to our newest; raises NotFound for none.
    """
    try:
        said = opened(token, HEAD, keys_in(readable(keys)))
    except Refused:
        return "not-ours"
    if said["tree"] != str(found.round_id):
        return "other-round"
    newest = found.heads[-1]
    try:
        steps = [bytes.fromhex(step) for step in grown(said["size"])["proof"]]
        kept = Tree(said["size"], bytes.fromhex(said["root"]))
        check_growth(kept, Tree(newest.size, newest.root), steps)
    except (Refused, NotFound):
        return "rewritten"
    return "same"


def receipt(key: Ed25519PrivateKey, proof: Proof) -> str:
    """The receipt, signed now."""
    return jws.signed(key, jws.RECEIPT, proof.payload)


def head(key: Ed25519PrivateKey, round_id: UUID, of: Head) -> str:
    """A tree head, signed now. It is of one round, one time, one length."""
    said = {
        "tree": str(round_id), "number": of.number, "at": rules.said(of.at), "size": of.size,
        "root": of.root.hex(),
    }  # fmt: skip
    return jws.signed(key, jws.HEAD, said)


def key_list(rows: Iterable[KeyRow], current: PublicKey) -> dict[str, Any]:
    """All public keys as a JWK set, with what became of each."""
    listed = list(rows)
    if current.kid not in {row.kid for row in listed}:
        listed.insert(0, KeyRow(current.kid, jws.encoded(current.x), None, None, None))
    return {"keys": [_jwk(row) for row in listed]}


def _jwk(row: KeyRow) -> dict[str, str]:
    told = PublicKey(raw(row.x)).jwk()
    for name in ("used_from", "retired_at", "compromised_at"):
        at = getattr(row, name)
        if at:
            told[name] = rules.said(at)
    return told


def raw(written: str) -> bytes:
    """Bytes of base64 without padding."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


def readable(value: Any) -> bytes:
    """JSON for people and programs alike."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def bundle(
    key: Ed25519PrivateKey, proof: Proof, keys: dict[str, Any], tree_head: str, *, base_url: str
) -> bytes:
    """A zip with everything that checking a receipt needs."""
    token = receipt(key, proof)
    written, _dot, signature = token.rpartition(".")
    files = {
        "HOW-TO-CHECK.txt": _how(proof, base_url, has_head=bool(tree_head)).encode(),
        "receipt.jws": token.encode(),
        "text.json": proof.text,
        "conditions.json": canonical_json(proof.conditions),
        "keys.json": readable(keys),
        "key.pem": PublicKey.of(key).pem().encode(),
        "input.bin": written.encode(),
        "sig.bin": raw(signature),
        "verify_receipt.py": VERIFIER.read_bytes(),
    }
    if tree_head:
        files["head.jws"] = tree_head.encode()
    return parcel.zipped({**files, **_passkey_files(proof)})


def _passkey_files(proof: Proof) -> dict[str, bytes]:
    if "passkey" not in proof.payload:
        return {}
    kept = proof.payload["passkey"]
    signed = raw(kept["authenticator"]) + sha256(raw(kept["client"])).digest()
    return {
        "passkey.pem": kept["key"].encode(),
        "passkey-input.bin": signed,
        "passkey-sig.bin": raw(kept["signature"]),
    }


def _how(proof: Proof, base_url: str, *, has_head: bool) -> str:
    passkey = f"\n   {PASSKEY}\n     must say: Verified OK" if "passkey" in proof.payload else ""
    more = "   Add --head head.jws to compare it with a tree head that you kept.\n"
    return HOW.format(
        more=more if has_head else "",
        base_url=base_url,
        signature=SIGNATURE,
        text=TEXT,
        text_sha256=(proof.statement or {}).get("text_sha256", ""),
        passkey=passkey,
    )
