"""Pages of signing in, of links that came by mail, and of one's own account."""

from typing import cast
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor, Seat
from advocacy.accounts import actions, forms, queries, rules
from advocacy.accounts.forms import SEATS
from advocacy.config import Config
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as seats
from advocacy.passkeys import actions as steps
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


def _keys(email: str | None, what: str) -> tuple[str, ...]:
    config = cast(Config, current_app.config["ADVOCACY"])
    account, address = queries.folded(email or ""), request.remote_addr or ""
    return rules.counted_under(config.secret_key, email=account, address=address, what=what)


def _device_session() -> UUID | None:
    found = gate.loaded()
    return found.bearer_id if found else None


# --- signing in ----------------------------------------------------------------------------------


@bp.get("/sign-in")
def sign_in() -> AnyResponse:
    """Address and password; where somebody is signed in already, on to where they wanted."""
    where = gate.safe_next(request.args.get("next"))
    if gate.loaded():
        return redirect(where, 303)
    return respond("accounts/sign-in.html", form=forms.SignIn(next=where))


@bp.post("/sign-in")
def sign_in_submit() -> AnyResponse:
    """A new session for a right password. The check is slow, so it is made before the writing."""
    form, checked = forms.SignIn(), queries.UNCHECKED
    if form.validate():
        checked = queries.check(
            gate.session(),
            email=form.email.data or "",
            password=form.password.data or "",
            keys=_keys(form.email.data, "sign-in"),
            now=gate.now(),
        )
    return submit(
        form,
        lambda s, a: steps.open_session(s, a, checked=checked, instead_of=_device_session()),
        again=lambda problem: _refused(form, problem),
        done=lambda begun: _entered(form, begun),
        is_personal=True,
    )


def _refused(form: forms.SignIn, problem: Problem) -> str:
    return render_template("accounts/sign-in.html", form=form, problem=problem)


def _entered(form: forms.SignIn, begun: steps.Begun | None) -> AnyResponse:
    """In, or the same sentence for a wrong password and for an address nobody has."""
    if begun is not None:
        return _on(begun, gate.safe_next(form.next.data))
    form.form_errors.append(reasons.say(Reason("accounts.not-signed-in")))
    return make_response(_refused(form, Problem(422)), 422)


def _on(begun: steps.Begun, where: str) -> AnyResponse:
    """Into the session, or to the second step that leads into it."""
    if not begun.is_half:
        return gate.enter(begun.token, where)
    cookie.clear()
    cookie["half"], cookie["half_next"] = begun.token, where
    return redirect(url_for("passkeys.second"), 303)


@bp.get("/link/<string:token>")
def link(token: str) -> AnyResponse:
    """Shows whom this link signs in. Opening it does nothing: mail programs open links too."""
    who = queries.of_link(gate.session(), token, now=gate.now())
    if who is None:
        return make_response(_spent(), 404)
    ways = seats.ways(gate.session(), person_id=who.id, now=gate.now())
    organisation = ways[0].organisation_name if ways else ""
    return respond(
        "accounts/link.html", form=forms.Plain(), name=who.name, organisation=organisation
    )


