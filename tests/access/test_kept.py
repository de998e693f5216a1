"""Kept answers: the reader's own, of one state of the database, and gone at the first write."""

import re
import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from advocacy.access import audience, guard, kept
from advocacy.access.schema import EVERYONE
from advocacy.organisations.schema import Membership
from advocacy.web import db as web
from tests.conftest import NOW

pytestmark = pytest.mark.only("sqlite", "its files say in a microsecond that nothing changed")

_of = Membership.__table__
_IN = (
    select(_of.c.member_id)
    .where(_of.c.workspace_id == bindparam("space"), guard.readers(_of.c.audience_id))
    .order_by(_of.c.member_id)
)


@pytest.fixture
def keeper(engine):
    return kept.Keeper(engine)


def _asked(database, keeper, actor, world):
    """What an actor is told, and how many statements it took."""
    with database.reading(actor) as session:
        kept.begin(session, keeper.state(actor.now))
        rows = kept.ask(session, actor, _IN, space=world.workspace_id)
        return rows.all(), session.in_transaction()


def test_the_same_question_is_answered_without_the_database(database, keeper, world):
    first, _ = _asked(database, keeper, world.actor("relief"), world)
    again, has_asked = _asked(database, keeper, world.actor("relief"), world)
    assert again == first
    assert first
    assert not has_asked


def test_one_readers_answer_is_never_anothers(database, keeper, world):
    for name in ("relief", "donor", "observer", "cluster", "relief", "donor"):
        with database.reading(world.actor(name)) as session:
            truth = kept.ask(session, world.actor(name), _IN, space=world.workspace_id).all()
        told, _ = _asked(database, keeper, world.actor(name), world)
        assert told == truth


def test_a_write_of_this_process_makes_the_question_new(database, keeper, world):
    _asked(database, keeper, world.actor("relief"), world)
    with (
        database.writing(world.actor("cluster")) as session,
        guard.system(session, guard.System.COMMAND),
    ):
        row = session.scalars(select(Membership).limit(1)).one()
        session.delete(row)
    after, has_asked = _asked(database, keeper, world.actor("relief"), world)
    assert has_asked
    assert row.member_id not in {r[0] for r in after}


def test_a_write_of_another_program_makes_the_question_new(database, database_url, keeper, world):
    before = keeper.state(NOW)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    with other:
        other.execute("UPDATE workspace SET name = 'Another'")
    other.close()
    assert keeper.state(NOW) is not before


def test_a_state_ends_at_the_instant_an_embargo_opens(database, keeper, world):
    opens = NOW + timedelta(hours=1)
    with database.writing(world.actor("relief")) as session:
        audience.intern(session, [(EVERYONE, opens)])
    before = keeper.state(NOW)
    assert keeper.state(opens - timedelta(seconds=1)) is before
    assert keeper.state(opens) is not before


def test_what_was_read_of_a_newer_state_is_not_kept_as_the_older(database, keeper, world):
    actor = world.actor("relief")
    old = keeper.state(NOW)
    with database.writing(world.actor("cluster")) as session:
        audience.make_group(session, audience.GroupKind.CIRCLE, about=world.workspace_id)
    with database.reading(actor) as session:
        kept.begin(session, old)
        assert kept.ask(session, actor, _IN, space=world.workspace_id)
    assert not old.answers


def test_a_page_never_mixes_two_states(database, keeper, world):
    actor = world.actor("relief")
    _asked(database, keeper, actor, world)
    with database.reading(actor) as session:
        kept.begin(session, keeper.state(NOW))
        kept.ask(session, actor, _IN, space=world.workspace_id)  # given from what was kept
        with database.writing(world.actor("cluster")) as other:
            audience.make_group(other, audience.GroupKind.CIRCLE, about=world.workspace_id)
        with pytest.raises(kept.Moved):
            session.execute(select(Membership.id))


def test_a_request_that_somebody_wrote_into_starts_over(client, database, world, monkeypatch):
    """The page that comes is the new one, whole, and answers as if nothing had happened."""
    browser, path = client("relief"), "/organisations/in/testland"
    browser.get(path)
    real, wrote = web.reading, []

    def write_once():
        session = real()
        if kept_answers_were_given(session) and not wrote:
            wrote.append(True)
            with database.writing(world.actor("cluster")) as other:
                audience.make_group(other, audience.GroupKind.CIRCLE, about=world.workspace_id)
            session.connection()
        return session

    monkeypatch.setattr("advocacy.web.gate.reading", write_once)
    page = browser.get(path)
    assert wrote
    assert "<h1" in page


def kept_answers_were_given(session):
    return bool(session.info.get("kept_given"))


PAGES = ("/", "/threats/in/testland", "/recommendations/in/testland", "/donors/in/testland")


def test_a_page_shown_again_has_tokens_of_its_own_and_the_same_words(client):
    browser = client("relief")
    for path in PAGES:
        first, again = browser.get(path), browser.get(path)
        tokens = [re.findall(r'name="csrf_token" value="([^"]+)"', page) for page in (first, again)]
        assert tokens[0]
        assert tokens[0] != tokens[1]
        assert _without_tokens(first) == _without_tokens(again)


def test_a_page_shown_again_is_the_readers_own(client):
    """Warm or cold, five people read what each of them read alone."""
    people = ("relief", "cluster", "observer", "donor", "women")
    cold = {}
    for name in people:
        browser = client(name)
        cold[name] = [_without_tokens(browser.get(path)) for path in PAGES if _may(browser, path)]
    for name in reversed(people):
        browser = client(name)
        warm = [_without_tokens(browser.get(path)) for path in PAGES if _may(browser, path)]
        assert warm == cold[name]


def test_a_message_is_shown_once(client):
    """What was just done is said on the next page, and never on the one after."""
    browser = client("relief")
    browser.get("/")
    with browser.client.session_transaction() as cookie:
        cookie["_flashes"] = [("ok", "It is done now.")]
    assert "It is done now." in browser.get("/")
    assert "It is done now." not in browser.get("/")


def _may(browser, path):
    return browser.client.get(path).status_code == 200


def _without_tokens(page):
    page = re.sub(r'(name="(?:csrf_token|idempotency_key)" value=")[^"]+', r"\1", page)
    return re.sub(r'("X-CSRFToken": ?")[^"]+', r"\1", page)
