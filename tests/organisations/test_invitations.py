"""Invitations: one use, 72 hours, one address; and an organisation's voice (practice A5)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access.actor import Seat, anonymous
from advocacy.accounts.schema import Person
from advocacy.ground import clock
from advocacy.invitations import mail, rules
from advocacy.invitations.schema import Invitation
from advocacy.organisations import actions, queries
from advocacy.outbox.actions import drain
from tests.organisations.test_seats import MINE, holdings, seat
from tests.outbox.letters import Letters, link_in, text_of

PASSWORD = "nine lanterns hang over the old bridge"


def ask_in(client, database, now, letters: Letters, **data) -> str:
    """Relief's administrator invites; returns the path in the mail."""
    given = {"name": "Nour", "email": "nour@relief.example", "seat": "drafter", **data}
    client("relief").post(MINE, given)
    drain(database, now=now)
    return link_in(letters.arrived[-1])


def accept(browser, path: str, *, status: int | None = 303, **data):
    given = {"name": "Nour", "password": PASSWORD, "language": "fr", **data}
    return browser.post(path, given, status=status)


def test_someone_new_accepts_and_holds_the_seat(client, database, world, now, letters) -> None:
    path = ask_in(client, database, now, letters)
    assert letters.arrived[0]["To"] == "nour@relief.example"
    assert "not accepted yet" in client("relief").get(MINE)
    browser = client("")
    page = browser.get(path)
    assert "Relief Network" in page
    assert "Edits texts and records" in page
    accept(browser, path)
    assert "Relief Network" in browser.get("/accounts/me")
    assert "nour@relief.example" in client("relief").get(MINE)
    assert "Nobody is invited now" in client("relief").get(MINE)


def test_a_link_works_once(client, database, now, letters, world) -> None:
    path = ask_in(client, database, now, letters)
    accept(client(""), path)
    second = client("")
    second.get(path, status=404)
    data = {"name": "Thief", "password": PASSWORD, "language": "en"}
    second.post(path, data, page="/accounts/sign-in", status=422)


def test_a_mail_that_was_tried_twice_gives_one_seat(client, database, now, letters, world) -> None:
    letters.refuse = True
    client("relief").post(MINE, {"name": "Nour", "email": "nour@relief.example", "seat": "drafter"})
    drain(database, now=now)
    letters.refuse = False
    drain(database, now=now + timedelta(hours=1))
    accept(client(""), link_in(letters.arrived[0]))
    assert client("relief").get(MINE).count("<bdi>nour@relief.example</bdi>") == 1


def test_a_link_is_good_for_seventy_two_hours(client, database, now, letters, world) -> None:
    path = ask_in(client, database, now, letters)
    clock.freeze(now + timedelta(hours=71, minutes=59))
    client("").get(path)
    clock.freeze(now + timedelta(hours=72))
    client("").get(path, status=404)
    client("").post(path, {"name": "N", "password": PASSWORD, "language": "en"},
                    page="/accounts/sign-in", status=422)  # fmt: skip
    assert "Nobody is invited now" in client("relief").get(MINE)


def test_a_link_is_bound_to_its_address(client, database, now, letters, world) -> None:
    path = ask_in(client, database, now, letters, email="legal@legal.example")
    stranger = client("women")
    assert "sent to another address" in stranger.get(path)
    answer = stranger.post(path, status=409)
    assert "sent to another address" in answer.get_data(as_text=True)
    nobody = client("")
    assert "Sign in first" in nobody.get(path)
    nobody.post(path, {"name": "X", "password": PASSWORD, "language": "en"},
                page="/accounts/sign-in", status=409)  # fmt: skip
    theirs, elsewhere = client("legal"), client("legal")
    theirs.post(path)
    assert "Relief Network" in theirs.get("/accounts/me")
    assert elsewhere.client.get("/accounts/me").status_code == 303, "a role change ends sessions"


def test_a_link_dies_with_the_power_of_who_sent_it(client, database, world, now, letters) -> None:
    path = ask_in(client, database, now, letters)
    seat(database, world, now, "women", "relief", Seat.ADMIN)
    ours = _admin_of_relief(database, world, now)
    actor = world.actor("relief")
    with database.writing(actor) as session:
        actions.end_holding(session, actor, holding_id=ours)
    client("").get(path, status=404)


