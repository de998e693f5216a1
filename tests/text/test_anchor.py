from dataclasses import replace
from uuid import UUID

import pytest

from advocacy.text.anchor import Anchor, Placement, anchor_to, place
from advocacy.text.hashes import Clause

CLAUSE = Clause(UUID(int=1), "paragraph", "Access", "All parties **must** let aid\nthrough, now.")
OTHER = Clause(UUID(int=2), "paragraph", "", "All parties must let aid through, now.")


def test_an_unchanged_clause_is_the_same_wherever_it_stands() -> None:
    assert place(anchor_to(CLAUSE), [OTHER, CLAUSE]) is Placement.SAME


def test_a_clause_that_left_is_gone_even_if_its_words_stand_elsewhere() -> None:
    assert place(anchor_to(CLAUSE, "let aid"), [OTHER]) is Placement.GONE
    assert place(anchor_to(CLAUSE), []) is Placement.GONE


def test_without_a_quote_any_change_counts() -> None:
    changed = replace(CLAUSE, text=CLAUSE.text + "!")
    assert place(anchor_to(CLAUSE), [changed]) is Placement.CHANGED


@pytest.mark.parametrize(
    ("quote", "text", "placement"),
    [
        ("let aid through", "All must let aid through.", Placement.SAME),
        ("must let aid through", "They **must** let\naid through.", Placement.SAME),
        ("let aid through", "All must let help through.", Placement.CHANGED),
        ("Access", "Other words.", Placement.SAME),
        ("able", "unable to go", Placement.CHANGED),
        ("able", "unable, but able", Placement.SAME),
        ("go", "going", Placement.CHANGED),
        ("women, children", "women children", Placement.CHANGED),
        ("Must", "must", Placement.CHANGED),
        ("حق", "حقوق الناس", Placement.CHANGED),
        ("حق", "حق\u0651 الناس", Placement.CHANGED),
        ("حق الناس", "هذا حق الناس", Placement.SAME),
        (" \n", "any", Placement.CHANGED),
    ],
)
def test_a_quote_holds_while_its_words_stand(quote: str, text: str, placement: Placement) -> None:
    anchor = Anchor(CLAUSE.cid, CLAUSE.hash, quote)
    assert place(anchor, [replace(CLAUSE, text=text)]) is placement


def test_a_clause_put_back_to_its_words_is_the_same_again() -> None:
    anchor = anchor_to(CLAUSE)
    assert place(anchor, [replace(replace(CLAUSE, text="x"), text=CLAUSE.text)]) is Placement.SAME
