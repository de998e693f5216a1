"""What went out, in the two worlds: a release, and a copy of it that was given."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from advocacy.assignments import actions as assignments
from advocacy.channels import actions as channels
from advocacy.channels.rules import Readers
from advocacy.deliveries import actions as deliveries
from advocacy.deliveries.rules import Delivered
from advocacy.dues import actions as dues
from advocacy.feeds import actions as feeds
from advocacy.positions import queries as positions
from advocacy.releases import actions as releases
from advocacy.releases.rules import Harm, Opening
from advocacy.savedviews import actions as savedviews
from advocacy.shares import actions as shares
from advocacy.shares.rules import NewShare
from advocacy.signoff import queries as rounds
from tests.secrecy.texts import WORDS
from tests.signoff import scene

LATE = datetime(2026, 12, 10, tzinfo=UTC)
AFTER = scene.CLOSES_AT + timedelta(hours=1)
HARM = Harm("Staff.", "The sick.", "No place is named.", "none-used", "R. P.", date(2026, 11, 23))


def put_out(made: Any, by: str, got: dict[str, UUID], embargo: tuple[Opening, ...] = ()) -> UUID:
    """Check for harm and publish what a round asked about."""
    lead = made.world.actor(by, now=AFTER)
    with made.database.writing(lead) as session:
        version = positions.version(session, lead, got["version_id"])
        releases.check_harm(session, lead, got["position_id"], HARM, after=None)
        return releases.publish(
            session, lead, got["position_id"], seen_hash=version.content_hash, embargo=embargo
        ).id


def give(made: Any, by: str, release_id: UUID, name: str) -> UUID:
    """Write down a copy that was given."""
    lead = made.world.actor(by, now=AFTER)
    given = Delivered(name, "Adviser", "hand", "R. P.", AFTER, address="a@gov.example")
    with made.database.writing(lead) as session:
        return deliveries.record(session, lead, release_id, given).id


def a_text_out(made: Any, got: dict[str, UUID]) -> None:
    """A text under which names may still come."""
    made.shown["release_id"] = put_out(made, "relief", got)
    made.at["late"] = {"round_id": got["round_id"]}


def a_name_left_out(made: Any) -> None:
    """Rights Watch signs what went out, by name, and leaves it out for all but members."""
    rights, round_id = made.world.actor("rights", now=AFTER), made.at["late"]["round_id"]
    with made.database.writing(rights) as session:
        of = rounds.round_of(session, rights, round_id)
        scene.reply(session, rights, of, outside="named", inside="all", shown_name=WORDS, logo=True)
        channels.choose(session, rights, round_id, left_out=list(Readers), after=None)
        releases.join(session, rights, round_id)


def a_delivery(made: Any) -> None:
    """Of the text that is out."""
    made.shown["delivery_id"] = give(made, "relief", made.shown["release_id"], "A. Haddad")


def a_hidden_release(made: Any, got: dict[str, UUID]) -> None:
    """Under embargo for years to come, with a copy that was given."""
    waits = Opening("public", datetime(2030, 1, 1, tzinfo=UTC), "UTC")
    made.hidden["release_id"] = put_out(made, "rights", got, (waits,))
    made.hidden["delivery_id"] = give(made, "rights", made.hidden["release_id"], WORDS)


def kept_view(made: Any, by: str, name: str) -> UUID:
    """A saved view, shared in its organisation."""
    actor = made.world.actor(by)
    asked = {"name": name, "view": "table", "query": "severity=4", "is_shared": True}
    with made.database.writing(actor) as session:
        return savedviews.save(session, actor, workspace_id=made.world.workspace_id, **asked).id


def a_saved_view(made: Any) -> None:
    made.shown["saved_id"] = kept_view(made, "relief", "High")


def a_hidden_saved_view(made: Any) -> None:
    made.hidden["saved_id"] = kept_view(made, "rights", WORDS)


def a_share(made: Any) -> None:
    """A link for donors."""
    cluster = made.world.actor("cluster")
    with made.database.writing(cluster) as session:
        space = made.world.workspace_id
        made.shown["share_id"], _token = shares.issue(
            session, cluster, workspace_id=space, new=NewShare(label="For the embassy")
        )


def a_hidden_hand(made: Any) -> None:
    """Who of Rights Watch has an ask in hand, that it was put off, and a feed."""
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        chosen = {made.hidden["ask_id"]: None}
        assignments.give(session, rights, chosen=chosen, to_id=rights.person_id, note=WORDS)
        dues.snooze(
            session, rights, ask_id=made.hidden["ask_id"], until_on=LATE.date(), reason=WORDS,
            after=None,
        )  # fmt: skip
        space = made.world.workspace_id
        feeds.make(session, rights, workspace_id=space, what="news", with_titles=False)
