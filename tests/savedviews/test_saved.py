"""Saved views: one's own, shared with one's organisation, and of nobody else's business."""

import re
from dataclasses import replace

import pytest

from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.savedviews import actions, queries, rules

BASE = "/threats/in/testland"


def somebody(world, name):
    """Someone of that organisation; "relief.other" = a second person there."""
    key, _, other = name.partition(".")
    actor = world.actor(key)
    return replace(actor, person_id=world.actor("women").person_id) if other else actor


@pytest.fixture
def save(world, writing):
    """`save("relief", "My area")`: the id of a saved view."""

    def made(by, name, *, is_shared=False, view="table", query="severity=4"):
        actor = somebody(world, by)
        asked = {"name": name, "view": view, "query": query, "is_shared": is_shared}
        with writing(actor) as session:
            return actions.save(session, actor, workspace_id=world.workspace_id, **asked).id

    return made


@pytest.fixture
def names(world, reading):
    """`names("legal")`: names of the saved views one may open."""

    def ask(name):
        actor = somebody(world, name)
        with reading(actor) as session:
            return {row.name for row in queries.saved(session, actor, world.workspace_id)}

    return ask


def test_a_view_is_opened_by_its_maker_or_by_their_organisation(save, names):
    save("relief", "Mine")
    save("relief", "Ours", is_shared=True)
    assert names("relief") == {"Mine", "Ours"}
    assert names("relief.other") == {"Ours"}
    assert names("legal") == set()


@pytest.mark.parametrize(
    ("by", "is_shared", "error"),
    [
        ("legal", True, NotFound),
        ("relief.other", False, NotFound),
        ("relief.other", True, Denied),
    ],
)
def test_only_its_maker_takes_a_view_away(save, names, world, writing, by, is_shared, error):
    saved = save("relief", "Ours", is_shared=is_shared)
    actor = somebody(world, by)
    with pytest.raises(error), writing(actor) as session:
        actions.forget(session, actor, saved)
    relief = world.actor("relief")
    with writing(relief) as session:
        actions.forget(session, relief, saved)
    assert names("relief") == set()


def test_a_name_is_taken_among_one_s_own_only(save):
    save("relief.other", "High")
    save("legal", "High")
    save("relief", "High")
    with pytest.raises(Invalid) as refused:
        save("relief", "  hIGH ")
    assert [reason.code for reason in refused.value.reasons] == ["savedviews.name-taken"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("severity=4&after=abc&area=TST01&x=1", "area=TST01&severity=4"),
        ("q=%22two+words%22&cols=area.trend", "q=%22two+words%22&cols=area.trend"),
        ("q=" + "a" * 900, "q=" + "a" * 200),
        ("//evil.example/?x=1&q=%0d%0aX", "q=%0D%0AX"),
        ("", ""),
    ],
)
def test_only_a_question_of_the_register_is_kept(given, kept):
    assert rules.question(given) == kept


@pytest.mark.parametrize(("name", "view"), [("", "table"), ("a" * 81, "table"), ("a", "https:")])
def test_what_is_no_saved_view_is_refused(name, view):
    assert rules.faults(name, view, [])


def test_saving_leads_back_to_what_was_looked_at(client, areas, names):
    relief = client("relief")
    page = relief.get(f"{BASE}/table?severity=4&cols=area.people&sort=title")
    link = re.search(r'href="([^"]*/saved\?[^"]*)"', page).group(1).replace("&amp;", "&")
    form = relief.get(link)
    query = re.search(r'name="query"[^>]*value="([^"]*)"', form).group(1).replace("&amp;", "&")
    typed = {"name": "High, with people", "view": "table", "query": query}
    answer = relief.post(f"{BASE}/saved", typed, page=link)
    assert answer.headers["Location"].endswith(
        f"{BASE}/table?severity=4&cols=area.people&sort=title"
    )
    assert names("relief") == {"High, with people"}
    listed = relief.get(f"{BASE}/saved")
    assert "High, with people" in listed
    away = re.search(r'action="([^"]*/forget)"', listed).group(1)
    relief.post(away, page=f"{BASE}/saved")
    assert "Nothing is saved yet" in relief.get(f"{BASE}/saved")


def test_a_name_that_is_missing_or_taken_is_said_on_the_form(client, areas, save):
    save("relief", "High")
    relief, page = client("relief"), f"{BASE}/saved?view=map"
    for name, words in (("", "Write a name"), ("High", "Choose another name")):
        typed = {"name": name, "view": "map", "query": "view=map"}
        answer = relief.post(f"{BASE}/saved", typed, status=422, page=page)
        assert words in answer.get_data(as_text=True)


def test_a_view_of_recommendations_is_saved_and_opened_with_its_filters(client):
    browser = client("relief")
    page = browser.get("/recommendations/in/testland/board?owner=Housing&late=1")
    assert "/threats/in/testland/saved?view=asks-board&amp;owner=Housing&amp;late=1" in page
    sent = {"name": "Late ones", "view": "asks-board", "query": "owner=Housing&late=1&junk=1"}
    answer = browser.post(
        "/threats/in/testland/saved", sent, page="/threats/in/testland/saved?view=asks-board"
    )
    there = "/recommendations/in/testland/board?owner=Housing&late=1"
    assert answer.headers["Location"].endswith(there)
    assert there.replace("&", "&amp;") in browser.get("/threats/in/testland/saved")


@pytest.mark.parametrize("view", ["asks", "asks-board", "asks-timeline"])
def test_a_donor_saves_no_view_of_recommendations(client, view):
    page, donor = "/threats/in/testland/saved", client("donor")
    donor.get(f"{page}?view={view}", status=404)
    donor.get(page)
    donor.post(page, {"name": "Late", "view": view, "query": ""}, status=404)
    client("observer").get(f"{page}?view={view}")
