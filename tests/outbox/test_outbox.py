"""The outbox: nothing before the commit, once after it, again when it failed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.access.guard import actor_of
from advocacy.accounts.schema import Person
from advocacy.formats.smtp import Fault, Unreachable
from advocacy.outbox import actions, mail, queries
from advocacy.outbox.schema import OutboxRow
from tests.outbox.letters import Letters, text_of


@pytest.fixture
def kind():
    """A kind of this test alone: `kind(prepare)` registers it as "test.kind"."""

    def register(prepare) -> None:
        actions.kinds["test.kind"] = prepare

    yield register
    actions.kinds.pop("test.kind", None)


def ask(database, now, **payload) -> None:
    with database.writing(anonymous(now)) as session:
        actions.enqueue(session, "test.kind", payload, due_at=now)


def row(database, now):
    with database.reading(anonymous(now)) as session:
        kept = (OutboxRow.tries, OutboxRow.fault, OutboxRow.done_at)
        return session.execute(select(*kept)).one()


def letter_to(address: str):
    return lambda _session, payload: mail.letter(mail.Mail(address, "A word", payload["text"]))


def test_a_mail_arrives_once_with_the_words_it_was_given(
    database, now, kind, letters: Letters
) -> None:
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="Réponse attendue mardi, الثلاثاء.")
    assert actions.drain(database, now=now) == 1
    assert actions.drain(database, now=now) == 0
    (arrived,) = letters.arrived
    assert arrived["To"] == "sara@relief.example"
    assert arrived["From"] == "no-reply@advocacy.example"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert text_of(arrived).strip() == "Réponse attendue mardi, الثلاثاء."


def test_nothing_is_queued_when_the_transaction_fails(database, now, kind) -> None:
    kind(letter_to("sara@relief.example"))

    def fails_late() -> None:
        with database.writing(anonymous(now)) as session:
            actions.enqueue(session, "test.kind", {"text": "x"}, due_at=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_late()
    with database.reading(anonymous(now)) as session:
        assert queries.waiting(session, now=now) == 0


def test_a_refused_mail_is_tried_again_later_and_then_arrives(
    database, now, kind, letters: Letters
) -> None:
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    letters.refuse = True
    assert actions.drain(database, now=now) == 0
    assert (row(database, now).fault, row(database, now).done_at) == ("SMTPRecipientsRefused", None)
    letters.refuse = False
    assert actions.drain(database, now=now) == 0, "not at once"
    assert actions.drain(database, now=now + timedelta(minutes=3)) == 1
    assert len(letters.arrived) == 1


def test_a_row_is_given_up_after_its_tries_and_is_counted(database, now, kind) -> None:
    def fails(_session, _payload):
        raise OSError

    kind(fails)
    ask(database, now)
    for _ in range(20):
        now += timedelta(days=2)
        actions.drain(database, now=now)
    assert row(database, now).tries == 8
    with database.reading(anonymous(now)) as session:
        assert queries.given_up(session) == 1


def test_a_poisoned_row_does_not_stop_the_others(database, now, kind, letters: Letters) -> None:
    kind(lambda _s, p: mail.letter(mail.Mail(p["to"], "A\nword", "x")) if p["to"] else None)
    ask(database, now, to="sara@relief.example")
    actions.kinds["test.good"] = letter_to("omar@legal.example")
    with database.writing(anonymous(now)) as session:
        actions.enqueue(session, "test.good", {"text": "x"}, due_at=now)
    assert actions.drain(database, now=now) == 1
    actions.kinds.pop("test.good")
    assert [m["To"] for m in letters.arrived] == ["omar@legal.example"]


def test_without_a_mail_server_mails_wait(database, now, kind) -> None:
    mail.use(mail.Post())
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    assert actions.drain(database, now=now) == 0
    assert (row(database, now).fault, row(database, now).done_at) == ("server-unset", None)


def test_an_issuing_kind_has_committed_before_anything_leaves(database, now, kind) -> None:
    seen: list[int] = []

    def prepare(session, _payload):
        at = actor_of(session).now
        session.add(Person(name="Made", email="made@relief.example", created_at=at))
        session.flush()

        def deliver() -> None:
            with database.writing(anonymous(now)) as other:
                seen.append(len(other.scalars(select(Person.id)).all()))

        return deliver

    kind(actions.Issuing(prepare))
    ask(database, now)
    assert actions.drain(database, now=now) == 1
    assert seen == [1], "the other transaction could write, and saw what was issued"


def test_a_plain_kind_can_issue_nothing(database, now, kind) -> None:
    def prepare(session, _payload):
        session.add(Person(name="Made", email="made@relief.example", created_at=now))
        session.flush()

    kind(prepare)
    ask(database, now)
    actions.drain(database, now=now)
    with database.reading(anonymous(now)) as session:
        assert session.scalars(select(Person.id)).all() == []


def test_a_password_never_goes_over_an_open_line(monkeypatch) -> None:
    said: list[str] = []

    class Server:
        def __init__(self, *given, **named): ...
        def __enter__(self):
            return self

        def __exit__(self, *given): ...
        def close(self): ...
        def ehlo_or_helo_if_needed(self): ...
        def has_extn(self, _name):
            return False

        def login(self, *given):
            said.append("password")

    monkeypatch.setattr("smtplib.SMTP", Server)
    letter = mail.Mail("sara@relief.example", "A word", "x")
    with pytest.raises(Unreachable) as refused:
        mail.send("smtp://us:secret@mail.example:25", "no-reply@a.example", letter)
    assert refused.value.fault == Fault.OPEN_LINE
    assert said == []
