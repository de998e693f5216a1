"""No hidden number of a table can be worked out from what is shown of it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.disclosure.rules import Limit, Released, limit_faults, release

SMALL = Limit(3)
ZERO_TOLD = Limit(3, tells_zero=True)
Table = list[list[int]]


def told(table: Table, limit: Limit) -> Released:
    counts = {(r, c): n for r, line in enumerate(table) for c, n in enumerate(line)}
    return release(counts, range(len(table)), range(len(table[0])), limit)


def with_totals(table: Table) -> list[tuple[int, ...]]:
    lines = [(*line, sum(line)) for line in table]
    return [*lines, tuple(sum(column) for column in zip(*lines, strict=True))]


def possible(table: Table, shown: Released) -> list[list[tuple[int, ...]]]:
    """All tables near this one of which one would be shown the same: by trying them out."""
    ranges = []
    for r, line in enumerate(table):
        for c, n in enumerate(line):
            is_told = shown.told[r][c] is not None
            ranges.append([n] if is_told else range(max(0, n - 2), n + 3))
    width, found = len(table[0]), []
    for values in product(*ranges):
        other = [list(values[at : at + width]) for at in range(0, len(values), width)]
        full = with_totals(other)
        pairs = zip(full, shown.told, strict=True)
        if all(
            n in (t, n) and (t is None or t == n)
            for line, said in pairs
            for n, t in zip(line, said, strict=True)
        ):
            found.append(full)
    return found


tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=2
    )
)


@settings(max_examples=60, deadline=None)
@given(table=tables, limit=st.sampled_from([SMALL, ZERO_TOLD]))
def test_every_hidden_number_could_be_another_one(table: Table, limit: Limit) -> None:
    shown = told(table, limit)
    fits = possible(table, shown)
    for r, line in enumerate(shown.told):
        for c, value in enumerate(line):
            if value is None:
                assert len({full[r][c] for full in fits}) > 1


@settings(max_examples=60, deadline=None)
@given(table=tables)
def test_a_number_that_is_told_is_true_and_not_small(table: Table) -> None:
    shown = told(table, SMALL)
    for line, said in zip(with_totals(table), shown.told, strict=True):
        for number, value in zip(line, said, strict=True):
            assert value in (None, number)
            assert value is None or value >= SMALL.smallest_cell


def test_one_small_cell_takes_the_next_smallest_of_its_lines_with_it() -> None:
    table = [[1, 9, 20], [12, 30, 40], [50, 60, 70]]
    shown = told(table, SMALL)
    assert shown.cell(0, 0) is None
    assert shown.cell(0, 1) is None
    assert shown.cell(1, 0) is None
    assert shown.cell(1, 1) is None
    assert shown.cell(2, 2) == 70
    assert shown.total == 292


def test_a_total_is_hidden_where_the_cells_cannot_cover_each_other() -> None:
    shown = told([[2]], SMALL)
    assert shown.told == ((None, None), (None, None))


def test_views_take_their_numbers_from_one_table() -> None:
    shown = told([[1, 9, 20], [12, 30, 40]], SMALL)
    whole, of_row, rest = shown.total, shown.of_row(0), shown.of_row(1)
    assert whole is not None
    assert rest is not None
    assert of_row == whole - rest
    # Narrowed to a hidden cell there is no number, and none by taking the others away.
    columns = [shown.of_column(c) for c in range(3)]
    assert shown.cell(0, 0) is None
    assert [shown.cell(1, 0), columns[0]].count(None) > 0


def test_zero_is_told_only_where_the_workspace_says_so() -> None:
    table = [[0, 9], [8, 7]]
    assert told(table, ZERO_TOLD).cell(0, 0) == 0
    assert told(table, SMALL).cell(0, 0) is None


def test_what_is_not_in_the_table_has_no_number() -> None:
    shown = told([[9]], SMALL)
    assert shown.cell("elsewhere", 0) is None
    assert shown.of_row("elsewhere") is None


@pytest.mark.parametrize(("rows", "columns"), [((), ()), ((), (1, 2)), ((1, 2), ())])
def test_a_table_without_rows_or_columns_tells_nothing(
    rows: tuple[int, ...], columns: tuple[int, ...]
) -> None:
    shown = release({}, rows, columns, SMALL)
    assert shown.total is None


@pytest.mark.parametrize(("number", "is_right"), [(2, False), (3, True), (5, True), (101, False)])
def test_the_smallest_cell_is_at_least_three(number: int, *, is_right: bool) -> None:
    assert (not limit_faults(number)) is is_right


def test_a_large_table_is_quickly_done() -> None:
    table = [[(7 * r * c + 3 * r + c) % 11 for c in range(22)] for r in range(15)]
    shown = told(table, Limit(5))
    hidden = sum(value is None for line in shown.told for value in line)
    assert 0 < hidden < 16 * 23


def test_a_table_without_rows_tells_nothing_and_does_not_fail() -> None:
    assert release({}, [], ["one"], Limit(5)).total is None
