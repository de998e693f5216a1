"""A passkey signs an answer: nobody but its owner, and every checker can tell."""

import json
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import which
from uuid import UUID
from zipfile import ZipFile

import pytest

from advocacy.formats import jws
from advocacy.formats.keyring import Keyring
from advocacy.formats.verify_receipt import Given, Key, Refused, keys_in, verify
from advocacy.passkeys.rules import signature
from advocacy.proofs import mapper
from advocacy.signoff.rows import RoundRow
from tests.browser import Browser
from tests.passkeys.conftest import options
from tests.passkeys.device import Device
from tests.passkeys.test_second_step import enrolled
from tests.signoff.conftest import frozen as frozen
from tests.signoff.conftest import opened as opened
from tests.signoff.conftest import say as say

Open = Callable[[str], Browser]


def test_the_signer_signs_and_the_receipt_holds_it_until_it_is_erased(
    opened: RoundRow, say: Callable[..., UUID], client: Open, tmp_path: Path
) -> None:
    answer_id, legal, device = say("legal"), client("legal"), Device()
    page, path = f"/proofs/{answer_id}", f"/proofs/{answer_id}/sign"
    assert "data-options" not in legal.get(page)
    enrolled(legal, device)
    told = options(legal.get(page))
    other = Device(credential=device.credential)
    legal.post(path, {"answer": other.answer(told)}, page=page, status=422)
    wrong = {**told, "challenge": jws.encoded(b"?" * 32)}
    legal.post(path, {"answer": device.answer(wrong)}, page=page, status=422)
    assert "passkey" not in _receipt(legal, answer_id)
    legal.post(path, {"answer": device.answer(told)}, page=page)
    legal.post(path, {"answer": device.answer(told)}, page=page, status=409)
    files = _parcel(legal, answer_id)
    given = Given(
        keys_in(files["keys.json"]), text=files["text.json"], passkey=files["passkey.pem"]
    )
    assert "no server can have invented it" in verify(files["receipt.jws"].decode(), given).said[-1]
    _checked_by_openssl(files, tmp_path)
    legal.post(f"{page}/erase", {"sure": "y"}, page=page)
    assert legal.client.get(f"{page}/receipt.jws").status_code == 404


def _receipt(browser: Browser, answer_id: UUID) -> str:
    token = browser.client.get(f"/proofs/{answer_id}/receipt.jws").get_data(as_text=True)
    return mapper.raw(token.split(".")[1]).decode()


def _parcel(browser: Browser, answer_id: UUID) -> dict[str, bytes]:
    data = browser.client.get(f"/proofs/{answer_id}/receipt.zip").data
    with ZipFile(BytesIO(data)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def _checked_by_openssl(files: dict[str, bytes], folder: Path) -> None:
    if which("openssl") is None:
        return
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        mapper.PASSKEY.split(), cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "Verified OK", done.stderr


def test_nobody_signs_for_another(opened: RoundRow, say: Callable[..., UUID], client: Open) -> None:
    answer_id, women, device = say("legal"), client("women"), Device()
    enrolled(women, device)
    told = {"challenge": jws.encoded(b"?" * 32)}
    women.post(
        f"/proofs/{answer_id}/sign", {"answer": device.answer(told)}, page="/passkeys/", status=404
    )


STATEMENT = {
    "v": 1, "iss": "urn:uuid:1", "receipt": "1", "org": {"id": "1", "name": "Legal"},
    "signer": {"id": "1", "role": "signatory", "auth": "password"}, "position": "1",
    "version": "1", "text_sha256": "0" * 64, "conditions_sha256": "0" * 64,
    "decision": "endorse", "at": "2026-11-22T09:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize("what", ["right", "asleep", "other text", "other key", "enrolment"])
def test_the_one_file_refuses_a_passkey_that_signed_something_else(
    what: str, tmp_path: Path
) -> None:
    from hashlib import sha256  # noqa: PLC0415 - for this one challenge

    import webauthn.helpers as library  # noqa: PLC0415 - to read the device's own key

    from advocacy.text import merkle  # noqa: PLC0415 - for the leaf
    from advocacy.text.canon import canonical_json  # noqa: PLC0415 - the same

    device = Device(verified=what != "asleep")
    made = json.loads(device.make({"challenge": "AA"}))["response"]["attestationObject"]
    about = library.parse_attestation_object(mapper.raw(made)).auth_data
    assert about.attested_credential_data
    public = jws.encoded(about.attested_credential_data.credential_public_key)
    signed = {**STATEMENT, "decision": "decline"} if what == "other text" else STATEMENT
    challenge = jws.encoded(sha256(canonical_json(signed)).digest())
    signer = Device() if what == "other key" else device
    answer = json.loads(signer.answer({"challenge": challenge}))
    kept = signature(json.dumps(answer), public)
    if what == "enrolment":
        kept["client"] = jws.encoded(
            mapper.raw(kept["client"]).replace(b"webauthn.get", b"webauthn.create")
        )
    data = bytes.fromhex(mapper.rules.committed("5a", STATEMENT))
    log = {"tree": "1", "leaf": merkle.leaf(data).hex(), "by": "2026"}
    ring = Keyring(tmp_path / "signing.pem")
    payload = {"statement": STATEMENT, "salt": "5a", "log": log, "passkey": kept}
    token = jws.signed(ring.current(), jws.RECEIPT, payload)
    given = Given([Key(ring.public().x)])
    if what == "right":
        assert "A passkey signed this statement" in verify(token, given).said[-1]
        return
    with pytest.raises(Refused, match="passkey"):
        verify(token, given)
