"""The main job, by people at browsers: with scripts on a desk, without them on a phone."""

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Server
from tests.journeys.story import Story


def test_from_a_threat_to_a_donor_with_scripts_on_a_wide_screen(
    window: Open, server: Server
) -> None:
    story = Story(server, window, width=1200, scripts=True, prefix="wide")
    story.tell()
    assert len(story.read_again_in("ar", width=360)) > 20


def test_from_a_threat_to_a_donor_without_scripts_on_a_phone(window: Open, server: Server) -> None:
    Story(server, window, width=360, scripts=False, prefix="phone").tell()


@pytest.mark.parametrize("width", [1200])
def test_the_same_on_postgresql(window: Open, postgres_server: Server, width: int) -> None:
    Story(postgres_server, window, width=width, scripts=True, prefix="postgres").tell()
