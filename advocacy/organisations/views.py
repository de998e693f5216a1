"""Pages of a workspace's organisations, of one's own organisation, and of invitations."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, make_response, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Seat, Standing
from advocacy.accounts import queries as accounts
from advocacy.invitations import actions as asking
from advocacy.invitations import queries as invitations
from advocacy.organisations import actions, forms, queries, rules
from advocacy.organisations.rows import OrganisationRow, SeatHolder
from advocacy.organisations.schema import NETWORKS
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("organisations", __name__, url_prefix="/organisations")


# --- a workspace ---------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
def directory(workspace_slug: str) -> AnyResponse:
    """Organisations and bodies of a workspace, as far as this reader may know of them."""
    session, actor = gate.session(), gate.actor()
    space = queries.workspace(session, actor, workspace_slug)
    found = queries.organisations(session, actor, workspace_id=space.id)
    may = policy.allows(actor, "workspace:coordinate", policy.About(workspace_id=space.id))
    return respond(
        "organisations/directory.html",
        space=space,
        rows=[_organisation(row, may_remove=may) for row in found],
        networks=sum(row.kind in NETWORKS for row in found),
        bodies=queries.bodies(session, actor, workspace_id=space.id),
        may_coordinate=may,
        form=forms.NewBody(),
        is_donor=space.standing == Standing.DONOR,
    )


def _organisation(row: OrganisationRow, *, may_remove: bool) -> dict[str, Any]:
    href = url_for("organisations.remove", membership_id=row.membership_id) if may_remove else ""
    return {
        "name": row.name,
        "short_name": row.short_name,
        "kind": forms.KINDS.get(row.kind, row.kind),  # type: ignore[call-overload]  # a StrEnum
        "standing": forms.STANDINGS[Standing(row.standing)],
        "is_ours": row.id == gate.actor().organisation_id,
        "remove_href": href,
    }


@bp.post("/in/<string:workspace_slug>")
def body_submit(workspace_slug: str) -> AnyResponse:
    """A new body of the workspace, by its coordinator."""
    form = forms.NewBody()
    space = queries.workspace(gate.session(), gate.actor(), workspace_slug)
    return submit(
        form,
        lambda s, a: actions.found_body(
            s,
            a,
            workspace_id=space.id,
            name=form.name.data or "",
            purpose=form.purpose.data or "",
        ),
        again=lambda _problem: render_template("organisations/body.html", space=space, form=form),
        done=lambda _made: url_for("organisations.directory", workspace_slug=workspace_slug),
    )


@bp.get("/in/<string:workspace_slug>/admit")
def admit(workspace_slug: str) -> AnyResponse:
    """Ask a new organisation in."""
    space = queries.workspace(gate.session(), gate.actor(), workspace_slug)
    about = policy.About(workspace_id=space.id)
    policy.require(gate.actor(), "workspace:coordinate", about)
    form = forms.Welcome(standing=Standing.MEMBER.value, language=str(get_locale()))
    return make_response(_admit(workspace_slug, form))


def _admit(workspace_slug: str, form: forms.Welcome) -> str:
    return render_template(
        "organisations/admit.html",
        form=form,
        slug=workspace_slug,
        standings=[(k.value, words, forms.STANDING_MEANINGS[k])
                   for k, words in forms.STANDINGS.items()],
        no_mail=_no_mail(),
    )  # fmt: skip


@bp.post("/in/<string:workspace_slug>/admit")
def admit_submit(workspace_slug: str) -> AnyResponse:
    """Founds the organisation, admits it, and invites its first person."""
    form = forms.Welcome()
    space = queries.workspace(gate.session(), gate.actor(), workspace_slug)
    return submit(
        form,
        lambda s, a: asking.welcome(
            s,
            a,
            workspace_id=space.id,
            organisation=form.organisation.data or "",
            kind=form.kind.data,
            standing=Standing(form.standing.data),
            name=form.name.data or "",
            email=form.email.data or "",
            language=form.language.data,
        ),
        again=lambda _problem: _admit(workspace_slug, form),
        done=lambda _made: _told(
            _("The organisation is in. A link is on its way to its contact."),
            url_for("organisations.directory", workspace_slug=workspace_slug),
        ),
    )


@bp.get("/memberships/<uuid:membership_id>/remove")
def remove(membership_id: UUID) -> AnyResponse:
    """Asks before an organisation is removed."""
    return make_response(_remove(membership_id))


def _remove(membership_id: UUID, problem: Problem | None = None) -> str:
    space, name = queries.membership(gate.session(), gate.actor(), membership_id)
    about = policy.About(workspace_id=space.id)
    policy.require(gate.actor(), "workspace:coordinate", about)
    return render_template(
        "organisations/remove.html",
        membership_id=membership_id,
        space=space,
        name=name,
        problem=problem,
        form=forms.Plain(),
    )


@bp.post("/memberships/<uuid:membership_id>/remove")
def remove_submit(membership_id: UUID) -> AnyResponse:
    """Ends the membership: the organisation's next question finds nothing."""
    space, _name = queries.membership(gate.session(), gate.actor(), membership_id)
    return submit(
        forms.Plain(),
        lambda s, a: actions.remove(s, a, membership_id=membership_id),
        again=lambda problem: _remove(membership_id, problem),
        done=lambda _nothing: url_for("organisations.directory", workspace_slug=space.slug),
    )


