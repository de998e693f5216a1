"""Briefs: what their readers may read, whoever makes them."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from advocacy.asks.rules import Given, Kind
from advocacy.ground import clock
from advocacy.recommendations import queries as recommendations
from advocacy.reference import actions as reference
from advocacy.reference import rules as lists_of
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.ties import actions as ties
from tests.asks.test_actions import AGAINST, TODAY, Case
from tests.world import NOW, founder

TEAM, DONORS = "/recommendations/in/testland/brief", "/donors/in/testland/brief"


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def test_the_team_reads_what_was_replied_moved_and_undone(case: Any, client: Any) -> None:
    one = case(name="Ministry").confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    two = case(name="Harbour", member="women")
    two.do("women", Kind.RESPONSE, "rejected", Given(text="No", effective_on=TODAY))
    page = client("legal").get(TEAM)
    told = page.split("What was undone")
    assert "Ministry" in told[1]
    assert "Rejected" in told[0]
    assert "Harbour" in told[0]


def test_what_one_organisation_keeps_is_in_no_brief_of_its_own(case: Any, client: Any) -> None:
    case(name="Kept", reach="own", due_on=TODAY).claimed()
    case(name="Shared", due_on=TODAY).claimed()
    page = client("relief").get(TEAM)
    assert "Shared" in page
    assert "Kept" not in page


def test_what_is_older_is_not_told(case: Any, client: Any) -> None:
    case(name="Ministry").claimed()
    moved = client("legal").get(TEAM).split("What moved</h2>")[1].split("<h2>")[0]
    assert "Ministry" in moved
    page = client("legal").get(f"{TEAM}?since={TODAY.replace(year=2027)}")
    assert "Ministry" in page  # a day to come is none: a quarter back


def test_what_is_late_is_told_apart_from_what_comes(case: Any, client: Any) -> None:
    case(name="Ministry", due_on=TODAY, reach="donors")
    case(name="Harbour", due_on=TODAY + timedelta(days=40), reach="donors")
    for day, late in ((TODAY, []), (TODAY + timedelta(days=1), ["Ministry"])):
        clock.freeze(datetime.combine(day, time(12), UTC))
        for who, path in (("legal", TEAM), ("donor", DONORS)):
            told = client(who).get(path).split("What comes next")[1].split("Due soon")
            assert [name for name in ("Ministry", "Harbour") if name in told[0]] == (
                late or ["Ministry", "Harbour"]
            )


def test_donors_read_published_facts_alone(case: Any, client: Any) -> None:
    case(name="Published", reach="donors", do_how="fund", do_words="Pay").claimed()
    case(name="Members only").claimed()
    for who in ("donor", "legal"):
        page = client(who).get(DONORS)
        assert "Published" in page
        assert "Members only" not in page
    assert "Rights Watch" not in client("donor").get(DONORS)


def _text(kind: str, data: bytes) -> str:
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize("kind", ["page", "docx", "pdf"])
def test_what_is_asked_of_an_armed_group_is_in_no_brief_for_donors(
    case: Any, client: Any, kind: str
) -> None:
    case(name="Ministry", reach="public", due_on=TODAY).claimed()
    case(name="Brigade", kind="party", reach="public", due_on=TODAY).claimed()
    for who in ("donor", "legal"):
        if kind == "page":
            text = client(who).get(DONORS)
        else:
            answer = client(who).post(DONORS, {"kind": kind}, status=None)
            assert answer.status_code == 200
            text = _text(kind, bytes(answer.get_data()))
        assert "Ministry" in text
        assert "Brigade" not in text


def test_the_brief_of_members_is_made_by_members(client: Any) -> None:
    for who in ("donor", "observer"):
        client(who).get(TEAM, status=404)


def test_it_comes_as_a_file_and_is_logged(case: Any, client: Any) -> None:
    case(name="Ministry").claimed()
    answer = client("legal").post(TEAM, {"kind": "pdf"}, status=None)
    data = bytes(answer.get_data())
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "Ministry" in text
    assert "%" not in text
    log = client("legal").get("/recommendations/in/testland/files").split('id="log-title"')[1]
    assert "PDF" in log


@pytest.mark.parametrize("since", ["x", "20260-01-01", "%00"])
def test_a_day_that_is_none_is_a_quarter_ago(client: Any, since: str) -> None:
    client("legal").get(f"{TEAM}?since={since}")
    client("legal").post(TEAM, {"kind": "nonsense"}, status=422)


@pytest.mark.parametrize(("level", "is_in"), [("donors", True), ("observers", False)])
def test_a_risk_is_told_to_donors_where_all_of_them_may_read_it(
    client: Any, database: Any, world: Any, level: str, is_in: bool
) -> None:
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, lists_of.testland())
    relief = world.actor("relief")
    entry = Entry(risk_code="PR15", title="A cordon at dusk", summary="Shut.", severity=5)
    with database.writing(relief) as session:
        threats.report(
            session, relief, workspace_id=world.workspace_id, entry=entry, sharing=Sharing(level)
        )
    assert ("A cordon at dusk" in client("relief").get(DONORS)) == is_in
    assert ("A cordon at dusk" in client("donor").get(DONORS)) == is_in


def test_what_it_waits_for_is_told_where_every_member_reads_that_too(
    case: Any, client: Any, world: Any, database: Any
) -> None:
    late, relief = case(name="Ministry", due_on=TODAY), world.actor("relief")
    for title, reach in (("First of all", "members"), ("Kept to us", "own")):
        other = case(name=title, reach=reach)
        with database.writing(relief) as session:
            row = recommendations.recommendation(session, relief, other.recommendation_id)
            row.title = title
            ties.tie(
                session, relief, source_id=late.recommendation_id,
                target_id=other.recommendation_id, kind="waits_for",
            )  # fmt: skip
    brief, board = (client("relief").get(f"/recommendations/in/testland/{n}") for n in _PAGES)
    assert "Waits for: First of all" in brief
    assert "Kept to us" not in brief
    assert board.count("First of all</a></p>") == board.count("Kept to us</a></p>") == 1
    theirs = client("legal").get(f"/recommendations/in/testland/{_PAGES[1]}")
    assert theirs.count("First of all</a></p>") == 1
    assert "Kept to us" not in theirs


_PAGES = ("brief", "board")


@pytest.mark.parametrize("kind", ["page", "docx", "pdf"])
def test_a_donor_that_is_asked_reads_that_first_in_its_own_brief_alone(
    case: Any, client: Any, kind: str
) -> None:
    case(name="Ministry", reach="donors")
    case(name="North", member="donor", kind="donor", delivered_on=TODAY)
    case(name="Not told", member="donor", kind="donor")
    texts = {}
    for who in ("donor", "cluster"):
        if kind == "page":
            texts[who] = client(who).get(DONORS)
        else:
            answer = client(who).post(DONORS, {"kind": kind}, status=None)
            texts[who] = _text(kind, bytes(answer.get_data()))
    assert texts["donor"].index("Asked of you") < texts["donor"].index("worst protection risks")
    assert "North." in texts["donor"]
    for hidden in ("North.", "Asked of you"):
        assert hidden not in texts["cluster"]
    for text in texts.values():
        assert "Not told" not in text
        assert "1 ask in all." in text
