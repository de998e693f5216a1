"""Testland, and a threat of Relief Network to know more of."""

from tests.threats.conftest import areas, entry, report

__all__ = ["areas", "entry", "report"]
