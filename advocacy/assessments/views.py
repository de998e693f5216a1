"""One's own view of a threat, and the severity that was agreed. The panel is on its own page."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import get_locale

from advocacy.access import policy
from advocacy.assessments import actions, forms, queries, rules
from advocacy.assessments.rows import Agreed, Mine
from advocacy.assessments.schema import Stance
from advocacy.ground.errors import Denied
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("assessments", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/view")
def view(threat_id: UUID) -> Any:
    """What one's own organisation sees, in a form."""
    now = queries.mine(gate.session(), gate.actor(), threat_id)
    data = forms.given(now.said) if now.said else {"stance": request.args.get("stance")}
    form = forms.ViewForm(formdata=None, data={**data, "based_on": str(now.act_id or "")})
    return _view(threat_id, form)


@bp.post("/<uuid:threat_id>/view")
def view_submit(threat_id: UUID) -> Any:
    """Save it."""
    _asked(threat_id)
    form = forms.ViewForm()
    form.offer(str(get_locale()))
    return submit(
        form,
        lambda s, a: (
            actions.give(s, a, threat_id, form.said(), after=based_on(form.based_on.data)).id
        ),
        again=lambda problem: _view(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}#say",
    )


@bp.post("/<uuid:threat_id>/view/take-back")
def take_back_submit(threat_id: UUID) -> Any:
    """Take it back."""
    _asked(threat_id)
    form = forms.StepForm()
    return submit(
        form,
        lambda s, a: actions.take_back(s, a, threat_id, after=based_on(form.based_on.data)),
        again=lambda problem: _view(threat_id, _typed(threat_id), problem),
        done=lambda _none: f"/threats/{threat_id}#say",
    )


def _typed(threat_id: UUID) -> forms.ViewForm:
    now = queries.mine(gate.session(), gate.actor(), threat_id)
    data = forms.given(now.said) if now.said else {}
    return forms.ViewForm(formdata=None, data={**data, "based_on": str(now.act_id or "")})


def _asked(threat_id: UUID) -> Any:
    """The threat, for who may say something of it. Raises NotFound, Denied."""
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    if not queries.may_give(session, actor, found):
        raise Denied(Reason("access.denied", facts={"permission": "assessment:give"}))
    return found


def _view(threat_id: UUID, form: forms.ViewForm, problem: Problem | None = None) -> Any:
    found = _asked(threat_id)
    form.offer(str(get_locale()))
    now = queries.mine(gate.session(), gate.actor(), threat_id)
    newer = problem.current if problem and isinstance(problem.current, Mine) else None
    if newer:
        form.based_on.data = str(newer.act_id or "")
    return respond(
        "assessments/view.html",
        form=form,
        last=str(now.act_id or ""),
        faults=_faults(problem),
        title=found.title,
        base=f"/threats/{threat_id}",
        has_view=now.said is not None,
        newer=_in_short(newer) if newer else [],
        stances=[(code, *words) for code, words in forms.STANCES.items()],
        reaches=[(code, *words) for code, words in forms.REACHES.items()],
        attributions=[(code, *words) for code, words in forms.ATTRIBUTIONS.items()],
        nameless=rules.hides_names(found),
    )


def _in_short(now: Mine) -> list[str]:
    """What a colleague saved meanwhile."""
    if now.said is None:
        return []
    severity = str(now.said.severity or "–")
    stance = forms.STANCES[Stance(now.said.stance)][0]
    return [str(stance), severity, now.said.rationale]


def _faults(problem: Problem | None) -> list[tuple[str, str]]:
    return [(sentence, "") for sentence in problem.sentences] if problem else []


@bp.get("/<uuid:threat_id>/agreed")
def agreed(threat_id: UUID) -> Any:
    """The agreed severity, in a form for a coordinator."""
    session, actor = gate.session(), gate.actor()
    now = queries.agreed(session, actor, threats.threat(session, actor, threat_id))
    data = {"severity": str(now.severity), "basis": now.basis} if now else {}
    last = queries.last_agreement(session, threat_id)
    form = forms.AgreeForm(formdata=None, data={**data, "based_on": str(last or "")})
    return _agreed(threat_id, form)


@bp.post("/<uuid:threat_id>/agreed")
def agreed_submit(threat_id: UUID) -> Any:
    """Record it."""
    _coordinated(threat_id)
    form = forms.AgreeForm()
    form.offer(str(get_locale()))
    return submit(
        form,
        lambda s, a: (
            actions.agree(
                s,
                a,
                threat_id,
                severity=int(form.severity.data),
                basis=form.basis.data or "",
                after=based_on(form.based_on.data),
            ).id
        ),
        again=lambda problem: _agreed(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}#say",
    )


@bp.post("/<uuid:threat_id>/agreed/end")
def end_submit(threat_id: UUID) -> Any:
    """It is agreed no longer."""
    _coordinated(threat_id)
    form = forms.StepForm()
    return submit(
        form,
        lambda s, a: actions.end_agreement(s, a, threat_id, after=based_on(form.based_on.data)),
        again=lambda problem: _agreed(threat_id, forms.AgreeForm(formdata=None), problem),
        done=lambda _none: f"/threats/{threat_id}#say",
    )


def _coordinated(threat_id: UUID) -> Any:
    """The threat, for who records what was agreed. Raises NotFound, Denied."""
    found = threats.threat(gate.session(), gate.actor(), threat_id)
    about = policy.About(workspace_id=found.workspace_id)
    policy.require(gate.actor(), "severity:agree", about)
    if not queries.sees_members_part(gate.session(), gate.actor(), threat_id):
        raise Denied(Reason("access.denied", facts={"permission": "severity:agree"}))
    return found


def _agreed(threat_id: UUID, form: forms.AgreeForm, problem: Problem | None = None) -> Any:
    found = _coordinated(threat_id)
    session, actor = gate.session(), gate.actor()
    form.offer(str(get_locale()))
    last = str(queries.last_agreement(session, threat_id) or "")
    newer = problem.current if problem and isinstance(problem.current, Agreed) else None
    if problem and problem.status == 409:
        form.based_on.data = last
    return respond(
        "assessments/agreed.html",
        form=form,
        last=last,
        faults=_faults(problem),
        title=found.title,
        base=f"/threats/{threat_id}",
        newer=newer,
        now=queries.agreed(session, actor, found),
        said=queries.panel(session, actor, found),
    )
