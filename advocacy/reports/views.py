"""Take the list of recommendations out as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.boards import forms as boards
from advocacy.boards.forms import Scene
from advocacy.ground.unit import Database
from advocacy.outcomes import queries as outcomes
from advocacy.recommendations.rows import Filters
from advocacy.reports import actions, forms, mapper, queries, rules
from advocacy.reports.rows import Account, Line, Taken
from advocacy.reports.rules import Kind
from advocacy.web import gate
from advocacy.web.db import database
from advocacy.web.filters import address
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, moment

bp = Blueprint("reports", __name__, url_prefix="/recommendations")


@bp.get("/in/<string:workspace_slug>/files")
def files(workspace_slug: str) -> Response:
    """Choose a file of the list as filtered; below it what was taken out before."""
    here = boards.scene(gate.session(), gate.actor(), workspace_slug)
    return _page(here, forms.Take(formdata=None))


@bp.post("/in/<string:workspace_slug>/files")
def files_submit(workspace_slug: str) -> AnyResponse:
    """Take it out. It is logged before the first byte."""
    actor, form = gate.actor(), forms.Take()
    here = boards.scene(gate.session(), actor, workspace_slug)
    source, about = database(), _about(here, actor)
    return submit(
        form,
        lambda s, a: actions.begin(
            s,
            a,
            here.space,
            here.filters,
            kind=form.sort(),
            on=here.on,
            back=here.back,
            asked=here.asked,
        ),
        again=lambda problem: _page(here, form, problem),
        done=lambda made: _sent(_Job(source, actor, here, about, str(get_locale())), made.kind),
    )


@dataclass(frozen=True)
class _Job:
    """All that a file needs once its request is over. about: what it says of itself."""

    source: Database
    actor: Actor
    here: Scene
    about: tuple[str, ...]
    language: str

    @property
    def title(self) -> str:
        return str(_("What was asked: %(workspace)s", workspace=self.here.space.name))


def _sent(job: _Job, kind: str) -> Response:
    which = Kind(kind)
    body: Iterable[bytes] = _told(job, which) if which in rules.PAPERS else _table(job, which)
    answer = Response(body, mimetype=None, content_type=rules.ENDS[which])
    name = f"{job.here.space.slug}-{job.here.on}.{which}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _table(job: _Job, kind: Kind) -> Iterator[bytes]:
    """A table, read as it is sent. Its title is said while there is a request."""
    cover = mapper.Cover(job.title, job.language, job.about, job.here.on)

    def sent() -> Iterator[bytes]:
        with job.source.reading(job.actor) as session:
            yield from mapper.table(kind, _pages(job, session), cover)

    return sent()


def _told(job: _Job, kind: Kind) -> list[bytes]:
    here = job.here
    with job.source.reading(job.actor) as session:
        lines = [line for page in _pages(job, session) for line in page]
        # Outcomes hang on no filter of asks, so they stand in a report of everything alone.
        came = (
            outcomes.listed(session, job.actor, workspace_id=here.space.id, on=here.on)
            if here.filters == Filters()
            else []
        )
    parts = tuple(map(forms.nothing, forms.parts(lines, came, here.on)))
    account = Account(job.title, job.language, job.about, parts, foot=job.title)
    return [mapper.told(kind, account)]


def _pages(job: _Job, session: Session) -> Iterator[list[Line]]:
    here, actor = job.here, job.actor
    asked: dict[str, Any] = {"workspace_id": here.space.id, "filters": here.filters}
    if here.back is None:
        yield from queries.pages(session, actor, **asked, on=here.on)
        return
    found = queries.then(session, actor, **asked, day=here.back, zone=here.space.zone)
    yield found or []


def _about(here: Scene, actor: Actor) -> tuple[str, ...]:
    """Who made it, when, of which list."""
    names = accounts.names(gate.session(), {actor.person_id} if actor.person_id else set())
    who = ", ".join(filter(None, [*names.values(), actor.organisation_name]))
    filters = ", ".join(f"{name} {value}" for name, value in here.asked.items() if name != "on")
    return (
        str(_("Made by %(name)s on %(day)s.", name=who, day=moment(actor.now, "d MMM y, HH:mm"))),
        str(_("As of %(day)s.", day=day(here.on, forms.SHAPE))),
        str(_("Filter: %(filters)s.", filters=filters or _("none"))),
        str(_("It shows what its maker could read at that moment.")),
    )


def _page(here: Scene, form: forms.Take, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    log = queries.log(session, actor, here.space.id)
    people = accounts.names(session, {one.person_id for one in log if one.person_id})
    return respond(
        "reports/files.html",
        form=form,
        kinds=[(str(kind), *words) for kind, words in forms.KINDS.items()],
        filters=", ".join(value for name, value in here.asked.items() if name != "on"),
        back_on=day(here.back, forms.SHAPE) if here.back else "",
        log=[_line(one, people) for one in log],
        sentences=problem.sentences if problem else [],
        action=address(here.path, here.asked),
        back_href=address(here.path.removesuffix("/files"), here.asked),
        brief_href=f"/recommendations/in/{here.space.slug}/brief" if here.may_look_back else "",
        space=here.space,
    )


def _line(row: Taken, people: dict[Any, str]) -> dict[str, Any]:
    return {
        "when": moment(row.at, "d MMM y, HH:mm"),
        "who": people.get(row.person_id, ""),
        "kind": forms.KINDS[Kind(row.kind)][0],
        "filters": ", ".join(str(value) for value in row.asked.values()),
        "lines": row.lines,
    }
