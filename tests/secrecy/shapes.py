"""Shapes of query that the guard gives the reader's sentence; and what the shapes are tried on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    delete,
    exists,
    func,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import (
    Session,
    aliased,
    contains_eager,
    joinedload,
    registry,
    relationship,
    selectinload,
    subqueryload,
)
from sqlalchemy.orm.exc import ObjectDeletedError

from advocacy.access import audience, guard
from advocacy.access.schema import Protected
from advocacy.ground.errors import NotFound
from advocacy.organisations.schema import Body, Workspace

HIDDEN, SHARED = "The hidden body", "The shared body"
T = Body.__table__
OTHER = T.alias("other")
REFUSALS = (guard.Unguarded, NotFound, ObjectDeletedError)

_mapping = registry()


class Gathering(Protected):
    """The same table, mapped with a relationship: rooms have none to try it on."""


class Space:
    """A workspace that leads to its gatherings."""


class Bypass:
    """The same table, mapped by somebody who forgot that it is protected."""


_mapping.map_imperatively(Gathering, T)
_mapping.map_imperatively(Bypass, T)
_mapping.map_imperatively(
    Space,
    Workspace.__table__,
    properties={
        "gatherings": relationship(
            Gathering,
            primaryjoin=Workspace.__table__.c.id == T.c.workspace_id,
            foreign_keys=T.c.workspace_id,
            viewonly=True,
        )
    },
)


@dataclass(frozen=True)
class Lie:
    """What lies in the table."""

    shared: UUID
    hidden: UUID
    workspace: UUID


Shape = Callable[[Session, Lie], Any]


def new_body(session: Session, world: Any, owner: str, name: str, *also: str) -> UUID:
    organisation = world.organisations[owner]
    who = audience.intern(session, {organisation, *(world.organisations[k] for k in also)})
    body = Body(
        id=uuid4(),
        organisation_id=organisation,
        audience_id=who,
        own_audience_id=who,
        workspace_id=world.workspace_id,
        name=name,
        group_id=uuid4(),
    )
    session.add(body)
    session.flush()
    return body.id


FILTERED: dict[str, Shape] = {}
REFUSED: dict[str, Shape] = {}
POSTGRES_ONLY = {"TABLE of PostgreSQL", "ONLY of PostgreSQL", "a row as a whole"}
SQLITE_ONLY = {"brackets", "backticks", "a name in single quotes", "UPDATE OR IGNORE"}


def filtered(name: str) -> Callable[[Shape], Shape]:
    return lambda shape: FILTERED.setdefault(name, shape)


def refused(name: str) -> Callable[[Shape], Shape]:
    return lambda shape: REFUSED.setdefault(name, shape)


def is_sqlite(s: Session) -> bool:
    return s.get_bind().dialect.name == "sqlite"


def row_for(s: Session, lie: Lie, **other: Any) -> dict[str, Any]:
    """A row of the hidden body's owner, with the audience of the shared one."""
    with guard.system(s, guard.System.AUDIT_VERIFY):
        got = dict(s.execute(select(T).where(T.c.id == lie.shared)).mappings().one())
    return {**got, "id": uuid4(), **other}


# --- filtered: reads -------------------------------------------------------------------------

filtered("entity")(lambda s, lie: [b.name for b in s.scalars(select(Body))])
filtered("columns")(lambda s, lie: list(s.scalars(select(Body.name))))
filtered("legacy query")(lambda s, lie: [b.name for b in s.query(Body).all()])
filtered("aliased")(lambda s, lie: list(s.scalars(select(aliased(Body).name))))
filtered("for update")(lambda s, lie: list(s.scalars(select(Body.name).with_for_update())))
filtered("streamed")(
    lambda s, lie: [b.name for b in s.scalars(select(Body).execution_options(yield_per=1))]
)
filtered("grouped")(
    lambda s, lie: [n for n, _ in s.execute(select(Body.name, func.count()).group_by(Body.name))]
)
filtered("join")(
    lambda s, lie: list(
        s.scalars(
            select(Body.name).select_from(Workspace).join(Body, Body.workspace_id == lie.workspace)
        )
    )
)
filtered("outer join")(
    lambda s, lie: list(
        s.scalars(
            select(Body.name)
            .select_from(Workspace)
            .outerjoin(Body, Body.workspace_id == Workspace.id)
        )
    )
)
filtered("comma join")(
    lambda s, lie: list(s.scalars(select(Body.name).where(Body.workspace_id == Workspace.id)))
)


@filtered("self join")
def _self_join(s: Session, lie: Lie) -> list[str]:
    other = aliased(Body)
    both = select(other.name).select_from(Body).join(other, other.workspace_id == Body.workspace_id)
    return list(s.scalars(both))


@filtered("get")
def _get(s: Session, lie: Lie) -> list[str]:
    return [b.name for b in (s.get(Body, lie.shared), s.get(Body, lie.hidden)) if b]


