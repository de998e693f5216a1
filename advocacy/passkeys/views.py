"""The second step at sign-in, and one's own passkeys, code app and codes on paper."""

import json
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from advocacy.accounts import queries as people
from advocacy.accounts import rules as attempts
from advocacy.config import Config
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.passkeys import actions, forms, queries, rules
from advocacy.passkeys.rules import Site
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

_WHEN = "d MMM y, HH:mm"

bp = Blueprint("passkeys", __name__, url_prefix="/passkeys")


def _config() -> Config:
    return cast(Config, current_app.config["ADVOCACY"])


def _site() -> Site | None:
    return rules.site(_config().base_url)


def _must_site() -> Site:
    found = _site()
    if found is None:
        raise Invalid(Reason("passkeys.not-here"))
    return found


# --- the second step -----------------------------------------------------------------------------


def _half() -> str:
    return str(cookie.get("half") or "")


@bp.get("/second")
def second() -> AnyResponse:
    """The second step, for whoever gave the right password a moment ago."""
    return _second_page(forms.Code(formdata=None))


def _second_page(
    code: forms.Code, answer: forms.Answer | None = None, problem: Problem | None = None
) -> AnyResponse:
    if not queries.is_half_way(gate.session(), _half(), now=gate.now()):
        return redirect(url_for("accounts.sign_in"), 303)
    who = queries.half_way(gate.session(), _half(), now=gate.now())
    ways, site = queries.ways(gate.session(), who), _site()
    asked = rules.challenge("sign-in", _half())
    return respond(
        "passkeys/second.html",
        code=code,
        answer=answer or forms.Answer(formdata=None),
        options=json.dumps(rules.to_answer(site, asked=asked, known=ways.credentials))
        if site and ways.keys
        else "",
        has_app=ways.has_app,
        problem=problem,
        sentences=problem.sentences if problem else [],
        status=problem.status if problem else 200,
    )


@bp.post("/second")
def second_submit() -> AnyResponse:
    """Sign in by a passkey."""
    form = forms.Answer()
    return submit(
        form,
        lambda s, a: actions.answer_by_passkey(
            s, a, half=_half(), answer=form.answer.data or "", site=_must_site()
        ),
        again=lambda problem: _second_page(forms.Code(formdata=None), form, problem),
        done=_entered,
        is_personal=True,
    )


@bp.post("/second/code")
def second_code_submit() -> AnyResponse:
    """Sign in by a code. Wrong ones slow the next one down."""
    form, half = forms.Code(), _half()
    who = queries.half_way(gate.session(), half, now=gate.now())
    keys = attempts.counted_under(
        _config().secret_key, email=str(who), address=request.remote_addr or "",
        what="second-step",
    )  # fmt: skip
    people.unless_too_many(gate.session(), keys=keys, now=gate.now())
    return submit(
        form,
        lambda s, a: actions.answer_by_code(
            s, a, half=half, code=form.code.data or "", secret=_config().secret_key, keys=keys
        ),
        again=lambda problem: _second_page(form, problem=problem),
        done=lambda token: _entered(token) if token else _wrong(form),
        is_personal=True,
    )


def _wrong(form: forms.Code) -> AnyResponse:
    form.code.errors = [reasons.say(Reason("passkeys.wrong-code"))]
    return _second_page(form, problem=Problem(422))


def _entered(token: str) -> AnyResponse:
    return gate.enter(token, gate.safe_next(cookie.get("half_next")))


# --- one's own -----------------------------------------------------------------------------------


@bp.get("/")
def mine() -> Response:
    """The second steps that one has, and how to add or remove them."""
    return _mine()


def _mine(add: forms.Add | None = None, problem: Problem | None = None) -> Response:
    ways, site = queries.mine(gate.session(), gate.actor()), _site()
    return respond(
        "passkeys/mine.html",
        add=add or forms.Add(formdata=None),
        options=json.dumps(_to_enrol(site, ways)) if site else "",
        keys=[
            (
                row.name,
                moment(row.added_at, _WHEN),
                moment(row.used_at, _WHEN),
                url_for("passkeys.remove", passkey_id=row.id),
            )
            for row in ways.keys
        ],
        ways=ways,
        sheet=queries.sheet(gate.session(), gate.actor(), secret=_config().secret_key),
        sentences=problem.sentences if problem else [],
        status=problem.status if problem else 200,
    )  # fmt: skip


