"""The indexes of words beside their tables: FTS5 on SQLite, GIN on PostgreSQL."""

from sqlalchemy import Connection

PLAIN, TAGGED = ("words",), ("words", "tags")
# The index reads its text from the table itself; triggers keep it in the same transaction.
_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5("
    "{columns}, content='{table}', content_rowid='{key}', tokenize='unicode61')",
    "CREATE TRIGGER IF NOT EXISTS {table}_put AFTER INSERT ON {table} BEGIN "
    "INSERT INTO {index}(rowid, {columns}) VALUES (new.{key}, {new}); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_drop AFTER DELETE ON {table} BEGIN "
    "INSERT INTO {index}({index}, rowid, {columns}) "
    "VALUES ('delete', old.{key}, {old}); END",
)
_CHANGED = (
    "CREATE TRIGGER IF NOT EXISTS {table}_tag AFTER UPDATE ON {table} BEGIN "
    "INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.{key}, {old}); "
    "INSERT INTO {index}(rowid, {columns}) VALUES (new.{key}, {new}); END"
)


def index_of(table: str) -> str:
    return "search_text" if table == "search_entry" else f"search_text_{table}"


def index(
    connection: Connection, of: str = "search_entry", columns: tuple[str, ...] = PLAIN
) -> None:
    """Make the index beside a table, where it is not there yet (migrations)."""
    if connection.dialect.name == "sqlite":
        names = {
            "index": index_of(of),
            "table": of,
            "key": "number" if of == "search_entry" else "id",
            "columns": ", ".join(columns),
            "new": ", ".join(f"new.{name}" for name in columns),
            "old": ", ".join(f"old.{name}" for name in columns),
        }
        is_tagged_later = of == "search_entry" and columns == TAGGED
        for statement in (*_FTS5, *((_CHANGED,) if is_tagged_later else ())):
            connection.exec_driver_sql(statement.format(**names))
        return
    name = "ix_search_entry_words" if of == "search_entry" else "ix_search_entry_words_threat"
    connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {of} USING gin (words)")


def unindex(connection: Connection, of: str = "search_entry") -> None:
    """Take the index away, before the table goes."""
    if connection.dialect.name == "sqlite":
        for trigger in (f"{of}_put", f"{of}_drop", f"{of}_tag"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index_of(of)}")


def index_anew(connection: Connection, columns: tuple[str, ...]) -> None:
    """Make the index of records again with these columns, from their table (migrations)."""
    if connection.dialect.name == "sqlite":
        unindex(connection)
        index(connection, columns=columns)
        connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('rebuild')")
