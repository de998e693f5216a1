"""Check a sign-off receipt without the server that made it: no network, no database.

This one file can be copied to any machine with Python 3.11 and the `cryptography` package.

    python verify_receipt.py receipt.jws --text text.json --key keys.json [--head head.jws]

It ends with 0 when all that was given holds, with 1 when anything does not, and says which.
"""

import argparse
import json
import re
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

RECEIPT, HEAD = "advocacy-receipt+jws", "advocacy-tree-head+jws"
ALGORITHMS = ("EdDSA", "Ed25519")  # two names of one thing: RFC 8037 and RFC 9864
LARGEST_BYTES = 1_000_000
STATEMENT = {
    "v", "iss", "receipt", "org", "signer", "position", "version", "text_sha256",
    "conditions_sha256", "decision", "at",
}  # fmt: skip
_BASE64, _HASH = re.compile(r"[A-Za-z0-9_-]+"), re.compile(r"[0-9a-f]{64}")


class Refused(Exception):
    """What does not hold, in a sentence."""


@dataclass(frozen=True)
class Key:
    """A public Ed25519 key of the server. stolen_at: when it was marked, empty = it was not."""

    x: bytes
    stolen_at: str = ""

    @property
    def kid(self) -> str:
        """Its RFC 7638 thumbprint."""
        members = f'{{"crv":"Ed25519","kty":"OKP","x":"{_encoded(self.x)}"}}'
        return _encoded(sha256(members.encode()).digest())


@dataclass(frozen=True)
class Given:
    """What is checked besides the receipt; None = it was not given."""

    keys: Sequence[Key]
    text: bytes | None = None
    conditions: bytes | None = None
    head: str | None = None
    growth: bytes | None = None
    passkey: bytes | None = None


@dataclass
class Found:
    """What a receipt says, once it holds. said: one sentence for each thing that was checked."""

    statement: dict[str, Any]
    log: dict[str, Any]
    said: list[str] = field(default_factory=list)


# --- one way of writing --------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """The value as RFC 8785 writes it; keys are ASCII, numbers are whole."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    """Base64 without padding, and only the one spelling of these bytes."""
    if not _BASE64.fullmatch(part) or len(part) % 4 == 1:
        raise Refused("This is damaged: a part of it is not base64 without padding.")
    data = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if _encoded(data) != part:
        raise Refused("This is damaged: a part of it has a second spelling.")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused("This is forged: it says one thing twice.")
    return found


def _no_number(word: str) -> Any:
    raise Refused(f"This is damaged: {word[:20]} is not a whole number.")


def _read(data: bytes) -> Any:
    try:
        return json.loads(
            data, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise Refused("This is damaged: it cannot be read.") from error


def _object(data: bytes) -> dict[str, Any]:
    """A JSON object written in the one way."""
    value = _read(data)
    with suppress(UnicodeEncodeError, RecursionError):
        if isinstance(value, dict) and canonical(value) == data:
            return value
    raise Refused("This is damaged: it is not written in the one way it must be.")


# --- the signature -------------------------------------------------------------------------------


def opened(token: str, kind: str, keys: Iterable[Key]) -> dict[str, Any]:
    """The payload of a token that one of these keys signed as this kind. Raises Refused.

    The kind of key decides how it is checked, never the token.
    """
    token = token.strip()
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LARGEST_BYTES:
        raise Refused("This is not a receipt or tree head: it must have three parts.")
    header, body, signature = (_decoded(part) for part in parts)
    named = _object(header)
    if set(named) != {"alg", "kid", "typ"} or named["alg"] not in ALGORITHMS:
        raise Refused("This is forged: it asks to be checked in another way than Ed25519.")
    if named["typ"] != kind:
        raise Refused(f"This is not what it should be: {kind} was expected.")
    key = next((key for key in keys if key.kid == named["kid"]), None)
    if key is None:
        raise Refused("None of the keys given signed this. Get the keys from a source you trust.")
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key.x).verify(
            signature, f"{parts[0]}.{parts[1]}".encode()
        )
    except InvalidSignature as error:
        raise Refused("The signature does not fit: something was changed.") from error
    if key.stolen_at:
        raise Refused(
            f"The key that signed this was marked as stolen on {key.stolen_at}. "
            "Ask the organisation to fetch its receipt again."
        )
    return _object(body)


