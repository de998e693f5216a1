from dataclasses import FrozenInstanceError, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause, Terms, clause_hash, content_hash, plain_digest, short

ONE = Clause(UUID(int=1), "paragraph", "Access", "All parties must let aid through.")
TWO = Clause(UUID(int=2), "ask", "", "We ask the Council to act.")
TERMS = Terms("public", "web", "named")


def hashed(**changes: Any) -> str:
    usual: dict[str, Any] = {
        "title": "Joint statement",
        "language": "en",
        "clauses": [ONE, TWO],
        "terms": TERMS,
        "annexes": ("aa", "bb"),
    }
    return content_hash(**(usual | changes))


def test_the_bytes_that_are_hashed_are_the_published_ones() -> None:
    # A receipt must be checkable for years by a program that is not ours.
    written = (
        '{"cid":"00000000-0000-0000-0000-000000000002","heading":"","kind":"ask","lang":"",'
        '"text":"We ask the Council to act."}'
    )
    whole = (
        '{"annexes":[],"clauses":[' + written + '],"form":1,"language":"en","of":"text",'
        '"terms":{"attribution":"named","audience":"public","channel":"web","embargo":"",'
        '"unnamed":""},"title":"T"}'
    )
    assert content_hash("T", "en", [TWO], TERMS) == sha256(whole.encode()).hexdigest()
    clause = (
        '{"form":1,"heading":"","kind":"ask","lang":"","of":"clause",'
        '"text":"We ask the Council to act."}'
    )
    assert TWO.hash == clause_hash(TWO) == sha256(clause.encode()).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Joint statement."},
        {"language": "fr"},
        {"clauses": [TWO, ONE]},
        {"clauses": [ONE]},
        {"clauses": [replace(ONE, cid=UUID(int=3)), TWO]},
        {"clauses": [replace(ONE, kind="ask"), TWO]},
        {"clauses": [replace(ONE, heading="access"), TWO]},
        {"clauses": [replace(ONE, lang="en"), TWO]},
        {"annexes": ("bb", "aa")},
        {"annexes": ()},
        *({"terms": replace(TERMS, **{name: "other"})} for name in Terms.__dataclass_fields__),
    ],
)
def test_whatever_is_signed_changes_the_hash(changes: dict[str, Any]) -> None:
    assert hashed(**changes) != hashed()


@given(st.text(min_size=1), st.data())
def test_any_one_character_changes_both_hashes(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    other = text[:at] + data.draw(st.characters()) + text[at + 1 :]
    assume(normalise(other) != normalise(text))
    before, after = replace(ONE, text=text), replace(ONE, text=other)
    assert before.hash != after.hash
    assert hashed(clauses=[before]) != hashed(clauses=[after])


@given(st.text())
def test_what_normalising_takes_away_is_not_in_the_hash(text: str) -> None:
    assert replace(ONE, text=f"\r\n{text}  \r\n").hash == replace(ONE, text=text).hash


def test_words_cannot_wander_between_heading_and_text() -> None:
    assert replace(ONE, heading="a b", text="c").hash != replace(ONE, heading="a", text="b c").hash


def test_a_clause_hash_says_nothing_of_its_identity() -> None:
    assert replace(ONE, cid=UUID(int=9)).hash == ONE.hash


def test_a_clause_cannot_be_changed_under_its_hash() -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(ONE, "text", "other")  # noqa: B010 - mypy would refuse the plain form


def test_a_printed_copy_is_found_by_its_plain_digest() -> None:
    assert plain_digest("We **must** act”") == plain_digest('We must\nact"')
    assert plain_digest("We must act") != plain_digest("We must not act")


def test_the_short_form_is_twelve_signs() -> None:
    assert short(ONE.hash) == ONE.hash[:12]
