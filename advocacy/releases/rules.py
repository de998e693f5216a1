"""What a harm check needs, and how a list is compiled so that it gives nobody away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.organisations.schema import NETWORKS
from advocacy.signoff.rules import Outside

LONGEST = 4_000
CONSENTS = ("none-used", "given")
NAMED = "named"


@dataclass(frozen=True)
class HarmChecked(Event):
    NAME = "releases.harm-checked"
    version: str
    consent: str


@dataclass(frozen=True)
class Released(Event):
    NAME = "releases.released"
    release: str
    version: str
    channel: str
    content_hash: str
    list_hash: str


@dataclass(frozen=True)
class Harm:
    """A harm check as a person writes it (practice A9)."""

    by_speaking: str
    by_silence: str
    mitigation: str
    consent: str
    checked_by: str
    checked_on: date

    def tidied(self) -> "Harm":
        """Without blanks around the words."""
        return replace(
            self,
            by_speaking=self.by_speaking.strip(),
            by_silence=self.by_silence.strip(),
            mitigation=self.mitigation.strip(),
            checked_by=self.checked_by.strip(),
        )


@dataclass(frozen=True)
class Standing:
    """How one organisation stands in a list. cell: the number it is counted in; empty = none."""

    organisation_id: UUID
    outside: str
    cell: str
    kind_of: str
    shown_name: str = ""
    logo: bool = False
    note: str = ""
    clause_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """A name under the text, as its organisation confirmed it. note: printed with the clauses."""

    name: str
    network: bool
    logo: bool
    note: str
    clause_ids: tuple[str, ...]


@dataclass(frozen=True)
class SignedBy:
    """A list that may be shown. organisations, networks: all who stand behind it, named or not."""

    names: tuple[Name, ...]
    categories: tuple[tuple[str, int], ...]
    organisations: int
    networks: int


def harm_faults(harm: Harm, *, today: date) -> list[Reason]:
    """What is missing in a harm check."""
    faults = []
    for field in ("by_speaking", "by_silence", "mitigation", "checked_by"):
        words = getattr(harm, field)
        if not words:
            faults.append(Reason("form.required", field))
        if len(words) > LONGEST:
            faults.append(Reason("form.too-long", field, {"most": LONGEST}))
    if harm.consent not in CONSENTS:
        faults.append(Reason("releases.consent", "consent"))
    if harm.checked_on > today:
        faults.append(Reason("releases.checked-later", "checked_on"))
    return faults


def compiled(
    shown: Iterable[Standing], *, smallest: int, earlier: Sequence[Sequence[Standing]]
) -> list[Standing]:
    """Put each organisation in its cell, or in none where the number would give it away.

    shown: with an empty cell each. earlier: the lists that went out before for this position: who
    was named there and is not any more is counted nowhere, and a cell that differs from an earlier
    one by too few is not printed (practice A1, invariant I13).
    """
    once_named = {s.organisation_id for old in earlier for s in old if s.cell == NAMED}
    placed = [_placed(s, _wanted(s, once_named)) for s in shown]
    placed = _folded(placed, smallest)
    cells = {s.cell for s in placed} - {NAMED, ""}
    small = {cell for cell in cells if _gives_away(cell, placed, smallest, earlier)}
    return [_placed(s, "") if s.cell in small else s for s in placed]


def _placed(standing: Standing, cell: str) -> Standing:
    return replace(standing, cell=cell)


def _wanted(standing: Standing, once_named: set[UUID]) -> str:
    if standing.outside == Outside.NAMED:
        return NAMED
    if standing.organisation_id in once_named:
        return ""
    if standing.outside == Outside.CATEGORY:
        return f"category:{standing.kind_of}"
    return _counted(standing)


def _counted(standing: Standing) -> str:
    return "networks" if standing.kind_of in NETWORKS else "organisations"


def _folded(placed: list[Standing], smallest: int) -> list[Standing]:
    """A category with too few joins the plain number."""
    sizes = _sizes(placed)
    return [
        _placed(s, _counted(s))
        if s.cell.startswith("category:") and sizes[s.cell] < smallest
        else s
        for s in placed
    ]


def _sizes(placed: Iterable[Standing]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for standing in placed:
        sizes[standing.cell] = sizes.get(standing.cell, 0) + 1
    return sizes


def _gives_away(
    cell: str,
    placed: Iterable[Standing],
    smallest: int,
    earlier: Sequence[Sequence[Standing]],
) -> bool:
    now = {s.organisation_id for s in placed if s.cell == cell}
    if len(now) < smallest:
        return True
    for old in earlier:
        then = {s.organisation_id for s in old if s.cell == cell}
        if any(0 < len(difference) < smallest for difference in (now - then, then - now)):
            return True
    return False


def still(standing: Standing, outside: str | None) -> bool:
    """Whether an organisation still allows what a list showed of it. outside: now; None = nothing.

    Who lowers after the release is gone from it and from its numbers, never moved from a name
    into a number: the difference would name it.
    """
    if outside is None:
        return False
    order = list(Outside)
    return order.index(Outside(outside)) >= order.index(Outside(standing.outside))


def signed_by(standings: Iterable[Standing], *, smallest: int) -> SignedBy:
    """The list as it may be shown: names in order of the alphabet, numbers of whole cells."""
    listed = list(standings)
    sizes = {
        cell: number
        for cell, number in _sizes(listed).items()
        if cell not in {NAMED, ""} and number >= smallest
    }
    names = [
        Name(s.shown_name, s.kind_of in NETWORKS, s.logo, s.note, s.clause_ids)
        for s in listed
        if s.cell == NAMED
    ]
    categories = {c.removeprefix("category:"): n for c, n in sizes.items() if c.startswith("cat")}
    networks = sum(name.network for name in names) + sizes.get("networks", 0)
    plain = len(names) - sum(name.network for name in names) + sizes.get("organisations", 0)
    for kind, number in categories.items():
        if kind in NETWORKS:
            networks += number
        else:
            plain += number
    return SignedBy(
        names=tuple(sorted(names, key=lambda n: (n.name.casefold(), n.name))),
        categories=tuple(sorted(categories.items())),
        organisations=plain,
        networks=networks,
    )


def as_json(signed: SignedBy) -> dict[str, Any]:
    """The list as it is kept and hashed."""
    return {
        "names": [{**asdict(name), "clause_ids": list(name.clause_ids)} for name in signed.names],
        "categories": [[kind, number] for kind, number in signed.categories],
        "organisations": signed.organisations,
        "networks": signed.networks,
    }


def gate_faults(facts: Mapping[str, bool]) -> list[Reason]:
    """What stands between a version and its release; each fact is true when it is in order."""
    return [Reason(f"releases.{name}") for name in GATE if not facts[name]]


GATE = ("round-over", "someone-endorses", "nothing-blocks", "harm-checked")
