"""What an organisation can show for its answer, the log of a round, and the server's keys."""

import json
from typing import Any, cast
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.config import Config
from advocacy.formats.jws import PublicKey
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.passkeys import actions as stepping
from advocacy.passkeys import forms as steps_forms
from advocacy.passkeys import queries as steps
from advocacy.passkeys import rules as passkey_rules
from advocacy.passkeys.rules import Site
from advocacy.proofs import actions, forms, mapper, queries
from advocacy.proofs.rows import Log, Proof
from advocacy.proofs.rules import Head, challenge
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

_SHOWN = 12  # heads on the page of a log; each earlier one has its own address

bp = Blueprint("proofs", __name__, url_prefix="/proofs")


def _key() -> Ed25519PrivateKey:
    return mapper.key(current_app.extensions["advocacy_keys"])


def _keys() -> dict[str, Any]:
    current = PublicKey.of(_key())
    return mapper.key_list(queries.keys(gate.session()), current)


def _file(data: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=kind, headers=headers)


# --- one's own answer ----------------------------------------------------------------------------


@bp.get("/<uuid:answer_id>")
def proof(answer_id: UUID) -> Response:
    """Which proofs there are for an answer, what they are worth, how to take and erase them."""
    return _proof_page(answer_id, forms.Erase(formdata=None))


def _proof_page(answer_id: UUID, form: forms.Erase, problem: Problem | None = None) -> Response:
    found = queries.proof(gate.session(), gate.actor(), answer_id)
    mine = policy.About(organisation_id=found.answer.organisation_id)
    return respond(
        "proofs/proof.html",
        form=form,
        proof=found,
        us=gate.actor().organisation_name,
        is_named=found.answer.outside == "named",
        by=moment(found.by, "d MMMM y, HH:mm"),
        signed=moment(found.signed_at, "d MMMM y, HH:mm"),
        can_erase=policy.allows(gate.actor(), "proof:erase", mine),
        commands=[mapper.SIGNATURE, mapper.TEXT, *([mapper.PASSKEY] if found.signed_at else [])],
        options=_to_sign(found),
        sign_form=steps_forms.Answer(formdata=None),
        passkeys_href=url_for("passkeys.mine"),
        sentences=problem.sentences if problem else [],
        receipt_href=url_for("receipts.receipt", answer_id=answer_id),
        log_href=url_for("proofs.log", round_id=found.answer.round_id),
        status=problem.status if problem else 200,
    )


def _site() -> Site | None:
    return passkey_rules.site(cast(Config, current_app.config["ADVOCACY"]).base_url)


def _to_sign(found: Proof) -> str:
    """What the signer's browser is told to have a passkey sign; empty where it cannot."""
    is_signer = found.answer.person_id == gate.actor().person_id
    site = _site()
    if found.statement is None or found.signed_at or not is_signer or site is None:
        return ""
    known = steps.mine(gate.session(), gate.actor()).credentials
    asked = challenge(found.statement)
    return json.dumps(passkey_rules.to_answer(site, asked=asked, known=known)) if known else ""


@bp.post("/<uuid:answer_id>/sign")
def sign(answer_id: UUID) -> AnyResponse:
    """Keep the signature of the signer's passkey, because the organisation asks for it."""
    form = steps_forms.Answer()

    def act(session: Session, actor: Actor) -> None:
        site = _site()
        if site is None:
            raise Invalid(Reason("passkeys.not-here"))
        asked = actions.challenge(session, actor, answer_id)
        who = steps.person(actor)
        passkey_id, signed = stepping.check(
            session, actor, who, form.answer.data or "", site=site, asked=asked
        )
        actions.keep_signature(session, actor, answer_id, passkey_id=passkey_id, signed=signed)

    return submit(
        form,
        act,
        again=lambda problem: _proof_page(answer_id, forms.Erase(formdata=None), problem),
        done=lambda _nothing: url_for("proofs.proof", answer_id=answer_id),
    )


def _shown(answer_id: UUID) -> Proof:
    """A proof that is still there. Raises NotFound for one that was erased."""
    found = queries.proof(gate.session(), gate.actor(), answer_id)
    if found.statement is None:
        raise NotFound
    return found


@bp.get("/<uuid:answer_id>/receipt.jws")
def receipt(answer_id: UUID) -> Response:
    """The receipt, signed now: fetched here and never mailed (practice A3)."""
    token = mapper.receipt(_key(), _shown(answer_id))
    return _file(token.encode(), "application/jose", "receipt.jws")


@bp.get("/<uuid:answer_id>/receipt.zip")
def parcel(answer_id: UUID) -> Response:
    """The receipt with the text, the keys, the log's head and the program that checks them."""
    found = _shown(answer_id)
    config = cast(Config, current_app.config["ADVOCACY"])
    head = ""
    if found.is_logged:
        log = queries.log(gate.session(), gate.actor(), found.answer.round_id)
        size = found.payload["log"]["size"]
        head = next(_signed(log, of) for of in log.heads if of.size == size)
    data = mapper.bundle(_key(), found, _keys(), head, base_url=config.base_url)
    return _file(data, "application/zip", "receipt.zip")


