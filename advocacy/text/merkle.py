"""A tree of hashes as in RFC 6962, section 2.1: what a log holds, and that it only ever grows.

Every function takes the hashes of the leaves, in order. Where the leaves come in batches of one
size, and that size is a power of two, the roots of the batches stand for them: the tree over whole
batches is the tree over their leaves.
"""

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


def leaf(data: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(LEAF + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two that stand side by side."""
    return sha256(NODE + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The hash of the whole tree; of an empty one SHA-256 of nothing."""
    if not hashes:
        return sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        # Who has nobody at the side goes up as it is: the same as the split of the RFC.
        above = [node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level = above + level[len(above) * 2 :]
    return level[0]


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """What leads from a leaf to the root, lowest first (section 2.1.1).

    Raises: IndexError when there is no such leaf.
    """
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    level, found = list(hashes), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside])
        above = [node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level, index = above + level[len(above) * 2 :], index // 2
    return found


def growth(first: int, hashes: Sequence[bytes]) -> list[bytes]:
    """Proof that the tree of the first leaves is the beginning of this one (section 2.1.2).

    Raises: IndexError when the first is larger than the whole.
    """
    if not 0 <= first <= len(hashes):
        raise IndexError(first)
    if first in {0, len(hashes)}:
        return []
    return _growth(first, hashes, is_known=True)


def _growth(first: int, hashes: Sequence[bytes], *, is_known: bool) -> list[bytes]:
    """is_known: the reader holds the root of exactly these leaves."""
    if first == len(hashes):
        return [] if is_known else [root(hashes)]
    half = 1 << ((len(hashes) - 1).bit_length() - 1)
    if first <= half:
        return [*_growth(first, hashes[:half], is_known=is_known), root(hashes[half:])]
    return [*_growth(first - half, hashes[half:], is_known=False), root(hashes[:half])]
