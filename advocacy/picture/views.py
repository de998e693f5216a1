"""The register as a picture: a matrix of risks by area, and the table below it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
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
from advocacy.analysis import forms as analysis_forms
from advocacy.ground import clock
from advocacy.handovers import queries as handovers
from advocacy.links import queries as links
from advocacy.organisations import queries as organisations
from advocacy.picture import forms as address
from advocacy.picture import queries, rules
from advocacy.picture.rows import Cell, Found, Line, VersionRow
from advocacy.reference import queries as reference
from advocacy.text import diff
from advocacy.threats import forms as threat_forms
from advocacy.threats import queries as threats
from advocacy.threats.rules import due, due_on
from advocacy.web import gate, paging
from advocacy.web.filters import address as linked
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.words import moment

bp = Blueprint("picture", __name__, url_prefix="/threats")

WHATS = {
    "reported": _l("Reported"),
    "changed": _l("Changed"),
    "still-true": _l("Checked: still true"),
    "closed": _l("Closed: it is over"),
    "reopened": _l("Opened again"),
    "shared": _l("Sharing changed"),
}
FIELDS = {
    **threat_forms.FIELDS,
    **analysis_forms.FIELDS,
    "region_id": _l("Area"),
    "area_id": _l("Exact area"),
    "people": _l("People affected"),
    "status": _l("Status"),
}
TEXTS = ("title", "summary", "narrative", *analysis_forms.LONG_TEXTS)
Used = tuple[tuple[UUID, tuple[tuple[str, str], ...]], ...]


@bp.get("/in/<string:workspace_slug>")
@drawn_once
def register(workspace_slug: str) -> Any:
    """The register of a workspace, as this reader may see it. The address keeps the filters."""
    session, actor = gate.session(), gate.actor()
    here = address.scene(session, actor, workspace_slug)
    after = paging.unpack_place(request.args.get("after", ""))
    every = tuple(queries.cells(session, actor, here.space, here.filters.without_choices()))
    found = queries.lines(
        session,
        actor,
        here.space,
        here.filters,
        after=after,
        limit=paging.PAGE + 1,
        total=_total(every, here),
    )
    lines = found[: paging.PAGE]
    last = lines[-1] if len(found) > paging.PAGE else None
    following = paging.pack(last.checked_at.isoformat(), str(last.id)) if last else ""
    today = clock.day_in(actor.now, here.space.zone)
    used, drawn = _used(session, actor, lines), tuple(address.grid(session, actor, here, every))
    listing = _listing(here, tuple(lines), every, drawn, used, request.path, following, today)
    may_report = policy.allows(actor, "threat:report", policy.About(workspace_id=here.space.id))
    return respond(
        "picture/register.html",
        "picture/_register.html",
        listing=listing,
        bar=address.bar(here, request.path, "picture-register"),
        new_href=f"{here.base}/new" if may_report else "",
        sheets_href=f"{here.base}/sheets",
        files_href=linked(f"{here.base}/files", here.where),
        protocol_href=f"/protocols/in/{here.space.slug}",
    )


def _counted(
    session: Session, actor: Actor, here: address.Scene, of: Found | None
) -> tuple[list[Cell], int | None]:
    """What is counted for the filters; of a word that most records have, some and their total."""
    args, asked = (session, actor, here.space), here.filters.without_choices()
    is_part = of is not None and not of.is_all and here.limit is None
    some = queries.at_least(*args, asked, of) if of and is_part else None
    if some is None:
        return queries.cells(*args, asked, of=of), None
    return some, _total(some if here.filters == asked else queries.cells(*args, here.filters), here)


def _total(every: Iterable[Cell], here: address.Scene) -> int:
    return sum(cell.number for cell in rules.within(every, here.filters))


def _used(session: Session, actor: Actor, lines: Iterable[Line]) -> Used:
    rows = links.linked_to(
        session, actor, "threat", [line.id for line in lines], kinds=("position",)
    )
    return tuple((i, tuple((r.title, r.href) for r in of)) for i, of in sorted(rows.items()))


@lru_cache(maxsize=64)
def _listing(
    here: address.Scene,
    lines: tuple[Line, ...],
    every: tuple[Cell, ...],
    drawn: tuple[Cell, ...],
    used: Used,
    path: str,
    following: str,
    today: date,
) -> Markup:
    """Matrix and table. Kept by all that they say, so one reader's never answers another's."""
    words, columns = here.words(), address.columns_of(here, drawn)
    return Markup(  # noqa: S704 - rendered by our own template, which escapes
        render_template(
            "picture/_listing.html",
            **address.above(here, every, "matrix", path),
            rows=[_row(line, words, dict(used), today, here.space.zone) for line in lines],
            columns=[name for _id, _code, name in columns],
            matrix=_matrix(drawn, columns, here, words, path),
            shown=[(name, address.COLUMNS[name]) for name in address.USUAL],
            severities=address.severities(here.language),
            next_href=linked(path, here.where, after=following) if following else "",
        )
    )


def _row(
    line: Line,
    words: threat_forms.Words,
    used: Mapping[UUID, tuple[tuple[str, str], ...]],
    today: date,
    zone: str,
    levels: Mapping[UUID, str] | None = None,
) -> dict[str, Any]:
    checked = clock.day_in(line.checked_at, zone)
    on = due_on(checked, line.owner_severity, line.next_review)
    return {
        "href": f"/threats/{line.id}",
        "title": line.title,
        "language": line.language,
        "risk": words.risks.get(line.risk_code, line.risk_code),
        "area": words.area(line.area_id),
        "severity": line.severity or 0,
        "severity_word": words.severity(line.severity),
        "is_agreed": line.agreed is not None,
        "way": rules.TRENDS.get(line.trend, ""),
        "trend": words.choice("trend", line.trend),
        "people": words.people(line.people_least, line.people_most),
        "how_known": words.choice("how-known", line.how_known) if line.how_known else "",
        "due": due(on, today) if rules.goes_on(line) else "",
        "ago": _ago((today - checked).days),
        "status": _value(words, "status", line.status),
        "sensitivity": _value(words, "sensitivity", line.sensitivity),
        "level": (levels or {}).get(line.audience_id, ""),
        "used": used.get(line.id, ()),
    }


def _ago(days: int) -> str:
    return ngettext("%(num)s day ago", "%(num)s days ago", days) if days > 0 else str(_("Today"))


def _matrix(
    cells: Iterable[Cell],
    columns: Iterable[tuple[UUID | None, str, str]],
    here: address.Scene,
    words: threat_forms.Words,
    path: str,
) -> list[tuple[str, list[Any]]]:
    """Risk by area: the worst severity of the visible records, how many, where it is going."""
    worst, numbers = rules.worst(cells), rules.numbers(cells)
    rows = []
    for risk in (code for code in words.risks if any(code == seen for seen, _at in worst)):
        of: list[Any] = []
        for area_id, code, _word in columns:
            severity, trend = worst.get((risk, area_id), (0, ""))
            href = linked(path, {**here.where, "area": code, "risk": risk})
            way = (rules.TRENDS[trend], words.choice("trend", trend)) if trend else ("", "")
            number = "" if here.limit else address.said(numbers[risk, area_id])
            cell = (severity, words.severity(severity), *way, href, number)
            of.append(cell if (risk, area_id) in numbers else None)
        rows.append((words.risks[risk], of))
    return rows


@bp.get("/in/<string:workspace_slug>/table")
@drawn_once
def table(workspace_slug: str) -> Any:
    """The same records as a table: columns and order as the address says."""
    session, actor = gate.session(), gate.actor()
    here, layout = address.scene(session, actor, workspace_slug), address.layout()
    sort, columns = layout.get("sort", rules.Sort.CHECKED.value), address.columns()
    of = queries.found(session, actor, here.filters)
    every, part_of = _counted(session, actor, here, of)
    here = replace(here, part_of=part_of)
    found = queries.lines(
        session,
        actor,
        here.space,
        here.filters,
        after=paging.unpack_as(request.args.get("after", ""), _READS[sort]),
        sort=sort,
        limit=paging.PAGE + 1,
        total=_total(every, here) if part_of is None else part_of,
        of=of,
    )
    lines = found[: paging.PAGE]
    levels = queries.levels(session, (line.audience_id for line in lines))
    said = {i: str(threat_forms.LEVELS[level][0]) for i, level in levels.items()}
    words, zone = here.words(), here.space.zone
    today = clock.day_in(actor.now, zone)
    used = dict(_used(session, actor, lines))
    where = {**here.where, **layout}
    may_check = policy.allows(actor, "threat:report", policy.About(workspace_id=here.space.id))
    more = len(found) > paging.PAGE
    following = _packed(queries.place(lines[-1], sort)) if more else ""
    return respond(
        "picture/table.html",
        "picture/_table.html",
        bar=address.bar(here, request.path, "picture-table", tuple(layout.items())),
        **address.above(here, every, "table", request.path, layout),
        rows=[_row(line, words, used, today, zone, said) for line in lines],
        columns=[(name, label, name in columns) for name, label in address.COLUMNS.items()],
        sorts=[(code, label, code == sort) for code, label in address.SORTS.items()],
        hidden=here.where,
        check_href=linked(f"{here.base}/check", here.where) if may_check else "",
        next_href=linked(request.path, where, after=following) if following else "",
    )


def _instant(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError
    return at.astimezone(UTC)


def _small(value: str) -> int:
    number = int(value)
    if not -1 <= number < 2**31:
        raise ValueError
    return number


_READS: dict[str, tuple[Callable[[str], Any], ...]] = {
    rules.Sort.CHECKED: (_instant, UUID),
    rules.Sort.OLDEST: (_instant, UUID),
    rules.Sort.SEVERITY: (_small, _instant, UUID),
    rules.Sort.PEOPLE: (_small, _instant, UUID),
    rules.Sort.TITLE: (str, UUID),
}


def _packed(values: Iterable[Any]) -> str:
    """A cursor out of `queries.place`."""
    return paging.pack(*(v.isoformat() if isinstance(v, datetime) else str(v) for v in values))


@bp.get("/<uuid:threat_id>/history")
def history(threat_id: UUID) -> Any:
    """What happened to a threat, in the classes this reader may know."""
    session, actor = gate.session(), gate.actor()
    seen = threats.detail(session, actor, threat_id)
    rows = queries.history(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, seen.safe.workspace_id)
    language, owner = str(get_locale()), seen.safe.organisation_id
    areas = reference.areas(session, space.country) if space.country else []
    areas = reference.called(session, space.id, areas)
    words = threat_forms.Words(
        language,
        {a.id: a.label(language) for a in areas},
        {risk.code: risk.label(language) for risk in reference.risks(session)},
    )
    before = handovers.taken_over_at(session, threat_id)
    return respond(
        "picture/history.html",
        title=seen.safe.title,
        base=f"/threats/{threat_id}",
        events=[_event(row, words, before) for row in rules.told_once(rows)],
        # Who reported it is a matter of the members class.
        owner=organisations.names(session, [owner])[owner] if seen.members else "",
    )


def _event(row: VersionRow, words: threat_forms.Words, before: datetime | None) -> dict[str, Any]:
    return {
        # Whose it was before it was handed over is told to nobody.
        "is_anothers": before is not None and row.at < before,
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


def _value(words: threat_forms.Words, name: str, value: Any) -> str:
    """A value of history in words."""
    if name in analysis_forms.LISTS:
        return analysis_forms.told(name, value, words)
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
        "party": threat_forms.PARTIES,
        "language": threat_forms.LANGUAGES,
        "sensitivity": threat_forms.SENSITIVITIES,
        "level": {level: said[0] for level, said in threat_forms.LEVELS.items()},
        "status": address.STATES,
    }
    if name == "severity":
        return words.severity(value)
    if name in {"trend", "how_known"}:
        return words.choice(name.replace("_", "-"), value)
    return str(tables.get(name, {}).get(value, value))
