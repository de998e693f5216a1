"""The JSON that the Universal Human Rights Index gives out, as a table: one annotation per row.

Field names are its own. Lists stand in a cell one per line, as in its Excel file.
"""

import json
from typing import Any

from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

Grid = tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]
_MOST_CELL = 40_000


def is_json(data: bytes) -> bool:
    """True for what begins as JSON does, and as no table would."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2].strip()[:1] in {b"[", b"{"}


def grid(data: bytes, *, most_rows: int) -> Grid:
    """(header, [(place in the list from 1, cells)]).

    Raises: Invalid for what is no list of records, or too long a one.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid(Reason("batches.json", "file")) from None
    if isinstance(found, dict):  # wrapped, as an interface answers
        found = next((one for one in found.values() if isinstance(one, list)), [])
    if not isinstance(found, list) or not found or not all(isinstance(o, dict) for o in found):
        raise Invalid(Reason("batches.json", "file"))
    if len(found) > most_rows:
        raise Invalid(Reason("csv.too-many-rows", "file", {"limit_rows": most_rows}))
    header = tuple(dict.fromkeys(str(name) for one in found for name in one))[:200]
    rows = [(n, tuple(_cell(one.get(name)) for name in header)) for n, one in enumerate(found, 1)]
    return header, rows


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(part for one in value if (part := _cell(one)))[:_MOST_CELL]
    if value is None or isinstance(value, dict | bool):
        return ""
    return str(value).strip()[:_MOST_CELL]
