"""Many recommendations, with a server's settings: `python -m tests.bench.recommendations_fill 0 5`.

Five lots of 5,000; then `1 10` has the database copy them nine times. The texts and themes of
the real files beside this checkout, else made-up ones; 1.4 asks each and
three acts an ask. Of forty organisations, read as a register is (`register_fill`), so that a member
of the demo may see every tenth; some hundreds are published to donors.
"""

import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.access.schema import Group, GroupKind
from advocacy.app import create_app
from advocacy.asks.schema import Ask, AskAct, Axis, Progress, Response
from advocacy.config import Config
from advocacy.ground.base import new_id
from advocacy.ground.search import SearchEntry
from advocacy.institutions.schema import Institution
from advocacy.organisations.queries import workspaces
from advocacy.recommendations import rules
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag
from advocacy.web.db import database
from tests.bench.fill import _actor
from tests.bench.register_fill import OWNERS, READER, WATCHER, _groups
from tests.bench.stage import UPR

FILES = ("1-5.csv", "14-17.csv", "voluntary.csv")
LOT, INSTITUTIONS, PUBLISHED = 5_000, 40, 100
REPLIES = [*Response] + [Response.ACCEPTED] * 6 + [Response.NOTED] * 4 + [Response.NONE] * 3
STATES = [*Progress] + [Progress.NOT_STARTED] * 12 + [Progress.IN_PROGRESS] * 6
Rows = dict[str, list[dict[str, Any]]]
TABLES = (Recommendation, RecommendationTag, Ask, AskAct)


def institution(number: int) -> UUID:
    """One of those that are asked."""
    return UUID(int=(5 << 100) + number)


@cache
def texts() -> list[tuple[str, str, list[str], int]]:
    """(text, who put it, themes, session) of each line of the files, or as many made up."""
    found = []
    for name in FILES:
        path = UPR.parent / name
        lines = path.read_bytes().decode("utf-8", "replace").splitlines() if path.exists() else []
        for row in csv.DictReader(lines):
            if row.get("Text"):
                themes = [one.strip() for one in (row.get("Issue") or "").split(",") if one.strip()]
                session = (row.get("Session") or "").strip()
                said = row["Text"].strip(), row["From"] or "", themes
                found.append((*said, int(session) if session.isdigit() else 1))
    return found or [_made_up(n) for n in range(5_000)]


def _made_up(n: int) -> tuple[str, str, list[str], int]:
    known = ("women", "children", "rights", "torture", "police", "law", "access", "roma")
    words = Random(n).choices(known, k=9)
    said = f"Take measure {n % 997} on {' and '.join(words)} without delay."
    return said, f"State {n % 190}", sorted(set(words[:3])), 1 + n % 17


def source() -> str:
    """Where the texts come from, in words."""
    return "real texts" if (UPR.parent / FILES[0]).exists() else "made-up texts"


@dataclass
class Scene:
    """Who owns, who reads, and one row of each table to copy."""

    space: UUID
    reader: UUID
    owners: list[UUID]
    shared: list[list[UUID]]
    donors: list[UUID]
    like: dict[str, dict[str, Any]]


def _scene(session: Session, actor: Actor, watcher: Actor) -> Scene:
    space, reader = workspaces(session, actor)[0].id, actor.must_organisation()
    owners, shared = _groups(session, space, reader, watcher.must_organisation())
    donors = select(Group.id).where(Group.about_id == space, Group.kind == GroupKind.DONORS)
    members = select(Group.id).where(Group.about_id == space, Group.kind == GroupKind.MEMBERS)
    both = {session.scalars(donors).one(), session.scalars(members).one()}
    open_to = [audience.intern(session, {owner, *both}) for owner in owners]
    like = {}
    for kind in (*TABLES, Institution):
        row = session.connection().execute(select(kind.__table__).limit(1)).mappings().first()
        like[kind.__tablename__] = dict(row or {})
    if session.get(Institution, institution(0)) is None:
        every = [
            {**like["institution"], "id": institution(n), "name": f"Ministry {n}", "aliases": []}
            | {"folded": f"ministry {n}", "is_sensitive": False, "member_id": None}
            for n in range(INSTITUTIONS)
        ]
        session.connection().execute(insert(Institution), every)
    return Scene(space, reader, owners, shared, open_to, like)