@bp.post("/<uuid:answer_id>/erase")
def erase(answer_id: UUID) -> AnyResponse:
    """Erase what the entry of the log commits to."""
    form = forms.Erase()
    return submit(
        form,
        lambda s, a: actions.erase(s, a, answer_id),
        again=lambda problem: _proof_page(answer_id, form, problem),
        done=lambda _nothing: url_for("proofs.proof", answer_id=answer_id),
    )


# --- the log of a round --------------------------------------------------------------------------


def _signed(log: Log, head: Head) -> str:
    return mapper.head(_key(), log.round_id, head)


@bp.get("/log/<uuid:round_id>")
def log(round_id: UUID) -> Response:
    """The heads that are out, to download; and whether one that was kept is still true."""
    return _log_page(round_id, forms.Held(formdata=None))


def _log_page(
    round_id: UUID, form: forms.Held, outcome: tuple[str, str] | None = None, status: int = 200
) -> Response:
    found = queries.log(gate.session(), gate.actor(), round_id)
    href = url_for("proofs.head", round_id=round_id)
    return respond(
        "proofs/log.html",
        form=form,
        outcome=outcome,
        heads=[
            (
                moment(head.at, "d MMM y, HH:mm"),
                head.size,
                head.root.hex(),
                f"{href}?size={head.size}",
            )
            for head in found.heads[: -_SHOWN - 1 : -1]
        ],
        next_at=moment(found.next_at, "d MMMM y, HH:mm"),
        back_href=url_for("positions.position", position_id=found.position_id),
        keys_href=url_for("proofs.keys"),
        compare_href=url_for("proofs.log_submit", round_id=round_id),
        status=status,
    )


@bp.post("/log/<uuid:round_id>")
def log_submit(round_id: UUID) -> Response:
    """Is the log that somebody holds the beginning of ours? Records nothing."""
    found = queries.log(gate.session(), gate.actor(), round_id)
    form = forms.Held()
    if not form.validate():
        return _log_page(round_id, form, status=422)
    return _log_page(round_id, form, _compared(found, form.head.data or ""))


def _compared(found: Log, token: str) -> tuple[str, str]:
    """Check a kept head against ours, as its holder could: what kind of news, and the news."""

    def grown(size: int) -> dict[str, Any]:
        newest = found.heads[-1].size
        return queries.growth(
            gate.session(), gate.actor(), found.round_id, first=size, second=newest
        )

    words = {
        "same": ("ok", _("The log that you hold is the beginning of ours. Nothing was changed.")),
        "other-round": ("wait", _("This tree head is of another round.")),
        "not-ours": (
            "stop",
            _("This is not a tree head that our keys signed, or it was changed."),
        ),
        "rewritten": (
            "stop",
            _("The log that you hold is not the beginning of ours. Keep it as proof."),
        ),
    }
    return words[mapper.compared(found, token, _keys(), grown)]


@bp.get("/log/<uuid:round_id>/head.jws")
def head(round_id: UUID) -> Response:
    """A signed tree head: the newest, or the one of `?size=`."""
    found = queries.log(gate.session(), gate.actor(), round_id)
    size = request.args.get("size", type=int)
    of = next((h for h in reversed(found.heads) if size is None or h.size == size), None)
    if of is None:
        raise NotFound
    return _file(_signed(found, of).encode(), "application/jose", f"head-{of.size}.jws")


@bp.get("/log/<uuid:round_id>/growth.json")
def growth(round_id: UUID) -> Response:
    """The proof that the log only grew, from `?first=` to `?second=`; else from empty to newest."""
    found = queries.log(gate.session(), gate.actor(), round_id)
    first = request.args.get("first", 0, type=int)
    second = request.args.get("second", found.heads[-1].size, type=int)
    grown = queries.growth(gate.session(), gate.actor(), round_id, first=first, second=second)
    return _file(mapper.readable(grown), "application/json", "growth.json")


# --- for everybody -------------------------------------------------------------------------------


@bp.get("/keys")
def keys() -> Response:
    """The keys that sign our receipts, and how to check one."""
    found = _keys()["keys"]
    return respond(
        "proofs/keys.html",
        keys=[(one["kid"], _state(one)) for one in found],
        list_href=url_for("proofs.key_list"),
        verifier_href=url_for("proofs.verifier"),
        commands=[mapper.SIGNATURE, mapper.TEXT],
    )


def _state(jwk: dict[str, str]) -> str:
    if "compromised_at" in jwk:
        return reasons.say(Reason("proofs.key-stolen"))
    return str(_("Used before") if "retired_at" in jwk else _("In use"))


@bp.get("/keys.json")
def key_list() -> Response:
    """The keys as a JWK set."""
    return _file(mapper.readable(_keys()), "application/jwk-set+json", "keys.json")


@bp.get("/verify-receipt.py")
def verifier() -> Response:
    """The one file that checks receipts on any machine."""
    return _file(mapper.VERIFIER.read_bytes(), "text/x-python", "verify_receipt.py")
