"""What a comment is: who reads it, whom it names, what the lead did with it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import ANY

import pytest
from sqlalchemy import func, select

from advocacy.access.actor import anonymous
from advocacy.audit.queries import trail
from advocacy.audit.schema import AuditEvent
from advocacy.discussion import actions, queries
from advocacy.discussion.rules import MENTIONED
from advocacy.discussion.schema import Disposition, Mention, Reach, Thread
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outbox import actions as outbox
from advocacy.outbox.schema import OutboxRow
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from tests.consultations.conftest import SECRET
from tests.outbox.letters import link_in, text_of


def readers(world, reading, thread):
    """Who of the world gets the thread."""
    found = set()
    for name in world.organisations:
        actor = world.actor(name)
        with reading(actor) as session:
            try:
                queries.thread(session, actor, thread)
            except NotFound:
                continue
            found.add(name)
    return found


@pytest.mark.parametrize(
    ("who", "reach", "expected"),
    [
        ("relief", Reach.CIRCLE, {"legal", "relief", "women"}),
        ("relief", Reach.LEAD, {"legal", "relief"}),
        ("relief", Reach.OWN, {"relief"}),
        ("legal", Reach.LEAD, {"legal"}),
        ("legal", Reach.OWN, {"legal"}),
    ],
)
def test_a_comment_is_read_by_those_it_is_for(world, reading, say, who, reach, expected):
    assert readers(world, reading, say(who, reach=reach)) == expected


@pytest.mark.parametrize("reach", [Reach.LEAD, Reach.OWN])
def test_what_is_not_for_all_leaves_no_line_and_no_number(world, led, reading, writing, say, reach):
    """Not in the log of the position, in a count, in a list, for those it is not for."""
    women, relief = world.actor("women"), world.actor("relief")
    thread = say("relief", reach=reach)
    with writing(relief) as session:
        actions.reply(session, relief, thread, text=SECRET)
        actions.resolve(session, relief, thread)
        actions.reopen(session, relief, thread)
    with reading(women) as session:
        of = read_positions.position(session, women, led.id)
        assert {entry.name for entry in trail(session, women, of)} <= {
            "positions.started",
            "positions.invited",
        }
        assert queries.counts(session, women, led.id) == {}
        assert queries.threads(session, women, led.id) == []
        assert queries.waiting(session, women) == []
        assert "relief" not in str(_offered(session, women, led))
    with reading(relief) as session:
        assert sum(n for pair in queries.counts(session, relief, led.id).values() for n in pair)


def _offered(session, actor, led):
    return queries.mentionable(
        session, actor, about_id=led.id, lead_id=led.organisation_id, audience_id=led.audience_id
    )


def test_the_lead_writes_to_one_organisation_and_no_other_learns_of_it(
    world, led, reading, writing, say
):
    relief = world.actor("relief")
    thread = say("legal", reach=Reach.LEAD, to_id=relief.organisation_id)
    assert readers(world, reading, thread) == {"legal", "relief"}
    waits = {}
    for name in ("legal", "relief", "women"):
        actor = world.actor(name)
        with reading(actor) as session:
            waits[name] = [row.id for row in queries.waiting(session, actor)]
            assert queries.counts(session, actor, led.id) == ({} if name == "women" else ANY)
    assert waits == {"legal": [], "relief": [thread], "women": []}
    for name, then in (("relief", "legal"), ("legal", "relief")):
        with writing(world.actor(name)) as session:
            actions.reply(session, world.actor(name), thread, text="Among us two")
        with reading(world.actor(then)) as session:
            assert [row.id for row in queries.waiting(session, world.actor(then))] == [thread]
    with reading(relief) as session:
        row = queries.thread(session, relief, thread)
        (talk,) = queries.talks(session, relief, [row], [])
    assert set(talk.seen_by) == {"Harbour Legal Aid", "Relief Network"}


def test_only_the_lead_writes_to_one_and_only_to_one_of_the_circle(world, say):
    with pytest.raises(Denied):
        say("relief", to_id=world.organisations["women"])
    for outside in ("rights", "donor", "legal"):
        with pytest.raises(Invalid, match="not-mentionable"):
            say("legal", to_id=world.organisations[outside])


def test_the_lead_chooses_the_organisation_on_the_page(world, clause, client):
    legal, here = client("legal"), f"/discussion/about/{clause.cid}"
    typed = {"comment": "For you alone", "reach": "one", "to": ""}
    answer = legal.post(here, typed, status=422).get_data(as_text=True)
    assert "Choose the organisation you write to." in answer
    assert "For you alone" in answer
    legal.post(here, {**typed, "to": str(world.organisations["women"])})
    assert "For you alone" in client("women").get(here)
    assert "For you alone" not in client("relief").get(here)
    assert "one organisation only" not in client("relief").get(here)


def test_who_left_the_circle_cannot_speak_to_the_lead_any_more(
    world, led, reading, client, say, writing
):
    thread, legal = say("relief", reach=Reach.LEAD), world.actor("legal")
    browser = client("relief")
    page = browser.get(f"/discussion/{thread}")
    with writing(legal) as session:
        positions.uninvite(session, legal, led.id, world.organisations["relief"])
    browser.get(f"/discussion/{thread}", 404)
    sent = {"csrf_token": browser._hidden(page, "csrf_token"), "comment": "x"}
    sent |= {n: browser._hidden(page, n) for n in ("acting_for", "idempotency_key")}
    assert browser.client.post(f"/discussion/{thread}/reply", data=sent).status_code == 404


# --- mentions -----------------------------------------------------------------------------------


def test_only_the_lead_is_offered_the_circle(world, led, reading, say):
    legal, relief = world.actor("legal"), world.actor("relief")
    ids = world.organisations
    with reading(legal) as session:
        assert set(_offered(session, legal, led).organisations) == {ids["relief"], ids["women"]}
    with reading(relief) as session:
        assert set(_offered(session, relief, led).organisations) == {ids["legal"]}
    say("women", "We are here")
    with reading(relief) as session:
        assert set(_offered(session, relief, led).organisations) == {ids["legal"], ids["women"]}


def test_a_mention_is_no_way_to_ask_who_takes_part(world, say, reading):
    """An organisation of the circle that has not spoken, and one outside: the same refusal."""
    said = []
    for name in ("women", "rights"):
        with pytest.raises(Invalid) as refused:
            say("relief", mentions=(world.organisations[name],))
        said.append([(r.code, r.about, r.facts) for r in refused.value.reasons])
    assert said[0] == said[1]


def test_nobody_is_mentioned_who_cannot_read_it(world, say):
    for reach, to in ((Reach.OWN, "legal"), (Reach.LEAD, "women")):
        say("women", "We are here")
        with pytest.raises(Invalid):
            say("relief", reach=reach, mentions=(world.organisations[to],))
    with pytest.raises(Invalid):
        say("relief", mentions=(world.people["legal"],))


def test_a_mention_is_told_to_the_two_it_concerns_and_waits_on_their_day(
    world, led, say, reading, writing
):
    """The lead asks one of the circle; a third does not learn that it takes part."""
    women, relief, legal = (world.actor(n) for n in ("women", "relief", "legal"))
    thread = say("legal", "Is it so?", mentions=(world.organisations["women"],))

    def named(actor):
        with reading(actor) as session:
            return [c.mentions for c in queries.thread(session, actor, thread).comments]

    def waits(actor):
        with reading(actor) as session:
            return [t.reason.code for t in read_positions.tasks(session, actor)]

    assert named(legal) == named(women) == [((world.organisations["women"], None),)]
    assert named(relief) == [()]
    assert waits(women) == [MENTIONED]
    assert waits(relief) == []
    with writing(women) as session:
        actions.reply(session, women, thread, text="It is.")
    assert waits(women) == []


def test_a_settled_comment_waits_for_nobody(world, say, reading, writing):
    women, legal = world.actor("women"), world.actor("legal")
    thread = say("legal", "Is it so?", mentions=(world.organisations["women"],))
    with writing(legal) as session:
        actions.resolve(session, legal, thread)
    with reading(women) as session:
        assert queries.waiting(session, women) == []


def test_a_colleague_is_mentioned_by_name_and_nobody_else_reads_the_name(
    world, say, reading, writing, colleague, client
):
    thread = say("relief", "Look at this", mentions=(colleague.person_id,))
    relief = world.actor("relief")
    with reading(colleague) as session:
        assert [row.why for row in queries.waiting(session, colleague)] == [MENTIONED]
    with reading(relief) as session:
        assert queries.waiting(session, relief) == []
    assert "Dina" in client("relief").get(f"/discussion/{thread}")
    for name in ("legal", "women"):
        assert "Dina" not in client(name).get(f"/discussion/{thread}")
    with writing(relief) as session:
        actions.reply(session, relief, thread, text="Not hers")
    with reading(colleague) as session:
        assert queries.waiting(session, colleague)
    with writing(colleague) as session:
        actions.reply(session, colleague, thread, text="Mine")
    with reading(colleague) as session:
        assert queries.waiting(session, colleague) == []


def test_the_mail_of_a_mention_names_nothing(world, led, say, database, letters, now):
    thread = say("legal", SECRET, mentions=(world.organisations["women"],))
    outbox.drain(database, now=now, most=200)
    (mail,) = [
        m for m in letters.arrived if m["To"] == "women@women.example" and "omment" in m["Subject"]
    ]
    text = text_of(mail)
    assert link_in(mail) == f"/discussion/{thread}"
    for word in (SECRET, led.title, "Harbour", "Relief"):
        assert word not in text + mail["Subject"]


def test_a_mail_of_a_mention_is_not_sent_to_who_left_meanwhile(
    world,
    led,
    say,
    database,
    writing,
    letters,
    now,
):
    legal = world.actor("legal")
    outbox.drain(database, now=now, most=200)
    before = len(letters.arrived)
    say("legal", SECRET, mentions=(world.organisations["women"],))
    with writing(legal) as session:
        positions.uninvite(session, legal, led.id, world.organisations["women"])
    outbox.drain(database, now=now, most=200)
    assert len(letters.arrived) == before


def test_a_comment_among_ourselves_sends_mail_to_ourselves_only(
    world,
    say,
    database,
    reading,
    colleague,
    letters,
    now,
):
    outbox.drain(database, now=now, most=200)
    before = len(letters.arrived)
    say("relief", SECRET, reach=Reach.OWN, mentions=(colleague.person_id,))
    with reading(anonymous(now)) as session:
        waiting = session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
        assert all(SECRET not in str(row.payload) for row in waiting)
    outbox.drain(database, now=now, most=200)
    assert {m["To"] for m in letters.arrived[before:]} == {"dina@relief.example"}


# --- what the lead did --------------------------------------------------------------------------


def test_the_lead_decides_with_a_reason_and_that_settles_it(world, say, reading, writing):
    thread, legal, women = (
        say("relief", kind="red-line"),
        world.actor("legal"),
        world.actor("women"),
    )
    with writing(legal) as session:
        for outcome in ("rejected", "changed"):
            with pytest.raises(Invalid):
                actions.dispose(session, legal, thread, outcome=outcome, reason=" ", after=None)
        with pytest.raises(Invalid):
            actions.dispose(session, legal, thread, outcome="postponed", reason="x", after=None)
        done = actions.dispose(
            session, legal, thread, outcome="rejected", reason="No", after=None
        ).id
    with reading(women) as session:
        row = queries.thread(session, women, thread)
        assert (row.disposition.id, row.disposition.reason, row.is_open) == (done, "No", False)
    with writing(legal) as session:
        actions.dispose(session, legal, thread, outcome="accepted", reason="", after=done)
        assert queries.disposition(session, thread).outcome == "accepted"
        assert session.scalar(select(func.count(Disposition.id))) == 2


def test_only_the_lead_decides(world, say, writing):
    thread = say("relief")
    for name, error in (("relief", Denied), ("women", Denied), ("legal.drafter", Denied),
                        ("cluster", NotFound), ("donor", NotFound)):  # fmt: skip
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(error):
            actions.dispose(session, actor, thread, outcome="noted", reason="", after=None)


def test_what_the_lead_says_among_its_own_is_not_decided(world, say, writing):
    thread, legal = say("legal", reach=Reach.OWN), world.actor("legal")
    with writing(legal) as session, pytest.raises(Conflict):
        actions.dispose(session, legal, thread, outcome="noted", reason="", after=None)


def test_a_decision_on_an_old_page_is_refused_with_todays(world, say, writing):
    thread, legal = say("relief"), world.actor("legal")
    with writing(legal) as session:
        first = actions.dispose(session, legal, thread, outcome="noted", reason="", after=None)
        with pytest.raises(Conflict) as late:
            actions.dispose(session, legal, thread, outcome="accepted", reason="", after=None)
        assert late.value.current.id == first.id


def test_of_two_who_decide_at_once_one_is_told(world, say, database):
    thread, legal, together = say("relief"), world.actor("legal"), Barrier(2)

    def press(outcome):
        together.wait()
        try:
            with database.writing(legal) as session:
                actions.dispose(session, legal, thread, outcome=outcome, reason="", after=None)
        except Conflict:
            return "told"
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ["noted", "accepted"])) == ["kept", "told"]


def test_a_decision_on_a_private_comment_stays_private(world, led, say, reading, writing):
    thread, legal, women = (
        say("relief", reach=Reach.LEAD),
        world.actor("legal"),
        world.actor("women"),
    )
    with writing(legal) as session:
        actions.dispose(session, legal, thread, outcome="rejected", reason=SECRET, after=None)
    with reading(women) as session:
        for table in (Thread, Disposition, Mention):
            assert session.scalars(select(table)).all() == []
        about = session.scalars(
            select(AuditEvent.about_id).where(AuditEvent.name == "discussion.disposed")
        )
        assert led.id not in set(about)


def test_a_typed_comment_keeps_its_kind_and_its_wording(world, say, reading):
    thread, women = (
        say("relief", kind="substantive", wording="  Stop them.\r\n"),
        world.actor("women"),
    )
    with reading(women) as session:
        row = queries.thread(session, women, thread)
    assert (row.kind, row.wording) == ("substantive", "Stop them.")
    with pytest.raises(Invalid):
        say("relief", kind="shout")
    with pytest.raises(Invalid):
        say("relief", wording="x" * 4_001)
