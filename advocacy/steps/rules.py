"""Who is told when a confirmation falls."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from advocacy.asks.rules import Kind, Progress


class Said(Protocol):
    """What is read of an act on progress."""

    @property
    def id(self) -> UUID: ...
    @property
    def previous_id(self) -> UUID | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def organisation_id(self) -> UUID | None: ...


def fallen(acts: Iterable[Said], us: UUID | None) -> str:
    """How an organisation is told that a confirmation fell with its evidence; empty: it is not.

    acts: all on the progress of one ask. "unproven" for who reported it, "unconfirmed" for who
    confirmed it; nobody once a later step says where it stands.
    """
    after = {act.previous_id: act for act in acts}
    before, step, by = "", after.get(None), dict[str, UUID | None]()
    while step is not None:
        if step.kind == Kind.CLAIM:
            by = {"unproven": step.organisation_id}
        elif step.kind == Kind.VERIFY:
            by["unconfirmed"] = step.organisation_id
        fell = step.kind == Kind.WITHDRAW_EVIDENCE and step.value == Progress.CLAIMED
        before = "fell" if fell and (before or "unconfirmed" in by) else ""
        step = after.get(step.id)
    return next((kind for kind, who in by.items() if before and who == us), "")
