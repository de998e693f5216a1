"""Who reads what of a threat: every level, every kind of reader."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.reviews import actions as reviews
from advocacy.threats import actions, queries
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import ThreatMembers, ThreatRestricted, ThreatVersion
from tests.conftest import NOW
from tests.threats.conftest import SECRET

READERS = ("relief", "legal", "women", "cluster", "observer", "donor")
SEEN = {
    "own": {"relief"},
    "named": {"relief", "legal"},
    "members": {"relief", "legal", "women", "cluster"},
    "observers": {"relief", "legal", "women", "cluster", "observer"},
    "donors": {"relief", "legal", "women", "cluster", "donor"},
    "public": set(READERS),
}


def space_of(session, world, actor) -> WorkspaceRow:
    return organisations.workspace(session, actor, world.slug)


def listed(reading, world, name, filters=None):
    actor = world.actor(name)
    with reading(actor) as session:
        space = space_of(session, world, actor)
        return picture.lines(session, actor, space, filters or Filters(), limit=50)


def seen_by(reading, world, threat_id):
    """Who gets the detail, the list row, the count and the history: all four must agree."""
    found = set()
    for name in READERS:
        actor = world.actor(name)
        with reading(actor) as session:
            space = space_of(session, world, actor)
            in_list = {r.id for r in picture.lines(session, actor, space, Filters(), limit=50)}
            counted = sum(c.number for c in picture.cells(session, actor, space, Filters()))
            assert counted == len(in_list)
            assert set(queries.titles(session, actor, [threat_id])) == in_list & {threat_id}
            if threat_id not in in_list:
                for ask in (queries.detail, queries.threat, picture.history):
                    with pytest.raises(NotFound):
                        ask(session, actor, threat_id)
                continue
            assert queries.detail(session, actor, threat_id).safe.id == threat_id
            assert picture.history(session, actor, threat_id)
            found.add(name)
    return found


@pytest.mark.parametrize("level", SEEN)
def test_each_level_opens_a_record_to_its_readers_and_no_others(world, report, reading, level):
    report("own", by="women", title="noise")
    threat_id = report(level, to=["legal"] if level == "named" else [])
    with_noise = seen_by(reading, world, threat_id)
    assert with_noise == SEEN[level]


@pytest.mark.parametrize("level", SEEN)
def test_observers_and_donors_never_read_the_members_class(world, report, reading, level):
    threat_id = report(level, to=["legal"] if level == "named" else [])
    for name in SEEN[level]:
        actor = world.actor(name)
        with reading(actor) as session:
            found = queries.detail(session, actor, threat_id)
            is_member = name not in {"observer", "donor"}
            assert (found.members is not None) == is_member
            assert session.scalar(select(func.count(ThreatMembers.id))) == is_member
            assert (found.safe.people_least, found.safe.people_most) == (1_000, 9_999)


def test_a_named_donor_reads_the_safe_part_only(world, report, reading):
    threat_id = report("named", to=["donor", "legal"])
    donor = world.actor("donor")
    with reading(donor) as session:
        found = queries.detail(session, donor, threat_id)
        assert found.safe.title
        assert found.members is None
        assert found.narrative is None


@pytest.mark.parametrize("level", SEEN)
def test_the_full_account_stays_with_its_owner_and_whom_it_named(world, report, reading, level):
    inside = level in {"members", "observers", "donors", "public"}
    tell = ["women"] if inside else []
    threat_id = report(level, to=["legal"] if level == "named" else [], tell=tell)
    for name in READERS:
        actor = world.actor(name)
        with reading(actor) as session:
            may = name == "relief" or (inside and name == "women")
            assert session.scalar(select(func.count(ThreatRestricted.id))) == may
            told = session.scalars(select(ThreatVersion.changes)).all()
            assert (SECRET in str(told)) == may
            if name in SEEN[level]:
                found = queries.detail(session, actor, threat_id)
                assert (found.narrative == SECRET) == may


def test_nobody_without_an_account_reads_even_a_public_record_of_a_workspace(
    world, report, reading
):
    threat_id = report("public")
    nobody = anonymous(NOW)
    with reading(nobody) as session, pytest.raises(NotFound):
        queries.detail(session, nobody, threat_id)


def test_an_organisation_that_left_the_workspace_reads_nothing_in_it(
    world, report, reading, writing, database
):
    threat_id = report("named", to=["legal"])
    cluster = world.actor("cluster")
    with writing(cluster) as session:
        rows = organisations.organisations(session, cluster, workspace_id=world.workspace_id)
        assert any(row.id == world.organisations["legal"] for row in rows)
    legal = replace(world.actor("legal"), memberships=frozenset())
    with reading(legal) as session:
        for ask in (queries.detail, queries.threat, picture.history):
            with pytest.raises(NotFound):
                ask(session, legal, threat_id)
        assert queries.titles(session, legal, [threat_id]) == {}


@pytest.mark.parametrize(
    ("sensitivity", "level", "fits"),
    [
        (1, "public", True), (2, "public", False), (2, "donors", True), (2, "observers", True),
        (3, "donors", False), (3, "observers", False), (3, "members", True),
        (4, "members", False), (4, "named", True), (4, "own", True),
    ],
)  # fmt: skip
def test_sensitivity_caps_the_audience(report, sensitivity, level, fits):
    to = ["legal"] if level == "named" else []
    if fits:
        assert report(level, sensitivity=sensitivity, to=to)
        return
    with pytest.raises(Invalid) as error:
        report(level, sensitivity=sensitivity, to=to)
    assert [r.code for r in error.value.reasons] == ["threats.too-wide"]


def test_without_a_choice_the_usual_sensitivity_of_the_risk_counts(report):
    with pytest.raises(Invalid):
        report("members", risk_code="PR13", sensitivity=4)
    assert report("own", risk_code="PR13", sensitivity=None)


@pytest.mark.parametrize("risk", ["PR03", "PR04", "PR07", "PR08"])
@pytest.mark.parametrize("level", ["named", "members", "donors"])
def test_records_of_children_and_sexual_violence_stay_own(report, risk, level):
    with pytest.raises(Invalid) as error:
        report(level, risk_code=risk, to=["legal"] if level == "named" else [])
    assert "threats.stays-own" in [r.code for r in error.value.reasons]
    assert report("own", risk_code=risk)


def test_a_survivor_record_of_another_risk_stays_own_and_names_no_place(report, areas):
    for change in (
        ({"place": "Mill Lane"}, {"area_id": areas["Mill District"]})
        if ("Mill District" in areas)
        else ({"place": "Mill Lane"},)
    ):
        with pytest.raises(Invalid) as error:
            report("own", is_survivor_record=True, **change)
        assert [r.code for r in error.value.reasons] == ["threats.survivor-place"]
    with pytest.raises(Invalid):
        report("members", is_survivor_record=True)


def test_observers_and_donors_never_share_a_setting(report):
    with pytest.raises(Invalid) as error:
        report("named", to=["observer", "donor"])
    assert [r.code for r in error.value.reasons] == ["threats.observers-and-donors"]


def test_the_full_account_is_never_for_donors_nor_for_who_cannot_see_the_record(report):
    with pytest.raises(Invalid) as error:
        report("donors", tell=["donor"])
    assert [r.code for r in error.value.reasons] == ["threats.narrative-donor"]
    with pytest.raises(Invalid) as error:
        report("named", to=["legal"], tell=["women"])
    assert [r.code for r in error.value.reasons] == ["threats.narrative-unseen"]


def test_narrowing_takes_parts_and_history_away_at_once(world, report, reading, writing):
    threat_id = report("members", tell=["legal"])
    relief, legal = world.actor("relief"), world.actor("legal")
    with reading(legal) as session:
        assert queries.detail(session, legal, threat_id).narrative == SECRET
    with writing(relief) as session:
        actions.share(session, relief, threat_id, Sharing())
    assert seen_by(reading, world, threat_id) == {"relief"}
    with reading(legal) as session:
        for table in (ThreatMembers, ThreatRestricted, ThreatVersion):
            assert session.scalar(select(func.count(table.id))) == 0


def test_widening_shows_history_only_from_then_on(world, report, reading, writing):
    threat_id = report("own")
    relief, legal = world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        reviews.still_true(session, relief, threat_id)
        actions.share(session, relief, threat_id, Sharing("members"))
    with reading(legal) as session:
        assert picture.history(session, legal, threat_id) == []
    with writing(relief) as session:
        reviews.still_true(session, relief, threat_id)
    with reading(legal) as session:
        assert [row.what for row in picture.history(session, legal, threat_id)] == ["still-true"]


def test_only_a_leads_seat_widens_and_any_editor_narrows(world, report, writing):
    threat_id = report("named", to=["legal"], tell=["legal"])
    drafter = world.actor("relief.drafter")
    for wider in (Sharing("members"), Sharing("public")):
        with writing(drafter) as session, pytest.raises(Denied):
            actions.share(session, drafter, threat_id, wider)
    legal = frozenset({world.organisations["legal"]})
    with writing(drafter) as session:
        actions.share(session, drafter, threat_id, Sharing("named", legal))
        actions.share(session, drafter, threat_id, Sharing())
    with writing(drafter) as session, pytest.raises(Denied):
        actions.share(session, drafter, threat_id, Sharing("named", legal))


def test_others_neither_change_nor_share_what_they_see(world, report, writing, entry):
    threat_id = report("members")
    legal = world.actor("legal")
    for act in (
        lambda s: actions.edit(s, legal, threat_id, entry, based_on=1),
        lambda s: actions.share(s, legal, threat_id, Sharing()),
        lambda s: reviews.still_true(s, legal, threat_id),
        lambda s: reviews.close(s, legal, threat_id),
    ):
        with writing(legal) as session, pytest.raises(Denied):
            act(session)
        with writing(legal) as session, pytest.raises(NotFound):
            reviews.still_true(session, legal, uuid4())


def test_raising_the_sensitivity_narrows_in_the_same_commit(world, report, reading, writing, entry):
    threat_id = report("donors", sensitivity=2)
    relief = world.actor("relief")
    with writing(relief) as session:
        actions.edit(session, relief, threat_id, replace(entry, sensitivity=3), based_on=1)
    assert seen_by(reading, world, threat_id) == SEEN["members"]
    with writing(relief) as session:
        actions.edit(session, relief, threat_id, replace(entry, sensitivity=4), based_on=2)
    assert seen_by(reading, world, threat_id) == {"relief"}
    with writing(relief) as session:
        actions.edit(session, relief, threat_id, replace(entry, sensitivity=1), based_on=3)
    assert seen_by(reading, world, threat_id) == {"relief"}


def test_becoming_a_survivor_record_takes_it_back_to_own_level(
    world, report, reading, writing, entry
):
    threat_id = report("named", to=["legal"], tell=["legal"])
    relief = world.actor("relief")
    with writing(relief) as session:
        actions.edit(session, relief, threat_id, replace(entry, risk_code="PR08"), based_on=1)
    assert seen_by(reading, world, threat_id) == {"relief"}


def test_no_row_of_history_is_wider_than_its_class(report, reading):
    report("donors", sensitivity=2, tell=["legal"])
    nobody = anonymous(NOW)
    with reading(nobody) as session, guard.system(session, guard.System.COUNT_TOTALS):
        of = {
            row.field_class: row.audience_id
            for row in session.execute(select(ThreatVersion.field_class, ThreatVersion.audience_id))
        }
        assert of["members"] == session.scalar(select(ThreatMembers.audience_id))
        assert of["restricted"] == session.scalar(select(ThreatRestricted.audience_id))
        assert len(set(of.values())) == 3
