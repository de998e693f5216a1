"""A receipt holds by anybody's program, and not one sign of it can be changed."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import which
from uuid import UUID

import jwt
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as joserfc
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

from advocacy.formats import jws, verify_receipt
from advocacy.formats.jws import PublicKey
from advocacy.formats.keyring import Keyring
from advocacy.formats.verify_receipt import Key, Refused, verify
from advocacy.ground.unit import Database
from advocacy.proofs import mapper
from advocacy.signoff.rows import RoundRow
from advocacy.text.canon import canonical_json
from tests.proofs.receipts import (
    CHECK,
    Taken,
    forged,
    forgeries,
    parts,
    run,
    spellings,
    take,
    unpacked,
)
from tests.world import NOW, World

LATER = datetime.fromisoformat("2026-11-23T08:00:00+00:00")
WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


@pytest.fixture
def taken(ring: Keyring) -> Taken:
    return parts(ring)


def test_a_receipt_says_who_answered_what_to_which_text(
    database: Database, world: World, opened: RoundRow, say: Callable[..., UUID], ring: Keyring
) -> None:
    answer_id = say("legal", "decline", outside="named")
    say("women"), say("rights")
    early = take(database, world, ring, answer_id, NOW)
    found = verify(early.token, early.given)
    assert "promised to have it there by 2026-11-23T00:10:00Z" in found.said[-1]
    taken = take(database, world, ring, answer_id, LATER)
    found = verify(taken.token, taken.given)
    said = found.statement
    assert said["org"]["name"] == "Harbour Legal Aid"
    assert said["signer"]["role"] == "focal_point"
    assert (said["decision"], said["at"]) == ("decline", "2026-11-22T09:00:00Z")
    assert said["text_sha256"] == sha256(taken.proof.text).hexdigest()
    assert len(found.said) == 4  # signature, text, log, head
    assert json.loads(taken.proof.text)["title"] == "Mobile clinics must reach Blue Valley"
    assert found.log["leaf"] == early.proof.payload["log"]["leaf"]


def test_what_is_signed_is_written_as_rfc_8785_writes_it(taken: Taken) -> None:
    payload = taken.proof.payload
    assert rfc8785.dumps(payload) == canonical_json(payload) == verify_receipt.canonical(payload)


def test_every_change_of_one_sign_is_refused(taken: Taken) -> None:
    """Each place of the receipt, with its neighbour in the alphabet and with one from afar."""
    for at, sign in enumerate(taken.token):
        place = WORD.find(sign)
        for other in {WORD[(place + 1) % 64], WORD[(place + 31) % 64], "=", "."} - {sign}:
            changed = taken.token[:at] + other + taken.token[at + 1 :]
            with pytest.raises(Refused):
                verify(changed, taken.given)


@given(st.data())
def test_a_lost_or_doubled_sign_is_refused(data: st.DataObject) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    token = jws.signed(key, jws.HEAD, {"tree": "t", "size": 64})
    at = data.draw(st.integers(0, len(token) - 1))
    keys = [Key(PublicKey.of(key).x)]
    assert verify_receipt.opened(token, jws.HEAD, keys)["size"] == 64
    for changed in (token[:at] + token[at + 1 :], token[:at] + token[at] + token[at:]):
        with pytest.raises(Refused):
            verify_receipt.opened(changed, jws.HEAD, keys)


def test_the_token_never_chooses_how_it_is_checked(taken: Taken, ring: Keyring) -> None:
    assert verify(forged(taken, ring), taken.given)
    assert verify(forged(taken, ring, alg="Ed25519"), taken.given)
    for token in forgeries(taken, ring):
        with pytest.raises(Refused):
            verify(token, taken.given)


def test_a_second_spelling_is_refused(taken: Taken, ring: Keyring) -> None:
    """Padded base64, members said twice, blanks, members in another order, other numbers."""
    for token in spellings(taken, ring):
        with pytest.raises(Refused):
            verify(token, taken.given)


def test_a_receipt_for_another_text_or_another_log_is_refused(
    taken: Taken, ring: Keyring, tmp_path: Path
) -> None:
    other = Keyring(tmp_path / "other.pem")
    stolen = [Key(ring.public().x, stolen_at="2026-11-30T00:00:00Z")]
    payload = taken.proof.payload
    moved = {**payload, "log": {**payload["log"], "index": payload["log"]["index"] ^ 1}}
    head = {"tree": payload["log"]["tree"], "size": 64, "root": "0" * 64, "at": "", "number": 1}
    for given_ in (
        taken.without(text=taken.proof.text + b" "),
        taken.without(conditions=b"{}"),
        taken.without(keys=[Key(other.public().x)]),
        taken.without(keys=stolen),
        taken.without(head=jws.signed(ring.current(), jws.HEAD, head)),
        taken.without(head=jws.signed(ring.current(), jws.HEAD, {**head, "tree": "another"})),
        taken.without(head=taken.token),
        taken.without(passkey=b"-"),
    ):
        with pytest.raises(Refused):
            verify(taken.token, given_)
    with pytest.raises(Refused, match="not in the log"):
        verify(jws.signed(ring.current(), jws.RECEIPT, moved), taken.given)


def test_other_libraries_read_it(taken: Taken, ring: Keyring) -> None:
    public = ring.public()
    key = OKPKey.import_key(public.jwk())
    with pytest.warns(SecurityWarning):  # of the name alone: RFC 9864 has another for it
        read = joserfc.deserialize_compact(taken.token, key, algorithms=["EdDSA"])
    assert json.loads(read.payload) == taken.proof.payload
    assert jwt.decode(taken.token, jwt.PyJWK(public.jwk()), algorithms=["EdDSA"]) == (
        taken.proof.payload
    )
    assert key.thumbprint() == public.kid


def test_the_one_file_checks_it_alone(taken: Taken, ring: Keyring, tmp_path: Path) -> None:
    """Copied to an empty folder; -I: it finds no code of ours."""
    folder = unpacked(taken, ring, tmp_path / "taken")
    good = run(folder, *CHECK)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "GOOD. Harbour Legal Aid" in good.stdout
    (folder / "text.json").write_bytes(taken.proof.text.replace(b"Four", b"Five"))
    bad = run(folder, *CHECK)
    assert (bad.returncode, bad.stdout.split(".")[0]) == (1, "REFUSED")
    assert "another text" in bad.stdout
    missing = run(folder, *CHECK, "--growth", "none.json")
    assert (missing.returncode, missing.stderr) == (1, "")


@pytest.mark.skipif(which("openssl") is None, reason="there is no openssl here")
def test_openssl_checks_it_as_the_recipe_says(taken: Taken, ring: Keyring, tmp_path: Path) -> None:
    folder = unpacked(taken, ring, tmp_path / "taken")
    recipe = (folder / "HOW-TO-CHECK.txt").read_text()
    assert mapper.SIGNATURE in recipe
    assert mapper.TEXT in recipe
    done = run(folder, *mapper.SIGNATURE.split())
    assert "Signature Verified Successfully" in done.stdout, done.stderr
    digest = run(folder, *mapper.TEXT.split()).stdout
    assert taken.proof.payload["statement"]["text_sha256"] in digest
    (folder / "input.bin").write_bytes((folder / "input.bin").read_bytes() + b"A")
    assert run(folder, *mapper.SIGNATURE.split()).returncode != 0


def test_a_parcel_is_the_same_whenever_it_is_made(taken: Taken, ring: Keyring) -> None:
    made = [mapper.bundle(ring.current(), taken.proof, {"keys": []}, "", base_url="") for _ in "ab"]
    assert made[0] == made[1]
