"""The protocol of a workspace: who puts it, who accepts it, and what stays shut until then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations
from advocacy.protocols import actions, queries
from advocacy.protocols.rows import Terms
from advocacy.reviews import queries as reviews
from advocacy.threats import queries as threats
from tests.browser import Browser
from tests.world import NOW, World

HOUSE = {1: ("Low", "public"), 2: ("Moderate", "outside"), 3: ("High", "members")}
TERMS = Terms(
    title="Protocol of Testland", decided_by="Advisory group", decided_on=date(2026, 11, 1),
    asks_on=NOW.date(), levels={**HOUSE, 4: ("Severe", "named")}, text="Share with care.",
    host="A host", country="Testland", readers="Two people of the host.", keep_months=24,
)  # fmt: skip
REGISTER, PAGE = "/threats/in/testland", "/protocols/in/testland"


@pytest.fixture
def put(database: Database, world: World) -> Callable[..., object]:
    """`put(title=…)`: the next version, by the coordinator."""

    def made(*, now: datetime = NOW, **changes: object) -> object:
        lead = world.actor("cluster", now=now)
        with database.writing(lead) as session:
            last = queries.versions(session, lead, world.workspace_id)
            after = last[0].id if last else None
            terms = replace(TERMS, **changes)
            return actions.put(session, lead, world.workspace_id, terms, after=after).id

    return made


@pytest.fixture
def accept(database: Database) -> Callable[..., None]:
    def made(actor: Actor, protocol_id: object) -> None:
        with database.writing(actor) as session:
            actions.accept(session, actor, protocol_id)

    return made


def test_nobody_reads_the_register_before_their_organisation_accepts(
    client, world, put, accept, report, reading, database
):
    threat_id = report("members")
    legal = client("legal")
    assert "Checkpoints" in legal.get(REGISTER)
    version = put()
    for page in (REGISTER, f"/threats/{threat_id}", f"/threats/{threat_id}/history"):
        shut = legal.get(page, status=403)
        assert "Accept this protocol" in shut
        assert "Checkpoints" not in shut
    with reading(world.actor("legal")) as session:
        assert threats.titles(session, world.actor("legal"), [threat_id]) == {}
        with pytest.raises(NotFound):
            threats.detail(session, world.actor("legal"), threat_id)
    legal.post(f"/protocols/{version}/accept", {}, page=PAGE)
    assert "Checkpoints" in legal.get(REGISTER)
    assert "Accept this protocol" in client("relief").get(REGISTER, status=403)


def test_own_records_wait_too_and_ask_for_no_check(world, put, report, reading):
    report("own", now=NOW - timedelta(days=40))
    relief = world.actor("relief")
    with reading(relief) as session:
        assert reviews.tasks(session, relief)
    put()
    with reading(relief) as session:
        assert reviews.tasks(session, relief) == []


def test_who_may_not_accept_reads_whom_to_ask(client, world, put, database):
    put()
    legal = world.actor("legal")
    with database.writing(legal) as session:
        for row in organisations.seat_holders(session, legal):
            if row.seat in {"focal_point", "alternate"}:
                seats.end_holding(session, legal, holding_id=row.holding_id)
    shown = client("legal").get(REGISTER, status=403)
    assert "Accept this protocol" in shown
    drafter = world.actor("legal.drafter")
    with database.reading(drafter) as session:
        assert queries.who_accepts(session, drafter) == ["Legal Person"]


@pytest.mark.parametrize("seat", ["drafter", "coordinator", "admin"])
def test_only_who_signs_accepts(world, put, accept, seat):
    version = put()
    with pytest.raises(Denied):
        accept(world.actor(f"legal.{seat}"), version)


def test_an_observer_and_a_donor_are_asked_like_everybody(world, put, accept, reading):
    version = put()
    for name in ("observer", "donor"):
        actor = world.actor(name)
        with reading(actor) as session:
            assert queries.waits(session, actor) == {world.workspace_id}
        accept(actor, version)
        with reading(actor) as session:
            assert queries.waits(session, actor) == frozenset()


def test_a_new_version_asks_again_from_its_day(client, world, put, accept, report, reading):
    report("members")
    accept(world.actor("legal"), put())
    later = NOW + timedelta(days=10)
    second = put(asks_on=later.date(), title="Second")
    legal = client("legal")
    assert "Checkpoints" in legal.get(REGISTER)
    assert "Accept the next version" in legal.get(PAGE)
    then = world.actor("legal", now=later + timedelta(days=1))
    with reading(then) as session:
        assert queries.waits(session, then) == {world.workspace_id}
    accept(world.actor("legal"), second)
    with reading(then) as session:
        assert queries.waits(session, then) == frozenset()


def test_a_kept_page_of_the_register_shuts_when_the_day_comes(client, world, put, accept, report):
    report("members")
    first = put()
    accept(world.actor("legal"), first)
    put(now=NOW + timedelta(minutes=5))
    legal = client("legal")
    for _time in (1, 2):
        assert "Checkpoints" in legal.get(REGISTER)
    clock.freeze(NOW + timedelta(minutes=5))
    assert "Checkpoints" not in legal.get(REGISTER, status=403)


def test_a_word_once_given_is_not_given_twice(world, put, accept):
    first = put()
    accept(world.actor("legal"), first)
    with pytest.raises(Conflict):
        accept(world.actor("legal"), first)
    put(title="Second")
    with pytest.raises(Conflict):
        accept(world.actor("women"), first)


def test_who_has_accepted_is_between_it_and_the_coordinator(world, put, accept, reading):
    version = put()
    accept(world.actor("legal"), version)
    for name, seen in (("cluster", 1), ("legal", 1), ("women", 0), ("observer", 0)):
        with reading(world.actor(name)) as session:
            assert len(queries.acceptances(session, world.actor(name), version)) == seen


def test_a_protocol_only_narrows_what_the_house_allows(put, world, database):
    wide = {**TERMS.levels, 4: ("Severe", "members"), 3: ("", "members")}
    with pytest.raises(Invalid) as refused:
        put(levels=wide, text="", link="http://x", asks_on=date(2026, 1, 1), keep_months=0)
    assert {(r.code, r.about) for r in refused.value.reasons} == {
        ("protocols.too-wide", "widest_4"), ("form.required", "label_3"),
        ("protocols.link", "link"), ("protocols.asks-before", "asks_on"),
        ("protocols.months", "keep_months"),
    }  # fmt: skip
    legal = world.actor("legal")
    with pytest.raises(Denied), database.writing(legal) as session:
        actions.put(session, legal, world.workspace_id, TERMS, after=None)


def test_two_who_write_the_next_version_at_once_do_not_undo_each_other(put, world, database):
    put()
    lead = world.actor("cluster")
    with pytest.raises(Conflict), database.writing(lead) as session:
        actions.put(session, lead, world.workspace_id, TERMS, after=None)


def test_the_coordinator_writes_it_on_its_page(client: Callable[[str], Browser]):
    lead, page = client("cluster"), f"{PAGE}/change"
    said = {
        "title": "<b>Protocol</b>", "decided_by": "Group", "decided_on": "2026-11-01",
        "asks_on": "2026-11-22", "text": "Share with care.", "host": "A host",
        "country": "Testland", "readers": "Two people.", "keep_months": "24",
        "label_1": "Low", "label_2": "Moderate", "label_3": "High", "label_4": "Severe",
        "widest_1": "public", "widest_2": "members", "widest_3": "members", "widest_4": "named",
    }  # fmt: skip
    lead.get(page)
    refused = lead.post(page, {**said, "decided_on": "x"}, page=page, status=422)
    assert "Not a valid date value" in refused.get_data(as_text=True)
    lead.post(page, {**said, "after": ""}, page=page)
    shown = lead.get(PAGE)
    assert "&lt;b&gt;Protocol" in shown
    assert "24 months after closure" in shown
    assert "Two people." in client("donor").get(PAGE)
    client("legal").get(page, status=403)
