"""How a list is compiled: what it must never let a reader work out. Rules alone, no database."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.lists import rules
from advocacy.lists.rules import Standing, compiled, signed_by

SMALLEST = 3


def some(outside: str, number: int, *, kind: str = "ngo", first: int = 1) -> list[Standing]:
    return [
        Standing(UUID(int=first + n), outside, "", kind, f"Org {first + n}") for n in range(number)
    ]


KINDS = ("ngo", "national_ngo", "network", "un", "forum")


def asked(*shown: list[Standing], spare: int = 2) -> dict[UUID, str]:
    """A roster: all who are shown, and for each kind some who are not."""
    quiet = {UUID(int=10_000 + 100 * n + i): k for n, k in enumerate(KINDS) for i in range(spare)}
    return quiet | {s.organisation_id: s.kind_of for each in shown for s in each}


def made(
    shown: list[Standing], *earlier: list[Standing], roster: dict[UUID, str] | None = None
) -> list[Standing]:
    everybody = asked(shown, *earlier) if roster is None else roster
    return compiled(shown, smallest=SMALLEST, earlier=list(earlier), asked=everybody)


def put(
    shown: list[Standing], *earlier: list[Standing], roster: dict[UUID, str] | None = None
) -> rules.SignedBy:
    return signed_by(made(shown, *earlier, roster=roster), smallest=SMALLEST)


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
    first = made(some("named", 2) + some("counted", 4, first=10))
    now = [replace(some("named", 1)[0], outside="counted"), *some("counted", 4, first=10)]
    assert put(now, first).organisations == 4


@pytest.mark.parametrize(("change", "said"), [(0, 6), (1, 0), (2, 0), (3, 9)])
def test_a_number_that_differs_by_too_few_from_an_earlier_list_is_left_out(
    change: int, said: int
) -> None:
    first = made(some("counted", 6))
    assert put(some("counted", 6 + change), first).organisations == said


def test_who_lowers_a_name_is_gone_and_never_moves_into_a_number() -> None:
    kept = made(some("named", 3) + some("counted", 4, first=10))
    now = {s.organisation_id: s.outside for s in kept} | {UUID(int=1): "counted"}
    left = signed_by(rules.today(kept, now), smallest=SMALLEST)
    assert len(left.names) == 2
    assert left.organisations == 6


@pytest.mark.parametrize("outside", [None, "private"])
def test_a_number_that_one_left_is_not_printed_any_more(outside: str | None) -> None:
    kept = made(some("named", 3) + some("counted", 6, first=10))
    now = {s.organisation_id: s.outside for s in kept if s.organisation_id.int != 10}
    if outside:
        now[UUID(int=10)] = outside
    assert signed_by(rules.today(kept, now), smallest=SMALLEST).organisations == 3


@pytest.mark.parametrize(("spare", "said"), [(0, 2), (1, 2), (2, 6)])
def test_a_number_of_all_who_were_asked_is_not_printed(spare: int, said: int) -> None:
    """Who knows the roster would know each of them; one who is left out may be the reader."""
    shown = some("named", 2) + some("counted", 4, first=10)
    roster = asked(shown, spare=0) | {UUID(int=500 + n): "un" for n in range(spare)}
    assert put(shown, roster=roster).organisations == said


def test_a_category_of_all_of_its_kind_joins_the_plain_number() -> None:
    shown = some("category", 4, kind="un")
    signed = put(shown, roster=asked(shown) | {UUID(int=n): "ngo" for n in (10_300, 10_301)})
    assert (signed.categories, signed.organisations) == ((), 4)


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


# --- all lists and all lowerings of one text, laid side by side -----------------------------------

PLACES = st.sampled_from(["", "private", "counted", "category", "named"])
ROSTER = [UUID(int=n + 1) for n in range(14)]
LISTS = st.lists(st.lists(PLACES, min_size=14, max_size=14), min_size=1, max_size=4)
LOWERED = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 13)), max_size=8)


def seen(standings: list[Standing]) -> dict[UUID, str]:
    """What a reader would have to guess: who stands in which printed number, or under a name."""
    signed = signed_by(standings, smallest=SMALLEST)
    names = {n.name for n in signed.names}
    cells = {s.organisation_id: s.cell for s in standings if s.cell}
    assert names == {s.shown_name for s in standings if s.cell == "named"}
    return cells


@settings(max_examples=150)
@given(LISTS, LOWERED, st.lists(st.sampled_from(KINDS), min_size=14, max_size=14))
def test_no_comparison_of_any_lists_and_lowerings_singles_out_an_unnamed_one(
    lists: list[list[str]], lowered: list[tuple[int, int]], kinds: list[str]
) -> None:
    """The reader kept every page of every release, and knows the roster and all that was named.

    Any sum or difference of printed numbers is a number of whole groups: those who stood in the
    same numbers of every page. None of these may hold one to two unnamed organisations, unless it
    was an organisation's own later name that made it so; then nothing new is printed over it.
    """
    of = dict(zip(ROSTER, kinds, strict=True))
    earlier: list[list[Standing]] = []
    pages: list[dict[UUID, str]] = []
    for turn, places in enumerate(lists):
        shown = [
            Standing(o, place, "", of[o], f"Org {o.int}")
            for o, place in zip(ROSTER, places, strict=True)
            if place not in {"", "private"}
        ]
        kept = made(shown, *earlier, roster=of)
        before = len(pages)
        pages.append(seen(kept))
        now = {s.organisation_id: s.outside for s in kept}
        for at, who in lowered:
            if at == turn:
                now.pop(ROSTER[who], None)
                pages.append(seen(rules.today(kept, now)))
        earlier.append(kept)
        named = {o for page in pages for o, cell in page.items() if cell == "named"}
        for page in pages[before:]:
            for cell in set(page.values()) - {"named"}:
                inside = {o for o, its in page.items() if its == cell}
                could = {o for o in ROSTER if rules._could(of[o], cell)}
                assert len(inside) >= SMALLEST
                assert not inside & named, "once named, never counted"
                assert len(could - inside - {o for o, c in page.items() if c == "named"}) >= 2
        # Pages that still print a number: what is behind every combination of them.
        groups: dict[tuple[str, ...], int] = {}
        for o in ROSTER:
            where = tuple(page.get(o, "") for page in pages)
            if set(where) - {"", "named"}:
                groups[where] = groups.get(where, 0) + 1
        latest = {o for page in pages[before:] for o, c in page.items() if c not in {"", "named"}}
        touched = {tuple(page.get(o, "") for page in pages) for o in latest}
        assert all(groups[where] >= SMALLEST for where in touched)
