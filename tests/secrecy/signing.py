"""What belongs to answers in the two worlds: requests for change, and how one clears a text."""

from datetime import date
from typing import Any
from uuid import UUID

from advocacy.channels import actions as channels
from advocacy.channels.rules import Readers
from advocacy.clearances import actions as clearances
from advocacy.clearances import queries as standings
from advocacy.clearances.rules import Saying
from advocacy.mandates import actions as mandates
from advocacy.mandates import queries as records
from advocacy.objections import actions as objections
from advocacy.objections import queries as requests
from advocacy.objections.rules import Wanted
from advocacy.signoff import queries as rounds
from advocacy.signoff.rules import Said
from advocacy.signons import actions as signons
from advocacy.signons.rules import Heard
from tests.secrecy.texts import WORDS


def _asks(made: Any, by: str, words: str, inside: str) -> UUID:
    actor, round_id = made.world.actor(by), made.shown["round_id"]
    with made.database.writing(actor) as session:
        of = rounds.round_of(session, actor, round_id)
        return objections.answer(
            session, actor, round_id, Said("change", inside=inside, note=words),
            wanted=Wanted(fix=words), seen_hash=of.content_hash, after=None,
        ).id  # fmt: skip


def _says(made: Any, by: str, answer_id: UUID, words: str) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        after = requests.request(session, actor, answer_id).last_id
        objections.say(session, actor, answer_id, text=words, after=after)


def a_request(made: Any) -> None:
    """The Forum asks for a change, and the lead has replied."""
    answer_id = _asks(made, "forum", "The road is closed.", "all")
    made.at["objections.request"] = {"answer_id": answer_id}
    _says(made, "relief", answer_id, "It opens on Monday.")


def a_hidden_answer(made: Any) -> None:
    """In a round that all viewers of the circle see: nobody before it closes, not even the lead.

    Its organisation says besides where its name is left out.
    """
    answer_id = _asks(made, "rights", WORDS, "nobody")
    _says(made, "rights", answer_id, WORDS)
    rights, round_id = made.world.actor("rights"), made.shown["round_id"]
    with made.database.writing(rights) as session:
        channels.choose(session, rights, round_id, left_out=list(Readers), after=None)


def a_mandate(made: Any) -> None:
    """The Forum signs for itself."""
    forum, round_id = made.world.actor("forum"), made.shown["round_id"]
    with made.database.writing(forum) as session:
        mandates.record(
            session, forum, round_id, for_members=False, mandate="", decided_on=None, after=None
        )


def a_hidden_mandate(made: Any) -> None:
    """The Forum signs for its members: nobody else learns who of them decided what."""
    forum, round_id = made.world.actor("forum"), made.shown["round_id"]
    with made.database.writing(forum) as session:
        before = records.mine(session, forum, round_id)
        mandates.record(
            session, forum, round_id, for_members=True, mandate=WORDS,
            decided_on=date(2026, 11, 20), after=before and before.id,
        )  # fmt: skip


def _clears(made: Any, by: str, words: str) -> None:
    actor, round_id, on = made.world.actor(by), made.shown["round_id"], date(2026, 11, 22)
    with made.database.writing(actor) as session:
        clearances.arrange(session, actor, steps=[words], after=None)
        clearances.record(session, actor, round_id, Saying(words, "yes", words, on), after=None)
        clearances.tell(session, actor, round_id, expected_on=date(2026, 12, 3), after=None)
        after = standings.standing(session, actor, round_id).line_id
        if by == "rights":
            clearances.tell(session, actor, round_id, expected_on=None, after=after)


def a_ladder(made: Any) -> None:
    """Legal Aid's, and what it tells the lead."""
    _clears(made, "legal", "Director")


def a_hidden_ladder(made: Any) -> None:
    """Of Rights Watch; the lead was told a day, which was taken back."""
    _clears(made, "rights", WORDS)


def a_sign_on(made: Any) -> None:
    """What the lead heard of Legal Aid by phone."""
    lead = made.world.actor("relief")
    heard = Heard("Harbour Legal Aid", "endorse", "phone", "Ms H.", shown_name="Harbour")
    with made.database.writing(lead) as session:
        signons.note(session, lead, made.shown["round_id"], heard)


def a_hidden_sign_on(made: Any) -> None:
    """In a text of Rights Watch, of an organisation nobody else knows."""
    lead = made.world.actor("rights")
    heard = Heard(WORDS, "endorse", "mail", WORDS, "halloran@boats.example", WORDS)
    with made.database.writing(lead) as session:
        signons.note(session, lead, made.hidden["round_id"], heard)
