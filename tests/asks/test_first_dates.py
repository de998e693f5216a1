"""A first date is said as exactly as it was meant, wherever it stands."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from advocacy.asks.rules import Given, Kind
from advocacy.deadlines.rules import first_precision, in_words
from tests.asks.test_actions import Case

AUTUMN, SPRING = date(2026, 9, 30), date(2027, 3, 1)
LIST = "/recommendations/in/testland"


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def moved(case: Any, precision: str = "month", **how: Any) -> Case:
    """Asked for September as a whole, then moved to a day."""
    one = case(due_on=AUTUMN, due_precision=precision, **how)
    one.do("relief", Kind.DATE_CHANGE, "date_change", Given(text="Rain", due_on=SPRING))
    assert isinstance(one, Case)
    return one


def test_pages_say_the_month_that_was_meant(case: Any, client: Any) -> None:
    one = moved(case, reach="public")
    institution = one.see().institution_id
    pages = {
        "legal": [
            LIST, f"{LIST}/board", f"{LIST}/timeline", f"/recommendations/owners/{institution}",
            f"/recommendations/{one.recommendation_id}",
        ],
        "donor": ["/donors/in/testland"],
    }  # fmt: skip
    for who, paths in pages.items():
        for path in paths:
            page = client(who).get(path)
            assert "Sept 2026" in page, path
            assert "30 Sep" not in page, path


def test_files_say_it_beside_the_day(case: Any, client: Any) -> None:
    moved(case, "quarter", reach="public")
    told = client("legal").post(f"{LIST}/files", {"kind": "csv"}, status=200)
    assert "2026-09-30,quarter,2027-03-01,day," in told.get_data(as_text=True)
    donors = client("donor").post("/donors/in/testland/files", {"kind": "csv"}, status=200)
    assert "2026-09-30,quarter,2027-03-01,day," in donors.get_data(as_text=True)


def test_tables_say_a_review_in_words_and_json_keeps_the_code(case: Any, client: Any) -> None:
    case(reach="public", due_on=SPRING, due_precision="every_6")
    legal = client("legal")
    told = legal.post(f"{LIST}/files", {"kind": "csv"}, status=200).get_data(as_text=True)
    assert "every 6 months" in told
    assert "every_" not in told
    kept = legal.post(f"{LIST}/files", {"kind": "json"}, status=200).get_json()
    (line,) = kept["lines"]
    assert (line["first_precision"], line["due_precision"]) == ("every_6", "every_6")
    donors = client("donor").post("/donors/in/testland/files", {"kind": "csv"}, status=200)
    assert "every 6 months" in donors.get_data(as_text=True)
    assert "every_" not in donors.get_data(as_text=True)


@pytest.mark.parametrize(
    ("first", "end", "kept", "moves", "expected"),
    [
        (AUTUMN, AUTUMN, "month", 2, "month"),
        (AUTUMN, AUTUMN, None, 0, "year"),
        (AUTUMN, AUTUMN, None, 1, "day"),
        (date(2026, 9, 1), AUTUMN, None, 1, "month"),
        (date(2026, 7, 1), AUTUMN, None, 1, "quarter"),
        (date(2026, 3, 1), date(2026, 12, 31), None, 1, "year"),
    ],
)
def test_what_was_not_kept_is_worked_out(
    first: date, end: date, kept: str | None, moves: int, expected: str
) -> None:
    of: Any = SimpleNamespace(
        original_due_on=first, original_end_on=end, original_precision=kept, moves=moves,
        due_precision="year",
    )  # fmt: skip
    assert first_precision(of) == expected


def test_a_review_in_words() -> None:
    found = [in_words(one) for one in ("every_1", "every_12", "quarter", None)]
    assert found == ["every month", "every 12 months", "quarter", ""]
