"""Recommendations tied together: who sees it, what is refused, and what two people at once get."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from advocacy.access import audience
from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import Given
from advocacy.asks.rules import Kind as Step
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.ties import actions, queries
from advocacy.ties.schema import Kind, Tie
from tests.asks.test_actions import LOOKED, REPORT, Case

Make = Callable[..., Case]


@pytest.fixture
def case(world: Any, database: Any) -> Make:
    def make(title: str = "Open", by: str = "relief", **how: Any) -> Case:
        one = object.__new__(Case)
        one.world, one.database = world, database
        actor = world.actor(by)
        with database.writing(actor) as session:
            to = institutions.add(
                session, actor, workspace_id=world.workspace_id, name=f"Owner of {title}",
                kind="authority",
            )  # fmt: skip
            row = recommendations.add(
                session, actor, workspace_id=world.workspace_id, reach=how.get("reach", "members"),
                new=NewText(title=title, text=f"{title} it"), to=NewAsk(to.id),
            )  # fmt: skip
            one.recommendation_id, one.title = row.id, title
            (ask,) = queries.asks.asks_of(session, actor, [row.id])[row.id]
            one.id = ask.id
        return one

    return make


def tie(
    one: Case, other: Case, kind: str = Kind.SUPERSEDES, by: str = "relief", **more: Any
) -> Tie:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        return actions.tie(
            session, actor, source_id=one.recommendation_id, target_id=other.recommendation_id,
            kind=kind, **more,
        )  # fmt: skip


def told(one: Case, by: str) -> list[tuple[str, str]]:
    actor = one.world.actor(by)
    with one.database.reading(actor) as session:
        found = queries.of(session, actor, one.recommendation_id)
        return [(row.group, row.title) for row in found]


def share(one: Case, reach: str, by: str = "relief") -> None:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        of = one.recommendation_id
        recommendations.share(session, actor, recommendation_id=of, reach=reach)
        actions.follow(session, actor, recommendation_id=of)


def test_both_pages_tell_of_a_tie_to_those_who_see_both_ends(case: Make) -> None:
    new, old = case("New"), case("Old")
    tie(new, old, Kind.REPEATS)
    assert told(new, "legal") == [("repeats-there", "Old")]
    assert told(old, "legal") == [("repeats-back", "New")]
    share(old, "own")
    assert told(new, "legal") == []
    assert told(new, "relief") == [("repeats-there", "Old")]
    share(old, "members")
    assert told(new, "legal") == [("repeats-there", "Old")]


def test_only_who_leads_a_recommendation_says_what_it_replaces(case: Make) -> None:
    new, old = case("New"), case("Old", by="legal")
    with pytest.raises(Denied):
        tie(new, old, by="legal")
    tie(new, old)
    assert told(old, "women") == [("supersedes-back", "New")]
    hidden = case("Hidden", by="legal", reach="own")
    with pytest.raises(NotFound):
        tie(new, hidden)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_way_back_to_the_beginning_is_refused_and_named(case: Make, kind: str) -> None:
    a, b, c = case("A"), case("B"), case("C")
    tie(a, b, kind)
    tie(b, c, kind)
    with pytest.raises(Invalid) as refused:
        tie(c, a, kind)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["way"]) == ("ties.circle", "C → A → B → C")
    assert told(c, "relief") == [(f"{kind}-back", "B")]


def test_what_gave_way_when_it_was_closed_counts_as_replaced(case: Make) -> None:
    old, new = case("Old"), case("New")
    closed = Given(text="A newer one", newer_id=new.recommendation_id)
    old.do("cluster", Step.CLOSE, "superseded", closed)
    with pytest.raises(Invalid) as refused:
        tie(old, new)
    assert refused.value.reasons[0].facts["way"] == "Old → New → Old"


def test_a_refusal_tells_of_no_tie_that_one_does_not_see(case: Make) -> None:
    a, c = case("A"), case("C", by="legal")
    hidden = case("Halloran", by="legal", reach="members")
    tie(c, hidden, by="legal")
    tie(hidden, a, by="legal")
    share(hidden, "own", by="legal")
    tie(a, c)
    assert told(c, "relief") == [("supersedes-back", "A")]
    # Whoever sees the whole circle still gets an answer, and an end.
    share(hidden, "members", by="legal")
    with pytest.raises(Invalid):
        tie(c, a, by="legal")


def test_two_people_who_each_make_half_a_circle_at_once(case: Make) -> None:
    a, b = case("A"), case("B", by="legal")

    def half(one: Case, other: Case, by: str) -> str:
        try:
            tie(one, other, by=by, seen=0)
        except Conflict as met:
            return met.reasons[0].code
        return "made"

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(half, a, b, "relief"), pool.submit(half, b, a, "legal")]
        assert sorted(one.result() for one in asked) == ["made", "ties.circle-meanwhile"]


def test_a_tie_ends_once_and_can_be_made_again(case: Make) -> None:
    new, old = case("New"), case("Old")
    made = tie(new, old)
    with pytest.raises(Invalid):
        tie(new, old)
    relief, legal = new.world.actor("relief"), new.world.actor("legal")
    with pytest.raises(Denied), new.database.writing(legal) as session:
        actions.end(session, legal, made.id)
    with new.database.writing(relief) as session:
        assert actions.end(session, relief, made.id) == new.recommendation_id
    assert told(new, "relief") == told(old, "legal") == []
    with pytest.raises(Conflict), new.database.writing(relief) as session:
        actions.end(session, relief, made.id)
    tie(new, old)
    assert told(old, "legal") == [("supersedes-back", "New")]


def test_a_part_has_the_readers_of_the_whole_and_its_own_addressee(case: Make) -> None:
    whole = case("Whole")
    relief = whole.world.actor("relief")
    with whole.database.writing(relief) as session:
        to = NewAsk(whole.see().institution_id)
        part = actions.split(
            session, relief, recommendation_id=whole.recommendation_id, title="Part",
            text="Open one", to=to,
        )  # fmt: skip
        of = recommendations.queries.recommendation(session, relief, whole.recommendation_id)
        both = [audience.parts_of(session, one.audience_id) for one in (of, part)]
    assert both[0] == both[1]
    assert told(whole, "legal") == [("part_of-back", "Part")]
    assert told(whole, "donor") == []
    legal = whole.world.actor("legal")
    with pytest.raises(Denied), whole.database.writing(legal) as session:
        actions.split(
            session, legal, recommendation_id=whole.recommendation_id, title="x", text="x", to=to
        )


def test_what_it_waits_for_is_told_until_that_is_confirmed(case: Make) -> None:
    late, first = case("Late"), case("First")
    tie(late, first, Kind.WAITS_FOR)
    legal = replace(late.world.actor("legal"))

    def waits() -> Any:
        with late.database.reading(legal) as session:
            both = [late.recommendation_id, first.recommendation_id]
            found = queries.waits(session, legal, both)
            return {key: [other.title for other in of] for key, of in found.items()}

    assert waits() == {late.recommendation_id: ["First"]}
    first.do("relief", Step.CLAIM, "claimed", REPORT)
    assert waits() == {late.recommendation_id: ["First"]}
    first.do("legal", Step.VERIFY, "implemented", LOOKED)
    assert waits() == {}


def test_the_pages_keep_what_was_typed_and_name_the_way(case: Make, client: Any) -> None:
    a, b = case("Aleph"), case("Beth")
    relief, legal = client("relief"), client("legal")
    path = f"/ties/{a.recommendation_id}"
    sent = {
        "kind": "supersedes",
        "other": f"https://x.example/recommendations/{b.recommendation_id}",
    }
    relief.get(path)
    relief.post(path, sent)
    assert "Replaces" in relief.get(f"/recommendations/{a.recommendation_id}")
    assert "Aleph" in legal.get(f"/recommendations/{b.recommendation_id}")
    back, found = f"/ties/{b.recommendation_id}", {"kind": "supersedes", "text": "Kept words"}
    page = relief.get(back)
    assert 'name="seen" type="hidden" value="1"' in page or 'value="1"' in page
    for other in (str(a.recommendation_id), "nothing"):
        refused = relief.post(back, {**found, "other": other, "seen": "1"}, status=422)
        assert "Kept words" in refused.text
    met = relief.post(back, {**found, "other": str(a.recommendation_id), "seen": "0"}, status=409)
    assert "Kept words" in met.text
    assert "Beth → Aleph → Beth" in met.text
    legal.get(path, status=403)
    client("donor").get(path, status=404)
