"""Seats, holdings and acting for one organisation at a time."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.access.actor import Seat, anonymous
from advocacy.audit.schema import AuditEvent
from advocacy.ground.errors import Denied, Invalid
from advocacy.invitations import actions as asking
from advocacy.organisations import actions, queries, rules
from advocacy.organisations.schema import Holding
from tests.world import founder

MINE = "/organisations/mine"


def holdings(database, world, now, key: str) -> dict[str, str]:
    """Seat -> holding id, of an organisation of the world with one person."""
    actor = world.actor(key, now=now)
    with database.reading(actor) as session:
        return {r.seat: str(r.holding_id) for r in queries.seat_holders(session, actor)}


def seat(database, world, now, person: str, organisation: str, kind: Seat):
    with database.writing(founder(now)) as session:
        return actions.seat_person(
            session,
            founder(now),
            organisation_id=world.organisations[organisation],
            person_id=world.people[person],
            kind=kind,
        ).id


@pytest.fixture
def in_two(database, world, now):
    """Relief's person is also focal point and administrator of Harbour Legal Aid.

    Without a choice the first by name is acted for: Harbour Legal Aid. Returns that holding.
    """
    seat(database, world, now, "relief", "legal", Seat.ADMIN)
    return str(seat(database, world, now, "relief", "legal", Seat.FOCAL_POINT))


def acting_as(browser, holding: str):
    return browser.post("/accounts/act-as", {"holding_id": holding}, page="/accounts/me")


def invite(browser, **named):
    data = {"name": "New Person", "email": "new@person.example", "seat": "drafter"}
    return browser.post(MINE, data, **named)


def stamps(database, now) -> list[tuple[str, object]]:
    with database.reading(anonymous(now)) as session:
        rows = session.execute(
            select(AuditEvent.organisation_id, AuditEvent.person_id, AuditEvent.seat_id)
            .where(AuditEvent.name == "invitations.invited")
            .order_by(AuditEvent.at, AuditEvent.book, AuditEvent.sequence)
        )
        return [tuple(row) for row in rows]


def test_every_act_is_stamped_with_the_organisation_acted_for(
    client, database, world, now, in_two
) -> None:
    browser = client("relief")
    assert "Harbour Legal Aid</h1>" in browser.get(MINE)
    ours = holdings(database, world, now, "relief")["coordinator"]
    acting_as(browser, ours)
    assert "Relief Network</h1>" in browser.get(MINE)
    invite(browser)
    acting_as(browser, in_two)
    invite(browser)
    assert {(row[0], row[1]) for row in stamps(database, now)} == {
        (world.organisations["relief"], world.people["relief"]),
        (world.organisations["legal"], world.people["relief"]),
    }
    with database.reading(anonymous(now)) as session:
        seats = {session.get_one(Holding, UUID(h)).seat_id for h in (ours, in_two)}
    assert {row[2] for row in stamps(database, now)} == seats


def test_a_form_opened_for_another_organisation_is_refused_with_both_names(
    client, database, world, now, in_two
) -> None:
    browser = client("relief")
    acting_as(browser, holdings(database, world, now, "relief")["coordinator"])
    page = browser.get(MINE)
    sent = {
        "csrf_token": browser._hidden(page, "csrf_token"),
        "acting_for": browser._hidden(page, "acting_for"),
        "idempotency_key": browser._hidden(page, "idempotency_key"),
        "name": "New Person",
        "email": "new@person.example",
        "seat": "drafter",
    }
    acting_as(browser, in_two)
    answer = browser.client.post(MINE, data=sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "You now act for Harbour Legal Aid" in text
    assert "opened for Relief Network" in text
    assert stamps(database, now) == []


def test_a_form_without_the_organisation_it_was_opened_for_is_refused(
    client, database, now, world
) -> None:
    browser = client("relief")
    for given in ("", "not-a-holding", holdings(database, world, now, "legal")["drafter"]):
        data = {"acting_for": given, "name": "N", "email": "n@n.example", "seat": "drafter"}
        answer = browser.post(MINE, data, status=409)
        assert "Harbour Legal Aid" not in answer.get_data(as_text=True)
    assert stamps(database, now) == []


def test_a_tab_of_another_organisation_may_still_switch_and_sign_out(
    client, database, world, now, in_two
) -> None:
    browser, ours = client("relief"), holdings(database, world, now, "relief")["coordinator"]
    acting_as(browser, ours)
    data = {"holding_id": in_two, "acting_for": in_two}
    browser.post("/accounts/act-as", data, page=MINE)
    assert "Harbour Legal Aid</h1>" in browser.get(MINE)
    acting_as(browser, ours)
    browser.post("/accounts/sign-out", {"acting_for": in_two}, page=MINE)


def test_nobody_acts_through_a_holding_of_somebody_else(client, database, world, now) -> None:
    theirs = holdings(database, world, now, "legal")["focal_point"]
    browser = client("relief")
    data = {"holding_id": theirs}
    browser.post("/accounts/act-as", data, page="/accounts/me", status=404)
    assert "Relief Network</h1>" in browser.get(MINE)


def test_an_ended_holding_has_no_power_at_the_next_request(
    client, database, world, now, in_two
) -> None:
    browser = client("relief")
    acting_as(browser, in_two)
    assert "Harbour Legal Aid</h1>" in browser.get(MINE)
    with database.writing(world.actor("legal")) as session:
        for row in queries.seat_holders(session, world.actor("legal")):
            if row.person_id == world.people["relief"]:
                session.get_one(Holding, row.holding_id).until_at = now
    page = browser.get(MINE)
    assert "Harbour Legal Aid" not in page, "the session lives, its power does not"
    assert "Relief Network</h1>" in page


def test_ending_a_seat_by_its_page_signs_the_person_out_everywhere(
    client, database, world, now
) -> None:
    extra = seat(database, world, now, "women", "relief", Seat.DRAFTER)
    other = client("women")
    other.get(MINE)
    browser = client("relief")
    path = f"/organisations/holdings/{extra}/end"
    assert "Women Person" in browser.get(path)
    browser.post(path)
    assert other.client.get(MINE).status_code == 303
    assert "Women Person" not in browser.get(MINE)
    browser.get(path, status=404)


@pytest.mark.parametrize("kind", ["signatory", "admin"])
def test_the_last_signatory_and_the_last_administrator_stay(
    client, database, world, now, kind: str
) -> None:
    held = holdings(database, world, now, "relief")
    browser = client("relief")
    path = f"/organisations/holdings/{held[kind]}/end"
    text = browser.post(path, status=422).get_data(as_text=True)
    assert "last person in this seat" in text
    assert held == holdings(database, world, now, "relief")


def test_another_seat_can_be_left_vacant_and_is_shown_so(client, database, world, now) -> None:
    browser = client("relief")
    drafter = holdings(database, world, now, "relief")["drafter"]
    browser.post(f"/organisations/holdings/{drafter}/end")
    assert "Vacant" in client("relief").get(MINE)


def test_a_coordinator_touches_no_seat_of_another_organisation(
    client, database, world, now
) -> None:
    held = holdings(database, world, now, "relief")
    browser = client("cluster")
    for kind in ("signatory", "focal_point"):
        for what in ("end", "hand-over"):
            path = f"/organisations/holdings/{held[kind]}/{what}"
            browser.get(path, status=404)
            data = {"name": "N", "email": "n@n.example"}
            browser.post(path, data, page=MINE, status=404)
    assert held == holdings(database, world, now, "relief")


def test_only_an_administrator_invites_hands_over_or_ends(database, world, now) -> None:
    drafter = world.actor("relief.drafter")
    held = holdings(database, world, now, "relief")["drafter"]
    with database.writing(drafter) as session:
        with pytest.raises(Denied):
            actions.end_holding(session, drafter, holding_id=UUID(held))
        with pytest.raises(Denied):
            asking.invite(session, drafter, email="n@n.example", name="N", kind=Seat.DRAFTER)


def test_who_does_not_administer_sees_seats_and_no_forms(client, database, world, now) -> None:
    seat(database, world, now, "women", "legal", Seat.DRAFTER)
    browser = client("women")
    legal = [h for h in _ways(browser) if h]
    acting_as(browser, legal[0])
    page = browser.get(MINE)
    assert "Harbour Legal Aid</h1>" in page
    assert "Invite a person" not in page
    assert "/hand-over" not in page


def _ways(browser) -> list[str]:
    return re.findall(r'name="holding_id" value="([^"]+)"', browser.get("/accounts/me"))


def test_warnings_say_which_seat_needs_somebody() -> None:
    def codes(*held: tuple[str, str]) -> list[str]:
        return [reason.code.split(".")[1] for reason in rules.warnings(held)]

    assert codes() == ["no-signatory", "no-focal-point"]
    assert codes(("signatory", "a"), ("admin", "a"), ("focal_point", "a")) == [
        "one-signatory",
        "one-admin",
    ]
    full = [(kind, who) for kind in ("signatory", "admin", "focal_point") for who in "ab"]
    assert codes(*full) == []


def test_a_seat_that_begins_later_gives_no_power_before(database, world, now) -> None:
    later = now + timedelta(hours=48)
    with database.writing(founder(now)) as session:
        actions.seat_person(
            session,
            founder(now),
            organisation_id=world.organisations["legal"],
            person_id=world.people["relief"],
            kind=Seat.SIGNATORY,
            from_at=later,
        )
    with database.reading(anonymous(now)) as session:
        for at, count in ((now, 1), (later - timedelta(seconds=1), 1), (later, 2)):
            ways = queries.ways(session, person_id=world.people["relief"], now=at)
            assert len(ways) == count, at


def test_a_seat_that_ended_is_not_lengthened_by_a_handover(database, world, now) -> None:
    held = UUID(holdings(database, world, now, "relief")["drafter"])
    actor = world.actor("relief")
    with database.writing(actor) as session:
        actions.end_at(session, actor, holding_id=held, at=now)
        actions.end_at(session, actor, holding_id=held, at=now + timedelta(days=3))
        assert session.get_one(Holding, held).until_at == now


def test_the_last_coordinator_is_not_removed(client, database, world, now) -> None:
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        rows = queries.organisations(session, actor, workspace_id=world.workspace_id)
        by_standing = {row.standing: row.membership_id for row in rows}
        actions.remove(session, actor, membership_id=by_standing["co_coordinator"])
        with pytest.raises(Invalid):
            actions.remove(session, actor, membership_id=by_standing["coordinator"])


def test_a_stranger_learns_nothing_from_guessing(client, database, world, now) -> None:
    browser, nowhere = client("donor"), "00000000-0000-0000-0000-000000000009"
    held = holdings(database, world, now, "relief")["drafter"]
    real = browser.get(f"/organisations/holdings/{held}/end", status=404)
    none = browser.get(f"/organisations/holdings/{nowhere}/end", status=404)
    for page in (real, none):
        assert "Relief" not in page
    assert len(real) == len(none)
