"""What the address of the register may say, and the bar, the counts and the switch that say it.

All views of the register read the same filters, so that one can go from table to map and back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.disclosure import queries as disclosure
from advocacy.disclosure.rules import Limit, is_outside
from advocacy.drafts import forms as statuses
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries, rules
from advocacy.picture.rows import Cell, Filters
from advocacy.reference import queries as reference
from advocacy.reference.forms import COUNTRY
from advocacy.reference.rows import AreaRow, Risk
from advocacy.threats import forms
from advocacy.threats.rules import SCALE
from advocacy.threats.schema import Status
from advocacy.web import filters as address

DEEPEST = 3
CHECKED = ("30", "90", "late")

# View -> the end of its address, its name, its sign.
VIEWS = {
    "matrix": ("", _l("Matrix"), "grid"),
    "table": ("/table", _l("Table"), "table"),
    "map": ("/map", _l("Map"), "map"),
    "trend": ("/trend", _l("Over time"), "up"),
}
COLUMNS = {
    "area": _l("Area"),
    "severity": _l("Severity"),
    "trend": _l("Trend"),
    "people": _l("People affected"),
    "how-known": _l("How we know"),
    "checked": _l("Last checked"),
    "status": _l("Status"),
    "sensitivity": _l("Sensitivity"),
    "level": _l("Who can see this"),
    "used": _l("Used in"),
}
STATES = statuses.STATES
USUAL = ("area", "severity", "trend", "how-known", "checked", "used")
SORTS = {
    rules.Sort.CHECKED: _l("Newest check first"),
    rules.Sort.OLDEST: _l("Oldest check first"),
    rules.Sort.SEVERITY: _l("Worst first"),
    rules.Sort.PEOPLE: _l("Most people first"),
    rules.Sort.TITLE: _l("By title"),
}


@dataclass(frozen=True)
class Scene:
    """What one page of the register is asked for. asked: the filters as the address has them."""

    space: WorkspaceRow
    areas: tuple[AreaRow, ...]
    risks: tuple[Risk, ...]
    asked: tuple[tuple[str, str], ...]
    filters: Filters
    language: str
    limit: Limit | None = None  # of those to whom small numbers are not told
    chosen: AreaRow | None = None  # the area that the list is narrowed to
    level: int = 1  # of the areas that matrix and map are made of
    parts: tuple[AreaRow, ...] = ()  # these areas, where they are not `areas`
    part_of: int | None = None  # how many there are, where not all of them were counted
    states: tuple[tuple[str, int], ...] = ()  # how many of each status, where they are told

    @property
    def nothing(self) -> int | None:
        """What is said where no number is known: none, or, outside, nothing."""
        return None if self.limit else 0

    @property
    def base(self) -> str:
        """The address of the register."""
        return f"/threats/in/{self.space.slug}"

    @property
    def where(self) -> dict[str, str]:
        """The filters, to make an address of."""
        return dict(self.asked)

    def words(self) -> forms.Words:
        """Codes of areas and risks in the reader's language."""
        known = (*self.areas, *self.parts)
        names = {area.id: area.label(self.language) for area in known}
        return forms.Words(
            self.language, names, {risk.code: risk.label(self.language) for risk in self.risks}
        )


def scene(session: Session, actor: Actor, workspace_slug: str) -> Scene:
    """Read the address of this request. Raises NotFound: no such workspace, or not the reader's."""
    space = organisations.workspace(session, actor, workspace_slug)
    country = space.country
    areas = tuple(_areas(session, space, level=1)) if country else ()
    risks = tuple(reference.risks(session))
    limit = disclosure.limit(session, actor, space.id) if is_outside(actor, space.id) else None
    # Exact places are none of the safe part: outside, no address narrows a list by them.
    deeper = _deeper(session, space, areas) if limit is None else None
    asked = address.chosen(
        request.args,
        {
            "area": {COUNTRY, *(area.code for area in areas), deeper.code if deeper else ""},
            "risk": {risk.code for risk in risks},
            "severity": {str(n) for n in rules.SEVERITIES},
            "trend": set(rules.Trend),
            "checked": CHECKED,
            "state": set(statuses.STATES)
            - ({Status.ACTIVE, Status.DRAFT} if limit else {Status.ACTIVE}),
            "whose": {"ours"},
            "level": {"0", "2", "3"},
            "q": None,
        },
    )
    chosen = next((a for a in areas if a.code == asked.get("area")), deeper)
    level = int(asked.get("level", 1))
    is_below = chosen is not None and limit is None and level == chosen.level + 1
    parts = tuple(_areas(session, space, parent=chosen.id)) if chosen and is_below else ()
    return Scene(
        space,
        areas,
        risks,
        tuple(asked.items()),
        _filters(asked, chosen, reference.inside(session, deeper.id) if deeper else None),
        str(get_locale()),
        limit,
        chosen,
        level if parts or not level else 1,
        parts,
        states=statuses.told(session, actor, space, asked, is_told=limit is None),
    )


