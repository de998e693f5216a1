"""A list of short rows in one cell of a table: `a; b | c; d`, read back exactly as it was."""

import re
from collections.abc import Iterable

_SIGNS = re.compile(r"[\\;|\r\n]")
_NAMED = {"\n": "\\n", "\r": "\\r"}
_READ = {"n": "\n", "r": "\r"}


def pack(rows: Iterable[Iterable[object]]) -> str:
    """Rows as one cell; None is an empty part. A sign of the list within a part is marked."""
    return " | ".join("; ".join(_part(part) for part in row) for row in rows)


def unpack(cell: str) -> list[list[str]]:
    """The rows of a cell; what people wrote by hand is read too. Empty = no row."""
    if not cell.strip():
        return []
    rows: list[list[str]] = [[""]]
    signs = iter(cell)
    for sign in signs:
        if sign == "\\":
            following = next(signs, "")
            rows[-1][-1] += _READ.get(following, following)
        elif sign == ";":
            rows[-1].append("")
        elif sign == "|":
            rows.append([""])
        else:
            rows[-1][-1] += sign
    return [[part.strip(" ") for part in row] for row in rows]


def _part(value: object) -> str:
    said = "" if value is None else str(value)
    return _SIGNS.sub(lambda found: _NAMED.get(found[0], f"\\{found[0]}"), said)
