"""What a recommendation is about, how sharp it is, why it comes first, said by its lead."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from advocacy.donors.rows import PublicAsk
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations import queries as lists
from advocacy.recommendations.rows import Filters
from advocacy.subjects import actions, queries, rules
from advocacy.subjects.rules import Said
from advocacy.taxonomies.rules import Axis
from tests.asks.test_actions import Case

LIST = "/recommendations/in/testland"
FIRST = Said({Axis.PRIORITY: ["1"]}, "Winter is near")


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def say(case: Case, by: str = "relief", reason: str = "", after: Any = None, **items: Any) -> Any:
    actor = case.world.actor(by)
    said = Said({Axis(axis): chosen for axis, chosen in items.items()}, reason)
    with case.database.writing(actor) as session:
        return actions.say(
            session, actor, recommendation_id=case.recommendation_id, said=said, seen=after or {}
        )


def about(case: Case, by: str = "relief") -> Any:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        of = lists.recommendation(session, actor, case.recommendation_id)
        return queries.about(session, actor, of)


def found(case: Case, by: str = "relief", **filters: str) -> int:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        asked: Any = {"workspace_id": case.world.workspace_id, "filters": Filters(**filters)}
        asked["on"] = actor.now.date()
        of = lists.found(session, actor, **asked)
        rows = lists.listed(session, actor, **asked, of=of)
        assert len(of.places) == len(rows)
        return len(rows)


def test_what_is_said_is_kept_step_by_step_and_narrows_the_list(case: Any) -> None:
    one = case()
    (first,) = say(one, group=["WOM", "CHI"])
    say(one, group=["CHI"], after={Axis.GROUP: first.id}, sdg=["16.2"], review=["CRC"])
    assert about(one).items[Axis.GROUP] == ("CHI",)
    history = [(row.axis.value, row.added, row.removed) for row in about(one).history]
    assert sorted(history) == [
        ("group", (), ("WOM",)), ("group", ("CHI", "WOM"), ()), ("review", ("CRC",), ()),
        ("sdg", ("16.2",), ()),
    ]  # fmt: skip
    assert found(one, group="CHI") == found(one, sdg="16") == found(one, sdg="16.2") == 1
    assert found(one, group="WOM") == found(one, sdg="5") == found(one, review="UPR1") == 0


def test_an_axis_that_was_not_touched_is_left_alone_and_a_stale_one_refused(case: Any) -> None:
    one = case()
    (first,) = say(one, group=["CHI"])
    say(one, group=["WOM"], after={Axis.GROUP: first.id})
    # This form was opened before the second step, and changes something else.
    say(one, group=["CHI"], cluster=["CP"], after={Axis.GROUP: first.id})
    assert about(one).items[Axis.GROUP] == ("WOM",)
    assert about(one).items[Axis.CLUSTER] == ("CP",)
    with pytest.raises(Conflict):
        say(one, group=["MIG"], after={Axis.GROUP: first.id})
    with pytest.raises(Conflict):
        say(one, group=["MIG"])


def test_themes_and_how_specific_it_is_stand_in_the_record_too(case: Any) -> None:
    one = case()
    say(one, themes=[" Courts ", "courts", "Détention"], specificity=["5"])
    assert about(one).items[Axis.THEMES] == ("Détention", "courts")
    assert found(one, tag="detention") == found(one, specificity="5") == found(one, words="courts")
    assert found(one, tag="detention") == 1


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"group": ["NOBODY"]}, "form.choice"),
        ({"review": ["CRC", "CAT"]}, "taxonomies.only-one"),
        ({"sdg": ["18"]}, "form.choice"),
        ({"smart": ["X"]}, "form.choice"),
        ({"specificity": ["6"]}, "form.choice"),
        ({"priority": ["1"]}, "subjects.say-why"),
        ({"themes": [f"theme {n}" for n in range(41)]}, "subjects.too-many"),
        ({"themes": ["x" * 121]}, "form.too-long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(case: Any, items: Any, code: str) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        say(one, **{"cluster": ["CP"], **items})
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert about(one).history == ()


def test_only_the_organisation_that_leads_it_says_it(case: Any) -> None:
    one = case()
    with pytest.raises(Denied):
        say(one, by="legal", group=["CHI"])


def test_members_read_ticks_priority_and_history_and_observers_what_it_is_about(case: Any) -> None:
    one = case(reach="public")
    say(one, group=["CHI"], smart=["S", "T"], priority=["1"], reason="Winter is near")
    assert about(one, "legal").items[Axis.SMART] == ("S", "T")
    assert (about(one, "legal").reason, len(about(one, "legal").history)) == ("Winter is near", 3)
    seen = about(one, "observer")
    assert seen.items[Axis.GROUP] == ("CHI",)
    assert (seen.items[Axis.SMART], seen.items[Axis.PRIORITY], seen.reason) == ((), (), "")
    assert seen.history == ()
    assert (found(one, "legal", priority="1"), found(one, "observer", priority="1")) == (1, 0)
    assert found(one, "observer", group="CHI") == 1


def test_it_is_read_by_those_who_read_the_recommendation(case: Any) -> None:
    one = case()
    say(one, priority=["1"], reason="Winter is near")
    relief, of = one.world.actor("relief"), one.recommendation_id
    for reach, number in (("own", 0), ("members", 1)):
        with one.database.writing(relief) as session:
            recommendations.share(session, relief, recommendation_id=of, reach=reach)
            actions.follow(session, relief, recommendation_id=of)
        actor = one.world.actor("legal")
        with one.database.reading(actor) as session:
            assert len(queries.said(session, actor, of)) == number


def test_what_is_missing_to_be_smart_is_named_in_order() -> None:
    assert rules.lacking(["T", "S"]) == ("M", "A", "R")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("To ratify the convention", 5),
        ("Continue to work with others", 2),
        ("Consider adopting a law", 3),
        ("Further strengthen the courts", 4),
        ("Share its experience", 1),
        ("Envisager de ratifier", 3),
        ("Ratificar el convenio", 5),
        ("Courts are closed", None),
        ("", None),
    ],
)
def test_the_first_verb_hints_at_how_specific_a_text_is(text: str, level: int | None) -> None:
    assert rules.hint(text) == level


def test_a_note_says_when_more_than_one_in_ten_come_first(case: Any) -> None:
    cases = [case(name=f"Someone {n}") for n in range(11)]

    def many(by: str = "relief") -> Any:
        actor = cases[0].world.actor(by)
        with cases[0].database.reading(actor) as session:
            return queries.many_first(session, actor, cases[0].world.workspace_id)

    say(cases[0], priority=["1"], reason="Winter is near")
    assert many() is None
    say(cases[1], priority=["1"], reason="Winter is near")
    assert many() == (2, 11)
    assert many("observer") is None


def test_the_page_says_it_and_keeps_what_was_typed(case: Any, client: Any) -> None:
    one = case(reach="public")
    relief, path = client("relief"), f"/subjects/{one.recommendation_id}"
    sent = {"group": ["CHI"], "smart": ["S"], "priority": "1", "themes": "Courts"}
    typed = relief.post(path, sent, status=422)
    assert "Say why it comes first" in typed.text
    assert 'value="CHI" checked' in typed.text
    relief.post(path, {**sent, "reason": "Winter <is> near"})
    page = relief.get(path)
    assert "Winter &lt;is&gt; near" in page
    assert "Not ticked: Measurable, Achievable, Relevant, Time-bound" in page
    late = relief.post(path, {**sent, "group": ["WOM"], "themes": "Other"}, status=409)
    assert 'value="WOM" checked' in late.text
    detail = client("legal").get(f"/recommendations/{one.recommendation_id}")
    assert f"{LIST}?group=CHI" in detail
    assert "Winter" in detail
    assert "Winter" not in client("observer").get(f"/recommendations/{one.recommendation_id}")
    client("donor").get(path, status=404)


def test_lists_can_be_narrowed_and_counted_by_it(case: Any, client: Any) -> None:
    one = case(reach="public")
    case(reach="own", name="Else")
    say(one, group=["CHI"], sdg=["16.2"], priority=["1"], reason="Winter is near")
    legal, observer = client("legal"), client("observer")
    for path in (LIST, f"{LIST}/board"):
        assert "Open it" in legal.get(f"{path}?group=CHI&priority=1") or "Open" in legal.get(path)
        assert 'name="priority"' in legal.get(path)
        assert 'name="priority"' not in observer.get(path)
    told = legal.get(f"{LIST}/about")
    assert f"{LIST}?sdg=16" in told
    assert f"{LIST}?priority=1" in told
    assert f"{LIST}?priority=1" not in observer.get(f"{LIST}/about")
    assert f"{LIST}?group=CHI" not in legal.get(f"{LIST}/about?group=WOM")


def test_donors_read_none_of_it_on_their_page(case: Any, client: Any) -> None:
    one = case(reach="public")
    say(one, themes=["Curfew"], smart=["S"], priority=["1"], reason="Winter is near")
    page = client("donor").get("/donors/in/testland")
    assert "Open" in page
    for words in ("Winter", "Priority", "SMART", "Curfew"):
        assert words not in page
    assert not {"judged", "subjects", "tags", "specificity"} & set(PublicAsk._fields)


def test_files_tell_members_of_ticks_and_priority_and_observers_what_it_is_about(
    case: Any, client: Any
) -> None:
    one = case(reach="public")
    say(one, group=["CHI"], sdg=["16.2"], smart=["S", "T"], priority=["1"], reason="Winter")
    for who, inside in (("legal", ("ST", "yes")), ("observer", ("", ""))):
        answer = client(who).post(f"{LIST}/files", {"kind": "csv"}, status=200)
        (line,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
        assert (line["affected_groups"], line["development_goals"]) == ("Children", "16.2")
        assert (line["smart"], line["priority"]) == inside


def test_a_reason_far_too_long_is_refused_although_nothing_needs_one(case: Any) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        say(one, group=["WOM"], reason="word " * 10_000)
    assert [reason.code for reason in refused.value.reasons] == ["form.too-long"]
    assert about(one).items[Axis.GROUP] == ()


def test_a_new_reason_for_the_same_priority_is_kept(case: Any) -> None:
    one = case()
    first = say(one, priority=["1"], reason="Winter is near")[0].id
    seen = {Axis.PRIORITY: first}
    assert say(one, after=seen, priority=["1"], reason="Winter is near") == []
    second = say(one, after=seen, priority=["1"], reason="The schools close")
    assert [act.items for act in second] == [["1"]]
    told = about(one)
    assert (told.reason, len(told.history)) == ("The schools close", 2)
    with pytest.raises(Conflict):
        say(one, after=seen, priority=["1"], reason="Another one")


def test_a_reason_without_a_priority_is_not_dropped_without_a_word(case: Any) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        say(one, group=["WOM"], priority=[], reason="Winter is near")
    assert [reason.code for reason in refused.value.reasons] == ["subjects.reason-alone"]
    assert about(one).items[Axis.GROUP] == ()


def test_the_page_tells_of_another_reason(case: Any, client: Any) -> None:
    one = case()
    relief, path = client("relief"), f"/subjects/{one.recommendation_id}"
    for reason in ("Winter is near", "The schools close", "The schools close"):
        based_on = relief._hidden(relief.get(path), "based_on")
        relief.post(path, {"priority": "1", "reason": reason, "based_on": based_on})
    page = relief.get(path)
    assert page.count("A priority still, for another reason") == 1
    assert "The schools close" in page
