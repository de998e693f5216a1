"""How one is reminded; and the lead's press that reminds the silent."""

from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import anonymous
from advocacy.ground.ids import based_on
from advocacy.reminders import actions, forms, queries
from advocacy.web import gate
from advocacy.web.db import database, end_reading
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("reminders", __name__, url_prefix="/reminders")


@bp.get("")
def mine() -> Response:
    """How the reader is reminded. Mails link here; opening it changes nothing."""
    wish = queries.choice(gate.session(), gate.actor())
    return _page(forms.Wish.of(wish))


def _page(form: forms.Wish, problem: Problem | None = None) -> Response:
    return respond(
        "reminders/mine.html",
        form=form,
        ways=[(str(way), *words) for way, words in forms.WAYS.items()],
        sentences=problem.sentences if problem else [],
        action=url_for("reminders.choose"),
        back=url_for("accounts.me"),
        status=problem.status if problem else 200,
    )


@bp.post("")
def choose() -> AnyResponse:
    """Keep how the reader is reminded."""
    form = forms.Wish()
    return submit(
        form,
        lambda s, a: actions.choose(s, a, **form.said()),
        again=lambda problem: _page(form, problem),
        done=lambda _made: _kept(),
        is_personal=True,
    )


def _kept() -> AnyResponse:
    flash(_("Your choice was kept."), "ok")
    return redirect(url_for("reminders.mine"), 303)


@bp.get("/stop/<string:token>")
def stop(token: str) -> Response:
    """Asks whoever opened the link of a reminder whether to stop them; records nothing."""
    queries.person_of(gate.session(), token, key=_key())
    return respond("reminders/stop.html", href=url_for("reminders.stop_submit", token=token))


@bp.post("/stop/<string:token>")
def stop_submit(token: str) -> Response:
    """Stops them. A mail program posts here with no form of ours: the address is the key."""
    end_reading()
    with database().writing(anonymous(gate.now())) as session:
        actions.stop(session, anonymous(gate.now()), token=token, key=_key())
    return respond("reminders/stopped.html")


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


@bp.post("/call/<uuid:round_id>")
def call(round_id: UUID) -> AnyResponse:
    """Remind those who have not answered."""
    form = forms.Call()
    return submit(
        form,
        lambda s, a: actions.remind(s, a, round_id, after=based_on(form.after.data)),
        again=lambda problem: _refused(round_id, problem),
        done=lambda _made: _called(round_id),
    )


def _called(round_id: UUID) -> AnyResponse:
    flash(_("Those who have not answered get a mail."), "ok")
    return redirect(url_for("rounds.round_page", round_id=round_id), 303)


def _refused(round_id: UUID, problem: Problem) -> Response:
    return respond(
        "reminders/refused.html",
        sentences=problem.sentences,
        back=url_for("rounds.round_page", round_id=round_id),
        status=problem.status,
    )
