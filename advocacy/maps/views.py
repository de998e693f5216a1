"""The map of the register, and the list beside it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _

from advocacy.maps import queries as ours
from advocacy.maps import rules
from advocacy.maps.rows import Drawn
from advocacy.picture import forms, queries
from advocacy.picture.rows import Cell
from advocacy.picture.rules import TRENDS, by_area, worst_by_area
from advocacy.reference import queries as reference
from advocacy.web import gate
from advocacy.web.filters import address
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond

bp = Blueprint("maps", __name__, url_prefix="/threats")


@bp.get("/in/<string:workspace_slug>/map")
@drawn_once
def areas(workspace_slug: str) -> Any:
    """Areas shaded by the worst severity of the records this reader sees, and the same in a list.

    The address keeps the filters; an area leads to its records.
    """
    session, actor = gate.session(), gate.actor()
    here = forms.scene(session, actor, workspace_slug)
    here = replace(here, level=here.level or 1)  # a map of the whole country would be one number
    every = queries.cells(session, actor, here.space, here.filters.without_choices())
    cells = forms.grid(session, actor, here, every)
    shown = here.parts or here.areas
    codes = [area.id for area in sorted(shown, key=lambda area: area.code)]
    sheet = rules.sheet(codes, reference.shapes(session, codes))
    told = forms.numbers(here, every).by["area"] if here.level == 1 else by_area(cells)
    listed = _listed(here, cells, told)
    return respond(
        "maps/map.html",
        "maps/_map.html",
        bar=forms.bar(here, request.path, "maps-map"),
        **forms.above(here, every, "map", request.path),
        sheet=sheet,
        areas=[_area(drawn, listed) for drawn in sheet.areas],
        listed=list(listed.values()),
        severities=forms.severities(here.language),
    )


@bp.get("/in/<string:workspace_slug>/likelihood")
@drawn_once
def likelihood(workspace_slug: str) -> Any:
    """How many records are how likely and how bad, where organisations said how likely."""
    session, actor = gate.session(), gate.actor()
    here = forms.scene(session, actor, workspace_slug)
    words = here.words()
    steps = [(0, words.severity(None)), *forms.severities(here.language)]
    found = {} if here.limit else ours.likelihoods(session, actor, here.space, here.filters)
    choices = reference.scale("likelihood").choices
    likely = sorted(((c.value, c.label(here.language)) for c in choices if c.value), reverse=True)
    return respond(
        "maps/likelihood.html",
        "maps/_likelihood.html",
        bar=forms.bar(here, request.path, "maps-likelihood"),
        columns=[word for _n, word in steps],
        rows=[
            (
                name,
                [
                    (n, word, "", "", "", forms.said(found[value, n]))
                    if found.get((value, n))
                    else None
                    for n, word in steps
                ],
            )
            for value, name in likely
        ],
        is_empty=not found,
        is_outside=here.limit is not None,
        back_href=address(here.base, here.where),
    )


def _listed(
    here: forms.Scene, cells: list[Cell], numbers: Mapping[UUID | None, int | None]
) -> dict[UUID | None, dict[str, Any]]:
    """What there is to say of each area, and of records of the whole country."""
    found, words = worst_by_area(cells), here.words()
    rows: dict[UUID | None, dict[str, Any]] = {}
    for area_id, code, name in forms.columns_of(here, cells):
        if area_id is None and area_id not in found:
            continue
        severity, trend = found.get(area_id, (0, ""))
        number = numbers.get(area_id) if area_id in found else here.nothing
        rows[area_id] = {
            "name": name,
            "code": code if area_id else "",
            "severity": severity,
            "word": words.severity(severity) if area_id in found else _("No record that you see"),
            "way": TRENDS.get(trend, ""),
            "trend": words.choice("trend", trend) if trend else "",
            "number": forms.said(number),
            "is_empty": area_id not in found,
            "href": _to(here, code) if area_id in found else "",
        }
    return rows


def _to(here: forms.Scene, code: str) -> str:
    return address(f"{here.base}/table", {**here.where, "area": code})


def _area(drawn: Drawn, listed: dict[UUID | None, dict[str, Any]]) -> dict[str, Any]:
    return {**listed[drawn.area_id], "path": drawn.path, "x": drawn.x, "y": drawn.y}
