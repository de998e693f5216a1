"""A database that is used again begins as its template began (tests/reuse.py)."""

import psycopg
import pytest

from tests import build

pytestmark = pytest.mark.only("postgres", "on SQLite each test has its own file")


def everything(name):
    """Every row of every table, and every number drawn."""
    with psycopg.connect(build.admin_url(name), autocommit=True) as admin:
        tables = admin.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()
        rows = {
            table: admin.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1').fetchall()  # noqa: S608 - names of our own tables
            for (table,) in tables
        }
        numbers = admin.execute("SELECT * FROM pg_sequences").fetchall()
        walls = admin.execute(
            "SELECT relname, relrowsecurity, tgname, tgenabled FROM pg_class"
            " JOIN pg_trigger ON tgrelid = pg_class.oid WHERE NOT tgisinternal ORDER BY 1, 3"
        ).fetchall()
    return rows, numbers, walls


@pytest.fixture
def one(shelf, peopled):
    taken = shelf.take(peopled[0])
    yield taken
    taken.drop()


@pytest.fixture
def admin(one):
    """Somebody the triggers do not stop."""
    with psycopg.connect(build.admin_url(one.name), autocommit=True) as opened:
        opened.execute("SET session_replication_role = replica")
        yield opened


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE person SET name = 'Somebody else'",
        "DELETE FROM person",
        "DELETE FROM audit_event",
        "INSERT INTO attempt (id, about, at)"
        " SELECT gen_random_uuid(), 'x', now() FROM generate_series(1, 9000)",
        "SELECT nextval('search_entry_number_seq')",
        "ALTER TABLE person DISABLE TRIGGER ALL",
        "ALTER TABLE person ADD COLUMN shoe_size integer",
        "ALTER TABLE threat DISABLE ROW LEVEL SECURITY",
        "DROP TABLE attempt",
    ],
)
def test_what_a_test_did_is_gone(one, admin, deed):
    before = everything(one.name)
    admin.execute(deed)
    one.restore()
    assert everything(one.name) == before
