"""Whoever reads invented content is told so, also without a session."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from advocacy.organisations.schema import Workspace
from tests.browser import Browser
from tests.releases.conftest import Make

MARK = "Sample workspace: invented content"
PAGES = ("/", "/threats/in/testland", "/positions/in/testland", "/donors/in/testland")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_sample_says_so_once(client: Callable[[str], Browser], path: str) -> None:
    assert client("relief").get(path).count(MARK) == 1


def test_a_donor_and_a_stranger_are_told_too(over: Make, client: Callable[[str], Browser]) -> None:
    done = over({"legal": {"outside": "named"}})
    done.check()
    release = f"/releases/{done.publish()}"
    assert client("donor").get("/donors/in/testland").count(MARK) == 1
    for reader in ("", "donor", "relief"):
        assert client(reader).get(release).count(MARK) == 1


def test_a_real_workspace_is_not_called_a_sample(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"legal": {"outside": "named"}})
    with done.database.writing(done.actor("relief")) as session:
        session.execute(update(Workspace).values(is_sample=False))
    done.check()
    release = f"/releases/{done.publish()}"
    for reader, path in (("", release), ("relief", release), ("relief", PAGES[1]), ("donor", "/")):
        assert MARK not in client(reader).get(path)
