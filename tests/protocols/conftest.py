"""Threats to be read, or not yet."""

from tests.threats.conftest import areas, entry, report  # noqa: F401 - fixtures by import
