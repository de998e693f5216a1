"""Pages of proposed wording: the list, one clause with all its proposals, one proposal."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.access.actor import Actor
from advocacy.amendments import actions, forms, queries
from advocacy.amendments.rows import AmendmentRow, State
from advocacy.amendments.schema import Kind
from advocacy.decisions import queries as decisions
from advocacy.drafting import queries as drafts
from advocacy.ground.ids import as_id
from advocacy.positions import queries as positions
from advocacy.text.hashes import Clause
from advocacy.versions import actions as versions
from advocacy.web import filters, gate, paging, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("amendments", __name__, url_prefix="/amendments")

# --- the list ------------------------------------------------------------------------------------


@bp.get("/about/<uuid:position_id>")
def amendments(position_id: UUID) -> Response:
    """All wording proposed for a text; filters stand in the address."""
    of, clauses = _text(position_id)
    chosen = _chosen(clauses)
    rows = queries.amendments(
        gate.session(),
        gate.actor(),
        position_id,
        _choice(chosen),
        after=paging.unpack_key(request.args.get("after", "")),
        most=paging.PAGE + 1,
    )
    here = url_for("amendments.amendments", position_id=position_id)
    shown = rows[: paging.PAGE]
    after = paging.pack(str(shown[-1].id)) if len(rows) > paging.PAGE else ""
    return respond(
        "amendments/amendments.html",
        "amendments/_list.html",
        cards=decisions.cards(gate.session(), gate.actor(), shown, clauses),
        accept_query=filters.address("", chosen, list="1"),
        next_href=filters.address(here, chosen, after=after) if after else "",
        chosen=chosen,
        here=here,
        clauses=[(str(c.cid), _name(n, c)) for n, c in enumerate(clauses, 1)],
        **_around(of),
    )


def _text(position_id: UUID) -> tuple[Any, list[Clause]]:
    of = positions.position(gate.session(), gate.actor(), position_id)
    return of, drafts.clauses(gate.session(), gate.actor(), of.document_id)


def _chosen(clauses: list[Clause]) -> dict[str, str]:
    cids = [str(clause.cid) for clause in clauses]
    return filters.chosen(request.args, {"state": set(State), "ours": {"1"}, "clause": cids})


def _choice(chosen: dict[str, str]) -> queries.Choice:
    cid = chosen.get("clause")
    return queries.Choice(
        state=chosen.get("state", ""), cid=UUID(cid) if cid else None, is_ours="ours" in chosen
    )


# --- one clause ----------------------------------------------------------------------------------


@bp.get("/clause/<uuid:clause_id>")
def clause(clause_id: UUID) -> Response:
    """A clause as it reads, and all wording proposed for it, side by side."""
    found, of, clauses = _clause(clause_id)
    choice = queries.Choice(cid=clause_id)
    rows = queries.amendments(gate.session(), gate.actor(), of.id, choice, most=paging.PAGE)
    return respond(
        "amendments/clause.html",
        found=found,
        cards=decisions.cards(gate.session(), gate.actor(), rows, clauses),
        accept_query="",
        **_around(of),
    )


def _clause(clause_id: UUID) -> tuple[Any, Any, list[Clause]]:
    found = drafts.place(gate.session(), gate.actor(), clause_id)
    of = positions.of_document(gate.session(), gate.actor(), found.document_id)
    return found, of, drafts.clauses(gate.session(), gate.actor(), of.document_id)


@bp.get("/clause/<uuid:clause_id>/propose")
def propose(clause_id: UUID) -> Response:
    """The clause with its words in a form; `?again=` takes the words of an earlier proposal."""
    found, of, _clauses = _clause(clause_id)
    old = _again(of.id)
    form = forms.Propose(
        based_on=found.clause.hash,
        heading=old.heading if old else found.clause.heading,
        wording=old.wording if old else found.clause.text,
        reason=old.reason if old else "",
    )
    return _propose_page(clause_id, form)


def _again(position_id: UUID) -> AmendmentRow | None:
    given = as_id(request.args.get("again", ""))
    if given is None:
        return None
    row = queries.amendment(gate.session(), gate.actor(), given)
    return row if row.position_id == position_id else None


@bp.post("/clause/<uuid:clause_id>/propose")
def propose_submit(clause_id: UUID) -> AnyResponse:
    """Propose other wording, the removal or another place of a clause, as it was read."""
    _found, of, _clauses = _clause(clause_id)
    form = forms.Propose()
    return submit(
        form,
        lambda s, a: _proposed(s, a, of.id, form, cid=clause_id, kind=form.kind.data),
        again=lambda problem: _propose_page(clause_id, form, problem),
        done=lambda made: url_for("decisions.amendment", amendment_id=made.id),
    )


def _proposed(
    session: Session,
    actor: Actor,
    position_id: UUID,
    form: Any,
    *,
    cid: Any,
    kind: str,
    **more: Any,
) -> Any:
    made = actions.propose(
        session,
        actor,
        position_id,
        cid=cid,
        after=form.after.data,
        kind=Kind(kind),
        heading=form.heading.data or "",
        wording=form.wording.data or "",
        reason=form.reason.data or "",
        base_hash=form.based_on.data or "",
        **more,
    )
    versions.saw(session, actor, position_id)
    return made


def _propose_page(clause_id: UUID, form: Any, problem: Problem | None = None) -> Response:
    found, of, clauses = _clause(clause_id)
    if problem and problem.status == 409:
        form.based_on.data = found.clause.hash
    form.after.choices = _places(clauses, without=clause_id)
    kinds = [(kind, forms.KINDS[kind], mean) for kind, mean in forms.KINDS_MEAN.items()]
    return respond(
        "amendments/propose.html",
        form=form,
        problem=problem,
        found=found,
        kinds=kinds,
        action=f"/amendments/clause/{clause_id}/propose",
        **_around(of),
    )


@bp.get("/about/<uuid:position_id>/propose")
def insert(position_id: UUID) -> Response:
    """The form of a clause that is not there yet."""
    _of, clauses = _text(position_id)
    form, old = forms.Insert(), _again(position_id)
    form.after.data = clauses[-1].cid if clauses else None
    if old:
        form.heading.data, form.wording.data = old.heading, old.wording
        form.reason.data = old.reason
    return _insert_page(position_id, form)


@bp.post("/about/<uuid:position_id>/propose")
def insert_submit(position_id: UUID) -> AnyResponse:
    """Propose a new clause."""
    positions.position(gate.session(), gate.actor(), position_id)
    form = forms.Insert()
    kind = form.clause_kind.data or ""
    return submit(
        form,
        lambda s, a: _proposed(
            s, a, position_id, form, cid=None, kind=Kind.INSERTION, clause_kind=kind
        ),
        again=lambda problem: _insert_page(position_id, form, problem),
        done=lambda made: url_for("decisions.amendment", amendment_id=made.id),
    )


def _insert_page(position_id: UUID, form: Any, problem: Problem | None = None) -> Response:
    of, clauses = _text(position_id)
    form.after.choices = _places(clauses)
    return respond(
        "amendments/propose.html",
        form=form,
        problem=problem,
        found=None,
        action=f"/amendments/about/{position_id}/propose",
        **_around(of),
    )


def _around(of: Any) -> dict[str, Any]:
    """What the pages share."""
    return {
        "of": of,
        "lang": of.language,
        "back": url_for("positions.position", position_id=of.id),
        "list_href": url_for("amendments.amendments", position_id=of.id),
        "can_propose": positions.may(gate.actor(), "amendment:propose", of),
        "can_decide": positions.may(gate.actor(), "amendment:decide", of),
        "kind_words": words.table(forms.KINDS),
        "state_words": words.table(forms.STATES),
        "fit_words": words.table(forms.CURRENCIES),
        "mine": gate.actor().organisation_id,
        "when": lambda at: words.moment(at, "d MMM y, HH:mm"),
    }


def _places(clauses: list[Clause], without: UUID | None = None) -> list[SelectChoice]:
    first = SelectChoice("", _("First"))
    return [first] + [
        SelectChoice(str(c.cid), _("After %(number)d. %(words)s", number=n, words=_short(c)))
        for n, c in enumerate(clauses, 1)
        if c.cid != without
    ]


def _name(number: int, clause: Clause) -> str:
    return f"{number}. {_short(clause)}"


def _short(clause: Clause) -> str:
    said = clause.heading or clause.text
    return said if len(said) <= 60 else f"{said[:59]}…"
