"""One road for a POST.

Validate (422 with the form) -> a writing session -> the idempotency key in the same commit -> the
action -> Invalid puts its reasons on the form (422), Conflict shows today's truth and the typed
text (409) -> 303. A repeat of the same request gets the first answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, request
from flask_wtf import FlaskForm
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.access.schema import Once
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.ground.unit import is_worth_a_retry
from advocacy.web import gate, reasons
from advocacy.web.db import database, end_reading

T = TypeVar("T")

_REST_OF_FORM = 100_000
"""Bytes that a form may have beside the file it sends."""


def take_files(room: Blueprint, doors: frozenset[str], *, most: int) -> None:
    """Let these doors of a room take a file of so many bytes, and so more than other forms.

    doors: their endpoints. Asked before the form is read.
    """

    def allow(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if endpoint in doors:
            request.max_content_length = most + _REST_OF_FORM

    room.url_value_preprocessor(allow)


@dataclass(frozen=True)
class Problem:
    """Why a form comes back. current: today's truth where something has changed meanwhile."""

    status: int
    reasons: tuple[Reason, ...] = ()
    current: Any = None

    @property
    def sentences(self) -> list[str]:
        """The reasons that belong to no field, in words."""
        return [reasons.say(reason) for reason in self.reasons if not reason.about]


class ActingForAnother(Conflict):
    """The form was opened for another organisation than the session now acts for."""


def submit(
    form: FlaskForm,
    act: Callable[[Session, Actor], T],
    *,
    again: Callable[[Problem], Any],
    done: Callable[[T], AnyResponse | str],
    is_personal: bool = False,
) -> AnyResponse:
    """Run `act` as one transaction and answer.

    again: renders the page with the form as typed. done: the address to go to (or a redirect),
    worked out inside the transaction so that a repeat can be given the same. is_personal: it
    concerns the person or their session and stamps no organisation's act, so that a tab opened
    for another organisation may still do it (sign out, choose whom to act for).
    """
    if not form.validate():
        return _again(again, Problem(422))
    end_reading()
    try:
        return _write(act, done, is_personal=is_personal)
    except Invalid as error:
        _put_on_form(form, error.reasons)
        return _again(again, Problem(422, error.reasons))
    except ActingForAnother:
        raise
    except Conflict as error:
        return _again(again, Problem(409, error.reasons, error.current))


def take(
    act: Callable[[Session, Actor], T], *, repeat: Callable[[Session, Actor], T] | None = None
) -> T:
    """Run `act` as one light transaction for a script of our own pages, which names whom it acts
    for in a header. What makes a repeat harmless is the act's own key. repeat: what is run instead
    when that key is there already."""
    end_reading()
    try:
        return _take_once(act)
    except DBAPIError as error:
        if isinstance(error, IntegrityError) and repeat is not None:
            return _take_once(repeat)
        if not is_worth_a_retry(error):
            raise
        return _take_once(act)


def _take_once(act: Callable[[Session, Actor], T]) -> T:
    with database().writing(None, lightly=True) as session:
        is_late = request.endpoint in gate.LATE
        actor = gate.arrive(session) if is_late else gate.reload(session)
        _must_act_for(actor, request.headers.get("X-Acting-For", ""))
        return act(session, actor)


def _write(
    act: Callable[[Session, Actor], T],
    done: Callable[[T], AnyResponse | str],
    *,
    is_personal: bool,
) -> AnyResponse:
    try:
        return _write_once(act, done, is_personal=is_personal)
    except IntegrityError:
        # The same request, sent twice at once: the other one got through.
        first = _first_answer()
        if first is None:
            raise
        return first
    except DBAPIError as error:
        if not is_worth_a_retry(error):
            raise
        return _write_once(act, done, is_personal=is_personal)


def _write_once(
    act: Callable[[Session, Actor], T],
    done: Callable[[T], AnyResponse | str],
    *,
    is_personal: bool,
) -> AnyResponse:
    with database().writing(None) as session:
        actor = gate.reload(session)
        if not is_personal:
            _must_act_for(actor, request.form.get("acting_for", ""))
        first = session.get(Once, _key(actor))
        if first is not None:
            return _repeat(first)
        answer = done(act(session, actor))
        response = redirect(answer, 303) if isinstance(answer, str) else answer
        session.add(
            Once(
                key=_key(actor),
                endpoint=str(request.endpoint),
                location=response.headers.get("Location", "/"),
                at=actor.now,
            )
        )
    return response


def _first_answer() -> AnyResponse | None:
    with database().reading(gate.actor()) as session:
        first = session.get(Once, _key(gate.actor()))
        return _repeat(first) if first else None


def _repeat(first: Once) -> AnyResponse:
    if first.endpoint != request.endpoint:
        raise Conflict(Reason("form.key-used"))
    return redirect(first.location, 303)


def _key(actor: Actor) -> str:
    given = request.form.get("idempotency_key", "")
    try:
        return f"{actor.person_id or 'visitor'}:{UUID(given)}"
    except ValueError:
        raise Invalid(Reason("form.no-key")) from None


def _must_act_for(actor: Actor, given: str) -> None:
    """Two tabs for two organisations must not stamp each other's acts."""
    if actor.holding_id is None or given == str(actor.holding_id):
        return
    found = gate.loaded()
    names = {str(holding): name for holding, name in found.ways} if found else {}
    facts = {"organisation": actor.organisation_name, "other": names.get(given, "")}
    code = "form.acting-for" if facts["other"] else "form.acting-for-unknown"
    raise ActingForAnother(Reason(code, facts=facts))


def _put_on_form(form: FlaskForm, faults: tuple[Reason, ...]) -> None:
    for fault in faults:
        field = form._fields.get(fault.about)
        if field is not None:
            field.errors = [*field.errors, reasons.say(fault)]
        elif fault.about:
            # About a field this form has under no such name: better above the form than lost.
            form.form_errors.append(reasons.say(fault))


def _again(again: Callable[[Problem], Any], problem: Problem) -> Response:
    response = make_response(again(problem))
    response.status_code = problem.status
    return response
