"""Home's "Moved since…" where fifty thousand things happened in one workspace."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from advocacy.asks.rules import Kind
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.drafting.schema import Document
from advocacy.ground import unit
from advocacy.home import queries
from advocacy.positions.schema import Position, StageAct
from advocacy.recommendations.schema import Recommendation
from advocacy.reference import actions as reference
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import FieldClass, Threat, ThreatVersion
from tests import build, many, world
from tests.asks.test_actions import LOOKED, Case
from tests.bench.crowds import PLACES, settled
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.signoff import scene

EVENTS, RECORDS, DAYS, TIMES = 50_000, 400, 365, 9
MOST_MILLISECONDS = 50
SAFE = FieldClass.SAFE.value


def moved(_stage: Stage) -> list[Figure]:
    """The question of home, which is asked anew after each write of anybody."""
    figures = []
    for name, place in PLACES.items():
        with place() as url, settled(url) as (database, made):
            events = fill(database, made)
            if url.startswith("postgresql"):
                _analyse()
            spent, whole = measure(database, made)
        note = f"{events:,} events; of acts read whole: {whole or 'none'}"
        goal = MOST_MILLISECONDS
        figures.append(Figure(f"moved: {name}", spent, "ms", goal, is_most=True, note=note))
    return figures


def fill(database: unit.Database, made: world.World) -> int:
    """Threats, texts and asks with a year of acts. Returns how many acts."""
    lead = made.actor("relief")
    scene.frozen(database, made)
    Case(made, database).claimed().do("legal", Kind.VERIFY, "implemented", LOOKED)
    with database.writing(world.founder()) as session:
        reference.load_taxonomies(session)
    with database.writing(lead) as session:
        entry = Entry(risk_code="PR12", title="Families are told to leave", summary="By Monday.")
        threats.report(
            session, lead, workspace_id=made.workspace_id, entry=entry, sharing=Sharing("members")
        )
    with database.writing(lead) as session:
        return _positions(session) + _asks(session) + _threats(session)


def _year(of: str, at: str, ids: list[UUID], **turns: list[str]) -> Iterator[many.Row]:
    """A year of acts, each record's following one another. turns: column -> its values."""
    each = EVENTS // 3 // RECORDS
    for place, record in enumerate(ids):
        for turn in range(each):
            age = timedelta(days=DAYS * (1 - (turn + 1 - place / RECORDS) / each))
            said = {name: values[(turn + place) % 3] for name, values in turns.items()}
            yield {of: record, at: world.NOW - age, "turn": turn, **said}


def _chained(rows: Iterable[many.Row]) -> Iterator[many.Row]:
    """The same as acts: the first of a record follows none."""
    before = None
    for row in rows:
        key = uuid4()
        is_first = row.pop("turn") == 0
        yield {**row, "id": key, "previous_id": None if is_first else before}
        before = key


def _positions(session: Session) -> int:
    drafts = many.add(session, Document.__table__, ({} for _ in range(RECORDS)))
    ids = many.add(session, Position.__table__, ({"document_id": one} for one in drafts))
    stages = ["drafting", "consultation", "frozen"]
    acts = _chained(_year("position_id", "recorded_at", ids, stage=stages))
    return len(many.add(session, StageAct.__table__, acts))


def _asks(session: Session) -> int:
    refs = ({"ref": f"R-{n:08}"} for n in range(RECORDS))
    found = many.add(session, Recommendation.__table__, refs)
    ids = many.add(session, Ask.__table__, ({"recommendation_id": one} for one in found))
    kinds, values = ["verify", "claim", "comment"], ["implemented", "claimed", "claimed"]
    acts = _chained(_year("ask_id", "recorded_at", ids, kind=kinds, value=values))
    rows = ({**act, "axis": Axis.PROGRESS.value} for act in acts)
    return len(many.add(session, AskAct.__table__, rows))


def _threats(session: Session) -> int:
    ids = many.add(session, Threat.__table__, ({"ref": f"{n:010}"} for n in range(RECORDS)))
    acts = _year("threat_id", "at", ids, what=["reported", "changed", "still-true"])
    rows = ({"number": act.pop("turn") + 1, **act} for act in acts)
    return len(many.add(session, ThreatVersion.__table__, rows, ThreatVersion.field_class == SAFE))


def _analyse() -> None:
    """What the server does by itself a minute after so many rows came in."""
    engine = create_engine(build.owner_url("crowd"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def measure(database: unit.Database, made: world.World) -> tuple[float, str]:
    """Milliseconds of the question, median; and the tables of acts it reads from end to end."""
    actor, spent = made.actor("women"), []
    with database.reading(actor) as session:
        for _ in range(TIMES):
            begun = time.perf_counter()
            rows = queries.moved(session, actor, after=world.NOW - timedelta(days=7))
            spent.append(1_000 * (time.perf_counter() - begun))
            assert len(rows) == queries.MOST_MOVED
        return statistics.median(spent), ", ".join(sorted(set(_read_whole(session, actor))))


def plan_of(session: Session, actor: Any) -> list[str]:
    """How the database answers the question, line by line."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, given: Any, *_rest: Any) -> None:
        asked.append((statement, given))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    queries.moved(session, actor, after=world.NOW - timedelta(days=7))
    event.remove(connection, "before_cursor_execute", note)
    (statement, given), words = asked[0], "EXPLAIN"
    if connection.dialect.name == "sqlite":
        words = "EXPLAIN QUERY PLAN"
    return [str(row[-1]) for row in connection.exec_driver_sql(f"{words} {statement}", given)]


def _read_whole(session: Session, actor: Any) -> Iterator[str]:
    for line in plan_of(session, actor):
        for table in (StageAct.__tablename__, AskAct.__tablename__, ThreatVersion.__tablename__):
            if line.strip(" ->").startswith((f"SCAN {table}", f"Seq Scan on {table} ")):
                yield table


CASES: dict[str, Callable[[Stage], list[Figure]]] = {"moved": moved}
