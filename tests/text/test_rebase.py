import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.text.rebase import Collision, Rebased, Span, rebase

prose = st.lists(
    st.sampled_from(["must", "not", "aid", "حق", " ", " ", "\n", "\n\n", ".", ","]), max_size=30
).map("".join)

BASE = "All parties must protect civilians.\n\nAid must reach people in need.\n\nWe ask for access."


@given(prose, prose)
def test_where_they_changed_nothing_ours_stands(base: str, ours: str) -> None:
    assert rebase(base, ours, base) == Rebased(ours)


@given(prose, prose)
def test_where_we_changed_nothing_theirs_stands(base: str, theirs: str) -> None:
    assert rebase(base, base, theirs) == Rebased(theirs)


@given(prose, prose)
def test_what_both_made_alike_is_made_once(base: str, both: str) -> None:
    assert rebase(base, both, both) == Rebased(both)


@given(prose, prose, prose)
def test_sides_may_be_swapped(base: str, ours: str, theirs: str) -> None:
    one, other = rebase(base, ours, theirs), rebase(base, theirs, ours)
    if isinstance(one, Rebased):
        assert other == one
    else:
        assert isinstance(other, Collision)
        assert [(s.base, s.ours, s.theirs) for s in one.spans] == [
            (s.base, s.theirs, s.ours) for s in other.spans
        ]


@given(prose, prose, prose)
def test_a_collision_keeps_both_texts_and_names_places(base: str, ours: str, theirs: str) -> None:
    found = rebase(base, ours, theirs)
    if isinstance(found, Collision):
        assert (found.ours, found.theirs) == (ours, theirs)
        assert found.spans
        for span in found.spans:
            assert span.base in base
            assert span.ours in ours
            assert span.theirs in theirs
            assert span.ours != span.theirs


def test_changes_in_different_paragraphs_are_joined() -> None:
    ours = BASE.replace("civilians", "all civilians")
    theirs = BASE.replace("access", "safe access")
    assert rebase(BASE, ours, theirs) == Rebased(
        BASE.replace("civilians", "all civilians").replace("access", "safe access")
    )


def test_changes_of_neighbouring_lines_are_joined() -> None:
    assert rebase("- one a\n- two b", "- One a\n- two b", "- one a\n- two B") == Rebased(
        "- One a\n- two B"
    )


def test_changes_far_apart_in_one_paragraph_are_joined() -> None:
    base = "All parties must protect civilians at all times."
    ours = base.replace("All", "Both")
    theirs = base.replace("at all times", "always")
    assert rebase(base, ours, theirs) == Rebased("Both parties must protect civilians always.")


def test_the_same_words_changed_two_ways_collide() -> None:
    found = rebase("They must go.", "They should go.", "They may go.")
    assert found == Collision("They should go.", "They may go.", (Span("must", "should", "may"),))


def test_neighbouring_words_are_for_a_person_to_read() -> None:
    for ours in ("They may protect all.", "They must not protect all."):
        found = rebase("They must protect all.", ours, "They must attack all.")
        assert isinstance(found, Collision)


def test_two_insertions_at_one_place_collide() -> None:
    assert isinstance(rebase("a b", "a x b", "a y b"), Collision)


def test_a_change_inside_what_the_other_removed_collides() -> None:
    ours = BASE.replace("Aid must reach people in need.\n\n", "")
    theirs = BASE.replace("people in need", "everyone in need")
    assert isinstance(rebase(BASE, ours, theirs), Collision)


@pytest.mark.parametrize("count", [1, 3])
def test_each_colliding_place_is_told(count: int) -> None:
    base = "\n\n".join(["They must go."] * count)
    found = rebase(base, base.replace("must", "should"), base.replace("must", "may"))
    assert isinstance(found, Collision)
    assert len(found.spans) == count


def test_arabic_changes_are_joined() -> None:
    assert rebase("حماية النساء في كل مكان", "صون النساء في كل مكان", "حماية النساء في كل وقت") == (
        Rebased("صون النساء في كل وقت")
    )
