"""Silence, extensions, the roster, late names: what they may do, and what they never do."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.unit import Database
from advocacy.outbox.schema import OutboxRow
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.positions.schema import Stage
from advocacy.releases import queries as releases
from advocacy.rosters import actions as putting
from advocacy.rosters import queries as rosters
from advocacy.rounds import actions, mail, rules
from advocacy.rounds import queries as rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from advocacy.tallies import actions as deliveries
from advocacy.tallies import queries as tallies
from advocacy.tallies.rules import Posted
from tests.signoff import scene
from tests.world import NOW, World

ROSTER = ("relief", "legal", "women", "rights")
SILENCE = Terms(mode="silence", consulted="At the meeting of 2 November.")
# Sunday 9:00 UTC; the weekend is Friday and Saturday: three working days end on Wednesday.
IN_THREE_DAYS = {"closes_on": date(2026, 11, 25), "closes_time": time(16, 0)}
AFTER = datetime.fromisoformat("2026-11-25T14:00:00+00:00")
Open = Callable[..., RoundRow]


@pytest.fixture
def put(database: Database, world: World) -> Open:
    """`put(SILENCE)`: a round of Relief with these terms, put to the roster."""

    def make(terms: Terms, roster: tuple[str, ...] = ROSTER, **more: Any) -> RoundRow:
        made, actor = scene.frozen(database, world), world.actor("relief")
        given = {**IN_THREE_DAYS, **more, "terms": terms}
        with database.writing(actor) as session:
            round_id = made.open_round(session, actor, scene.ids(world, *roster), **given)
            return queries.round_of(session, actor, round_id)

    return make


def reach(database: Database, world: World, of: RoundRow, *keys: str, at: datetime = NOW) -> None:
    with database.writing(anonymous(at)) as session:
        for key in keys:
            who, person = world.organisations[key], world.people[key]
            deliveries.note_delivery(session, of.id, who, person, Posted.DELIVERED)


def say(
    database: Database, world: World, of: RoundRow, key: str, kind: str, *,
    at: datetime | None = None, **more: Any,
) -> UUID:  # fmt: skip
    actor = world.actor(key, now=at)
    with database.writing(actor) as session:
        before = queries.my_answer(session, actor, of.id)
        return scene.reply(
            session, actor, of, kind, after=before.id if before else None, note="x", **more
        )


def reads(database: Database, world: World, of: RoundRow, key: str, at: datetime) -> RoundRow:
    actor = world.actor(key, now=at)
    with database.reading(actor) as session:
        return queries.round_of(session, actor, of.id)


def quiet(
    database: Database, world: World, of: RoundRow, at: datetime = AFTER, reader: str = "relief"
) -> dict[str, str]:
    names = {organisation: key for key, organisation in world.organisations.items()}
    actor = world.actor(reader, now=at)
    with database.reading(actor) as session:
        found = tallies.silences(session, actor, queries.round_of(session, actor, of.id))
    return {names[organisation]: word.value for organisation, word in found.items()}


def carried(database: Database, world: World, of: RoundRow, at: datetime = AFTER) -> bool:
    actor = world.actor("relief", now=at)
    with database.reading(actor) as session:
        round_ = queries.round_of(session, actor, of.id)
        return releases.facts(session, actor, round_)["someone-endorses"]


def codes(error: pytest.ExceptionInfo[Any]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


# --- silence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "more", "code"),
    [
        (Terms(mode="silence"), {}, "rounds.silence-needs-consultation"),
        (SILENCE, {"closes_time": time(11, 59)}, "rounds.silence-too-short"),
        (SILENCE, {"answers": ["no-objection"]}, "rounds.silence-needs-objection"),
        (SILENCE, {"answers": ["no-objection", "change", "endorse"]},
         "rounds.silence-has-no-names"),
        (Terms(mode="silence", consulted="x", late_until=AFTER), {}, "rounds.silence-has-no-names"),
        (Terms(late_until=NOW), {}, "rounds.late-before-close"),
        (Terms(), {"answers": ["endorse", "not-associated"]}, "rounds.answer-needs-body"),
        (Terms(mode="vote"), {}, "form.choice"),
        (Terms(body_id=UUID(int=3)), {}, "form.choice"),
        (Terms(), {"closes_on": date(2099, 1, 1)}, "rounds.closes-too-late"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused(
    put: Open, terms: Terms, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as error:
        put(terms, **more)
    assert code in codes(error)


def test_silence_may_be_shorter_for_a_reason_that_is_kept(put: Open) -> None:
    given = put(
        Terms(mode="silence", consulted="x", short_reason="The vote is tomorrow."),
        closes_on=date(2026, 11, 23),
    )
    assert given.short_reason == "The vote is tomorrow."


def test_a_text_that_was_consulted_here_needs_no_other_word(
    database: Database, world: World
) -> None:
    actor = world.actor("relief")
    with database.writing(actor) as session:
        position_id = scene.start(session, actor, world)
        of = read_positions.position(session, actor, position_id)
        assert not rounds.was_consulted(session, actor, of)
        positions.move(session, actor, position_id, to=Stage.CONSULTATION)
        assert rounds.was_consulted(session, actor, of)


def test_who_was_not_reached_in_time_is_never_silent(  # I7, I20
    database: Database, world: World, put: Open
) -> None:
    of = put(SILENCE)
    reach(database, world, of, "relief", "legal")
    reach(database, world, of, "women", at=NOW + timedelta(hours=5))
    assert quiet(database, world, of, at=of.closes_at - timedelta(seconds=1)) == {}
    assert quiet(database, world, of) == {
        "relief": "tacit-no-objection", "legal": "tacit-no-objection",
        "women": "not-reached", "rights": "not-reached",
    }  # fmt: skip
    assert quiet(database, world, of, reader="women") == {"women": "not-reached"}
    assert carried(database, world, of)
    with database.writing(anonymous(NOW + timedelta(hours=1))) as session:
        for key in ("relief", "legal"):
            who, person = world.organisations[key], world.people[key]
            deliveries.note_delivery(session, of.id, who, person, Posted.NOT_REACHED, "bounced")
    assert set(quiet(database, world, of).values()) == {"not-reached"}
    assert not carried(database, world, of)


def test_silence_yields_no_name_and_no_count(  # I6
    database: Database, world: World, put: Open
) -> None:
    of = put(SILENCE)
    reach(database, world, of, *ROSTER)
    say(database, world, of, "legal", "no-objection", outside="named")
    for kind in ("endorse", "reservation"):
        with pytest.raises(Invalid):
            say(database, world, of, "women", kind, outside="named")
    lead = world.actor("relief", now=AFTER)
    with database.reading(lead) as session:
        assert queries.shown(session, lead, of.id) == []


def test_one_who_holds_back_ends_silence_for_all_and_all_are_told_without_a_name(  # I8
    database: Database, world: World, put: Open
) -> None:
    of = put(SILENCE)
    reach(database, world, of, *ROSTER)
    say(database, world, of, "legal", "change", inside="nobody")
    for key in ("relief", "women", "forum"):
        assert reads(database, world, of, key, NOW).state == "broken"
    for key, kind in (("women", "no-objection"), ("legal", "no-objection")):
        with pytest.raises(Conflict) as error:
            say(database, world, of, key, kind)
        assert codes(error) == {"signoff.round-broken"}
    assert quiet(database, world, of) == {}
    assert not carried(database, world, of)
    with database.writing(anonymous(NOW)) as session:
        mail.KINDS["rounds.held"].prepare(session, {"round": str(of.id)})
        told = session.scalars(
            select(OutboxRow.payload).where(OutboxRow.kind == "rounds.told-held")
        ).all()
    assert {row["organisation"] for row in told} == {
        str(world.organisations[key]) for key in ROSTER
    }
    lead = world.actor("relief")
    with database.reading(lead) as session:
        reasons = rounds.missing(session, lead, of.id)
    assert [r.code for r in reasons if r.about == ""] == ["rounds.silence-broken"]
    with database.writing(lead) as session:
        actions.abandon(session, lead, of.id, reason="We talk first.")


def test_where_all_recuse_nothing_is_carried(database: Database, world: World, put: Open) -> None:
    of = put(SILENCE, ("legal", "women"))
    for key in ("legal", "women"):
        say(database, world, of, key, "recuse")
    assert not carried(database, world, of)
    lead = world.actor("relief", now=AFTER)
    with database.reading(lead) as session:
        found = {reason.code for reason in rounds.missing(session, lead, of.id)}
    assert found == {"signoff.all-recused", "rounds.not-carried-silence"}


def test_by_silence_with_names_only_who_says_so_is_named(
    database: Database, world: World, put: Open
) -> None:
    of = put(Terms(mode="mixed", logos=False, consulted="x"))
    reach(database, world, of, *ROSTER)
    say(database, world, of, "legal", "endorse", outside="named", logo=True)
    lead = world.actor("relief", now=AFTER)
    with database.reading(lead) as session:
        (name,) = queries.shown(session, lead, of.id)
    assert (name.organisation_id, name.logo) == (world.organisations["legal"], False)
    assert quiet(database, world, of)["women"] == "tacit-no-objection"


# --- others' answers after one's own -------------------------------------------------------------


def test_others_answers_wait_for_ones_own_or_for_the_close_however_often_it_moves(
    database: Database, world: World, put: Open
) -> None:
    of = put(Terms(is_hidden=True))
    say(database, world, of, "legal", "endorse", inside="all")

    def sees(key: str, at: datetime = NOW) -> bool:
        actor = world.actor(key, now=at)
        with database.reading(actor) as session:
            found = queries.roster(session, actor, of.id)
        legal = world.organisations["legal"]
        return any(line.answer for line in found if line.organisation_id == legal)

    assert [sees(key) for key in ("relief", "women", "rights", "forum")] == [True] + [False] * 3
    say(database, world, of, "women", "decline")
    assert [sees(key) for key in ("women", "rights")] == [True, False]
    extend(database, world, of)
    assert not sees("rights", AFTER)
    assert sees("rights", AFTER + timedelta(days=1))


# --- more time -----------------------------------------------------------------------------------


def extend(
    database: Database, world: World, of: RoundRow, *, day: int = 26, key: str = "relief",
    at: datetime = NOW, reason: str = "The road is closed.", after: UUID | None = None,
) -> UUID:  # fmt: skip
    actor = world.actor(key, now=at)
    with database.writing(actor) as session:
        return actions.extend(
            session, actor, of.id, closes_on=date(2026, 11, day), closes_time=time(16, 0),
            reason=reason, after=after,
        ).id  # fmt: skip


def test_more_time_is_told_to_all_with_who_and_why_and_keeps_what_waits_for_the_close(
    database: Database, world: World, put: Open
) -> None:
    of = put(Terms())
    say(database, world, of, "legal", "decline", inside="nobody")
    first = extend(database, world, of)
    lead = world.actor("relief", now=AFTER)
    with database.reading(lead) as session:
        now = queries.round_of(session, lead, of.id)
        lines = queries.roster(session, lead, of.id)
        (row,) = rounds.extensions(session, lead, of.id)
        told = list(session.scalars(select(OutboxRow.kind)))
    assert (now.is_open, now.is_extended, now.closes_at) == (
        True,
        True,
        of.closes_at + timedelta(1),
    )
    assert (row.person, row.reason) == ("Relief Person", "The road is closed.")
    assert told.count("rounds.extended") == 4
    assert all(line.answer is None for line in lines), "kept until the close, which is later now"
    say(database, world, of, "women", "endorse", at=AFTER)
    with pytest.raises(Conflict):
        extend(database, world, of, day=29, after=None)
    extend(database, world, of, day=29, after=first)
    with pytest.raises(Invalid) as error:
        extend(database, world, of, day=30, after=row_of(database, world, of))
    assert codes(error) == {"rounds.extended-enough"}


def row_of(database: Database, world: World, of: RoundRow) -> UUID:
    with database.reading(world.actor("relief")) as session:
        return rounds.extensions(session, world.actor("relief"), of.id)[0].id


def test_more_time_has_its_limits(database: Database, world: World, put: Open) -> None:
    of = put(Terms())
    calendar = rules.Calendar("Asia/Amman", frozenset({4, 5}))
    for days, code in ((0, "rounds.not-later"), (15, "rounds.too-much-longer")):
        later = rules.Deadlines(of.closes_at, of.closes_at, of.closes_at + timedelta(days))
        (fault,) = rules.extension_faults(later, before=0, calendar=calendar)
        assert fault.code == code
    with pytest.raises(Invalid):
        extend(database, world, of, reason=" ")
    with pytest.raises(Denied):
        extend(database, world, of, key="legal")
    with pytest.raises(Conflict) as error:
        extend(database, world, of, at=of.closes_at)
    assert codes(error) == {"signoff.round-closed"}


# --- the roster ----------------------------------------------------------------------------------


def change(database: Database, world: World, of: RoundRow, key: str, reason: str = "") -> None:
    lead, who = world.actor("relief"), world.organisations[key]
    with database.writing(lead) as session:
        if reason:
            putting.take_off(session, lead, of.id, who, reason=reason)
        else:
            putting.add_to_roster(session, lead, of.id, who)


def asked(database: Database, world: World, of: RoundRow, key: str) -> bool:
    with database.reading(world.actor(key)) as session:
        return queries.is_invited(session, world.actor(key), of.id)


def test_the_roster_changes_by_rows_that_its_organisations_read(
    database: Database, world: World, put: Open
) -> None:
    of = put(Terms(), ("legal", "women"))
    change(database, world, of, "rights")
    say(database, world, of, "rights", "endorse")
    change(database, world, of, "women", "Asked by mistake.")
    with pytest.raises(Denied):
        say(database, world, of, "women", "endorse")
    for key, sees in (("women", [False]), ("rights", [True]), ("legal", [])):
        with database.reading(world.actor(key)) as session:
            rows = rosters.changes(session, world.actor(key), of.id)
            assert [row.is_on for row in rows] == sees
    change(database, world, of, "women")
    assert asked(database, world, of, "women")
    for key, reason, code in (
        ("women", "", "rounds.asked-already"), ("rights", "x", "rounds.has-answered"),
        ("forum", "x", "rounds.not-asked"), ("donor", "", "signoff.not-a-participant"),
        ("legal", " ", "signoff.reason-needed"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as error:
            change(database, world, of, key, reason)
        assert codes(error) == {code}


def test_taking_off_is_no_way_to_ask_whether_somebody_answered(
    database: Database, world: World, put: Open
) -> None:
    of = put(Terms())
    say(database, world, of, "legal", "endorse", inside="nobody", outside="named")
    for key in ("legal", "women"):  # the one has answered, the other has not
        change(database, world, of, key, "Asked by mistake.")
    lead = world.actor("relief")
    with database.reading(lead) as session:
        on = {line.organisation_id for line in queries.roster(session, lead, of.id)}
        totals = tallies.guess(session, lead, of).facts["invited"]
        assert [s.organisation_id for s in queries.shown(session, lead, of.id)] == [
            world.organisations["legal"]
        ]
    assert on == set(scene.ids(world, "relief", "rights"))
    assert totals == 2
    assert (asked(database, world, of, "legal"), asked(database, world, of, "women")) == (
        True, False,
    )  # fmt: skip


def test_the_last_one_stays_on_the_roster(database: Database, world: World, put: Open) -> None:
    of = put(Terms(), ("legal",))
    with pytest.raises(Invalid) as error:
        change(database, world, of, "legal", "x")
    assert codes(error) == {"signoff.roster-empty"}


def test_who_is_put_on_later_needs_three_days_for_its_silence_to_count(
    database: Database, world: World, put: Open
) -> None:
    of = put(SILENCE, ("legal", "women"))
    later = NOW + timedelta(hours=6)
    lead = world.actor("relief", now=later)
    with database.writing(lead) as session:
        putting.add_to_roster(session, lead, of.id, world.organisations["rights"])
    reach(database, world, of, "rights", at=later)
    assert quiet(database, world, of)["rights"] == "not-reached"


# --- late names ----------------------------------------------------------------------------------


def test_names_can_be_added_late_to_the_second_and_nothing_else(
    database: Database, world: World, put: Open
) -> None:
    until = AFTER + timedelta(days=2)
    of = put(Terms(late_until=until))
    say(database, world, of, "legal", "endorse")
    second = timedelta(seconds=1)
    with pytest.raises(Invalid):
        say(database, world, of, "women", "decline", at=AFTER)
    say(database, world, of, "women", "endorse", at=until - second, outside="named")
    for key, at in (("rights", until), ("legal", AFTER)):
        with pytest.raises(Conflict) as error:
            say(database, world, of, key, "endorse", at=at, outside="named")
        assert codes(error) == {"signoff.round-closed"}
    assert reads(database, world, of, "legal", AFTER).answers == ("endorse", "reservation")
