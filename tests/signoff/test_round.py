"""Rounds and answers by their actions: who may, on what, until when, and what stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.outbox.schema import OutboxRow
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.rounds import actions as rounds_actions
from advocacy.rounds import queries as rounds
from advocacy.signoff import actions, queries
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.schema import Answer
from advocacy.tallies import queries as tallies
from tests.browser import Browser
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

Say = Callable[..., UUID]


def codes(error: pytest.ExceptionInfo[BaseException]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


def seen(database: Database, world: World, reader: str, round_: RoundRow) -> dict[str, str | None]:
    """Organisation -> answer, as far as this reader sees them."""
    names = {organisation: key for key, organisation in world.organisations.items()}
    actor = world.actor(reader)
    with database.reading(actor) as session:
        lines = queries.roster(session, actor, round_.id)
    return {names[x.organisation_id]: x.answer.kind if x.answer else None for x in lines}


# --- opening ------------------------------------------------------------------------------------


def test_opening_moves_the_position_and_mails_each_person_who_may_answer(
    database: Database, world: World, frozen: Scene, opened: RoundRow
) -> None:
    with database.reading(world.actor("relief")) as session:
        position = read_positions.position(session, world.actor("relief"), frozen.position_id)
        assert position.stage == "signoff"
        kinds = list(session.scalars(select(OutboxRow.kind)))
    assert kinds.count("rounds.opened") == 4
    assert opened.closes_at == scene.CLOSES_AT
    assert opened.content_hash == frozen.version.content_hash


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"closes_on": date(2026, 11, 20)}, "signoff.closes-in-the-past"),
        ({"zone": "Mars/Olympus"}, "signoff.no-such-time"),
        (
            {"closes_on": date(2027, 3, 28), "closes_time": time(2, 30), "zone": "Europe/Paris"},
            "signoff.no-such-time",
        ),
        ({"answers": ["decline"]}, "signoff.answers-need-endorse"),
        ({"answers": ["endorse", "perhaps"]}, "signoff.answers-need-endorse"),
        ({"blocks": "everything"}, "form.choice"),
        ({"roster": []}, "signoff.roster-empty"),
        ({"roster": [uuid4()]}, "signoff.not-a-participant"),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    database: Database, world: World, frozen: Scene, terms: dict[str, object], code: str
) -> None:
    actor = world.actor("relief")
    roster = terms.pop("roster", scene.ids(world, "legal"))
    with pytest.raises(Invalid) as error, database.writing(actor) as session:
        frozen.open_round(session, actor, roster, **terms)
    assert code in codes(error)


def test_only_the_lead_opens_a_round(database: Database, world: World, frozen: Scene) -> None:
    for key, error in (("legal", Denied), ("observer", NotFound), ("donor", NotFound)):
        actor = world.actor(key)
        with pytest.raises(error), database.writing(actor) as session:
            frozen.open_round(session, actor, scene.ids(world, "legal"))


def test_a_position_has_one_open_round_and_a_version_one_round(
    database: Database, world: World, frozen: Scene, opened: RoundRow
) -> None:
    actor = world.actor("relief")
    with pytest.raises(Invalid) as error, database.writing(actor) as session:
        frozen.open_round(session, actor, scene.ids(world, "legal"))
    assert codes(error) == {"signoff.round-is-open"}
    later = world.actor("relief", now=scene.CLOSES_AT + timedelta(days=1))
    with pytest.raises(Invalid) as error, database.writing(later) as session:
        frozen.open_round(session, later, scene.ids(world, "legal"), closes_on=date(2026, 12, 24))
    assert codes(error) == {"signoff.version-had-round"}


def test_an_older_version_cannot_be_put_to_anybody(
    database: Database, world: World, frozen: Scene
) -> None:
    actor = world.actor("relief")
    with database.writing(actor) as session:
        positions.reopen(session, actor, frozen.position_id)
        scene.freeze(session, actor, frozen.position_id)
    with pytest.raises(Conflict) as error, database.writing(actor) as session:
        frozen.open_round(session, actor, scene.ids(world, "legal"))
    assert codes(error) == {"signoff.version-moved"}


# --- answering ----------------------------------------------------------------------------------


def test_an_answer_names_the_version_and_hash_and_starts_narrow(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal")
    actor = world.actor("legal")
    with database.reading(actor) as session:
        mine = queries.my_answer(session, actor, opened.id)
    assert mine is not None
    assert (mine.version_id, mine.content_hash) == (opened.version_id, opened.content_hash)
    assert (mine.outside, mine.inside) == ("private", "lead")
    assert seen(database, world, "relief", opened)["legal"] is not None
    assert "legal" not in seen(database, world, "women", opened)


@pytest.mark.parametrize(
    ("inside", "lead", "other", "reads_only"),
    [("nobody", False, False, False), ("lead", True, False, False), ("all", True, True, True)],
)
def test_the_inside_dial_decides_who_reads_an_answer(
    database: Database, world: World, opened: RoundRow, say: Say,
    inside: str, lead: bool, other: bool, reads_only: bool,
) -> None:  # fmt: skip
    say("legal", "decline", inside=inside)
    assert (seen(database, world, "relief", opened)["legal"] is not None) is lead
    assert ("legal" in seen(database, world, "women", opened)) is other
    assert ("legal" in seen(database, world, "forum", opened)) is reads_only
    for outsider in ("donor", "observer"):
        with pytest.raises(NotFound), database.reading(world.actor(outsider)) as session:
            queries.round_of(session, world.actor(outsider), opened.id)


def test_nobody_but_us_opens_to_the_lead_when_the_round_closes(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", "decline", inside="nobody")
    for at, reads in ((-1, False), (0, True)):
        lead = world.actor("relief", now=scene.CLOSES_AT + timedelta(seconds=at))
        with database.reading(lead) as session:
            lines = {x.organisation_id: x.answer for x in queries.roster(session, lead, opened.id)}
        assert (lines[world.organisations["legal"]] is not None) is reads


def test_only_the_invited_answer(database: Database, world: World, opened: RoundRow) -> None:
    for key, error in (("forum", Denied), ("donor", NotFound), ("legal.drafter", Denied)):
        actor = world.actor(key)
        with pytest.raises(error), database.writing(actor) as session:
            scene.reply(session, actor, opened)


def test_an_ended_seat_answers_nothing(database: Database, world: World, opened: RoundRow) -> None:
    ended = replace(world.actor("legal"), seats=(), seat_id=None, holding_id=None)
    with pytest.raises(Denied), database.writing(ended) as session:
        scene.reply(session, ended, opened)


def test_late_by_a_second_is_late(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("women", at=scene.CLOSES_AT - timedelta(seconds=1))
    with pytest.raises(Conflict) as error:
        say("legal", at=scene.CLOSES_AT)
    assert codes(error) == {"signoff.round-closed"}
    assert seen(database, world, "legal", opened)["legal"] is None


def test_another_text_than_the_one_shown_is_refused(
    database: Database, world: World, opened: RoundRow
) -> None:
    actor = world.actor("legal")
    with pytest.raises(Conflict) as error, database.writing(actor) as session:
        scene.reply(session, actor, replace(opened, content_hash="0" * 64))
    assert codes(error) == {"signoff.text-changed"}


def test_an_answer_based_on_an_older_one_is_refused(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    first = say("legal")
    say("legal", "decline")
    actor = world.actor("legal")
    for stale in (None, first):
        with pytest.raises(Conflict) as error, database.writing(actor) as session:
            scene.reply(session, actor, opened, after=stale)
        assert codes(error) == {"signoff.answered-meanwhile"}
        assert error.value.current.kind == "decline"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("perhaps", {}, "form.choice"),
        ("endorse", {"outside": "loud"}, "form.choice"),
        ("endorse", {"inside": "loud"}, "form.choice"),
        ("reservation", {"note": "But not this."}, "signoff.note-needs-clause"),
        ("reservation", {"clauses": (uuid4(),), "note": "x"}, "form.choice"),
        ("change", {"note": "  "}, "signoff.change-needs-words"),
        ("endorse", {"outside": "named", "shown_name": " "}, "signoff.name-needed"),
        ("change", {"note": "x" * 4001}, "form.too-long"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    say: Say, kind: str, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as error:
        say("legal", kind, **more)
    assert code in codes(error)


def test_who_does_not_endorse_is_never_shown_outside(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    for kind in ("no-objection", "change", "abstain", "decline", "recuse"):
        say("legal", kind, outside="named", logo=True, printed=True, note="Because.")
        actor = world.actor("relief")
        with database.reading(actor) as session:
            assert queries.shown(session, actor, opened.id) == []


def test_silence_is_never_shown(database: Database, world: World, opened: RoundRow) -> None:
    later = world.actor("relief", now=scene.CLOSES_AT + timedelta(days=1))
    with database.reading(later) as session:
        assert queries.shown(session, later, opened.id) == []


def test_a_logo_needs_its_own_yes(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", outside="named")
    actor = world.actor("relief")
    with database.reading(actor) as session:
        assert [x.logo for x in queries.shown(session, actor, opened.id)] == [False]


def test_a_reservation_holds_its_clauses_with_their_hashes(
    database: Database, world: World, opened: RoundRow, frozen: Scene, say: Say
) -> None:
    clause = frozen.version.clauses[2]
    say("legal", "reservation", clauses=(clause.cid,), note="By night too.")
    actor = world.actor("legal")
    with database.reading(actor) as session:
        mine = queries.my_answer(session, actor, opened.id)
    assert mine is not None
    assert [(a.clause_id, a.clause_hash) for a in mine.clauses] == [(clause.cid, clause.hash)]


def test_rows_of_answers_are_for_ever(database: Database, world: World, say: Say) -> None:
    answer_id = say("legal")
    actor = world.actor("legal")
    with pytest.raises(DBAPIError), database.writing(actor) as session:
        session.get_one(Answer, answer_id).kind = "decline"
    with pytest.raises(DBAPIError), database.writing(actor) as session:
        session.delete(session.get_one(Answer, answer_id))


def test_two_at_once_leave_one_current_answer(
    database: Database, world: World, opened: RoundRow
) -> None:
    together = Barrier(2)
    actor = world.actor("legal")

    def press(kind: str) -> str:
        together.wait()
        try:
            with database.writing(actor) as session:
                scene.reply(session, actor, opened, kind)
        except Conflict:
            return "conflict"
        return "recorded"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ["endorse", "decline"])) == ["conflict", "recorded"]
    with database.reading(actor) as session:
        assert session.scalar(select(func.count(Answer.id))) == 1


# --- lowering -----------------------------------------------------------------------------------


def lower(
    database: Database, world: World, key: str, round_: RoundRow, outside: str, inside: str,
    *, days: int = 0,
) -> None:  # fmt: skip
    actor = world.actor(key, now=scene.CLOSES_AT + timedelta(days=days) if days else None)
    with database.writing(actor) as session:
        actions.lower(session, actor, round_.id, outside=outside, inside=inside)


def test_after_the_close_a_dial_only_goes_down(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", outside="counted", inside="lead")
    for outside, inside in (("named", "lead"), ("counted", "all")):
        with pytest.raises(Invalid) as error:
            lower(database, world, "legal", opened, outside, inside, days=1)
        assert codes(error) == {"signoff.only-lower"}
    lower(database, world, "legal", opened, "private", "nobody", days=1)
    with database.reading(world.actor("relief")) as session:
        assert queries.shown(session, world.actor("relief"), opened.id) == []


def test_lowering_leaves_no_trace_among_the_others(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", "endorse", inside="all", outside="named")
    say("legal", "reservation", inside="all", outside="named", note="x",
        clauses=(_clause(database, world, opened),))  # fmt: skip
    lower(database, world, "legal", opened, "private", "nobody")
    never = world.actor("women")
    with database.reading(never) as session:
        assert session.scalar(select(func.count(Answer.id))) == 0
    assert seen(database, world, "relief", opened)["legal"] is None
    assert seen(database, world, "legal", opened)["legal"] == "reservation"


def _clause(database: Database, world: World, round_: RoundRow) -> UUID:
    actor = world.actor("relief")
    with database.reading(actor) as session:
        return read_positions.version(session, actor, round_.version_id).clauses[0].cid


def test_raising_does_not_open_what_was_said_more_quietly(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", "decline")
    say("legal", "endorse", inside="all")
    women = world.actor("women")
    with database.reading(women) as session:
        assert list(session.scalars(select(Answer.kind))) == ["endorse"]


def test_who_left_the_circle_can_still_take_its_name_off(
    database: Database, world: World, frozen: Scene, opened: RoundRow, say: Say
) -> None:
    say("legal", outside="named")
    lead = world.actor("relief")
    with database.writing(lead) as session:
        positions.uninvite(session, lead, frozen.position_id, world.organisations["legal"])
    lower(database, world, "legal", opened, "private", "nobody")
    with database.reading(lead) as session:
        assert queries.shown(session, lead, opened.id) == []


def test_nobody_lowers_for_another_organisation(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", outside="named", inside="all")
    with pytest.raises(NotFound):
        lower(database, world, "women", opened, "private", "nobody")


# --- ends ---------------------------------------------------------------------------------------


def test_an_abandoned_round_takes_no_answers_and_says_why(
    database: Database, world: World, frozen: Scene, opened: RoundRow, say: Say
) -> None:
    say("legal")
    lead = world.actor("relief")
    with pytest.raises(Invalid), database.writing(lead) as session:
        rounds_actions.abandon(session, lead, opened.id, reason=" ")
    with database.writing(lead) as session:
        rounds_actions.abandon(session, lead, opened.id, reason="The road has opened.")
    with pytest.raises(Conflict) as error:
        say("women")
    assert codes(error) == {"signoff.round-abandoned"}
    with database.reading(world.actor("women")) as session:
        round_ = queries.round_of(session, world.actor("women"), opened.id)
    assert (round_.state, round_.end_reason) == ("abandoned", "The road has opened.")


def test_a_new_version_has_no_signatures(
    database: Database, world: World, frozen: Scene, opened: RoundRow, say: Say
) -> None:
    say("legal", outside="named", inside="all")
    lead = world.actor("relief", now=opened.opened_at + timedelta(hours=1))
    with database.writing(lead) as session:
        rounds_actions.abandon(session, lead, opened.id, reason="We change clause 3.")
        positions.reopen(session, lead, frozen.position_id)
        scene.reword(session, lead, frozen.position_id, "Four clinics", "Five clinics")
        version = scene.freeze(session, lead, frozen.position_id)
        again = Scene(frozen.position_id, version)
        second = again.open_round(session, lead, scene.ids(world, "legal"))
    legal = world.actor("legal", now=lead.now)
    with database.reading(legal) as session:
        assert queries.my_answer(session, legal, second) is None
        round_ = queries.round_of(session, legal, second)
        before = queries.answer_before(session, legal, round_)
    assert before is not None
    assert before.version_id == frozen.version.id


def test_closing_early_is_no_way_to_ask_who_answered(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    for key in ("relief", "legal", "women"):
        say(key, inside="lead")
    lead = world.actor("relief")

    def close() -> None:
        with database.writing(lead) as session:
            rounds_actions.close(session, lead, opened.id)

    with pytest.raises(Invalid) as silent:
        close()
    say("rights", inside="nobody")
    with pytest.raises(Invalid) as hidden:
        close()
    assert codes(silent) == codes(hidden) == {"signoff.close-too-early"}
    say("rights", inside="lead")
    close()
    with pytest.raises(Conflict):
        say("legal", "decline")


# --- what each sees of the whole ----------------------------------------------------------------


def test_the_lead_reads_the_same_of_the_silent_and_of_the_hidden(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    lead = world.actor("relief")

    def page() -> object:
        with database.reading(lead) as session:
            return (
                queries.roster(session, lead, opened.id),
                rounds.missing(session, lead, opened.id),
                tallies.totals(session, lead, opened),
                tallies.guess(session, lead, opened),
            )

    before = page()
    say("legal", "decline", inside="nobody")
    say("women", "endorse", inside="nobody")
    assert page() == before


def test_a_task_waits_until_the_answer(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    def tasks(key: str) -> list[str]:
        with database.reading(world.actor(key)) as session:
            return [task.title for task in tallies.tasks(session, world.actor(key))]

    assert tasks("legal") == [scene.TITLE]
    assert tasks("forum") == tasks("donor") == []
    say("legal", "abstain")
    assert tasks("legal") == []


def test_a_deadline_ends_the_task_though_nothing_was_written(
    client: Callable[[str], Browser], opened: RoundRow
) -> None:
    page = client("legal")
    assert scene.TITLE in page.get("/")
    clock.freeze(scene.CLOSES_AT - timedelta(minutes=1))
    page = client("legal")
    assert scene.TITLE in page.get("/")
    clock.freeze(scene.CLOSES_AT)
    assert scene.TITLE not in page.get("/")


def test_hidden_answers_stay_hidden_from_plain_statements(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal", inside="nobody")
    with database.reading(world.actor("relief")) as session:
        assert session.scalar(select(func.count(Answer.id))) == 0
        with pytest.raises(guard.Unguarded):
            session.execute(select(Answer.__table__.c.kind))


def test_a_receipt_is_for_the_own_organisation_alone(
    database: Database, world: World, say: Say
) -> None:
    answer_id = say("legal", inside="all", outside="named")
    with database.reading(world.actor("legal")) as session:
        assert queries.receipt(session, world.actor("legal"), answer_id).kind == "endorse"
    for key in ("relief", "women", "donor"):
        with pytest.raises(NotFound), database.reading(world.actor(key)) as session:
            queries.receipt(session, world.actor(key), answer_id)


def test_a_receipt_is_mailed_only_where_the_name_is_public(database: Database, say: Say) -> None:
    say("legal", outside="counted")
    say("women", outside="named")
    with database.reading(anonymous(scene.CLOSES_AT)) as session:
        rows = session.execute(select(OutboxRow.kind, OutboxRow.payload))
        told = [payload["organisation"] for kind, payload in rows if kind == "rounds.answered"]
    assert len(told) == 1
