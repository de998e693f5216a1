"""One threat, and the forms of its owner. The list and the history are in `picture`."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.analysis import actions as analysis_actions
from advocacy.analysis import queries as analysis
from advocacy.assessments import queries as assessments
from advocacy.drafts import actions as drafts
from advocacy.duplicates import queries as duplicates
from advocacy.exhibits import queries as exhibits
from advocacy.extracts import actions as extracts
from advocacy.ground import clock
from advocacy.handovers import queries as handovers
from advocacy.links import actions as linking
from advocacy.links import queries as links
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.proposals import queries as proposals
from advocacy.reference import queries as reference
from advocacy.setbacks import queries as setbacks
from advocacy.talks import queries as talks
from advocacy.threats import actions, forms, queries, rules
from advocacy.threats.rows import Current, Seen, Sharing
from advocacy.threats.schema import Level
from advocacy.web import gate, standings
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day as in_words

bp = Blueprint("threats", __name__, url_prefix="/threats")


def _ago(days: int) -> str:
    words = ngettext("%(num)s day ago", "%(num)s days ago", days) if days > 0 else _("Today")
    return str(words)


@bp.get("/<uuid:threat_id>")
def threat(threat_id: UUID) -> Any:
    """One threat: the classes of fields that this reader may know."""
    session, actor = gate.session(), gate.actor()
    seen = queries.detail(session, actor, threat_id)
    found = seen.safe
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    about = policy.About(found.organisation_id, found.workspace_id)
    checked, today = (clock.day_in(at, space.zone) for at in (found.checked_at, actor.now))
    on = rules.due_on(checked, found.severity, found.next_review)
    return respond(
        "threats/threat.html",
        threat=found,
        read=seen,
        analysis=analysis.panel(session, actor, found, str(get_locale())),
        words=_words(session, seen),
        forms=forms,
        base=f"/threats/{found.id}",
        register_href=f"/threats/in/{space.slug}",
        owner=_owner(session, seen),
        around=(around := handovers.around(session, actor, found)),
        may_edit=policy.allows(actor, "threat:edit", about) and not around.stays.is_over,
        may_start=policy.allows(actor, "position:start", about),
        may_link=policy.allows(actor, "link:make", about),
        start_href=f"/positions/in/{space.slug}/start?threat={found.id}",
        twins=(twins := duplicates.panel(session, actor, found)),
        said=(said := assessments.panel(session, actor, found, also=twins.ids)),
        proof=exhibits.panel(session, actor, found, [v.id for v in said.views], twins.ids),
        asked=proposals.panel(session, actor, found),
        talk=talks.panel(session, actor, found, is_open=seen.members is not None),
        linked=links.linked(session, actor, "threat", threat_id),
        came=standings.told(setbacks.of_record(session, actor, "threat", threat_id, on=today)),
        readers=_readers(session, actor, space, seen),
        checked=_ago((today - checked).days),
        due=rules.due(on, today),
        due_on=in_words(on, "d MMM y"),
        day=lambda value: in_words(value, "d MMM y"),
        form=FlaskForm(),
    )


def _words(session: Session, seen: Seen) -> forms.Words:
    ids = {seen.safe.area_id, seen.members.area_id if seen.members else None} - {None}
    language = str(get_locale())
    rows = reference.called(
        session, seen.safe.workspace_id, [reference.area(session, i) for i in ids if i]
    )
    areas = {row.id: row.label(language) for row in rows}
    risk = reference.risk(session, seen.safe.risk_code)
    return forms.Words(language, areas, {risk.code: risk.label(language)})


def _owner(session: Session, seen: Seen) -> str:
    """Who reported it: a matter of the members class."""
    owner = seen.safe.organisation_id
    return organisations.names(session, [owner])[owner] if seen.members else ""


def _readers(
    session: Session, actor: Actor, space: WorkspaceRow, seen: Seen
) -> tuple[list[str], list[str]] | None:
    """For its owner: who sees the record, and who reads the full account."""
    if seen.safe.organisation_id != actor.organisation_id:
        return None
    record, told = map(frozenset, queries.named(session, actor, seen.safe.id))
    both = Sharing(seen.level, record, circle_ids=record), Sharing(Level.NAMED, told)
    sees, reads = (forms.readers(session, actor, space, of) for of in both)
    return sees, reads


@bp.get("/in/<string:workspace_slug>/new")
def new(workspace_slug: str) -> Any:
    """Report a risk: one form with its fields and who may see them."""
    return _new(workspace_slug, forms.ReportForm(formdata=None))


@bp.post("/in/<string:workspace_slug>/new")
def new_submit(workspace_slug: str) -> Any:
    """Report it. Wider than own level, only after the list of readers was shown."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.ReportForm()
    _offer(form, space)

    def act(session: Session, actor: Actor) -> UUID:
        made = (drafts.begin if form.is_draft.data else actions.report)(
            session, actor, workspace_id=space.id, entry=form.entry(), sharing=form.sharing()
        )
        if form.no_person.data:
            extracts.say_nobodys(session, actor, made.id)
        return made.id

    return submit(
        form,
        act,
        again=lambda problem: _new(workspace_slug, form, problem),
        done=lambda threat_id: f"/threats/{threat_id}",
    )


