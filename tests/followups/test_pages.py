"""From a clause of a text that is out to a recommendation that is followed to its end."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from advocacy.ground.unit import Database
from advocacy.institutions import actions as institutions
from advocacy.positions import queries as positions
from tests.browser import Browser
from tests.releases.conftest import Make, Over
from tests.signoff import scene
from tests.world import World

Open = Callable[[str], Browser]
CLAUSE = "We ask the Governor to let clinics move by day."


@pytest.fixture
def out(over: Make) -> Over:
    """The scene's text, published."""
    done = over({"legal": {"outside": "named"}})
    done.check()
    done.publish()
    return done


@pytest.fixture
def governor(database: Database, world: World) -> UUID:
    actor = world.actor("relief")
    with database.writing(actor) as session:
        return institutions.add(
            session,
            actor,
            workspace_id=world.workspace_id,
            name="The Governor",
            kind="authority",
        ).id


def pages(done: Over) -> tuple[str, str]:
    """The list of clauses, and the form of the one recommendation."""
    version = done.scene.version
    clause = next(one for one in version.clauses if one.kind == "recommendation")
    return f"/followups/{version.id}", f"/followups/{version.id}/{clause.cid}"


def test_only_recommendations_are_followed_up(out: Over, client: Open) -> None:
    page = client("relief").get(pages(out)[0])
    assert CLAUSE in page
    assert "Four clinics have been turned back" not in page
    assert pages(out)[1] in page
    other = next(one for one in out.scene.version.clauses if one.kind == "paragraph")
    client("relief").get(f"/followups/{out.scene.version.id}/{other.cid}", 404)


def test_the_lead_follows_a_clause_up_and_the_list_says_so(
    out: Over, client: Open, governor: UUID
) -> None:
    listed, form = pages(out)
    relief = client("relief")
    typed = {
        "title": "Let clinics move",
        "institution": str(governor),
        "due_precision": "day",
        "do_how": "",
        "due_on": date(2027, 3, 31).isoformat(),
    }
    made = relief.post(form, typed).headers["Location"]
    page = relief.get(made)
    assert CLAUSE in page
    assert "The Governor" in page
    assert "31 Mar 2027" in page
    assert made in relief.get(listed)


def test_a_wrong_follow_up_comes_back_as_typed(out: Over, client: Open) -> None:
    answer = client("relief").post(pages(out)[1], {"title": "Kept words"}, status=422)
    assert "Kept words" in answer.get_data(as_text=True)


def test_another_organisation_reads_the_clauses_and_follows_none_up(
    out: Over, client: Open, governor: UUID
) -> None:
    listed, form = pages(out)
    legal = client("legal")
    assert form not in legal.get(listed)
    legal.get(form, 403)
    typed = {"title": "Ours", "institution": str(governor), "due_precision": "day", "do_how": ""}
    legal.post(form, typed, page="/accounts/me", status=403)


@pytest.mark.parametrize("stranger", ["observer", "donor"])
def test_a_stranger_to_the_text_finds_nothing(out: Over, client: Open, stranger: str) -> None:
    for path in pages(out):
        client(stranger).get(path, 404)


def test_a_text_that_is_not_out_is_not_followed_up(
    database: Database, world: World, client: Open, governor: UUID
) -> None:
    made = scene.frozen(database, world)
    clause = next(one for one in made.version.clauses if one.kind == "recommendation")
    listed, form = f"/followups/{made.version.id}", f"/followups/{made.version.id}/{clause.cid}"
    relief = client("relief")
    page = relief.get(listed)
    assert "This text is not out yet" in page
    assert form not in page
    typed = {
        "title": "Too early",
        "institution": str(governor),
        "due_precision": "day",
        "do_how": "",
    }
    early = relief.post(form, typed, status=422)
    assert "This text is not out" in early.get_data(as_text=True)
    actor = world.actor("relief")
    with database.reading(actor) as session:
        assert positions.position(session, actor, made.position_id).stage == "frozen"
