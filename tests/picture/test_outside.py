"""Observers and donors are told no small number, and none by subtracting two views."""

from itertools import product

import pytest

from advocacy.disclosure.rules import Limit
from advocacy.picture import rules
from advocacy.picture.rows import Cell, Filters

LIMIT = Limit(5)
RISKS, AREAS = ("PR01", "PR15"), (1, 2, None)


def cells(**changes):
    counts = {("PR01", 1): 2, ("PR01", 2): 9, ("PR15", 1): 8, ("PR15", 2): 30, ("PR15", None): 12}
    return [Cell(r, a, 4, "stable", n) for (r, a), n in {**counts, **changes}.items()]


def told(**chosen):
    return rules.outside(cells(), Filters(**chosen), LIMIT, RISKS, AREAS)


def test_a_view_takes_its_numbers_from_one_table():
    whole, risk = told(), told(risk_code="PR15")
    assert whole.total == 61
    assert risk.total == whole.by["risk"]["PR15"]
    assert told(risk_code="PR01", area_ids=frozenset({1})).total is None
    assert whole.by["severity"] == whole.by["trend"] == {}


@pytest.mark.parametrize(
    "chosen",
    [{"severity": 4}, {"trend": "stable"}, {"words": "road"}, {"checked": "30"}, {"is_own": True}],
)
def test_narrowed_by_anything_else_a_view_has_no_number(chosen):
    found = told(**chosen)
    assert found.total is None
    assert not any(found.by.values())


def test_no_two_views_differ_by_a_small_number():
    views = [told(risk_code=r, **a) for r in ("", *RISKS) for a in (
        {}, {"area_ids": frozenset({1})}, {"area_ids": frozenset({2})}, {"is_country_wide": True}
    )]  # fmt: skip
    numbers = {0} | {view.total for view in views if view.total is not None}
    numbers |= {n for view in views for of in view.by.values() for n in of.values() if n}
    small = {2}  # the only cell below the limit
    assert not small & {abs(a - b) for a, b in product(numbers, repeat=2)}


def test_a_donor_reads_no_small_number_and_a_member_does(client, report):
    report("donors")
    page = client("donor").get("/threats/in/testland")
    assert "Checkpoints" in page
    assert "1 protection risk" not in page
    assert "1 protection risk" in client("legal").get("/threats/in/testland")
    assert "–" in client("donor").get("/threats/in/testland/map")


def test_no_cell_of_the_matrix_counts_outside(client, report):
    report("donors", sensitivity=2)
    register = "/threats/in/testland"
    assert "Records:" in client("legal").get(register)
    assert "Records:" not in client("donor").get(register)
