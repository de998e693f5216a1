"""A round that is open, and `say` to answer in it."""

from tests.signoff.conftest import frozen as frozen
from tests.signoff.conftest import opened as opened
from tests.signoff.conftest import say as say
