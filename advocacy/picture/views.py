"""The register as a picture: a matrix of risks by area, and the table below it."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.links import queries as links
from advocacy.organisations import queries as organisations
from advocacy.picture import queries, rules
from advocacy.picture.rows import Cell, Filters, Line, VersionRow
from advocacy.reference import queries as reference
from advocacy.reference.rows import AreaRow, Risk
from advocacy.text import diff
from advocacy.threats import forms
from advocacy.threats import queries as threats
from advocacy.threats.rules import SCALE, due, due_on
from advocacy.web import filters as address
from advocacy.web import gate, paging
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.words import moment

bp = Blueprint("picture", __name__, url_prefix="/threats")

CHECKED = ("30", "90", "late")
WHATS = {
    "reported": _l("Reported"),
    "changed": _l("Changed"),
    "still-true": _l("Checked: still true"),
    "closed": _l("Closed: it is over"),
    "reopened": _l("Opened again"),
    "shared": _l("Sharing changed"),
}
FIELDS = {
    **forms.FIELDS,
    "region_id": _l("Area"),
    "area_id": _l("Exact area"),
    "people": _l("People affected"),
    "status": _l("Status"),
}
TEXTS = ("title", "summary", "narrative")
Used = tuple[tuple[UUID, tuple[tuple[str, str], ...]], ...]


@bp.get("/in/<string:workspace_slug>")
@drawn_once
def register(workspace_slug: str) -> Any:
    """The register of a workspace, as this reader may see it. The address keeps the filters."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    areas, risks = _areas(session, space.country), tuple(reference.risks(session))
    asked = _asked(areas, risks)
    chosen = _filters(asked, areas)
    after = paging.unpack_place(request.args.get("after", ""))
    found = queries.lines(session, actor, space, chosen, after=after, limit=paging.PAGE + 1)
    lines, more = found[: paging.PAGE], found[paging.PAGE :]
    last = lines[-1] if more else None
    listing = _listing(
        tuple(lines),
        tuple(queries.cells(session, actor, space, chosen)),
        _used(session, actor, lines),
        areas,
        risks,
        request.path,
        tuple(asked.items()),
        paging.pack(last.checked_at.isoformat(), str(last.id)) if last else "",
        clock.day_in(actor.now, space.zone),
        space.zone,
        str(get_locale()),
    )
    may_report = policy.allows(actor, "threat:report", policy.About(workspace_id=space.id))
    return respond(
        "picture/register.html",
        "picture/_register.html",
        listing=listing,
        bar=_bar(areas, risks, request.path, tuple(asked.items()), str(get_locale())),
        new_href=f"{request.path}/new" if may_report else "",
    )


def _areas(session: Session, country: str, level: int | None = 1) -> tuple[AreaRow, ...]:
    """Areas of a level, or of all; none where the workspace has no country."""
    return tuple(reference.areas(session, country, level=level) if country else ())


def _asked(areas: Iterable[AreaRow], risks: Iterable[Risk]) -> dict[str, str]:
    return address.chosen(
        request.args,
        {
            "area": {forms.COUNTRY, *(area.code for area in areas)},
            "risk": {risk.code for risk in risks},
            "severity": {"2", "3", "4", "5"},
            "checked": CHECKED,
            "state": {"closed"},
            "q": None,
        },
    )


def _filters(asked: dict[str, str], areas: Iterable[AreaRow]) -> Filters:
    area = asked.get("area", "")
    return Filters(
        area_ids=frozenset(a.id for a in areas if a.code == area) if area else None,
        is_country_wide=area == forms.COUNTRY,
        risk_code=asked.get("risk", ""),
        severity=int(asked["severity"]) if "severity" in asked else None,
        checked=asked.get("checked", ""),
        words=asked.get("q", ""),
        is_closed="state" in asked,
    )


def _used(session: Session, actor: Actor, lines: Iterable[Line]) -> Used:
    rows = links.linked_to(
        session, actor, "threat", [line.id for line in lines], kinds=("position",)
    )
    return tuple((i, tuple((r.title, r.href) for r in of)) for i, of in sorted(rows.items()))


@lru_cache(maxsize=64)
def _bar(
    areas: tuple[AreaRow, ...],
    risks: tuple[Risk, ...],
    path: str,
    asked: tuple[tuple[str, str], ...],
    language: str,
) -> Markup:
    """The filter bar. What is said depends on what is handed in, and on nothing else."""
    return Markup(  # noqa: S704 - rendered by our own template, which escapes
        render_template(
            "picture/_bar.html",
            path=path,
            asked=dict(asked),
            areas=[(a.code, a.label(language)) for a in areas],
            risks=[(r.code, r.label(language)) for r in risks],
            severities=_severities(language),
        )
    )


def _severities(language: str) -> list[tuple[int, str]]:
    choices = reference.scale(SCALE).choices
    return [(c.value, c.label(language)) for c in choices if c.value is not None]


