"""What was queued while somebody could read a record tells nothing of it once they cannot.

Each kind of mail that the register and the recommendations send is queued; then the record is
narrowed, its reader leaves the workspace, or what the mail tells of is taken back; then it is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.app import load_mails
from advocacy.asks.rules import Kind
from advocacy.ground.errors import NotFound
from advocacy.home import queries as home
from advocacy.organisations import actions as organisations
from advocacy.organisations.schema import Membership
from advocacy.outbox import actions as outbox
from advocacy.outbox.schema import OutboxRow
from advocacy.recommendations import actions as recommendations
from advocacy.sharing import actions as sharing
from advocacy.talks import actions as talks
from advocacy.threats.rows import Sharing
from tests import world as worlds
from tests.asks.test_actions import REPORT, TODAY, Case
from tests.conftest import NOW
from tests.outbox.letters import letters, text_of
from tests.talks.conftest import areas, entry, report, say
from tests.threats.conftest import SECRET

__all__ = ["areas", "entry", "letters", "report", "say"]

TITLE, SAID = "Checkpoints turn back clinic teams", "Seen at the mill."
WORDS = (TITLE, SECRET, SAID, "clinic", "mill", "Open it", "Ministry of Secrets")
# They speak of an account, a seat, an invitation, or of a text and its rounds: of no record.
OF_NO_RECORD = frozenset(
    {
        *("accounts.reset", "admissions.ask", "discussion.mentioned", "positions.invited"),
        *("carries.carried", "carries.voided", "objections.asked", "objections.replied"),
        *("invitations.confirm", "invitations.invite", "invitations.notice"),
        *("releases.ended", "releases.tell-asked", "releases.tell-given"),
        *("reminders.digest", "reminders.round", "rounds.answered", "rounds.extended"),
        *("rounds.held", "rounds.opened", "rounds.taken-off", "rounds.told-held"),
        *("signons.code", "signons.confirm", "signons.link"),
    }
)
SWEPT = {"dues": "dues.digest", "reminders": "reminders.digest"}


@dataclass
class Queued:
    """A mail that waits. to: whose; narrow, take_back: what is done to what it tells of.

    says_nothing: it names no record at all, so it may still leave.
    """

    to: str
    narrow: Callable[[], object]
    take_back: Callable[[], object]
    days: int = 0
    says_nothing: bool = False


@pytest.fixture
def asked(world: Any, writing: Any, report: Any, say: Any) -> Queued:
    """talks.asked: Relief asks Legal for an answer about a record they both read."""
    relief = world.actor("relief")
    threat_id = report("named", to=["legal"], title=TITLE)
    remark = say("relief", threat_id, "record", asks="legal", text=SAID)

    def narrow() -> None:
        with writing(relief) as session:
            sharing.share(session, relief, threat_id, Sharing())

    def take_back() -> None:
        with writing(relief) as session:
            talks.take_back(session, relief, remark)

    return Queued("legal", narrow, take_back)


@pytest.fixture
def due(world: Any, database: Any, writing: Any) -> Queued:
    """dues.digest: an ask of Relief is so late that who coordinates is told."""
    relief, cluster = world.actor("relief"), "cluster"
    one = Case(world, database, due_on=TODAY - timedelta(days=5), name="Ministry of Secrets")
    now = NOW + timedelta(days=23)
    with writing(anonymous(now)) as session:
        outbox.sweeps["dues"].queue(session)

    def narrow() -> None:
        with writing(relief) as session:
            of = one.recommendation_id
            recommendations.share(session, relief, recommendation_id=of, reach="own")

    def take_back() -> None:
        one.do("relief", Kind.CLAIM, "claimed", REPORT)

    return Queued(cluster, narrow, take_back, days=23)


@pytest.fixture
def alone(world: Any, writing: Any, report: Any) -> Queued:
    """sharing.alone: one person asks for a wider audience; the organisation's contact is told."""
    relief, threat_id = world.actor("relief"), report("own", title=TITLE)
    with writing(relief) as session:
        sharing.share(session, relief, threat_id, Sharing("members"))

    def narrow() -> None:
        with writing(relief) as session:
            sharing.share(session, relief, threat_id, Sharing())

    def take_back() -> None:
        with writing(relief) as session:
            sharing.take_back(session, relief, threat_id)

    return Queued("relief", narrow, take_back, says_nothing=True)


CASES = {"talks.asked": "asked", "dues.digest": "due", "sharing.alone": "alone"}
ENDS = ("nothing", "narrowed", "left", "taken back")


def test_every_kind_of_mail_has_a_case_or_is_of_no_record() -> None:
    load_mails()
    assert set(outbox.kinds) == {*CASES, *OF_NO_RECORD}, "say what a new mail tells, and when"
    assert set(outbox.sweeps) == set(SWEPT)
    assert set(SWEPT.values()) <= set(outbox.kinds)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", CASES)
def test_a_mail_that_waited_tells_nothing_to_who_reads_the_record_no_more(
    kind, end, request, letters, world, database
):
    of: Queued = request.getfixturevalue(CASES[kind])
    with database.reading(world.actor(of.to)) as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)).all()
        assert rows, "nothing waits"
    if end == "narrowed":
        of.narrow()
    elif end == "left":
        _leaves(world, database, of.to)
    elif end == "taken back":
        of.take_back()
    now = NOW + timedelta(days=of.days, minutes=1)
    outbox.drain(database, now=now)
    told = [letter for letter in letters.arrived if of.to in str(letter["To"])]
    assert bool(told) == (end == "nothing" or of.says_nothing), [text_of(one) for one in told]
    for letter in letters.arrived:
        said = text_of(letter) + str(letter["Subject"])
        assert not [word for word in WORDS if word in said]
    if end in {"narrowed", "left"} and not of.says_nothing:
        assert not _tasks(world, database, of.to, now)


def _leaves(world: Any, database: Any, key: str) -> None:
    by = world.actor("forum" if key == "cluster" else "cluster")
    with database.writing(by) as session:
        of = Membership.member_id == world.organisations[key]
        row = session.scalars(select(Membership).where(of, Membership.until_at.is_(None))).one()
        organisations.remove(session, by, membership_id=row.id)


def _tasks(world: Any, database: Any, key: str, now: Any) -> list[str]:
    """The same on the page "What needs you today": by the title of a record of ours."""
    worlds.refresh(database, world, now=now)
    actor = world.actor(key)
    with database.reading(actor) as session:
        try:
            return [one.title for one in home.tasks(session, actor) if one.title in {TITLE, "Open"}]
        except NotFound:
            return []
