"""A mail server of this machine, for tests that follow a mail."""

from tests.outbox.letters import letters

__all__ = ["letters"]
