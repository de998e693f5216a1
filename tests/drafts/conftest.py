"""The register's threats, as `tests.threats` makes them."""

from tests.threats.conftest import areas, entry, report

__all__ = ["areas", "entry", "report"]
