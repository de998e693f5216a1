"""A device that makes passkeys, in a few lines: what a browser would send for it."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from advocacy.formats.jws import encoded

ORIGIN, HOST = "http://localhost:8000", "localhost"


@dataclass
class Device:
    """One passkey. verified: whether its owner showed themselves to it."""

    verified: bool = True
    origin: str = ORIGIN
    count: int = 0
    credential: bytes = field(default_factory=lambda: token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def _about(self, *, made: bytes = b"") -> bytes:
        flags = 0x01 | (0x04 if self.verified else 0) | (0x40 if made else 0)
        self.count += 1
        head = sha256(HOST.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")
        return head + made

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _said(self, response: dict[str, bytes]) -> str:
        told: dict[str, Any] = {
            "id": encoded(self.credential), "rawId": encoded(self.credential), "type": "public-key",
            "response": {name: encoded(data) for name, data in response.items()},
        }  # fmt: skip
        return json.dumps(told)

    def make(self, options: dict[str, Any]) -> str:
        """What it answers when it is told to make a passkey."""
        numbers = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        length = len(self.credential).to_bytes(2, "big")
        made = bytes(16) + length + self.credential + cbor2.dumps(cose)
        whole = {"fmt": "none", "attStmt": {}, "authData": self._about(made=made)}
        client = self._client("webauthn.create", options["challenge"])
        return self._said({"clientDataJSON": client, "attestationObject": cbor2.dumps(whole)})

    def answer(self, options: dict[str, Any]) -> str:
        """What it answers when it is told to sign a challenge."""
        about, client = self._about(), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(about + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._said(
            {"clientDataJSON": client, "authenticatorData": about, "signature": signature}
        )