def _admin_of_relief(database, world, now):
    actor = world.actor("relief")
    with database.reading(actor) as session:
        return next(
            row.holding_id
            for row in queries.seat_holders(session, actor)
            if row.seat == "admin" and row.person_id == world.people["relief"]
        )


def test_an_invitation_can_be_taken_back_by_its_organisation_only(
    client, database, world, now, letters
) -> None:
    path = ask_in(client, database, now, letters)
    with database.reading(anonymous(now)) as session:
        invitation_id = session.scalars(select(Invitation.id)).one()
    back = f"/invitations/{invitation_id}/withdraw"
    client("cluster").post(back, page=MINE, status=404)
    client("").get(path)
    client("relief").post(back, page=MINE)
    client("").get(path, status=404)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "not an address"}, "full e-mail address"),
        ({"name": " "}, "Write something here"),
        ({"seat": "emperor"}, "Not a valid choice"),
    ],
)
def test_a_wrong_invitation_comes_back_as_typed(client, world, data, words: str) -> None:
    given = {"name": "Nour Typed", "email": "nour@relief.example", "seat": "drafter", **data}
    text = client("relief").post(MINE, given, status=422).get_data(as_text=True)
    assert words in text
    assert "Nour Typed" in text or "name" in data


def test_a_weak_password_is_refused_and_the_link_still_works(
    client, database, now, letters, world
) -> None:
    path = ask_in(client, database, now, letters)
    browser = client("")
    text = accept(browser, path, password="short", status=422).get_data(as_text=True)
    assert "at least 15 characters" in text
    assert 'value="Nour"' in text
    accept(browser, path)


def test_a_seat_is_handed_over_when_the_successor_accepts(
    client, database, world, now, letters
) -> None:
    held = holdings(database, world, now, "relief")["focal_point"]
    browser = client("relief")
    path = f"/organisations/holdings/{held}/hand-over"
    data = {"name": "Nour", "email": "nour@relief.example", "note": "Clause 3 is open."}
    browser.post(path, data)
    drain(database, now=now)
    assert holdings(database, world, now, "relief")["focal_point"] == held
    successor = client("")
    link = link_in(letters.arrived[-1])
    assert "Clause 3 is open." in successor.get(link)
    accept(successor, link)
    assert holdings(database, world, now, "relief")["focal_point"] != held
    assert browser.client.get(MINE).status_code == 303, "the one before is signed out"


def test_a_seat_is_not_handed_to_its_holder(client, database, world, now) -> None:
    held = holdings(database, world, now, "relief")["focal_point"]
    data = {"name": "Me", "email": "RELIEF@relief.example"}
    answer = client("relief").post(f"/organisations/holdings/{held}/hand-over", data, status=422)
    assert "holds this seat already" in answer.get_data(as_text=True)


# --- an organisation's voice ---------------------------------------------------------------------


def ask_to_sign(client, database, now) -> None:
    data = {"name": "Nour", "email": "nour@relief.example", "seat": "signatory"}
    client("relief").post(MINE, data)
    drain(database, now=now)


def test_a_signatory_needs_a_second_word_48_hours_and_all_holders_know(
    client, database, world, now, letters
) -> None:
    ask_to_sign(client, database, now)
    assert [m["To"] for m in letters.arrived] == ["office@relief.example"]
    assert "waits for a second person" in client("relief").get(MINE)
    word = link_in(letters.arrived[0])
    contact = client("")
    assert "Confirm a signatory" in contact.get(word)
    contact.get(word)
    drain(database, now=now)
    assert len(letters.arrived) == 1, "opening the page confirms nothing"
    contact.post(word, status=200)
    contact.get(word, status=404)
    drain(database, now=now)
    told = sorted(m["To"] for m in letters.arrived[1:])
    assert told == ["nour@relief.example", "office@relief.example", "relief@relief.example"]
    link = link_in(next(m for m in letters.arrived if m["To"] == "nour@relief.example"))
    accept(client(""), link)
    assert "begins" in client("relief").get(MINE)
    assert not _signs(database, world, now)
    assert not _signs(database, world, now + timedelta(hours=47, minutes=59))
    assert _signs(database, world, now + timedelta(hours=48))


