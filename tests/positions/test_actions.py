"""What may be done to a position, and by whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from advocacy.access import guard
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Insert, NewClause, Replace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations
from advocacy.positions import actions, queries, rules
from advocacy.positions.schema import Position, Stage, StageAct
from advocacy.versions.queries import comparison

WORDS = [
    NewClause("paragraph", "What is happening", "412 households were told to leave."),
    NewClause("recommendation", "What we ask", "Stop every eviction without notice."),
]


def started(session, world, actor, **more):
    given = {
        "kind": "joint_statement",
        "title": "Forced evictions in Al Noor",
        "purpose": "To stop them",
        "audience_words": "Ministry of Housing",
        "channel": "public",
        "attribution": "The organisations listed",
        "sensitivity": 2,
        "language": "en",
        "clauses": WORDS,
    }
    return actions.start(session, actor, workspace_id=world.workspace_id, **{**given, **more})


def order(session, actor, position):
    return drafts.order_hash(drafts.clauses(session, actor, position.document_id))


def frozen(writing, actor, position):
    with writing(actor) as session:
        return actions.freeze(session, actor, position.id, based_on=order(session, actor, position))


def test_only_the_circle_sees_a_position(world, led, reading):
    for name in ("legal", "relief"):
        with reading(world.actor(name)) as session:
            assert queries.position(session, world.actor(name), led.id).title == led.title
    for name in ("cluster", "forum", "women", "observer", "donor"):
        actor = world.actor(name)
        with reading(actor) as session:
            with pytest.raises(NotFound):
                queries.position(session, actor, led.id)
            with pytest.raises(NotFound):
                drafts.clauses(session, actor, led.document_id)
            assert queries.positions(session, actor, workspace_id=world.workspace_id) == []


def test_who_is_taken_out_sees_nothing_any_more(world, led, writing, reading):
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        actions.uninvite(session, legal, led.id, world.organisations["relief"])
    with reading(relief) as session, pytest.raises(NotFound):
        queries.position(session, relief, led.id)


def test_who_leaves_the_workspace_leaves_its_circles_too(world, led, database, reading):
    cluster, relief = world.actor("cluster"), world.actor("relief")
    with reading(cluster) as session:
        around = organisations.organisations(session, cluster, workspace_id=world.workspace_id)
    member = next(row for row in around if row.id == world.organisations["relief"])
    later = replace(cluster, now=cluster.now + timedelta(hours=1))
    with database.writing(later) as session:
        seats.remove(session, later, membership_id=member.membership_id)
    gone = replace(relief, now=later.now)
    with reading(gone) as session:
        with pytest.raises(NotFound):
            queries.position(session, gone, led.id)
        with pytest.raises(NotFound):
            drafts.clauses(session, gone, led.document_id)
    lead = world.actor("legal", now=later.now)
    with reading(lead) as session:
        of = queries.position(session, lead, led.id)
        assert queries.participants(session, lead, of) == {world.organisations["legal"]}


def test_observers_and_donors_are_not_invited(world, led, writing):
    legal = world.actor("legal")
    for name in ("observer", "donor", "relief", "legal"):
        with writing(legal) as session, pytest.raises(Invalid):
            actions.invite(session, legal, led.id, world.organisations[name])


def test_the_lead_may_what_a_participant_may_not(world, led, writing):
    relief = world.actor("relief")
    with writing(relief) as session:
        with pytest.raises(Denied):
            actions.invite(session, relief, led.id, world.organisations["women"])
        with pytest.raises(Denied):
            actions.freeze(session, relief, led.id, based_on=order(session, relief, led))
        with pytest.raises(Denied):
            actions.move(session, relief, led.id, to=Stage.CONSULTATION)
        with pytest.raises(Denied):
            drafting.close(session, relief, led.document_id)
        now = queries.details(queries.position(session, relief, led.id))
        with pytest.raises(Denied):
            actions.describe(session, relief, led.id, details=now, based_on=now.hash)


def test_a_drafter_of_the_lead_writes_but_does_not_lead(world, led, writing):
    drafter = world.actor("legal.drafter")
    with writing(drafter) as session:
        first = drafts.clauses(session, drafter, led.document_id)[0]
        edit = Replace(first.cid, first.heading, "Other words.")
        drafting.change(session, drafter, led.document_id, [edit], based_on=first.hash)
        with pytest.raises(Denied):
            actions.move(session, drafter, led.id, to=Stage.CONSULTATION)


def test_a_donor_starts_no_position(world, writing):
    for name in ("donor", "observer", "relief.signatory"):
        with writing(world.actor(name)) as session, pytest.raises(Denied):
            started(session, world, world.actor(name))


def test_freezing_makes_a_version_and_closes_the_draft(world, led, writing, reading):
    legal = world.actor("legal")
    version = frozen(writing, legal, led)
    with reading(legal) as session:
        row = queries.version(session, legal, version.id)
        assert (row.number, row.title, [c.text for c in row.clauses]) == (
            1, led.title, [c.text for c in WORDS],
        )  # fmt: skip
        assert row.html[row.clauses[0].cid].startswith("<div")
        assert queries.position(session, legal, led.id).stage == Stage.FROZEN
        assert queries.latest(session, legal, led.id) == row
    relief = world.actor("relief")
    with writing(relief) as session:
        first = drafts.clauses(session, relief, led.document_id)[0]
        edit = Replace(first.cid, "", "Late words.")
        with pytest.raises(Conflict) as caught:
            drafting.change(session, relief, led.document_id, [edit], based_on=first.hash)
        assert caught.value.current[0] == first


def test_nobody_freezes_words_they_have_not_seen(world, led, writing):
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        seen = order(session, legal, led)
    with writing(relief) as session:
        first = drafts.clauses(session, relief, led.document_id)[0]
        edit = Replace(first.cid, first.heading, "Words the lead never read.")
        drafting.change(session, relief, led.document_id, [edit], based_on=first.hash)
    with pytest.raises(Conflict), writing(legal) as session:
        actions.freeze(session, legal, led.id, based_on=seen)
    with writing(legal) as session:
        assert queries.position(session, legal, led.id).stage == Stage.DRAFTING
        assert drafts.document(session, legal, led.document_id).closed_at is None


def test_an_empty_clause_is_not_frozen(world, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        made = started(session, world, legal, clauses=None, attribution="")
        with pytest.raises(Invalid) as caught:
            actions.freeze(session, legal, made.id, based_on=order(session, legal, made))
    codes = [reason.code for reason in caught.value.reasons]
    assert codes.count("positions.empty-clause") == 5
    assert "positions.no-attribution" in codes


def test_a_frozen_version_cannot_be_changed(world, led, writing):
    legal = world.actor("legal")
    frozen(writing, legal, led)
    for statement in (
        "UPDATE version SET title = 'x'",
        "UPDATE version_clause SET text = 'x'",
        "DELETE FROM version",
        "DELETE FROM version_clause",
        "UPDATE position_stage SET stage = 'published'",
    ):
        with writing(legal) as session, guard.system(session, guard.System.COMMAND):
            connection = session.connection()
            with pytest.raises(DBAPIError, match="for ever"), connection.begin_nested():
                connection.exec_driver_sql(statement)


def changed_version(world, writing, led, change):
    """The content hash of version 2, made after `change(session, actor)`."""
    legal = world.actor("legal")
    first = frozen(writing, legal, led)
    with writing(legal) as session:
        actions.reopen(session, legal, led.id)
        change(session, legal)
    return first.content_hash, frozen(writing, legal, led).content_hash


def test_the_same_text_and_terms_have_the_same_hash(world, led, writing):
    before, after = changed_version(world, writing, led, lambda session, actor: None)
    assert before == after


def test_one_character_changes_the_hash(world, led, writing):
    def change(session, actor):
        ask = drafts.clauses(session, actor, led.document_id)[1]
        edit = Replace(ask.cid, ask.heading, ask.text + ".")
        drafting.change(session, actor, led.document_id, [edit], based_on=ask.hash)

    before, after = changed_version(world, writing, led, change)
    assert before != after


@pytest.mark.parametrize(
    "term",
    [{"channel": "private"}, {"audience_words": "All embassies"}, {"attribution": "The cluster"}],
)
def test_a_release_term_changes_the_hash(world, led, writing, term):
    def change(session, actor):
        now = queries.details(queries.position(session, actor, led.id))
        wanted = rules.Details(**{**now.__dict__, **term})
        actions.describe(session, actor, led.id, details=wanted, based_on=now.hash)

    before, after = changed_version(world, writing, led, change)
    assert before != after


def test_versions_are_compared_clause_by_clause(world, led, writing, reading):
    legal = world.actor("legal")
    frozen(writing, legal, led)
    with writing(legal) as session:
        actions.reopen(session, legal, led.id)
        ask = drafts.clauses(session, legal, led.document_id)[1]
        edit = Replace(ask.cid, ask.heading, "Stop every eviction without a hearing.")
        drafting.change(session, legal, led.document_id, [edit], based_on=ask.hash)
        based = order(session, legal, led)
        drafting.change(
            session, legal, led.document_id, [Insert(ask.cid, "paragraph", "", "Soon.")],
            based_on=based,
        )  # fmt: skip
    frozen(writing, legal, led)
    with reading(legal) as session:
        of = queries.position(session, legal, led.id)
        changes = comparison(session, legal, of, "1", "2").changes
        assert [change.kind for change in changes] == ["unchanged", "changed", "added"]
        assert ("removed", "notice") in changes[1].words
        assert [v.number for v in queries.versions(session, legal, led.id)] == [2, 1]


def test_the_table_of_stages_is_kept(world, led, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        for to in (Stage.SIGNOFF, Stage.PUBLISHED, Stage.FROZEN, Stage.DRAFTING):
            with pytest.raises(Conflict):
                actions.move(session, legal, led.id, to=to)
        actions.move(session, legal, led.id, to=Stage.CONSULTATION)
        actions.freeze(session, legal, led.id, based_on=order(session, legal, led))
        actions.move(session, legal, led.id, to=Stage.SIGNOFF)
        with pytest.raises(Conflict):
            actions.reopen(session, legal, led.id)
        actions.move(session, legal, led.id, to=Stage.FROZEN)
        actions.reopen(session, legal, led.id)
        actions.move(session, legal, led.id, to=Stage.CANCELLED)
        assert drafts.document(session, legal, led.document_id).closed_at is not None
        with pytest.raises(Conflict):
            actions.move(session, legal, led.id, to=Stage.DRAFTING)


def test_the_kept_stage_is_what_the_acts_say(world, led, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        actions.move(session, legal, led.id, to=Stage.CONSULTATION)
        of = session.get(Position, led.id)
        acts = session.scalars(select(StageAct).where(StageAct.position_id == led.id))
        assert rules.state(acts).value == of.stage


def test_a_private_letter_is_never_public(world, writing):
    with writing(world.actor("legal")) as session, pytest.raises(Invalid) as caught:
        started(session, world, world.actor("legal"), kind="private_letter")
    assert caught.value.reasons[0].about == "channel"


@pytest.mark.parametrize("kind", [k.value for k in rules.Kind])
@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_every_kind_begins_with_a_skeleton_in_its_language(kind, language):
    parts = rules.skeleton(kind, language)
    assert len(parts) >= 4
    assert any(part.kind == "recommendation" for part in parts)
    assert all(part.heading for part in parts)
    if language != "en":
        assert [p.heading for p in parts] != [p.heading for p in rules.skeleton(kind, "en")]
