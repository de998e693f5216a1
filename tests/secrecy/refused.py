"""Shapes of query that the guard refuses, whoever asks."""

from typing import Any

from sqlalchemy import column as sql_column
from sqlalchemy import (
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import (
    Session,
    aliased,
    make_transient_to_detached,
)

from advocacy.access import guard
from advocacy.organisations.schema import Body, Workspace
from tests.secrecy.shapes import OTHER, REFUSED, Bypass, Lie, T, is_sqlite, refused, row_for

__all__ = ["REFUSED"]

# --- refused ----------------------------------------------------------------------------------

refused("Core select")(lambda s, lie: s.execute(select(T.c.name)).all())
refused("text")(lambda s, lie: s.execute(text("SELECT name FROM body")).all())
refused("text after a flush")(
    lambda s, lie: (s.flush(), s.execute(text("SELECT name FROM body")).all())
)
refused("a table made by name")(
    lambda s, lie: s.execute(select(table("body", sql_column("name")))).all()
)
refused("Core beside an entity")(
    lambda s, lie: s.execute(select(Body.name, OTHER.c.name).where(OTHER.c.id != Body.id)).all()
)
refused("Core joined to an entity")(
    lambda s, lie: s.execute(
        select(OTHER.c.name)
        .select_from(Body)
        .join(OTHER, OTHER.c.workspace_id == Body.workspace_id)
    ).all()
)
refused("window without an entity")(
    lambda s, lie: s.execute(select(func.max(Body.name).over(partition_by=Body.id))).all()
)


@refused("Core beside an entity of a subquery")
def _core_beside_subquery(s: Session, lie: Lie) -> Any:
    of = aliased(Body, select(Body).limit(10).subquery())
    return s.execute(select(of.name, T.c.name).where(T.c.id != of.id)).all()


@refused("Core beside a sentence said twice")
def _core_beside_two(s: Session, lie: Lie) -> Any:
    mine = guard.sentence(Body.audience_id, guard.actor_of(s))
    return s.execute(select(Body.name, OTHER.c.name).where(OTHER.c.id != Body.id, mine)).all()


refused("literal column")(
    lambda s, lie: s.execute(
        select(Workspace.id, literal_column("(SELECT max(name) FROM body)"))
    ).all()
)
refused("literal column beside an entity")(
    lambda s, lie: s.execute(select(Body.id, literal_column("(SELECT max(name) FROM body)"))).all()
)
refused("scalar subquery of Core")(
    lambda s, lie: s.execute(select(select(func.max(T.c.name)).scalar_subquery())).all()
)
refused("Core subquery in a filter")(
    lambda s, lie: s.execute(
        select(Body.name).where(Body.name <= select(func.max(T.c.name)).scalar_subquery())
    ).all()
)
refused("statement from text")(
    lambda s, lie: [
        b.name for b in s.scalars(select(Body).from_statement(text("SELECT * FROM body")))
    ]
)
refused("statement from Core")(
    lambda s, lie: [b.name for b in s.scalars(select(Body).from_statement(select(T)))]
)
refused("the session's connection")(lambda s, lie: s.connection().execute(select(T.c.name)).all())
refused("the driver's words")(
    lambda s, lie: s.connection().exec_driver_sql("SELECT name FROM body").all()
)
refused("CTE of Core")(lambda s, lie: s.execute(select(select(T.c.name).cte())).all())
refused("union with one leg of Core")(
    lambda s, lie: s.execute(union_all(select(Body.name), select(T.c.name))).all()
)
refused("parenthesised")(
    lambda s, lie: s.execute(
        text("SELECT x.name FROM (SELECT body.name FROM ( body CROSS JOIN workspace )) AS x")
    ).all()
)
refused("schema-qualified")(
    lambda s, lie: s.execute(
        text("SELECT name FROM main.body" if is_sqlite(s) else "SELECT name FROM public.body")
    ).all()
)
refused("quoted and qualified")(
    lambda s, lie: s.execute(
        text(
            'SELECT name FROM "main" . "body"'
            if is_sqlite(s)
            else 'SELECT name FROM "public"."body"'
        )
    ).all()
)
refused("upper case")(lambda s, lie: s.execute(text("SELECT NAME FROM BODY")).all())
refused("comma join of text")(
    lambda s, lie: s.execute(text("SELECT b.name FROM workspace w, body b")).all()
)
refused("a comment between")(lambda s, lie: s.execute(text("SELECT name FROM/* x */body")).all())
refused("a comment to the line's end")(
    lambda s, lie: s.execute(text("SELECT name FROM -- x\n body")).all()
)
refused("the mark in a comment")(
    lambda s, lie: s.execute(text("SELECT name FROM body /* 'guarded' = 'guarded' */")).all()
)
refused("the mark in a string")(
    lambda s, lie: s.execute(text("SELECT name, '''guarded'' = ''guarded''' FROM body")).all()
)
refused("a comment sign in a string")(
    lambda s, lie: s.execute(text("SELECT '--', name FROM body")).all()
)
refused("comment signs around, in strings")(
    lambda s, lie: s.execute(text("SELECT '/*', name, '*/' FROM/**/body")).all()
)
refused("brackets")(lambda s, lie: s.execute(text("SELECT name FROM [body]")).all())
refused("backticks")(lambda s, lie: s.execute(text("SELECT name FROM `body`")).all())
refused("a name in single quotes")(lambda s, lie: s.execute(text("SELECT name FROM 'body'")).all())
refused("TABLE of PostgreSQL")(lambda s, lie: s.execute(text("TABLE body")).all())
refused("ONLY of PostgreSQL")(lambda s, lie: s.execute(text("SELECT name FROM ONLY (body)")).all())
refused("a row as a whole")(lambda s, lie: s.execute(text("SELECT body FROM body")).all())
refused("another class on the table")(lambda s, lie: [b.name for b in s.scalars(select(Bypass))])
refused("Core update")(lambda s, lie: s.execute(update(T).values(purpose="changed")))
refused("Core delete")(lambda s, lie: s.execute(delete(T)))
refused("UPDATE OR IGNORE")(
    lambda s, lie: s.execute(text("UPDATE OR IGNORE body SET purpose = 'x'"))
)
refused("bulk update by key")(
    lambda s, lie: s.execute(update(Body), [{"id": lie.hidden, "purpose": "changed"}])
)
refused("bulk update of old")(
    lambda s, lie: s.bulk_update_mappings(Body, [{"id": lie.hidden, "purpose": "changed"}])
)


@refused("a table read inside an update")
def _update_reads(s: Session, lie: Lie) -> None:
    secret = select(T.c.name).where(T.c.id == lie.hidden).scalar_subquery()
    s.execute(update(Workspace).values(country=secret))


@refused("a secret put into one's own row by the flush")
def _flush_reads(s: Session, lie: Lie) -> Any:
    mine = s.scalars(select(Body).where(Body.id == lie.shared)).one()
    mine.purpose = select(func.max(T.c.name)).where(T.c.id == lie.hidden).scalar_subquery()
    s.flush()
    return mine


@refused("update of an unloaded row by key")
def _unloaded_update(s: Session, lie: Lie) -> None:
    row = Body(id=lie.hidden)
    make_transient_to_detached(row)
    s.add(row)
    row.purpose = "changed"
    s.flush()


@refused("delete of an unloaded row")
def _unloaded_delete(s: Session, lie: Lie) -> None:
    row = Body(id=lie.hidden)
    make_transient_to_detached(row)
    s.add(row)
    s.delete(row)
    s.flush()


@refused("refresh of an unloaded row")
def _unloaded_refresh(s: Session, lie: Lie) -> str:
    row = Body(id=lie.hidden)
    make_transient_to_detached(row)
    s.add(row)
    return row.name


refused("insert of Core")(lambda s, lie: s.execute(insert(T).values(**row_for(s, lie))))
refused("insert of many")(
    lambda s, lie: s.execute(insert(Body), [row_for(s, lie), row_for(s, lie)])
)
refused("bulk insert of old")(lambda s, lie: s.bulk_insert_mappings(Body, [row_for(s, lie)]))
refused("bulk save of old")(lambda s, lie: s.bulk_save_objects([Body(**row_for(s, lie))]))
refused("insert from a select")(
    lambda s, lie: s.execute(
        insert(T).from_select(["id", "name"], select(T.c.id, T.c.name).where(text("1 = 0")))
    )
)