def _deeper(session: Session, space: WorkspaceRow, first: Iterable[AreaRow]) -> AreaRow | None:
    """The area below the first level that the address names."""
    code, country = request.args.get("area", ""), space.country
    if not country or code in {"", COUNTRY, *(area.code for area in first)}:
        return None
    found = reference.coded(session, country, code)
    return next(iter(reference.called(session, space.id, [found] if found else [])), None)


def _areas(session: Session, space: WorkspaceRow, **of: Any) -> list[AreaRow]:
    return reference.called(session, space.id, reference.areas(session, space.country, **of))


def _filters(
    asked: Mapping[str, str], chosen: AreaRow | None, within: frozenset[UUID] | None
) -> Filters:
    return Filters(
        area_ids=frozenset({chosen.id}) if chosen and within is None else None,
        within=within,
        is_country_wide=asked.get("area") == COUNTRY,
        risk_code=asked.get("risk", ""),
        severity=int(asked["severity"]) if "severity" in asked else None,
        trend=asked.get("trend", ""),
        checked=asked.get("checked", ""),
        words=asked.get("q", ""),
        status=asked.get("state") or Status.ACTIVE,
        is_own="whose" in asked,
    )


def columns() -> tuple[str, ...]:
    """The columns that the address asks for, in the order of the house; the usual ones if none."""
    asked = {*request.args.getlist("col"), *request.args.get("cols", "").split(".")}
    return tuple(name for name in COLUMNS if name in asked) or USUAL


def layout() -> dict[str, str]:
    """What the address says of columns and order, where it differs from the usual."""
    chosen, sort = columns(), request.args.get("sort", "")
    found = {} if chosen == USUAL else {"cols": ".".join(chosen)}
    return found | ({"sort": sort} if sort in SORTS and sort != rules.Sort.CHECKED else {})


@lru_cache(maxsize=64)
def bar(here: Scene, path: str, target: str, more: tuple[tuple[str, str], ...] = ()) -> Markup:
    """The filter bar. What is said depends on what is handed in, and on nothing else."""
    offered = here.areas
    if here.chosen and here.chosen.level > 1:
        offered = (*offered, here.chosen)
    return Markup(  # noqa: S704 - rendered by our own template, which escapes
        render_template(
            "picture/_bar.html",
            path=path,
            target=target,
            hidden={**dict(more), **{n: v for n, v in here.asked if n in {"trend", "level"}}},
            asked=here.where,
            areas=[(a.code, a.label(here.language)) for a in offered],
            risks=[(r.code, r.label(here.language)) for r in here.risks],
            severities=severities(here.language),
            states=statuses.options(is_outside=here.limit is not None),
        )
    )


def severities(language: str) -> list[tuple[int, str]]:
    """The steps of the scale, in words."""
    choices = reference.scale(SCALE).choices
    return [(c.value, c.label(language)) for c in choices if c.value is not None]


def trends(language: str) -> list[tuple[str, str]]:
    """Where it is going, in words."""
    return [(c.code, c.label(language)) for c in reference.scale("trend").choices if c.active]


def numbers(here: Scene, every: Iterable[Cell]) -> rules.Told:
    """How many records this reader is told of. every: `queries.cells` without what is chosen."""
    if here.limit is None:
        return rules.inside(every, here.filters, here.part_of)
    risks, areas = [risk.code for risk in here.risks], [area.id for area in here.areas]
    return rules.outside(every, here.filters, here.limit, risks, [*areas, None])


def said(number: int | None, *, is_least: bool = False) -> str:
    """A count as people read it: "1,000+" for more, a line where it is not told."""
    if number is None:
        return "–"
    more = "+" if is_least or number > rules.COUNTED_TO else ""
    return f"{format_decimal(min(number, rules.COUNTED_TO))}{more}"


