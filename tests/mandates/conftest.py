"""A round that a network was asked in."""

from tests.editions.conftest import files
from tests.releases.conftest import over

__all__ = ["files", "over"]
