"""Mail servers in a process of their own: `python -m tests.outbox.shut FOLDER`.

Each line of standard output is one fact as JSON: the ports once they listen, then every mail that
arrived. One server for each way in which a server can be right or wrong.
"""

import asyncio
import json
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# Certificate -> (host, days it still holds, whether our authority signed it)
PAPERS = {
    "good": ("localhost", 30, True),
    "expired": ("localhost", -1, True),
    "elsewhere": ("mail.elsewhere.example", 30, True),
    "unknown": ("localhost", 30, False),
}
USER, PASSWORD = "advocacy", "pa ss/wörd"


def certificate(folder: Path, name: str, host: str, *, days: int, signed: Any = None) -> Any:
    """A certificate for a host that ends in so many days, and its key, as one PEM file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer, signer = signed or (subject, key)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=signed is None, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    folder.joinpath(f"{name}.pem").write_bytes(
        private + made.public_bytes(serialization.Encoding.PEM)
    )
    return subject, key


class Arrived(Message):
    def handle_message(self, message: Any) -> None:
        tell({"to": message["To"], "subject": message["Subject"]})


def tell(fact: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


def knows(_server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (
        (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    )
    return AuthResult(success=right, handled=False)


def context(folder: Path, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / f"{name}.pem")
    return made


async def start(folder: Path, name: str, *, implicit: bool = False) -> int:
    """A server with this certificate, in the way it encrypts; returns its port."""
    tls = context(folder, name) if name else None
    wants: dict[str, Any] = {"authenticator": knows, "auth_required": True}
    if tls and not implicit:
        wants |= {"tls_context": tls, "require_starttls": True}
    else:
        wants |= {"auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Arrived(), loop=loop, hostname="mail.example", **wants),
        "127.0.0.1",
        0,
        ssl=tls if implicit else None,
    )
    return int(server.sockets[0].getsockname()[1])


async def serve(folder: Path) -> None:
    tell(
        {
            **{name: await start(folder, name) for name in (*PAPERS, "")},
            "implicit": await start(folder, "good", implicit=True),
        }
    )
    await asyncio.Event().wait()


def main() -> None:
    folder = Path(sys.argv[1])
    ours = certificate(folder, "authority", "authority.example", days=30)
    for name, (host, days, is_ours) in PAPERS.items():
        certificate(folder, name, host, days=days, signed=ours if is_ours else None)
    asyncio.run(serve(folder))


if __name__ == "__main__":
    main()
