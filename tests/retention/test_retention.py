"""A full account is kept as long as the protocol says: then nobody reads it, and it is erased."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import null, select, text, update
from sqlalchemy.exc import DBAPIError

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import Blocks
from advocacy.analysis.schema import ThreatBlocks
from advocacy.assessments import actions as assessments
from advocacy.assessments import queries as views
from advocacy.assessments.rows import Said
from advocacy.assessments.schema import AssessmentDetail
from advocacy.duplicates import actions as duplicates
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied
from advocacy.picture import queries as picture
from advocacy.protocols import actions as protocols
from advocacy.protocols.rows import Terms
from advocacy.protocols.rules import HOUSE, LABELS, months_from
from advocacy.retention import actions, queries
from advocacy.reviews import actions as reviews
from advocacy.search import queries as search
from advocacy.sharing import queries as sharing
from advocacy.talks import actions as talks
from advocacy.talks import queries as remarks
from advocacy.talks.schema import Remark
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.schema import Threat, ThreatRestricted, ThreatVersion
from tests.conftest import NOW
from tests.threats.conftest import SECRET, areas, entry, report

__all__ = ["areas", "entry", "report"]
LATER = NOW + timedelta(days=95)


@pytest.fixture
def kept(writing, world):
    """Full accounts are kept three months; everybody has accepted that."""
    terms = Terms(
        "Protocol", "Body", NOW.date(), NOW.date(), {n: (LABELS[n], HOUSE[n]) for n in HOUSE},
        text="Share with care.", host="A host", country="Testland", readers="Nobody.",
        keep_months=3,
    )  # fmt: skip
    with writing(world.actor("cluster")) as session:
        lead = world.actor("cluster")
        put = protocols.put(session, lead, world.workspace_id, terms, after=None).id
    for key in ("relief", "legal"):
        with writing(world.actor(key)) as session:
            protocols.accept(session, world.actor(key), put)


@pytest.fixture
def closed(kept, report, writing, world):
    """A record that Harbour Legal Aid reads in full, changed once, and closed today."""
    threat_id, relief = report("members", tell=["legal"]), world.actor("relief")
    with writing(relief) as session:
        now = register.current(session, relief, threat_id)
        again = replace(now.entry, narrative=f"{SECRET}. And Ferris.")
        threats.edit(session, relief, threat_id, again, based_on=now.edition)
        reviews.close(session, relief, threat_id)
    return threat_id


def told(session, actor, threat_id):
    """Whatever of its full account this reader gets: the page, the history, the search."""
    seen = register.detail(session, actor, threat_id).narrative
    rows = picture.history(session, actor, threat_id)
    found = search.holding(session, actor, "Halloran")
    query = select(Threat.id).where(found)
    return bool(seen), "Halloran" in str(rows), list(session.scalars(query)) == [threat_id]


def test_past_its_time_nobody_reads_it_though_nothing_has_run(closed, reading, world):
    for key in ("relief", "legal"):
        for at, expected in ((NOW + timedelta(days=80), True), (LATER, False)):
            actor = world.actor(key, now=at)
            with reading(actor) as session:
                assert told(session, actor, closed) == (expected,) * 3
    relief = world.actor("relief", now=LATER)
    with reading(relief) as session:
        legal = world.organisations["legal"]
        assert sharing.preview(session, relief, closed, legal).narrative is None


def test_past_its_time_nothing_is_changed_any_more(closed, writing, world):
    relief = world.actor("relief", now=LATER)
    with pytest.raises(Conflict, match="over"), writing(relief) as session:
        reviews.reopen(session, relief, closed)


def test_erasing_takes_the_words_and_leaves_the_record(closed, writing, world):
    relief = world.actor("relief", now=LATER)
    with writing(relief) as session:
        before = picture.history(session, relief, closed)
        actions.erase(session, relief, closed)
    with writing(relief) as session, guard.system(session, guard.System.COMMAND):
        assert session.scalars(select(ThreatRestricted.narrative)).all() == [""]
        rows = session.scalars(select(ThreatVersion)).all()
        assert {row.changes is None for row in rows if row.field_class == "restricted"} == {True}
        assert all(row.changes is not None for row in rows if row.field_class != "restricted")
        held = session.execute(text("SELECT * FROM search_entry")).all()
        assert "halloran" not in str(held).casefold()
    with writing(relief) as session:
        seen = register.detail(session, relief, closed)
        assert (seen.safe.title, seen.members.people_high) == (
            "Checkpoints turn back clinic teams", 1_500,
        )  # fmt: skip
        assert len(picture.history(session, relief, closed)) == len(before)
        panel = queries.panel(session, relief, seen.safe)
        assert panel.erased_on == clock.day_in(LATER, world_zone(session, relief))
        with pytest.raises(Conflict):
            actions.erase(session, relief, closed)


def world_zone(session, actor):
    from advocacy.organisations import queries as organisations  # noqa: PLC0415 - said here only

    return organisations.workspaces(session, actor)[0].zone


def test_the_time_is_counted_from_the_closing_whatever_is_changed_since(closed, writing, world):
    later = world.actor("relief", now=NOW + timedelta(days=60))
    with writing(later) as session:
        now = register.current(session, later, closed)
        threats.edit(session, later, closed, replace(now.entry, place="Mill"), based_on=now.edition)
    with writing(world.actor("relief", now=LATER)) as session:
        assert register.detail(session, world.actor("relief", now=LATER), closed).narrative is None


def test_what_a_record_absorbed_is_over_with_it_and_not_before(kept, report, writing, world):
    relief, (survivor, absorbed) = world.actor("relief"), (report("members"), report("members"))
    with writing(relief) as session:
        duplicates.merge(session, relief, survivor, absorbed)

    def narrative(at):
        actor = world.actor("relief", now=at)
        with writing(actor) as session:
            return register.detail(session, actor, absorbed).narrative

    assert narrative(LATER) == SECRET
    closes = world.actor("relief", now=LATER)
    with writing(closes) as session:
        reviews.close(session, closes, survivor)
    over = LATER + timedelta(days=95)
    assert (narrative(LATER), narrative(over)) == (SECRET, None)
    root = anonymous(over)
    with writing(root) as session:
        assert actions.erase_all(session, root) == 2
    with writing(root) as session, guard.system(session, guard.System.COMMAND):
        assert session.scalars(select(ThreatRestricted.narrative)).all() == ["", ""]


def test_erasing_takes_the_long_texts_of_members_too(kept, report, writing, world):
    threat_id, relief, legal = report("members"), world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        edition = register.threat(session, relief, threat_id).edition
        words = dict.fromkeys(("context", "effect", "capacity"), "Zephyr")
        analysis.describe(session, relief, threat_id, Blocks(**words), based_on=edition)
        talks.say(session, relief, threat_id, text="Zephyr", to="record")
    with writing(legal) as session:
        said = Said("corroborates", severity=2, rationale="Seen.", detail="Zephyr")
        assessments.give(session, legal, threat_id, said, after=None)
    with writing(relief) as session:
        reviews.close(session, relief, threat_id)
    later = world.actor("relief", now=LATER)
    with writing(later) as session:
        actions.erase(session, later, threat_id)
    with writing(later) as session, guard.system(session, guard.System.COMMAND):
        for kind in (ThreatBlocks, Remark, AssessmentDetail, ThreatVersion):
            rows = [vars(row) for row in session.scalars(select(kind))]
            assert rows
            assert "Zephyr" not in str(rows), kind


def test_past_their_time_nobody_reads_the_long_texts_of_members(
    kept, report, writing, reading, world
):
    """Not on the page, in the history, by a search, nor in the view that a form begins from."""
    threat_id, relief, legal = report("members"), world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        edition = register.threat(session, relief, threat_id).edition
        words = dict.fromkeys(("context", "effect", "capacity"), "Zephyr")
        analysis.describe(session, relief, threat_id, Blocks(**words), based_on=edition)
        talks.say(session, relief, threat_id, text="Zephyr", to="record")
    with writing(legal) as session:
        said = Said("corroborates", severity=2, rationale="Seen.", detail="Zephyr")
        assessments.give(session, legal, threat_id, said, after=None)
    with writing(relief) as session:
        reviews.close(session, relief, threat_id)
    for at, is_told in ((NOW + timedelta(days=80), True), (LATER, False)):
        for key in ("relief", "legal"):
            actor = world.actor(key, now=at)
            with reading(actor) as session:
                threat = register.threat(session, actor, threat_id)
                found = select(Threat.id).where(search.holding(session, actor, "Zephyr"))
                assert ("Zephyr" in str(picture.history(session, actor, threat_id))) is is_told
                assert (list(session.scalars(found)) == [threat_id]) is is_told
                said = remarks.remarks(session, actor, threat)
                assert ("Zephyr" in str(said)) is is_told
                ours = (views.mine(session, actor, threat_id), views.views(session, actor, threat))
                assert ("Zephyr" in str(ours)) is (is_told and key == "legal")


def test_nothing_is_erased_before_its_time_nor_by_another(closed, writing, world):
    relief, drafter = world.actor("relief"), world.actor("relief.drafter", now=LATER)
    with pytest.raises(Conflict), writing(relief) as session:
        actions.erase(session, relief, closed)
    legal = world.actor("legal", now=LATER)
    for actor in (legal, drafter):
        with pytest.raises(Denied), writing(actor) as session:
            actions.erase(session, actor, closed)


def test_the_command_erases_what_is_over_and_nothing_else(closed, report, writing, world):
    still_open, root = report("members"), anonymous(LATER)
    with writing(root) as session:
        assert actions.erase_all(session, anonymous(NOW)) == 0
    with writing(root) as session:
        assert actions.erase_all(session, root) == 1
        assert actions.erase_all(session, root) == 0
    with writing(world.actor("relief", now=LATER)) as session:
        relief = world.actor("relief", now=LATER)
        assert register.detail(session, relief, still_open).narrative == SECRET


@pytest.mark.parametrize("value", [null(), {}])
def test_the_database_itself_refuses_to_take_words_out_of_a_history(closed, writing, world, value):
    relief = world.actor("relief", now=LATER)
    change = update(ThreatVersion).values(changes=value)
    with pytest.raises(DBAPIError, match="for ever"), writing(relief) as session:
        session.execute(change.execution_options(synchronize_session=False))


def test_months_are_counted_by_the_calendar():
    at = NOW.replace(month=8, day=31)
    assert months_from(at, 6).date() == date(2027, 2, 28)
    assert months_from(at, -18).date() == date(2025, 2, 28)


def test_the_page_says_before_what_will_be_erased_and_erases_it(closed, client, world):
    relief = client("relief")
    assert "Until 22 Feb 2027" in relief.get(f"/threats/{closed}")
    page = relief.get(f"/threats/{closed}/erase")
    assert "What is erased" in page
    assert "Erase it now" not in page
    relief.post(f"/threats/{closed}/erase", {}, status=409)
    client("legal").get(f"/threats/{closed}/erase", status=403)
    clock.freeze(LATER)
    relief = client("relief")
    page = relief.get(f"/threats/{closed}")
    assert "Halloran" not in page
    assert f"/threats/{closed}/edit" not in page
    assert "Halloran" not in relief.get(f"/threats/{closed}/history")
    relief.post(f"/threats/{closed}/erase", {})
    assert "Erased on" in relief.get(f"/threats/{closed}")
