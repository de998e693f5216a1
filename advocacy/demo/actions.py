"""Plant the demo: every step by the person who would do it, at the time they would do it.

Keys of people (their addresses begin with them, and never change): layla, daniel (the cluster's
secretariat), omar (NGO Forum), sara (Relief Network, and alternate of the NGO Forum), jonas
(Relief Network), amal (Harbour Legal Aid), hana, karim (Mobile Clinics), mariam (Women's
Association, reads Arabic), claire (Rights Watch, reads French), ines (observer), erik (donor).
Keys of positions, by stage: schools (drafting), evictions (consultation), oldtown (frozen),
clinics, widows and shelters, which goes by silence (sign-off), collaboration and winter
(published), water (delivered), curfew (cancelled), bread (withdrawn). Keys of threats are in
`data/threats.json`.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing, anonymous
from advocacy.accounts import actions as accounts
from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import Blocks, NewFigure, NewParty, NewPlace
from advocacy.asks import queries as asks
from advocacy.assessments import actions as assessments
from advocacy.assessments.rows import Said
from advocacy.bodies import actions as bodies
from advocacy.commitments import actions as commitments
from advocacy.commitments.rules import Said as Promise
from advocacy.demo import mapper, queries, rules
from advocacy.demo.rows import Link, Login, Scene, Step
from advocacy.embeds import actions as embeds
from advocacy.embeds.rules import NewEmbed
from advocacy.exhibits import actions as exhibits
from advocacy.exhibits.rows import Piece
from advocacy.grants import actions as grants
from advocacy.grants import queries as donors
from advocacy.grants.rules import Said as LastDay
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.ground.unit import Database
from advocacy.minders import actions as minders
from advocacy.organisations import actions as organisations
from advocacy.organisations.queries import actor_for
from advocacy.protocols import actions as protocols
from advocacy.protocols.rows import Terms
from advocacy.reference import actions as reference
from advocacy.reference import queries as reference_queries
from advocacy.reference.mapper import read_shapes
from advocacy.reference.rules import TESTLAND_SHAPES, testland
from advocacy.rings import actions as rings
from advocacy.savedviews import actions as savedviews
from advocacy.shares import actions as shares
from advocacy.shares.rules import NewShare, Width
from advocacy.sharing import actions as areas
from advocacy.subjects import actions as subjects
from advocacy.subjects.rules import Said as Subject
from advocacy.talks import actions as talks
from advocacy.taxonomies.rules import Axis
from advocacy.threats import queries as threats

LOGINS = "demo-logins.json"


def plant_if_empty(database: Database, folder: Path | None = None) -> bool:
    """Plant the demo where nobody is yet; says whether it did. Passwords go to `folder`."""
    now = clock.now()
    with database.reading(anonymous(now)) as session:
        if not queries.is_empty(session):
            return False
    logins = plant(database, now=now)
    if folder is not None:
        keep(logins, folder)
    return True


def plant(database: Database, *, now: datetime) -> list[Login]:
    """Plant the demo; returns how its people sign in, with passwords made by chance.

    All of it is one fact: when a step fails, or somebody stops it, nothing is there.
    Raises: Invalid when somebody is in the database already.
    """
    with _in_one_fact(database, now) as inner:
        scene, logins = _found(inner, now=now)
        for step in rules.steps(now):
            actor = scene.actor(step.by, step.at)
            with inner.writing(actor) as session:
                mapper.DO[step.do](session, actor, scene, step)
                if "known" in step.facts:
                    _know(session, actor, scene.ids["threat", step.of], step.facts["known"])
                if step.do == "recommend":
                    _say(session, actor, scene, step)
        _look(inner, scene, now - timedelta(hours=3))
        _to_donors(inner, scene, now - timedelta(hours=2))
    return logins


def _to_donors(database: Database, scene: Scene, at: datetime) -> None:
    """The last day of the donor, and a link for an embassy with a chart for its own site."""
    lead = scene.actor(rules.document(rules.WORKSPACE)["people"][0]["key"], at)
    ends = LastDay(clock.day_in(at, scene.zone) + timedelta(days=180), "The grant ends.")
    chart = NewEmbed(origins=("https://www.embassy.example",))
    with database.writing(lead) as session:
        for one in donors.donors(session, lead, workspace_id=scene.workspace_id):
            grants.set_end(
                session, lead, membership_id=one.membership_id, said=ends, after=one.act_id
            )
        new = NewShare(label="Embassy of the North", width=Width.PUBLIC, days=180)
        link, _token = shares.issue(session, lead, workspace_id=scene.workspace_id, new=new)
        embeds.make(session, lead, link, chart, languages=("en",), after=None)


def _belong(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact = step.facts
    bodies.say(
        session,
        actor,
        body_id=scene.ids["institution", fact["body"]],
        part_id=scene.ids["institution", fact["part"]],
        from_on=rules.day(scene, fact["since"]),
        until_on=None,
        note=fact["note"],
        after=None,
    )


def _commit(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact = step.facts
    told = {name: fact[name] for name in ("reply", "text", "done", "source_text")}
    commitments.pledge(
        session,
        actor,
        ask_id=scene.ids["ask", f"{step.of}/{fact['ask']}"],
        part_id=scene.ids["institution", fact["part"]],
        said=Promise(**told, due_on=rules.day(scene, fact.get("due"))),
        after=None,
    )


def _mind(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact = step.facts
    minders.mind(
        session,
        actor,
        institution_id=scene.ids["institution", fact["institution"]],
        minder_id=scene.organisations[fact["minder"]],
        note=fact["note"],
        after=None,
    )


# Steps of bodies stand here: the other file is full.
mapper.DO.update({"belong": _belong, "commit": _commit, "mind": _mind})


def _know(session: Session, actor: Actor, threat_id: UUID, told: dict[str, Any]) -> None:
    """What the owner of a threat knows beyond its short record."""
    who = (session, actor, threat_id)
    edition = threats.threat(*who).edition
    made = analysis.describe(*who, Blocks(**told["blocks"]), based_on=edition)
    made = analysis.add_place(*who, NewPlace(**told["place"]), based_on=made.edition)
    made = analysis.add_party(*who, NewParty(**told["party"]), based_on=made.edition)
    analysis.add_figure(*who, NewFigure(**told["figure"]), based_on=made.edition)


def _say(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    """What a recommendation is about, and how sharp its lead finds it, where the demo tells."""
    told = rules.document("subjects").get(step.of, {"items": {}, "reason": ""})
    ask = asks.ask(session, actor, scene.ids["ask", f"{step.of}/{step.facts['asks'][0]['to']}"])
    said = Subject({Axis(axis): items for axis, items in told["items"].items()}, told["reason"])
    subjects.say(session, actor, recommendation_id=ask.recommendation_id, said=said, seen={})


def _look(database: Database, scene: Scene, at: datetime) -> None:
    """Another organisation's view, the agreed severity, a circle, and a way of looking at it."""
    told = rules.document("register")
    threat_id = scene.ids["threat", told["threat"]]
    doers = {key: scene.actor(told[key]["by"], at) for key in ("view", "agreed", "circle", "saved")}
    with database.writing(doers["view"]) as session:
        said = Said(**told["view"]["said"])
        assessments.give(session, doers["view"], threat_id, said, after=None)
        on = (at - timedelta(days=told["proof"]["days"])).date()
        piece = Piece(**told["proof"]["piece"], dated_on=on, consent_on=on)
        exhibits.add(session, doers["view"], threat_id, piece, to="view")
        talks.say(session, doers["view"], threat_id, **told["talk"])
    with database.writing(doers["agreed"]) as session:
        decided = told["agreed"]["decided"]
        assessments.agree(session, doers["agreed"], threat_id, **decided, after=None)
    with database.writing(doers["circle"]) as session:
        members = {scene.organisations[key] for key in told["circle"]["members"]}
        name = told["circle"]["name"]
        rings.make(session, doers["circle"], scene.workspace_id, name=name, members=members)
    with database.writing(doers["saved"]) as session:
        kept = told["saved"]["kept"]
        savedviews.save(session, doers["saved"], workspace_id=scene.workspace_id, **kept)


