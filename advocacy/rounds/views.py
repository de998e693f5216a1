"""Open a round, follow it, end it: the pages of the lead."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.calendars import queries as calendars
from advocacy.clearances import queries as clearances
from advocacy.delegations import queries as delegations
from advocacy.ground import clock
from advocacy.ground.reasons import Reason
from advocacy.objections import queries as objections
from advocacy.objections.forms import STATES
from advocacy.objections.rows import RequestRow
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.reminders import queries as reminders
from advocacy.rosters import actions as putting
from advocacy.rosters import queries as rosters
from advocacy.rounds import actions, forms
from advocacy.rounds import queries as own
from advocacy.rounds import rules as rounds
from advocacy.rounds.rows import ExtensionRow
from advocacy.signoff import forms as words
from advocacy.signoff import queries, rules
from advocacy.signoff.rows import RosterLine, RoundRow
from advocacy.tallies import queries as tallies
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, moment, place, table

bp = Blueprint("rounds", __name__, url_prefix="/rounds")


@bp.get("/open/<uuid:position_id>")
def open_round(position_id: UUID) -> Response:
    """The form that puts the newest version to organisations, filled as is usual for its kind."""
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    version = positions.latest(session, actor, position_id)
    calendar = calendars.calendar(session, actor, of.workspace_id)
    usual = rounds.usual(of.kind)
    mode = chosen if (chosen := request.args.get("mode", "")) in set(rules.Mode) else usual.mode
    form = forms.Open(
        formdata=None,
        zone=calendar.zone,
        version_id=str(version.id) if version else "",
        mode=mode,
        logos=usual.logos,
        blocks=usual.blocks,
        closes_on=rounds.usual_close(calendar, actor.now, usual.days, forms.HOUR),
        answers=[kind.value for kind in rounds.usual_answers(mode, has_body=False)],
    )
    return _open_page(position_id, form)


def _open_page(position_id: UUID, form: forms.Open, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    circle = positions.participants(session, actor, of)
    policy.require(actor, "round:open", positions.about(of, circle))
    names = organisations.names(session, circle)
    bodies = organisations.bodies(session, actor, workspace_id=of.workspace_id)
    form.body_id.choices = forms.picks(_("No body"), [(body.id, body.name) for body in bodies])
    calendar = calendars.calendar(session, actor, of.workspace_id)
    return respond(
        "rounds/open.html",
        form=form,
        position=of,
        version=positions.latest(session, actor, position_id),
        sentences=problem.sentences if problem else [],
        choices=[(str(i), name, "") for i, name in sorted(names.items(), key=lambda n: n[1])],
        kinds=words.options(words.KINDS, _offered(form)),
        blocks=words.options(forms.BLOCKS, rules.Blocks),
        modes=[
            (url_for("rounds.open_round", position_id=position_id, mode=mode), *said)
            for mode, said in forms.MODES.items()
            if mode != form.mode.data
        ],
        mode=forms.mode_words(form.mode.data),
        is_silence=form.mode.data != rules.Mode.EXPLICIT,
        takes_names=form.mode.data != rules.Mode.SILENCE,
        was_consulted=own.was_consulted(session, actor, of),
        has_bodies=bool(bodies),
        five_days=day(rounds.usual_close(calendar, actor.now, 5, forms.HOUR), "EEEE d MMMM"),
        calendar_href=url_for("calendars.calendar", workspace_slug=_slug(of.workspace_id)),
        back=url_for("positions.position", position_id=position_id),
        action=url_for("rounds.open_round_submit", position_id=position_id),
    )


def _offered(form: forms.Open) -> tuple[str, ...]:
    """The answers that a round of this mode can allow."""
    return rounds.usual_answers(form.mode.data or "", has_body=False)


def _slug(workspace_id: UUID) -> str:
    return organisations.workspace_by_id(gate.session(), gate.actor(), workspace_id).slug


@bp.post("/open/<uuid:position_id>")
def open_round_submit(position_id: UUID) -> AnyResponse:
    """Open the round."""
    form = forms.Open()
    return submit(
        form,
        lambda s, a: actions.open_round(s, a, position_id, **form.asked()),
        again=lambda problem: _open_page(position_id, form, problem),
        done=lambda made: url_for("rounds.round_page", round_id=made.id),
    )


@bp.get("/<uuid:round_id>")
def round_page(round_id: UUID) -> Response:
    """Who was asked, what the lead may see of the answers, what is still missing."""
    return _roster_page(round_id)


def _roster_page(
    round_id: UUID, form: words.Blamed | None = None, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    round_ = queries.round_of(session, actor, round_id)
    policy.require(actor, "round:open", policy.About(organisation_id=round_.lead_id))
    version = positions.version(session, actor, round_.version_id)
    of = positions.position(session, actor, round_.position_id)
    lines = queries.roster(session, actor, round_id)
    vacant = delegations.vacant(session, [line.organisation_id for line in lines], now=gate.now())
    missing = own.missing(session, actor, round_id)
    return respond(
        "rounds/round.html",
        form=form if isinstance(form, forms.Abandon) else forms.Abandon(formdata=None),
        sentences=problem.sentences if problem else [],
        lines=_lines(round_, lines, vacant),
        missing=_missing(missing),
        expected={
            organisation: day(on, "EEEE d MMMM")
            for organisation, on in clearances.expected(session, actor, round_id).items()
        },
        requests=[_request(row) for row in objections.of_round(session, actor, round_)],
        remind=_remind(round_) if round_.is_open else None,
        all_seen=all(line.answer for line in lines),
        is_over=round_.state == rules.State.ABANDONED or of.stage != "signoff",
        release_href=url_for("releases.before_release", position_id=round_.position_id),
        position_href=url_for("positions.position", position_id=round_.position_id),
        adoption_href=url_for("adoptions.adoption", position_id=round_.position_id),
        abandon_href=url_for("rounds.abandon", round_id=round_id),
        close_href=url_for("rounds.close", round_id=round_id),
        round=round_,
        version=version,
        deadline=words.deadline(round_),
        mode=forms.MODES[rules.Mode(round_.mode)],
        **_while_open(round_, positions.participants(session, actor, of), form),
    )


def _while_open(
    round_: RoundRow, circle: frozenset[UUID], form: words.Blamed | None
) -> dict[str, Any]:
    """What changed since the round opened, and the forms that change more."""
    session, actor = gate.session(), gate.actor()
    extended = own.extensions(session, actor, round_.id)
    on = queries.invited(session, actor, round_.id)
    names = organisations.names(session, circle | on)
    extend = (
        form
        if isinstance(form, forms.Extend)
        else forms.Extend(formdata=None, after=str(extended[0].id) if extended else "")
    )
    off = form if isinstance(form, forms.TakeOff) else forms.TakeOff(formdata=None)
    add = form if type(form) is forms.Add else forms.Add(formdata=None)
    choose = _("Choose an organisation")
    off.organisation.choices = forms.picks(choose, [(i, names[i]) for i in on])
    rest = [(i, name) for i, name in names.items() if i not in on]
    add.organisation.choices = forms.picks(choose, rest)
    calendar = calendars.calendar(session, actor, round_.workspace_id)
    return {
        "extensions": [_extension(row, round_) for row in extended],
        "extension": _extension(extended[0], round_) if extended else None,
        "changes": [
            (row, moment(row.at, "d MMMM, HH:mm"))
            for row in rosters.changes(session, actor, round_.id)
        ],
        "extend": extend,
        "add": add,
        "off": off,
        "can_add": bool(rest),
        "can_extend": len(extended) < rounds.MOST_EXTENSIONS,
        "limits": {"times": rounds.MOST_EXTENSIONS, "days": rounds.MOST_DAYS_LONGER},
        "place": place(round_.zone),
        "is_short": rounds.is_short(calendar, round_.opened_at, round_.closes_at),
        "late": moment(round_.late_until, "EEEE d MMMM, HH:mm", clock.zone(round_.zone)),
        "extend_href": url_for("rounds.extend", round_id=round_.id),
        "add_href": url_for("rounds.add", round_id=round_.id),
        "off_href": url_for("rounds.take_off", round_id=round_.id),
    }


def _extension(row: ExtensionRow, round_: RoundRow) -> dict[str, str]:
    until = moment(row.closes_at, "EEEE d MMMM, HH:mm", clock.zone(round_.zone))
    return {"until": until, "person": row.person, "reason": row.reason}


def _lines(
    round_: RoundRow, lines: list[RosterLine], vacant: set[UUID] | frozenset[UUID]
) -> list[dict[str, Any]]:
    session, actor = gate.session(), gate.actor()
    quiet = tallies.silences(session, actor, round_)
    reached, silent = tallies.deliveries(session, actor, round_.id), table(forms.SILENT)
    return [
        {
            **_line(line, vacant=line.organisation_id in vacant),
            "quiet": silent[quiet[line.organisation_id]] if line.organisation_id in quiet else "",
            "reached": moment(reached[line.organisation_id].at, "d MMMM, HH:mm")
            if line.organisation_id in reached
            else "",
        }
        for line in lines
    ]


_OF_MANY = ("rounds.silent-so-far", "rounds.not-reached", "signoff.no-answer-shown")


def _missing(found: list[Reason]) -> list[tuple[str, list[str]]]:
    """What is missing in sentences. What is said of several organisations is said once."""
    names = {code: [str(r.facts["name"]) for r in found if r.code == code] for code in _OF_MANY}
    said: list[tuple[str, list[str]]] = [
        (reasons.say(r), []) for r in found if len(names.get(r.code, ())) < 2
    ]
    return said + [(_of_many(code, len(of)), of) for code, of in names.items() if len(of) > 1]


def _of_many(code: str, number: int) -> str:
    if code == "rounds.silent-so-far":
        said = ngettext(
            "%(num)d organisation is silent so far, as far as you can see",
            "%(num)d organisations are silent so far, as far as you can see",
            number,
        )
    elif code == "rounds.not-reached":
        said = ngettext(
            "%(num)d organisation was not reached: its silence counts for nothing",
            "%(num)d organisations were not reached: their silence counts for nothing",
            number,
        )
    else:
        said = ngettext(
            "%(num)d organisation: no answer that you can see",
            "%(num)d organisations: no answer that you can see",
            number,
        )
    return str(said)


def _remind(round_: RoundRow) -> dict[str, Any]:
    last = reminders.last_call(gate.session(), gate.actor(), round_.id)
    return {
        "href": url_for("reminders.call", round_id=round_.id),
        "after": last.id if last else "",
        "last": moment(last.recorded_at, "EEEE d MMMM, HH:mm") if last else "",
    }


def _request(row: RequestRow) -> dict[str, Any]:
    kind, word = STATES[row.state]
    href = url_for("objections.request", answer_id=row.answer.id)
    return {"name": row.organisation, "href": href, "kind": kind, "word": word}


def _line(line: RosterLine, *, vacant: bool) -> dict[str, Any]:
    said = words.words(line.answer) if line.answer else None
    return {
        "name": line.name,
        "us": line.us,
        "said": said,
        "vacant": vacant and not said,
        "id": line.organisation_id,
    }


@bp.post("/<uuid:round_id>/abandon")
def abandon(round_id: UUID) -> AnyResponse:
    """Give the round up."""
    form = forms.Abandon()
    return submit(
        form,
        lambda s, a: actions.abandon(s, a, round_id, reason=form.reason.data or ""),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/close")
def close(round_id: UUID) -> AnyResponse:
    """Close early, when an answer from everybody is in sight."""
    return submit(
        forms.Press(),
        lambda s, a: actions.close(s, a, round_id),
        again=lambda problem: _roster_page(round_id, None, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/extend")
def extend(round_id: UUID) -> AnyResponse:
    """Keep the round open longer."""
    form = forms.Extend()
    return submit(
        form,
        lambda s, a: actions.extend(s, a, round_id, **form.said()),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/add")
def add(round_id: UUID) -> AnyResponse:
    """Ask one more organisation."""
    form = forms.Add()
    return submit(
        form,
        lambda s, a: putting.add_to_roster(s, a, round_id, form.chosen()),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/take-off")
def take_off(round_id: UUID) -> AnyResponse:
    """Ask an organisation no longer."""
    form = forms.TakeOff()
    return submit(
        form,
        lambda s, a: putting.take_off(s, a, round_id, form.chosen(), reason=form.reason.data or ""),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )
