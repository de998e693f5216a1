"""Testland with its areas, as `tests.threats` has them."""

from tests.threats.conftest import areas

__all__ = ["areas"]
