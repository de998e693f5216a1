"""Editing clauses through pages, with and without htmx, two people at once."""

import re

import pytest

from advocacy.drafting import actions, queries
from advocacy.drafting.rules import Move
from advocacy.positions import actions as positions
from tests.positions.test_actions import order

HTMX = {"HX-Request": "true"}


@pytest.fixture
def clauses(world, led, reading):
    with reading(world.actor("legal")) as session:
        return queries.clauses(session, world.actor("legal"), led.document_id)


def basis(page):
    return re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)


def texts(world, led, reading):
    with reading(world.actor("legal")) as session:
        found = queries.clauses(session, world.actor("legal"), led.document_id)
    return [clause.text for clause in found]


def test_a_clause_is_edited_on_its_page(world, client, led, clauses, reading):
    relief, here = client("relief"), f"/drafting/{clauses[0].cid}/edit"
    page = relief.get(here)
    assert clauses[0].text in page
    answer = relief.post(
        here, {"based_on": basis(page), "heading": "Now", "text": "Ten **families**."}
    )
    assert answer.location == f"/positions/{led.id}#drafting-{clauses[0].cid}"
    assert "Ten <strong>families</strong>." in relief.get(f"/positions/{led.id}")
    history = relief.get(f"/drafting/{clauses[0].cid}")
    assert "Relief Network" in history
    assert "Harbour Legal Aid" in history


def test_a_clause_is_edited_in_its_place(world, client, clauses):
    relief, here = client("relief"), f"/drafting/{clauses[0].cid}"
    part = relief.get(f"{here}/edit", headers=HTMX)
    assert part.lstrip().startswith(f'<article class="clause open" id="drafting-{clauses[0].cid}"')
    assert "<html" not in part
    part = relief.get(here, headers=HTMX)
    assert part.lstrip().startswith(f'<article class="clause" id="drafting-{clauses[0].cid}"')


def test_two_at_once_in_one_clause_lose_nothing(world, client, led, clauses, reading):
    legal, relief = client("legal"), client("relief")
    here = f"/drafting/{clauses[0].cid}/edit"
    seen_by_legal, seen_by_relief = basis(legal.get(here)), basis(relief.get(here))
    relief.post(here, {"based_on": seen_by_relief, "heading": "", "text": "Words of Relief."})
    answer = legal.post(
        here, {"based_on": seen_by_legal, "heading": "", "text": "Words of Legal."}, status=409
    )
    page = answer.get_data(as_text=True)
    assert "Words of Relief." in page
    assert page.count("Words of Legal.") == 2, "shown beside, and kept in the form"
    assert texts(world, led, reading)[0] == "Words of Relief."
    legal.post(here, {"based_on": basis(page), "heading": "", "text": "Words of both."})
    assert texts(world, led, reading)[0] == "Words of both."


def test_what_is_typed_into_a_frozen_text_is_kept(world, client, led, clauses, writing):
    relief, here = client("relief"), f"/drafting/{clauses[0].cid}/edit"
    seen = basis(relief.get(here))
    legal = world.actor("legal")
    with writing(legal) as session:
        positions.freeze(session, legal, led.id, based_on=order(session, legal, led))
    late = {"based_on": seen, "heading": "", "text": "Late and precious words."}
    page = relief.post(here, late, status=409).get_data(as_text=True)
    assert "frozen" in page
    assert "Late and precious words." in page
    added = {**late, "kind": "paragraph", "after": ""}
    add = f"/drafting/{led.document_id}/add"
    assert "Late and precious" in relief.post(add, added, status=409).get_data(as_text=True)


def test_what_is_typed_into_a_removed_clause_is_kept(world, client, clauses):
    legal, relief = client("legal"), client("relief")
    here = f"/drafting/{clauses[0].cid}"
    seen = basis(relief.get(f"{here}/edit"))
    legal.post(f"{here}/remove", {"based_on": basis(legal.get(f"{here}/remove"))})
    typed = {"based_on": seen, "heading": "", "text": "My words."}
    page = relief.post(f"{here}/edit", typed, status=409).get_data(as_text=True)
    assert "removed this clause" in page
    assert "My words." in page
    assert "removed" in relief.get(here)


