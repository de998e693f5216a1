"""Signing at its largest: a PDF of ten pages, and a round of five hundred organisations."""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.formats import pdf
from advocacy.formats.docx import Block, Role, Run
from advocacy.ground import clock, unit
from advocacy.organisations import actions as organisations
from advocacy.releases import queries as releases
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.schema import Answer, Invitation
from advocacy.web.db import db
from tests import build, world
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.browser import Browser
from tests.signoff import scene

TIMES, PAGES, CLAUSES = 9, 10, 44
WORDS = {
    "English": (
        "en",
        "The parties shall let clinics pass at every crossing, by day and night. " * 11,
    ),
    "Arabic": (
        "ar",
        "يجب على الأطراف السماح للعيادات بالمرور عند كل معبر ليلا ونهارا دون تأخير. " * 9,
    ),
}
MOST_MILLISECONDS = 150


def papers(_stage: Stage) -> list[Figure]:
    """Ten pages drawn cold, each in a process of its own, as every download is."""
    found = []
    for name, (language, words) in WORDS.items():
        lines = [pdf.Line(Block(Role.TEXT, 0, (Run(words),))) for _ in range(CLAUSES)]
        heads = [pdf.Line(Block(Role.HEADING, 2, (Run(words[:30]),))) for _ in range(CLAUSES)]
        both = tuple(line for pair in zip(heads, lines, strict=True) for line in pair)
        paper = pdf.Paper("Mobile clinics must reach Blue Valley", language, both)
        before = _of_children()
        spent = [_milliseconds(lambda made=paper: pdf.draw(made)) for _ in range(TIMES)]
        worked = (_of_children() - before) / TIMES
        pages = pdf.draw(paper).count(b"/Type /Page\n") or pdf.draw(paper).count(b"/Type/Page")
        note = f"least {min(spent):.0f}, processor {worked:.0f}; {pages} pages"
        goal = MOST_MILLISECONDS
        case = f"pdf: ten pages, {name}, cold"
        found.append(Figure(case, statistics.median(spent), "ms", goal, is_most=True, note=note))
    return found


def _of_children() -> float:
    """Milliseconds of processor that child processes have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1_000 * (used.ru_utime + used.ru_stime)


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return 1_000 * (time.perf_counter() - begun)


def _processor(act: Callable[[], object]) -> float:
    """Milliseconds of processor, which neighbours on the same machine do not change."""
    begun = time.process_time()
    act()
    return 1_000 * (time.process_time() - begun)


def roster(_stage: Stage) -> list[Figure]:
    """The lead's page of a round, and the compile of its public list; and their questions."""
    found, questions = [], {}
    for number in (50, 500):
        with tempfile.TemporaryDirectory(prefix="roster-") as folder:
            made = _measured(Path(folder), number)
        for name, (spent, count) in made.items():
            questions.setdefault(name, []).append(count)
            if number == 500:
                goal, case = MOST_MILLISECONDS, f"list: {name}, 500 organisations"
                found.append(Figure(case, spent, "ms", goal, is_most=True))
    for name, (few, many) in questions.items():
        case = f"list: {name}, questions more than with 50"
        found.append(Figure(case, many - few, "", 0, is_most=True, note=f"{many} questions"))
    return found


def _measured(folder: Path, number: int) -> dict[str, tuple[float, int]]:
    url = f"sqlite:///{folder / 'roster.sqlite3'}"
    build.migrate(url)
    engine = guard.install(unit.prepare(create_engine(url)))
    database = unit.Database(engine)
    clock.freeze(world.NOW)
    town = world.found(database)
    made = scene.frozen(database, town)
    lead = town.actor("relief")
    with database.writing(lead) as session:
        round_id = made.open_round(session, lead, scene.ids(town, "legal", "women"))
        round_ = signoff.round_of(session, lead, round_id)
    with database.writing(lead) as session, guard.system(session, guard.System.COMMAND):
        fill(session, round_, number)
    app = create_app(
        Config.from_environment(
            {"DATABASE_URL": url, "SECRET_KEY": "s" * 40, "DATA_DIR": str(folder), "DEMO": "1"}
        )
    )
    browser = Browser.open(app, database, town, "relief")
    over = town.actor("relief", now=scene.CLOSES_AT)

    def page() -> None:
        assert browser.client.get(f"/rounds/{round_id}").status_code == 200

    def compile_() -> None:
        with database.reading(over) as session:
            then = signoff.round_of(session, over, round_id)
            assert releases.preview(session, over, then).organisations >= number // 2

    page()
    found = {
        "roster page": _timed(page, app_engine(app)),
        "compile": _timed(compile_, engine),
    }
    engine.dispose()
    clock.freeze(None)
    return found


def app_engine(app: Flask) -> Engine:
    """The engine of the application's own sessions."""
    with app.app_context():
        return db.engine


def _timed(act: Callable[[], None], engine: Engine) -> tuple[float, int]:
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    act()
    count = len(asked)
    event.remove(engine, "before_cursor_execute", note)
    return statistics.median(_processor(act) for _ in range(TIMES)), count


def fill(session: Session, round_: RoundRow, number: int) -> None:
    """So many more organisations on the roster, each with an answer."""
    root = world.founder(world.NOW)
    for n in range(number):
        one = organisations.found_organisation(
            session,
            root,
            name=f"Organisation {n:03}",
            kind="ngo",
            registered_email=f"{n}@x.example",
        )
        own = audience.intern(session, {one.id, round_.lead_id})
        shared = {"round_id": round_.id, "audience_id": own, "own_audience_id": own}
        session.add(Invitation(invited_id=one.id, organisation_id=round_.lead_id, **shared))
        session.add(
            Answer(
                organisation_id=one.id,
                recorded_at=world.NOW,
                version_id=round_.version_id,
                content_hash=round_.content_hash,
                kind="endorse",
                outside="named" if n % 2 else "counted",
                inside="lead",
                shown_name=one.name,
                clauses=[],
                **shared,
            )
        )
    session.flush()


CASES: dict[str, Callable[[Stage], list[Figure]]] = {"pdf": papers, "list": roster}
