"""A round of Relief Network, and threats to tell of."""

from tests.signoff.conftest import frozen, opened, say
from tests.threats.conftest import areas, entry, report

__all__ = ["areas", "entry", "frozen", "opened", "report", "say"]
