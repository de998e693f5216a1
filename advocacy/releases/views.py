"""The harm check, the gate, and the one page that everybody may read."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.annexes import forms as annexing
from advocacy.editions import queries as editions
from advocacy.ground import clock
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.logos import queries as logos
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.releases import actions, forms, queries
from advocacy.releases.rows import OpeningRow, ReleaseRow
from advocacy.releases.rules import Who
from advocacy.renderings import forms as tongues
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, day_of, moment

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
        form.checked_on.data = gate.today()
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
    return submit(
        form,
        lambda s, a: actions.check_harm(
            s, a, position_id, form.harm(), after=based_on(form.after.data)
        ),
        again=lambda problem: _harm_page(position_id, form, problem),
        done=lambda _made: url_for("releases.before_release", position_id=position_id),
    )


# --- the gate ------------------------------------------------------------------------------------


@bp.get("/before/<uuid:position_id>")
def before_release(position_id: UUID) -> Response:
    """What still stands between the text and its release."""
    of = _led(position_id, "release:publish")
    round_, version, _facts = queries.way(gate.session(), gate.actor(), of)
    seen = version.content_hash if version else ""
    zone = round_.zone if round_ else ""
    return _gate_page(position_id, forms.Publish(formdata=None, seen_hash=seen, zone=zone))


def _gate_page(position_id: UUID, form: forms.Publish, problem: Problem | None = None) -> Response:
    of = _led(position_id, "release:publish")
    round_, version, facts = queries.way(gate.session(), gate.actor(), of)
    # The release of this very version: an earlier one may be under correction.
    release_id = version and queries.of_version(gate.session(), gate.actor(), version.id)
    return respond(
        "releases/before.html",
        form=form,
        position=of,
        version=version,
        steps=[_step(name, done=done, of=of, round_=round_) for name, done in facts.items()],
        by_body=round_ is None and version is not None,
        is_ready=all(facts.values()) and release_id is None,
        sentences=problem.sentences if problem else [],
        release_href=url_for("releases.public", release_id=release_id) if release_id else "",
        preview=forms.list_words(queries.preview(gate.session(), gate.actor(), round_))
        if round_ and facts.get("round-over")
        else None,
        back=url_for("positions.position", position_id=position_id),
        harm_href=url_for("releases.harm", position_id=position_id),
        adoption_href=url_for("adoptions.adoption", position_id=position_id),
        action=url_for("releases.publish", position_id=position_id),
    )


def _step(name: str, *, done: bool, of: Any, round_: Any) -> tuple[bool, str, str]:
    hrefs = {
        "harm-checked": url_for("releases.harm", position_id=of.id),
        "adopted": url_for("adoptions.adoption", position_id=of.id),
        "adopted-by-body": url_for("adoptions.adoption", position_id=of.id),
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
            embargo=form.embargo(),
        ),
        again=lambda problem: _gate_page(position_id, form, problem),
        done=lambda made: url_for("releases.public", release_id=made.id),
    )


# --- the text as it went out ---------------------------------------------------------------------


@bp.get("/<uuid:release_id>")
def public(release_id: UUID) -> Response:
    """The text and what each organisation allows of itself at this instant, no more."""
    row = queries.release(gate.session(), gate.actor(), release_id)
    position_href = _position_href(row)
    return respond(
        "releases/public.html",
        release=row,
        is_sample=organisations.is_sample(gate.session(), row.workspace_id),
        day=day_of(row.out_at, "d MMMM y"),
        adopted=[(one, day(one.day, "d MMMM y")) for one in row.adopted] if row.stands else [],
        embargo=[_waits(opening) for opening in row.embargo],
        ended_on=day_of(row.end.at, "d MMMM y") if row.end else "",
        successor_href=_successor_href(row),
        files=_files(row),
        annexes=_annexes(row),
        translations=_translations(row, takes_part=bool(position_href)),
        copies_href=url_for("deliveries.copies", release_id=row.id)
        if queries.is_part(gate.session(), gate.actor(), row)
        else "",
        as_of=day_of(gate.now(), "d MMMM y"),
        clauses=[_clause(clause) for clause in row.clauses],
        signed=forms.list_words(row.signed_by, row.joined),
        logos=_logos(row),
        footnotes=row.footnotes,
        page_lang_of_text=row.language,
        position_href=position_href,
    )


def _logos(row: ReleaseRow) -> list[tuple[str, str]]:
    """Logos of those that said yes to it here, in order of the alphabet, while the text stands."""
    if not row.stands:
        return []
    names = queries.with_logo(gate.session(), gate.actor(), row.id)
    ids = logos.of_organisations(gate.session(), names)
    return [
        (url_for("logos.under", logo_id=ids[o], release_id=row.id), name)
        for o, name in names.items()
        if o in ids
    ]


def _waits(opening: OpeningRow) -> dict[str, str]:
    """Who cannot read it yet, and until when, in the zone in which that was said."""
    when = moment(opening.opens_at, "EEEE d MMMM, HH:mm", clock.zone(opening.zone))
    return {"who": str(forms.WHO[Who(opening.who)]), "when": when, "zone": opening.zone}


def _successor_href(row: ReleaseRow) -> str:
    """The text that took its place, where this reader may read it already."""
    if row.end is None or row.end.successor_id is None:
        return ""
    if not queries.is_readable(gate.session(), gate.actor(), row.end.successor_id):
        return ""
    return url_for("releases.public", release_id=row.end.successor_id)


def _files(row: ReleaseRow) -> list[tuple[str, str]]:
    """The text as files, while it stands."""
    if not row.stands:
        return []
    return _ways(row)


def _annexes(row: ReleaseRow) -> list[dict[str, Any]]:
    """Files that go with the text; they can be had while it stands."""
    found = annexing.shown(row.annexes, f"/with/{row.id}")
    return found if row.stands else [one | {"href": ""} for one in found]


def _ways(row: ReleaseRow, **of: Any) -> list[tuple[str, str]]:
    ways = ((_("PDF"), "pdf"), (_("Word"), "word"), (_("One page of HTML"), "html"))
    return [(name, url_for(f"editions.as_{way}", release_id=row.id, **of)) for name, way in ways]


def _translations(row: ReleaseRow, *, takes_part: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same in other languages, while it stands, for those who read its translations."""
    if not (row.stands and takes_part):
        return []
    found = editions.languages(gate.session(), gate.actor(), row.id)
    return [(str(tongues.NAMES[one]), _ways(row, language=one)) for one in found]


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
