"""What a passkey's answer must be, codes by the clock, and codes on paper."""

from base64 import b32encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac
from ipaddress import ip_address
from json import loads
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from advocacy.audit.rules import Event
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

HALF_WAY, HALF_WAY_LASTS = "half-way", timedelta(minutes=10)
SHOWN_FOR = timedelta(minutes=10)
LONGEST_NAME, MOST_KEYS = 60, 10
STEP_SECONDS, DIGITS, DRIFT = 30, 6, 1
SHEET = 10
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class KeyAdded(Event):
    NAME = "passkeys.added"
    passkey: str


@dataclass(frozen=True)
class KeyRemoved(Event):
    NAME = "passkeys.removed"
    passkey: str


@dataclass(frozen=True)
class CodeAppSet(Event):
    NAME = "passkeys.code-app"
    on: bool


@dataclass(frozen=True)
class SheetMade(Event):
    NAME = "passkeys.sheet-made"


@dataclass(frozen=True)
class SheetUsed(Event):
    NAME = "passkeys.sheet-used"
    number: int


@dataclass(frozen=True)
class AllForgotten(Event):
    NAME = "passkeys.forgotten"


@dataclass(frozen=True)
class Site:
    """The site that a passkey belongs to: its address, and its name without the port."""

    origin: str
    host: str


def site(base_url: str) -> Site | None:
    """The site of an address; None where browsers make no passkeys: a bare network address."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(f"{parts.scheme}://{parts.netloc}", host) if host else None
    return None


# --- passkeys ------------------------------------------------------------------------------------


def challenge(what: str, token: str) -> bytes:
    """What a device must answer: bound to one token that the server gave, and to one purpose."""
    return sha256(f"{what}:{token}".encode()).digest()


def to_enrol(
    at: Site, *, person_id: UUID, name: str, asked: bytes, known: Sequence[str]
) -> dict[str, Any]:
    """What a browser is told to make a new passkey. known: credentials that are there already."""
    options = generate_registration_options(
        rp_id=at.host,
        rp_name=at.host,
        user_id=person_id.bytes,
        user_name=name,
        challenge=asked,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_VERIFIED
        ),
        exclude_credentials=[_named(one) for one in known],
    )
    told: dict[str, Any] = loads(options_to_json(options))
    return told


def to_answer(at: Site, *, asked: bytes, known: Sequence[str]) -> dict[str, Any]:
    """What a browser is told to have a passkey answer."""
    options = generate_authentication_options(
        rp_id=at.host,
        challenge=asked,
        allow_credentials=[_named(one) for one in known],
        user_verification=_VERIFIED,
    )
    told: dict[str, Any] = loads(options_to_json(options))
    return told


def _named(credential: str) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential))


@dataclass(frozen=True)
class NewKey:
    """A passkey that a device has just made."""

    credential: str
    public_key: str
    sign_count: int


def enrolled(answer: str, at: Site, *, asked: bytes) -> NewKey:
    """The new passkey in a browser's answer. Raises Invalid when it is not one for us."""
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=at.host,
            expected_origin=at.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise Invalid(Reason("passkeys.not-made")) from error
    return NewKey(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
    )


def credential_in(answer: str) -> str:
    """Which passkey an answer says it is of; empty when it says nothing."""
    try:
        said = loads(answer)
    except (ValueError, RecursionError):
        return ""
    return str(said.get("id", "")) if isinstance(said, dict) else ""


def sign_count(answer: str, at: Site, *, asked: bytes, public_key: str, count: int) -> int:
    """The count of a passkey after a right answer. Raises Invalid for any other."""
    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=at.host,
            expected_origin=at.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise Invalid(Reason("passkeys.not-answered")) from error
    return found.new_sign_count


def signature(answer: str, public_key: str) -> dict[str, str]:
    """An answer that was found right, whole, as a receipt keeps it."""
    said = loads(answer)["response"]
    decoded = decode_credential_public_key(base64url_to_bytes(public_key))
    pem = decoded_public_key_to_cryptography(decoded).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    parts = {"authenticator": "authenticatorData", "client": "clientDataJSON"}
    return {
        "key": pem.decode("ascii"),
        "signature": _one_spelling(said["signature"]),
        **{ours: _one_spelling(said[theirs]) for ours, theirs in parts.items()},
    }


def _one_spelling(written: str) -> str:
    return bytes_to_base64url(base64url_to_bytes(written))


def name_faults(name: str, *, number: int) -> list[Reason]:
    """What is wrong with one more passkey. number: how many there are."""
    if number >= MOST_KEYS:
        return [Reason("passkeys.too-many", "name", {"most": MOST_KEYS})]
    if not name:
        return [Reason("passkeys.name-it", "name")]
    if len(name) > LONGEST_NAME:
        return [Reason("form.too-long", "name", {"most": LONGEST_NAME})]
    return []


# --- codes by the clock (RFC 6238) ---------------------------------------------------------------


def app_secret(server_secret: str, person_id: UUID, salt: str) -> bytes:
    """The secret of a code app: 160 bits that are in no database."""
    words = f"code-app:{person_id}:{salt}".encode()
    return hmac(server_secret.encode(), words, "sha256")[:20]


def typed(secret: bytes) -> str:
    """A secret as people type it into an app: in fours."""
    word = b32encode(secret).decode("ascii")
    return " ".join(word[n : n + 4] for n in range(0, len(word), 4))


def app_link(secret: bytes, *, host: str, account: str) -> str:
    """What opens a code app on the same device."""
    label = quote(f"{host}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={b32encode(secret).decode('ascii')}&issuer={quote(host)}"


def code_at(secret: bytes, step: int) -> str:
    """The code of one half minute (RFC 4226, section 5.3)."""
    made = hmac(secret, step.to_bytes(8, "big"), "sha1")
    at = made[-1] & 0x0F
    number = int.from_bytes(made[at : at + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """The half minute a code belongs to, one before or after now at most; None for a wrong one.

    after: the half minute of the last code that was taken: it and those before are used up.
    """
    given = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        # All are compared: the time it takes says nothing.
        is_it = compare_digest(code_at(secret, step).encode(), given.encode())
        if is_it and step > after:
            found = step
    return found


# --- codes on paper ------------------------------------------------------------------------------


def sheet(server_secret: str, person_id: UUID, salt: str) -> list[str]:
    """Ten codes of 80 bits, in fours."""
    made = []
    for number in range(SHEET):
        words = f"recovery:{person_id}:{salt}:{number}".encode()
        code = b32encode(hmac(server_secret.encode(), words, "sha256")[:10]).decode("ascii")
        made.append("-".join(code[n : n + 4] for n in range(0, 16, 4)))
    return made


def number_on_sheet(codes: Sequence[str], given: str, used: Collection[int]) -> int | None:
    """Which unused code of a sheet was given; None for none of them."""
    folded = "".join(sign for sign in given.upper() if sign.isalnum()).encode()
    found = None
    for number, code in enumerate(codes):
        is_it = compare_digest(code.replace("-", "").encode(), folded)
        if is_it and number not in used:
            found = number
    return found
