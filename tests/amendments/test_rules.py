"""What an amendment's acts and today's text make of it."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.amendments import rules
from advocacy.amendments.rows import Currency, State
from advocacy.amendments.rules import Plan
from advocacy.amendments.schema import Deed, Kind
from advocacy.drafting.rules import Insert, Move, Remove, Replace
from advocacy.text.hashes import Clause

ONE, TWO, GONE = (UUID(int=n) for n in (1, 2, 3))
BASE = Clause(ONE, "paragraph", "Access", "Clinics must reach every valley by day.")
OTHER = Clause(TWO, "paragraph", "", "Second.")


def plan(kind=Kind.REPLACEMENT, *, cid=ONE, after=None, heading="Access", wording="", base=BASE):
    return Plan(kind, cid, after, "paragraph", base.hash, base.heading, base.text, heading, wording)


def now(text, heading="Access"):
    return [Clause(ONE, "paragraph", heading, text), OTHER]


def test_on_the_same_words_it_applies():
    of = plan(wording="Clinics must reach every valley, day and night.")
    made = rules.outcome(of, [BASE, OTHER])
    assert made.currency is Currency.APPLIES
    assert rules.edit_of(of, made) == Replace(ONE, "Access", of.wording)


def test_other_words_changed_meanwhile_are_kept():
    of = plan(wording="Clinics must reach every valley, day and night.")
    made = rules.outcome(of, now("Mobile clinics must reach every valley by day."))
    assert made.currency is Currency.REBASED
    assert made.wording == "Mobile clinics must reach every valley, day and night."


def test_the_same_words_changed_otherwise_are_a_conflict():
    of = plan(wording="Clinics must reach every valley, day and night.")
    made = rules.outcome(of, now("Clinics must reach every valley within a day."))
    assert made.currency is Currency.CONFLICT
    assert made.wording == of.wording


def test_a_clause_that_is_gone_leaves_an_orphan():
    for kind in (Kind.REPLACEMENT, Kind.DELETION, Kind.MOVE):
        assert rules.outcome(plan(kind), [OTHER]).currency is Currency.ORPHANED
    placed = plan(Kind.INSERTION, cid=None, after=GONE, wording="New.")
    assert rules.outcome(placed, [BASE]).currency is Currency.ORPHANED


def test_a_removal_of_words_that_changed_is_for_a_person_to_read():
    assert rules.outcome(plan(Kind.DELETION), [BASE]).currency is Currency.APPLIES
    assert rules.outcome(plan(Kind.DELETION), now("Else.")).currency is Currency.CONFLICT


def test_a_move_keeps_the_words_of_today():
    of = plan(Kind.MOVE, after=TWO)
    made = rules.outcome(of, now("Else."))
    assert (made.currency, made.wording) == (Currency.APPLIES, "Else.")
    assert rules.edit_of(of, made) == Move(ONE, TWO)


def test_a_new_clause_goes_after_its_neighbour_whatever_that_says_now():
    of = plan(Kind.INSERTION, cid=None, after=ONE, heading="", wording="New.")
    made = rules.outcome(of, now("Else."))
    assert made.currency is Currency.APPLIES
    assert rules.edit_of(of, made) == Insert(ONE, "paragraph", "", "New.")


def test_a_removal_takes_the_clause_out():
    of = plan(Kind.DELETION)
    assert rules.edit_of(of, rules.outcome(of, [BASE])) == Remove(ONE)


WORDS = st.lists(
    st.sampled_from(["clinics", "must", "not", "move", "by", "day", "\n\n"]), max_size=9
)


@given(WORDS, WORDS, WORDS)
def test_what_is_rebased_holds_both_changes_or_is_given_to_a_person(base, ours, theirs):
    """Never silently one of the two: where theirs changed nothing ours stands whole, and back."""
    from advocacy.text.canon import normalise  # noqa: PLC0415 - one test needs it

    base, ours, theirs = (normalise(" ".join(words)) for words in (base, ours, theirs))
    before = Clause(ONE, "paragraph", "", base)
    of = plan(wording=ours, heading="", base=before)
    made = rules.outcome(of, [Clause(ONE, "paragraph", "", theirs)])
    if theirs == base:
        assert (made.currency, made.wording) == (Currency.APPLIES, ours)
    elif ours == base:
        assert (made.currency, made.wording) == (Currency.REBASED, theirs)
    elif made.currency is Currency.CONFLICT:
        assert made.wording == ours


@pytest.mark.parametrize(
    ("state", "lead", "proposer"),
    [
        (State.OPEN, {Deed.ACCEPTED, Deed.OFFERED, Deed.REJECTED}, {Deed.WITHDRAWN}),
        (
            State.OFFERED,
            {Deed.ACCEPTED, Deed.REJECTED},
            {Deed.AGREED, Deed.REFUSED, Deed.WITHDRAWN},
        ),
        (State.AGREED, {Deed.APPLIED, Deed.OFFERED, Deed.REJECTED}, {Deed.WITHDRAWN}),
        (State.ACCEPTED, set(), set()),
        (State.CHANGED, set(), set()),
        (State.REJECTED, set(), set()),
        (State.WITHDRAWN, set(), set()),
    ],
)
def test_who_may_do_what_in_which_state(state, lead, proposer):
    assert rules.deeds(state, is_lead=True, is_proposer=False) == lead
    assert rules.deeds(state, is_lead=False, is_proposer=True) == proposer
    assert rules.deeds(state, is_lead=False, is_proposer=False) == set()
    assert rules.deeds(state, is_lead=True, is_proposer=True) == (lead | proposer) - {Deed.OFFERED}
    other = rules.deeds(state, is_lead=True, is_proposer=False, kind=Kind.MOVE)
    assert other == lead - {Deed.OFFERED}


def test_two_wordings_for_one_clause_collide():
    rows = [plan(), plan(cid=TWO), plan(), plan(Kind.INSERTION, cid=None)]
    assert rules.collisions(rows) == {ONE}
