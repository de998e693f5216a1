"""The harm check, the gate, and the one page that everybody may read."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.releases import actions, forms, queries, rules
from advocacy.releases.rows import ReleaseRow
from advocacy.signoff import queries as signoff
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of

bp = Blueprint("releases", __name__, url_prefix="/releases")


def _led(position_id: UUID, permission: str) -> Any:
    of = positions.position(gate.session(), gate.actor(), position_id)
    policy.require(gate.actor(), permission, positions.about(of, frozenset()))
    return of


# --- the harm check ------------------------------------------------------------------------------


@bp.get("/harm/<uuid:position_id>")
def harm(position_id: UUID) -> Response:
    """Who could be hurt: the check of the newest version, to write or to write again."""
    version = positions.latest(gate.session(), gate.actor(), position_id)
    found = queries.harm_check(gate.session(), gate.actor(), version.id) if version else None
    form = forms.HarmCheck(formdata=None, obj=found, after=str(found.id) if found else "")
    if not form.checked_by.data:
        form.checked_by.data = gate.actor().person_name
        form.checked_on.data = gate.now().date()
    return _harm_page(position_id, form)


def _harm_page(
    position_id: UUID, form: forms.HarmCheck, problem: Problem | None = None
) -> Response:
    of = _led(position_id, "harm:check")
    return respond(
        "releases/harm.html",
        form=form,
        position=of,
        version=positions.latest(gate.session(), gate.actor(), position_id),
        sentences=problem.sentences if problem else [],
        consents=[(code, *words) for code, words in forms.CONSENT.items()],
        back=url_for("releases.before_release", position_id=position_id),
        action=url_for("releases.harm_submit", position_id=position_id),
    )


@bp.post("/harm/<uuid:position_id>")
def harm_submit(position_id: UUID) -> AnyResponse:
    """Record the harm check."""
    form = forms.HarmCheck()
    after = UUID(form.after.data) if form.after.data else None
    return submit(
        form,
        lambda s, a: actions.check_harm(s, a, position_id, form.harm(), after=after),
        again=lambda problem: _harm_page(position_id, form, problem),
        done=lambda _made: url_for("releases.before_release", position_id=position_id),
    )


# --- the gate ------------------------------------------------------------------------------------


@bp.get("/before/<uuid:position_id>")
def before_release(position_id: UUID) -> Response:
    """What still stands between the text and its release."""
    round_ = signoff.current_round(gate.session(), gate.actor(), position_id)
    seen = round_.content_hash if round_ else ""
    return _gate_page(position_id, forms.Publish(formdata=None, seen_hash=seen))


def _gate_page(position_id: UUID, form: forms.Publish, problem: Problem | None = None) -> Response:
    of = _led(position_id, "release:publish")
    round_ = signoff.current_round(gate.session(), gate.actor(), position_id)
    version = round_ and positions.version(gate.session(), gate.actor(), round_.version_id)
    facts = queries.facts(gate.session(), gate.actor(), round_)
    release_id = queries.of_position(gate.session(), gate.actor(), position_id)
    return respond(
        "releases/before.html",
        form=form,
        position=of,
        version=version,
        steps=[_step(name, done=facts[name], of=of, round_=round_) for name in rules.GATE],
        is_ready=all(facts.values()) and release_id is None,
        sentences=problem.sentences if problem else [],
        release_href=url_for("releases.public", release_id=release_id) if release_id else "",
        preview=_list_words(queries.preview(gate.session(), gate.actor(), round_))
        if round_ and facts["round-over"]
        else None,
        back=url_for("positions.position", position_id=position_id),
        harm_href=url_for("releases.harm", position_id=position_id),
        action=url_for("releases.publish", position_id=position_id),
    )


def _step(name: str, *, done: bool, of: Any, round_: Any) -> tuple[bool, str, str]:
    hrefs = {
        "harm-checked": url_for("releases.harm", position_id=of.id),
        "round-over": url_for("rounds.round_page", round_id=round_.id)
        if round_
        else url_for("rounds.open_round", position_id=of.id),
    }
    words = str(forms.IN_ORDER[name]) if done else reasons.say(Reason(f"releases.{name}"))
    return done, words, hrefs.get(name, "")


@bp.post("/before/<uuid:position_id>")
def publish(position_id: UUID) -> AnyResponse:
    """Let the text out, with the list compiled at this instant."""
    form = forms.Publish()
    return submit(
        form,
        lambda s, a: actions.publish(
            s,
            a,
            position_id,
            seen_hash=form.seen_hash.data or "",
            delivered_to=form.delivered_to.data or "",
        ),
        again=lambda problem: _gate_page(position_id, form, problem),
        done=lambda made: url_for("releases.public", release_id=made.id),
    )


# --- the text as it went out ---------------------------------------------------------------------


@bp.get("/<uuid:release_id>")
def public(release_id: UUID) -> Response:
    """The text and what each organisation allows of itself at this instant, no more."""
    row = queries.release(gate.session(), gate.actor(), release_id)
    return respond(
        "releases/public.html",
        release=row,
        is_private=row.channel == "private",
        is_sample=organisations.is_sample(gate.session(), row.workspace_id),
        day=day_of(row.released_at, "d MMMM y"),
        as_of=day_of(gate.now(), "d MMMM y"),
        clauses=[_clause(clause) for clause in row.clauses],
        signed=_list_words(row.signed_by),
        footnotes=row.footnotes,
        page_lang_of_text=row.language,
        position_href=_position_href(row),
    )


def _clause(clause: Any) -> dict[str, Any]:
    return {
        "heading": clause.heading,
        "html": Markup(clause.html),  # noqa: S704 - the stored, cleaned copy
        "lang": clause.language,
        "notes": clause.notes,
    }


def _position_href(row: ReleaseRow) -> str:
    """Back to the desk, for those who take part; nothing for a stranger."""
    if not queries.takes_part(gate.session(), gate.actor(), row.position_id):
        return ""
    return url_for("positions.position", position_id=row.position_id)


def _list_words(signed: rules.SignedBy) -> dict[str, Any]:
    """The list in words: "48 organisations and 7 networks", networks apart (practice B19)."""
    parts = []
    if signed.organisations:
        parts.append(
            ngettext("%(num)d organisation", "%(num)d organisations", signed.organisations)
        )
    if signed.networks:
        parts.append(ngettext("%(num)d network", "%(num)d networks", signed.networks))
    whole = (
        _("%(one)s and %(two)s", one=parts[0], two=parts[1]) if len(parts) == 2 else "".join(parts)
    )
    return {
        "total": whole,
        "names": [(name.name, name.network) for name in signed.names],
        "categories": [(forms.KINDS[kind], number) for kind, number in signed.categories],
    }
