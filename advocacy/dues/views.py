"""Pages: what is due, and the form that puts it off."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.asks.rules import Ask
from advocacy.assignments import queries as assignments
from advocacy.dues import actions, forms, queries
from advocacy.dues.rows import Due, Off
from advocacy.dues.rules import Level, Why
from advocacy.ground.ids import based_on
from advocacy.milestones import queries as milestones
from advocacy.milestones.rows import DueMilestone
from advocacy.organisations import queries as organisations
from advocacy.recommendations import queries as recommendations
from advocacy.web import filters as address
from advocacy.web import gate, nav, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("dues", __name__, url_prefix="/dues")

_SHAPE = "d MMM y"


@bp.get("/in/<string:workspace_slug>")
def dues(workspace_slug: str) -> Response:
    """What wants attention, one line each: late, soon late, no reply, not looked at."""
    return _page(workspace_slug)


def _page(slug: str, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    asks.must_work_here(actor, space.id)
    on = asks.today(session, actor, space.id)
    chosen = address.chosen(request.args, {"whose": {"mine"}, "why": dict(_WHYS)})
    only = Why(chosen["why"]) if chosen.get("why") else None
    listed = queries.dues(session, actor, workspace_id=space.id, on=on, why=only)
    if chosen.get("whose"):
        listed = queries.for_person(listed, actor.person_id)
    people = assignments.people(session, actor)
    off = queries.put_off(session, actor, on=on)
    may = policy.allows(actor, "ask:record", policy.About(workspace_id=space.id))
    rows = [(one.why, _line(one, people, space.name)) for one in listed]
    steps = [] if chosen else milestones.coming(session, actor, spaces=[space.id], on=on)
    return respond(
        "dues/dues.html",
        lists=[(word, [row for why, row in rows if why == key]) for key, (word, *_m) in _WHY],
        steps=[_step(one, on) for one in steps],
        count=len(rows) + len(steps),
        off=[_off(one, actor.organisation_id) for one in off],
        may_put_off=may,
        problem=problem,
        form=forms.WakeForm(formdata=None),
        whys=[("", _("Everything that is due")), *_WHYS],
        path=f"/dues/in/{slug}",
        chosen=chosen,
        back=url_for("recommendations.recommendations", workspace_slug=slug),
        give_href=url_for("assignments.held", workspace_slug=slug) if may else "",
    )


_WHY = list(forms.WHY.items())
# Late and soon late are one list of the two that have a date; the others are chosen one by one.
_WHYS = [(why, word) for why, (word, *_m) in _WHY if why not in {Why.LATE, Why.SOON}]


def _line(one: Due, people: dict[UUID, str], space: str) -> dict[str, Any]:
    _word, colour, sign = forms.WHY[Why(one.why)]
    told = {
        Level.ORGANISATION: _("All focal points are told."),
        Level.COORDINATOR: _("The coordinator is told too."),
    }
    name = people.get(one.focal_id) if one.focal_id else None
    notes = (
        _("Addressed to %(name)s", name=one.addressee) + ".",
        _("In the hands of %(name)s.", name=name) if name else "",
        "" if one.is_ours else _("Another organisation follows it up."),
        told.get(Level(one.level), "") if one.why != Why.STALE and one.is_ours else "",
    )
    return {
        "href": (at := f"/recommendations/{one.recommendation_id}#ask-{one.ask_id}"),
        "off_href": f"/dues/{one.ask_id}/snooze",
        # For a messenger, which is not ours: where, when and the way in, and no word of it.
        "reminder": _(
            "%(space)s: a follow-up waits for you (%(when)s). %(link)s",
            space=space,
            when=_when(one.days),
            link=nav.home() + at,
        ),
        "title": one.title,
        "language": one.language,
        "when": _when(one.days),
        "colour": colour,
        "sign": sign,
        "note": " ".join(str(note) for note in notes if note),
    }


def _step(one: DueMilestone, on: date) -> dict[str, Any]:
    days = (on - one.last_on).days
    return {
        "href": f"/milestones/{one.ask_id}",
        "text": one.text,
        "title": one.title,
        "language": one.language,
        "addressee": one.addressee,
        "when": _when(days),
        "colour": "wait" if days > 0 else "quiet",
        "sign": "alert" if days > 0 else "clock",
    }


def _when(days: int) -> str:
    if days > 0:
        return str(ngettext("%(num)s day over", "%(num)s days over", days))
    return str(ngettext("%(num)s day left", "%(num)s days left", -days) if days else _("Today"))


def _off(one: Off, us: UUID | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "href": f"/recommendations/{one.recommendation_id}#ask-{one.ask_id}",
        "title": one.title,
        "language": one.language,
        "by": one.organisation,
        "until": words.day(one.until_on, _SHAPE),
        "reason": one.reason,
        "wake_href": f"/dues/{one.ask_id}/wake" if one.organisation_id == us else "",
    }


# --- put off -------------------------------------------------------------------------------------


@bp.get("/<uuid:ask_id>/snooze")
def snooze(ask_id: UUID) -> Response:
    """Until when, and why."""
    return _snooze_page(_ask(ask_id), forms.SnoozeForm(formdata=None))


@bp.post("/<uuid:ask_id>/snooze")
def snooze_submit(ask_id: UUID) -> Any:
    """Put it off."""
    form, ask = forms.SnoozeForm(), _ask(ask_id)
    return submit(
        form,
        lambda s, a: actions.snooze(
            s,
            a,
            ask_id=ask_id,
            until_on=form.until_on.data,
            reason=form.reason.data or "",
            after=form.after(),
        ),
        again=lambda problem: _snooze_page(ask, form, problem),
        done=lambda _made: url_for("dues.dues", workspace_slug=_slug(ask)),
    )


@bp.post("/<uuid:ask_id>/wake")
def wake_submit(ask_id: UUID) -> Any:
    """Take it up again."""
    form, slug = forms.WakeForm(), _slug(_ask(ask_id))
    return submit(
        form,
        lambda s, a: actions.wake(
            s, a, ask_id=ask_id, after=based_on(form.based_on.data) or UUID(int=0)
        ),
        again=lambda problem: _page(slug, problem),
        done=lambda _made: url_for("dues.dues", workspace_slug=slug),
    )


def _ask(ask_id: UUID) -> Ask:
    found = asks.ask(gate.session(), gate.actor(), ask_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    policy.require(gate.actor(), "ask:record", policy.About(workspace_id=found.workspace_id))
    return found


def _slug(ask: Ask) -> str:
    space = organisations.workspace_by_id(gate.session(), gate.actor(), ask.workspace_id)
    return space.slug


def _snooze_page(ask: Ask, form: forms.SnoozeForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    if problem is None or problem.status == 409:
        last = queries.last(session, actor, ask.id)
        form.based_on.data = str(last.id) if last else ""
    return respond(
        "dues/snooze.html",
        form=form,
        problem=problem,
        ask=ask,
        of=recommendations.recommendation(session, actor, ask.recommendation_id),
        back=url_for("dues.dues", workspace_slug=_slug(ask)),
        action=url_for("dues.snooze_submit", ask_id=ask.id),
    )
