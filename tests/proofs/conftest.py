"""A round that is open, `say` to answer in it, and a key that signs."""

from pathlib import Path

import pytest

from advocacy.formats.keyring import Keyring
from tests.signoff.conftest import frozen as frozen
from tests.signoff.conftest import opened as opened
from tests.signoff.conftest import say as say


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys" / "signing.pem")
