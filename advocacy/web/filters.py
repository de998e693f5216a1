"""Filters live in the address: read what is allowed, ignore the rest, write it back."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

LONGEST = 200


def chosen(args: Mapping[str, str], allowed: Mapping[str, Iterable[str] | None]) -> dict[str, str]:
    """The filters in use. allowed: name -> permitted values, or None for free text.

    What is not permitted is dropped: an old or mistyped link shows more, never an error.
    """
    found: dict[str, str] = {}
    for name, values in allowed.items():
        value = args.get(name, "").strip()[:LONGEST].replace("\x00", "")
        if value and (values is None or value in values):
            found[name] = value
    return found


def address(path: str, filters: Mapping[str, str], **more: str) -> str:
    """The address of a list with these filters."""
    query = {**filters, **{name: value for name, value in more.items() if value}}
    return f"{path}?{urlencode(query)}" if query else path
