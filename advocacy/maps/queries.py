"""How likely records are, as those who read what organisations say of them may know."""

from collections import Counter
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.assessments.queries import agreed_severity
from advocacy.assessments.schema import Assessment
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.reference.rules import scale
from advocacy.threats.schema import Threat

_t: Any = Threat.__table__
_a: Any = Assessment.__table__
_SAID = and_(_a.c.likelihood != "", guard.readers(_a.c.audience_id))
_ORDER = {choice.code: choice.value or 0 for choice in scale("likelihood").choices}


def likelihoods(
    session: Session, actor: Actor, space: WorkspaceRow, filters: Filters
) -> Counter[tuple[int, int]]:
    """(likelihood, severity) -> how many visible records; severity 0 = not assessed.

    A record is as likely as the highest that was said of it in its newest quarter. Records of
    which nobody said it, as far as the reader may know, are left out.
    """
    last = select(_a.c.threat_id, func.max(_a.c.period).label("period")).where(_SAID)
    newest = last.group_by(_a.c.threat_id).subquery()
    said = _a.alias("said")
    of = and_(said.c.threat_id == newest.c.threat_id, said.c.period == newest.c.period)
    rank = func.max(case(_ORDER, value=said.c.likelihood, else_=0)).label("rank")
    severity = func.coalesce(agreed_severity(_t.c.id), _t.c.severity).label("severity")
    rows = _t.join(newest, newest.c.threat_id == _t.c.id).join(said, of)
    each = (
        select(_t.c.id, severity, rank)
        .select_from(rows)
        .where(
            _t.c.workspace_id == bindparam("space"),
            guard.readers(_t.c.audience_id),
            guard.readers(said.c.audience_id),
            _t.c.status == bindparam("status"),
            *picture.conditions(session, actor, space, filters),
        )
        .group_by(_t.c.id, _t.c.severity)
        .subquery()
        .c
    )
    query = select(each.rank, each.severity, func.count()).group_by(each.rank, each.severity)
    found = guard.ask(session, actor, query, space=space.id, status=filters.status)
    return Counter({(likely, severity or 0): number for likely, severity, number in found})