@lru_cache(maxsize=64)
def _listing(
    lines: tuple[Line, ...],
    cells: tuple[Cell, ...],
    used: Used,
    areas: tuple[AreaRow, ...],
    risks: tuple[Risk, ...],
    path: str,
    asked: tuple[tuple[str, str], ...],
    following: str,
    today: date,
    zone: str,
    language: str,
) -> Markup:
    """Matrix and table. Kept by all that they say, so one reader's never answers another's."""
    names = {area.id: area.label(language) for area in areas}
    names |= dict.fromkeys({line.area_id for line in lines if line.area_id} - set(names), "")
    labels = {risk.code: risk.label(language) for risk in risks}
    words = forms.Words(language, names, labels)
    where, in_use = dict(asked), dict(used)
    total = sum(cell.number for cell in cells)
    return Markup(  # noqa: S704 - rendered by our own template, which escapes
        render_template(
            "picture/_listing.html",
            total=ngettext("%(num)s protection risk", "%(num)s protection risks", total),
            rows=[_row(line, words, in_use.get(line.id, ()), today, zone) for line in lines],
            columns=[*(area.label(language) for area in areas), *_country(cells)],
            matrix=_matrix(cells, areas, words, path, where),
            severities=_severities(language),
            is_filtered=bool(asked),
            path=path,
            next_href=address.address(path, where, after=following) if following else "",
        )
    )


def _country(cells: Iterable[Cell]) -> list[str]:
    return [_("Whole country")] if any(cell.area_id is None for cell in cells) else []


def _row(
    line: Line, words: forms.Words, used: tuple[tuple[str, str], ...], today: date, zone: str
) -> dict[str, Any]:
    checked = clock.day_in(line.checked_at, zone)
    on = due_on(checked, line.severity, line.next_review)
    return {
        "href": f"/threats/{line.id}",
        "title": line.title,
        "language": line.language,
        "risk": words.risks.get(line.risk_code, line.risk_code),
        "area": words.area(line.area_id),
        "severity": line.severity or 0,
        "severity_word": words.severity(line.severity),
        "way": rules.TRENDS.get(line.trend, ""),
        "trend": words.choice("trend", line.trend),
        "how_known": words.choice("how-known", line.how_known) if line.how_known else "",
        "due": due(on, today),
        "ago": _ago((today - checked).days),
        "used": used,
    }


def _ago(days: int) -> str:
    words = ngettext("%(num)s day ago", "%(num)s days ago", days) if days > 0 else _("Today")
    return str(words)


def _matrix(
    cells: Iterable[Cell],
    areas: Iterable[AreaRow],
    words: forms.Words,
    path: str,
    asked: dict[str, str],
) -> list[tuple[str, list[Any]]]:
    """Risk by area: the worst severity of the visible records, and where that is going."""
    worst = rules.worst(cells)
    columns: list[tuple[UUID | None, str]] = [(area.id, area.code) for area in areas]
    columns += [(None, forms.COUNTRY)] if _country(cells) else []
    rows = []
    for risk in (code for code in words.risks if any(code == seen for seen, _at in worst)):
        of: list[Any] = []
        for area_id, code in columns:
            severity, trend = worst.get((risk, area_id), (0, ""))
            href = address.address(path, {**asked, "area": code, "risk": risk})
            way = (rules.TRENDS[trend], words.choice("trend", trend)) if trend else ("", "")
            of.append((severity, words.severity(severity), *way, href) if severity else None)
        rows.append((words.risks[risk], of))
    return rows


@bp.get("/<uuid:threat_id>/history")
def history(threat_id: UUID) -> Any:
    """What happened to a threat, in the classes this reader may know."""
    session, actor = gate.session(), gate.actor()
    seen = threats.detail(session, actor, threat_id)
    rows = queries.history(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, seen.safe.workspace_id)
    language, owner = str(get_locale()), seen.safe.organisation_id
    words = forms.Words(
        language,
        {a.id: a.label(language) for a in _areas(session, space.country, level=None)},
        {risk.code: risk.label(language) for risk in reference.risks(session)},
    )
    return respond(
        "picture/history.html",
        title=seen.safe.title,
        base=f"/threats/{threat_id}",
        events=[_event(row, words) for row in rules.told_once(rows)],
        # Who reported it is a matter of the members class.
        owner=organisations.names(session, [owner])[owner] if seen.members else "",
    )


def _event(row: VersionRow, words: forms.Words) -> dict[str, Any]:
    return {
        "when": moment(row.at, "d MMM y, HH:mm"),
        "iso": row.at.isoformat(),
        "what": WHATS[row.what],
        "changes": [
            (FIELDS.get(name, name), _value(words, name, old), _value(words, name, new))
            for name, old, new in row.changes
            if name not in TEXTS and row.what != "reported"
        ],
        "texts": [
            (FIELDS[name], diff.words(old or "", new or ""))
            for name, old, new in row.changes
            if name in TEXTS and row.what != "reported"
        ],
    }


def _value(words: forms.Words, name: str, value: Any) -> str:
    """A value of history in words."""
    if name in {"area_id", "region_id"}:
        return words.area(UUID(value) if value else None)
    if name == "people":
        return words.people(*value) if value else ""
    if value is None or value == "":
        return str(_("not given"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    tables: dict[str, Any] = {
        "risk_code": words.risks,
        "party": forms.PARTIES,
        "language": forms.LANGUAGES,
        "sensitivity": forms.SENSITIVITIES,
        "level": {level: said[0] for level, said in forms.LEVELS.items()},
        "status": {"active": _("Goes on"), "closed": _("Closed")},
    }
    if name == "severity":
        return words.severity(value)
    if name in {"trend", "how_known"}:
        return words.choice(name.replace("_", "-"), value)
    return str(tables.get(name, {}).get(value, value))
