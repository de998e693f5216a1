"""A version as a file, and the edits that bring one back; the room's event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from advocacy.annexes.rows import AnnexRow
from advocacy.audit.rules import Event
from advocacy.discussion.rows import ThreadRow
from advocacy.discussion.schema import Outcome, Reach
from advocacy.drafting.rules import Edit, Insert, Move, Remove, Replace
from advocacy.positions.rows import VersionRow
from advocacy.positions.rules import WRITABLE
from advocacy.positions.schema import Stage
from advocacy.text.hashes import Clause
from advocacy.versions.rows import Heard


@dataclass(frozen=True)
class Restored(Event):
    NAME = "versions.restored"
    version: str
    number: int


def can_come_back(stage: str) -> bool:
    """Whether a version can become the draft again: no round runs, and nothing has gone out."""
    return Stage(stage) in WRITABLE | {Stage.FROZEN}


def heard(threads: Iterable[ThreadRow], mine: UUID | None) -> Heard:
    """What the lead did with the comments that an organisation made before others."""
    rows = [t for t in threads if t.organisation_id == mine and t.reach is not Reach.OWN]
    done = [row.disposition.outcome for row in rows if row.disposition]
    return Heard(
        total=len(rows),
        taken=done.count(Outcome.ACCEPTED) + done.count(Outcome.CHANGED),
        noted=done.count(Outcome.NOTED),
        refused=done.count(Outcome.REJECTED),
        waiting=sum(row.is_open and row.disposition is None for row in rows),
    )


def words_back(now: Sequence[Clause], wanted: Sequence[Clause]) -> list[tuple[Edit, str]]:
    """What goes, and what gets its earlier words; each edit with the hash it is based on."""
    then = {clause.cid: clause for clause in wanted}
    found: list[tuple[Edit, str]] = []
    for clause in now:
        old = then.get(clause.cid)
        if old is None:
            found.append((Remove(clause.cid), clause.hash))
        elif (old.heading, old.text) != (clause.heading, clause.text):
            found.append((Replace(clause.cid, old.heading, old.text), clause.hash))
    return found


def order_back(now: Sequence[Clause], wanted: Sequence[Clause]) -> list[Edit]:
    """The moves after which the clauses that both texts have stand as in the earlier one."""
    there = {clause.cid for clause in now}
    target = [clause.cid for clause in wanted if clause.cid in there]
    order = [clause.cid for clause in now if clause.cid in set(target)]
    found: list[Edit] = []
    for at, cid in enumerate(target):
        if order[at] != cid:
            order.remove(cid)
            order.insert(at, cid)
            found.append(Move(cid, target[at - 1] if at else None))
    return found


def clauses_back(now: Sequence[Clause], wanted: Sequence[Clause]) -> list[Edit]:
    """New clauses for those that are gone, each after its old neighbour.

    The last first: all are placed after clauses that stand there already.
    """
    there = {clause.cid for clause in now}
    found: list[Edit] = []
    after: UUID | None = None
    for clause in wanted:
        if clause.cid in there:
            after = clause.cid
        else:
            found.append(Insert(after, clause.kind, clause.heading, clause.text))
    return found[::-1]


def annex_kept(row: AnnexRow) -> dict[str, Any]:
    """An annex as it is kept with a text that somebody read."""
    return {**asdict(row), "id": str(row.id), "file_id": str(row.file_id)}


def annex_of(kept: Mapping[str, Any]) -> AnnexRow:
    """The same, read again."""
    ids = {"id": UUID(kept["id"]), "file_id": UUID(kept["file_id"])}
    return AnnexRow(**{**kept, **ids, "tells": tuple(kept["tells"])})


def as_markdown(of: VersionRow) -> str:
    """A version as Markdown: title, clauses, and what was frozen with them."""
    parts = [f"# {of.title}"]
    for clause in of.clauses:
        parts += [f"## {clause.heading}"] if clause.heading else []
        parts += [clause.text] if clause.text else []
    return "\n\n".join([*parts, "---", *_foot(of)]) + "\n"


def as_text(of: VersionRow) -> str:
    """A version as plain text, the words as they were written."""
    parts = [of.title, "=" * 60]
    for number, clause in enumerate(of.clauses, 1):
        parts.append(f"{number}. {clause.heading}\n\n{clause.text}".strip())
    return "\n\n".join([*parts, "-" * 60, *_foot(of)]) + "\n"


def _foot(of: VersionRow) -> list[str]:
    # Machine words, the same in every language: they name the version, they are not its text.
    terms = of.terms
    lines = (
        f"version: {of.number}",
        f"sha-256: {of.content_hash}",
        f"frozen: {of.frozen_at.isoformat()}",
        f"audience: {terms.audience}",
        f"channel: {terms.channel}",
        f"attribution: {terms.attribution}",
        *(f"annex {row.number}: {row.line}" for row in of.annexes),
    )
    return ["  \n".join(lines)]
