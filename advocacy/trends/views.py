"""The register over time: bars by severity, and the same as a table."""

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from advocacy.ground import clock
from advocacy.picture import forms
from advocacy.picture import queries as picture
from advocacy.trends import queries, rules
from advocacy.trends.rows import Period
from advocacy.web import gate
from advocacy.web.filters import address
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.words import day

bp = Blueprint("trends", __name__, url_prefix="/threats")

_HEIGHT = 240


@bp.get("/in/<string:workspace_slug>/trend")
@drawn_once
def trend(workspace_slug: str) -> Any:
    """How many records went on at the end of each month or quarter, by severity."""
    session, actor = gate.session(), gate.actor()
    here = forms.scene(session, actor, workspace_slug)
    every = request.args.get("by", "") if request.args.get("by") in rules.MONTHS else "month"
    over = rules.periods(clock.day_in(actor.now, here.space.zone), every, here.space.zone)
    present, changes = queries.history(
        session, actor, here.space, here.filters, since=over[0].end_at
    )
    counted = rules.counts(present, changes, over)
    cells = picture.cells(session, actor, here.space, here.filters.without_choices())
    more = {} if every == "month" else {"by": every}
    words = [(0, _("Not assessed")), *forms.severities(here.language)]
    return respond(
        "trends/trend.html",
        "trends/_trend.html",
        bar=forms.bar(here, request.path, "trends-trend", tuple(more.items())),
        **forms.above(here, cells, "trend", request.path, more),
        is_told=here.limit is None,
        periods=[_said(p, c, every, words) for p, c in zip(over, counted, strict=True)],
        columns=_columns(counted),
        severities=words,
        by=[
            (label, address(request.path, {**here.where, **how}), code == every)
            for code, label, how in (
                ("month", _("By month"), {}),
                ("quarter", _("By quarter"), {"by": "quarter"}),
            )
        ],
    )


def _said(
    period: Period, counted: Counter[int], every: str, words: list[tuple[int, str]]
) -> dict[str, Any]:
    """A row of the table, and the name of a bar."""
    name = day(date(period.year, period.month, 1), "MMM y")
    if every == "quarter":
        quarter = (period.month - 1) // 3 + 1
        name = _("%(year)s, quarter %(quarter)s", year=period.year, quarter=quarter)
    worst = max(counted, default=None)
    return {
        "name": str(name),
        "is_now": period.is_now,
        "numbers": [counted[n] for n, _word in words],
        "total": sum(counted.values()),
        "worst": worst or 0,
        "worst_word": dict(words)[worst] if worst is not None else _("No record that you see"),
    }


def _columns(counted: list[Counter[int]]) -> list[list[tuple[int, int, float, float]]]:
    """Bars: of each period its parts from the ground up: severity, number, top, height."""
    most = max((sum(one.values()) for one in counted), default=0) or 1
    bars = []
    for one in counted:
        ground, parts = float(_HEIGHT), []
        for severity in sorted(one):
            height = round(one[severity] / most * _HEIGHT, 1)
            ground = round(ground - height, 1)
            parts.append((severity, one[severity], ground, height))
        bars.append(parts)
    return bars
