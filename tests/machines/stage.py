"""The application's side of the machine of rounds: deeds by the real actions, nothing decided."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from advocacy.access.actor import MANDATED, Actor, Delegated, Seat, anonymous
from advocacy.accounts import actions as accounts
from advocacy.delegations import actions as delegations
from advocacy.delegations import queries as lent
from advocacy.delegations.rules import Terms as Lent
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Replace
from advocacy.ground.errors import NotFound
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as seats
from advocacy.positions import actions as positions
from advocacy.positions import queries as read
from advocacy.rounds import actions as rounds
from advocacy.rounds import queries as read_rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries
from advocacy.tallies.actions import note_delivery
from advocacy.tallies.rules import Posted
from tests.secrecy.shapes import new_body
from tests.signoff import scene
from tests.specs import round as spec
from tests.world import NOW, World, founder

SCOPES = {"public": Delegated.PUBLIC, "private": Delegated.PRIVATE, "comment": Delegated.COMMENT}


def at(second: int) -> datetime:
    return NOW + timedelta(seconds=second)


def local(second: int) -> tuple[date, time]:
    there = at(second).astimezone(ZoneInfo(scene.ZONE))
    return there.date(), there.time()


class Stage:
    """A position of Relief, and the people who act on it; Dana drafts for Legal."""

    def __init__(self, database: Database, world: World) -> None:
        self.database, self.world, self.texts = database, world, 0
        self.made = scene.frozen(database, world)
        root = founder(NOW)
        with database.writing(world.actor("relief")) as session:
            keys = ("cluster", "forum", "legal", "women", "rights")
            self.body = new_body(session, world, "relief", "A country team", *keys)
        with database.writing(root) as session:
            self.people = {"legal": self._person(session, "legal", *MANDATED, Seat.DRAFTER)}
            self.people["dana"] = self._person(session, "dana", Seat.DRAFTER)

    def _person(self, session: Session, name: str, *held: Seat) -> UUID:
        """Somebody new at Legal, so that each walk begins with the same hands."""
        root, mail = founder(NOW), f"{name}-{self.made.position_id.hex}@legal.example"
        person = accounts.add_person(session, root, name=name.title(), email=mail)
        legal = self.world.organisations["legal"]
        for seat in held:
            organisations.seat_person(
                session, root, organisation_id=legal, person_id=person.id, kind=seat
            )
        return person.id

    def organisation(self, key: str) -> UUID:
        return self.world.organisations["legal" if key == "dana" else key]

    def actor(self, key: str, now: int) -> Actor:
        """Who does something, as their next request would find them."""
        person = self.people.get(key)
        if person is None:
            return self.world.actor(key, now=at(now))
        with self.database.reading(founder(at(now))) as session:
            found, _ways = seats.actor_for(
                session, person_id=person, name=key, holding_id=None, now=at(now)
            )
        with self.database.reading(found) as session:
            return lent.checked(session, found)

    # --- rounds ---

    def open(
        self, session: Session, actor: Actor, roster: list[str], closes: int, of: spec.Terms
    ) -> UUID:
        day, hour = local(closes)
        terms = Terms(
            mode=of.mode,
            logos=of.logos,
            is_hidden=of.hidden,
            late_until=None if of.late is None else at(closes + of.late),
            body_id=self.body if of.body else None,
            consulted="" if of.mode == "explicit" else "At the meeting.",
            short_reason="" if of.mode == "explicit" else "It cannot wait.",
        )
        return self.made.open_round(
            session, actor, scene.ids(self.world, *roster), closes_on=day, closes_time=hour,
            terms=terms,
        )  # fmt: skip

    def open_again(
        self, session: Session, actor: Actor, change: str, *rest: Any
    ) -> tuple[UUID, scene.Scene]:
        """The same version again, or one with another word or another audience."""
        made = self.made
        if change != "same":
            self.texts += 1
            position_id = made.position_id
            positions.reopen(session, actor, position_id)
            of = read.position(session, actor, position_id)
            if change == "word":
                clause = drafts.clauses(session, actor, of.document_id)[1]
                edit = Replace(clause.cid, clause.heading, f"{self.texts} clinics were turned back")
                drafting.change(session, actor, of.document_id, [edit], based_on=clause.hash)
            else:
                now = read.details(of)
                wanted = replace(now, audience_words=f"Audience {self.texts}")
                positions.describe(session, actor, position_id, details=wanted, based_on=now.hash)
            made = scene.Scene(position_id, scene.freeze(session, actor, position_id))
        before, self.made = self.made, made
        try:
            return self.open(session, actor, *rest), made
        finally:
            self.made = before  # the machine keeps it once it is committed

    def extend(
        self, session: Session, actor: Actor, round_id: UUID, later: int, current: bool
    ) -> None:
        known = read_rounds.extensions(session, actor, round_id)
        after = known[0].id if known else None
        day, hour = local(later)
        rounds.extend(
            session, actor, round_id, closes_on=day, closes_time=hour, reason="x",
            after=after if current else UUID(int=7),
        )  # fmt: skip

    def deliver(self, round_id: UUID, key: str, state: Posted, now: int) -> None:
        with self.database.writing(anonymous(at(now))) as session:
            who = self.organisation(key)
            note_delivery(session, round_id, who, self.world.people[key], state)

    # --- hands ---

    def lend(self, session: Session, actor: Actor, scope: str, first: int, last: int) -> None:
        terms = Lent(self.people["dana"], SCOPES[scope], at(first), at(last))
        delegations.give(session, actor, terms)

    def end_lending(self, session: Session, actor: Actor) -> None:
        mine = [
            row
            for row in lent.delegations(session, actor)
            if row.delegate_id == self.people["dana"] and row.state.value != "over"
        ]
        if not mine:
            raise NotFound
        delegations.end(session, actor, mine[0].id, after=mine[0].head_id)

    def seat(self, *, is_seated: bool, now: int) -> None:
        """Legal's signatory leaves or comes back, by what the admin's buttons do."""
        root = founder(at(now))
        reader = replace(self.world.actor("legal", now=at(now)))
        with self.database.writing(reader) as session:
            person, legal = self.people["legal"], self.organisation("legal")
            if is_seated:
                organisations.seat_person(
                    session, root, organisation_id=legal, person_id=person, kind=Seat.SIGNATORY
                )
                return
            for held in seats.seat_holders(session, reader):
                if held.person_id == person and held.seat in MANDATED:
                    organisations.end_at(session, reader, holding_id=held.holding_id, at=at(now))

    def acts(self, round_id: UUID, key: str, now: int) -> list[Any]:
        """Every act of an organisation, oldest first, as it reads them itself."""
        actor = self.world.actor("legal" if key == "dana" else key, now=at(now))
        with self.database.reading(actor) as session:
            return queries.acts_of(session, actor, round_id).get(actor.must_organisation(), [])