def above(
    here: Scene, every: Iterable[Cell], view: str, path: str, more: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What stands above each view: how many, in which view, and what narrows it further."""
    every = list(every)
    told = numbers(here, every)
    total, is_outside = told.total, here.limit is not None
    state = statuses.facet(here.where, here.states, path, more or {}, is_outside=is_outside)
    if total is None:
        words = _("Protection risks")
    elif total > rules.COUNTED_TO:
        words = _("%(number)s protection risks", number=said(total))
    else:
        words = ngettext("%(num)s protection risk", "%(num)s protection risks", total)
    return {
        "total": str(words),
        "is_filtered": bool(here.where.keys() - {"level"}),
        "path": path,
        "saved_href": f"{here.base}/saved",
        "save_href": address.address(
            f"{here.base}/saved", {**here.where, **(more or {}), "view": view}
        ),
        "switch": switch(here, view),
        "levels": _levels(here, view, path) if view in {"matrix", "map"} else [],
        "facets": [state, *facets(here, told, path, more or {})],
    }


def switch(here: Scene, view: str) -> list[tuple[Any, ...]]:
    """From one view of the same records to the others: for `page.switch`."""
    return [
        (label, address.address(f"{here.base}{end}", here.where), name == view, icon)
        for name, (end, label, icon) in VIEWS.items()
    ]


def _levels(here: Scene, view: str, path: str) -> list[tuple[Any, ...]]:
    """From one level of areas to another. Outside there is the first level alone."""
    if here.limit or not here.areas:
        return []
    found = [] if view == "map" else [(0, _("All areas together"))]
    found.append((1, _("First level")))
    if here.chosen and here.chosen.level < DEEPEST:
        found.append((here.chosen.level + 1, _("Parts of %(area)s", area=_name(here))))
    where = {name: value for name, value in here.where.items() if name != "level"}
    return [
        (word, address.address(path, where, **of), level == here.level, "")
        for level, word in found
        for of in [{} if level == 1 else {"level": str(level)}]
    ]


def _name(here: Scene) -> str:
    return here.chosen.label(here.language) if here.chosen else ""


def columns_of(here: Scene, cells: Iterable[Cell]) -> list[tuple[UUID | None, str, str]]:
    """The areas of matrix and map: id, what the address calls them, name."""
    if here.level == 0:
        return [(None, here.where.get("area", ""), _("All areas together"))]
    if here.level > 1 and here.chosen:
        found = [(a.id, a.code, a.label(here.language)) for a in here.parts]
        return [*found, (None, here.chosen.code, _("Not known as exactly"))]
    areas: list[tuple[UUID | None, str, str]] = [
        (a.id, a.code, a.label(here.language)) for a in here.areas
    ]
    has_country = any(cell.area_id is None for cell in cells)
    return [*areas, (None, COUNTRY, _("Whole country"))] if has_country else areas


def grid(session: Session, actor: Actor, here: Scene, every: Iterable[Cell]) -> list[Cell]:
    """What matrix and map are made of: the records in every one of their areas of the level."""
    if here.level == 0:
        return [cell._replace(area_id=None) for cell in rules.within(every, here.filters)]
    if here.level > 1 and here.chosen:
        inside = reference.inside(session, here.chosen.id)
        found = queries.parts(
            session,
            actor,
            here.space,
            here.filters.without_choices(),
            level=here.level,
            inside=inside,
        )
        return rules.within(found, here.filters, but=("area", "once"))
    return rules.within(every, here.filters, but=("once",))


def facets(
    here: Scene, told: rules.Told, path: str, more: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Each filter's values with how many records they would list; what lists none is left out.

    Outside every value stands there: to leave one out would say that it is none.
    """
    words = here.words()
    codes: dict[UUID | None, str] = {area.id: area.code for area in here.areas}
    values: dict[str, list[tuple[str, str, Any]]] = {
        "area": [(codes.get(i, COUNTRY), words.area(i), i) for i in (*codes, None)],
        "risk": [(code, name, code) for code, name in words.risks.items()],
        "severity": [
            (str(n), _("%(n)s %(word)s and above", n=n, word=word), n)
            for n, word in severities(here.language)
        ],
        "trend": [(code, name, code) for code, name in trends(here.language)],
    }
    labels = {**COLUMNS, "risk": _l("Protection risk")}
    return [
        {
            "label": labels[name],
            "values": [
                _value(here, path, more, name, code, word, told.by[name].get(key, here.nothing))
                for code, word, key in of
                if here.limit or told.by[name].get(key) or here.where.get(name) == code
            ],
        }
        for name, of in values.items()
        # Within a smaller area the numbers of the others are not at hand.
        if name != "area" or here.filters.within is None
    ]


def _value(
    here: Scene,
    path: str,
    more: Mapping[str, str],
    name: str,
    code: str,
    word: str,
    number: int | None,
) -> tuple[str, str, str, bool]:
    """Word, count, address and whether it is chosen; choosing it again takes it back."""
    is_chosen = here.where.get(name) == code
    others = {n: v for n, v in here.where.items() if n != name}
    where = others if is_chosen else {**others, name: code}
    told = said(number, is_least=here.part_of is not None)
    return word, told, address.address(path, {**where, **more}), is_chosen
