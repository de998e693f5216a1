"""What is known of a threat beyond its short record: one page for its owner, in four parts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_babel import get_locale
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.analysis import actions, forms, queries
from advocacy.analysis.rows import Blocks, Known
from advocacy.analysis.rules import Said
from advocacy.threats import queries as threats
from advocacy.threats.forms import Words
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("analysis", __name__, url_prefix="/threats")
_KINDS: dict[str, Any] = {
    "blocks": forms.BlocksForm,
    "places": forms.PlaceForm,
    "parties": forms.PartyForm,
    "figures": forms.FigureForm,
}


@bp.get("/<uuid:threat_id>/analysis")
def blocks(threat_id: UUID) -> Any:
    """Add what is known of one's own threat."""
    return _page(threat_id)


@bp.post("/<uuid:threat_id>/analysis")
def blocks_submit(threat_id: UUID) -> Any:
    """Keep the kinds and the texts."""
    return _add(threat_id, "blocks", actions.describe)


@bp.post("/<uuid:threat_id>/analysis/places")
def place_submit(threat_id: UUID) -> Any:
    """Add a place."""
    return _add(threat_id, "places", actions.add_place)


@bp.post("/<uuid:threat_id>/analysis/parties")
def party_submit(threat_id: UUID) -> Any:
    """Add a party."""
    return _add(threat_id, "parties", actions.add_party)


@bp.post("/<uuid:threat_id>/analysis/figures")
def figure_submit(threat_id: UUID) -> Any:
    """Add a figure."""
    return _add(threat_id, "figures", actions.add_figure)


@bp.post("/<uuid:threat_id>/analysis/<string:part>/<uuid:row_id>/remove")
def remove_submit(threat_id: UUID, part: str, row_id: UUID) -> Any:
    """Take one row away."""
    form = forms.RemoveForm()
    based_on = forms.edition(form)
    return submit(
        form,
        lambda s, a: actions.remove(s, a, threat_id, part, row_id, based_on=based_on).id,
        again=lambda problem: _page(threat_id, problem),
        done=lambda _id: f"/threats/{threat_id}/analysis#{part}",
    )


def _add(threat_id: UUID, part: str, act: Callable[..., Any]) -> Any:
    # Asked for before its form is read: nobody else is shown that form.
    queries.editable(gate.session(), gate.actor(), threat_id, language=str(get_locale()))
    form = _KINDS[part]()
    form.offer(str(get_locale()))

    def work(session: Session, actor: Actor) -> UUID:
        based_on = forms.edition(form)
        found: UUID = act(session, actor, threat_id, form.given(), based_on=based_on).id
        return found

    return submit(
        form,
        work,
        again=lambda problem: _page(threat_id, problem, **{part: form}),
        done=lambda _id: f"/threats/{threat_id}/analysis#{part}",
    )


def _page(threat_id: UUID, problem: Problem | None = None, **typed: Any) -> Any:
    session, actor, language = gate.session(), gate.actor(), str(get_locale())
    edition, known = queries.editable(session, actor, threat_id, language=language)
    short = threats.detail(session, actor, threat_id)
    made = {part: typed.get(part) or _fresh(part, known) for part in _KINDS}
    for form in made.values():
        form.offer(language)
        form.based_on.data = str(edition)
    clashes = []
    if problem and isinstance(problem.current, Blocks) and "blocks" in typed:
        clashes = forms.clashes(typed["blocks"], problem.current, language)
    return respond(
        "analysis/edit.html",
        title=short.safe.title,
        base=f"/threats/{threat_id}",
        edition=str(edition),
        made=made,
        stale=bool(problem and problem.status == 409),
        faults=[(said, "") for said in problem.sentences] if problem else [],
        clashes=clashes,
        subtypes=queries.subtypes(session, actor, threat_id),
        known=known,
        meanings=made["blocks"].meanings(language),
        said=Said(language),
        numbers=Words(language, {}, {}),
        day=lambda value: day(value, "d MMM y"),
    )


def _fresh(part: str, known: Known) -> Any:
    """A form that nobody has typed into yet."""
    given = vars(known.blocks) if part == "blocks" else {}
    return _KINDS[part](formdata=None, data=given)
