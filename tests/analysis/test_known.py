"""What is known beyond the short record: kept in its class, refused in clear words, in history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from advocacy.analysis import actions, queries
from advocacy.analysis.rows import Blocks, Known, NewFigure, NewParty, NewPlace
from advocacy.analysis.schema import ThreatPlace, ThreatPoint
from advocacy.ground import unit
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.reference import actions as reference
from advocacy.reference.rows import AreaLine, ShapeLine
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import FieldClass, ThreatVersion
from tests.conftest import NOW
from tests.world import World

Report = Callable[..., UUID]
BLOCKS = Blocks(
    ("coercion", "violence"),
    subtype="Checkpoints",
    context="A new front line.",
    effect="Clinics close; women travel least.",
    capacity="Elders mediate.",
)
HARBOUR = NewPlace(area="TST0302", name="The old mill", latitude=33.5, longitude=36.25)
NONE = float("nan")
MILITIA = NewParty("perpetrator", "militia", "assessed", "Northern Guard")
GIRLS = NewFigure("detained", population="IDP", sex="f", age="0-17", low=12, high=20)


@pytest.fixture
def do(world: World, database: unit.Database) -> Callable[..., Any]:
    """`do(actions.add_place, threat_id, HARBOUR)`: on what is there now, by Relief Network."""

    def done(act: Callable[..., Any], threat_id: UUID, *what: object, by: str = "relief") -> None:
        actor = world.actor(by)
        with database.writing(actor) as session:
            edition = records.threat(session, actor, threat_id).edition
            act(session, actor, threat_id, *what, based_on=edition)

    return done


@pytest.fixture
def known(world: World, database: unit.Database) -> Callable[..., Known]:
    def found(threat_id: UUID, *, by: str = "relief") -> Known:
        actor = world.actor(by)
        with database.reading(actor) as session:
            return queries.known(session, actor, threat_id)

    return found


def faults(do: Callable[..., Any], act: Callable[..., Any], *of: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as raised:
        do(act, *of)
    return [(reason.code, reason.about) for reason in raised.value.reasons]


def test_each_part_is_read_in_its_class_and_no_further(
    report: Report, do: Any, known: Any, areas: dict[str, UUID]
) -> None:
    threat = report("observers")
    do(actions.describe, threat, BLOCKS)
    do(actions.add_place, threat, HARBOUR)
    do(actions.add_party, threat, MILITIA)
    do(actions.add_figure, threat, GIRLS)

    ours, member, observer = known(threat), known(threat, by="legal"), known(threat, by="observer")

    assert ours.blocks == BLOCKS
    assert [(p.code, p.name, p.point) for p in ours.places] == [
        ("TST0302", "The old mill", (33.5, 36.25)),
    ]  # fmt: skip
    assert [(p.category, p.name) for p in ours.parties] == [("militia", "Northern Guard")]
    assert [(f.low, f.high, f.sex) for f in ours.figures] == [(12, 20, "f")]
    assert member.blocks == BLOCKS
    assert [(p.code, p.name, p.point) for p in member.places] == [
        ("TST0302", "The old mill", None),
    ]  # fmt: skip
    assert [(p.category, p.name) for p in member.parties] == [("militia", "")]
    assert observer.blocks == Blocks(("coercion", "violence"))
    assert observer.regions == ours.regions != ()
    assert (observer.places, observer.parties, observer.figures) == ((), (), ())
    with pytest.raises(NotFound):
        known(threat, by="donor")


def test_the_restricted_part_follows_whom_its_owner_names(
    world: World, database: unit.Database, report: Report, do: Any, known: Any
) -> None:
    threat = report("members", tell=["legal"])
    do(actions.add_place, threat, HARBOUR)
    assert known(threat, by="legal").places[0].point == (33.5, 36.25)
    assert known(threat, by="women").places[0].point is None

    with database.writing(world.actor("relief")) as session:
        threats.share(session, world.actor("relief"), threat, Sharing("own"))
    with pytest.raises(NotFound):
        known(threat, by="legal")
    with database.reading(world.actor("legal")) as session:
        assert session.scalars(select(ThreatPlace)).all() == []
        assert session.scalars(select(ThreatPoint)).all() == []


def test_the_first_level_areas_of_all_places_are_safe_and_follow_the_places(
    report: Report, do: Any, known: Any, areas: dict[str, UUID]
) -> None:
    threat = report("observers")  # in Blue Valley
    for area in ("TST0302", "TST0201", "TST01", ""):
        do(actions.add_place, threat, NewPlace(area=area))
    first = known(threat)
    assert [place.precision for place in first.places] == ["adm2", "adm2", "adm1", "country"]
    assert first.places[-1].area == ""
    assert set(first.regions) == {areas["Harbour"], areas["North Plain"]}

    for place in first.places:
        do(actions.remove, threat, "places", place.id)
    assert known(threat).is_empty()


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (NewPlace("TST9999"), ("reference.area-unknown", "area")),
        (NewPlace("TST01", latitude=33.5), ("analysis.point-half", "longitude")),
        (NewPlace("TST01", longitude=33.5), ("analysis.point-half", "latitude")),
        (NewPlace("TST01", latitude=120.5, longitude=33), ("analysis.point-swapped", "latitude")),
        (NewPlace("TST01", latitude=91, longitude=181), ("analysis.point-range", "latitude")),
        (NewPlace("TST01", latitude=9, longitude=181), ("analysis.point-range", "longitude")),
        (NewPlace("TST01", latitude=NONE, longitude=1), ("analysis.point-range", "latitude")),
        (NewPlace("TST01", precision="exact"), ("analysis.point-missing", "latitude")),
        (NewPlace("TST01", precision="here"), ("form.choice", "precision")),
        (NewPlace("TST01", name="x" * 161), ("form.too-long", "place_name")),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused(
    report: Report, do: Any, known: Any, place: NewPlace, fault: tuple[str, str]
) -> None:
    threat = report()
    assert faults(do, actions.add_place, threat, place) == [fault]
    assert known(threat).places == ()


def test_a_code_that_ended_is_no_new_place_and_stays_on_an_old_one(
    database: unit.Database, world: World, report: Report, do: Any, known: Any
) -> None:
    threat = report()
    do(actions.add_place, threat, NewPlace("TST0302"))
    with database.writing(world.actor("relief")) as session:
        mill = queries.areas_of(session, [known(threat).places[0].area_id])
        (area,) = mill.values()
        line = AreaLine("TST", 2, area.code, area.name, "TST03", valid_to=NOW.date())
        reference.load_areas(session, [line])

    assert known(threat).places[0].area == area.name
    assert faults(do, actions.add_place, threat, NewPlace("TST0302")) == [
        ("reference.area-ended", "area")
    ]


def test_a_point_outside_the_known_boundaries_is_asked_about(
    database: unit.Database, world: World, report: Report, do: Any
) -> None:
    threat = report()
    with database.writing(world.actor("relief")) as session:
        box = (36_000, -34_000, 37_000, -33_000)
        shape = ShapeLine("TST01", 1, "M0 0Z", box, (36_500, -33_500))
        reference.load_shapes(session, "TST", [shape], source="Survey Office", note="")

    swapped, far = replace(HARBOUR, latitude=36.5, longitude=31.5), replace(HARBOUR, latitude=-3)
    assert faults(do, actions.add_place, threat, swapped) == [
        ("analysis.point-swapped", "latitude")
    ]
    assert faults(do, actions.add_place, threat, far) == [("analysis.point-outside", "latitude")]
    do(actions.add_place, threat, replace(HARBOUR, latitude=31.5, longitude=36.5))


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        ({"low": None}, ("analysis.number-or-unknown", "low")),
        ({"is_unknown": True}, ("analysis.known-and-unknown", "is_unknown")),
        ({"low": 0, "high": None, "is_unknown": True},
         ("analysis.known-and-unknown", "is_unknown")),
        ({"high": 11}, ("threats.people-order", "high")),
        ({"low": -1}, ("analysis.number-range", "low")),
        ({"low": 3_000_000_000}, ("analysis.number-range", "low")),
        ({"high": 3_000_000_000}, ("analysis.number-range", "high")),
        ({"sex": "women"}, ("form.choice", "sex")),
        ({"from_on": date(2026, 3, 2), "until_on": date(2026, 3, 1)},
         ("analysis.period-order", "until_on")),
        ({"from_on": NOW.date() + timedelta(days=2)}, ("analysis.period-later", "from_on")),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_is_refused(
    report: Report, do: Any, known: Any, figure: dict[str, Any], fault: tuple[str, str]
) -> None:
    threat = report()
    assert faults(do, actions.add_figure, threat, replace(GIRLS, **figure)) == [fault]
    assert known(threat).figures == ()


def test_not_known_is_never_nought(report: Report, do: Any, known: Any) -> None:
    threat = report()
    do(actions.add_figure, threat, NewFigure("killed", is_unknown=True))
    do(actions.add_figure, threat, NewFigure("killed", low=0))

    assert [(f.low, f.high) for f in known(threat).figures] == [(None, None), (0, 0)]


@pytest.mark.parametrize(
    ("party", "fault"),
    [
        ({"category": "service-provider"}, ("analysis.use-psea", "category")),
        ({"category": "judiciary"}, ("form.choice", "category")),
        ({"role": "victim"}, ("form.choice", "role")),
        ({"basis": "felt"}, ("form.choice", "basis")),
        ({"name": "x" * 161}, ("form.too-long", "party_name")),
    ],
)
def test_a_party_that_cannot_be_is_refused(
    report: Report, do: Any, party: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert faults(do, actions.add_party, report(), replace(MILITIA, **party)) == [fault]


def test_who_must_protect_stands_apart_from_who_does_it(
    report: Report, do: Any, known: Any
) -> None:
    threat = report()
    do(actions.add_party, threat, NewParty("duty-bearer", "judiciary"))
    do(actions.add_party, threat, NewParty("protector", "service-provider"))
    found = [(p.role, p.category) for p in known(threat).parties]
    assert found == [("duty-bearer", "judiciary"), ("protector", "service-provider")]


def test_a_record_of_a_child_has_no_fine_place_no_point_and_no_name(
    world: World, database: unit.Database, report: Report, do: Any, known: Any
) -> None:
    child = report(is_survivor_record=True)
    for place in (
        NewPlace("TST0302"),
        NewPlace("TST01", name="Mill"),
        replace(HARBOUR, area="TST01"),
    ):
        assert ("analysis.survivor-place", "area") in faults(do, actions.add_place, child, place)
    assert faults(do, actions.add_party, child, MILITIA) == [
        ("analysis.survivor-name", "party_name")
    ]
    do(actions.add_place, child, NewPlace("TST01"))

    threat = report()
    do(actions.add_place, threat, HARBOUR)
    do(actions.add_party, threat, MILITIA)
    with database.writing(world.actor("relief")) as session:
        actor = world.actor("relief")
        now = records.current(session, actor, threat)
        entry = replace(now.entry, is_survivor_record=True)
        threats.edit(session, actor, threat, entry, based_on=now.edition)
        actions.follow(session, actor, threat)
    (place,) = known(threat).places
    assert (place.code, place.name, place.precision, place.point) == ("TST03", "", "adm1", None)
    assert [party.name for party in known(threat).parties] == [""]


def test_every_change_is_in_the_history_of_its_class(
    world: World, database: unit.Database, report: Report, do: Any
) -> None:
    threat = report("members")
    do(actions.describe, threat, BLOCKS)
    do(actions.add_place, threat, HARBOUR)
    do(actions.describe, threat, BLOCKS)  # nothing new: no entry

    with database.reading(world.actor("relief")) as session:
        rows = session.scalars(
            select(ThreatVersion).where(ThreatVersion.number > 1).order_by(ThreatVersion.number)
        ).all()
        told = {(row.number, row.field_class): row.changes for row in rows}
    assert told[2, FieldClass.SAFE]["kinds"] == [[], ["coercion", "violence"]]
    assert told[2, FieldClass.MEMBERS]["context"] == ["", "A new front line."]
    assert told[3, FieldClass.MEMBERS]["places"] == [[], [["TST0302", "The old mill", "exact"]]]
    assert told[3, FieldClass.RESTRICTED]["points"] == [[], [["TST0302", 33.5, 36.25]]]
    assert max(number for number, _of in told) == 3


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(
    world: World, database: unit.Database, report: Report, do: Any, known: Any
) -> None:
    threat = report()
    do(actions.describe, threat, BLOCKS)
    actor = world.actor("relief")
    with database.writing(actor) as session, pytest.raises(Conflict) as raised:
        actions.describe(session, actor, threat, Blocks(), based_on=1)
    assert raised.value.current == BLOCKS
    assert known(threat).blocks == BLOCKS


def test_a_row_of_another_threat_is_not_found_and_nothing_changes(
    report: Report, do: Any, known: Any
) -> None:
    threat, other = report(), report()
    do(actions.add_place, other, HARBOUR)
    (place,) = known(other).places

    for part, row in (("places", place.id), ("figures", place.id), ("places", uuid4())):
        with pytest.raises(NotFound):
            do(actions.remove, threat, part, row)
    assert known(other).places == (place,)


def test_only_its_owner_adds_to_a_record(report: Report, do: Any) -> None:
    threat, hidden = report("members"), report()
    with pytest.raises(Denied):
        do(actions.describe, threat, BLOCKS, by="legal")
    with pytest.raises(NotFound):
        do(actions.describe, hidden, BLOCKS, by="legal")


def test_a_list_has_an_end(report: Report, do: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    threat = report()
    do(actions.add_figure, threat, GIRLS)
    monkeypatch.setattr("advocacy.analysis.rules.MOST_ROWS", 1)
    assert faults(do, actions.add_figure, threat, GIRLS) == [("analysis.too-many", "")]


def test_the_workspaces_own_words_under_a_risk_come_from_what_one_may_see(
    world: World, database: unit.Database, report: Report, do: Any
) -> None:
    shared, hidden = report("members"), report()
    do(actions.describe, shared, BLOCKS)
    do(actions.describe, hidden, replace(BLOCKS, subtype="Secret"))
    for by, words in (("relief", ["Checkpoints", "Secret"]), ("legal", ["Checkpoints"])):
        actor = world.actor(by)
        with database.reading(actor) as session:
            assert queries.subtypes(session, actor, shared) == words
