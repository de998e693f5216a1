"""The talk about one threat."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for

from advocacy.access import policy
from advocacy.ground.ids import as_id
from advocacy.talks import actions, forms, queries
from advocacy.talks.schema import Deed
from advocacy.web import gate
from advocacy.web.paging import pack, unpack_place
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("talks", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/talk")
def talk(threat_id: UUID) -> Any:
    """What was said of a threat, as far as this reader may read it, and a form to say more."""
    return _talk(threat_id, forms.RemarkForm(formdata=None))


@bp.post("/<uuid:threat_id>/talk")
def talk_submit(threat_id: UUID) -> Any:
    """Say something."""
    form = forms.RemarkForm()
    _offer(form, threat_id)

    def act(session: Any, actor: Any) -> Any:
        asks = as_id(form.asks.data or "")
        return actions.say(
            session, actor, threat_id, text=form.text.data or "", to=form.to.data, asks=asks
        )

    return submit(
        form,
        act,
        again=lambda problem: _talk(threat_id, form, problem),
        done=lambda _made: url_for("talks.talk", threat_id=threat_id),
    )


@bp.post("/talk/<uuid:remark_id>/take-back")
def take_back_submit(remark_id: UUID) -> Any:
    """Take back what one's own organisation said."""
    return _step(remark_id, actions.take_back)


@bp.post("/talk/<uuid:remark_id>/fold")
def fold_submit(remark_id: UUID) -> Any:
    """Fold it away."""
    return _step(remark_id, lambda s, a, i: actions.fold(s, a, i, is_folded=True))


@bp.post("/talk/<uuid:remark_id>/unfold")
def unfold_submit(remark_id: UUID) -> Any:
    """Show it to all its readers again."""
    return _step(remark_id, lambda s, a, i: actions.fold(s, a, i, is_folded=False))


def _step(remark_id: UUID, act: Any) -> Any:
    _row, threat = queries.remark(gate.session(), gate.actor(), remark_id)
    threat_id = threat.id
    return submit(
        forms.StepForm(),
        lambda s, a: act(s, a, remark_id),
        again=lambda problem: _talk(threat_id, forms.RemarkForm(formdata=None), problem),
        done=lambda _none: url_for("talks.talk", threat_id=threat_id),
    )


def _offer(form: forms.RemarkForm, threat_id: UUID) -> Any:
    """Give a form the readers one may write to. Raises NotFound."""
    session, actor = gate.session(), gate.actor()
    threat = queries.record(session, actor, threat_id)
    known = queries.choices(session, actor, threat) if queries.may_write(actor, threat) else []
    form.offer(known, queries.askable(session, actor, threat) if known else {})
    return threat, known


def _talk(threat_id: UUID, form: forms.RemarkForm, problem: Problem | None = None) -> Any:
    threat, known = _offer(form, threat_id)
    session, actor = gate.session(), gate.actor()
    before = unpack_place(request.args.get("before", ""))
    rows, more = queries.remarks(session, actor, threat, before=before)
    href = url_for("talks.talk", threat_id=threat_id)
    about = policy.About(workspace_id=threat.workspace_id)
    return respond(
        "talks/talk.html",
        "talks/_talk.html",
        title=threat.title,
        base=f"/threats/{threat_id}",
        action=href,
        rows=[(row, moment(row.at, "d MMM y, HH:mm")) for row in rows],
        older=f"{href}?before={pack(more[0].isoformat(), str(more[1]))}" if more else "",
        newer=href if before else "",
        form=form,
        known=known,
        labels=forms.LABELS,
        may_write=bool(known),
        may_fold=policy.allows(actor, "talk:fold", about),
        deeds=Deed,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
    )
