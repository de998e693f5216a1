"""Signed statements: compact JWS with Ed25519, written in one way only (RFC 7515, 8037, 8785).

The header holds exactly `alg`, `kid` and `typ`. `kid` is the thumbprint of the public key (RFC
7638), `typ` says what is signed, so that a tree head can never pass for a receipt. Reading back is
the work of `verify_receipt`, which trusts nothing in the token.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from advocacy.formats.verify_receipt import HEAD, RECEIPT, canonical

__all__ = ["ALGORITHM", "HEAD", "RECEIPT", "PublicKey", "encoded", "signed"]
# RFC 9864 prefers "Ed25519"; one of the libraries that people check with reads this name alone.
ALGORITHM = "EdDSA"


def encoded(data: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


@dataclass(frozen=True)
class PublicKey:
    """The public half of a signing key. x: its 32 bytes."""

    x: bytes

    @classmethod
    def of(cls, key: Ed25519PrivateKey) -> "PublicKey":
        """The public half of this key."""
        return cls(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @property
    def kid(self) -> str:
        """Its name: the RFC 7638 thumbprint."""
        members = {"crv": "Ed25519", "kty": "OKP", "x": encoded(self.x)}
        return encoded(sha256(canonical(members)).digest())

    def jwk(self) -> dict[str, str]:
        """The key as other programs take it (RFC 8037)."""
        return {
            "kty": "OKP", "crv": "Ed25519", "x": encoded(self.x), "kid": self.kid,
            "alg": ALGORITHM, "use": "sig",
        }  # fmt: skip

    def pem(self) -> str:
        """The key as openssl takes it."""
        key = Ed25519PublicKey.from_public_bytes(self.x)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def signed(key: Ed25519PrivateKey, kind: str, payload: dict[str, Any]) -> str:
    """A compact JWS of a payload. kind: RECEIPT or HEAD."""
    header = {"alg": ALGORITHM, "kid": PublicKey.of(key).kid, "typ": kind}
    body = f"{encoded(canonical(header))}.{encoded(canonical(payload))}"
    return f"{body}.{encoded(key.sign(body.encode('ascii')))}"
