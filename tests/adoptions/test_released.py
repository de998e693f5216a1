"""A text that a body adopted in a meeting goes out with no round, and names and counts nobody."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from advocacy.adoptions import actions as adoptions
from advocacy.adoptions.rules import Said
from advocacy.deliveries import actions as deliveries
from advocacy.deliveries import queries as copies
from advocacy.deliveries.rules import Delivered
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.positions import queries as positions
from advocacy.releases import actions, queries
from advocacy.releases.rows import ReleaseRow
from advocacy.rounds import actions as rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries as signoff
from tests.browser import Browser
from tests.releases.conftest import HARM
from tests.signoff import scene
from tests.world import NOW, World

HARMLESS = HARM.__class__(**{**HARM.__dict__, "checked_on": NOW.date()})
MEMBERS = ("Harbour Legal Aid", "Blue Valley Women", "Rights Watch", "Relief Network")


class Meeting:
    """A frozen text of Relief Network that the country team is asked about."""

    def __init__(self, database: Database, world: World, **about: object) -> None:
        self.database, self.world = database, world
        self.scene = scene.frozen(database, world, **about)
        self.id = self.scene.position_id
        lead = world.actor("cluster")
        with database.writing(lead) as session:
            self.body_id = organisations.found_body(
                session, lead, workspace_id=world.workspace_id, name="Country team"
            ).id
            adoptions.set_body(
                session, lead, self.body_id, chair="The Coordinator", after=None,
                roster=[world.organisations[key] for key in ("legal", "women")],
            )  # fmt: skip

    def ask(self) -> UUID:
        relief = self.world.actor("relief")
        with self.database.writing(relief) as session:
            latest = positions.versions(session, relief, self.id)[0].id
            return adoptions.plan(
                session, relief, self.id, body_id=self.body_id, deed="adopts", after=latest
            ).id

    def decide(self, step: UUID, kind: str = "adopted") -> None:
        said = Said(kind, NOW.date(), "The Coordinator", minutes="Agreed.", words="Later.")
        relief = self.world.actor("relief")
        with self.database.writing(relief) as session:
            adoptions.record(session, relief, step, said, after=None)

    def check(self) -> None:
        relief = self.world.actor("relief")
        with self.database.writing(relief) as session:
            actions.check_harm(session, relief, self.id, HARMLESS, after=None)

    def gate(self) -> list[str]:
        relief = self.world.actor("relief")
        with self.database.reading(relief) as session:
            return [reason.code for reason in queries.gate(session, relief, self.id)]

    def publish(self, by: str = "relief", **more: object) -> UUID:
        actor = self.world.actor(by)
        with self.database.writing(actor) as session:
            seen = positions.versions(session, actor, self.id)[0].content_hash
            given: dict[str, object] = {"seen_hash": seen, **more}
            return actions.publish(session, actor, self.id, **given).id  # type: ignore[arg-type]  # any of what it takes

    def release(self, release_id: UUID, key: str = "donor") -> ReleaseRow:
        reader = self.world.actor(key)
        with self.database.reading(reader) as session:
            return queries.release(session, reader, release_id)

    def adopted(self) -> UUID:
        """Adopted, checked, and out."""
        self.decide(self.ask())
        self.check()
        return self.publish()


@pytest.fixture
def meeting(database: Database, world: World) -> Meeting:
    return Meeting(database, world)


def codes(error: pytest.ExceptionInfo[Invalid | Conflict]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


def test_the_gate_asks_for_the_adoption_and_for_no_round(meeting: Meeting) -> None:
    assert "releases.round-over" in meeting.gate()
    step = meeting.ask()
    assert meeting.gate() == ["releases.adopted-by-body", "releases.harm-checked"]
    with pytest.raises(Invalid) as error:
        meeting.publish()
    assert codes(error) == {"releases.adopted-by-body", "releases.harm-checked"}
    meeting.check()
    meeting.decide(step)
    assert meeting.gate() == []
    with pytest.raises(Denied):
        meeting.publish("legal")
    with pytest.raises(Conflict) as stale:
        meeting.publish(seen_hash="0" * 64)
    assert codes(stale) == {"signoff.text-changed"}


@pytest.mark.parametrize("kind", ["not-adopted", "referred", "adopted-with-change"])
def test_a_text_that_was_not_adopted_as_it_is_does_not_go_out(meeting: Meeting, kind: str) -> None:
    meeting.check()
    meeting.decide(meeting.ask(), kind)
    assert meeting.gate() == ["releases.adopted-by-body"]


def test_it_names_the_body_and_its_day_and_neither_names_nor_counts_anybody(
    meeting: Meeting, client: Callable[[str], Browser]
) -> None:
    release_id = meeting.adopted()
    row = meeting.release(release_id)
    assert [(one.body, one.day) for one in row.adopted] == [("Country team", NOW.date())]
    assert row.round_id is None
    assert (row.signed_by.names, row.signed_by.organisations, row.joined) == ((), 0, ())
    public = client("")
    page = public.get(f"/releases/{release_id}")
    html = public.client.get(f"/editions/{release_id}/html").get_data(as_text=True)
    for said in (page, html):
        assert "Country team" in said
        assert "Adopted on 22 November 2026" in said
        assert "stands behind it" not in said
        assert "named or counted" not in said
        assert not [name for name in MEMBERS if name in said]
    for way in ("pdf", "word"):
        assert public.client.get(f"/editions/{release_id}/{way}").status_code == 200
    assert public.get("/editions/in/testland").count(scene.TITLE) == 1
    relief = client("relief")
    assert f"/releases/{release_id}" in relief.get(f"/releases/before/{meeting.id}")
    assert f"/releases/{release_id}" in relief.get(f"/positions/{meeting.id}")
    relief.get("/")


def test_by_the_page_of_the_gate(meeting: Meeting, client: Callable[[str], Browser]) -> None:
    relief, path = client("relief"), f"/releases/before/{meeting.id}"
    step = meeting.ask()
    assert "has not adopted this text as it is" in relief.get(path)
    meeting.decide(step)
    meeting.check()
    assert "No organisation is named or counted." in relief.get(path)
    seen = relief._hidden(relief.last, "seen_hash")
    where = relief.post(path, {"seen_hash": seen}).headers["Location"]
    assert "Country team" in client("").get(where)


def test_it_goes_out_once_and_its_correction_by_a_new_adoption(meeting: Meeting) -> None:
    first = meeting.adopted()
    with pytest.raises((Conflict, Invalid)):
        meeting.publish()
    relief = meeting.world.actor("relief")
    with meeting.database.writing(relief) as session:
        deliveries.correct(session, relief, first, reason="A number was wrong.")
        scene.reword(session, relief, meeting.id, "Four", "Five")
        scene.freeze(session, relief, meeting.id)
    assert "releases.round-over" in meeting.gate()
    second = meeting.adopted()
    end = meeting.release(first).end
    assert end is not None
    assert end.successor_id == second
    with meeting.database.writing(relief) as session:
        deliveries.withdraw(session, relief, second, reason="A clinic was hit.")
    assert meeting.release(second).adopted
    assert meeting.release(second).clauses == ()


def test_copies_of_it_are_known_to_who_takes_part(meeting: Meeting) -> None:
    release_id, relief = meeting.adopted(), meeting.world.actor("relief")
    given = Delivered("A. Haddad", "Adviser", "hand", "R. P.", NOW)
    with meeting.database.writing(relief) as session:
        deliveries.record(session, relief, release_id, given)
    found = {}
    for key in ("legal", "donor"):
        actor = meeting.world.actor(key)
        with meeting.database.reading(actor) as session:
            found[key] = len(copies.copies(session, actor, release_id))
    assert found == {"legal": 1, "donor": 0}


def test_a_letter_that_a_body_adopted_is_delivered(database: Database, world: World) -> None:
    meeting = Meeting(database, world, channel="private")
    meeting.decide(meeting.ask())
    meeting.check()
    with pytest.raises(Invalid) as error:
        meeting.publish()
    assert codes(error) == {"releases.delivered-to-whom"}
    release_id = meeting.publish(delivered_to="To the Governor, by hand.")
    assert meeting.release(release_id, "legal").is_private


def test_who_cannot_be_associated_is_not_passed_by_when_the_round_is_ended(
    meeting: Meeting,
) -> None:
    meeting.decide(meeting.ask())
    meeting.check()
    lead, legal = meeting.world.actor("relief"), meeting.world.actor("legal")
    terms = Terms(mode="mixed", consulted="x", body_id=meeting.body_id)
    with meeting.database.writing(lead) as session:
        of = meeting.scene.open_round(
            session, lead, scene.ids(meeting.world, "legal", "women"), terms=terms,
            closes_on=date(2026, 11, 26),
        )  # fmt: skip
    with meeting.database.writing(legal) as session:
        scene.reply(session, legal, signoff.round_of(session, legal, of), "not-associated")
    with meeting.database.writing(lead) as session:
        rounds.abandon(session, lead, of, reason="We go another way.")
    assert meeting.gate() == ["releases.nothing-blocks"]


def test_an_earlier_round_that_is_over_does_not_let_its_text_out_again(
    meeting: Meeting,
) -> None:
    lead = meeting.world.actor("relief")
    with meeting.database.writing(lead) as session:
        of = meeting.scene.open_round(session, lead, scene.ids(meeting.world, "legal"))
        round_ = signoff.round_of(session, lead, of)
    legal = meeting.world.actor("legal")
    with meeting.database.writing(legal) as session:
        scene.reply(session, legal, round_, outside="named")
    later = meeting.world.actor("relief", now=scene.CLOSES_AT)
    clock.freeze(scene.CLOSES_AT)
    try:
        with meeting.database.writing(later) as session:
            actions.check_harm(session, later, meeting.id, HARM, after=None)
            out = actions.publish(session, later, meeting.id, seen_hash=round_.content_hash)
            deliveries.correct(session, later, out.id, reason="A number was wrong.")
            scene.reword(session, later, meeting.id, "Four", "Five")
            scene.freeze(session, later, meeting.id)
        with pytest.raises(Conflict), meeting.database.writing(later) as session:
            actions.publish(session, later, meeting.id, seen_hash=round_.content_hash)
    finally:
        clock.freeze(None)
