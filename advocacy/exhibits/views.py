"""Evidence of one threat: the list, a piece, a form for one more, and the files."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response

from advocacy.access import policy
from advocacy.annexes.forms import KINDS as FILES
from advocacy.annexes.forms import TELLS
from advocacy.assessments import queries as assessments
from advocacy.assessments.rules import hides_names
from advocacy.duplicates import queries as duplicates
from advocacy.exhibits import actions, forms, queries
from advocacy.exhibits.rows import ExhibitRow
from advocacy.exhibits.schema import Consent, Direction, Kind, Reach, Why
from advocacy.formats.attachment import ENDINGS, MOST_BYTES
from advocacy.ground.errors import Denied, NotFound
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.threats import queries as threats
from advocacy.web import gate, uploads, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit, take_files

bp = Blueprint("exhibits", __name__, url_prefix="/threats")

take_files(bp, frozenset({"exhibits.new_submit"}), most=MOST_BYTES)


def shown(row: ExhibitRow, base: str) -> dict[str, Any]:
    """A piece as pages say it."""
    said, file = row.said, row.file
    day = row.withdrawn_at
    return {
        "href": f"{base}/evidence/{row.id}",
        "words": said.words,
        "kind": str(forms.KINDS[Kind(said.kind)]),
        "on": words.day(said.dated_on, "d MMM y"),
        "weakens": said.direction == Direction.WEAKENS,
        "is_held": said.is_held,
        "ask": said.ask,
        "agreed": said.consent == Consent.GIVEN,
        "consent": str(forms.CONSENTS[Consent(said.consent)][0]),
        "consent_to": said.consent_to,
        "consent_by": said.consent_by,
        "consent_on": words.day(said.consent_on, "d MMM y"),
        "reach": str(forms.REACHES[Reach(said.reach)][0]),
        "is_ours": row.is_ours,
        "of_record": row.is_of_record,
        "withdrawn": words.day_of(day, "d MMM y") if day else "",
        "why": str(forms.REASONS[Why(row.withdrawn_why)][0]) if day else "",
        "file": _file_words(file) if file else None,
    }


def _file_words(file: Any) -> dict[str, Any]:
    return {
        "kind": str(FILES[ENDINGS[file.media]]),
        "size": words.size(file.size),
        "hash": file.sha256,
        "tells": [str(TELLS[word]) for word in file.tells],
        "scanned": words.day_of(file.scanned_at, "d MMM y") if file.scanned_at else "",
        "scanned_by": file.scanned_by,
    }


@bp.get("/<uuid:threat_id>/evidence")
def exhibits(threat_id: UUID) -> Any:
    """All evidence on a threat that this reader may read."""
    session, actor = gate.session(), gate.actor()
    found = _asked(threat_id)
    also = duplicates.panel(session, actor, found).ids
    views = {v.id: v for v in assessments.views(session, actor, found, also=also)}
    rows = queries.exhibits(session, actor, found, views=views, also=also)
    base = f"/threats/{threat_id}"
    return respond(
        "exhibits/exhibits.html",
        title=found.title,
        base=base,
        rows=[
            {**shown(row, base), "view": views.get(row.view_id) if row.view_id else None}
            for row in rows
        ],
        may_add=queries.may_add(session, actor, found),
    )


@bp.get("/<uuid:threat_id>/evidence/new")
def new(threat_id: UUID) -> Any:
    """A form for one more piece."""
    return _new(threat_id, forms.AddForm(formdata=None))


@bp.post("/<uuid:threat_id>/evidence/new")
def new_submit(threat_id: UUID) -> Any:
    """Add it."""
    _giving(threat_id)
    form = forms.AddForm()
    form.offer(_places(threat_id))
    return submit(
        form,
        lambda s, a: (
            actions.add(s, a, threat_id, form.piece(), to=form.to.data, sent=form.sent()).id
        ),
        again=lambda problem: _new(threat_id, form, problem),
        done=lambda made: f"/threats/{threat_id}/evidence/{made}",
    )


def _asked(threat_id: UUID) -> Any:
    """The threat, for who reads the part for members. Raises NotFound."""
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    if not assessments.sees_members_part(session, actor, threat_id):
        raise NotFound
    return found


def _giving(threat_id: UUID) -> Any:
    """The threat, for who may add to it. Raises NotFound, Denied."""
    found = _asked(threat_id)
    if not queries.may_add(gate.session(), gate.actor(), found):
        raise Denied(Reason("access.denied", facts={"permission": "exhibit:add"}))
    return found


def _places(threat_id: UUID) -> list[str]:
    session, actor = gate.session(), gate.actor()
    return queries.places(session, actor, threats.threat(session, actor, threat_id))


def _new(threat_id: UUID, form: forms.AddForm, problem: Problem | None = None) -> Any:
    found = _giving(threat_id)
    places = _places(threat_id)
    form.offer(places)
    room = queries.room(gate.session(), gate.actor(), found.workspace_id)
    takes_files = not hides_names(found)
    ways = {k: v for k, v in forms.WAYS.items() if takes_files or k == "held"}
    return respond(
        "exhibits/new.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        base=f"/threats/{threat_id}",
        places=forms.options({k: forms.PLACES[k] for k in places}),
        directions=forms.options(forms.DIRECTIONS),
        ways=forms.options(ways),
        consents=forms.options(forms.CONSENTS),
        reaches=[
            row for row in forms.options(forms.REACHES) if row[0] != Reach.OWNER or "view" in places
        ],
        takes_files=takes_files,
        are_scanned=uploads.are_scanned(),
        room={
            "each": words.size(MOST_BYTES),
            "used": words.size(room.used) if room.used else "0",
            "most": words.size(room.most),
        },
    )


@bp.get("/<uuid:threat_id>/evidence/<uuid:exhibit_id>")
def exhibit(threat_id: UUID, exhibit_id: UUID) -> Any:
    """One piece; for its organisation with the way to withdraw it."""
    return _one(threat_id, exhibit_id, forms.WithdrawForm(formdata=None))


@bp.post("/<uuid:threat_id>/evidence/<uuid:exhibit_id>/withdraw")
def withdraw_submit(threat_id: UUID, exhibit_id: UUID) -> Any:
    """Withdraw it."""
    queries.exhibit(gate.session(), gate.actor(), threat_id, exhibit_id)
    form = forms.WithdrawForm()
    return submit(
        form,
        lambda s, a: actions.withdraw(
            s, a, threat_id, exhibit_id, why=form.why.data, after=based_on(form.based_on.data)
        ),
        again=lambda problem: _one(threat_id, exhibit_id, form, problem),
        done=lambda _none: f"/threats/{threat_id}/evidence/{exhibit_id}",
    )


def _one(
    threat_id: UUID, exhibit_id: UUID, form: forms.WithdrawForm, problem: Problem | None = None
) -> Any:
    session, actor = gate.session(), gate.actor()
    row = queries.exhibit(session, actor, threat_id, exhibit_id)
    form.based_on.data = str(queries.last_act(session, exhibit_id) or "")
    about = policy.About(actor.organisation_id if row.is_ours else None)
    return respond(
        "exhibits/exhibit.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=threats.threat(session, actor, threat_id).title,
        base=f"/threats/{threat_id}",
        row=shown(row, f"/threats/{threat_id}"),
        reasons=forms.options(forms.REASONS),
        may_withdraw=policy.allows(actor, "exhibit:withdraw", about) and not row.withdrawn_at,
    )


@bp.get("/<uuid:threat_id>/evidence/<uuid:exhibit_id>/file")
def file(threat_id: UUID, exhibit_id: UUID) -> Response:
    """The file, handed over: never shown by us, never kept on the way."""
    row = queries.file(gate.session(), gate.actor(), threat_id, exhibit_id)
    answer = make_response(row.data)
    answer.headers["Content-Type"] = row.media
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
