"""A round that is over, and what came of it."""

from tests.releases.conftest import over

__all__ = ["over"]
