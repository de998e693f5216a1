"""Keys on the list of amendments: J, K, A, R and O, and only while the focus is inside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import render_template
from playwright.sync_api import Browser, expect

from tests.journeys.lab import Lab, make
from tests.journeys.person import Person

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)


def _card(number: int, *, fits: bool = True) -> SimpleNamespace:
    row = SimpleNamespace(
        id=number,
        kind="replacement",
        after=None,
        organisation_id="theirs",
        organisation_name="Relief Network",
        source="member",
        at=AT,
        state="open",
        currency="applies",
        reason="",
        head_id="head",
    )
    return SimpleNamespace(
        row=row, href=f"/amendments/{number}", number=number, after_number=0, collides=False,
        clause_href="", heading_words=None, words=None, supporters=(), fits=fits, seen="hash",
    )  # fmt: skip


@pytest.fixture
def listed(browser: Browser, tmp_path: Path, shots: Path | None) -> Iterator[Lab]:
    """A page with three open proposals: the second does not fit the text any more."""
    person = Person.open(browser, "", name="keys", shots=shots)
    lab = make(tmp_path, person)
    lab.open()
    values: dict[str, Any] = {
        "cards": [_card(1), _card(2, fits=False), _card(3)],
        "can_decide": True,
        "mine": "ours",
        "accept_query": "",
        "lang": "en",
        "kind_words": {"replacement": "other words"},
        "state_words": {"open": "Open"},
        "fit_words": {},
        "when": lambda at: f"{at:%d %B}",
    }
    with lab.app.test_request_context("/lab"):
        html = render_template("amendments/_list.html", **values)
    person.page.locator("main").evaluate(
        "(main, html) => main.insertAdjacentHTML('beforeend', html)", html
    )
    yield lab
    person.close()


def _is_at(lab: Lab, number: int) -> None:
    expect(lab.person.page.locator(f"#amendment-{number}")).to_be_focused()


def _keys(lab: Lab, *names: str) -> None:
    for name in names:
        lab.person.page.keyboard.press(name)


def test_j_and_k_walk_through_the_proposals_and_stop_at_the_ends(listed: Lab) -> None:
    listed.person.page.locator("#amendment-1").focus()
    _keys(listed, "j")
    _is_at(listed, 2)
    _keys(listed, "Shift+J", "j")
    _is_at(listed, 3)
    _keys(listed, "k", "k", "k")
    _is_at(listed, 1)


def test_a_takes_the_proposal_one_is_at_and_no_other(listed: Lab) -> None:
    listed.person.page.locator("#amendment-2").focus()
    _keys(listed, "a")  # it does not fit: there is nothing to press
    _keys(listed, "j", "a")
    listed.person.page.wait_for_url("**/amendments/3/accept")
    assert listed.times("/amendments/2/accept") == 0
    assert listed.sent("/amendments/3/accept")[0]["after"] == ["head"]


def test_r_opens_the_reason_and_o_the_proposal(listed: Lab) -> None:
    listed.person.page.locator("#amendment-1").focus()
    _keys(listed, "r")
    listed.person.page.wait_for_url("**/amendments/1#reject")
    assert listed.times("/amendments/1/accept") == 0


def _sends(lab: Lab, key: str, at: str = ":focus", **how: bool) -> bool:
    """A key, as a keyboard or a speech program sends it; whether the page took it for itself."""
    asked = """([at, key, how]) => !document.querySelector(at).dispatchEvent(
        new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...how}))"""
    return bool(lab.person.page.evaluate(asked, [at, key, how]))


def _put(lab: Lab, html: str, *, into: str = "#amendment-1") -> None:
    """Something more at the head of a proposal, or of the list."""
    script = "([into, html]) => document.querySelector(into).insertAdjacentHTML('afterbegin', html)"
    lab.person.page.evaluate(script, [into, html])


def test_a_key_that_is_ours_is_taken_and_any_other_is_left(listed: Lab) -> None:
    listed.person.page.locator("#amendment-1").focus()
    assert _sends(listed, "j")
    assert _sends(listed, "K")
    assert not any(_sends(listed, key) for key in ("z", "1", "Enter", "ArrowDown", "é"))
    _is_at(listed, 1)


@pytest.mark.parametrize("held", ["ctrlKey", "metaKey", "altKey", "repeat"])
def test_a_letter_does_nothing_while_another_key_is_held_or_it_is(listed: Lab, held: str) -> None:
    listed.person.page.locator("#amendment-1").focus()
    assert not _sends(listed, "j", **{held: True})
    _is_at(listed, 1)
    assert not _sends(listed, "a", **{held: True})
    assert listed.times("/amendments/1/accept") == 0


def test_a_key_that_somebody_else_took_is_not_ours(listed: Lab) -> None:
    listed.person.page.locator("#amendment-1").focus()
    taken = "addEventListener('keydown', (event) => event.preventDefault(), {capture: true})"
    listed.person.page.evaluate(taken)
    _keys(listed, "j")
    _is_at(listed, 1)


@pytest.mark.parametrize(
    "field",
    [
        '<input id="field">',
        '<textarea id="field"></textarea>',
        '<select id="field"><option>a</option></select>',
        '<div contenteditable tabindex="0" id="field">words</div>',
    ],
)
def test_letters_are_typed_where_somebody_types_inside_the_list(listed: Lab, field: str) -> None:
    _put(listed, field)
    listed.person.page.locator("#field").focus()
    _keys(listed, "j", "a")
    expect(listed.person.page.locator("#field")).to_be_focused()
    assert listed.times("/amendments/1/accept") == 0


def test_letters_do_nothing_outside_the_list(listed: Lab) -> None:
    page = listed.person.page
    page.locator("#note").focus()
    _keys(listed, "a", "j")
    expect(page.locator("#note")).to_have_value("aj")
    page.locator("a[data-leave]").focus()
    _keys(listed, "j", "a", "r")
    expect(page.locator("a[data-leave]")).to_be_focused()
    assert listed.times("/amendments/1/accept") == 0


def test_from_the_head_of_the_list_the_first_comes_and_from_inside_one_the_next(
    listed: Lab,
) -> None:
    page = listed.person.page
    for key in "jk":
        _put(listed, f'<a href="#" id="head-{key}">Head</a>', into="[data-keys]")
        page.locator(f"#head-{key}").focus()
        _keys(listed, key)
        _is_at(listed, 1)
    _put(listed, '<button type="button" data-key="x" id="inside">X</button>', into="#amendment-2")
    inside = page.locator("#inside")
    inside.evaluate("one => one.addEventListener('click', () => { one.title = 'done' })")
    inside.focus()
    _keys(listed, "x")
    expect(inside).to_have_attribute("title", "done")
    _keys(listed, "j")
    _is_at(listed, 3)
    expect(page.locator("#amendment-3")).to_be_in_viewport(ratio=0.9)
