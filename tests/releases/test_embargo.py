"""An embargo holds to the second, for each audience, on every way to the text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from advocacy.access.actor import anonymous
from advocacy.asks.actions import NewAsk
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from advocacy.releases.rules import Opening
from tests.browser import Browser
from tests.releases.conftest import AFTER, Make, Over

MEMBERS_AT = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
DONORS_AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
PUBLIC_AT = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
STAGED = [
    Opening("members", MEMBERS_AT, "Asia/Amman"),
    Opening("donors", DONORS_AT, "Asia/Amman"),
    Opening("public", PUBLIC_AT, "Asia/Amman"),
]
TITLE = "Mobile clinics must reach Blue Valley"
# Rights Watch is a member that does not take part.
CIRCLE = ("legal", "women")


def staged(over: Make) -> tuple[Over, list[str]]:
    """A text under embargo, and every address that leads to it."""
    done = over({"legal": {"outside": "named"}, "relief": {}}, circle=CIRCLE)
    done.check()
    release = done.publish(embargo=STAGED)
    files = [f"/editions/{release}/{way}" for way in ("pdf", "word", "html")]
    return done, [f"/releases/{release}", *files]


@pytest.mark.parametrize(
    ("who", "opens"), [("rights", MEMBERS_AT), ("donor", DONORS_AT), ("", PUBLIC_AT)]
)
def test_a_reader_gets_the_text_from_its_instant_on_and_not_a_second_before(
    over: Make, client: Callable[[str], Browser], who: str, opens: datetime
) -> None:
    _done, paths = staged(over)
    for at, status in ((opens - SECOND, 404), (opens, 200)):
        clock.freeze(at)
        reader = client(who).client
        assert {reader.get(path).status_code for path in paths} == {status}
        listed = reader.get("/editions/in/testland")
        feed = reader.get("/editions/in/testland/feed")
        assert (TITLE in listed.text) == (status == 200)
        assert (TITLE in feed.text) == (status == 200)
        # A stranger learns nothing of a workspace that shows it nothing.
        assert who or listed.status_code == feed.status_code == status


def test_those_who_took_part_read_it_at_once_and_are_told_to_keep_it(
    over: Make, client: Callable[[str], Browser]
) -> None:
    _done, paths = staged(over)
    page = client("women").get(paths[0])
    assert "Under embargo" in page
    assert "Closed to everybody until" in page
    clock.freeze(PUBLIC_AT)
    assert "Under embargo" not in client("women").get(paths[0])
    assert "Published on 30 November 2026" in client("").get(paths[0])


def test_what_follows_from_the_text_waits_with_it(over: Make) -> None:
    done, _paths = staged(over)
    lead = done.actor("relief")
    clause = next(c for c in done.scene.version.clauses if c.kind == "recommendation")
    with done.database.writing(lead) as session:
        space = done.world.workspace_id
        owner = institutions.add(
            session, lead, workspace_id=space, name="The Governor", kind="authority"
        )
        row = recommendations.add_from_clause(
            session, lead, version_id=done.scene.version.id, clause_id=clause.cid,
            title="Let clinics move", to=NewAsk(institution_id=owner.id),
        )  # fmt: skip
    for at, seen in ((PUBLIC_AT - SECOND, 0), (PUBLIC_AT, 1)):
        reader = anonymous(at)
        with done.database.reading(reader) as session:
            found = session.get(type(row), row.id)
            assert (found is not None) == bool(seen)


def test_a_page_that_is_kept_is_not_shown_past_its_instant(
    over: Make, client: Callable[[str], Browser]
) -> None:
    """The answer that was kept a moment before says nothing about now."""
    _done, paths = staged(over)
    clock.freeze(DONORS_AT - SECOND)
    donor = client("donor")
    before = donor.client.get("/editions/in/testland").text
    assert donor.client.get(paths[0]).status_code == 404
    clock.freeze(DONORS_AT)
    assert donor.client.get(paths[0]).status_code == 200
    assert TITLE in donor.client.get("/editions/in/testland").text
    assert TITLE not in before


@pytest.mark.parametrize(
    ("openings", "code"),
    [
        ([Opening("public", AFTER, "UTC")], "releases.embargo-past"),
        ([Opening("public", None, "Mars/Base")], "releases.no-such-zone"),
        ([Opening("donors", DONORS_AT, "UTC")], "releases.opens-after-public"),
        (
            [Opening("donors", PUBLIC_AT + SECOND, "UTC"), Opening("public", PUBLIC_AT, "UTC")],
            "releases.opens-after-public",
        ),
        ([Opening("press", PUBLIC_AT, "UTC")], "releases.no-such-time"),
    ],
)
def test_an_embargo_that_cannot_be_is_refused(
    over: Make, openings: list[Opening], code: str
) -> None:
    done = over({"legal": {"outside": "named"}})
    done.check()
    with pytest.raises(Invalid) as error:
        done.publish(embargo=openings)
    assert {reason.code for reason in error.value.reasons} == {code}


def test_a_private_text_has_no_embargo(over: Make) -> None:
    done = over({"legal": {"outside": "named"}}, channel="private")
    done.check()
    with pytest.raises(Invalid) as error:
        done.publish(embargo=STAGED, delivered_to="The Governor")
    assert {r.code for r in error.value.reasons} == {"releases.private-has-no-embargo"}


def test_the_lead_sets_it_on_the_page_in_the_zone_it_says(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"legal": {"outside": "named"}})
    done.check()
    path = f"/releases/before/{done.scene.position_id}"
    relief = client("relief")
    seen = Browser._hidden(relief.get(path), "seen_hash")
    given: dict[str, Any] = {"seen_hash": seen, "public_on": "2026-12-01", "public_at": "01:30"}
    refused = relief.post(path, given | {"zone": "Nowhere/Else"}, status=422).text
    assert "There is no time zone of this name" in refused
    where = relief.post(path, given | {"zone": "Asia/Amman"}).headers["Location"]
    clock.freeze(PUBLIC_AT - SECOND)
    client("").get(where, 404)
    clock.freeze(PUBLIC_AT)
    client("").get(where)


def test_the_feed_is_a_feed(over: Make, client: Callable[[str], Browser]) -> None:
    done = over({"legal": {"outside": "named"}}, title="A <b>bold</b> & plain title")
    done.check()
    done.publish()
    answer = client("").client.get("/editions/in/testland/feed")
    assert answer.content_type.startswith("application/atom+xml")
    assert "A &lt;b&gt;bold&lt;/b&gt; &amp; plain title" in answer.text
    assert "Harbour" not in answer.text