@contextmanager
def _in_one_fact(database: Database, now: datetime) -> Iterator[Database]:
    """The database seen from inside one transaction, which many people's sessions share.

    Each session works in a savepoint of its own, so that one that only reads takes nothing back.
    """
    with database.writing(anonymous(now)) as whole:
        if not queries.is_empty(whole):
            raise Invalid(Reason("demo.not-empty"))
        with whole.begin_nested():
            # A connection is all that a database asks of its engine.
            yield Database(cast(Engine, whole.connection()))


def _found(database: Database, *, now: datetime) -> tuple[Scene, list[Login]]:
    """The country, the workspace, its organisations and their people, months ago."""
    told = rules.document(rules.WORKSPACE)
    began = now - timedelta(days=told["founded_days"])
    root = Actor(now=began)
    with database.writing(root) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, testland())
        for file in TESTLAND_SHAPES:
            drawn = {"source": "Testland Survey Office (invented)", "note": ""}
            reference.load_shapes(session, "TST", read_shapes(file), **drawn)
        space = organisations.found_workspace(session, root, **told["workspace"], is_sample=True)
        weekend = frozenset(int(day) for day in space.weekend.split(","))
        scene = Scene(now, space.id, space.zone, weekend)
        for area in reference_queries.areas(session, space.country):
            scene.ids["area", area.code] = area.id
        for of in told["organisations"]:
            _found_organisation(session, root, scene, of)
        logins = [
            _seat(session, root, scene, person, card)
            for person, card in zip(told["people"], queries.cards(), strict=True)
        ]
    for of in told["organisations"]:
        _meet(database, scene, began)
        _admit(database, scene, of, began)
    _meet(database, scene, began)
    _agree(database, scene, began)
    return scene, logins


