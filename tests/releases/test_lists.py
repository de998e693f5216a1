"""How a list is compiled: what it must never let a reader work out. Rules alone, no database."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.releases import rules
from advocacy.releases.rules import Standing, compiled, signed_by, still

SMALLEST = 3


def some(outside: str, number: int, *, kind: str = "ngo", first: int = 1) -> list[Standing]:
    return [
        Standing(UUID(int=first + n), outside, "", kind, f"Org {first + n}") for n in range(number)
    ]


def put(shown: list[Standing], *earlier: list[Standing]) -> rules.SignedBy:
    return signed_by(compiled(shown, smallest=SMALLEST, earlier=list(earlier)), smallest=SMALLEST)


def test_names_stand_in_order_of_the_alphabet_and_not_of_answering() -> None:
    shown = [replace(s, shown_name=name) for s, name in zip(some("named", 3), "bCa", strict=True)]
    assert [name.name for name in put(shown).names] == ["a", "b", "C"]


@pytest.mark.parametrize(("counted", "total"), [(0, 2), (1, 2), (2, 2), (3, 5), (9, 11)])
def test_too_few_unnamed_are_in_no_number(counted: int, total: int) -> None:
    shown = some("named", 2) + some("counted", counted, first=10)
    assert put(shown).organisations == total


def test_networks_count_apart() -> None:
    shown = some("named", 4) + some("named", 2, kind="network", first=10)
    signed = put(shown + some("counted", 3, kind="forum", first=20))
    assert (signed.organisations, signed.networks) == (4, 5)


def test_two_networks_do_not_hide_among_organisations() -> None:
    shown = some("counted", 4) + some("counted", 2, kind="network", first=10)
    signed = put(shown)
    assert (signed.organisations, signed.networks) == (4, 0)


def test_a_category_is_said_only_when_enough_share_it() -> None:
    shown = some("category", 3, kind="national_ngo") + some("category", 2, kind="un", first=10)
    signed = put(shown)
    assert signed.categories == (("national_ngo", 3),)
    assert signed.organisations == 3
    assert put(shown + some("counted", 1, first=20)).organisations == 6


def test_who_was_named_before_is_not_counted_after() -> None:
    first = compiled(some("named", 2) + some("counted", 4, first=10), smallest=3, earlier=[])
    now = [replace(some("named", 1)[0], outside="counted"), *some("counted", 4, first=10)]
    assert put(now, first).organisations == 4


@pytest.mark.parametrize(("change", "said"), [(0, 6), (1, 0), (2, 0), (3, 9)])
def test_a_number_that_differs_by_too_few_from_an_earlier_list_is_left_out(
    change: int, said: int
) -> None:
    first = compiled(some("counted", 6), smallest=SMALLEST, earlier=[])
    assert put(some("counted", 6 + change), first).organisations == said


def test_who_lowers_afterwards_is_gone_and_never_moves_into_a_number() -> None:
    kept = compiled(some("named", 3) + some("counted", 4, first=10), smallest=SMALLEST, earlier=[])
    now = dict.fromkeys((s.organisation_id for s in kept), "named")
    now[UUID(int=1)] = "counted"
    now = {o: ("counted" if o.int >= 10 else w) for o, w in now.items()}
    left = signed_by([s for s in kept if still(s, now.get(s.organisation_id))], smallest=SMALLEST)
    assert len(left.names) == 2
    assert left.organisations == 6


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["named", "category", "counted"]),
            st.sampled_from(["ngo", "national_ngo", "network", "un"]),
        ),
        max_size=30,
    )
)
def test_no_list_holds_a_number_of_unnamed_below_the_smallest_cell(
    many: list[tuple[str, str]],
) -> None:
    shown = [
        Standing(UUID(int=n + 1), outside, "", kind, f"Org {n}")
        for n, (outside, kind) in enumerate(many)
    ]
    signed = put(shown)
    networks = sum(name.network for name in signed.names)
    for number, named in (
        (signed.networks, networks),
        (signed.organisations, len(signed.names) - networks),
    ):
        assert number - named == 0 or number - named >= SMALLEST
    assert all(number >= SMALLEST for _kind, number in signed.categories)
    assert {n.name for n in signed.names} == {s.shown_name for s in shown if s.outside == "named"}


def test_no_order_of_rows_changes_a_list() -> None:
    shown = some("named", 3) + some("counted", 5, first=10) + some("category", 4, first=30)
    assert put(shown) == put(list(reversed(shown)))
