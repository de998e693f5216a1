"""Asks to a body: one state, and beside it what each of its members says it will do."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from advocacy.asks.rules import Kind
from advocacy.bodies import actions as bodies
from advocacy.commitments import actions, queries
from advocacy.commitments.rows import Line, Tally
from advocacy.commitments.rules import Said
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.home import queries as home
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from tests.asks.test_actions import LOOKED, REPORT, TODAY, Case

SINCE = date(2025, 1, 1)
YES = Said("committed", "We open two offices", date(2027, 3, 1), "month")
HEARD = replace(YES, source_text="Minutes of 3 November")


class Team(Case):
    """An ask to a country team: `join("A", "women")`, `say("women", "A", YES)`."""

    def __init__(self, world: Any, database: Any, **how: Any) -> None:
        super().__init__(world, database, name="Country team", kind="country_team", **how)
        self.body_id = self.see().institution_id
        self.parts: dict[str, UUID] = {}
        self.acts: dict[str, UUID] = {}

    def join(self, name: str, member: str = "", **how: Any) -> "Team":
        actor = self.world.actor("relief")
        with self.database.writing(actor) as session:
            made = institutions.add(
                session, actor, workspace_id=self.world.workspace_id, name=name, kind="un",
                member_id=self.world.organisations.get(member), **how,
            )  # fmt: skip
        self.parts[name] = made.id
        self.belong(name)
        return self

    def belong(self, name: str, until: date | None = None, by: str = "relief") -> None:
        actor = self.world.actor(by)
        with self.database.writing(actor) as session:
            self.acts[name] = bodies.say(
                session, actor, body_id=self.body_id, part_id=self.parts[name], from_on=SINCE,
                until_on=until, note="", after=self.acts.get(name),
            ).id  # fmt: skip

    def say(self, by: str, name: str, said: Said = YES, after: UUID | None = None) -> UUID:
        actor = self.world.actor(by)
        with self.database.writing(actor) as session:
            who = {"ask_id": self.id, "part_id": self.parts[name]}
            made = actions.pledge(session, actor, **who, said=said, after=after)
            return UUID(str(made.id))

    def lines(self, by: str) -> list[Line]:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return queries.lines(session, actor, [self.id], on=TODAY).get(self.id, [])

    def tally(self, by: str) -> Tally | None:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return queries.tallies(session, actor, [self.id], on=TODAY).get(self.id)


@pytest.fixture
def team(world: Any, database: Any) -> Any:
    return lambda **how: Team(world, database, **how).join("A", "women").join("B").join("C")


def test_each_member_says_its_own_and_the_page_counts_them(team: Any) -> None:
    one = team()
    first = one.say("women", "A")
    one.say("women", "A", replace(YES, done="done"), first)
    one.say("relief", "B", replace(HEARD, reply="refused"))
    assert one.tally("legal") == Tally(members=3, committed=1, done=1)
    own, heard, silent = one.lines("legal")
    assert [x.reply for x in (own, heard, silent)] == ["committed", "refused", ""]
    assert (own.on_behalf, heard.on_behalf) == (False, True)


def test_what_a_member_did_makes_nothing_done(team: Any) -> None:
    one = team()
    for name in ("A", "B", "C"):
        one.say("relief", name, replace(HEARD, done="done"))
    assert one.tally("relief") == Tally(3, 3, 3)
    assert (one.see().progress, one.see().response) == ("not_started", "none")


def test_a_member_does_not_confirm_what_its_body_reported(team: Any) -> None:
    one = team()
    one.do("relief", Kind.CLAIM, "claimed", REPORT)
    with pytest.raises(Denied):
        one.do("women", Kind.VERIFY, "implemented", LOOKED)
    one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    assert one.see().progress == "implemented"


def test_others_write_down_with_a_source_alone(team: Any) -> None:
    one = team()
    with pytest.raises(Invalid) as refused:
        one.say("legal", "A")
    assert [reason.code for reason in refused.value.reasons] == ["commitments.say-source"]
    one.say("legal", "A", HEARD)
    for by in ("observer", "donor"):
        with pytest.raises((Denied, NotFound)):
            one.say(by, "B", HEARD)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"reply": "maybe"}, "form.choice"),
        ({"text": " "}, "commitments.say-what"),
        ({"reply": "noted", "done": "done"}, "commitments.commit-first"),
        ({"source_url": "javascript:1"}, "commitments.link"),
        ({"due_on": date(9999, 1, 1)}, "windows.too-far"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(team: Any, bad: Any, code: str) -> None:
    one = team()
    with pytest.raises(Invalid) as refused:
        one.say("women", "A", replace(YES, **bad))
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert one.tally("relief") == Tally(3, 0, 0)


def test_who_left_keeps_what_it_said_and_says_no_more(team: Any) -> None:
    one = team()
    first = one.say("women", "A")
    with pytest.raises(Conflict):
        one.say("women", "A")
    one.belong("A", TODAY - timedelta(days=1))
    assert one.tally("legal") == Tally(2, 0, 0)
    assert [(x.name, x.reply) for x in one.lines("legal") if not x.is_member] == [
        ("A", "committed")
    ]
    with pytest.raises(NotFound):
        one.say("women", "A", YES, first)


def test_only_who_keeps_the_body_says_what_belongs_to_it(team: Any) -> None:
    one = team()
    for by in ("legal", "observer"):
        with pytest.raises((Denied, NotFound)):
            one.belong("A", TODAY, by=by)
    one.belong("A", TODAY, by="cluster")


def test_a_body_does_not_belong_to_itself_or_its_member(team: Any) -> None:
    one = team()
    actor = one.world.actor("relief")
    for body, part in ((one.body_id, one.body_id), (one.parts["A"], one.body_id)):
        with one.database.writing(actor) as session, pytest.raises(Invalid) as refused:
            bodies.say(
                session, actor, body_id=body, part_id=part, from_on=SINCE, until_on=None,
                note="", after=None,
            )  # fmt: skip
        assert refused.value.reasons[0].code == "bodies.circle"


def test_a_donor_reads_its_own_line_and_no_other(world: Any, database: Any) -> None:
    """A8: what a sensitive member says is in no donor's view or total."""
    one = Team(world, database, reach="donors").join("D", "donor").join("E", is_sensitive=True)
    one.say("relief", "E", HEARD)
    one.say("donor", "D")
    assert [row.name for row in one.lines("donor")] == ["D"]
    assert one.tally("donor") == Tally(1, 1, 0)
    assert one.tally("legal") == Tally(2, 2, 0)
    assert one.lines("observer") == []