def _found_organisation(session: Session, root: Actor, scene: Scene, of: dict[str, Any]) -> None:
    made = organisations.found_organisation(
        session,
        root,
        name=of["name"],
        short_name=of["short_name"],
        kind=of["kind"],
        registered_email=f"office@{of['host']}",
        language=of["language"],
    )
    scene.organisations[of["key"]], scene.names[of["key"]] = made.id, made.name


def _seat(
    session: Session, root: Actor, scene: Scene, person: dict[str, Any], card: dict[str, str]
) -> Login:
    """A person with a fresh password, in all of their seats."""
    login = Login(**card, password=rules.passphrase())
    made = accounts.add_person(
        session,
        root,
        name=login.name,
        email=login.email,
        password=login.password,
        language=person["language"],
        zone=scene.zone,
    )
    scene.ids["person", person["key"]] = made.id
    for key, seats in person["seats"].items():
        for seat in seats:
            organisations.seat_person(
                session,
                root,
                organisation_id=scene.organisations[key],
                person_id=made.id,
                kind=Seat(seat),
            )
    return login


def _meet(database: Database, scene: Scene, at: datetime) -> None:
    """Read everybody's powers, as their next request would."""
    with (
        database.reading(anonymous(at)) as session,
        guard.system(session, guard.System.COMMAND),
    ):
        for person in rules.document(rules.WORKSPACE)["people"]:
            key, name = person["key"], person["name"]
            person_id = scene.ids["person", key]
            scene.actors[key], _ways = actor_for(
                session, person_id=person_id, name=name, holding_id=None, now=at
            )


def _admit(database: Database, scene: Scene, of: dict[str, Any], at: datetime) -> None:
    """Let an organisation into the workspace, by the coordinator of its first one."""
    first = rules.document(rules.WORKSPACE)["people"][0]["key"]
    doer = scene.actor(first, at)
    with database.writing(doer) as session:
        organisations.admit(
            session,
            doer,
            workspace_id=scene.workspace_id,
            organisation_id=scene.organisations[of["key"]],
            standing=Standing(of["standing"]),
        )


def _agree(database: Database, scene: Scene, at: datetime) -> None:
    """The protocol of the workspace, and that each organisation accepted it."""
    told, day = rules.document(rules.WORKSPACE), at.date()
    levels = {int(n): tuple(words) for n, words in told["protocol"]["levels"].items()}
    terms = Terms(
        **{**told["protocol"], "levels": levels},
        asks_on=clock.day_in(at, scene.zone),
        decided_on=day - timedelta(days=7),
    )
    lead = scene.actor(told["people"][0]["key"], at)
    with database.writing(lead) as session:
        put = protocols.put(session, lead, scene.workspace_id, terms, after=None).id
        for area, key in told["areas"].items():
            who = scene.organisations[key]
            areas.put_lead(session, lead, scene.workspace_id, area=area, lead_id=who, after=None)
    signers = {next(iter(p["seats"])): p["key"] for p in reversed(told["people"])}
    for key in signers.values():
        actor = scene.actor(key, at)
        with database.writing(actor) as session:
            protocols.accept(session, actor, put)


def keep(logins: list[Login], folder: Path) -> None:
    """Write the logins to a file that only its owner reads; the database holds hashes only."""
    words = json.dumps([asdict(login) for login in logins], ensure_ascii=False, indent=1)
    target = folder / LOGINS
    target.unlink(missing_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(words)


def logins(folder: Path) -> list[Login]:
    """How the people of the demo sign in. Raises Invalid where none was planted."""
    target = folder / LOGINS
    if not target.exists():
        raise Invalid(Reason("demo.no-logins"))
    return [Login(**row) for row in json.loads(target.read_text(encoding="utf-8"))]


def links(database: Database, base_url: str) -> list[Link]:
    """A fresh sign-in link for each person of the demo who is here; each works once, for a day."""
    root = Actor(now=clock.now())
    with database.writing(root) as session:
        return [
            Link(**card, link=f"{base_url}/accounts/link/{token}")
            for person, card in queries.people(session)
            if (token := accounts.issue_link(session, person=person.id, now=root.now))
        ]
