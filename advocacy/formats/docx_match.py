"""Which clause each paragraph belongs to: by the bookmarks around it, else by its words.

*Owners* are the clauses that paragraphs belong to, None where nobody knows yet.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from rapidfuzz.fuzz import ratio

from advocacy.formats.docx import Block, Role, nothing, view
from advocacy.formats.docx_clauses import cid_of
from advocacy.formats.docx_markdown import markdown_of

Owners = list[UUID | None]

ALIKE = 70
"""Of 100: two wordings of one clause. Two clauses of one text are rarely as near to each other."""

_MOST_PAIRS = 40_000
"""Of paragraphs and clauses compared, so that a page answers in time whatever is in a file."""


def owners(
    blocks: Sequence[Block],
    wanted: Mapping[UUID, Callable[[], Sequence[Block]]],
    unsure: Collection[UUID] = (),
) -> Owners:
    """Whose each paragraph is. wanted: how the clauses read; unsure: those of which none knows."""
    found = _marked(blocks, {*wanted, *unsure})
    there = set(found)
    lost = {cid: read() for cid, read in wanted.items() if cid not in there}
    if not lost:
        return found
    keys = ["".join(keys_of(view([block], nothing))) for block in blocks]
    verbatim(keys, {cid: keys_of(read) for cid, read in lost.items()}, found)
    there = set(found)
    aside = (Role.TITLE, Role.NOTE)
    words = ["" if block.role in aside else block.words for block in blocks]
    left = {cid: [b.words for b in read] for cid, read in lost.items() if cid not in there}
    alike(words, left, found)
    return found


def places(owners: Owners) -> dict[UUID, list[int]]:
    """The paragraphs of each clause, in their order."""
    found: dict[UUID, list[int]] = {}
    for at, owner in enumerate(owners):
        if owner is not None:
            found.setdefault(owner, []).append(at)
    return found


def commented(blocks: Sequence[Block]) -> dict[str, int]:
    """The first paragraph that each comment lies over."""
    found: dict[str, int] = {}
    for at, block in enumerate(blocks):
        for run in block.runs:
            for number in run.comments:
                found.setdefault(number, at)
    return found


def keys_of(blocks: Iterable[Block]) -> list[str]:
    """What each paragraph is and says, to be looked for."""
    return [f"{block.role}{block.level} {markdown_of([block])}" for block in blocks]


def _marked(blocks: Sequence[Block], cids: Collection[UUID]) -> Owners:
    """By bookmarks: from where a clause's first one begins to where its last one ends."""
    first = {cid: at for at, cid in reversed(_marks(blocks, "starts", cids))}
    last = {cid: at for at, cid in _marks(blocks, "ends", cids)}
    starting = {at: cid for cid, at in first.items()}
    found: Owners = []
    now: UUID | None = None
    for at in range(len(blocks)):
        now = starting.get(at, now)
        found.append(now)
        if now is not None and last.get(now, at - 1) == at:
            now = None
    return found


def _marks(blocks: Sequence[Block], which: str, cids: Collection[UUID]) -> list[tuple[int, UUID]]:
    """(block, clause) of each bookmark of a clause of this text that starts or ends."""
    return [
        (at, cid)
        for at, block in enumerate(blocks)
        for cid in map(cid_of, getattr(block, which))
        if cid is not None and cid in cids
    ]


def share(blocks: Sequence[Block], texts: Sequence[Sequence[Block]]) -> float:
    """How many of these texts, of 1, stand in the file word for word; two must, to say anything."""
    there = Counter(key for block in blocks for key in keys_of(view([block], nothing)))
    wanted = [Counter(keys_of(text)) for text in texts if text]
    found = sum(one <= there for one in wanted)
    return found / len(wanted) if found > 1 else 0.0


def verbatim(keys: Sequence[str], wanted: Mapping[UUID, Sequence[str]], owners: Owners) -> None:
    """Give paragraphs that read as a clause read, sign by sign, to that clause."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        places[key].append(at)
    for cid, parts in wanted.items():
        for at in places.get(parts[0], ()) if parts else ():
            here = slice(at, at + len(parts))
            if list(keys[here]) == list(parts) and not any(owners[here]):
                owners[here] = [cid] * len(parts)
                break


def alike(words: Sequence[str], wanted: Mapping[UUID, Sequence[str]], owners: Owners) -> None:
    """Give paragraphs to the one clause they are alike to, where they are the only such ones.

    Where a paragraph is like two clauses, or a clause like two paragraphs, nobody can be sure.
    """
    free = sum(owner is None for owner in owners)
    if free * len(wanted) > _MOST_PAIRS:
        return
    found = [(cid, here) for cid, parts in wanted.items() for here in _alike(words, parts, owners)]
    of_clause = Counter(cid for cid, _here in found)
    of_block = Counter(at for _cid, here in found for at in here)
    for cid, here in found:
        if of_clause[cid] == 1 and all(of_block[at] == 1 for at in here):
            owners[here.start : here.stop] = [cid] * len(here)


def _alike(words: Sequence[str], parts: Sequence[str], owners: Owners) -> Iterator[range]:
    text, size = "\n".join(parts), len(parts)
    if not text.strip():
        return
    for at in range(len(words) - size + 1):
        if any(owners[at : at + size]) or not all(words[at : at + size]):
            continue
        if ratio(text, "\n".join(words[at : at + size]), score_cutoff=ALIKE):
            yield range(at, at + size)
