"""The forms of a draft, and what the register's bar says of statuses."""

from collections.abc import Iterable, Mapping
from typing import Any

import wtforms as wtf
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.drafts import queries
from advocacy.organisations.rows import WorkspaceRow
from advocacy.threats.forms import SharingForm
from advocacy.threats.schema import Status
from advocacy.web.filters import address

STATES = {
    Status.ACTIVE: _l("Goes on"),
    Status.MONITORING: _l("We keep an eye on it"),
    Status.CLOSED: _l("Closed"),
    Status.DRAFT: _l("Draft"),
}


class OpenForm(SharingForm):
    """Whom a draft is opened to; saved once that was read back. based_on: the version read."""

    based_on = wtf.HiddenField(default="0")

    def version(self) -> int:
        """The version that was read; what is no number is none."""
        return version(self.based_on.data)


class AsideForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Put it aside. based_on: the version that was read."""

    based_on = wtf.HiddenField(default="0")

    def version(self) -> int:
        """The same."""
        return version(self.based_on.data)


def version(given: str | None) -> int:
    """A version out of a hidden field; what is no number is none."""
    said = given or ""
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def told(
    session: Session, actor: Actor, space: WorkspaceRow, asked: Mapping[str, str], *, is_told: bool
) -> tuple[tuple[str, int], ...]:
    """How many records of each status, of a list that nothing else narrows."""
    is_whole = not asked.keys() - {"state", "level"}
    return queries.numbers(session, actor, space.id) if is_told and is_whole else ()


def options(*, is_outside: bool) -> list[tuple[str, Any]]:
    """Statuses as the address calls them; nothing stands for what goes on."""
    return [
        ("" if code == Status.ACTIVE else str(code), word)
        for code, word in STATES.items()
        if code != Status.DRAFT or not is_outside
    ]


def facet(
    asked: Mapping[str, str],
    told: Iterable[tuple[str, int]],
    path: str,
    more: Mapping[str, str],
    *,
    is_outside: bool,
) -> dict[str, Any]:
    """Statuses to narrow a list to. told: how many of each, where they are told."""
    numbers, found = dict(told), []
    now = asked.get("state") or Status.ACTIVE.value
    others = {name: value for name, value in asked.items() if name != "state"}
    for said, word in options(is_outside=is_outside):
        code = said or Status.ACTIVE.value
        if numbers and not numbers.get(code) and code != now:
            continue
        where = {**others, "state": said} if said else others
        number = format_decimal(numbers[code]) if code in numbers else ""
        found.append((str(word), number, address(path, {**where, **more}), code == now))
    return {"label": _l("Status"), "values": found}