# --- one's own organisation ----------------------------------------------------------------------


@bp.get("/mine")
def mine() -> AnyResponse:
    """Seats of one's own organisation, who holds them, and who is invited."""
    return make_response(_mine())


def _mine(form: forms.Invite | None = None, problem: Problem | None = None) -> str:
    session, actor = gate.session(), gate.actor()
    of = queries.organisation(session, actor)
    held = queries.seat_holders(session, actor)
    today = [(row.seat, row.person_id) for row in held if row.from_at <= actor.now]
    may = policy.allows(
        actor, "organisation:administer", policy.About(organisation_id=actor.organisation_id)
    )
    return render_template(
        "organisations/mine.html",
        name=of.name,
        contact=of.registered_email,
        seats=[_seat(kind, held) for kind in Seat],
        warnings=[(reasons.say(reason), "") for reason in rules.warnings(today)],
        asked=[_invited(row) for row in invitations.invitations(session, actor)],
        may=may,
        form=form or forms.Invite(),
        options=[(kind.value, *words) for kind, words in forms.SEATS.items()],
        problem=problem,
        no_mail=_no_mail(),
    )


def _seat(kind: Seat, held: list[SeatHolder]) -> dict[str, Any]:
    return {
        "name": forms.SEATS[kind][0],
        "meaning": forms.SEATS[kind][1],
        "holders": [_holder(row) for row in held if row.seat == kind],
    }


def _holder(row: SeatHolder) -> dict[str, Any]:
    begins = row.from_at if row.from_at > gate.now() else None
    return {
        "name": row.person_name,
        "email": row.email,
        "begins": moment(begins, "d MMM y, HH:mm"),
        "ends": moment(row.until_at, "d MMM y, HH:mm"),
        "hand_over_href": url_for("organisations.hand_over", holding_id=row.holding_id),
        "end_href": url_for("organisations.end", holding_id=row.holding_id),
    }


def _invited(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "email": row.email,
        "seats": [forms.SEATS[Seat(seat)][0] for seat in row.seats],
        "at": moment(row.at, "d MMM y, HH:mm"),
        "waits_for_word": row.confirmed_at is None,
        "withdraw_href": url_for("invitations.withdraw_submit", invitation_id=row.id),
    }


def _no_mail() -> bool:
    """True where no mail server is set: an invitation would wait, and its sender should know."""
    return not current_app.config["ADVOCACY"].smtp_url


def _told(words: str, where: str) -> str:
    flash(words, "ok")
    return where


@bp.post("/mine")
def invite_submit() -> AnyResponse:
    """Invites someone to a seat."""
    form = forms.Invite()
    return submit(
        form,
        lambda s, a: asking.invite(
            s,
            a,
            email=form.email.data or "",
            name=form.name.data or "",
            kind=Seat(form.seat.data),
        ),
        again=lambda problem: _mine(form, problem),
        done=lambda _made: _told(_("The invitation is on its way."), url_for("organisations.mine")),
    )


