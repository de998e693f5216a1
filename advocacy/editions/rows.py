"""What goes into a file."""

from dataclasses import dataclass

from advocacy.ground.reasons import Reason
from advocacy.positions.rows import VersionRow
from advocacy.releases.rows import HarmRow
from advocacy.signoff.rows import RosterLine, RoundRow
from advocacy.text.diff import ClauseChange


@dataclass(frozen=True)
class Labels:
    """Words of an edition, in the reader's language.

    lines: under the title. adopted_by: the heading over the bodies that adopted it; adopted: each
    with its day, apart from all who signed; empty = none. annexes: the heading over annexed, the
    files that go with it. listed: the heading over who stands behind it; empty where bodies alone
    do. parts: under it, in order: a total, names, categories. notes: the heading over
    reservations. foot: of each page.
    """

    lines: tuple[str, ...]
    listed: str
    parts: tuple[str, ...]
    names: tuple[str, ...]
    closing: tuple[str, ...]
    notes: str
    foot: str
    adopted_by: str = ""
    adopted: tuple[str, ...] = ()
    annexes: str = ""
    annexed: tuple[str, ...] = ()
    joined: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Pack:
    """What headquarters needs to clear a text, as one organisation may know it.

    before: the version that the organisation last answered; changes since then. others: answers of
    other organisations that this one may see. harm: None while it is not written.
    """

    round: RoundRow
    version: VersionRow
    lead: str
    before: VersionRow | None
    changes: tuple[ClauseChange, ...]
    annex_changes: tuple[Reason, ...]
    others: tuple[RosterLine, ...]
    harm: HarmRow | None


@dataclass(frozen=True)
class PackWords:
    """Words of a pack, in the reader's language.

    facts: (what, words) in order. others: lines about who else is asked. harm: (what, words).
    changed: the line over the changes. number: of a clause, with %d.
    """

    eyebrow: str
    facts: tuple[tuple[str, str], ...]
    changes: str
    changed: str
    others: str
    other_lines: tuple[str, ...]
    harm: str
    harm_facts: tuple[tuple[str, str], ...]
    text: str
    clause: str
    moved: str
    foot: str
    annexes: str = ""
    annexed: tuple[str, ...] = ()
