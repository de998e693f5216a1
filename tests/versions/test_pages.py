"""Versions side by side, and versions as files."""

import re

import pytest

from advocacy.ground.errors import NotFound
from advocacy.positions import actions, queries
from advocacy.versions.queries import comparison
from tests.positions.test_actions import frozen

HTMX = {"HX-Request": "true"}


@pytest.fixture
def version(world, led, writing):
    return frozen(writing, world.actor("legal"), led)


def test_files_of_a_version_hold_its_words_and_its_hash(client, version):
    browser = client("relief")
    for end, kind in (("text", "text/plain"), ("markdown", "text/markdown")):
        answer = browser.client.get(f"/versions/{version.id}/{end}")
        assert answer.content_type.startswith(kind)
        words = answer.get_data(as_text=True)
        assert "Stop every eviction without notice." in words
        assert version.content_hash in words
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "Al Noor" not in answer.headers["Content-Disposition"]


def test_versions_are_compared_in_words(world, client, led, version, writing):
    legal, relief = world.actor("legal"), client("relief")
    with writing(legal) as session:
        actions.reopen(session, legal, led.id)
        now = queries.details(queries.position(session, legal, led.id))
        wanted = type(now)(**{**now.__dict__, "channel": "private"})
        actions.describe(session, legal, led.id, details=wanted, based_on=now.hash)
    add = f"/drafting/{led.document_id}/add"
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', relief.get(add)).group(1)
    typed = {"based_on": based, "after": "", "heading": "", "text": "Soon."}
    client("legal").post(add, {**typed, "kind": "recommendation"})
    here = f"/versions/{led.id}/compare"
    page = relief.get(f"{here}?from=1&to=draft")
    assert "1 clause added." in " ".join(page.split())
    assert "The terms are different." in page
    assert '<ins><bdi class="vh">added: </bdi>Soon.</ins>' in page
    assert "Nothing is different." in relief.get(f"{here}?from=1&to=1")
    part = relief.get(f"{here}?from=1&to=draft", headers=HTMX)
    assert part.lstrip().startswith('<div id="versions-compare"')
    relief.get(f"{here}?from=77&to=x")


def test_a_version_that_is_not_there_is_not_compared(world, led, version, reading):
    legal = world.actor("legal")
    with reading(legal) as session:
        of = queries.position(session, legal, led.id)
        with pytest.raises(NotFound):
            comparison(session, legal, of, "1", "2")
