"""How Alembic runs here: one connection, one transaction, timeouts, and the grants at the end.

SQLite migrates with foreign keys off inside an explicit BEGIN, then checks every key. PostgreSQL
migrates as the owner of the tables, waits a few seconds at most for a lock, and gives the
application's role its rights on the tables: it owns none and is no superuser.
"""

from urllib.parse import urlsplit

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.sql.schema import SchemaItem

from advocacy.app import load_schemas
from advocacy.config import Config
from advocacy.ground.base import Base, Id, Instant


def _include(_item: SchemaItem, name: str | None, kind: str, *_rest: object) -> bool:
    """Search keeps its own shadow tables and index, which `ground/search.py` makes."""
    is_search = name is not None and name.startswith(("search_text", "ix_search_entry_words"))
    return not (kind in {"table", "index"} and is_search)


def _render(kind: str, item: object, _context: object) -> str | bool:
    """Migrations name plain column types: they must still run when our classes have moved."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Id):
        return "sa.Uuid()"
    return False


def _same_type(
    _c: object, _i: object, _m: object, _inspected: object, declared: object
) -> bool | None:
    return False if isinstance(declared, Instant | Id) else None


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=_include,
        render_item=_render,
        compare_type=_same_type,
        render_as_batch=context.config.attributes.get("batch", True),
    )


def _sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    _configure(connection)
    context.run_migrations()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        connection.exec_driver_sql("ROLLBACK")
        raise RuntimeError(f"the migration leaves rows without what they point at: {broken[:3]}")
    connection.exec_driver_sql("COMMIT")


def _postgresql(connection: Connection, role: str) -> None:
    with connection.begin():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        connection.exec_driver_sql("SELECT set_config('app.system', 'migration', true)")
        _configure(connection)
        context.run_migrations()
        owner = connection.exec_driver_sql("SELECT current_user").scalar()
        if role and role != owner:
            rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
            connection.exec_driver_sql(f'GRANT {rights} TO "{role}"')
            numbers = "USAGE ON ALL SEQUENCES IN SCHEMA public"
            connection.exec_driver_sql(f'GRANT {numbers} TO "{role}"')


def run() -> None:
    """Migrate the database named by the caller, else the one of the settings."""
    load_schemas()
    given = context.config.attributes
    url, role = given.get("url"), given.get("role")
    if url is None:
        config = Config.from_environment()
        url, role = config.migrate_url, urlsplit(config.database_url).username
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _sqlite(connection)
        else:
            _postgresql(connection, role or "")
    engine.dispose()


run()
