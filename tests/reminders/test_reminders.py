"""Who is reminded of a round: those who have not answered, and nobody else."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.ground.base import Base
from advocacy.ground.errors import Conflict, Denied, NotFound
from advocacy.ground.unit import Database
from advocacy.outbox import actions as outbox
from advocacy.outbox import mail as outbox_mail
from advocacy.outbox.schema import OutboxRow
from advocacy.reminders import actions, mail, queries, rules
from advocacy.reminders.rules import How
from advocacy.reminders.schema import Reminder
from advocacy.rounds import actions as rounds
from advocacy.signoff.rows import RoundRow
from tests.outbox.letters import Letters, text_of
from tests.signoff import scene
from tests.world import NOW, World

ONE_DAY_LEFT = scene.CLOSES_AT - timedelta(hours=24)


def sweep(database: Database, at: datetime) -> int:
    return outbox.sweep(database, now=at)


def queued(database: Database) -> list[dict[str, str]]:
    with database.reading(anonymous(NOW)) as session:
        mails = select(OutboxRow.payload).where(OutboxRow.kind.like("reminders.%"))
        return list(session.scalars(mails))


def reminded(database: Database, world: World) -> list[str]:
    names = {str(person): key for key, person in world.people.items()}
    return sorted(names[ids["person"]] for ids in queued(database))


def choose(database: Database, world: World, key: str, **wish: object) -> None:
    actor = world.actor(key)
    given = {"how": How.AT_ONCE, "quiet_from": 20, "quiet_until": 7, **wish}
    with database.writing(actor) as session:
        actions.choose(session, actor, **given)


def answer(database: Database, world: World, opened: RoundRow, key: str, **more: object) -> None:
    actor = world.actor(key)
    with database.writing(actor) as session:
        scene.reply(session, actor, opened, **more)


def call(database: Database, world: World, opened: RoundRow, key: str, at=NOW, after=None):
    actor = world.actor(key, now=at)
    with database.writing(actor) as session:
        return actions.remind(session, actor, opened.id, after=after).id


def test_only_the_silent_are_reminded_and_only_once(
    database: Database, world: World, opened: RoundRow
) -> None:
    answer(database, world, opened, "women")
    assert sweep(database, NOW) == 0
    assert sweep(database, ONE_DAY_LEFT) == 1
    assert sweep(database, ONE_DAY_LEFT + timedelta(hours=1)) == 0
    assert reminded(database, world) == ["legal"]


def test_an_answer_stops_a_reminder_that_is_on_its_way(
    database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    assert sweep(database, ONE_DAY_LEFT) == 2
    answer(database, world, opened, "legal", inside="nobody")
    outbox.drain(database, now=ONE_DAY_LEFT)
    about = [m["To"] for m in letters.arrived if "still" in m["Subject"]]
    assert about == ["women@women.example"]


def test_a_reminder_holds_no_word_of_the_text_and_says_how_to_stop_it(
    database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    sweep(database, ONE_DAY_LEFT)
    outbox.drain(database, now=ONE_DAY_LEFT)
    made = next(
        m for m in letters.arrived if m["To"] == "legal@legal.example" and "still" in m["Subject"]
    )
    for secret in (scene.TITLE, "clinics", "Relief Network", "Governor"):
        assert secret not in text_of(made) + made["Subject"]
    assert made["List-Unsubscribe"] == "<https://a.example/reminders>"
    assert "Harbour Legal Aid has not answered yet" in text_of(made)


def test_quiet_hours_hold_a_reminder_back_and_do_not_lose_it(
    database: Database, world: World, opened: RoundRow
) -> None:
    # One day before the close it is four in the afternoon in Amman.
    choose(database, world, "legal", quiet_from=15, quiet_until=18)
    assert sweep(database, ONE_DAY_LEFT) == 1
    assert reminded(database, world) == ["women"]
    assert sweep(database, ONE_DAY_LEFT + timedelta(hours=2)) == 1
    assert reminded(database, world) == ["legal", "women"]


def test_who_wants_no_reminders_gets_none(
    database: Database, world: World, opened: RoundRow
) -> None:
    choose(database, world, "legal", how=How.NEVER)
    sweep(database, ONE_DAY_LEFT)
    assert reminded(database, world) == ["women"]


def test_a_digest_counts_what_is_open_and_comes_once_a_day(
    database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    choose(database, world, "legal", how=How.DAILY)
    assert sweep(database, NOW) == 1
    assert sweep(database, NOW + timedelta(hours=3)) == 0
    outbox.drain(database, now=NOW)
    made = next(m for m in letters.arrived if "What is still asked" in m["Subject"])
    assert "has not answered yet: 1." in text_of(made)
    assert sweep(database, NOW + timedelta(days=1)) == 1


def test_nobody_is_reminded_of_a_round_that_was_given_up(
    database: Database, world: World, opened: RoundRow
) -> None:
    actor = world.actor("relief")
    with database.writing(actor) as session:
        rounds.abandon(session, actor, opened.id, reason="The facts changed.")
    assert sweep(database, ONE_DAY_LEFT) == 0


def test_the_lead_has_the_silent_reminded_and_learns_nothing(
    database: Database, world: World, opened: RoundRow
) -> None:
    answer(database, world, opened, "women", inside="nobody")
    call(database, world, opened, "relief")
    assert sweep(database, NOW + timedelta(minutes=1)) == 1
    assert reminded(database, world) == ["legal"]
    with database.reading(world.actor("relief")) as session:
        assert session.scalars(select(Reminder)).all() == []


def test_the_lead_asks_once_a_day_and_not_on_an_older_page(
    database: Database, world: World, opened: RoundRow
) -> None:
    first = call(database, world, opened, "relief")
    later = NOW + timedelta(hours=21)
    with pytest.raises(Conflict):
        call(database, world, opened, "relief", at=NOW + timedelta(hours=1), after=first)
    with pytest.raises(Conflict):
        call(database, world, opened, "relief", at=later, after=None)
    assert call(database, world, opened, "relief", at=later, after=first)
    with pytest.raises(Conflict):
        call(database, world, opened, "relief", at=scene.CLOSES_AT, after=first)


@pytest.mark.parametrize(("key", "refusal"), [("legal", Denied), ("donor", NotFound)])
def test_nobody_but_the_lead_asks_for_reminders(
    database: Database, world: World, opened: RoundRow, key: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        call(database, world, opened, key)


def test_what_is_due_is_read_without_writing(
    database: Database, world: World, opened: RoundRow
) -> None:
    with database.reading(anonymous(ONE_DAY_LEFT)) as session:
        assert len(queries.due(session)) == 2
    assert queued(database) == []


# --- one press stops them ------------------------------------------------------------------------


def stops(letters: Letters, to: str, about: str) -> dict[str, str]:
    """The headers by which a mail program stops such mails; by lower name."""
    made = next(m for m in letters.arrived if m["To"] == to and about in m["Subject"])
    return {name.lower(): value for name, value in made.items() if "unsubscribe" in name.lower()}


def test_a_mail_program_stops_the_reminders_of_one_person_by_one_press(
    app: Flask, database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    key = app.config["SECRET_KEY"]
    outbox_mail.use(replace(outbox_mail._post, key=key))
    sweep(database, ONE_DAY_LEFT)
    outbox.drain(database, now=ONE_DAY_LEFT)
    said = stops(letters, "legal@legal.example", "still")
    assert said["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    address = said["list-unsubscribe"]
    assert address.startswith("<https://a.example/reminders/stop/")
    assert address.endswith(">")
    assert stops(letters, "legal@legal.example", "An answer is asked") == {}
    path, before = address.strip("<>").removeprefix("https://a.example"), contents(database)
    browser = app.test_client()
    assert browser.get(path).status_code == 200
    assert contents(database) == before, "opening it records nothing"
    for _press in range(2):
        body = {"List-Unsubscribe": "One-Click"}
        assert browser.post(path, data=body).status_code == 200
    assert contents(database) == before | {"mail_choice": 1}
    with database.reading(world.actor("legal")) as session:
        assert queries.choice(session, world.actor("legal")).how == How.NEVER
    with database.reading(world.actor("women")) as session:
        assert queries.choice(session, world.actor("women")).how == How.AT_ONCE


@pytest.mark.parametrize("change", ["", "x", "AAAA", "é", "/"])
def test_a_link_that_we_did_not_make_stops_nothing(
    app: Flask, database: Database, world: World, change: str
) -> None:
    key = app.config["SECRET_KEY"]
    ours = rules.stop_token(world.people["legal"], key=key)
    wrong = [
        rules.stop_token(world.people["legal"], key="another"),
        rules.stop_token(UUID(int=5), key=key),
        ours[:-1] + ("A" if ours[-1] != "A" else "Q"),
        ours + change,
    ][: 4 if change else 3]
    before = contents(database)
    for token in wrong:
        assert app.test_client().get(f"/reminders/stop/{token}").status_code == 404
        assert app.test_client().post(f"/reminders/stop/{token}").status_code == 404
    assert contents(database) == before


# --- the first ask -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours_left", "waits"), [(48, True), (35.5, True), (34, False), (3, False)]
)
def test_the_first_ask_waits_for_the_morning_where_more_than_a_day_is_left(
    hours_left: float, *, waits: bool
) -> None:
    night = datetime.fromisoformat("2026-11-22T18:00:00+00:00")  # nine in the evening in Amman
    choice = rules.Choice(zone="Asia/Amman")
    at = rules.first_ask(choice, night + timedelta(hours=hours_left), night)
    assert at == (night + timedelta(hours=10) if waits else None)


def test_who_is_asked_at_night_is_told_in_the_morning_and_reached_then(
    database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    # The round was opened by day; for legal, all of that day is quiet but its first hours.
    now_there = NOW.astimezone(clock.zone(scene.ZONE)).hour
    choose(database, world, "legal", quiet_from=now_there, quiet_until=(now_there + 2) % 24)
    outbox.drain(database, now=NOW)
    asked = [m["To"] for m in letters.arrived if m["Subject"].startswith("An answer is asked")]
    assert "women@women.example" in asked
    assert "legal@legal.example" not in asked
    outbox.drain(database, now=NOW + timedelta(hours=2))
    later = [m["To"] for m in letters.arrived if m["Subject"].startswith("An answer is asked")]
    assert later.count("legal@legal.example") == 1
    assert later.count("women@women.example") == 1


@pytest.mark.parametrize("words", [mail.REMINDED, mail.DIGEST])
def test_every_reminder_is_written_in_four_languages(words) -> None:
    assert set(words) == {"en", "fr", "es", "ar"}
    for subject, text in words.values():
        assert "{" not in subject
        for part in ("{organisation}", "{by}", "{link}", "{settings}"):
            assert part in text


# --- pages ---------------------------------------------------------------------------------------


def test_a_person_chooses_how_it_is_reminded_and_reads_it_back(client) -> None:
    page = client("legal")
    page.post("/reminders", {"how": "weekly", "quiet_from": "18", "quiet_until": "9"})
    body = page.get("/reminders")
    assert re.search(r'<input[^>]*value="weekly"[^>]*checked|checked[^>]*value="weekly"', body)


def test_an_hour_that_is_none_is_refused_in_words(client) -> None:
    wish = {"how": "weekly", "quiet_from": "25", "quiet_until": "9"}
    client("legal").post("/reminders", wish, status=422)


def test_the_lead_presses_once_and_is_told(client, opened: RoundRow, world: World) -> None:
    page, round_page = client("relief"), f"/rounds/{opened.id}"
    assert "Remind them" in page.get(round_page)
    page.post(f"/reminders/call/{opened.id}", {"after": ""}, page=round_page)
    assert "Those who have not answered get a mail." in page.get(round_page)
    again = page.post(f"/reminders/call/{opened.id}", {"after": ""}, page=round_page, status=409)
    assert "reminded already today" in again.get_data(as_text=True)


def test_opening_the_links_of_a_reminder_records_nothing(
    client, database: Database, world: World, opened: RoundRow, letters: Letters
) -> None:
    sweep(database, ONE_DAY_LEFT)
    outbox.drain(database, now=ONE_DAY_LEFT)
    text = "\n".join(text_of(made) for made in letters.arrived)
    paths = set(re.findall(r"https://a\.example(/\S*)", text))
    assert {f"/signoff/{opened.id}", "/reminders"} <= paths
    page = client("legal")
    page.get("/")
    before = contents(database)
    for path in paths:
        page.get(path)
    assert contents(database) == before


def contents(database: Database) -> dict[str, int]:
    """How many rows each table holds; of one's own session only that it was used changes."""
    with database.reading(anonymous(NOW)) as session, guard.system(session, guard.System.COMMAND):
        connection = session.connection()
        names = [table.name for table in Base.metadata.sorted_tables]
        rows = [connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"') for name in names]  # noqa: S608 - our own names
        return {name: row.scalar_one() for name, row in zip(names, rows, strict=True)}
