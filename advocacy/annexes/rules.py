"""How many annexes a text takes, how two lists of them differ, and the room's events."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from advocacy.annexes.rows import AnnexChange, AnnexRow
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST = 10
MOST_TOTAL_BYTES = 30_000_000
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Added(Event):
    NAME = "annexes.added"
    sha256: str
    size: int


@dataclass(frozen=True)
class Changed(Event):
    NAME = "annexes.changed"
    number: int
    sha256: str


@dataclass(frozen=True)
class Removed(Event):
    NAME = "annexes.removed"
    number: int
    sha256: str


@dataclass(frozen=True)
class BroughtBack(Event):
    NAME = "annexes.brought-back"
    version: str


def faults(title: str, size: int, digest: str, *, others: Sequence[AnnexRow]) -> list[Reason]:
    """What is wrong with an annex beside the others. title: tidied. size: of its file, in bytes."""
    found = [] if title else [Reason("form.required", "title")]
    if len(title) > LONGEST_TITLE:
        found.append(Reason("form.too-long", "title", {"most": LONGEST_TITLE}))
    if title and title.casefold() in {row.title.casefold() for row in others}:
        found.append(Reason("annexes.title-taken", "title"))
    same = next((row.number for row in others if row.sha256 == digest), 0)
    if same:
        found.append(Reason("annexes.there-already", "file", {"number": same}))
    if len(others) >= MOST:
        found.append(Reason("annexes.too-many", "file", {"most": MOST}))
    if size + sum(row.size for row in others) > MOST_TOTAL_BYTES:
        most = MOST_TOTAL_BYTES // 1_000_000
        found.append(Reason("annexes.too-much", "file", {"most": most}))
    return found


def digest(rows: Iterable[AnnexRow]) -> str:
    """What a change of the list names as read: files, titles and order."""
    return sha256("\n".join(f"{row.id} {row.line}" for row in rows).encode()).hexdigest()


def basis(order_hash: str, rows: Sequence[AnnexRow]) -> str:
    """What a freeze names as read: the text, and with annexes these too."""
    return sha256(f"{order_hash} {digest(rows)}".encode()).hexdigest() if rows else order_hash


def compared(before: Sequence[AnnexRow], after: Sequence[AnnexRow]) -> list[AnnexChange]:
    """What changed in the annexes from one list to another, in the order of the later one."""
    old = {row.id: row for row in before}
    found = []
    for row in after:
        was = old.pop(row.id, None)
        kind = "new" if was is None else _change(was, row)
        if kind:
            found.append(AnnexChange(kind, was, row))
    return found + [AnnexChange("gone", row, None) for row in old.values()]


def differences(before: Sequence[AnnexRow], after: Sequence[AnnexRow]) -> Iterator[Reason]:
    """The same in words, for who signed the earlier list."""
    for change in compared(before, after):
        row = change.after or change.before
        if row is not None:
            yield Reason(f"annexes.is-{change.kind}", facts={"number": row.number})


def _change(was: AnnexRow, now: AnnexRow) -> str:
    if was.sha256 != now.sha256:
        return "replaced"
    if was.line != now.line:
        return "renamed"
    return "" if was.number == now.number else "moved"