def _new(workspace_slug: str, form: Any, problem: Problem | None = None) -> Any:
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    about = policy.About(gate.actor().organisation_id, space.id)
    policy.require(gate.actor(), "threat:report", about)
    _offer(form, space)
    return respond(
        "threats/new.html",
        form=form,
        faults=_faults(problem),
        action=request.path,
        back_href=f"/threats/in/{space.slug}",
        **forms.check_line(gate.session(), gate.actor(), space, form, is_shown=problem is not None),
    )


def _faults(problem: Problem | None) -> list[tuple[str, str]]:
    """Reasons that belong to no field, as the summary of a form takes them."""
    return [(sentence, "") for sentence in problem.sentences] if problem else []


def _offer(form: Any, space: WorkspaceRow) -> None:
    """Give a form its choices, in the reader's language."""
    session, actor = gate.session(), gate.actor()
    if isinstance(form, forms.EntryForm):
        areas = reference.called(session, space.id, reference.areas(session, space.country or "-"))
        form.offer(reference.risks(session), areas, str(get_locale()))
    if isinstance(form, forms.SharingForm):
        form.offer_readers(session, actor, space)


@bp.get("/<uuid:threat_id>/edit")
def edit(threat_id: UUID) -> Any:
    """Change one's own threat."""
    now = queries.current(gate.session(), gate.actor(), threat_id)
    form = forms.EntryForm(formdata=None, data={"based_on": now.edition, **forms.given(now.entry)})
    return _edit(threat_id, form)


@bp.post("/<uuid:threat_id>/edit")
def edit_submit(threat_id: UUID) -> Any:
    """Save the change; somebody else's in between is shown beside it, and nothing is lost."""
    found = queries.own(gate.session(), gate.actor(), threat_id)
    form = forms.EntryForm()
    _offer(form, organisations.workspace_by_id(gate.session(), gate.actor(), found.workspace_id))

    def act(session: Session, actor: Actor) -> UUID:
        given = str(form.based_on.data)
        based_on = int(given) if given.isdecimal() else 0
        actions.edit(session, actor, threat_id, form.entry(), based_on=based_on)
        if form.no_person.data:
            extracts.say_nobodys(session, actor, threat_id)
        analysis_actions.follow(session, actor, threat_id)
        linking.follow(session, actor, "threat", threat_id)
        return threat_id

    return submit(
        form,
        act,
        again=lambda problem: _edit(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}",
    )


def _edit(threat_id: UUID, form: forms.EntryForm, problem: Problem | None = None) -> Any:
    found = queries.own(gate.session(), gate.actor(), threat_id)
    space = organisations.workspace_by_id(gate.session(), gate.actor(), found.workspace_id)
    _offer(form, space)
    clashes = []
    if problem and isinstance(problem.current, Current):
        clashes = forms.clashes(form, problem.current.entry)
        form.based_on.data = str(problem.current.edition)
    return respond(
        "threats/edit.html",
        form=form,
        faults=_faults(problem),
        clashes=clashes,
        action=f"/threats/{threat_id}/edit",
        back_href=f"/threats/{threat_id}",
    )