def test_who_does_not_know_a_member_counts_without_it(team: Any) -> None:
    one = team()
    one.join("Hidden", known_to=())
    one.say("relief", "Hidden", HEARD)
    assert one.tally("relief") == Tally(4, 1, 0)
    assert one.tally("legal") == one.tally("cluster") == Tally(3, 0, 0)


def test_it_is_read_by_those_who_read_the_ask(team: Any) -> None:
    one = team()
    one.say("women", "A")
    one.say("relief", "B", HEARD)
    relief, of = one.world.actor("relief"), one.recommendation_id
    for reach, number in (("own", None), ("members", 2)):
        with one.database.writing(relief) as session:
            recommendations.share(session, relief, recommendation_id=of, reach=reach)
            actions.follow(session, relief, recommendation_id=of)
        seen = one.tally("legal")
        assert (seen.committed if seen else None) == number
        assert one.tally("relief") == Tally(3, 2, 0)
        assert (one.tally("women") is None) is (number is None)


def asked(one: Team, by: str) -> int:
    actor = one.world.actor(by)
    with one.database.reading(actor) as session:
        tasks = home.tasks(session, actor)
        return sum(task.endpoint == "commitments.commitment" for task in tasks)


def test_a_member_finds_it_among_what_was_asked_of_it(team: Any) -> None:
    one = team(reach="members")
    assert (asked(one, "women"), asked(one, "legal")) == (1, 0)
    one.say("women", "A")
    assert asked(one, "women") == 0


def test_the_pages_record_and_show_it(team: Any, client: Any, world: Any) -> None:
    one, browser = team(), client("women")
    path = f"/commitments/{one.id}/{one.parts['A']}"
    browser.get(path)
    sent = {"reply": "committed", "text": "Typed <b>", "due_precision": "day"}
    sent |= {"done": "not_started", "based_on": ""}
    assert "Typed &lt;b&gt;" in browser.post(path, {**sent, "done": "x"}, status=422).text
    browser.get(path)
    browser.post(path, sent)
    browser.get(path)
    assert "Kept" in browser.post(path, {**sent, "text": "Kept"}, status=409).text
    page = client("legal").get(f"/commitments/{one.id}")
    assert "Typed &lt;b&gt;" in page
    assert "1 of 3 members committed, 0 done" in page
    assert "1 of 3 members" in client("legal").get(f"/recommendations/{one.recommendation_id}")
    client("observer").get(path, status=404)
    client("donor").get(f"/commitments/{one.id}", status=404)
    client("donor").get(path, status=404)


def test_the_page_of_a_body_adds_a_member_and_lets_it_leave(team: Any, client: Any) -> None:
    one, browser = team(), client("relief")
    path, part = f"/bodies/{one.body_id}", f"{one.parts['A']}:{one.acts['A']}"
    assert part in browser.get(path)
    sent = {"part": part, "from_on": "2025-01-01", "until_on": "2024-01-01", "note": "Left <b>"}
    assert "Left &lt;b&gt;" in browser.post(path, sent, status=422).text
    browser.get(path)
    browser.post(path, {**sent, "until_on": "2026-01-31"})
    assert "31 Jan 2026" in browser.get(path)
    browser.post(path, {**sent, "until_on": ""}, status=409)
    client("donor").get(path, status=404)


def test_a_donor_finds_it_on_its_page(world: Any, database: Any, client: Any) -> None:
    one = Team(world, database, reach="donors").join("D", "donor")
    browser = client("donor")
    assert f"/commitments/{one.id}/{one.parts['D']}" in browser.get("/donors/in/testland")
    browser.get(f"/commitments/{one.id}/{one.parts['D']}")


def test_lists_and_files_count_the_members_that_their_reader_knows(
    team: Any, client: Any, world: Any
) -> None:
    one = team()
    one.say("women", "A", replace(YES, done="done"))
    one.join("Hidden", known_to=())
    Case(world, one.database, name="Ministry")
    place = "/recommendations/in/testland"
    told = client("legal").get(place)
    assert told.count("1 of 3 members committed, 1 done.") == told.count("members committed") == 1
    assert "1 of 4 members committed, 1 done." in client("relief").get(place)
    answer = client("legal").post(f"{place}/files", {"kind": "csv"}, status=200)
    lines = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    counted = ("members", "members_committed", "members_done")
    assert {line["addressed_to"]: [line[name] for name in counted] for line in lines} == {
        "Country team": ["3", "1", "1"], "Ministry": ["", "", ""],
    }  # fmt: skip
