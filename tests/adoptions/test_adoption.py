"""A body adopts a text: in order, on the record, and never as a list of signatories."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from advocacy.adoptions import actions, queries, rules
from advocacy.adoptions.rules import Said, State
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.objections import actions as requests
from advocacy.objections import queries as objections
from advocacy.organisations import actions as organisations
from advocacy.releases import queries as releases
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries as signoff
from tests.browser import Browser
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import NOW, World

YES = Said("adopted", NOW.date(), "The cluster coordinator", minutes="Nobody spoke against it.")


def codes(error: pytest.ExceptionInfo[Any]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


@pytest.fixture
def frozen(database: Database, world: World) -> Scene:
    return scene.frozen(database, world)


@pytest.fixture
def bodies(database: Database, world: World) -> list[UUID]:
    """An advisory group, and the country team after it."""
    lead = world.actor("cluster")
    with database.writing(lead) as session:
        return [
            organisations.found_body(session, lead, workspace_id=world.workspace_id, name=name).id
            for name in ("Advisory group", "Country team")
        ]


@pytest.fixture
def steps(database: Database, world: World, frozen: Scene, bodies: list[UUID]) -> list[UUID]:
    first = plan(database, world, frozen, bodies[0])
    return [first, plan(database, world, frozen, bodies[1], "clears", first)]


def plan(
    database: Database, world: World, frozen: Scene, body: UUID, deed: str = "adopts",
    after: UUID | None = None, *, key: str = "relief",
) -> UUID:  # fmt: skip
    actor = world.actor(key)
    with database.writing(actor) as session:
        return actions.plan(
            session, actor, frozen.position_id, body_id=body, deed=deed,
            after=after or frozen.version.id,
        ).id  # fmt: skip


def decide(
    database: Database, world: World, step: UUID, said: Said = YES, after: UUID | None = None,
    *, key: str = "relief",
) -> UUID:  # fmt: skip
    actor = world.actor(key)
    with database.writing(actor) as session:
        return actions.record(session, actor, step, said, after=after).id


def states(database: Database, world: World, frozen: Scene, key: str = "legal") -> list[str]:
    actor = world.actor(key)
    with database.reading(actor) as session:
        return [row.state.value for row in queries.steps(session, actor, frozen.version.id)]


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        ([], []),
        ([None, None], ["open", "waiting"]),
        (["adopted", None], ["adopted", "open"]),
        (["adopted", "adopted"], ["adopted", "adopted"]),
        (["adopted-with-change", "adopted"], ["adopted-with-change", "waiting"]),
        (["referred", None], ["referred", "waiting"]),
        (["not-adopted", None], ["not-adopted", "waiting"]),
    ],
)
def test_a_step_opens_only_when_the_one_before_adopted_the_text_as_it_is(
    outcomes: list[str | None], found: list[str]
) -> None:
    assert [state.value for state in rules.states(outcomes)] == found
    assert rules.is_adopted(rules.states(outcomes)) is (set(found) <= {State.ADOPTED})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(YES, kind="perhaps"), "form.choice"),
        (replace(YES, met_on=NOW.date() + timedelta(days=1)), "adoptions.met-later"),
        (replace(YES, chair=" "), "form.required"),
        (replace(YES, minutes=""), "adoptions.minutes-needed"),
        (replace(YES, link="javascript:alert(1)"), "adoptions.link-shape"),
        (replace(YES, kind="referred"), "adoptions.words-needed"),
        (replace(YES, words="x" * 4001), "form.too-long"),
    ],
)
def test_an_outcome_that_says_too_little_is_refused(said: Said, code: str) -> None:
    faults = rules.outcome_faults(said.tidied(), today=NOW.date())
    assert [fault.code for fault in faults] == [code]


def test_bodies_follow_one_another_and_a_correction_makes_the_later_ones_wait_again(
    database: Database, world: World, frozen: Scene, steps: list[UUID]
) -> None:
    first, second = steps
    with pytest.raises(Conflict) as error:
        decide(database, world, second)
    assert codes(error) == {"adoptions.waits"}
    made = decide(database, world, first)
    with pytest.raises(Conflict):  # another outcome came meanwhile
        decide(database, world, first)
    decide(database, world, second)
    assert states(database, world, frozen) == ["adopted", "adopted"]
    decide(database, world, first, replace(YES, kind="referred", words="To the forum"), made)
    assert states(database, world, frozen) == ["referred", "waiting"]
    assert states(database, world, frozen, "donor") == []


def test_only_the_lead_asks_a_body_about_a_frozen_text_and_once(
    database: Database, world: World, frozen: Scene, bodies: list[UUID], steps: list[UUID]
) -> None:
    with pytest.raises(Denied):
        plan(database, world, frozen, bodies[0], key="legal")
    with pytest.raises(NotFound):
        decide(database, world, steps[0], key="donor")
    for body, code in (
        (bodies[0], "adoptions.asked-already"),
        (UUID(int=5), "adoptions.choose-body"),
    ):
        with pytest.raises(Invalid) as error:
            plan(database, world, frozen, body, after=steps[1])
        assert codes(error) == {code}
    for stale in (steps[0], frozen.version.id):
        with pytest.raises(Conflict):
            plan(database, world, frozen, bodies[0], after=stale)


def test_who_read_an_earlier_version_asks_no_body_about_the_next(
    database: Database, world: World, frozen: Scene, bodies: list[UUID]
) -> None:
    with pytest.raises(Conflict):
        plan(database, world, frozen, bodies[0], after=UUID(int=7))


def test_the_gate_waits_for_the_bodies_and_an_adoption_is_no_signature(
    database: Database, world: World, frozen: Scene, bodies: list[UUID], steps: list[UUID]
) -> None:
    lead = world.actor("relief")
    terms = Terms(mode="mixed", consulted="x", body_id=bodies[1])
    with database.writing(lead) as session:
        of = frozen.open_round(
            session, lead, scene.ids(world, "legal", "women"), terms=terms,
            closes_on=scene.CLOSES_ON + timedelta(days=2),
        )  # fmt: skip
    legal = world.actor("legal")
    with database.writing(legal) as session:
        round_ = signoff.round_of(session, legal, of)
        assert "not-associated" in round_.answers
        held = scene.reply(session, legal, round_, "not-associated")
    decide(database, world, steps[0])
    later = world.actor("relief", now=round_.closes_at)
    with database.reading(later) as session:
        round_ = signoff.round_of(session, later, of)
        facts = releases.facts(session, later, round_)
        assert (facts["adopted"], facts["nothing-blocks"]) == (False, False)
        assert objections.holding(session, later, [round_])
        assert queries.adopted_by(session, later, frozen.version.id) == []
    decide(database, world, steps[1])
    with database.writing(legal) as session:
        scene.reply(session, legal, signoff.round_of(session, legal, of), "endorse", after=held,
                    outside="named")  # fmt: skip
    with database.reading(later) as session:
        facts = releases.facts(session, later, signoff.round_of(session, later, of))
        assert (facts["adopted"], facts["nothing-blocks"]) == (True, True)
        lines = queries.adopted_by(session, later, frozen.version.id)
        names = releases.preview(session, later, signoff.round_of(session, later, of)).names
    assert [(line["body"], line["deed"]) for line in lines] == [
        ("Advisory group", "adopts"), ("Country team", "clears"),
    ]  # fmt: skip
    assert [name.name for name in names] == ["Harbour Legal Aid"]


def test_the_coordinator_says_who_is_in_a_body_and_the_record_keeps_who_was(
    database: Database, world: World, frozen: Scene, bodies: list[UUID], steps: list[UUID]
) -> None:
    lead, who = world.actor("cluster"), world.organisations
    with database.writing(lead) as session:
        actions.set_body(
            session, lead, bodies[0], chair="  The  cluster ", roster=[who["legal"]], after=None
        )
        kept = queries.body(session, lead, bodies[0])
        with pytest.raises(Invalid):
            actions.set_body(
                session, lead, bodies[0], chair="", roster=[who["donor"]], after=kept.chair_id
            )
    assert (kept.chair, [i for i, _name in kept.roster]) == ("The cluster", [who["legal"]])
    decide(database, world, steps[0])
    later = replace(lead, now=NOW + timedelta(hours=1))
    with database.writing(later) as session:
        actions.set_body(
            session, later, bodies[0], chair="", roster=[who["women"]], after=kept.chair_id
        )
    with database.reading(world.actor("legal", now=later.now)) as session:
        (step, _next) = queries.steps(session, world.actor("legal"), frozen.version.id)
        assert step.outcome
        assert step.outcome.roster == (who["legal"],)
    with pytest.raises(Denied), database.writing(world.actor("legal")) as session:
        actions.set_body(session, world.actor("legal"), bodies[0], chair="", roster=[], after=None)


def test_the_pages_plan_decide_and_show_words_as_words(
    client: Callable[[str], Browser], world: World, frozen: Scene, bodies: list[UUID]
) -> None:
    lead, page = client("relief"), f"/adoptions/of/{frozen.position_id}"
    last = lead.get(page).split('name="last"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    assert last == str(frozen.version.id)
    lead.post(page, {"body_id": str(bodies[0]), "deed": "adopts", "last": last})
    shown = lead.get(page)
    href = shown.split('action="/adoptions/steps/', 1)[1].split('"', 1)[0]
    said = {
        "kind": "adopted", "met_on": NOW.date().isoformat(), "chair": "<b>Chair</b>",
        "minutes": "x",
    }  # fmt: skip
    lead.post(f"/adoptions/steps/{href}", {**said, "minutes": ""}, page=page, status=422)
    lead.post(f"/adoptions/steps/{href}", said, page=page)
    assert "&lt;b&gt;Chair" in client("legal").get(page)
    client("donor").get(page, status=404)
    roster = {"chair": "The cluster", "roster": [str(world.organisations["legal"])]}
    client("cluster").post(f"/adoptions/bodies/{bodies[0]}", roster)
    assert "Harbour Legal Aid" in client("legal").get(f"/adoptions/bodies/{bodies[0]}")


def test_who_cannot_be_associated_alone_lifts_it_also_after_the_close(
    database: Database, world: World, frozen: Scene, bodies: list[UUID], client
) -> None:
    lead, legal = world.actor("relief"), world.actor("legal")
    terms = Terms(mode="mixed", consulted="x", body_id=bodies[0])
    with database.writing(lead) as session:
        of = frozen.open_round(
            session, lead, scene.ids(world, "legal", "women"), terms=terms,
            closes_on=scene.CLOSES_ON + timedelta(days=2),
        )  # fmt: skip
    with database.writing(legal) as session:
        round_ = signoff.round_of(session, legal, of)
        held = scene.reply(session, legal, round_, "not-associated")
    later = {key: world.actor(key, now=round_.closes_at) for key in ("relief", "legal", "women")}
    for key in ("relief", "women"):
        with database.writing(later[key]) as session, pytest.raises((Denied, NotFound)):
            requests.clear(session, later[key], held, after=None)
    clock.freeze(round_.closes_at)
    page = f"/objections/{held}"
    assert "Not to be issued in the body’s name" in client("legal").get(page)
    assert page in client("legal").get(f"/signoff/{of}")
    assert is_held(database, later["relief"], of)
    client("legal").post(f"{page}/clear", {"talk": ""}, page=page)
    assert not is_held(database, later["relief"], of)
    with database.writing(later["legal"]) as session, pytest.raises(Conflict):
        requests.clear(session, later["legal"], held, after=None)


def is_held(database: Database, lead: Any, of: UUID) -> bool:
    with database.reading(lead) as session:
        round_ = signoff.round_of(session, lead, of)
        return not releases.facts(session, lead, round_)["nothing-blocks"]
