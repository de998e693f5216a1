"""`led`: a text that Harbour Legal Aid leads."""

from tests.positions.conftest import led as led
