"""A receipt, and what becomes of it when one sign is changed: asked of four programs."""

import base64
import binascii
import json
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import jwt
from joserfc import jws as joserfc
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from advocacy.formats.keyring import Keyring
from advocacy.formats.verify_receipt import Refused, verify
from advocacy.proofs import mapper
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.proofs.receipts import CHECK, Taken, forgeries, parts, run, spellings, unpacked

WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
SIGNS = WORD + "=. +/\n"
EVERY = 16
"""A program of its own takes long to start: it is asked about each sixteenth place."""

Check = Callable[[str], bool]


def receipts(_stage: Stage) -> list[Figure]:
    """Each place of a receipt with each other sign; and the same receipt said in other ways."""
    warnings.simplefilter("ignore")  # joserfc's of the name EdDSA
    with tempfile.TemporaryDirectory(prefix="receipts-") as place:
        ring = Keyring(Path(place) / "signing.pem")
        taken = parts(ring)
        folder = unpacked(taken, ring, Path(place) / "taken")
        figures = [_all_signs(taken), *_libraries(taken, ring)]
        figures += _programs(taken, folder)
        odd = forgeries(taken, ring) + spellings(taken, ring)
        refused = sum(not _ours(taken)(token) for token in odd)
    said = "none, HS256 with the public key, padded, doubled members and the like"
    case = "receipts: said otherwise, refused"
    return [*figures, Figure(case, refused, f"of {len(odd)}", len(odd), note=said)]


def _changes(token: str, signs: str = SIGNS, every: int = 1) -> Iterator[str]:
    for at in range(0, len(token), every):
        for sign in signs:
            if sign != token[at]:
                yield token[:at] + sign + token[at + 1 :]


def _far(token: str, every: int = 1) -> Iterator[str]:
    """Each place with one sign from afar: other bytes, wherever it stands."""
    for at in range(0, len(token), every):
        other = WORD[(WORD.find(token[at]) + 31) % 64]
        yield token[:at] + other + token[at + 1 :]


def _ours(taken: Taken) -> Check:
    def check(token: str) -> bool:
        try:
            verify(token, taken.given)
        except Refused:
            return False
        return True

    return check


def _all_signs(taken: Taken) -> Figure:
    check = _ours(taken)
    assert check(taken.token)
    answers = [check(token) for token in _changes(taken.token)]
    return _figure("our one file", answers, note=f"{len(taken.token)} signs")


def _figure(who: str, answers: list[bool], note: str = "") -> Figure:
    """How many of these changes were refused; the goal is all of them."""
    tried, refused = len(answers), answers.count(False)
    case = f"receipts: refused by {who}"
    return Figure(case, refused, f"of {tried:,} changes", tried, note=note)


def _libraries(taken: Taken, ring: Keyring) -> Iterator[Figure]:
    """Two JOSE libraries. They may pass another spelling of the very same bytes: not a change."""
    key, other = OKPKey.import_key(ring.public().jwk()), jwt.PyJWK(ring.public().jwk())

    def by_joserfc(token: str) -> Any:
        return json.loads(joserfc.deserialize_compact(token, key, algorithms=["EdDSA"]).payload)

    def by_pyjwt(token: str) -> Any:
        return jwt.decode(token, other, algorithms=["EdDSA"])

    for name, read in (("joserfc", by_joserfc), ("PyJWT", by_pyjwt)):
        assert read(taken.token) == taken.proof.payload
        answers, same = [], 0
        last = _changes(taken.token[-1:])  # of its bits some say nothing
        for token in (
            *_changes(taken.token, SIGNS[::6]),
            *(taken.token[:-1] + one for one in last),
        ):
            try:
                passed = read(token) == taken.proof.payload
            except (JoseError, jwt.PyJWTError, ValueError):
                answers.append(False)
                continue
            is_same = passed and _bytes(token) == _bytes(taken.token)
            same += is_same
            if not is_same:
                answers.append(True)
        note = f"{same} more spell the same bytes; ours refuses those too"
        yield _figure(name, answers, note=note)


def _bytes(token: str) -> list[bytes]:
    """What the three parts are, as a lenient reader takes them."""
    return [base64.urlsafe_b64decode(part + "===") for part in token.split(".")]


def _programs(taken: Taken, folder: Path) -> Iterator[Figure]:
    """Programs on what was downloaded, with nothing of ours beside it."""

    def by_file(token: str) -> bool:
        (folder / "receipt.jws").write_text(token)
        return run(folder, *CHECK).returncode == 0

    def by_openssl(token: str) -> bool:
        body, _dot, signature = token.rpartition(".")
        (folder / "input.bin").write_text(body)
        try:
            (folder / "sig.bin").write_bytes(base64.urlsafe_b64decode(signature + "=="))
        except binascii.Error:
            return False
        return run(folder, *mapper.SIGNATURE.split()).returncode == 0

    checks = {"our one file, copied": by_file, "openssl": by_openssl}
    if which("openssl") is None:
        del checks["openssl"]
    for name, check in checks.items():
        assert check(taken.token)
        answers = [check(token) for token in _far(taken.token, EVERY)]
        yield _figure(name, answers, note=f"each {EVERY}th place; the receipt itself is good")


CASES: dict[str, Callable[[Stage], list[Figure]]] = {"receipts": receipts}
