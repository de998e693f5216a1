"""Two versions of a long text compared: 20 pages, 150 clauses changed; and the slowest clause."""

import random
import statistics
import time
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import create_engine

from advocacy.access import guard
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause, Replace
from advocacy.ground import unit
from advocacy.positions import actions as positioning
from advocacy.positions import queries as positions
from advocacy.text import bounded
from advocacy.text.hashes import Clause
from advocacy.versions import queries
from tests import build, world
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.signoff import scene

CLAUSES, CHANGED, WORDS_EACH = 160, 150, 60
TIMES = 40
_STOCK = [
    "clinics",
    "roads",
    "valley",
    "permit",
    "families",
    "water",
    "school",
    "district",
    "October",
    "access",
    "guards",
    "convoy",
    "medicine",
    "report",
    "return",
    "shelter",
    "night",
    "market",
    "border",
    "bridge",
    "officials",
    "children",
    "must",
    "reach",
]


def compare(stage: Stage) -> list[Figure]:
    """Processor time of a whole comparison, both sides read from the database."""
    chance = random.Random(11)
    url = f"sqlite:///{stage.folder / 'compare.sqlite3'}"
    build.migrate(url)
    engine = guard.install(unit.prepare(create_engine(url)))
    database = unit.Database(engine)
    relief, position_id = _text(database, chance)
    with database.reading(relief) as session:
        of = positions.position(session, relief, position_id)
        found = queries.comparison(session, relief, of, "1", "draft")
        spent = _milliseconds(lambda: queries.comparison(session, relief, of, "1", "draft"))
    engine.dispose()
    words = sum(len(change.after.text.split()) for change in found.changes if change.after)
    note = f"{found.counts['changed']} of {len(found.changes)} clauses changed, {words:,} words"
    worst, whole = _hostile()
    return [
        Figure("compare: 20 pages", spent, "ms", 20, is_most=True, note=note),
        Figure("compare: the slowest clause", worst, "ms", 1_000, is_most=True),
        Figure("compare: 200 such clauses", whole, "ms", note="those over the budget shown whole"),
    ]


def _text(database: unit.Database, chance: random.Random) -> tuple[object, UUID]:
    """A text of 20 pages, frozen, and changed in nearly every clause since."""
    made = world.found(database)
    relief = made.actor("relief")
    clauses = tuple(NewClause("paragraph", "", _words(chance)) for _n in range(CLAUSES))
    with database.writing(relief) as session:
        position_id = scene.start(session, relief, made, clauses=clauses)
        scene.freeze(session, relief, position_id)
        positioning.reopen(session, relief, position_id)
        of = positions.position(session, relief, position_id)
        for clause in drafts.clauses(session, relief, of.document_id)[:CHANGED]:
            edit = Replace(clause.cid, "", _changed(clause.text, chance))
            drafting.change(session, relief, of.document_id, [edit], based_on=clause.hash)
    return relief, position_id


def _words(chance: random.Random) -> str:
    return " ".join(chance.choice(_STOCK) for _word in range(WORDS_EACH)) + "."


def _changed(text: str, chance: random.Random) -> str:
    """Every tenth word another one, as an editor leaves a text."""
    words = [w if chance.random() > 0.1 else chance.choice(_STOCK) for w in text.split()]
    return " ".join([*words, "today."])


def _hostile() -> tuple[float, float]:
    """The longest clause there may be, one sign a word and none in its place; and 200 of them."""
    ours = "".join(chr(0x4E00 + n) for n in range(20_000))
    theirs = ours[::-1]
    one = _milliseconds(lambda: bounded.words(ours, theirs, bounded.Budget()), times=3)
    ids = [UUID(int=n) for n in range(1, 201)]
    a, b = ([Clause(i, "paragraph", "", text) for i in ids] for text in (ours, theirs))
    return one, _milliseconds(lambda: bounded.compare(a, b), times=1)


def _milliseconds(do: Callable[[], object], times: int = TIMES) -> float:
    spent = []
    for _time in range(times):
        begun = time.thread_time()  # of the server's processor: others may share it
        do()
        spent.append(1000 * (time.thread_time() - begun))
    return statistics.median(spent)
