"""A column called like a Protected table is a column; the table is found wherever it is read."""

import pytest
from sqlalchemy import text

from advocacy.access import guard
from advocacy.app import load_schemas

load_schemas()

COLUMNS = [
    "SELECT a, link FROM y",
    "SELECT y.a, link AS l FROM y WHERE y.b = 1",
    "SELECT DISTINCT a, link FROM y",
    "SELECT max(a, link), (SELECT b, position FROM z) FROM y",
    "SELECT a FROM y WHERE (a, link) = (1, 2)",
    "SELECT a FROM y JOIN z ON y.a = z.a WHERE b IN (1, link)",
    "SELECT a FROM y GROUP BY a, link HAVING count(*) > 1 ORDER BY a, link",
    "SELECT a FROM y ORDER  BY a, link LIMIT 1, 2",
    "SELECT a FROM y WHERE b = ' FROM x' ORDER BY a, link",
    'SELECT "from", link FROM y',
    "INSERT INTO y (a, link, position) VALUES (1, 2, 3) RETURNING id, link",
    "INSERT INTO y (a, link) SELECT b, link FROM z",
    "UPDATE y SET a=1, link=2 WHERE y.id = 3",
    "INSERT INTO y (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1, link = 2",
    "WITH z AS (SELECT a, link FROM y) SELECT a, link FROM z",
]
TABLES = [
    "SELECT 1 FROM link",
    "SELECT 1 FROM y, link",
    "SELECT 1 FROM y,link WHERE 1 = 1",
    "SELECT a, b FROM y AS z, main.link",
    "SELECT 1 FROM y JOIN z ON y.a = z.a, link",
    "SELECT 1 FROM y JOIN z USING (a, b), link",
    "SELECT 1 FROM (y, link)",
    "SELECT 1 FROM (SELECT 1 ORDER BY 1) AS z, link",
    "SELECT a, (SELECT max(b) FROM z, link) FROM y ORDER BY a",
    "SELECT a FROM y WHERE b IN (SELECT 1 FROM z, link)",
    "SELECT a FROM y GROUP BY a, (SELECT 1 FROM z, link)",
    "SELECT a FROM y ORDER BY a, (SELECT 1 FROM link)",
    "SELECT 1 UNION SELECT 2 FROM y, link",
    "INSERT INTO y (a, b) SELECT 1, 2 FROM z, link",
    "INSERT INTO y (a) VALUES ((SELECT 1 FROM z, link))",
    "UPDATE y SET a=1, b=(SELECT 2 FROM z, link)",
    "UPDATE y SET a=1 FROM z, link",
    "UPDATE y SET a=1 FROM z AS set, link",
    "DELETE FROM y USING z, link WHERE 1 = 1",
    "WITH z AS (SELECT a, b FROM y) SELECT 1 FROM z, link",
    # Words that are none: quoted, after a dot, in a text, or behind a quote that is escaped.
    'SELECT 1 FROM y AS "where", link',
    "SELECT 1 FROM y AS [where], link",
    "SELECT 1 FROM y AS `where`, link",
    "SELECT 1 FROM y JOIN public.select, link",
    "SELECT 1 FROM y JOIN z ON a = ' WHERE ', link",
    "SELECT 1 FROM y JOIN z ON a = E'\\' WHERE ', link",
    "SELECT 1 FROM y JOIN z ON a = $$ WHERE $$, link",
    "SELECT 1 FROM y /* /* */ WHERE */, link",
    "SELECT 1 FROM y /* WHERE */, link",
    "SELECT 1 FROM y -- WHERE\n, link",
    "SELECT 1 FROM f(a) WITH ORDINALITY, link",
    "LOCK TABLE y, link",
    "TRUNCATE y, link",
    "GRANT SELECT ON y, link TO z",
]


@pytest.mark.parametrize("statement", COLUMNS)
def test_a_column_called_like_a_table_is_a_column(statement: str) -> None:
    assert guard.uncovered(statement) == 0


@pytest.mark.parametrize("statement", TABLES)
def test_a_table_is_found_behind_a_comma(statement: str) -> None:
    assert guard.uncovered(statement) == 1
    assert guard.uncovered(statement.lower()) == 1


def test_such_a_column_is_read_and_such_a_table_is_not(database, world):
    with database.reading(world.actor("legal")) as session:
        fine = "SELECT z.a, link FROM (SELECT 1 AS a, 2 AS link) AS z ORDER BY z.a, link"
        assert session.execute(text(fine)).all() == [(1, 2)]
        with pytest.raises(guard.Unguarded):
            session.execute(text("SELECT z.a FROM (SELECT 1 AS a) AS z, link"))
