"""A draft is its own organisation's, whatever it is meant for; opened, it is a report of then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.counting import queries as counting
from advocacy.drafts import actions, queries
from advocacy.duplicates import actions as duplicates
from advocacy.ground.errors import Conflict, Denied, NotFound
from advocacy.organisations import queries as organisations
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.sharing import actions as sharing
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import Level, Status
from tests.browser import Browser
from tests.conftest import NOW
from tests.threats.test_pages import typed

LATER = NOW + timedelta(hours=3)
MEMBERS = Sharing(Level.MEMBERS)


@pytest.fixture
def begin(world, database, entry):
    """`begin(title=…)`: a draft of Relief Network that is meant for all members."""

    def made(sharing=MEMBERS, **changes):
        actor = world.actor("relief")
        with database.writing(actor) as session:
            return actions.begin(
                session,
                actor,
                workspace_id=world.workspace_id,
                entry=replace(entry, **changes),
                sharing=sharing,
            ).id

    return made


def opened(world, database, threat_id, sharing=MEMBERS, *, based_on=1):
    actor = world.actor("relief", now=LATER)
    with database.writing(actor) as session:
        actions.open_to(session, actor, threat_id, sharing, based_on=based_on)


def listed(world, reading, name, status, *, words=""):
    actor = world.actor(name, now=LATER)
    with reading(actor) as session:
        space = organisations.workspace(session, actor, world.slug)
        asked = Filters(status=status, words=words)
        found = {row.title for row in picture.lines(session, actor, space, asked, limit=9)}
        if not words:
            assert sum(counting.records(session, actor, space.id, status).values()) == len(found)
        return found


def test_a_draft_is_in_no_list_number_and_search_of_anybody_else(world, begin, reading):
    begin(title="Convoys are stopped")
    for name in ("legal", "cluster", "observer", "donor"):
        for status in ("draft", "active"):
            assert listed(world, reading, name, status) == set()
            assert listed(world, reading, name, status, words="convoys") == set()
    assert listed(world, reading, "relief", "draft") == {"Convoys are stopped"}
    assert listed(world, reading, "relief", "draft", words="convoys") == {"Convoys are stopped"}
    assert listed(world, reading, "relief", "active") == set()


def test_opened_it_is_read_by_those_it_was_meant_for_as_if_reported_then(
    world, database, begin, reading
):
    draft = begin(title="Convoys are stopped")
    with reading(world.actor("relief")) as session:
        assert queries.chosen(session, draft) == MEMBERS
    opened(world, database, draft)
    assert listed(world, reading, "legal", "active") == {"Convoys are stopped"}
    assert listed(world, reading, "legal", "active", words="convoys") == {"Convoys are stopped"}
    assert listed(world, reading, "donor", "active") == set()
    legal = world.actor("legal", now=LATER)
    with reading(legal) as session:
        seen = register.detail(session, legal, draft)
        assert (seen.safe.created_at, seen.safe.checked_at) == (LATER, LATER)
        assert seen.narrative is None
        told = picture.history(session, legal, draft)
        assert {(row.what, row.at) for row in told} == {("reported", LATER)}
        assert "draft" not in str(told)


def test_nothing_widens_a_draft_but_its_opening(world, database, begin, report, reading):
    draft, other = begin(), report("members")
    relief = world.actor("relief")
    for act in (
        lambda s: sharing.share(s, relief, draft, MEMBERS),
        lambda s: duplicates.merge(s, relief, draft, other),
        lambda s: duplicates.merge(s, relief, other, draft),
    ):
        with pytest.raises(Conflict) as caught, database.writing(relief) as session:
            act(session)
        assert caught.value.reasons[0].code == "drafts.open-first"
    with database.writing(relief) as session:
        threat, _space = threats.held(session, relief, draft)
        wide = session.get(type(threat), other).audience_id
        threats.spread(session, relief, threat, wide)
    with reading(world.actor("legal")) as session, pytest.raises(NotFound):
        register.threat(session, world.actor("legal"), draft)


def test_a_draft_is_opened_once_from_what_was_read_and_wide_by_a_lead(world, database, begin):
    draft = begin()
    drafter = world.actor("relief.drafter")
    with pytest.raises(Denied), database.writing(drafter) as session:
        actions.open_to(session, drafter, draft, MEMBERS, based_on=1)
    with pytest.raises(Conflict):
        opened(world, database, draft, based_on=0)
    opened(world, database, draft)
    with pytest.raises(Conflict):
        opened(world, database, draft, based_on=2)
    legal = world.actor("legal")
    second = begin()
    with pytest.raises(NotFound), database.writing(legal) as session:
        actions.open_to(session, legal, second, MEMBERS, based_on=1)


def test_a_draft_put_aside_is_on_no_page_and_its_acts_stay(world, database, begin, reading):
    draft, relief = begin(), world.actor("relief")
    with database.writing(relief) as session:
        actions.put_aside(session, relief, draft, based_on=1)
    assert listed(world, reading, "relief", "draft") == set()
    with reading(relief) as session:
        with pytest.raises(NotFound):
            register.threat(session, relief, draft)
        assert queries.last(session, draft).what == "put-aside"


def test_a_draft_is_kept_and_opened_on_the_pages(client, areas, world, reading):
    relief, legal = client("relief"), client("legal")
    fields = typed(areas, title="Boats are held at the pier", level="members", is_draft="yes")
    address = relief.post("/threats/in/testland/new", fields).headers["Location"]
    assert "This is a draft" in relief.get(address)
    for end in ("", "/open", "/put-aside"):
        legal.get(f"{address}{end}", status=404)
    assert "Boats are held at the pier" in relief.get("/threats/in/testland/table?state=draft")
    assert "Boats are held at the pier" not in relief.get("/threats/in/testland/table")
    assert "Harbour Legal Aid" in relief.get(f"{address}/open")
    said = {"level": "members", "based_on": "1"}
    read = relief.post(f"{address}/open", said, status=422).get_data(as_text=True)
    confirmed = Browser._hidden(read, "confirmed")
    relief.post(f"{address}/open", {**said, "confirmed": confirmed})
    assert "Boats are held at the pier" in legal.get(address)


def test_a_record_one_keeps_an_eye_on_has_a_list_of_its_own(client, report, world, reading):
    kept = report("members", title="Quiet for months")
    relief, legal = client("relief"), client("legal")
    page = f"/threats/{kept}"
    relief.post(f"{page}/monitor", page=page)
    assert listed(world, reading, "legal", Status.MONITORING) == {"Quiet for months"}
    assert listed(world, reading, "legal", Status.ACTIVE) == set()
    told = legal.get("/threats/in/testland/table?state=monitoring&col=status")
    assert "We keep an eye on it" in told
    assert "Quiet for months" in told
    relief.post(f"{page}/still-true", page=page)
    relief.post(f"{page}/resume", page=page)
    assert listed(world, reading, "legal", Status.ACTIVE) == {"Quiet for months"}
    relief.post(f"{page}/resume", page=page, status=409)
