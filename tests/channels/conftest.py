"""A text that went out, with names under it."""

from tests.editions.conftest import files
from tests.releases.conftest import over

__all__ = ["files", "over"]
