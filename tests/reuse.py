"""A PostgreSQL database for each test, without making one for each test.

Making a database writes some hundred files; a test changes a few tables. So the database of the
test before is taken again, and what that test changed is put back: tables into which the server
counted a row written, and numbers that were drawn. If the tables themselves were changed (a
migration went down, an owner took a trigger off), the database is thrown away and a new one made.
"""

from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests import build

# Beyond this a table is swept as well: what was deleted would still be read through.
LARGE_BYTES = 256 * 1024

# Tables, columns, triggers, walls, functions: who changed one of them wrote a row here.
_SHAPE = """
    SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
        SELECT concat('c', oid, ' ', relowner, relacl, relrowsecurity, relforcerowsecurity) AS part
          FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat('a', max(xmin::text::bigint), ' ', count(*)) FROM pg_attribute
        UNION ALL SELECT concat('t', max(xmin::text::bigint), ' ', count(*)) FROM pg_trigger
        UNION ALL SELECT concat('w', max(xmin::text::bigint), ' ', count(*)) FROM pg_policy
        UNION ALL SELECT concat('k', max(xmin::text::bigint), ' ', count(*)) FROM pg_constraint
        UNION ALL SELECT concat('f', max(xmin::text::bigint), ' ', count(*)) FROM pg_proc
    ) AS parts
"""
# Whoever leaves has first told what they wrote; so is it asked when all others have left.
_WRITTEN = """
    SELECT relname, pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
                  + pg_stat_get_tuples_deleted(oid)
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
_LARGE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relname = ANY(%s) AND pg_relation_size(oid) > %s
"""
_DRAWN = """
    SELECT count(setval(name::regclass, last, drawn))
      FROM unnest(%s::text[], %s::bigint[], %s::bool[]) AS put_back (name, last, drawn)
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend'
"""

Rows = dict[str, bytes]


def leave_out(items: list[pytest.Item], fixture: str) -> list[pytest.Item]:
    """Take the tests that never ask for this fixture off the list; returns them."""
    left = [item for item in items if fixture not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in set(left)]
    return left


class Reused:
    """A copy of a template that is as the template was whenever `restore` is done."""

    def __init__(self, template: str) -> None:
        self.template = template
        self._make()

    def restore(self) -> None:
        """Everybody else is sent away, and every row is again what it was."""
        self._admin.execute(_END_OTHERS)
        if self._shape() != self._made:
            self.drop()
            self._make()
            return
        changed = [name for name, count in self._written().items() if count != self._seen[name]]
        with self._admin.transaction():
            # Triggers that keep the log whole, and keys between tables, rest meanwhile.
            self._admin.execute("SET LOCAL session_replication_role = replica")
            for name in changed:
                self._put_back(name)
            self._admin.execute(_DRAWN, self._numbers)
        for (name,) in self._admin.execute(_LARGE, (changed, LARGE_BYTES)).fetchall():
            self._admin.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
        if changed:
            self._seen = self._written()

    def drop(self) -> None:
        self._admin.close()
        build.drop_database(self.name)

    def _make(self) -> None:
        self.name = f"test_{uuid4().hex[:12]}"
        build.create_database(self.name, template=self.template)
        self._admin = psycopg.connect(build.admin_url(self.name), autocommit=True)
        self._made = self._shape()
        self._seen = self._written()
        copies = {name: self._copy(name) for name in self._seen}
        self._rows = {name: rows for name, rows in copies.items() if rows}
        numbers = self._admin.execute(
            "SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),"
            " last_value IS NOT NULL FROM pg_sequences"
        ).fetchall()
        self._numbers = [list(part) for part in zip(*numbers, strict=True)] or [[], [], []]

    def _shape(self) -> str:
        found = self._admin.execute(_SHAPE).fetchone()
        assert found
        return str(found[0])

    def _written(self) -> dict[str, int]:
        """How many rows were ever written into each table, this connection's own among them."""
        self._admin.execute("SELECT pg_stat_force_next_flush()")
        return dict(self._admin.execute(_WRITTEN).fetchall())

    def _copy(self, name: str) -> bytes:
        words = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
        with self._admin.cursor() as cursor, cursor.copy(words) as copied:
            return b"".join(bytes(part) for part in copied)

    def _put_back(self, name: str) -> None:
        self._admin.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        if name in self._rows:
            words = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
            with self._admin.cursor() as cursor, cursor.copy(words) as copied:
                copied.write(self._rows[name])


class Shelf:
    """The databases nobody uses at the moment, by the template they are copies of."""

    def __init__(self) -> None:
        self._free: dict[str, list[Reused]] = {}

    def take(self, template: str) -> Reused:
        """A copy of the template for one test, restored or new."""
        free = self._free.setdefault(template, [])
        return free.pop() if free else Reused(template)

    def put_back(self, one: Reused) -> None:
        one.restore()
        self._free[one.template].append(one)

    def clear(self) -> None:
        for free in self._free.values():
            while free:
                free.pop().drop()
