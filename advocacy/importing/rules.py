"""Comparing a file with what is here. Pure: nothing is written."""

import hashlib
from collections.abc import Iterable, Mapping

from advocacy.formats.csv import RefusedRow
from advocacy.ground.reasons import Reason
from advocacy.importing.rows import Clash, Existing, Item, Matcher, Plan, R


def plan(
    lines: Iterable[tuple[int, R]],
    mapper: Matcher[R],
    *,
    refused: Iterable[RefusedRow] = (),
    conflicts: Iterable[Clash] = (),
) -> Plan[R]:
    """What an import would do.

    lines: (first line in the file, record). refused, conflicts: what reading the file found; a
    second record with the key of an earlier one is refused here.
    """
    here = mapper.existing()
    items: dict[str, Item[R]] = {}
    turned_away = list(refused)
    for line, record in lines:
        key = mapper.key(record)
        if key in items:
            turned_away.append(RefusedRow(line, Reason("importing.repeated", facts={"line": line})))
            continue
        items[key] = Item(key, mapper.fingerprint(record), record, here.get(key))
    found = items.values()
    return Plan(
        kind=mapper.kind,
        new=tuple(item for item in found if item.existing is None),
        changed=tuple(item for item in found if _is_changed(item)),
        same=tuple(item for item in found if item.existing and not _is_changed(item)),
        missing=tuple(sorted(set(here) - set(items))),
        refused=tuple(sorted(turned_away, key=lambda row: row.line)),
        conflicts=tuple(conflicts),
        basis=basis(here),
    )


def basis(here: Mapping[str, Existing]) -> str:
    """A hash of what is here: a plan made on another basis is stale."""
    digest = hashlib.sha256()
    for key in sorted(here):
        digest.update(f"{key}\x1f{here[key].target_id}\x1f{here[key].fingerprint}\x1e".encode())
    return digest.hexdigest()


def _is_changed(item: Item[R]) -> bool:
    return item.existing is not None and item.existing.fingerprint != item.fingerprint