# --- the log -------------------------------------------------------------------------------------


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _walk(here: int, last: int, path: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each hash of a path, and whether it stands on the left, as RFC 9162 climbs the tree."""
    for beside in path:
        if last == 0:
            raise Refused("A path in the log is too long.")
        is_left = here % 2 == 1 or here == last
        yield beside, is_left
        while is_left and here and here % 2 == 0:
            here, last = here // 2, last // 2
        here, last = here // 2, last // 2
    if last:
        raise Refused("A path in the log is too short.")


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path leads to (RFC 9162, section 2.1.3.2). Raises Refused."""
    if not 0 <= index < size:
        raise Refused("The place in the log lies outside the log.")
    found = leaf
    for beside, is_left in _walk(index, size - 1, path):
        found = _node(beside, found) if is_left else _node(found, beside)
    return found


@dataclass(frozen=True)
class Tree:
    """A log at one moment."""

    size: int
    root: bytes


def check_growth(old: Tree, new: Tree, proof: Sequence[bytes]) -> None:
    """That `new` begins with all of `old` (RFC 9162, section 2.1.4.2). Raises Refused."""
    if old.size > new.size:
        raise Refused("The older log is the longer one.")
    if old.size in {0, new.size}:
        if proof or (old.size and old.root != new.root):
            raise Refused("Two different logs have the same length: the log was rewritten.")
        return
    if not proof:
        raise Refused("Give the proof that the log only grew between the two (--growth).")
    is_whole = old.size & (old.size - 1) == 0
    steps = [old.root, *proof] if is_whole else list(proof)
    lowest = (old.size & -old.size).bit_length() - 1  # levels that are complete in both
    first = second = steps[0]
    for beside, is_left in _walk((old.size - 1) >> lowest, (new.size - 1) >> lowest, steps[1:]):
        first = _node(beside, first) if is_left else first
        second = _node(beside, second) if is_left else _node(second, beside)
    if first != old.root or second != new.root:
        raise Refused("The log that you hold is not the beginning of this one: it was rewritten.")


def _hash(value: Any) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise Refused("This is damaged: a hash in it is not one.")
    return bytes.fromhex(value)


def _hashes(value: Any) -> list[bytes]:
    if not isinstance(value, list) or len(value) > 128:
        raise Refused("This is damaged: it must hold a list of hashes.")
    return [_hash(one) for one in value]


def _tree(value: dict[str, Any]) -> Tree:
    size = value.get("size")
    if type(size) is not int or size < 0:
        raise Refused("This is damaged: the length of the log is not a number.")
    return Tree(size, _hash(value.get("root")))


def _checked_log(payload: dict[str, Any]) -> list[str]:
    """That the statement is in the log. Returns what was checked."""
    log, salt = payload["log"], payload["salt"]
    if not isinstance(log, dict) or not isinstance(salt, str):
        raise Refused("This is damaged: the part about the log is missing.")
    data = sha256(salt.encode() + canonical(payload["statement"])).digest()
    if sha256(b"\x00" + data).digest() != _hash(log.get("leaf")):
        raise Refused("The statement is not the one that the log promised to keep.")
    if set(log) == {"tree", "leaf", "by"}:
        return [f"Not in the log yet: the server promised to have it there by {log['by']}."]
    if set(log) != {"tree", "leaf", "at", "index", "size", "root", "path"}:
        raise Refused("This is damaged: the part about the log is not complete.")
    tree, index = _tree(log), log["index"]
    if type(index) is not int:
        raise Refused("This is damaged: the place in the log is not a number.")
    if root_by_path(_hash(log["leaf"]), index, tree.size, _hashes(log["path"])) != tree.root:
        raise Refused("The statement is not in the log that the receipt names.")
    return [f"The statement is in the log of {log['at']}, at place {index} of {tree.size}."]


def _checked_head(log: dict[str, Any], given: Given) -> list[str]:
    if given.head is None:
        return []
    head = opened(given.head, HEAD, given.keys)
    if head.get("tree") != log["tree"]:
        raise Refused("The tree head is of another round.")
    if "root" not in log:
        return ["The tree head is signed. The statement is not in the log yet."]
    of_head, of_receipt = _tree(head), _tree(log)
    old, new = sorted((of_head, of_receipt), key=lambda tree: tree.size)
    proof = _read(given.growth).get("proof") if given.growth is not None else []
    check_growth(old, new, _hashes(proof))
    return ["The log of the receipt and the tree head that you hold are one and the same log."]


# --- the organisation's own signature ------------------------------------------------------------


def _checked_passkey(payload: dict[str, Any], given: Given) -> list[str]:
    """The signature of a person's passkey over the statement, made on their own device."""
    if "passkey" not in payload:
        if given.passkey is not None:
            raise Refused("The receipt holds no signature of a passkey.")
        return []
    kept = payload["passkey"]
    if not isinstance(kept, dict) or set(kept) != {"key", "authenticator", "client", "signature"}:
        raise Refused("This is damaged: the signature of the passkey is not complete.")
    about, client, signature = (
        _decoded(kept[name]) for name in ("authenticator", "client", "signature")
    )
    said = _read(client)
    wanted = _encoded(sha256(canonical(payload["statement"])).digest())
    if (said.get("type"), said.get("challenge")) != ("webauthn.get", wanted):
        raise Refused("The passkey signed something else than this statement.")
    if len(about) < 37 or about[32] & 0x05 != 0x05:
        raise Refused("The passkey did not ask its owner before it signed.")
    _check_by_pem(kept["key"].encode(), about + sha256(client).digest(), signature)
    if given.passkey is None:
        return [
            "A passkey signed this statement. Compare its key with the one you were given: "
            + sha256(kept["key"].encode()).hexdigest()[:12]
        ]
    if given.passkey.strip() != kept["key"].encode().strip():
        raise Refused("Another passkey than the one you named signed this.")
    return ["The passkey you named signed this statement: no server can have invented it."]


def _check_by_pem(pem: bytes, data: bytes, signature: bytes) -> None:
    try:
        key = load_pem_public_key(pem)
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        else:
            raise Refused("The passkey is of a kind that cannot be checked.")
    except (InvalidSignature, ValueError, UnsupportedAlgorithm) as error:
        raise Refused("The signature of the passkey does not fit.") from error


# --- the whole -----------------------------------------------------------------------------------


def verify(receipt: str, given: Given) -> Found:
    """Check a receipt against all that was given. Raises Refused with the reason in a sentence."""
    payload = opened(receipt, RECEIPT, given.keys)
    if not {"statement", "salt", "log"} <= set(payload) <= {"statement", "salt", "log", "passkey"}:
        raise Refused("This is damaged: it is not a receipt.")
    statement = payload["statement"]
    if not isinstance(statement, dict) or set(statement) != STATEMENT or statement["v"] != 1:
        raise Refused("This is damaged: the statement in it is not complete.")
    found = Found(statement, payload["log"], ["The server's signature holds."])
    for words, data in (("text", given.text), ("conditions", given.conditions)):
        if data is None:
            continue
        if sha256(data).hexdigest() != statement[f"{words}_sha256"]:
            raise Refused(f"This is a receipt for another {words} than the file you gave.")
        found.said.append(f"The receipt is for exactly the {words} in the file you gave.")
    found.said += _checked_log(payload)
    found.said += _checked_head(payload["log"], given)
    found.said += _checked_passkey(payload, given)
    return found


def keys_in(data: bytes) -> list[Key]:
    """The server's keys in a file: PEM, one JWK, or the published list. Raises Refused."""
    if data.lstrip().startswith(b"-----BEGIN"):
        try:
            key = load_pem_public_key(data)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise Refused("The key file cannot be read.") from error
        if not isinstance(key, ed25519.Ed25519PublicKey):
            raise Refused("The key is not an Ed25519 key.")
        return [Key(key.public_bytes(Encoding.Raw, PublicFormat.Raw))]
    value = _read(data)
    listed = value.get("keys", [value]) if isinstance(value, dict) else []
    return [_key(one) for one in listed]


def _key(jwk: Any) -> Key:
    is_ours = isinstance(jwk, dict) and (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519")
    x = _decoded(str(jwk.get("x"))) if is_ours else b""
    if len(x) != 32:
        raise Refused("The key is not an Ed25519 key.")
    return Key(x, str(jwk.get("compromised_at") or ""))


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    wanted = argparse.ArgumentParser(prog="verify-receipt", description=__doc__.split("\n")[0])
    wanted.add_argument("receipt", type=Path, help="the receipt: receipt.jws")
    wanted.add_argument("--key", type=Path, required=True, help="key of the server: JWK, list, PEM")
    wanted.add_argument("--text", type=Path, help="the text that was signed: text.json")
    wanted.add_argument("--conditions", type=Path, help="how it was signed: conditions.json")
    wanted.add_argument("--head", type=Path, help="a tree head that you kept: head.jws")
    wanted.add_argument("--growth", type=Path, help="proof between that head and the receipt")
    wanted.add_argument("--passkey", type=Path, help="the signer's passkey: passkey.pem")
    return wanted.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Check the files that the command line names; 0 = all holds, 1 = something does not."""
    options = _arguments(given)
    try:
        files = {
            name: getattr(options, name).read_bytes() if getattr(options, name) else None
            for name in ("text", "conditions", "growth", "passkey")
        }
        head = options.head.read_text("ascii") if options.head else None
        keys = keys_in(options.key.read_bytes())
        found = verify(options.receipt.read_text("ascii"), Given(keys=keys, head=head, **files))
    except (Refused, OSError, UnicodeDecodeError) as problem:
        words = str(problem) if not isinstance(problem, UnicodeDecodeError) else "It is not text."
        sys.stdout.write(f"REFUSED. {words}\n")
        return 1
    org, signer = found.statement["org"], found.statement["signer"]
    sys.stdout.write(
        f"GOOD. {org['name']} answered “{found.statement['decision']}” on {found.statement['at']}"
        f" ({signer['role']}).\n" + "".join(f"- {line}\n" for line in found.said)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
