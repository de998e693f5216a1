"""Recording, telling, contributing, looking as a second one: who may, and who reads it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outcomes import actions, queries
from advocacy.outcomes.rules import Wording
from advocacy.outcomes.schema import Happened
from tests.outcomes.conftest import FIRST, TODAY

EARLIER = date(2026, 11, 1)


def part(one: Any, by: str, text: str, *, hidden: bool = False, after: Any = None) -> Any:
    return one.do(by, actions.contribute, text=text, is_hidden=hidden, after=after).id


def second(one: Any, by: str, **how: Any) -> Any:
    how = {"stands": True, "text": "We went there", "source": "", "after": None} | how
    return one.do(by, actions.second, **how)


def released(one: Any, by: str = "donor") -> Any:
    return one.ask(by, queries.released, workspace_id=one.world.workspace_id, on=TODAY)


@pytest.mark.parametrize("by", ["observer", "donor"])
def test_who_is_no_member_records_nothing(outcome: Any, by: str) -> None:
    with pytest.raises(Denied):
        outcome(by=by)


def test_donors_never_read_it_at_once(outcome: Any, world: Any, writing: Any) -> None:
    actor = world.actor("relief")
    with pytest.raises(Invalid), writing(actor) as session:
        actions.record(
            session, actor, workspace_id=world.workspace_id, new=Wording("Gate"), first=FIRST,
            reach="donors",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("reach", "reads"),
    [("own", {"relief"}), ("members", {"relief", "legal"}), ("donors", {"relief", "legal"})],
)
def test_who_reads_the_record(outcome: Any, reach: str, reads: set[str]) -> None:
    one, found = outcome(reach=reach), set()
    for name in ("relief", "legal", "observer", "donor"):
        try:
            one.ask(name, queries.outcome)
            found.add(name)
        except NotFound:
            assert name not in reads
    assert found == reads
    assert len(released(one)) == (reach == "donors")


def test_an_event_told_late_names_what_it_followed(outcome: Any) -> None:
    one = outcome()
    last = one.see("relief")[-1].id
    one.tell("relief", Happened.SUSPENDED, EARLIER)
    with pytest.raises(Conflict):
        one.tell("legal", Happened.REVERSED, EARLIER, after=last)
    with pytest.raises(Conflict):  # also where it could not have followed
        one.tell("legal", Happened.PARTLY, EARLIER, after=last)


def test_other_words_name_the_words_they_follow(outcome: Any) -> None:
    one = outcome()
    before = one.ask("relief", queries.wording).id
    one.do("relief", actions.word, new=Wording("The gate is open"), after=before)
    space = one.world.workspace_id
    (row,) = one.ask("legal", queries.listed, workspace_id=space, on=TODAY)
    assert (row.title, one.ask("legal", queries.wording).title) == ("The gate is open",) * 2
    with pytest.raises(Conflict):
        one.do("relief", actions.word, new=Wording("Shut"), after=before)
    with pytest.raises(Denied):
        one.do("legal", actions.word, new=Wording("Ours"), after=before)


def test_a_hidden_contribution_is_read_by_its_own_organisation_alone(outcome: Any) -> None:
    one = outcome()
    first = part(one, "legal", "We wrote the brief")
    assert [row.text for row in one.ask("women", queries.parts)] == ["We wrote the brief"]
    hidden = part(one, "legal", "We paid for it", hidden=True, after=first)
    assert one.ask("women", queries.parts) == []
    assert one.ask("relief", queries.parts) == []
    assert [row.text for row in one.ask("legal", queries.parts)] == ["We paid for it"]
    part(one, "legal", "We wrote it", after=hidden)
    assert [row.text for row in one.ask("women", queries.parts)] == ["We wrote it"]


def test_a_hidden_contribution_stays_hidden_when_the_record_is_shared(outcome: Any) -> None:
    one = outcome()
    part(one, "legal", "Hidden", hidden=True)
    part(one, "women", "Shown")
    for reach in ("donors", "members"):
        one.do("relief", actions.share, reach=reach)
        assert [row.text for row in one.ask("rights", queries.parts)] == ["Shown"]
        assert one.ask("donor", queries.parts) == []


def test_contributions_stand_by_name_whatever_their_length_or_order(outcome: Any) -> None:
    one = outcome()
    for by, text in (("women", "x" * 900), ("relief", "y"), ("legal", "z" * 50)):
        part(one, by, text)
    names = [row.organisation for row in one.ask("rights", queries.parts)]
    assert names == sorted(names)
    assert len(names) == 3


def test_a_second_organisation_is_none_that_recorded_or_contributed(outcome: Any) -> None:
    one = outcome()
    part(one, "legal", "We wrote", hidden=True)
    for by in ("relief", "legal", "observer"):
        with pytest.raises((Denied, NotFound)):
            second(one, by)
    second(one, "women")
    assert [row.organisation for row in one.ask("legal", queries.seconds)] == [
        "Blue Valley Women’s Association"
    ]


def test_who_looked_as_a_second_one_contributes_only_after_taking_that_back(outcome: Any) -> None:
    one = outcome()
    said = second(one, "women")
    with pytest.raises(Invalid):
        part(one, "women", "We did it too")
    second(one, "women", stands=False, text="", after=said.id)
    assert one.ask("relief", queries.seconds) == []
    part(one, "women", "We did it too")


def test_a_person_who_changed_organisations_does_not_confirm_their_own_work(
    outcome: Any, world: Any
) -> None:
    one = outcome()
    moved = replace(world.actor("women"), person_id=world.actor("relief").person_id)
    with pytest.raises(Denied):
        second(one, "women", actor=moved)


def test_donors_read_that_a_second_one_looked_and_no_name_or_note(outcome: Any) -> None:
    one = outcome(reach="donors")
    assert [row.is_seconded for row in released(one)] == [False]
    second(one, "women")
    (row,) = released(one)
    assert row.is_seconded
    assert row.events == ((FIRST.on, "achieved"),)
    words = repr(row)
    for hidden in ("Women", "Relief", "Letter", "A letter came", str(one.world.people["women"])):
        assert hidden not in words


def test_what_is_taken_back_from_donors_is_gone_at_once(outcome: Any) -> None:
    one = outcome(reach="donors")
    second(one, "women")
    one.do("relief", actions.share, reach="members")
    assert released(one) == released(one, "legal") == []
    assert one.see("donor") == ()
    assert len(one.see("legal")) == 1


def test_a_member_reads_on_the_donors_list_what_a_donor_reads(outcome: Any) -> None:
    outcome(reach="members")
    one = outcome(reach="donors")
    assert len(released(one)) == 1
    assert released(one) == released(one, "relief")


def test_what_does_not_hold_any_more_is_shown_to_donors_too(outcome: Any) -> None:
    one = outcome(reach="donors")
    one.tell("relief", Happened.REVERSED, EARLIER)
    assert [(row.standing.word, row.standing.days_held) for row in released(one)] == [
        ("reversed", 31)
    ]


def test_a_check_that_is_late_is_work_for_who_recorded_it(outcome: Any) -> None:
    one = outcome(first=replace(FIRST, on=date(2026, 1, 5)))
    (task,) = [t for t in one.ask("relief", _tasks) if t.title == "The port opened its gate"]
    assert task.due_on == date(2026, 4, 5)
    assert one.ask("legal", _tasks) == []
    one.tell("legal", Happened.CONFIRMED)
    assert one.ask("relief", _tasks) == []


def _tasks(session: Any, actor: Any, _one: Any) -> list[Any]:
    return queries.tasks(session, actor)
