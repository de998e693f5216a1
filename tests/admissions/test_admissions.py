"""An organisation that works here already comes into one more workspace by its own word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from advocacy.access.actor import Standing
from advocacy.admissions import actions, queries
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations
from tests.world import make_organisation, refresh

PAGE = "/admissions/in/testland"
TO = "port@port.example"


@pytest.fixture
def port(world: Any, database: Any) -> Any:
    """Port Clinics works on this service, in no workspace yet."""
    with database.writing(world.actor("cluster")) as session:
        make_organisation(session, world, "port", "Port Clinics", "ngo")
    refresh(database, world)
    return world.actor("port")


@pytest.fixture
def ask(world: Any, database: Any) -> Any:
    def asked(email: str = TO, *, by: str = "cluster", standing: str = "member") -> Any:
        actor = world.actor(by)
        with database.writing(actor) as session:
            made = actions.ask(
                session, actor, workspace_id=world.workspace_id, email=email, standing=standing
            )
            return made, actions.issue(session, made, now=actor.now)

    return asked


def accept(database: Any, actor: Any, token: str) -> Any:
    with database.writing(actor) as session:
        return actions.accept(session, actor, token=token)


def known(world: Any, database: Any, by: str = "cluster") -> set[str]:
    actor = world.actor(by)
    with database.reading(actor) as session:
        rows = organisations.organisations(session, actor, workspace_id=world.workspace_id)
        return {row.name for row in rows}


def test_it_is_in_when_it_has_accepted_and_not_before(
    ask: Any, port: Any, world: Any, database: Any
) -> None:
    _made, token = ask()
    assert "Port Clinics" not in known(world, database)
    assert accept(database, port, token) == world.workspace_id
    assert "Port Clinics" in known(world, database, "legal")
    refresh(database, world)
    assert world.actor("port").stands_as(world.workspace_id, Standing.MEMBER)
    with database.reading(world.actor("cluster")) as session:
        rows = queries.admissions(session, world.actor("cluster"), workspace_id=world.workspace_id)
        assert rows == []


@pytest.mark.parametrize("by", ["relief", "observer", "donor", "cluster.focal_point"])
def test_only_a_coordinator_asks(ask: Any, by: str) -> None:
    with pytest.raises(Denied):
        ask(by=by)


@pytest.mark.parametrize("bad", [{"email": "port"}, {"standing": "owner"}])
def test_what_cannot_be_asked_is_refused(ask: Any, bad: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        ask(**bad)


def test_the_link_is_good_for_one_address_and_once(
    ask: Any, port: Any, world: Any, database: Any
) -> None:
    _made, token = ask()
    with pytest.raises(Invalid):
        accept(database, world.actor("donor"), token)
    accept(database, port, token)
    with pytest.raises((Invalid, Conflict)):
        accept(database, port, token)


@pytest.mark.parametrize("seat", ["alternate", "signatory", "drafter", "coordinator"])
def test_who_does_not_speak_for_an_organisation_brings_none_in(
    ask: Any, port: Any, world: Any, database: Any, seat: str
) -> None:
    _made, token = ask()
    with pytest.raises(Denied):
        accept(database, world.actor(f"port.{seat}"), token)


def test_an_old_link_and_one_taken_back_open_nothing(
    ask: Any, port: Any, world: Any, database: Any
) -> None:
    made, token = ask()
    with pytest.raises(Invalid):
        accept(database, replace(port, now=port.now + timedelta(hours=73)), token)
    with pytest.raises((Denied, NotFound)), database.writing(world.actor("relief")) as session:
        actions.take_back(session, world.actor("relief"), admission_id=made)
    with database.writing(world.actor("cluster")) as session:
        actions.take_back(session, world.actor("cluster"), admission_id=made)
    with pytest.raises(Invalid):
        accept(database, port, token)


def test_a_link_dies_with_the_power_of_who_sent_it(
    ask: Any, port: Any, world: Any, database: Any
) -> None:
    _made, token = ask()
    cluster = world.actor("cluster")
    with database.writing(cluster) as session:
        held = organisations.seat_holders(session, cluster)
        mine = next(row for row in held if row.seat == "coordinator")
        seats.end_at(session, cluster, holding_id=mine.holding_id, at=cluster.now)
    with pytest.raises(Invalid):
        accept(database, replace(port, now=port.now + timedelta(minutes=1)), token)


def test_one_that_is_in_already_is_not_let_in_twice(ask: Any, world: Any, database: Any) -> None:
    _made, token = ask("legal@legal.example")
    with pytest.raises(Conflict):
        accept(database, world.actor("legal"), token)


def test_the_page_says_the_same_of_an_address_nobody_knows(client: Any, port: Any) -> None:
    browser = client("cluster")
    browser.get(PAGE)
    for email in (TO, "nobody@nowhere.example"):
        typed = {"email": email, "standing": "member", "language": "en"}
        answer = browser.post(PAGE, typed)
        assert answer.headers["Location"].endswith(PAGE)
        assert email in browser.get(PAGE)


def test_members_find_no_page_to_ask_on(client: Any) -> None:
    client("relief").get(PAGE, status=403)


def test_the_focal_point_reads_first_and_then_joins(client: Any, ask: Any, port: Any) -> None:
    _made, token = ask()
    client("relief").get(f"/admissions/{token}", status=404)
    browser = client("port")
    page = browser.get(f"/admissions/{token}")
    assert "Testland" in page
    assert "Join for Port Clinics" in page
    browser.post(f"/admissions/{token}", {})
    browser.get(f"/admissions/{token}", status=404)
    assert "Port Clinics" in client("cluster").get("/organisations/in/testland")
