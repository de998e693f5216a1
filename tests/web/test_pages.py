"""A page that is shown again while nothing is written is drawn once: with a form on it, too."""

import re

import pytest
from flask import template_rendered


@pytest.fixture
def drawn(app):
    """The names of the templates, each time one is drawn."""
    names = []

    def note(_app, template, **_more):
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


def _tokens(page: str) -> list[str]:
    """The tokens of the forms below the band."""
    return re.findall(r'name="csrf_token" value="(.+?)"', page.partition("<main")[2])


def test_a_page_with_a_form_is_drawn_once_for_each_reading(client, led, drawn) -> None:
    lead, seen = client("legal"), set()
    for reading in (1, 2, 3):
        page = lead.get(f"/positions/{led.id}")
        assert drawn.count("positions/position.html") == reading
        assert page.count("<header ") == 1
        seen |= set(_tokens(page))
    assert len(seen) == 3


def test_a_page_that_was_not_found_has_its_band(client, led) -> None:
    assert client("women").get(f"/positions/{led.id}", 404).count("<header ") == 1


@pytest.mark.parametrize(
    ("room", "place"),
    [("dues", "recommendations"), ("windows", "recommendations"), ("rings", "threats")],
)
def test_the_band_says_where_a_page_belongs_that_has_another_address(client, room, place) -> None:
    page = client("relief").get(f"/{room}/in/testland")
    assert f'<a href="/{place}/in/testland" aria-current="page">' in page


@pytest.mark.only("sqlite", "of a PostgreSQL database nothing is kept")
def test_a_page_without_a_form_is_shown_again(client, led, drawn) -> None:
    guest = client("relief")
    for _reading in range(2):
        page = guest.get(f"/positions/{led.id}")
        assert not _tokens(page)
        assert page.count("<header ") == 1
    assert drawn.count("positions/position.html") == 1