@bp.post("/link/<string:token>")
def link_submit(token: str) -> AnyResponse:
    """Uses the link up, and signs in."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.use_link(s, a, token=token),
        again=lambda _problem: _spent(),
        done=lambda made: gate.enter(made, "/"),
        is_personal=True,
    )


def _spent() -> str:
    return render_template("accounts/spent.html")


@bp.post("/sign-out")
def sign_out_submit() -> AnyResponse:
    """Ends this session, here and on the server."""
    bearer_id = cast(gate.Loaded, gate.loaded()).bearer_id
    return submit(
        forms.Plain(),
        lambda s, a: actions.sign_out(s, a, bearer_id=bearer_id),
        again=lambda _problem: _spent(),
        done=lambda _nothing: gate.forget(url_for("accounts.sign_in")),
        is_personal=True,
    )


# --- a forgotten password ------------------------------------------------------------------------


@bp.get("/forgot")
def forgot() -> AnyResponse:
    """Where to send a link for a new password."""
    return respond("accounts/forgot.html", form=forms.Forgot())


@bp.post("/forgot")
def forgot_submit() -> AnyResponse:
    """The same answer and the same work, whether the address is known or not."""
    form, keys = forms.Forgot(), _keys(request.form.get("email"), "reset")
    queries.unless_too_many(gate.session(), keys=keys, now=gate.now())
    return submit(
        form,
        lambda s, a: actions.ask_for_reset(s, a, email=form.email.data or "", keys=keys),
        again=lambda problem: render_template("accounts/forgot.html", form=form, problem=problem),
        done=lambda _nothing: _sent(),
        is_personal=True,
    )


def _sent() -> str:
    flash(
        _(
            "If somebody has this address here, a mail is on its way. Open it within 2 hours. "
            "No mail? Look in the spam folder, or ask your organisation’s administrator."
        ),
        "info",
    )
    return url_for("accounts.sign_in")


@bp.get("/reset/<string:token>")
def reset(token: str) -> AnyResponse:
    """Choose a new password; the link came by mail."""
    who = queries.of_reset(gate.session(), token, now=gate.now())
    if who is None:
        return make_response(_spent(), 404)
    return respond("accounts/reset.html", form=forms.NewPassword(), name=who.name)


@bp.post("/reset/<string:token>")
def reset_submit(token: str) -> AnyResponse:
    """Sets the password, ends every session, begins a new one."""
    form = forms.NewPassword()
    return submit(
        form,
        lambda s, a: steps.reset_password(s, a, token=token, password=form.password.data or ""),
        again=lambda problem: _reset_again(form, token, problem),
        done=lambda begun: _on(begun, "/"),
        is_personal=True,
    )


def _reset_again(form: forms.NewPassword, token: str, problem: Problem) -> str:
    who = queries.of_reset(gate.session(), token, now=gate.now())
    if who is None:
        return _spent()
    return render_template("accounts/reset.html", form=form, name=who.name, problem=problem)


# --- one's own account ---------------------------------------------------------------------------


@bp.get("/me")
def me() -> Response:
    """Name, language, password, sessions, and for whom one acts."""
    return make_response(_me())


def _me(
    settings: forms.Settings | None = None, password: forms.ChangePassword | None = None
) -> str:
    actor, here = gate.actor(), _device_session()
    who = queries.person(gate.session(), actor)
    living = [
        (moment(row.issued_at, "d MMM y, HH:mm"), moment(row.seen_at, "d MMM y, HH:mm"),
         row.id == here)
        for row in queries.sessions(gate.session(), actor)
    ]  # fmt: skip
    return render_template(
        "accounts/me.html",
        me=gate.context()["me"],
        email=who.email,
        settings=settings or forms.Settings(name=who.name, language=who.language, zone=who.zone),
        password=password or forms.ChangePassword(),
        sessions=living,
        held=[(name, _seat(kind)) for name, kind in seats.seats_of(gate.session(), actor)],
    )


def _seat(kind: str) -> str:
    return str(SEATS[Seat(kind)] if kind in SEATS else _("Acts for a colleague"))


@bp.post("/me")
def settle_submit() -> AnyResponse:
    """Keeps name, language and zone."""
    form = forms.Settings()
    return submit(
        form,
        lambda s, a: actions.settle(
            s, a, name=form.name.data or "", language=form.language.data, zone=form.zone.data
        ),
        again=lambda _problem: _me(settings=form),
        done=lambda _nothing: _settled(form.language.data),
        is_personal=True,
    )


def _settled(language: str) -> AnyResponse:
    """The choice holds on this device at once; a language chosen here before would hide it."""
    response = redirect(url_for("accounts.me"), 303)
    response.set_cookie(
        "language",
        language,
        max_age=31_536_000,
        samesite="Lax",
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    flash(_("Your settings were kept."), "ok")
    return response


@bp.post("/me/password")
def password_submit() -> AnyResponse:
    """A new password ends every other session."""
    form = forms.ChangePassword()
    return submit(
        form,
        lambda s, a: actions.change_password(
            s, a, old=form.old.data or "", new=form.new.data or ""
        ),
        again=lambda _problem: _me(password=form),
        done=lambda token: _again_in(token, _("Your password was changed. Other devices are out.")),
        is_personal=True,
    )


def _again_in(token: str, words: str) -> AnyResponse:
    response = gate.enter(token, url_for("accounts.me"))
    flash(words, "ok")
    return response


@bp.post("/me/sessions")
def end_sessions_submit() -> AnyResponse:
    """Ends every session, this one too."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.end_all_sessions(s, a, person_id=_person(a)),
        again=lambda _problem: _me(),
        done=lambda _nothing: gate.forget(url_for("accounts.sign_in")),
        is_personal=True,
    )


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotFound
    return actor.person_id


@bp.post("/act-as")
def act_as_submit() -> AnyResponse:
    """Act for another of one's organisations, from the next page on."""
    form = forms.ActAs()
    bearer_id = cast(gate.Loaded, gate.loaded()).bearer_id
    return submit(
        form,
        lambda s, a: organisations.change_acting(
            s, a, bearer_id=bearer_id, holding_id=_uuid(form.holding_id.data)
        ),
        again=lambda _problem: _me(),
        done=lambda _nothing: "/",
        is_personal=True,
    )


def _uuid(given: str | None) -> UUID:
    """The id in a field. What cannot be one is as unknown as one that is nobody's."""
    text = (given or "").replace("-", "")
    if len(text) != 32 or not all(c in "0123456789abcdef" for c in text):
        raise NotFound
    return UUID(text)
