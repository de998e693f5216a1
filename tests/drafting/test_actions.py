"""Editing one text with several hands."""

import pytest

from advocacy.access import audience
from advocacy.drafting import actions, queries
from advocacy.drafting.rules import Insert, Move, NewClause, Remove, Replace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound


@pytest.fixture
def draft(world, writing):
    """A text of Legal's with Relief in its audience: clauses one, two, three."""
    legal, relief = world.organisations["legal"], world.organisations["relief"]
    actor = world.actor("legal")
    with writing(actor) as session:
        who = audience.intern(session, {legal, relief})
        new = [
            NewClause("paragraph", name, f"Words of {name}.") for name in ("one", "two", "three")
        ]
        return actions.open_document(session, actor, audience_id=who, language="en", clauses=new)


def headings(session, actor, draft):
    return [clause.heading for clause in queries.clauses(session, actor, draft)]


def test_two_people_in_one_clause_the_second_is_told(world, draft, writing):
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        seen = queries.clauses(session, legal, draft)[0]
    with writing(relief) as session:
        edit = Replace(seen.cid, "one", "Words of Relief.")
        actions.change(session, relief, draft, [edit], based_on=seen.hash)
    edit = Replace(seen.cid, "one", "Words of Legal.")
    with writing(legal) as session, pytest.raises(Conflict) as caught:
        actions.change(session, legal, draft, [edit], based_on=seen.hash)
    assert caught.value.current[0].text == "Words of Relief."


def test_two_people_in_two_clauses_do_not_disturb_each_other(world, draft, writing):
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        seen = queries.clauses(session, legal, draft)
    with writing(relief) as session:
        edit = Replace(seen[0].cid, "one", "Words of Relief.")
        actions.change(session, relief, draft, [edit], based_on=seen[0].hash)
    with writing(legal) as session:
        edit = Replace(seen[1].cid, "two", "Words of Legal.")
        actions.change(session, legal, draft, [edit], based_on=seen[1].hash)
        insert = Insert(seen[2].cid, "paragraph", "four", "More.")
        actions.change(session, legal, draft, [insert], based_on=queries.order_hash(seen))
        assert headings(session, legal, draft) == ["one", "two", "three", "four"]


def test_a_move_on_an_old_order_is_refused(world, draft, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        seen = queries.clauses(session, legal, draft)
        based = queries.order_hash(seen)
        actions.change(session, legal, draft, [Move(seen[2].cid, None)], based_on=based)
        assert headings(session, legal, draft) == ["three", "one", "two"]
        with pytest.raises(Conflict):
            actions.change(session, legal, draft, [Move(seen[0].cid, None)], based_on=based)
        insert = Insert(None, "paragraph", "x", "y")
        with pytest.raises(Conflict):
            actions.change(session, legal, draft, [insert], based_on=based)


def test_a_removed_clause_is_gone_and_its_history_stays(world, draft, writing):
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(relief) as session:
        second = queries.clauses(session, relief, draft)[1]
        actions.change(session, relief, draft, [Remove(second.cid)], based_on=second.hash)
    with writing(legal) as session:
        assert headings(session, legal, draft) == ["one", "three"]
        edit = Replace(second.cid, "two", "Too late.")
        with pytest.raises(Conflict) as caught:
            actions.change(session, legal, draft, [edit], based_on=second.hash)
        assert caught.value.reasons[0].code == "drafting.clause-gone"
        rows = queries.history(session, legal, second.cid)
        assert [(row.what, row.organisation_id) for row in rows] == [
            ("removed", world.organisations["relief"]),
            ("added", world.organisations["legal"]),
        ]
        assert queries.place(session, legal, second.cid).number == 0


def test_a_clause_keeps_its_identity_when_it_moves_and_changes(world, draft, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        seen = queries.clauses(session, legal, draft)
        actions.change(
            session, legal, draft, [Move(seen[0].cid, seen[2].cid)],
            based_on=queries.order_hash(seen),
        )  # fmt: skip
        edit = Replace(seen[0].cid, "one", "New.")
        actions.change(session, legal, draft, [edit], based_on=seen[0].hash)
        last = queries.clauses(session, legal, draft)[2]
        assert (last.cid, last.text) == (seen[0].cid, "New.")
        assert [row.what for row in queries.history(session, legal, last.cid)] == [
            "changed", "moved", "added",
        ]  # fmt: skip


def test_who_is_not_in_the_audience_finds_nothing(world, draft, writing):
    women = world.actor("women")
    with writing(world.actor("legal")) as session:
        first = queries.clauses(session, world.actor("legal"), draft)[0]
    with writing(women) as session:
        with pytest.raises(NotFound):
            queries.clauses(session, women, draft)
        with pytest.raises(NotFound):
            queries.history(session, women, first.cid)
        with pytest.raises(NotFound):
            actions.change(session, women, draft, [Remove(first.cid)], based_on=first.hash)


def test_a_signatory_reads_but_does_not_write(world, draft, writing):
    signatory = world.actor("relief.signatory")
    with writing(signatory) as session:
        first = queries.clauses(session, signatory, draft)[0]
        with pytest.raises(Denied):
            actions.change(session, signatory, draft, [Remove(first.cid)], based_on=first.hash)


def test_too_much_is_refused_in_words(world, draft, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        first = queries.clauses(session, legal, draft)[0]
        for edit, about in (
            (Replace(first.cid, "h", "x" * 20_001), "text"),
            (Replace(first.cid, "h" * 301, "x"), "heading"),
        ):
            with pytest.raises(Invalid) as caught:
                actions.change(session, legal, draft, [edit], based_on=first.hash)
            assert caught.value.reasons[0].about == about
        many = [Insert(None, "paragraph", "", "x")] * 998
        based = queries.order_hash(queries.clauses(session, legal, draft))
        with pytest.raises(Invalid):
            actions.change(session, legal, draft, many, based_on=based)


def test_twenty_thousand_brackets_are_kept_and_shown_as_typed(world, draft, writing):
    legal = world.actor("legal")
    words = "[" * 20_000
    with writing(legal) as session:
        first = queries.clauses(session, legal, draft)[0]
        edit = Replace(first.cid, "one", words)
        actions.change(session, legal, draft, [edit], based_on=first.hash)
        row = queries.rows(session, legal, draft)[0]
        assert row.clause.text == words
        assert words in row.html


def test_hostile_words_are_shown_and_never_run(world, draft, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        first = queries.clauses(session, legal, draft)[0]
        edit = Replace(first.cid, "<b>one", "<script>alert(1)</script> [x](javascript:alert(1))")
        actions.change(session, legal, draft, [edit], based_on=first.hash)
        html = queries.rows(session, legal, draft)[0].html
        assert "<script" not in html
        assert 'href="javascript' not in html