@bp.get("/holdings/<uuid:holding_id>/hand-over")
def hand_over(holding_id: UUID) -> AnyResponse:
    """Who takes this seat over."""
    return make_response(_hand_over(holding_id, forms.HandOver()))


def _hand_over(holding_id: UUID, form: forms.HandOver, problem: Problem | None = None) -> str:
    return _of_holding("organisations/hand-over.html", holding_id, form=form, problem=problem)


def _of_holding(template: str, holding_id: UUID, **values: Any) -> str:
    about = policy.About(organisation_id=gate.actor().organisation_id)
    found = queries.seat_holder(gate.session(), gate.actor(), holding_id)
    policy.require(gate.actor(), "seat:hand-over", about)
    return render_template(
        template,
        holding_id=holding_id,
        name=found.person_name,
        seat=forms.SEATS[Seat(found.seat)][0],
        is_voice=found.seat == Seat.SIGNATORY,
        no_mail=_no_mail(),
        **values,
    )


@bp.post("/holdings/<uuid:holding_id>/hand-over")
def hand_over_submit(holding_id: UUID) -> AnyResponse:
    """Invites the successor; the holding ends when theirs begins."""
    form = forms.HandOver()
    found = queries.seat_holder(gate.session(), gate.actor(), holding_id)
    return submit(
        form,
        lambda s, a: asking.invite(
            s,
            a,
            email=form.email.data or "",
            name=form.name.data or "",
            kind=Seat(found.seat),
            note=form.note.data or "",
            replaces=holding_id,
        ),
        again=lambda problem: _hand_over(holding_id, form, problem),
        done=lambda _made: _told(_("The invitation is on its way."), url_for("organisations.mine")),
    )


@bp.get("/holdings/<uuid:holding_id>/end")
def end(holding_id: UUID) -> AnyResponse:
    """Asks before a seat is ended."""
    return make_response(_end(holding_id))


def _end(holding_id: UUID, problem: Problem | None = None) -> str:
    plain = forms.Plain()
    return _of_holding("organisations/end.html", holding_id, form=plain, problem=problem)


@bp.post("/holdings/<uuid:holding_id>/end")
def end_submit(holding_id: UUID) -> AnyResponse:
    """Ends a holding: its power is gone at the person's next request."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.end_holding(s, a, holding_id=holding_id),
        again=lambda problem: _end(holding_id, problem),
        done=lambda _nothing: _told(_("The seat was ended."), url_for("organisations.mine")),
    )


# --- a link that came by mail --------------------------------------------------------------------


@bp.get("/invitations/<string:token>")
def accept(token: str) -> AnyResponse:
    """What one is invited to. Opening the page accepts nothing."""
    found = invitations.by_link(gate.session(), token, now=gate.now())
    if found is None:
        return make_response(_spent(), 404)
    form = forms.Accept(name=found.name, language=str(get_locale()))
    return make_response(_accept(token, form))


def _accept(token: str, form: forms.Accept | forms.Plain, problem: Problem | None = None) -> str:
    found = invitations.by_link(gate.session(), token, now=gate.now())
    if found is None:
        return _spent()
    who = accounts.person_by_email(gate.session(), found.email)
    me = gate.actor().person_id
    return render_template(
        "organisations/accept.html",
        form=form,
        token=token,
        name=found.name,
        organisation=found.organisation_name,
        seats=[forms.SEATS[Seat(seat)] for seat in found.seats],
        note=found.note,
        has_account=who is not None,
        is_me=who is not None and who.id == me,
        is_somebody_else=me is not None and (who is None or who.id != me),
        problem=problem,
    )


def _spent() -> str:
    return render_template("organisations/spent.html")


@bp.post("/invitations/<string:token>")
def accept_submit(token: str) -> AnyResponse:
    """Takes the seats; makes the account where there is none; begins a new session."""
    form = forms.Plain() if gate.loaded() else forms.Accept()
    name, password, language = (
        str(form[field].data or "") if field in form else ""
        for field in ("name", "password", "language")
    )
    return submit(
        form,
        lambda s, a: asking.accept(
            s, a, token=token, name=name, password=password, language=language
        ),
        again=lambda problem: _accept(token, form, problem),
        done=lambda made: gate.enter(made, "/"),
        is_personal=True,
    )