@filtered("scalar subquery")
def _scalar(s: Session, lie: Lie) -> list[str | None]:
    return [
        s.scalar(select(select(Body.name).where(Body.id == i).scalar_subquery()))
        for i in (lie.shared, lie.hidden)
    ]


@filtered("exists")
def _exists(s: Session, lie: Lie) -> list[str]:
    names = {lie.shared: SHARED, lie.hidden: HIDDEN}
    return [name for i, name in names.items() if s.scalar(select(exists().where(Body.id == i)))]


@filtered("count")
def _count(s: Session, lie: Lie) -> list[str]:
    n = s.scalar(select(func.count()).select_from(Body))
    return [SHARED, HIDDEN][: n or 0]


@filtered("subquery in FROM")
def _from_subquery(s: Session, lie: Lie) -> list[str]:
    inner = select(Body.name).subquery()
    return list(s.scalars(select(inner.c.name)))


@filtered("an entity of a subquery")
def _entity_of_subquery(s: Session, lie: Lie) -> list[str]:
    of = aliased(Body, select(Body).order_by(Body.name).limit(10).subquery())
    return [b.name for b in s.scalars(select(of))]


@filtered("CTE")
def _cte(s: Session, lie: Lie) -> list[str]:
    inner = select(Body.name).cte()
    return list(s.scalars(select(inner.c.name)))


@filtered("union")
def _union(s: Session, lie: Lie) -> list[str]:
    return list(s.scalars(union_all(select(Body.name), select(aliased(Body).name))))


@filtered("IN a subquery")
def _in(s: Session, lie: Lie) -> list[str]:
    return list(s.scalars(select(Body.name).where(Body.id.in_(select(Body.id)))))


@filtered("correlated subquery")
def _correlated(s: Session, lie: Lie) -> list[str | None]:
    names = func.group_concat if s.get_bind().dialect.name == "sqlite" else func.string_agg
    inner = select(names(Body.name, "|")).where(Body.workspace_id == Workspace.id)
    found = s.scalar(select(inner.scalar_subquery()).select_from(Workspace))
    return (found or "").split("|")


@filtered("window")
def _window(s: Session, lie: Lie) -> list[str]:
    asked = select(Body.name, func.row_number().over(order_by=Body.name))
    return [name for name, _ in s.execute(asked)]


@filtered("statement of statements")
def _from_statement(s: Session, lie: Lie) -> list[str]:
    return [b.name for b in s.scalars(select(Body).from_statement(select(Body)))]


def _space(s: Session, lie: Lie, *options: Any) -> list[str]:
    found = s.scalars(select(Space).options(*options)).unique().one()
    return [g.name for g in found.gatherings]


filtered("lazy load")(_space)
filtered("selectin load")(lambda s, lie: _space(s, lie, selectinload(Space.gatherings)))
refused("joined load")(lambda s, lie: _space(s, lie, joinedload(Space.gatherings)))
filtered("subquery load")(lambda s, lie: _space(s, lie, subqueryload(Space.gatherings)))


@filtered("contains eager")
def _contains_eager(s: Session, lie: Lie) -> list[str]:
    asked = select(Space).join(Space.gatherings).options(contains_eager(Space.gatherings))
    return [g.name for space in s.scalars(asked).unique() for g in space.gatherings]


@filtered("relationship any")
def _any(s: Session, lie: Lie) -> list[str]:
    return [
        name
        for name in (SHARED, HIDDEN)
        if s.scalars(select(Space).where(Space.gatherings.any(Gathering.name == name))).first()
    ]


@filtered("Core with the sentence")
def _core_sentence(s: Session, lie: Lie) -> list[str]:
    actor = guard.actor_of(s)
    return list(s.scalars(select(T.c.name).where(guard.sentence(T.c.audience_id, actor))))


# --- filtered: writes; what they changed is read back -----------------------------------------


@filtered("update of many")
def _update_many(s: Session, lie: Lie) -> list[str]:
    s.execute(
        update(Body).values(purpose="changed"), execution_options={"synchronize_session": "fetch"}
    )
    return _where(s, T.c.purpose == "changed")


@filtered("update with a subquery")
def _update_subquery(s: Session, lie: Lie) -> list[str]:
    s.execute(
        update(Body).where(Body.id.in_(select(Body.id))).values(purpose="changed"),
        execution_options={"synchronize_session": False},
    )
    return _where(s, T.c.purpose == "changed")


@filtered("delete of many")
def _delete_many(s: Session, lie: Lie) -> list[str]:
    s.execute(delete(Body))
    left = _where(s, text("1 = 1"))
    return [name for name in (SHARED, HIDDEN) if name not in left]


def _where(s: Session, criterion: Any) -> list[str]:
    with guard.system(s, guard.System.AUDIT_VERIFY):
        return list(s.scalars(select(T.c.name).where(criterion)))