def test_clauses_are_added_moved_and_removed_by_forms(world, client, led, clauses, reading):
    relief, add = client("relief"), f"/drafting/{led.document_id}/add"
    new = {"based_on": basis(relief.get(add)), "after": str(clauses[0].cid), "kind": "paragraph"}
    relief.post(add, {**new, "heading": "Law", "text": "The law."})
    first, second = (clause.text for clause in clauses)
    assert texts(world, led, reading) == [first, "The law.", second]
    here = f"/drafting/{clauses[0].cid}"
    for to, expected in (
        ({"to": "down"}, ["The law.", first, second]),
        ({"to": "down"}, ["The law.", second, first]),
        ({"to": "up"}, ["The law.", first, second]),
        ({"after": ""}, [first, "The law.", second]),
        ({"to": "up"}, [first, "The law.", second]),
        ({"after": str(clauses[1].cid)}, ["The law.", second, first]),
    ):
        page = relief.get(f"{here}/edit")
        moved = re.findall(r'name="based_on"[^>]*value="([^"]*)"', page)[-1]
        relief.post(f"{here}/move", {"based_on": moved, **to}, page=f"{here}/edit")
        assert texts(world, led, reading) == expected, to
    relief.post(f"{here}/remove", {"based_on": basis(relief.get(f"{here}/remove"))})
    assert texts(world, led, reading) == ["The law.", second]


def test_a_move_on_an_old_order_is_said(world, client, led, clauses, writing):
    relief, here = client("relief"), f"/drafting/{clauses[0].cid}"
    seen = re.findall(r'name="based_on"[^>]*value="([^"]*)"', relief.get(f"{here}/edit"))[-1]
    legal = world.actor("legal")
    with writing(legal) as session:
        move = Move(clauses[1].cid, None)
        based = order(session, legal, led)
        actions.change(session, legal, led.document_id, [move], based_on=based)
    answer = relief.post(
        f"{here}/move", {"based_on": seen, "to": "down"}, page=f"{here}/edit", status=409
    )
    assert "Somebody changed this" in answer.get_data(as_text=True)


def test_who_is_not_invited_finds_no_clause(world, client, led, clauses):
    absent = "00000000-0000-4000-8000-000000000000"
    for name in ("cluster", "women", "observer", "donor"):
        browser = client(name)
        for which in (clauses[0].cid, absent):
            for end in ("", "/edit", "/remove", "/add"):
                browser.get(f"/drafting/{which}{end}", 404)
                browser.get(f"/drafting/{which}{end}", 404, headers=HTMX)
            browser.get(f"/discussion/about/{which}", 404)
        browser.get(f"/drafting/{led.document_id}/add", 404)
        for end in (f"{clauses[0].cid}/edit", f"{clauses[0].cid}/move", f"{led.document_id}/add"):
            typed = {"text": "x", "based_on": clauses[0].hash, "kind": "paragraph"}
            here = "/organisations/in/testland" if name != "donor" else "/accounts/me"
            browser.post(f"/drafting/{end}", typed, page=here, status=404)


def test_twenty_thousand_brackets_are_saved_and_one_more_is_refused(client, clauses):
    relief, here = client("relief"), f"/drafting/{clauses[0].cid}/edit"
    relief.post(here, {"based_on": basis(relief.get(here)), "heading": "", "text": "[" * 20_000})
    typed = {"based_on": basis(relief.get(here)), "heading": "", "text": "[" * 20_001}
    page = relief.post(here, typed, status=422).get_data(as_text=True)
    assert "20000 characters or fewer" in page
    assert "[" * 20_001 in page
