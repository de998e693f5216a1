"""Ids as they come in: from a hidden field, an address, a file."""

from uuid import UUID


def as_id(given: str) -> UUID | None:
    """The id, or None for anything that is none."""
    try:
        return UUID(given)
    except ValueError:
        return None


def based_on(given: str | None) -> UUID | None:
    """The row that a form was made from: None = there was none; what is no id matches no row."""
    return (as_id(given) or UUID(int=0)) if given else None
