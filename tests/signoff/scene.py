"""A position of Relief Network with a frozen version, and a round put to its circle."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.annexes import actions as annexing
from advocacy.annexes.queries import reading
from advocacy.drafting import actions as writing
from advocacy.drafting import queries as drafting
from advocacy.drafting.rules import NewClause, Replace
from advocacy.formats.attachment import Attachment
from advocacy.ground.unit import Database
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.positions.rows import VersionRow
from advocacy.rounds import actions as rounds
from advocacy.signoff import actions
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Said
from tests.world import World

TITLE = "Mobile clinics must reach Blue Valley"
CLAUSES = (
    NewClause("heading", "What is happening", ""),
    NewClause("paragraph", "", "Four clinics have been turned back since October."),
    NewClause("recommendation", "", "We ask the Governor to let clinics move by day."),
)
CIRCLE = ("cluster", "forum", "legal", "women", "rights")
CLOSES_ON, CLOSES_TIME, ZONE = date(2026, 11, 24), time(16, 0), "Asia/Amman"
CLOSES_AT = datetime.fromisoformat("2026-11-24T13:00:00+00:00")


@dataclass(frozen=True)
class Scene:
    """Ids of what was made."""

    position_id: UUID
    version: VersionRow

    def open_round(
        self, session: Session, actor: Actor, roster: list[UUID], **terms: object
    ) -> UUID:
        given: dict[str, object] = {
            "version_id": self.version.id,
            "roster": roster,
            "closes_on": CLOSES_ON,
            "closes_time": CLOSES_TIME,
            "zone": ZONE,
            **terms,
        }
        return rounds.open_round(session, actor, self.position_id, **given).id


def start(
    session: Session,
    actor: Actor,
    world: World,
    *,
    circle: tuple[str, ...] = CIRCLE,
    channel: str = "public",
    clauses: tuple[NewClause, ...] = CLAUSES,
    language: str = "en",
    title: str = TITLE,
    annexes: tuple[str, ...] = (),
) -> UUID:
    """A position of the actor's organisation, with its circle, still a draft."""
    made = positions.start(
        session,
        actor,
        workspace_id=world.workspace_id,
        kind="joint_statement" if channel == "public" else "private_letter",
        title=title,
        purpose="So that the sick are treated.",
        audience_words="Everybody" if channel == "public" else "The Governor",
        channel=channel,
        attribution="The organisations listed under it",
        sensitivity=1,
        language=language,
        clauses=list(clauses),
    )
    for key in circle:
        positions.invite(session, actor, made.id, world.organisations[key])
    for name in annexes:
        sent = Attachment("application/pdf", f"%PDF-{name}".encode())
        annexing.add(session, actor, made.document_id, title=name, sent=sent)
    return made.id


def freeze(session: Session, actor: Actor, position_id: UUID) -> VersionRow:
    """The next version of a position."""
    position = read_positions.position(session, actor, position_id)
    clauses = drafting.clauses(session, actor, position.document_id)
    read = reading(session, actor, position.document_id, clauses)
    made = positions.freeze(session, actor, position_id, based_on=read)
    return read_positions.version(session, actor, made.id)


def reword(session: Session, actor: Actor, position_id: UUID, before: str, after: str) -> None:
    """Change these words where they stand in the draft."""
    position = read_positions.position(session, actor, position_id)
    for clause in drafting.clauses(session, actor, position.document_id):
        if before in clause.text:
            edit = Replace(clause.cid, clause.heading, clause.text.replace(before, after))
            writing.change(session, actor, position.document_id, [edit], based_on=clause.hash)


def frozen(database: Database, world: World, *, lead: str = "relief", **about: object) -> Scene:
    """A frozen position, committed."""
    actor = world.actor(lead)
    with database.writing(actor) as session:
        position_id = start(session, actor, world, **about)
        return Scene(position_id, freeze(session, actor, position_id))


def ids(world: World, *keys: str) -> list[UUID]:
    return [world.organisations[key] for key in keys]


def reply(
    session: Session,
    actor: Actor,
    round_: RoundRow,
    kind: str = "endorse",
    *,
    after: UUID | None = None,
    **more: object,
) -> UUID:
    """An answer of the actor's organisation to the text as the round asks it."""
    given: dict[str, object] = {"shown_name": actor.organisation_name, **more}
    said = Said(kind, **given)
    made = actions.answer(
        session, actor, round_.id, said, seen_hash=round_.content_hash, after=after
    )
    return made.id
