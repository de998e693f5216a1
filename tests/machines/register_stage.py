"""The application's side of the machine of the register: deeds by the real actions."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, bindparam, create_engine, literal, select, union_all
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing, anonymous
from advocacy.accounts import actions as accounts
from advocacy.assessments import actions as assessments
from advocacy.assessments import queries as views
from advocacy.assessments.rows import Said
from advocacy.assessments.schema import Assessment
from advocacy.exhibits import actions as exhibits
from advocacy.exhibits import queries as read_exhibits
from advocacy.exhibits.rows import Piece, Sent
from advocacy.exhibits.schema import Exhibit, ExhibitFile
from advocacy.formats.attachment import Attachment
from advocacy.ground.errors import DomainError, NotFound
from advocacy.ground.unit import Database
from advocacy.handovers import actions as handovers
from advocacy.handovers import queries as read_handovers
from advocacy.handovers.schema import HandOver
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as read_organisations
from advocacy.organisations.schema import Membership
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.reference import actions as reference
from advocacy.reference.rules import testland
from advocacy.rings import actions as rings
from advocacy.rings import queries as read_rings
from advocacy.sharing import actions as sharing
from advocacy.sharing import queries as read_sharing
from advocacy.talks import actions as talks
from advocacy.talks import queries as read_talks
from advocacy.talks import rows as talk_rows
from advocacy.talks.schema import Remark
from advocacy.threats import actions as threats
from advocacy.threats import queries as read_threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import Threat, ThreatMembers, ThreatRestricted, ThreatVersion
from tests import world as worlds
from tests.specs.sharing import Choice
from tests.world import NOW, World, founder

CLASSES = (Threat, ThreatMembers, ThreatRestricted)
CAME = {"women": Standing.MEMBER, "rights": Standing.MEMBER}
CAME |= {"observer": Standing.OBSERVER, "donor": Standing.DONOR}
KINDS = (*CLASSES, Assessment, Remark, Exhibit, ExhibitFile)
# What is seen: (kind of row, its id; of a file its piece's)
Seen = set[tuple[int, UUID]]


def _rows(wall: Callable[[Any], list[Any]]) -> Any:
    """One statement over all classes of some records and what hangs on them."""
    parts = []
    for number, kind in enumerate(KINDS):
        of: Any = kind.__table__.c
        on = of.id if kind is Threat else of.threat_id
        key = on if kind in CLASSES else of.exhibit_id if kind is ExhibitFile else of.id
        chosen = on.in_(bindparam("ids", expanding=True))
        parts.append(select(literal(number), key).where(chosen, *wall(of.audience_id)))
    return union_all(*parts)


_ALL, _GUARDED = _rows(lambda _column: []), _rows(lambda column: [guard.readers(column)])


def at(second: int) -> datetime:
    return NOW + timedelta(seconds=second)


class Stage:
    """Records of Relief and of Legal, each with a second person who may confirm."""

    def __init__(self, database: Database, world: World) -> None:
        self.database, self.world = database, world
        self.clock = 0  # goes on from one walk to the next, as who came and went stays in the world
        self.seconds: dict[str, Actor] = {}
        self.ids: dict[str, UUID] = {}
        with database.writing(founder(NOW)) as session:
            reference.load_taxonomies(session)
            reference.load_areas(session, testland())
        for key in ("relief", "legal"):
            self.seconds[key] = self._colleague(key)

    def _colleague(self, key: str) -> Actor:
        actor = self.world.actor(key)
        with self.database.writing(actor) as session:
            person = accounts.add_person(session, actor, name="B", email=f"b@{key}.example")
            organisations.seat_person(
                session, actor, organisation_id=actor.must_organisation(), person_id=person.id,
                kind=Seat.ALTERNATE,
            )  # fmt: skip
        held = tuple(seat for seat in actor.seats if seat[0] == Seat.ALTERNATE)
        return replace(actor, person_id=person.id, seats=held)

    def actor(self, key: str, second: int, *, is_second: bool = False) -> Actor:
        if not key:
            return anonymous(at(second))
        if is_second:
            return replace(self.seconds[key], now=at(second))
        return self.world.actor(key, now=at(second))

    def names(self, keys: Iterable[str]) -> frozenset[UUID]:
        return frozenset(self.world.organisations[key] for key in keys)

    def to(self, choice: Choice) -> Sharing:
        circles = frozenset(self.ids[name] for name in choice.circles)
        return Sharing(choice.level, self.names(choice.named), self.names(choice.told), circles)

    # --- deeds ---

    def circle(self, session: Session, actor: Actor, name: str, members: Iterable[str]) -> None:
        space = self.world.workspace_id
        made = rings.make(session, actor, space, name=name, members=self.names(members))
        self.ids[name.split()[0]] = made.id

    def into_circle(self, session: Session, actor: Actor, circle: str, key: str) -> None:
        rings.add(session, actor, self.ids[circle], self.world.organisations[key])

    def out_of_circle(self, session: Session, actor: Actor, circle: str, key: str) -> None:
        row = read_rings.ring(session, actor, self.ids[circle])
        acts = {member.id: member.act for member in row.members}
        act = acts.get(self.world.organisations[key], UUID(int=7))
        rings.remove(session, actor, row.id, act=act)

    def report(
        self, session: Session, actor: Actor, words: str, rated: int, choice: Choice
    ) -> UUID:
        entry = Entry(
            risk_code="PR15", title=f"Safe {words}s", summary="In short.", sensitivity=rated,
            place=f"Place {words}m", narrative=f"Told {words}t",
        )  # fmt: skip
        space = self.world.workspace_id
        to = self.to(choice)
        return threats.report(session, actor, workspace_id=space, entry=entry, sharing=to).id

    def share(self, session: Session, actor: Actor, name: str, choice: Choice) -> None:
        sharing.share(session, actor, self.ids[name], self.to(choice))

    def confirm(self, session: Session, actor: Actor, name: str) -> None:
        waiting = read_sharing.waiting(session, actor, self.ids[name])
        which = waiting.id if waiting else UUID(int=7)
        sharing.confirm(session, actor, self.ids[name], widening_id=which)

    def rate(self, session: Session, actor: Actor, name: str, sensitivity: int) -> None:
        now = read_threats.current(session, actor, self.ids[name])
        entry = replace(now.entry, sensitivity=sensitivity)
        threats.edit(session, actor, self.ids[name], entry, based_on=now.edition)

    def say(self, session: Session, actor: Actor, name: str, reach: str) -> UUID:
        after = views.mine(session, actor, self.ids[name]).act_id
        said = Said("corroborates", severity=3, reach=reach, observed_to=NOW.date())
        return assessments.give(session, actor, self.ids[name], said, after=after).id

    def choices(self, key: str, second: int, name: str) -> dict[str, talk_rows.Choice]:
        """Whom one may write to about a record: own, owner, coordinators, a circle, record."""
        actor = self.actor(key, second)
        circles = {f"circle:{self.ids[c]}": c for c in ("valley", "coast")}
        with self.database.reading(actor) as session:
            try:
                threat = read_talks.record(session, actor, self.ids[name])
                found = read_talks.choices(session, actor, threat)
            except DomainError:
                return {}
        kept = {circles.get(c.value, c.value): c for c in found}
        return {word: c for word, c in kept.items() if ":" not in word}

    def remark(self, session: Session, actor: Actor, name: str, to: str) -> UUID:
        said = f"circle:{self.ids[to]}" if to in self.ids else to
        return talks.say(session, actor, self.ids[name], text="Seen.", to=said).id

    def put(
        self, session: Session, actor: Actor, name: str, *, to: str, reach: str, is_held: bool
    ) -> UUID:
        agreed = {"consent": "given", "consent_to": "All", "consent_by": "A teacher"}
        said: dict[str, Any] = {"ask": "Our office"} if is_held else dict(agreed)
        said |= {} if is_held else {"consent_on": NOW.date()}
        piece = Piece("visit", "A roadblock", NOW.date(), is_held=is_held, reach=reach, **said)
        sent = None if is_held else Sent(Attachment("application/pdf", b"%PDF"))
        return exhibits.add(session, actor, self.ids[name], piece, to=to, sent=sent).id

    def withdraw(self, session: Session, actor: Actor, name: str, piece_id: UUID) -> None:
        after = read_exhibits.last_act(session, piece_id)
        of = self.ids[name]
        exhibits.withdraw(session, actor, of, piece_id, why="consent", after=after)

    def whose(self, piece_id: UUID) -> str:
        """Who may withdraw a piece of evidence."""
        names = {i: name for name, i in self.world.organisations.items()}
        owner = select(Exhibit.organisation_id).where(Exhibit.id == piece_id)
        actor = founder(at(self.clock))
        with (
            self.database.reading(actor) as session,
            guard.system(session, guard.System.COMMAND),
        ):
            return names[session.scalars(owner).one()]

    def offer(self, session: Session, actor: Actor, name: str, to: str) -> None:
        handovers.offer(session, actor, self.ids[name], to_id=self.world.organisations[to])

    def accept(self, session: Session, actor: Actor, name: str) -> None:
        """What was offered last, whatever became of it: a page may have stood open since."""
        threat = read_threats.threat(session, actor, self.ids[name])
        last = read_handovers.last(session, threat.id, threat.organisation_id)
        which = last.id if last else UUID(int=7)
        handovers.accept(session, actor, self.ids[name], offer_id=which)

    def offers(self, key: str, second: int, threat_id: UUID) -> set[tuple[str, str]]:
        """Of whose offers of a record something is read, and to whom they were made."""
        names = {i: name for name, i in self.world.organisations.items()}
        with self.database.reading(self.actor(key, second)) as session:
            query = select(HandOver.owner_id, HandOver.to_id)
            rows = session.execute(query.where(HandOver.threat_id == threat_id))
            return {(names[owner], names[to]) for owner, to in rows}

    def come_or_go(self, session: Session, actor: Actor, key: str) -> None:
        """Out of the workspace, or in again. An organisation that was out sits in no circle."""
        organisation = self.world.organisations[key]
        mine = Membership.member_id == organisation
        row = session.scalars(select(Membership).where(mine, Membership.until_at.is_(None))).first()
        if row is not None:
            organisations.remove(session, actor, membership_id=row.id)
            return
        organisations.admit(
            session, actor, workspace_id=self.world.workspace_id, organisation_id=organisation,
            standing=CAME[key],
        )  # fmt: skip

    def seated_again(self, second: int) -> None:
        worlds.refresh(self.database, self.world, now=at(second))

    # --- what is read ---

    def by_guard(self, key: str, second: int, ids: Iterable[UUID]) -> Seen:
        actor = self.actor(key, second)
        with self.database.reading(actor) as session:
            return {(n, i) for n, i in guard.ask(session, actor, _GUARDED, ids=list(ids))}

    def by_wall(self, bare: Engine, key: str, second: int, ids: Iterable[UUID]) -> Seen:
        """PostgreSQL's own wall alone: no guard watches this engine."""
        with bare.connect() as connection:
            guard._tell_who(connection, self.actor(key, second))
            return {(n, i) for n, i in connection.execute(_ALL, {"ids": list(ids)})}

    def histories(self, key: str, second: int, threat_id: UUID) -> set[tuple[str, str]]:
        """Classes of whose history something is read, and by whom that was written."""
        actor, of = self.actor(key, second), ThreatVersion
        names = {i: name for name, i in self.world.organisations.items()}
        with self.database.reading(actor) as session:
            query = select(of.field_class, of.organisation_id).where(of.threat_id == threat_id)
            return {(kind, names[i]) for kind, i in session.execute(query)}

    def bare(self) -> Engine | None:
        return None if self.database.is_sqlite else create_engine(self.database.engine.url)

    def page(self, session: Session, actor: Actor, name: str) -> tuple[bool, bool, bool]:
        """What the record's own page would show."""
        try:
            seen = read_threats.detail(session, actor, self.ids[name])
        except NotFound:
            return False, False, False
        return True, seen.members is not None, seen.narrative is not None

    def found(self, session: Session, actor: Actor, words: str) -> tuple[set[UUID], int]:
        """Records in the list that hold these words, and how many the counts say there are."""
        try:
            space = read_organisations.workspace(session, actor, self.world.slug)
        except NotFound:
            return set(), 0
        asked = Filters(words=words)
        lines = picture.lines(session, actor, space, asked, limit=50)
        cells = picture.cells(session, actor, space, asked)
        return {line.id for line in lines}, sum(cell.number for cell in cells if not cell.is_more)
