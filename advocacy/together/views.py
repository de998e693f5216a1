"""Pages: mark asks of the list, look at what would be done, do it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.ground.ids import as_id
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations import forms as recommended
from advocacy.recommendations.rows import Filters
from advocacy.together import actions, forms, queries, rules
from advocacy.together.rows import Line
from advocacy.together.rules import Deed
from advocacy.web import filters as address
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("together", __name__, url_prefix="/together/in/<string:workspace_slug>")

_ALLOWED: dict[str, Any] = {**recommended.ALLOWED}


@bp.get("")
def choose(workspace_slug: str) -> Response:
    """The asks of the list that one may do this with, each with its tick."""
    return _choose(_space(workspace_slug), _deed(), forms.ChooseForm(formdata=None))


@bp.post("/look")
def look(workspace_slug: str) -> Response:
    """What would be done with those that are marked. Nothing is written yet."""
    space, what, form = _space(workspace_slug), _deed(), forms.ChooseForm()
    chosen = [one for value in form.asks.data or () if (one := as_id(value))]
    if form.is_all.data:
        chosen = [line.ask_id for line in _matching(space, what)[0]]
    if not chosen:
        form.asks.errors = [_("Choose at least one.")]
        return _choose(space, what, form, status=422)
    begun = forms.FORMS[what](formdata=None)
    lines = _lines(space, what, chosen)
    begun.asks.data = [_value(line) for line in lines]
    return _look(space, what, begun, lines, left_out=len(set(chosen)) - len(lines))


@bp.post("")
def deed_submit(workspace_slug: str) -> Any:
    """Do it with all that is marked, or with none."""
    space, what = _space(workspace_slug), _deed()
    form = forms.FORMS[what]()

    def again(problem: Problem) -> Response:
        return _look(space, what, form, _lines(space, what, list(form.chosen())), problem)

    def done(count: int) -> str:
        flash(ngettext("Done for %(num)s ask.", "Done for %(num)s asks.", count))
        return address.address(f"/recommendations/in/{space.slug}", _chosen())

    return submit(
        form,
        lambda s, a: actions.do(
            s, a, workspace_id=space.id, deed=what, chosen=form.chosen(), said=form.said()
        ),
        again=again,
        done=done,
    )


def _space(slug: str) -> WorkspaceRow:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    asks.must_work_here(gate.actor(), space.id)
    policy.require(gate.actor(), "ask:record", policy.About(workspace_id=space.id))
    return space


def _deed() -> Deed:
    """The deed that the address names; at first a date."""
    named = address.chosen(request.args, {"deed": set(Deed)})
    return Deed(named.get("deed", Deed.DUE))


def _chosen() -> dict[str, str]:
    return address.chosen(request.args, _ALLOWED)


def _matching(space: WorkspaceRow, deed: Deed) -> tuple[list[Line], int]:
    session, actor = gate.session(), gate.actor()
    on, wanted = asks.today(session, actor, space.id), Filters(**_chosen())
    return queries.lines(session, actor, workspace_id=space.id, deed=deed, filters=wanted, on=on)


def _lines(space: WorkspaceRow, deed: Deed, ids: list[UUID]) -> list[Line]:
    session, actor = gate.session(), gate.actor()
    on = asks.today(session, actor, space.id)
    return queries.lines_of(session, actor, ids, workspace_id=space.id, deed=deed, on=on)


def _choose(
    space: WorkspaceRow, deed: Deed, form: forms.ChooseForm, *, status: int = 200
) -> Response:
    lines, found = _matching(space, deed)
    chosen, base = _chosen(), f"/together/in/{space.slug}"
    return respond(
        "together/choose.html",
        form=form,
        records=[_record(line, deed, str(line.ask_id)) for line in lines],
        unoffered=min(found, rules.MOST) - len(lines) if deed in rules.KIND_OF else 0,
        is_cut=found > rules.MOST,
        most=rules.MOST,
        deeds=[
            (word, address.address(base, {"deed": key, **chosen}), key == deed)
            for key, word in forms.DEEDS.items()
        ],
        action=address.address(f"{base}/look", {"deed": deed, **chosen}),
        hand_href=f"/assignments/in/{space.slug}",
        back=address.address(f"/recommendations/in/{space.slug}", chosen),
        is_filtered=bool(chosen),
        status=status,
    )


def _look(
    space: WorkspaceRow,
    deed: Deed,
    form: forms.DeedForm,
    lines: list[Line],
    problem: Problem | None = None,
    *,
    left_out: int = 0,
) -> Response:
    moved: Any = problem.current if problem and problem.status == 409 else ()
    here = address.address(f"/together/in/{space.slug}", {"deed": deed, **_chosen()})
    return respond(
        "together/look.html",
        form=form,
        problem=problem,
        records=[
            _record(line, deed, _value(line), has_moved=line.ask_id in (moved or ()))
            for line in lines
        ],
        fields=[one for one in form if one.short_name not in {"asks", "csrf_token"}],
        left_out=left_out,
        deed=forms.DEEDS[deed],
        button=forms.BUTTONS[deed],
        action=here,
        back=here,
        status=problem.status if problem else 200,
    )


def _value(line: Line) -> str:
    return f"{line.ask_id}:{line.base}"


def _record(line: Line, deed: Deed, value: str, *, has_moved: bool = False) -> tuple[str, str, str]:
    """What is sent when it is marked, its title, and what helps to know it."""
    due = words.meant(line.due_on, line.due_precision, "d MMM y")
    now = _("Due %(day)s.", day=due).rstrip(".") if due else _("No date yet")
    themes = ", ".join(line.tags) or _("No theme yet")
    parts = (
        _("Changed meanwhile") if has_moved else "",
        line.ref,
        _("Addressed to %(name)s", name=line.addressee) if deed in rules.KIND_OF else "",
        now if deed in rules.KIND_OF else themes,
    )
    return value, line.title, " · ".join(part for part in parts if part)
