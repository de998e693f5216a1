"""The signing key: a file outside the database, readable by its owner alone."""

import os
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from advocacy.formats.jws import PublicKey


class BadKey(Exception):
    """The file is not an Ed25519 key that this program can read."""


class Keyring:
    """The key in one file. It is read again when the file is exchanged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int], Ed25519PrivateKey] | None = None

    def current(self) -> Ed25519PrivateKey:
        """The key that signs now; made on first use. Raises BadKey, OSError."""
        if not self.path.exists():
            self._make()
        state = self.path.stat()
        mark = (state.st_ino, state.st_mtime_ns)
        if self._read is None or self._read[0] != mark:
            self._read = mark, _key_in(self.path)
        return self._read[1]

    def public(self) -> PublicKey:
        """The public half of the key that signs now."""
        return PublicKey.of(self.current())

    def rotate(self) -> PublicKey:
        """Put a fresh key in the place of the present one, which is gone for ever."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(self._written(), self.path)
        return self.public()

    def faults(self) -> list[str]:
        """What is weak or wrong about the file, in sentences; empty = sound."""
        if not self.path.exists():
            return ["There is no signing key yet. `advocacy keys show` makes one."]
        found = []
        if self.path.stat().st_mode & 0o077:
            found.append("Others on this machine can read the signing key: chmod 600, then rotate.")
        try:
            self.current()
        except (BadKey, OSError):
            found.append("This is not an Ed25519 key that can be read. Write one, or rotate.")
        return found

    def _make(self) -> None:
        """Two processes may begin at once: the file of one of them stands, whole."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._written()
        try:
            os.link(fresh, self.path)
        except FileExistsError:
            pass
        finally:
            os.unlink(fresh)

    def _written(self) -> str:
        """A file beside it with a fresh key, mode 600."""
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        handle, name = mkstemp(dir=self.path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        return name


def _key_in(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKey(str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(str(path))
    return key
