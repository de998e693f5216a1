"""Take the register out as a file; the log of the files that one's organisation took out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask_babel import get_locale
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.disclosure.rules import is_outside
from advocacy.extracts import actions, forms, mapper, queries, rules
from advocacy.extracts.rows import LogRow
from advocacy.extracts.schema import Extract, Kind, Reach
from advocacy.ground.errors import Invalid
from advocacy.ground.unit import Database
from advocacy.picture import forms as register
from advocacy.web import gate
from advocacy.web.db import database
from advocacy.web.filters import address
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("extracts", __name__, url_prefix="/threats")


@bp.get("/in/<string:workspace_slug>/files")
def files(workspace_slug: str) -> Response:
    """Choose a file of the list as filtered; below it what was taken out before."""
    return _page(workspace_slug, forms.Take(formdata=None))


@bp.post("/in/<string:workspace_slug>/files")
def files_submit(workspace_slug: str) -> AnyResponse:
    """Take it out. It is logged before the first byte, and again when it went out whole."""
    session, actor = gate.session(), gate.actor()
    here, form = register.scene(session, actor, workspace_slug), forms.Take()
    if is_outside(actor, here.space.id) and form.reach.data in {None, *Reach}:
        form.reach.data = Reach.OUTSIDE
    form.check = lambda: queries.person_faults(session, actor, here.space, here.filters)
    source, cover = database(), _cover(here, actor)
    return submit(
        form,
        lambda s, a: actions.begin(
            s,
            a,
            here.space,
            here.filters,
            kind=form.sort(),
            reach=form.for_whom(),
            asked=here.where,
        ),
        again=lambda problem: _page(workspace_slug, form, problem),
        done=lambda made: _sent(_Job(source, actor, here, made.id, cover), made),
    )


@dataclass(frozen=True)
class _Job:
    """All that a file needs once its request is over."""

    source: Database
    actor: Actor
    here: register.Scene
    extract_id: UUID
    cover: mapper.Cover


def _sent(job: _Job, made: Extract) -> Response:
    kind, reach = Kind(made.kind), Reach(made.reach)
    end, media = mapper.ENDS[kind]
    answer = Response(_parts(job, kind, reach), mimetype=None, content_type=media)
    name = f"{job.here.space.slug}-{made.at:%Y-%m-%d}.{end}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _parts(job: _Job, kind: Kind, reach: Reach) -> Iterator[bytes]:
    """The file, read as it is sent; at its end the log learns how long it was and its hash."""
    count, digest, cover = mapper.Count(), hashlib.sha256(), job.cover
    known = _levels(job, reach) if kind is Kind.XLSX else None
    if known is not None:
        cover = replace(cover, levels=frozenset(known.values()))
    for part in mapper.parts(kind, reach, _pages(job, reach, count, known), cover):
        digest.update(part)
        yield part
    with job.source.writing(job.actor) as session:
        actions.end(session, job.actor, job.extract_id, rows=count.rows, digest=digest.hexdigest())


def _levels(job: _Job, reach: Reach) -> dict[UUID, str]:
    """How far the records go: such a file says above its first line how it is to be handled."""
    with job.source.reading(job.actor) as session:
        here = job.here
        return queries.levels(session, job.actor, here.space, here.filters, reach=reach)


def _pages(
    job: _Job, reach: Reach, count: mapper.Count, known: dict[UUID, str] | None
) -> Iterator[mapper.Page]:
    """known: the audiences that a file spoke of; whatever got another one since is left out."""
    here, actor = job.here, job.actor
    with job.source.reading(actor) as session:
        words = queries.words(session, here.space, here.language)
        of = job.cover
        words = replace(words, stances=of.stances, evidence=of.evidence, unknown=of.unknown)
        for rows in queries.pages(session, actor, here.space, here.filters, reach=reach):
            if known is not None:
                rows = [row for row in rows if row.audience_id in known]
            if reach is Reach.OUTSIDE:  # it may have changed since the file was asked for
                Invalid.unless_empty(rules.person_faults(rows, queries.said(session, actor, rows)))
            words = queries.explained(session, actor, rows, words)
            yield count.see((rows, words))


def _cover(here: register.Scene, actor: Actor) -> mapper.Cover:
    return forms.cover(
        workspace=here.space.name,
        person=accounts.names(gate.session(), {actor.person_id}).get(actor.person_id, "")
        if actor.person_id
        else "",
        organisation=actor.organisation_name,
        when=moment(actor.now, "d MMM y, HH:mm"),
        filters=", ".join(f"{name} {value}" for name, value in here.asked),
        at=actor.now,
        language=str(get_locale()),
    )


def _page(slug: str, form: forms.Take, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    here = register.scene(session, actor, slug)
    outside = is_outside(actor, here.space.id)
    log = queries.log(session, actor, here.space.id)
    people = accounts.names(session, {row.person_id for row in log if row.person_id})
    return respond(
        "extracts/files.html",
        form=form,
        kinds=[(str(kind), *words) for kind, words in forms.KINDS.items()],
        reaches=[] if outside else [(str(r), *words) for r, words in forms.REACHES.items()],
        filters=", ".join(value for _name, value in here.asked),
        log=[_line(row, people) for row in log],
        sentences=problem.sentences if problem else [],
        action=address(request.path, here.where),
        back_href=address(here.base, here.where),
        space=here.space,
        status=problem.status if problem else 200,
    )


def _line(row: LogRow, people: dict[UUID, str]) -> dict[str, Any]:
    return {
        "when": moment(row.at, "d MMM y, HH:mm"),
        "who": people.get(row.person_id, "") if row.person_id else "",
        "kind": forms.KINDS[Kind(row.kind)][0],
        "reach": forms.REACHES[Reach(row.reach)][0],
        "filters": ", ".join(str(value) for value in row.asked.values()),
        "rows": row.rows,
        "digest": (row.digest or "")[:16],
    }
