import random
import time
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.text.diff import Change, Op, compare, summary, tokens, words
from advocacy.text.hashes import Clause, clause_hash

S, R, A = Op.SAME, Op.REMOVED, Op.ADDED

prose = st.lists(
    st.sampled_from(["must", "not", "the", "aid", "حق", "النساء", "平民", " ", " ", "\n", ".", ","])
).map("".join)


def clause(number: int, text: str = "") -> Clause:
    return Clause(UUID(int=number), "paragraph", "", text or f"Clause {number}.")


@given(st.text() | prose)
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.text() | prose, st.text() | prose)
def test_a_difference_holds_both_texts_whole(a: str, b: str) -> None:
    found = words(a, b)
    assert "".join(text for op, text in found if op is not A) == a
    assert "".join(text for op, text in found if op is not R) == b
    assert all(text for _, text in found)
    assert all(one[0] is not other[0] for one, other in pairwise(found))


@given(prose)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {op for op, _ in words(text, text)} <= {S}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("We must act.", "We must not act.", [(S, "We must "), (A, "not "), (S, "act.")]),
        ("an old word here", "an new phrase here", [
            (S, "an "), (R, "old word"), (A, "new phrase"), (S, " here")]),
        ("1,200 people", "1,300 people", [(R, "1,200"), (A, "1,300"), (S, " people")]),
        ("حماية النساء الآن", "حماية الأطفال الآن", [
            (S, "حماية "), (R, "النساء"), (A, "الأطفال"), (S, " الآن")]),
        ("حقّ العودة", "حقُّ العودة", [(R, "حقّ"), (A, "حقُّ"), (S, " العودة")]),
        ("保护平民", "保护儿童", [(S, "保护"), (R, "平民"), (A, "儿童")]),
        ("We ask for access now.", "Intro.\nWe ask for access today.", [
            (A, "Intro.\n"), (S, "We ask for access "), (R, "now"), (A, "today"), (S, ".")]),
        ("We ask for access now.", "We ask for access today.\nOutro!", [
            (S, "We ask for access "), (R, "now"), (A, "today"), (S, "."), (A, "\nOutro!")]),
        ("", "new", [(A, "new")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_differences_as_read(a: str, b: str, expected: list[tuple[Op, str]]) -> None:
    assert words(a, b) == expected


def test_each_kind_of_change_is_told() -> None:
    before = [clause(1), clause(2), clause(3), clause(4)]
    after = [clause(4), clause(1), clause(5), replace(clause(3), text="Clause three.")]
    found = [(c.cid.int, c.kind, c.number_before, c.number_after) for c in compare(before, after)]
    assert found == [
        (4, Change.MOVED, 4, 1),
        (1, Change.UNCHANGED, 1, 2),
        (2, Change.REMOVED, 2, None),
        (5, Change.ADDED, None, 3),
        (3, Change.CHANGED, 3, 4),
    ]
    assert summary(compare(before, after)) == dict.fromkeys(Change, 1)


def test_a_clause_that_moved_and_changed_says_both() -> None:
    found = compare([clause(1), clause(2), clause(3)], [clause(3, "Other."), clause(1), clause(2)])
    assert [(c.kind, c.moved) for c in found] == [
        (Change.CHANGED, True),
        (Change.UNCHANGED, False),
        (Change.UNCHANGED, False),
    ]


def test_a_changed_heading_or_kind_is_a_change() -> None:
    old = clause(1)
    (heading,) = compare([old], [replace(old, heading="New")])
    assert (heading.kind, heading.heading_words) == (Change.CHANGED, [(A, "New")])
    (kind,) = compare([old], [replace(old, kind="ask")])
    assert kind.kind is Change.CHANGED


def test_another_way_of_typing_the_same_text_is_no_change() -> None:
    (change,) = compare([clause(1, "e\u0301  \r\nb")], [clause(1, "\u00e9\nb")])
    assert change.kind is Change.UNCHANGED


def test_the_first_and_last_clauses_removed_keep_their_places() -> None:
    found = compare([clause(1), clause(2), clause(3)], [clause(2)])
    assert [c.cid.int for c in found] == [1, 2, 3]
    assert [c.cid.int for c in compare([clause(1), clause(2)], [])] == [1, 2]


@given(st.permutations(range(1, 8)), st.permutations(range(4, 11)))
def test_every_clause_of_both_texts_is_told_once(a: list[int], b: list[int]) -> None:
    found = compare([clause(n) for n in a], [clause(n) for n in b])
    assert [c.cid.int for c in found if c.after] == b
    assert sorted(c.cid.int for c in found if c.before) == sorted(a)
    assert len({c.cid for c in found}) == len(found)
    held = [c.cid.int for c in found if c.kind is Change.UNCHANGED]
    assert held == [n for n in a if n in held]


def test_one_identity_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="same identity"):
        compare([clause(1)], [clause(1), clause(1)])


def test_twenty_pages_are_compared_at_once() -> None:
    # A ratio to hashing the same text, so that any machine can check it: measured 1.3, and some
    # thousands when all words are compared at once.
    chance = random.Random(1)
    vocabulary = [f"word{n}" for n in range(2_000)]
    before = [clause(n, " ".join(chance.choices(vocabulary, k=118))) for n in range(1, 101)]
    after = [
        replace(old, text=old.text.replace(" word", " other", 1)) if old.cid.int % 2 else old
        for old in before
    ]
    ratios = []
    for _ in range(5):
        start = time.perf_counter()
        assert all(clause_hash(one) for one in before + after)
        hashed = time.perf_counter()
        found = compare([replace(old) for old in before], [replace(new) for new in after])
        ratios.append((time.perf_counter() - hashed) / (hashed - start))
    assert summary(found)[Change.CHANGED] == 50
    assert min(ratios) < 10
