"""Where a text stands inside one's own organisation."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.accounts import queries as accounts
from advocacy.clearances import actions, forms, queries, rules
from advocacy.clearances.rows import StepRow
from advocacy.ground.errors import NotFound
from advocacy.ground.ids import based_on
from advocacy.positions import queries as positions
from advocacy.signoff import forms as words
from advocacy.signoff import queries as signoff
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("clearances", __name__, url_prefix="/clearances")


@bp.get("/<uuid:round_id>")
def standing(round_id: UUID) -> Response:
    """Our steps, what was said at each, and what the lead is told."""
    return _page(round_id)


def _page(
    round_id: UUID,
    form: forms.Record | None = None,
    tell: forms.Tell | None = None,
    problem: Problem | None = None,
) -> Response:
    round_ = signoff.round_of(gate.session(), gate.actor(), round_id)
    if not signoff.is_invited(gate.session(), gate.actor(), round_id):
        raise NotFound
    now = queries.standing(gate.session(), gate.actor(), round_id)
    about = policy.About(organisation_id=gate.actor().organisation_id)
    ladder = queries.ladder(gate.session(), gate.actor())
    waiting = next((s.name for s in now.steps if s.said != "yes"), "")
    after, line = str(now.last_id or ""), str(now.line_id or "")
    return respond(
        "clearances/standing.html",
        form=form or forms.Record(formdata=None, after=after, step=waiting),
        tell=tell or forms.Tell(formdata=None, told=line, expected_on=now.expected_on),
        sentences=problem.sentences if problem else [],
        steps=_shown(now.steps),
        expected=day(now.expected_on, "EEEE d MMMM") if now.expected_on else "",
        step_options=[(name, name, "") for name in ladder.steps],
        word_options=words.options(forms.WORDS, rules.Word),
        is_clear=now.is_clear,
        round=round_,
        version=positions.version(gate.session(), gate.actor(), round_.version_id),
        deadline=words.deadline(round_),
        us=gate.actor().organisation_name,
        may_record=policy.allows(gate.actor(), "clearance:record", about),
        may_tell=policy.allows(gate.actor(), "clearance:tell", about),
        read_href=url_for("answers.read", round_id=round_id),
        answer_href=url_for("answers.answer", round_id=round_id),
        ladder_href=url_for("clearances.ladder"),
        record_href=url_for("clearances.record_submit", round_id=round_id),
        tell_href=url_for("clearances.tell_submit", round_id=round_id),
        status=problem.status if problem else 200,
    )


def _shown(steps: tuple[StepRow, ...]) -> list[dict[str, Any]]:
    people = {s.person_id for s in steps if s.person_id}
    names = accounts.names(gate.session(), people)
    return [
        {
            "name": s.name,
            "mark": forms.MARKS[s.said],
            "by": s.by_name,
            "on": day(s.said_on, "d MMMM y") if s.said_on else "",
            "note": s.note,
            "written_by": names.get(s.person_id, "") if s.person_id else "",
        }
        for s in steps
    ]


@bp.post("/<uuid:round_id>")
def record_submit(round_id: UUID) -> AnyResponse:
    """Write down what was said at a step."""
    form = forms.Record()
    signoff.round_of(gate.session(), gate.actor(), round_id)
    after = based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.record(
            s,
            a,
            round_id,
            rules.Saying(
                step=form.step.data or "",
                said=form.said.data or "",
                by_name=form.by_name.data or "",
                said_on=form.said_on.data or gate.today(),
                note=form.note.data or "",
            ),
            after=after,
        ),
        again=lambda problem: _page(round_id, form=form, problem=problem),
        done=lambda _made: url_for("clearances.standing", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/line")
def tell_submit(round_id: UUID) -> AnyResponse:
    """Let the lead read the day, or take it back."""
    form = forms.Tell()
    signoff.round_of(gate.session(), gate.actor(), round_id)
    after = based_on(form.told.data)
    return submit(
        form,
        lambda s, a: actions.tell(s, a, round_id, expected_on=form.expected_on.data, after=after),
        again=lambda problem: _page(round_id, tell=form, problem=problem),
        done=lambda _made: url_for("clearances.standing", round_id=round_id),
    )


@bp.get("/ladder")
def ladder() -> Response:
    """The names and the order of our own steps."""
    return _ladder_page()


def _ladder_page(form: forms.Steps | None = None, problem: Problem | None = None) -> Response:
    about = policy.About(organisation_id=gate.actor().organisation_id)
    policy.require(gate.actor(), "clearance:tell", about)
    now = queries.ladder(gate.session(), gate.actor())
    fresh = forms.Steps(formdata=None, steps="\n".join(now.steps), after=str(now.id or ""))
    return respond(
        "clearances/ladder.html",
        form=form or fresh,
        sentences=problem.sentences if problem else [],
        us=gate.actor().organisation_name,
        action=url_for("clearances.ladder_submit"),
        status=problem.status if problem else 200,
    )


@bp.post("/ladder")
def ladder_submit() -> AnyResponse:
    """Say which steps we have."""
    form = forms.Steps()
    after = based_on(form.after.data)
    steps = rules.names(form.steps.data or "")
    return submit(
        form,
        lambda s, a: actions.arrange(s, a, steps=steps, after=after),
        again=lambda problem: _ladder_page(form, problem),
        done=lambda _made: url_for("clearances.ladder"),
    )
