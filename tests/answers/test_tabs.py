"""Two tabs with two organisations: an answer is never stamped with the other one's name."""

from uuid import uuid4

from advocacy.access.actor import Seat
from advocacy.accounts import actions as accounts
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.signoff import queries
from tests.browser import Browser
from tests.signoff import scene
from tests.world import NOW, World, founder


def test_a_page_opened_for_one_organisation_does_not_answer_for_another(
    app, database: Database, world: World
) -> None:
    frozen, lead = scene.frozen(database, world), world.actor("relief")
    with database.writing(lead) as session:
        round_id = frozen.open_round(session, lead, scene.ids(world, "legal", "women"))
        of = queries.round_of(session, lead, round_id)
    with database.writing(founder()) as session:
        organisations.seat_person(
            session, founder(), organisation_id=world.organisations["women"],
            person_id=world.people["legal"], kind=Seat.FOCAL_POINT,
        )  # fmt: skip
        about = {"holding": str(world.actor("legal").holding_id)}
        token = accounts.begin(session, person=world.people["legal"], now=NOW, about=about)
    legal = Browser.open(app, database, world, "legal")
    page = legal.get(f"/signoff/{round_id}/answer")  # the first tab acts for the first of the two
    with legal.client.session_transaction() as cookie:
        cookie["_user_id"] = token  # the second one changes to the other
    given = {
        "kind": "endorse", "outside": "private", "inside": "lead", "after": "",
        "seen_hash": of.content_hash, "idempotency_key": str(uuid4()),
        "acting_for": Browser._hidden(page, "acting_for"),
        "csrf_token": Browser._hidden(page, "csrf_token"),
    }  # fmt: skip
    got = legal.client.post(f"/signoff/{round_id}/confirm", data=given)
    assert got.status_code == 409
    assert "but this form was opened for" in got.get_data(as_text=True)
    for key in ("legal", "women"):
        actor = world.actor(key)
        with database.reading(actor) as session:
            assert queries.my_answer(session, actor, round_id) is None