def _rows(scene: Scene, actor: Actor, numbers: Iterable[int]) -> Rows:
    """New rows of each table, `numbers` of recommendations."""
    made: Rows = {kind.__tablename__: [] for kind in TABLES}
    for n in numbers:
        chance, at = Random(n), n % OWNERS
        said, issuer, themes, session = texts()[n % len(texts())]
        # Of the first ones every hundredth, then fewer, so that donors always read some hundreds.
        is_published = n % PUBLISHED == 0 and (n < 250 * PUBLISHED or n % (5 * PUBLISHED) == 0)
        who = scene.donors[at] if is_published else scene.shared[at][(n // OWNERS) % 100]
        row_id, issued = new_id(), actor.now.date() - timedelta(days=n * 7 % 3_000)
        row = scene.like["recommendation"] | {
            "id": row_id,
            "organisation_id": scene.owners[at],
            "audience_id": who,
            "own_audience_id": who,
            "workspace_id": scene.space,
            "ref": f"B{n:09d}",
            "title": said[:120],
            "text": said,
            "language": "en",
            "issuers": [issuer],
            "issued_on": issued,
            "position_id": None,
            "version_id": None,
            "clause_id": None,
            "source": f"A/HRC/{n % 90}/{n % 17}",
            "session": session,
            "specificity": chance.choice((1, 2, 3, 4, 5, None)),
            "tags": themes,
            "import_id": None,
            "import_key": f"bench-{n}",
            "created_at": actor.now - timedelta(seconds=n and chance.randrange(40_000_000)),
        }
        made["recommendation"].append(row)
        made["recommendation_tag"] += [
            {"recommendation_id": row_id, "folded": one} for one in rules.themes(themes)
        ]
        to = chance.sample(range(INSTITUTIONS), 2 if n % 5 < 2 else 1)
        for turn, number in enumerate(to):
            ask = _ask(scene, actor.now.date(), row, (turn, number), chance)
            made["ask"].append(ask)
            made["ask_act"] += _acts(scene, actor, ask)
    return made


def _ask(
    scene: Scene, today: date, row: dict[str, Any], to: tuple[int, int], chance: Random
) -> dict[str, Any]:
    turn, number = to
    due = today + timedelta(days=chance.randint(-400, 900)) if chance.random() < 0.6 else None
    progress = chance.choice(STATES)
    is_said = progress in {Progress.CLAIMED, Progress.IMPLEMENTED}
    is_ours = row["audience_id"] not in scene.donors and chance.random() < 0.001
    of = ("organisation_id", "audience_id", "own_audience_id", "workspace_id", "issued_on")
    facts = {
        "id": new_id(),
        "recommendation_id": row["id"],
        "institution_id": institution(number),
        "addressee": f"Ministry {number}",
        "is_duty_bearer": True,
        "is_sensitive": False,
        "is_published": False,
        "addressed_id": None,
        "minder_id": scene.reader if is_ours else None,
        "role": "contributing" if turn else "lead",
        "delivered_on": None,
        **dict.fromkeys(("original_due_on", "due_on", "original_end_on", "late_after"), due),
        "due_precision": "day",
        "moves": 0,
        "response": chance.choice(REPLIES).value,
        "response_on": today - timedelta(days=30),
        "progress": progress.value,
        "progress_on": today - timedelta(days=20),
        **dict.fromkeys(("held_from", "held_to", "alleged_by"), None),
        "claimed_by": scene.owners[number] if is_said else None,
        "verified_by": scene.owners[(number + 1) % OWNERS] if is_said else None,
        **dict.fromkeys(("closing_to", "closing_by", "closing_on"), None),
        "asked_on": today - timedelta(days=60),
        "touched_on": today - timedelta(days=chance.randint(0, 300)),
    }
    return scene.like["ask"] | {name: row[name] for name in of} | facts


def _acts(scene: Scene, actor: Actor, ask: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """An answer, and two steps that follow each other."""
    of = ("organisation_id", "audience_id", "own_audience_id")
    told = ("response", ask["response"]), ("update", "in_progress"), ("update", ask["progress"])
    before: UUID | None = None
    for turn, (kind, value) in zip(count(), told, strict=False):
        act_id = new_id()
        yield (
            scene.like["ask_act"]
            | {name: ask[name] for name in of}
            | {
                "id": act_id,
                "ask_id": ask["id"],
                "axis": (Axis.PROGRESS if turn else Axis.RESPONSE).value,
                "kind": kind,
                "value": value,
                "text": "",
                "facts": {},
                "import_id": None,
                "on_behalf_of": None,
                "previous_id": before if turn > 1 else None,
                "recorded_at": actor.now
                - timedelta(days=30 - turn * 5, seconds=act_id.int % 86_400),
            }
        )
        before = act_id


def _base(session: Session, actor: Actor, watcher: Actor, begin: int) -> None:
    scene = _scene(session, actor, watcher)
    made = _rows(scene, actor, range(begin, begin + LOT))
    for kind in TABLES:
        session.connection().execute(insert(kind), made[kind.__tablename__])
    WORDS.put(session, {row["id"]: rules.searched(row) for row in made["recommendation"]})


def _copy(session: Session, turn: int) -> None:
    """The first ones once more, with their asks, acts, themes and words: all by the database."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    bare = "{}" if is_sqlite else "replace({}::text, '-', '')"
    turned = f"substr({bare}, {1 + turn}) || substr({bare}, 1, {turn})"
    other = turned if is_sqlite else f"({turned})::uuid"
    shift = f"{turn * 3_001} seconds"
    earlier = "datetime({}, '-{}')" if is_sqlite else "{} - interval '{}'"
    ids = {"id", "recommendation_id", "ask_id", "previous_id", "record_id"}
    also = {
        "ref": f"'B{turn}' || substr(ref, 3)",
        "import_key": f"import_key || '-{turn}'",
        "created_at": earlier.format("created_at", shift),
    }
    # What donors read stays as it is: it grows slowly.
    few = (
        "SELECT r.id FROM recommendation r WHERE r.ref LIKE 'B0%' AND r.audience_id NOT IN ("
        "SELECT p.audience_id FROM audience_part p JOIN access_group g ON g.id = p.group_id "
        "WHERE g.kind = 'donors')"
    )
    of_few = f"a.recommendation_id IN ({few})"
    which = {
        "recommendation": f"id IN ({few})",
        "recommendation_tag": f"recommendation_id IN ({few})",
        "ask": f"recommendation_id IN ({few})",
        "ask_act": f"ask_id IN (SELECT a.id FROM ask a WHERE {of_few})",  # noqa: S608 - the same
        "search_entry": f"kind = 'recommendation' AND record_id IN ({few})",
    }
    for kind in (*TABLES, SearchEntry):
        table: Any = kind.__table__
        names = [one.name for one in table.columns if one.name != "number"]
        made = (other.replace("{}", n) if n in ids else also.get(n, n) for n in names)
        session.connection().exec_driver_sql(
            f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - names of our own tables
            f"SELECT {', '.join(made)} FROM {table.name} WHERE {which[table.name]}".replace(
                "%", "%" if is_sqlite else "%%"
            )
        )


def main(first: int, last: int) -> None:
    """Make these lots of first recommendations; or, from 1 on, copy all of them so often."""
    with create_app(Config.from_environment()).app_context():
        data = database()
        actor, watcher = _actor(data, READER), _actor(data, WATCHER)
        for turn in range(first, last):
            with data.writing(actor) as session, guard.system(session, guard.System.COMMAND):
                if first:
                    _copy(session, turn)
                else:
                    _base(session, actor, watcher, turn * LOT)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
