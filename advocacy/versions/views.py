"""Pages of two versions side by side, and files of one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.amendments import queries as amendments
from advocacy.annexes import queries as annexes
from advocacy.annexes.rules import basis
from advocacy.discussion import queries as discussion
from advocacy.discussion.rows import ThreadRow
from advocacy.drafting.queries import order_hash
from advocacy.positions import queries as positions
from advocacy.positions.forms import CHANNELS
from advocacy.positions.rows import VersionHead, VersionRow
from advocacy.signoff import queries as signoff
from advocacy.text.diff import Change, ClauseChange
from advocacy.versions import actions, forms, queries, rules
from advocacy.versions.rows import LastRead
from advocacy.web import filters, gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("versions", __name__, url_prefix="/versions")


@bp.get("/<uuid:version_id>/text")
def text(version_id: UUID) -> Response:
    """A frozen version as a plain text file."""
    found = positions.version(gate.session(), gate.actor(), version_id)
    return _file(found, rules.as_text(found), "txt", "text/plain")


@bp.get("/<uuid:version_id>/markdown")
def markdown(version_id: UUID) -> Response:
    """A frozen version as a Markdown file."""
    found = positions.version(gate.session(), gate.actor(), version_id)
    return _file(found, rules.as_markdown(found), "md", "text/markdown")


def _file(found: VersionRow, words: str, ending: str, kind: str) -> Response:
    positions.position(gate.session(), gate.actor(), found.position_id)
    answer = make_response(words)
    answer.headers["Content-Type"] = f"{kind}; charset=utf-8"
    # No title in the name: file names are read over shoulders and kept in logs.
    name = f"version-{found.number}-{found.content_hash[:12]}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# Answers that say: our name may stand under exactly this.
_SIGNED = frozenset({"endorse", "reservation"})
_SHOWS = ("changed", "ours", "all")


@bp.get("/<uuid:position_id>/compare")
def compare(position_id: UUID) -> Response:
    """Two texts word by word. From what we signed, or I read, last, to the text of today."""
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    heads = positions.versions(session, actor, of.id)
    last, signed = queries.last_read(session, actor, of), _signed(of.id, heads)
    names = [*(str(v.number) for v in heads), *([queries.READ] if last else []), queries.DRAFT]
    chosen = filters.chosen(
        request.args, {"from": names, "to": names, "show": _SHOWS, "view": {"side"}}
    )
    before = chosen.get("from", signed or (queries.READ if last else queries.number_before(heads)))
    after = chosen.get("to", queries.DRAFT)
    found = queries.comparison(session, actor, of, before, after)
    show = chosen.get("show", "changed")
    spoken = discussion.threads(session, actor, of.id)
    changes = _shown(of.id, found.changes, show, spoken)
    return respond(
        "versions/compare.html",
        "versions/_compare.html",
        of=of,
        found=found,
        changes=changes,
        untouched=len(found.changes) - len(changes),
        origins=amendments.origins(session, actor, of.id),
        requests=amendments.asked(session, actor, of.id),
        heard=rules.heard(spoken, actor.organisation_id),
        before=before,
        after=after,
        show=show,
        view=chosen.get("view", ""),
        here=filters.address(f"/versions/{of.id}/compare", {"from": before, "to": after}),
        options=[(name, _side_name(name, last, signed)) for name in names],
        channel_words=words.table(CHANNELS),
        **_around(position_id),
    )


def _side_name(name: str, last: LastRead | None, signed: str) -> str:
    if name == queries.DRAFT:
        return str(_("Today’s text"))
    if name == queries.READ:
        when = words.moment(last.at, "d MMM y, HH:mm") if last else ""
        return str(_("What I last read, %(when)s", when=when))
    if name == signed:
        return str(_("Version %(number)s, which we signed", number=name))
    return str(_("Version %(number)s", number=name))


def _signed(position_id: UUID, heads: list[VersionHead]) -> str:
    """The number of the version that the actor's organisation last signed; empty = none."""
    rounds = signoff.rounds(gate.session(), gate.actor(), position_id)
    if not rounds:
        return ""
    answer = signoff.my_answer(gate.session(), gate.actor(), rounds[0].id)
    answer = answer or signoff.answer_before(gate.session(), gate.actor(), rounds[0])
    if answer is None or answer.kind not in _SIGNED:
        return ""
    return next((str(head.number) for head in heads if head.id == answer.version_id), "")


def _shown(
    position_id: UUID, changes: list[ClauseChange], show: str, spoken: Sequence[ThreadRow] = ()
) -> list[ClauseChange]:
    """The changes to be shown: all clauses, those that differ, or those we spoke about."""
    if show == "all":
        return changes
    differing = [change for change in changes if change.kind is not Change.UNCHANGED]
    if show == "changed":
        return differing
    mine = gate.actor().organisation_id
    ours = {
        thread.anchor.clause_id
        for thread in spoken
        if thread.anchor and mine in {said.organisation_id for said in thread.comments}
    }
    ours |= amendments.asked(gate.session(), gate.actor(), position_id).cids
    return [change for change in differing if change.cid in ours]


@bp.post("/<uuid:position_id>/read")
def read_submit(position_id: UUID) -> AnyResponse:
    """Note “I have read this”: from here on changes are told from the text of today."""
    positions.position(gate.session(), gate.actor(), position_id)
    return submit(
        forms.Read(),
        lambda s, a: actions.saw(s, a, position_id),
        again=lambda _problem: compare(position_id),
        done=lambda _done: url_for("positions.position", position_id=position_id),
    )


@bp.get("/<uuid:version_id>/restore")
def restore(version_id: UUID) -> Response:
    """What would change if a version became the draft again."""
    return _restore_page(version_id)


@bp.post("/<uuid:version_id>/restore")
def restore_submit(version_id: UUID) -> AnyResponse:
    """Bring the version back; what the draft says now stays in its history."""
    version, form = positions.version(gate.session(), gate.actor(), version_id), forms.Restore()
    return submit(
        form,
        lambda s, a: actions.restore(
            s, a, version.position_id, version_id, based_on=form.based_on.data or ""
        ),
        again=lambda problem: _restore_page(version_id, problem),
        done=lambda _done: url_for("positions.position", position_id=version.position_id),
    )


def _restore_page(version_id: UUID, problem: Problem | None = None) -> Response:
    version = positions.version(gate.session(), gate.actor(), version_id)
    of = positions.position(gate.session(), gate.actor(), version.position_id)
    now = queries.side(gate.session(), gate.actor(), of, queries.DRAFT)
    found = queries.compared(now, version)
    around = _around(of.id)
    return respond(
        "versions/restore.html",
        of=of,
        version=version,
        found=found,
        changes=_shown(of.id, found.changes, "changed"),
        origins={},
        erased=annexes.in_no_version(gate.session(), gate.actor(), of.document_id),
        view="",
        form=forms.Restore(formdata=None, based_on=basis(order_hash(now.clauses), now.annexes)),
        problem=problem,
        can_restore=positions.may(gate.actor(), "position:lead", of)
        and rules.can_come_back(of.stage),
        **around,
    )


def _around(position_id: UUID) -> dict[str, Any]:
    """Whose text it is, and who sees it."""
    face = positions.face(gate.session(), gate.actor(), position_id)
    is_lead = face.organisation_id == gate.actor().organisation_id
    circle = face.others + 1
    return {
        "base": f"/positions/{position_id}",
        "is_lead": is_lead,
        # Small numbers tell who is meant; the lead knows its own list.
        "circle": circle if is_lead or circle >= face.smallest_cell else 0,
    }
