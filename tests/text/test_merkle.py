"""The tree of RFC 6962: what it holds can be shown, and that it only grew."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.formats.verify_receipt import Refused, Tree, check_growth, root_by_path
from advocacy.text import merkle


def leaves(number: int) -> list[bytes]:
    return [merkle.leaf(bytes([n % 256, n // 256])) for n in range(number)]


def test_the_roots_are_those_of_the_rfc() -> None:
    """The test vectors that the first implementation of RFC 6962 came with."""
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    entries.append("606162636465666768696a6b6c6d6e6f")
    hashes = [merkle.leaf(bytes.fromhex(entry)) for entry in entries]
    assert merkle.root([]).hex() == sha256(b"").hexdigest()
    assert merkle.root(hashes[:1]).hex().startswith("6e340b9cffb37a98")
    assert merkle.root(hashes[:3]).hex().startswith("aeb6bcfe274b70a1")
    assert merkle.root(hashes).hex().startswith("5dc9da79a70659a9")


@given(st.integers(1, 200), st.data())
def test_every_leaf_leads_to_the_root_and_to_no_other(size: int, data: st.DataObject) -> None:
    hashes, index = leaves(size), data.draw(st.integers(0, size - 1))
    path = merkle.path(index, hashes)
    assert root_by_path(hashes[index], index, size, path) == merkle.root(hashes)
    assert root_by_path(merkle.leaf(b"?"), index, size, path) != merkle.root(hashes)
    with pytest.raises(Refused):
        root_by_path(hashes[index], index, size, [*path, hashes[0]])


@given(st.integers(1, 120), st.data())
def test_growth_is_shown_and_a_rewritten_log_is_not_growth(size: int, data: st.DataObject) -> None:
    hashes, first = leaves(size), data.draw(st.integers(0, size))
    old, new = Tree(first, merkle.root(hashes[:first])), Tree(size, merkle.root(hashes))
    proof = merkle.growth(first, hashes)
    check_growth(old, new, proof)
    if first:
        changed = [merkle.leaf(b"!"), *hashes[1:first]]
        with pytest.raises(Refused):
            check_growth(Tree(first, merkle.root(changed)), new, proof)
    for at in range(len(proof)):
        with pytest.raises(Refused):
            check_growth(old, new, [*proof[:at], b"\0" * 32, *proof[at + 1 :]])


@given(st.integers(0, 5), st.integers(1, 9), st.data())
def test_the_roots_of_whole_batches_stand_for_their_leaves(
    power: int, batches: int, data: st.DataObject
) -> None:
    size = 2**power
    hashes, first = leaves(size * batches), data.draw(st.integers(0, batches))
    roots = [merkle.root(hashes[n * size : (n + 1) * size]) for n in range(batches)]
    assert merkle.root(roots) == merkle.root(hashes)
    assert merkle.growth(first, roots) == merkle.growth(first * size, hashes)
    at = data.draw(st.integers(0, len(hashes) - 1))
    inside = merkle.path(at % size, hashes[at // size * size : (at // size + 1) * size])
    assert [*inside, *merkle.path(at // size, roots)] == merkle.path(at, hashes)
