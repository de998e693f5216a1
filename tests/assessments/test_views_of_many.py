"""Each organisation's view is its own: read as far as it chose, named as far as it chose."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.assessments import actions, queries, rules
from advocacy.assessments.rows import Said, View
from advocacy.assessments.schema import Contributor
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing
from tests.world import NOW


def test_nobody_overwrites_anybody(report, give, panel):
    threat_id = report("members", severity=4)
    give("legal", threat_id, severity=2, attribution="named")
    give("women", threat_id, severity=5, attribution="named", stance="disputes")
    found = {(v.name, v.said.severity, v.said.stance) for v in panel("rights", threat_id).views}
    assert found == {
        ("Harbour Legal Aid", 2, "corroborates"),
        ("Blue Valley Women’s Association", 5, "disputes"),
    }


def test_a_later_view_of_the_same_quarter_takes_the_place_of_the_first(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, severity=2)
    give("legal", threat_id, severity=3)
    (one,) = panel("women", threat_id).views
    assert one.said.severity == 3
    assert one.period == "2026-Q4"


def test_the_newest_quarter_speaks_for_an_organisation(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, severity=2)
    give("legal", threat_id, severity=5, observed_to=date(2026, 6, 1))
    (one,) = panel("women", threat_id).views
    assert one.said.severity == 2


@pytest.mark.parametrize(
    ("attribution", "known_to"),
    [
        ("named", {"cluster", "forum", "relief", "women"}),
        ("coordinator", {"cluster", "forum"}),
        ("hidden", set()),
    ],
)
def test_whose_it_is_is_learnt_by_those_who_were_chosen(
    report, give, panel, reading, world, attribution, known_to
):
    threat_id = report("members")
    give("legal", threat_id, attribution=attribution, rationale="Seen at the bridge")
    for name in ("cluster", "forum", "relief", "women"):
        (one,) = panel(name, threat_id).views
        assert bool(one.name) == (name in known_to), name
        assert one.said.rationale == "Seen at the bridge"
        assert str(world.organisations["legal"]) not in str(one)
        with reading(world.actor(name)) as session:
            assert bool(session.scalars(select(Contributor)).all()) == (name in known_to)
    (ours,) = panel("legal", threat_id).views
    assert ours.name == "Harbour Legal Aid"


def test_a_name_that_is_lowered_is_gone_at_once(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, attribution="named")
    give("legal", threat_id, attribution="hidden")
    (one,) = panel("cluster", threat_id).views
    assert one.name == ""


def test_of_survivors_no_name_is_ever_kept_or_shown(report, give, panel, world, writing):
    threat_id = report("members")
    give("legal", threat_id, attribution="named")
    (one,) = panel("women", threat_id).views
    assert one.name
    relief = world.actor("relief")
    with writing(relief) as session:
        found = records.threat(session, relief, threat_id)
        found.is_survivor_record = True
    (one,) = panel("women", threat_id).views
    assert one.name == ""
    said = rules.tidy(Said("context", attribution="named"), hides_names=True)
    assert said.attribution == "hidden"


@pytest.mark.parametrize(
    ("reach", "readers"),
    [
        ("all", {"cluster", "relief", "women", "legal"}),
        ("owner", {"cluster", "relief", "legal"}),
        ("own", {"legal"}),
    ],
)
def test_a_view_is_read_as_far_as_it_says_and_no_further(report, give, panel, reach, readers):
    threat_id = report("observers", sensitivity=2)
    give("legal", threat_id, reach=reach)
    for name in ("cluster", "relief", "women", "legal", "observer"):
        assert bool(panel(name, threat_id).views) == (name in readers), name


def test_narrower_than_before_leaves_no_older_view_with_others(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, severity=5)
    give("legal", threat_id, severity=2, reach="own")
    assert panel("women", threat_id).views == ()


def test_a_view_follows_its_record_when_that_narrows_and_widens(
    report, give, panel, world, writing
):
    threat_id = report("members")
    give("legal", threat_id)
    give("women", threat_id, reach="owner")
    relief = world.actor("relief")
    to_women = Sharing("named", frozenset({world.organisations["women"]}))
    with writing(relief) as session:
        threats.share(session, relief, threat_id, to_women)
    assert len(panel("women", threat_id).views) == 2
    with pytest.raises(NotFound):
        panel("legal", threat_id)
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing("members"))
    assert len(panel("rights", threat_id).views) == 1


def test_details_are_for_us_alone_unless_we_give_them_to_the_owner(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, detail="Halloran")
    give("women", threat_id, detail="Halloran too", is_detail_for_owner=True)
    told = {
        name: sorted(v.said.detail for v in panel(name, threat_id).views if v.said.detail)
        for name in ("legal", "women", "relief", "cluster")
    }
    assert told == {
        "legal": ["Halloran"],
        "women": ["Halloran too"],
        "relief": ["Halloran too"],
        "cluster": [],
    }


def test_a_spread_is_of_three_organisations_whom_the_reader_sees(report, give, panel):
    threat_id = report("members")
    give("legal", threat_id, severity=2)
    give("women", threat_id, severity=5)
    assert panel("relief", threat_id).spread is None
    give("rights", threat_id, severity=3, reach="own")
    assert panel("relief", threat_id).spread is None
    assert panel("rights", threat_id).spread == (3, 2, 5)


@pytest.mark.parametrize(
    ("known", "said", "is_so"),
    [
        ("saw", {"is_independent": True, "how_known": "one"}, True),
        ("saw", {"is_independent": False, "how_known": "saw"}, False),
        ("saw", {"is_independent": True, "how_known": "heard"}, False),
        ("heard", {"is_independent": True, "how_known": "saw"}, False),
        ("saw", {"is_independent": True, "how_known": "saw", "stance": "disputes"}, False),
    ],
)
def test_corroborated_needs_two_organisations_with_sources_of_their_own(known, said, is_so):
    def view(*, is_owners: bool, **said: object) -> View:
        values = {"stance": "corroborates", **said}
        return View(uuid4(), Said(**values), "2026-Q4", "", is_ours=False, is_owners=is_owners)

    owners = view(is_owners=True, is_independent=True, how_known="saw")
    found = [owners, view(is_owners=False, **said)]
    assert rules.is_corroborated(found, owner_knows_by=known) is is_so


def test_what_is_taken_back_leaves_no_trace_with_others(report, give, panel, world, writing):
    threat_id, legal = report("members"), world.actor("legal")
    give("legal", threat_id, attribution="named", detail="x")
    with writing(legal) as session:
        after = queries.mine(session, legal, threat_id).act_id
        actions.take_back(session, legal, threat_id, after=after)
        assert queries.mine(session, legal, threat_id).said is None
    for name in ("legal", "cluster"):
        assert panel(name, threat_id).views == ()
    give("legal", threat_id, severity=1)
    assert panel("cluster", threat_id).views[0].said.severity == 1


def test_a_colleague_who_was_faster_is_shown_and_nothing_is_lost(report, give, world, writing):
    threat_id, legal = report("members"), world.actor("legal")
    give("legal", threat_id, severity=3)
    with writing(legal) as session:
        with pytest.raises(Conflict) as caught:
            actions.give(session, legal, threat_id, Said("disputes"), after=None)
        assert caught.value.current.said.severity == 3
        with pytest.raises(Conflict):
            actions.take_back(session, legal, threat_id, after=uuid4())


def test_one_act_follows_another_and_never_that_of_somebody_else(report, give, world, writing):
    threat_id, women = report("members"), world.actor("women")
    give("legal", threat_id)
    with writing(world.actor("legal")) as session:
        theirs = queries.mine(session, world.actor("legal"), threat_id).act_id
    with writing(women) as session, pytest.raises(Conflict):
        actions.give(session, women, threat_id, Said("context"), after=theirs)


def test_who_does_not_read_the_members_part_says_nothing(report, world, writing):
    shown, hidden = report("donors", sensitivity=2), report("own")
    for name, threat_id, error in (
        ("donor", shown, Denied),
        ("legal", hidden, NotFound),
        ("legal.admin", shown, Denied),
    ):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(error):
            actions.give(session, actor, threat_id, Said("context"), after=None)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ({"stance": "shouts"}, "stance"),
        ({"severity": 6}, "severity"),
        ({"how_known": "dreamt"}, "how_known"),
        ({"reach": "everybody"}, "reach"),
        ({"attribution": "anon"}, "attribution"),
        ({"likelihood": "surely"}, "likelihood"),
        ({"observed_from": date(2026, 3, 2), "observed_to": date(2026, 3, 1)}, "observed_to"),
        ({"observed_to": NOW.date() + timedelta(days=2)}, "observed_to"),
        ({"verified_by": "A task force"}, "verified_by"),
        ({"rationale": "x" * 4_001}, "rationale"),
    ],
)
def test_bad_input_is_named(said, about):
    faults = rules.faults(Said(**{"stance": "context", **said}), today=NOW.date())
    assert about in {reason.about for reason in faults}


def test_a_faulty_view_is_not_written(report, give, panel):
    threat_id = report("members")
    with pytest.raises(Invalid):
        give("legal", threat_id, severity=6)
    assert panel("legal", threat_id).views == ()
