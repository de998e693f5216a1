"""A text that is signed, corrected, and put again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from advocacy.access.actor import Actor, Seat
from advocacy.accounts import actions as accounts
from advocacy.carries import actions
from advocacy.drafting import actions as writing_texts
from advocacy.drafting import queries as drafting
from advocacy.drafting.rules import Replace
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.positions import actions as positions
from advocacy.positions import queries as read
from advocacy.rounds import actions as rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.world import NOW, World, founder

LATER = NOW + timedelta(hours=1)
PLAIN = Terms()
ROSTER = ("relief", "legal", "women", "rights")


@dataclass
class Again:
    """A round and the next one of the same position."""

    database: Database
    world: World
    made: scene.Scene
    first: RoundRow

    def actor(self, key: str, now: datetime = LATER) -> Actor:
        return self.world.actor(key, now=now)

    def say(self, key: str, kind: str = "endorse", *, spelling: bool = False,
            translations: bool = False, **more: Any) -> UUID:  # fmt: skip
        actor = self.actor(key, NOW)
        with self.database.writing(actor) as session:
            answer = scene.reply(session, actor, self.first, kind, **more)
            actions.choose(session, actor, answer, spelling=spelling, translations=translations)
            return answer

    def put(self, *words: tuple[str, str], closes_on: date = date(2026, 11, 26),
            terms: Terms = PLAIN, **about: str) -> RoundRow:  # fmt: skip
        """Give the first round up, change these words of the text, and ask again."""
        lead = self.actor("relief")
        position_id = self.made.position_id
        with self.database.writing(lead) as session:
            rounds.abandon(session, lead, self.first.id, reason="A slip.")
            version = self.made.version
            if words or about:
                positions.reopen(session, lead, position_id)
                of = read.position(session, lead, position_id)
                for before, after in words:
                    for clause in drafting.clauses(session, lead, of.document_id):
                        if before in clause.text:
                            text = clause.text.replace(before, after)
                            edit = Replace(clause.cid, clause.heading, text)
                            writing_texts.change(
                                session, lead, of.document_id, [edit], based_on=clause.hash
                            )
                if about:
                    now = read.details(of)
                    positions.describe(
                        session, lead, position_id, details=replace(now, **about),
                        based_on=now.hash,
                    )  # fmt: skip
                version = scene.freeze(session, lead, position_id)
            opened = scene.Scene(position_id, version)
            round_id = opened.open_round(
                session, lead, scene.ids(self.world, *ROSTER), closes_on=closes_on, terms=terms
            )
        with self.database.reading(lead) as session:
            return signoff.round_of(session, lead, round_id)

    def answer(self, key: str, round_: RoundRow, now: datetime = LATER):
        actor = self.actor(key, now)
        with self.database.reading(actor) as session:
            return signoff.my_answer(session, actor, round_.id)

    def shown(self, round_: RoundRow) -> set[UUID]:
        lead = self.actor("relief")
        with self.database.reading(lead) as session:
            return {row.organisation_id for row in signoff.shown(session, lead, round_.id)}

    def second(self) -> Actor:
        """Another person who leads for Relief."""
        with self.database.writing(founder(NOW)) as session:
            who = accounts.add_person(session, founder(NOW), name="Sam", email="s@relief.example")
            organisations.seat_person(
                session, founder(NOW), organisation_id=self.world.organisations["relief"],
                person_id=who.id, kind=Seat.ALTERNATE,
            )  # fmt: skip
        return replace(self.actor("relief"), person_id=who.id, person_name="Sam")

    def confirm(self, round_: RoundRow) -> None:
        lead, second = self.actor("relief"), self.second()
        with self.database.writing(lead) as session:
            said = actions.propose(session, lead, round_.id).id
        with self.database.writing(second) as session:
            actions.confirm(session, second, round_.id, after=said)


@pytest.fixture
def again(database: Database, world: World) -> Again:
    words = (
        *scene.CLAUSES[:2],
        replace(scene.CLAUSES[2], text="The goverment must recieve the convoys by day."),
    )
    made = scene.frozen(database, world, clauses=words)
    lead = world.actor("relief")
    with database.writing(lead) as session:
        round_id = made.open_round(session, lead, scene.ids(world, *ROSTER))
        return Again(database, world, made, signoff.round_of(session, lead, round_id))


Make = Callable[..., Again]
