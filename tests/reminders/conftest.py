"""A round of Relief's that asks Legal and Women; nothing was said yet."""

import pytest
from flask import Flask

from tests.outbox.letters import letters
from tests.rounds.conftest import opened

__all__ = ["letters", "opened"]


@pytest.fixture(autouse=True)
def registered(app: Flask) -> Flask:
    """The factory hands the outbox its mails and its sweeps."""
    return app
