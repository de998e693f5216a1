"""How a list is compiled so that it gives nobody away."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.organisations.schema import NETWORKS
from advocacy.signoff.rules import Outside

NAMED = "named"


@dataclass(frozen=True)
class NameJoined(Event):
    NAME = "lists.name-joined"
    release: str
    list_hash: str


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
    """A name under the text, as its organisation confirmed it. note: printed with the clauses.

    for_members: a network that signs on behalf of its members, by a recorded mandate (B19).
    """

    name: str
    network: bool
    logo: bool
    note: str
    clause_ids: tuple[str, ...]
    for_members: bool = False


@dataclass(frozen=True)
class SignedBy:
    """A list that may be shown. organisations, networks: all who stand behind it, named or not."""

    names: tuple[Name, ...]
    categories: tuple[tuple[str, int], ...]
    organisations: int
    networks: int


def compiled(
    shown: Iterable[Standing],
    *,
    smallest: int,
    earlier: Sequence[Sequence[Standing]],
    asked: Mapping[UUID, str],
) -> list[Standing]:
    """Put each organisation in its cell, or in none where the number would give it away.

    shown: with an empty cell each. earlier: the lists that went out before for this position: who
    was named there and is not any more is counted nowhere, and no number is printed that together
    with the numbers of any of those lists singles out too few (practice A1, invariant I13). asked:
    kind of every organisation on the roster: a number of all who could be in it tells of each.
    """
    once_named = {s.organisation_id for old in earlier for s in old if s.cell == NAMED}
    placed = [_placed(s, _wanted(s, once_named)) for s in shown]
    placed = _folded(placed, smallest, asked)
    whole = {c for c in _cells(placed) if _left_out(c, placed, asked) < LEFT_OUT}
    placed = [_placed(s, "") if s.cell in whole else s for s in placed]
    while told := _telling(placed, smallest, earlier):
        placed = [_placed(s, "") if s.cell in told else s for s in placed]
    return placed


LEFT_OUT = 2
"""How many who could be in a number must not be: one of them may be the reader itself."""


def _cells(placed: Iterable[Standing]) -> set[str]:
    return {s.cell for s in placed} - {NAMED, ""}


def _left_out(cell: str, placed: Iterable[Standing], asked: Mapping[UUID, str]) -> int:
    """How many of the roster could be in a cell, as far as a reader knows, and are not."""
    listed = list(placed)
    named = {s.organisation_id for s in listed if s.cell == NAMED}
    inside = {s.organisation_id for s in listed if s.cell == cell}
    return sum(_could(kind, cell) for o, kind in asked.items() if o not in named | inside)


def _could(kind: str, cell: str) -> bool:
    if cell.startswith("category:"):
        return cell == f"category:{kind}"
    return (kind in NETWORKS) == (cell == "networks")


def _telling(
    placed: Iterable[Standing], smallest: int, earlier: Sequence[Sequence[Standing]]
) -> set[str]:
    """The cells of this list that, laid beside all earlier ones, single out too few.

    Who stood in the same cells of every list cannot be told apart by any sum or difference of the
    numbers. So it is enough that no such group is small.
    """
    lists = [{s.organisation_id: s.cell for s in each} for each in (*earlier, placed)]
    groups: dict[tuple[str, ...], int] = {}
    for organisation in {o for each in lists for o in each}:
        where = tuple(each.get(organisation, "") for each in lists)
        groups[where] = groups.get(where, 0) + 1
    now = {where[-1] for where in groups} - {NAMED, ""}
    small = [w for w, n in groups.items() if n < smallest and set(w) - {NAMED, ""}]
    return {
        cell
        for cell in now
        if any(_meets(few, where) for few in small for where in groups if where[-1] == cell)
    }


def _meets(few: tuple[str, ...], where: tuple[str, ...]) -> bool:
    """True when a group shares a number with too few others, in some list."""
    return any(a == b and a not in {NAMED, ""} for a, b in zip(few, where, strict=True))


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


def _folded(placed: list[Standing], smallest: int, asked: Mapping[UUID, str]) -> list[Standing]:
    """A category with too few, or with nobody left out, joins the plain number."""
    sizes = _sizes(placed)
    joins = {
        cell
        for cell in sizes
        if cell.startswith("category:")
        and (sizes[cell] < smallest or _left_out(cell, placed, asked) < LEFT_OUT)
    }
    return [_placed(s, _counted(s)) if s.cell in joins else s for s in placed]


def _sizes(placed: Iterable[Standing]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for standing in placed:
        sizes[standing.cell] = sizes.get(standing.cell, 0) + 1
    return sizes


def still(standing: Standing, outside: str | None) -> bool:
    """Whether an organisation still allows what a list showed of it. outside: now; None = nothing.

    Who lowers after the release is gone from it and from its numbers, never moved from a name
    into a number: the difference would name it.
    """
    if outside is None:
        return False
    order = list(Outside)
    return order.index(Outside(outside)) >= order.index(Outside(standing.outside))


def today(entries: Iterable[Standing], now: Mapping[UUID, str]) -> list[Standing]:
    """A list less what was lowered since. now: how each is shown outside; absent = not at all.

    A number that somebody left is not printed any more: one less than before would tell readers
    of both that one has gone, and how many there are without it.
    """
    listed = list(entries)
    gone = {s.cell for s in listed if not still(s, now.get(s.organisation_id))} - {NAMED}
    return [s for s in listed if s.cell not in gone and still(s, now.get(s.organisation_id))]


def signed_by(
    standings: Iterable[Standing],
    *,
    smallest: int,
    named: Container[UUID] | None = None,
    for_members: Container[UUID] = (),
) -> SignedBy:
    """The list as it may be shown: names in order of the alphabet, numbers of whole cells.

    named: the only ones to name, of those that stand by name; None = all. The numbers stay: they
    say who stands behind the text, in any language. for_members: networks that sign for theirs.
    """
    listed = list(standings)
    sizes = {
        cell: number
        for cell, number in _sizes(listed).items()
        if cell not in {NAMED, ""} and number >= smallest
    }
    names = [
        (s.organisation_id, name_of(s, for_members=s.organisation_id in for_members))
        for s in listed
        if s.cell == NAMED
    ]
    categories = {c.removeprefix("category:"): n for c, n in sizes.items() if c.startswith("cat")}
    nets = sum(name.network for _who, name in names)
    networks = nets + sizes.get("networks", 0)
    plain = len(names) - nets + sizes.get("organisations", 0)
    for kind, number in categories.items():
        if kind in NETWORKS:
            networks += number
        else:
            plain += number
    kept = [name for who, name in names if named is None or who in named]
    return SignedBy(
        names=tuple(sorted(kept, key=lambda n: (n.name.casefold(), n.name))),
        categories=tuple(sorted(categories.items())),
        organisations=plain,
        networks=networks,
    )


def name_of(of: Standing, *, for_members: bool) -> Name:
    """A name as it is printed. for_members: what its mandate allows, were it a network."""
    network = of.kind_of in NETWORKS
    speaks = network and for_members
    return Name(of.shown_name, network, of.logo, of.note, of.clause_ids, speaks)


def as_json(signed: SignedBy) -> dict[str, Any]:
    """The list as it is kept and hashed."""
    return {
        "names": [{**asdict(name), "clause_ids": list(name.clause_ids)} for name in signed.names],
        "categories": [[kind, number] for kind, number in signed.categories],
        "organisations": signed.organisations,
        "networks": signed.networks,
    }


def addendum(name: Name, on: date, *, after: str) -> dict[str, Any]:
    """A name that joined a list, as it is kept and hashed. after: hash of what it is added to."""
    return {
        "after": after,
        "joined_on": on.isoformat(),
        "name": {**asdict(name), "clause_ids": list(name.clause_ids)},
    }
