"""Tell what happened to an outcome, what one did for it, and that a second organisation looked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground.ids import as_id
from advocacy.links import actions as linking
from advocacy.links import queries as links
from advocacy.outcomes import actions, queries, rules
from advocacy.outcomes import forms as words
from advocacy.outcomes.rules import Happened, Outcome, Told
from advocacy.tellings import forms
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("tellings", __name__, url_prefix="/outcomes")
_KINDS = [kind for kind in Happened if kind != Happened.TAKEN_BACK]


def _one(outcome_id: UUID, permission: str) -> Outcome:
    """An outcome, asked for before its form is read: nobody else is shown that form."""
    found = queries.outcome(gate.session(), gate.actor(), outcome_id)
    about = queries.about(gate.session(), gate.actor(), found)
    policy.require(gate.actor(), permission, about)
    return found


def _last(of: Outcome) -> Any:
    """The last event of an outcome: what the next one is based on."""
    return queries.events(gate.session(), gate.actor(), [of.id])[of.id][-1]


def _send(
    outcome_id: UUID,
    form: FlaskForm,
    act: Callable[[Session, Actor], Any],
    again: Callable[[Problem], Response],
) -> Any:
    return submit(
        form,
        act,
        again=again,
        done=lambda _none: url_for("outcomes.detail", outcome_id=outcome_id),
    )


def _page(
    of: Outcome, form: FlaskForm, problem: Problem | None, last: Any, **page: Any
) -> Response:
    shown = words.page(of, form, problem, last, **page)
    name = request.path.rsplit("/", 1)[-1]
    return respond("outcomes/form.html", **shown, action=f"{shown['back']}/{name}")


# --- what happened -------------------------------------------------------------------------------


@bp.get("/<uuid:outcome_id>/event")
def event(outcome_id: UUID) -> Response:
    """What happened to it."""
    return _event_page(outcome_id, words.EventForm())


@bp.post("/<uuid:outcome_id>/event")
def event_submit(outcome_id: UUID) -> Any:
    """Tell it."""
    form = words.EventForm()
    form.offer(_KINDS)
    return _send(
        outcome_id,
        form,
        lambda s, a: actions.tell(
            s, a, outcome_id=outcome_id, told=form.told(), after=form.after()
        ),
        lambda problem: _event_page(outcome_id, form, problem),
    )


def _event_page(
    outcome_id: UUID, form: words.EventForm, problem: Problem | None = None
) -> Response:
    of = _one(outcome_id, "outcome:record")
    # All of them: what happened is also told of an earlier day.
    form.offer(_KINDS)
    fields = ["kind", "on", "until_on", "source", "text"]
    return _page(of, form, problem, _last(of), title=_("Tell what happened"), fields=fields)


@bp.get("/<uuid:outcome_id>/still-holds")
def still_holds(outcome_id: UUID) -> Response:
    """Asked once more, where the tap came too late."""
    return _holds_page(outcome_id, words.TapForm(formdata=None))


@bp.post("/<uuid:outcome_id>/still-holds")
def still_holds_submit(outcome_id: UUID) -> Any:
    """One tap: somebody looked today, and it still holds."""
    form = words.TapForm()

    def act(session: Session, actor: Actor) -> None:
        of = queries.outcome(session, actor, outcome_id)
        told = Told(Happened.CONFIRMED, queries.today(session, actor, of.workspace_id))
        actions.tell(session, actor, outcome_id=outcome_id, told=told, after=form.after())

    return _send(outcome_id, form, act, lambda problem: _holds_page(outcome_id, form, problem))


def _holds_page(outcome_id: UUID, form: words.TapForm, problem: Problem | None = None) -> Response:
    of = _one(outcome_id, "outcome:record")
    return _page(of, form, problem, _last(of), title=_("It still holds"), fields=[])


@bp.get("/<uuid:outcome_id>/take-back")
def take_back(outcome_id: UUID) -> Response:
    """An event that was a mistake."""
    form = forms.TakeBackForm(formdata=None, takes_back=request.args.get("event", ""))
    return _take_back_page(outcome_id, form)


@bp.post("/<uuid:outcome_id>/take-back")
def take_back_submit(outcome_id: UUID) -> Any:
    """Take it back."""
    form = forms.TakeBackForm()
    return _send(
        outcome_id,
        form,
        lambda s, a: actions.tell(
            s, a, outcome_id=outcome_id, told=form.told(), after=form.after()
        ),
        lambda problem: _take_back_page(outcome_id, form, problem),
    )


def _take_back_page(
    outcome_id: UUID, form: forms.TakeBackForm, problem: Problem | None = None
) -> Response:
    of = _one(outcome_id, "outcome:record")
    chain = queries.events(gate.session(), gate.actor(), [of.id])[of.id]
    which = as_id(form.takes_back.data or "")
    meant = next((one for one in rules.live(chain) if one.id == which), None)
    what = f"{words.HAPPENED[meant.kind]}, {day(meant.on, 'd MMM y')}" if meant else ""
    title = _("Take back what was told")
    return _page(of, form, problem, chain[-1], title=title, what=what, fields=["text"])


# --- what organisations say of it ----------------------------------------------------------------


@bp.get("/<uuid:outcome_id>/part")
def part(outcome_id: UUID) -> Response:
    """What our organisation did."""
    form, last = forms.PartForm(formdata=None), _ours(outcome_id)
    if last is not None:
        form.text.data, form.is_hidden.data = last.text, last.is_hidden
    return _part_page(outcome_id, form)


@bp.post("/<uuid:outcome_id>/part")
def part_submit(outcome_id: UUID) -> Any:
    """Say it."""
    form = forms.PartForm()
    return _send(
        outcome_id,
        form,
        lambda s, a: actions.contribute(
            s,
            a,
            outcome_id=outcome_id,
            text=form.text.data or "",
            is_hidden=form.is_hidden.data,
            after=form.after(),
        ),
        lambda problem: _part_page(outcome_id, form, problem),
    )


def _ours(outcome_id: UUID) -> Any:
    """What our organisation said last; None = nothing yet."""
    actor, said = gate.actor(), queries.parts(gate.session(), gate.actor(), outcome_id)
    return next((one for one in said if one.organisation_id == actor.organisation_id), None)


def _part_page(outcome_id: UUID, form: forms.PartForm, problem: Problem | None = None) -> Response:
    of = _one(outcome_id, "outcome:record")
    return _page(
        of,
        form,
        problem,
        _ours(outcome_id),
        title=_("What our organisation did"),
        what=_("In your own words. Leave it empty to take it back. Donors never read this."),
        fields=["text", "is_hidden"],
    )


@bp.get("/<uuid:outcome_id>/second")
def second(outcome_id: UUID) -> Response:
    """A second organisation looked."""
    return _second_page(outcome_id, forms.SecondForm(formdata=None))


@bp.post("/<uuid:outcome_id>/second")
def second_submit(outcome_id: UUID) -> Any:
    """Say that it is so, or take that back."""
    form = forms.SecondForm()
    return _send(
        outcome_id,
        form,
        lambda s, a: actions.second(
            s,
            a,
            outcome_id=outcome_id,
            stands=form.stands.data == "yes",
            text=form.text.data or "",
            source=form.source.data or "",
            after=form.after(),
        ),
        lambda problem: _second_page(outcome_id, form, problem),
    )


def _second_page(
    outcome_id: UUID, form: forms.SecondForm, problem: Problem | None = None
) -> Response:
    of = _one(outcome_id, "outcome:second")
    return _page(
        of,
        form,
        problem,
        queries.my_second(gate.session(), gate.actor(), of.id),
        title=_("Look as a second organisation"),
        what=_(
            "Members read your name here. Donors read that a second organisation looked, no name."
        ),
        fields=["stands", "text", "source"],
    )


# --- its words, and what it belongs to ------------------------------------------------------------


@bp.get("/<uuid:outcome_id>/edit")
def edit(outcome_id: UUID) -> Response:
    """Its words."""
    form, found = words.WordingForm(formdata=None), _one(outcome_id, "outcome:edit")
    form.fill(queries.wording(gate.session(), gate.actor(), found.id))
    return _edit_page(outcome_id, form)


@bp.post("/<uuid:outcome_id>/edit")
def edit_submit(outcome_id: UUID) -> Any:
    """Put it into other words."""
    form = words.WordingForm()
    return _send(
        outcome_id,
        form,
        lambda s, a: actions.word(
            s, a, outcome_id=outcome_id, new=form.wording(), after=form.after()
        ),
        lambda problem: _edit_page(outcome_id, form, problem),
    )


def _edit_page(
    outcome_id: UUID, form: words.WordingForm, problem: Problem | None = None
) -> Response:
    of = _one(outcome_id, "outcome:edit")
    last = queries.wording(gate.session(), gate.actor(), of.id)
    now = last.title if problem and problem.status == 409 else ""
    title = _("Change the words")
    return _page(of, form, problem, last, title=title, fields=words.FIELDS, now=now)


@bp.get("/<uuid:outcome_id>/link")
def link(outcome_id: UUID) -> Response:
    """What it belongs to."""
    return _link_page(outcome_id, forms.LinkForm(formdata=None))


@bp.post("/<uuid:outcome_id>/link")
def link_submit(outcome_id: UUID) -> Any:
    """Link it to a recommendation, a protection risk, or both."""
    form = forms.LinkForm()
    _offer(outcome_id, form)

    def act(session: Session, actor: Actor) -> None:
        for end in form.chosen():
            linking.link(session, actor, source=("outcome", outcome_id), target=end)

    return _send(outcome_id, form, act, lambda problem: _link_page(outcome_id, form, problem))


def _offer(outcome_id: UUID, form: forms.LinkForm) -> Outcome:
    session, actor = gate.session(), gate.actor()
    of = queries.outcome(session, actor, outcome_id)
    for kind in ("recommendation", "threat"):
        rows = links.candidates(session, actor, kind, workspace_id=of.workspace_id)
        form.offer(kind, rows)
    return of


def _link_page(outcome_id: UUID, form: forms.LinkForm, problem: Problem | None = None) -> Response:
    of = _offer(outcome_id, form)
    policy.require(gate.actor(), "link:make", policy.About(workspace_id=of.workspace_id))
    fields = ["recommendation", "threat"]
    return _page(of, form, problem, None, title=_("Link it"), fields=fields)