def _signs(database, world, at) -> bool:
    with database.reading(anonymous(at)) as session:
        who = session.scalars(select(Person).where(Person.email == "nour@relief.example")).one()
        return "signatory" in queries.seats_held(
            session, who.id, world.organisations["relief"], now=at
        )


def test_in_the_48_hours_a_new_signatory_can_be_stopped(
    client, database, world, now, letters
) -> None:
    test_a_signatory_needs_a_second_word_48_hours_and_all_holders_know(
        client, database, world, now, letters
    )
    actor = world.actor("relief")
    with database.reading(actor) as session:
        pending = next(
            row.holding_id for row in queries.seat_holders(session, actor) if row.from_at > now
        )
    client("relief").post(f"/organisations/holdings/{pending}/end")
    assert not _signs(database, world, now + timedelta(hours=49))


def test_another_signatory_may_give_the_second_word_and_the_inviter_may_not(
    client, database, world, now, letters
) -> None:
    seat(database, world, now, "women", "relief", Seat.SIGNATORY)
    ask_to_sign(client, database, now)
    asked = {m["To"] for m in letters.arrived}
    assert asked == {"women@women.example", "office@relief.example"}
    words = [link_in(m) for m in letters.arrived]
    client("").post(words[0], status=200)
    client("").get(words[1], status=404)
    drain(database, now=now)
    assert sum(m["To"] == "nour@relief.example" for m in letters.arrived) == 1


def test_a_second_word_that_lost_its_seat_counts_no_more(
    client, database, world, now, letters
) -> None:
    extra = seat(database, world, now, "women", "relief", Seat.SIGNATORY)
    ask_to_sign(client, database, now)
    word = link_in(next(m for m in letters.arrived if m["To"] == "women@women.example"))
    actor = world.actor("relief")
    with database.writing(actor) as session:
        actions.end_holding(session, actor, holding_id=extra)
    client("").get(word, status=404)
    client("").post(word, page="/accounts/sign-in", status=422)


def test_where_nobody_can_give_a_second_word_nobody_new_signs(client, database, world, now) -> None:
    with database.writing(anonymous(now)) as session:
        of = queries.by_ids(session, [world.organisations["relief"]])
        of[world.organisations["relief"]].registered_email = ""
    data = {"name": "Nour", "email": "nour@relief.example", "seat": "signatory"}
    answer = client("relief").post(MINE, data, status=422)
    assert "needs a second word" in answer.get_data(as_text=True)
    with database.reading(anonymous(now)) as session:
        assert session.scalars(select(Invitation.id)).all() == []


def test_the_invited_person_cannot_be_their_own_second_word(client, database, world, now) -> None:
    data = {"name": "Office", "email": "office@relief.example", "seat": "signatory"}
    client("relief").post(MINE, data, status=422)


def test_only_the_voice_waits(now) -> None:
    assert rules.begins_at(["drafter", "admin"], confirmed_at=now, now=now) == now
    assert rules.begins_at(["signatory"], confirmed_at=now, now=now) == now + rules.VOICE_WAITS
    late = now + timedelta(hours=60)
    assert rules.begins_at(["signatory"], confirmed_at=now, now=late) == late


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("words", [mail.INVITATION, mail.QUESTION, mail.NOTICE])
def test_every_mail_is_whole_in_every_language(words, language: str) -> None:
    subject, text = words[language]
    assert "{" not in subject
    assert "{link}" in text
    assert "{organisation}" in text
    filled = text.format(name="N", email="e", organisation="O", by="B", link="https://x", when="W")
    assert "{" not in filled


def test_the_mail_of_an_invitation_speaks_the_language_of_its_organisation(
    client, database, world, now, letters
) -> None:
    with database.writing(anonymous(now)) as session:
        of = queries.by_ids(session, [world.organisations["relief"]])
        of[world.organisations["relief"]].language = "ar"
    ask_in(client, database, now, letters)
    assert letters.arrived[0]["Content-Language"] == "ar"
    assert "شبكة" not in text_of(letters.arrived[0])
    assert "Relief Network" in text_of(letters.arrived[0])