def _to_enrol(site: Site, ways: queries.Ways) -> dict[str, Any]:
    asked = rules.challenge("enrol", current_user.token)
    who = people.person(gate.session(), gate.actor())
    return rules.to_enrol(
        site, person_id=who.id, name=who.email, asked=asked, known=ways.credentials
    )


@bp.post("/")
def add() -> AnyResponse:
    """Keep a passkey that this device has just made."""
    form = forms.Add()
    return submit(
        form,
        lambda s, a: actions.enrol(
            s, a, answer=form.answer.data or "", site=_must_site(), name=form.name.data or "",
            asked=rules.challenge("enrol", current_user.token),
        ),
        again=lambda problem: _mine(form, problem),
        done=lambda _made: _back(_("The passkey was added.")),
        is_personal=True,
    )  # fmt: skip


def _back(words: str) -> str:
    flash(words, "ok")
    return url_for("passkeys.mine")


@bp.post("/remove/<uuid:passkey_id>")
def remove(passkey_id: UUID) -> AnyResponse:
    """Remove a passkey that was lost or is used no more."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.remove(s, a, passkey_id),
        again=lambda problem: _mine(problem=problem),
        done=lambda _nothing: _back(_("The passkey was removed.")),
        is_personal=True,
    )


@bp.post("/sheet")
def sheet() -> AnyResponse:
    """Ten fresh codes on paper."""
    return submit(
        forms.Plain(),
        actions.make_sheet,
        again=lambda problem: _mine(problem=problem),
        done=lambda _nothing: _back(_("Here are ten new codes. Earlier ones are good no more.")),
        is_personal=True,
    )


# --- a code app ----------------------------------------------------------------------------------


@bp.get("/app")
def app() -> Response:
    """Set up a code app: its secret, until the first code was given."""
    return _app_page(forms.Code(formdata=None))


def _app_page(form: forms.Code, problem: Problem | None = None) -> Response:
    row = queries.app(gate.session(), gate.actor())
    is_new = row is not None and row.confirmed_at is None
    told: dict[str, str] = {}
    if row is not None and is_new:
        who = people.person(gate.session(), gate.actor())
        secret = rules.app_secret(_config().secret_key, who.id, row.salt)
        site = _site()
        host = site.host if site else "localhost"
        told = {
            "secret": rules.typed(secret),
            "link": rules.app_link(secret, host=host, account=who.email),
        }
    return respond(
        "passkeys/app.html",
        form=form,
        told=told,
        is_on=row is not None and not is_new,
        sentences=problem.sentences if problem else [],
        status=problem.status if problem else 200,
    )


@bp.post("/app")
def app_submit() -> AnyResponse:
    """A fresh secret for a code app."""
    return submit(
        forms.Plain(),
        actions.begin_app,
        again=lambda problem: _app_page(forms.Code(formdata=None), problem),
        done=lambda _nothing: url_for("passkeys.app"),
        is_personal=True,
    )


@bp.post("/app/code")
def app_code_submit() -> AnyResponse:
    """The first code: from now on the app is asked at sign-in."""
    form = forms.Code()
    return submit(
        form,
        lambda s, a: actions.confirm_app(
            s, a, code=form.code.data or "", secret=_config().secret_key
        ),
        again=lambda problem: _app_page(form, problem),
        done=lambda _nothing: _back(_("The code app was added.")),
        is_personal=True,
    )


@bp.post("/app/remove")
def app_remove_submit() -> AnyResponse:
    """Take the code app away."""
    return submit(
        forms.Plain(),
        actions.remove_app,
        again=lambda problem: _app_page(forms.Code(formdata=None), problem),
        done=lambda _nothing: _back(_("The code app was removed.")),
        is_personal=True,
    )
