"""A large register: `python -m tests.bench.register_fill 10000`, with a server's settings.

Threats of forty organisations, shared as registers are: with the owner alone, with another one,
with one of twelve circles, with all members. A member of the demo may see every tenth. Copies of
the demo's own rows, so that what a row needs is known in one place.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.access.schema import Group, GroupKind, GroupMember
from advocacy.app import create_app
from advocacy.assessments.schema import Assessment
from advocacy.config import Config
from advocacy.ground.base import new_id
from advocacy.organisations.queries import workspaces
from advocacy.reference import queries as reference
from advocacy.search import actions as search
from advocacy.threats import rules
from advocacy.threats.schema import Status, Threat, ThreatMembers, ThreatRestricted
from advocacy.web.db import database
from tests.bench.fill import _actor

READER, WATCHER = "sara", "amal"
"""Who sees every tenth record, and whose organisation sees nearly all."""
HIDDEN = UUID(int=6 << 100)
"""A record that the reader does not see."""
OWNERS, CIRCLES, VIEWS, LOT = 40, 12, 3, 5_000
_OWN_ALONE = 70 * OWNERS  # the first whose owner alone reads it
WHO = ("Police", "Armed groups", "Landlords", "Local authorities", "Border guards")
DOES = ("clear a settlement", "detain families", "refuse papers", "close a road", "take land")
WORDS = {"families": 0.9, "checkpoint": 0.2, "quarry": 0.01}
"""A share of all records has each."""


@dataclass
class Scene:
    """Who owns, who is in which circle, where, and one row of each table to copy."""

    space: UUID
    areas: list[UUID]
    risks: list[str]
    owners: list[UUID]
    shared: list[list[UUID]]
    like: dict[str, dict[str, Any]]


def _groups(
    session: Session, space: UUID, reader: UUID, watcher: UUID
) -> tuple[list[UUID], list[list[UUID]]]:
    """The owners, and for each of them a hundred audiences, of which the reader is in ten."""
    every = UUID(int=9 << 100)
    owners = [UUID(int=(7 << 100) + n) for n in range(OWNERS)]
    circles = [UUID(int=(8 << 100) + n) for n in range(CIRCLES)]
    if session.get(Group, owners[0]) is None:
        kinds = [(i, GroupKind.ORGANISATION) for i in owners] + [
            (i, GroupKind.CIRCLE) for i in (*circles, every)
        ]
        session.add_all(Group(id=i, kind=k, about_id=None, within_id=None) for i, k in kinds)
        session.flush()
        ever = {"from_at": audience.ALWAYS, "until_at": None}
        joined = ((circles[0], reader), (every, watcher))
        session.add_all(
            GroupMember(id=new_id(), group_id=group, organisation_id=who, **ever)
            for group, who in joined
        )
    members = session.scalars(
        select(Group.id).where(Group.about_id == space, Group.kind == GroupKind.MEMBERS)
    ).one()
    shared = []
    for n, owner in enumerate(owners):
        own = audience.intern(session, {owner, every})
        other = audience.intern(session, {owner, every, owners[(n + 1) % OWNERS]})
        hidden = audience.intern(session, {owner, every, circles[1 + n % (CIRCLES - 1)]})
        seen = [{owner, members}] * 3 + [{owner, circles[0]}] * 4 + [{owner, reader}] * 3
        open_to = [audience.intern(session, {*each, every}) for each in seen]
        shared.append(open_to + [hidden] * 30 + [other] * 30 + [own] * 30)
    return owners, shared


def _scene(session: Session, actor: Actor, watcher: Actor) -> Scene:
    space = workspaces(session, actor)[0]
    areas = [area.id for area in reference.areas(session, space.country or "", level=1)]
    risks = [risk.code for risk in reference.risks(session)]
    owners, shared = _groups(
        session, space.id, actor.must_organisation(), watcher.must_organisation()
    )
    like = {}
    for kind in (Threat, ThreatMembers, ThreatRestricted, Assessment):
        row = session.connection().execute(select(kind.__table__).limit(1)).mappings().first()
        if row is not None:
            like[kind.__tablename__] = dict(row)
    return Scene(space.id, areas, risks, owners, shared, like)


def _rows(scene: Scene, now: Any, numbers: Iterable[int]) -> dict[str, list[dict[str, Any]]]:
    """New rows of each table, `numbers` of threats."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in scene.like}
    for n in numbers:
        at, chance = n % OWNERS, Random(n)
        threat = HIDDEN if n == _OWN_ALONE else new_id()
        who = scene.shared[at][(n // OWNERS) % 100]
        of = {"organisation_id": scene.owners[at], "audience_id": who, "own_audience_id": who}
        title = f"{chance.choice(WHO)} {chance.choice(DOES)} near place {n}"
        words = [w for w, share in WORDS.items() if chance.random() < share]
        said = " ".join(("People ask for help.", *words))
        facts = {
            "ref": f"B{n:09d}",
            "workspace_id": scene.space,
            "risk_code": chance.choice(scene.risks),
            "title": title,
            "summary": said,
            "words": rules.folded(f"{title} {said}"),
            "status": Status.ACTIVE if chance.random() < 0.95 else Status.CLOSED,
            "area_id": chance.choice([*scene.areas, None]),
            "severity": chance.choice((1, 2, 3, 4, 5, None)),
            "trend": chance.choice(("worsening", "stable", "improving", "unclear")),
            "sensitivity": 4 if n % 3 else 3,
            "checked_at": now - timedelta(minutes=n * 37 % 400_000),
        }
        made["threat"].append({**scene.like["threat"], **of, "id": threat, **facts})
        hung = {**of, "threat_id": threat}
        for name in ("threat_members", "threat_restricted"):
            made[name].append({**scene.like[name], **hung, "id": new_id()})
        for view in range(VIEWS if "assessment" in made else 0):
            by = {"organisation_id": scene.owners[(at + view + 1) % OWNERS]}
            made["assessment"].append({**scene.like["assessment"], **hung, **by, "id": new_id()})
    return made


def main(first: int, last: int) -> None:
    """Make the threats of these numbers."""
    with create_app(Config.from_environment()).app_context():
        data = database()
        actor, watcher = _actor(data, READER), _actor(data, WATCHER)
        tables = {k.__tablename__: k for k in (Threat, ThreatMembers, ThreatRestricted, Assessment)}
        for begin in range(first, last, LOT):
            with (
                data.writing(actor) as session,
                guard.system(session, guard.System.COMMAND),
            ):
                scene = _scene(session, actor, watcher)
                lot = _rows(scene, actor.now, range(begin, min(begin + LOT, last)))
                for name, rows in lot.items():
                    session.connection().execute(insert(tables[name]), rows)
                search.catch_up(session)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
