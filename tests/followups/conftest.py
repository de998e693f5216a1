"""A text that is out, led by Relief Network."""

from tests.releases.conftest import over as over
