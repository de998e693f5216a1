"""A mail that comes back marks whom it did not reach; nobody else can say so."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground.unit import Database
from advocacy.outbox import actions, cli, mail, rules
from advocacy.outbox.schema import OutboxRow
from advocacy.tallies.schema import Delivery
from tests.outbox.letters import Letters
from tests.signoff import scene
from tests.world import NOW, World

MAILBOX, KEY = "bounces@advocacy.example", "k" * 40

REPORT = """\
From: MAILER-DAEMON@there.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your mail.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; there.example

Final-Recipient: rfc822; legal@legal.example
Action: {action}
Status: {status}

--b--
"""


def report(to: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    return REPORT.format(to=to, action=action, status=status).encode()


@given(st.uuids())
def test_a_mail_knows_the_row_it_was_sent_for(row_id: UUID) -> None:
    address = rules.back_to(row_id, mailbox=MAILBOX, key=KEY)
    assert rules.row_of(address.upper(), mailbox=MAILBOX, key=KEY) == row_id
    assert len(address.partition("@")[0]) <= 64
    assert rules.row_of(address, mailbox=MAILBOX, key="another") is None
    assert rules.row_of(address, mailbox="b@other.example", key=KEY) is None


@given(st.integers(0, 41), st.sampled_from("a2z"))
def test_an_address_with_one_letter_changed_is_not_ours(place: int, letter: str) -> None:
    row_id = UUID(int=7)
    address = rules.back_to(row_id, mailbox=MAILBOX, key=KEY)
    at = len("bounces+") + place
    changed = address[:at] + letter + address[at + 1 :]
    known = rules.row_of(changed, mailbox=MAILBOX, key=KEY)
    assert (known is None) or (changed == address)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        report(MAILBOX, action="delayed", status="4.4.1"),
        report(MAILBOX, status="4.2.2"),
        b"To: bounces@advocacy.example\n\nI am on leave.",
        b"Content-Type: multipart/report; boundary=b\n" + b"--b\n" * 200_000,
        b"x" * (rules.MOST_BYTES + 1),
    ],
    ids=["empty", "no mail", "delayed", "full today", "on leave", "many parts", "huge"],
)
def test_what_is_no_final_failure_marks_nobody(data: bytes) -> None:
    assert rules.came_back(data) == []


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_of_bounces_fail(data: bytes) -> None:
    rules.came_back(report(MAILBOX)[:200] + data)


# --- from the mail that asks to the roster -------------------------------------------------------


@pytest.fixture
def asked(app: Flask, database: Database, world: World) -> None:
    made, actor = scene.frozen(database, world), world.actor("relief")
    with database.writing(anonymous(NOW)) as session:
        session.execute(update(OutboxRow).values(done_at=NOW))  # the mails of the circle
    with database.writing(actor) as session:
        made.open_round(session, actor, scene.ids(world, "legal"))


def states(database: Database, world: World) -> list[str]:
    with (
        database.reading(anonymous(NOW)) as session,
        guard.system(session, guard.System.COMMAND),
    ):
        its = select(Delivery).order_by(Delivery.recorded_at)
        return [row.state for row in session.scalars(its)]


def post(letters: Letters) -> None:
    url = mail._post.smtp_url
    mail.use(mail.Post(url, "no-reply@advocacy.example", "https://a.example", MAILBOX, KEY))


def test_a_mail_that_comes_back_marks_not_reached(
    asked: None, app: Flask, database: Database, world: World, letters: Letters
) -> None:
    post(letters)
    actions.drain(database, now=NOW)
    (envelope,) = letters.came_from
    assert envelope.startswith("bounces+")
    assert states(database, world) == ["delivered"]
    row_id = rules.row_of(envelope, mailbox=MAILBOX, key=KEY)
    assert row_id is not None
    with database.writing(anonymous(NOW + timedelta(minutes=5))) as session:
        assert actions.come_back(session, row_id)
    assert states(database, world) == ["delivered", "not-reached"]
    with database.writing(anonymous(NOW + timedelta(minutes=6))) as session:
        actions.come_back(session, row_id)
    assert len(states(database, world)) == 2


def test_an_address_refused_for_good_is_not_tried_again(
    asked: None, database: Database, world: World, letters: Letters
) -> None:
    letters.refuse_with = "550 no such mailbox"
    assert actions.drain(database, now=NOW) == 1
    assert states(database, world) == ["not-reached"]
    letters.refuse_with = ""
    assert actions.drain(database, now=NOW + timedelta(days=1)) == 0


def test_a_server_that_is_busy_is_asked_again(
    asked: None, database: Database, world: World, letters: Letters
) -> None:
    letters.refuse = True
    assert actions.drain(database, now=NOW) == 0
    assert states(database, world) == []
    letters.refuse = False
    assert actions.drain(database, now=NOW + timedelta(days=1)) == 1
    assert states(database, world) == ["delivered"]


def test_a_mail_sent_again_after_a_crash_is_one_mail(
    asked: None, database: Database, letters: Letters
) -> None:
    actions.drain(database, now=NOW)
    with database.writing(anonymous(NOW)) as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "rounds.opened")).one()
        row.done_at = None  # as if the process had died before it could say so
    actions.drain(database, now=NOW + timedelta(days=1))
    first, second = letters.arrived
    assert first["Message-ID"] == second["Message-ID"]


def test_the_command_says_what_it_did(app: Flask, world: World) -> None:
    forged = rules.back_to(uuid4(), mailbox=MAILBOX, key="theirs")
    run = app.test_cli_runner().invoke
    with app.app_context():
        done = run(cli.command, ["bounce"], input=report(forged))
        large = run(cli.command, ["bounce"], input=b"x" * 1_000_001)
    assert done.stdout.strip() == "Nothing was marked: this is no such mail.", done.exception
    assert done.exit_code == 0
    assert large.exit_code == 1
    assert "larger than 1 MB" in large.stderr, large.exception
