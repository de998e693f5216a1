"""Links need threats: the register's fixtures serve here too."""

from tests.threats.conftest import areas, entry, report

__all__ = ["areas", "entry", "report"]
