"""What stands in and around a draft: proposals, comments, the live text, translations.

Steps for worlds.py, which says which of them are shown and which are hidden from whom.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pycrdt import Doc, XmlText

from advocacy.access.actor import Actor, Standing
from advocacy.admissions import actions as admissions
from advocacy.amendments import actions as amendments
from advocacy.amendments import queries as proposals
from advocacy.amendments.schema import Kind
from advocacy.asks import actions as asks
from advocacy.asks.rules import Given
from advocacy.asks.rules import Kind as Step
from advocacy.consultations import actions as consultations
from advocacy.discussion import actions as discussion
from advocacy.discussion.rules import More
from advocacy.discussion.schema import Reach
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.organisations import actions as organisations
from advocacy.positions import queries as positions
from advocacy.renderings import actions as renderings
from advocacy.renderings import queries as translations
from advocacy.text.anchor import Anchor
from advocacy.text.shape import fragment
from tests import world as worlds
from tests.world import NOW

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

WORDS = "Halloran at the mill by the old bridge"


# --- proposed wording ----------------------------------------------------------------------------


def proposal(made: Made, by: str, of: dict[str, Any], words: str) -> UUID:
    """Other wording for the clause of a draft, by an organisation of its circle."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        clause = drafts.clause(session, actor, of["document_id"], of["clause_id"])
        return amendments.propose(
            session, actor, of["position_id"], cid=clause.cid, after=None, kind=Kind.REPLACEMENT,
            heading=clause.heading, wording=f"{clause.text} {words}", reason=words,
            base_hash=clause.hash,
        ).id  # fmt: skip


def stand_behind(made: Made, by: str, amendment_id: UUID) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        amendments.support(session, actor, amendment_id, on=NOW.date())


def counter(made: Made, lead: str, amendment_id: UUID, words: str) -> None:
    """Accept a proposal with changes."""
    actor = made.world.actor(lead)
    with made.database.writing(actor) as session:
        row = proposals.amendment(session, actor, amendment_id)
        amendments.offer(
            session, actor, amendment_id, after=row.head_id, seen=row.base_hash,
            heading=row.heading, wording=f"{row.wording} {words}", reason=words,
        )  # fmt: skip


def turn_down(made: Made, lead: str, amendment_id: UUID, words: str) -> None:
    actor = made.world.actor(lead)
    with made.database.writing(actor) as session:
        row = proposals.amendment(session, actor, amendment_id)
        amendments.reject(session, actor, amendment_id, after=row.head_id, reason=words)


def decided_proposals(made: Made) -> None:
    """One that is supported and waits for its proposer, and one that was not taken."""
    stand_behind(made, "women", made.shown["amendment_id"])
    counter(made, "relief", made.shown["amendment_id"], "By day.")
    turn_down(made, "relief", proposal(made, "cluster", made.shown, "Or none."), "Not now.")


def hidden_decisions(made: Made) -> None:
    """The same, in a text that none of the viewers sees."""
    made.hidden["amendment_id"] = proposal(made, "women", made.hidden, WORDS)
    stand_behind(made, "rights", proposal(made, "women", made.hidden, f"{WORDS} too"))
    counter(made, "rights", made.hidden["amendment_id"], WORDS)
    turn_down(made, "rights", proposal(made, "women", made.hidden, f"{WORDS} also"), WORDS)


# --- comments ------------------------------------------------------------------------------------


def comment(made: Made, by: str, of: dict[str, Any], words: str, reach: Reach) -> UUID:
    """A comment with wording on the clause of a draft."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        position = positions.position(session, actor, of["position_id"])
        return discussion.say(
            session, actor, about_id=position.id, lead_id=position.organisation_id,
            audience_id=position.audience_id, text=words,
            anchor=Anchor(of["clause_id"], "0" * 64),
            more=More(kind="red-line", wording=words, reach=reach),
        ).id  # fmt: skip


def dispose(made: Made, lead: str, thread_id: UUID, words: str) -> None:
    actor = made.world.actor(lead)
    with made.database.writing(actor) as session:
        discussion.dispose(session, actor, thread_id, outcome="accepted", reason=words, after=None)


def send(made: Made, by: str, of: dict[str, Any], threads: list[UUID]) -> None:
    """Our own comments to the circle, as one set."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        consultations.send(session, actor, of["position_id"], thread_ids=threads)


def points(made: Made) -> None:
    """A settled comment before the circle, one of Legal's own, and one that they sent."""
    dispose(
        made, "relief", comment(made, "women", made.shown, "Say when.", Reach.CIRCLE), "So be it."
    )
    comment(made, "legal", made.shown, "Among ourselves.", Reach.OWN)
    send(made, "legal", made.shown, [comment(made, "legal", made.shown, "To all.", Reach.OWN)])


def a_comment_to_the_lead(made: Made) -> None:
    """What Women say to Relief alone, on a text that viewers take part in; answered and settled."""
    thread = comment(made, "women", made.shown, WORDS, Reach.LEAD)
    relief = made.world.actor("relief")
    with made.database.writing(relief) as session:
        discussion.reply(session, relief, thread, text=WORDS)
    dispose(made, "relief", thread, WORDS)
    made.hidden["thread_id"] = thread


def hidden_points(made: Made) -> None:
    """A set that Women sent in a hidden text, what they keep inside, and a word to its lead."""
    comment(made, "women", made.hidden, WORDS, Reach.OWN)
    send(made, "women", made.hidden, [comment(made, "women", made.hidden, WORDS, Reach.OWN)])
    dispose(made, "rights", comment(made, "women", made.hidden, WORDS, Reach.LEAD), WORDS)


# --- the live text -------------------------------------------------------------------------------


def step(made: Made, by: str, document_id: UUID, words: str) -> bytes:
    """A step that types at the end of a text's last clause, as a browser would send it."""
    actor = made.world.actor(by)
    with made.database.reading(actor) as session:
        whole, _number = drafts.live_state(session, actor, document_id)
    # A browser's number is by chance; here it is the same in both worlds.
    doc: Doc[Any] = Doc(client_id=7_000 + len(words))
    doc.apply_update(whole)
    steps: list[bytes] = []
    doc.observe(lambda event: steps.append(event.update))
    clauses = fragment(doc).children
    letters = clauses[len(clauses) - 1].children[0].children[0]
    assert isinstance(letters, XmlText)
    letters.insert(len(letters), words)
    return steps[-1]


def typed(made: Made, by: str, document_id: UUID, words: str) -> None:
    """Somebody writes in the live text."""
    actor, payload = made.world.actor(by), step(made, by, document_id, words)
    with made.database.writing(actor) as session:
        drafting.push(session, actor, document_id, payload, key=f"{by}:{len(words)}")


def written_together(made: Made) -> None:
    typed(made, "legal", made.shown["document_id"], " And back.")
    typed(made, "relief", made.shown["document_id"], " Each day of the week.")


def hidden_typing(made: Made) -> None:
    typed(made, "rights", made.hidden["document_id"], f" {WORDS}.")
    typed(made, "women", made.hidden["document_id"], f" {WORDS}, they say.")


# --- translations, asks, workspaces --------------------------------------------------------------


def checked(made: Made, by: str, position_id: UUID, clause_id: UUID) -> None:
    """Somebody else says that the French of a clause says what the clause says."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        of = positions.position(session, actor, position_id)
        side = translations.side(session, actor, of, "fr", clause_id)
        renderings.check(
            session, actor, position_id, "fr", clause_id, based_on=side.rendering.head_id
        )


def a_checked_translation(made: Made) -> None:
    checked(made, "relief", made.shown["position_id"], made.shown["clause_id"])


def a_hidden_step(made: Made) -> None:
    """Rights Watch says that its hidden ask is met, with evidence."""
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        asks.act(
            session, rights, ask_id=made.hidden["ask_id"], kind=Step.CLAIM, to="claimed",
            given=Given(
                text=WORDS, effective_on=NOW.date(), url="https://mill.example/halloran",
                evidence_text=WORDS, evidence_on=NOW.date(),
            ),
            after=None,
        )  # fmt: skip


def coordinator(made: Made, space: UUID) -> Actor:
    """Far Shores, who founds another workspace as its coordinator."""
    database = made.database
    elsewhere = replace(made.world, workspace_id=space, organisations={}, people={}, actors={})
    with database.writing(worlds.founder(NOW)) as session:
        worlds.make_organisation(session, elsewhere, "far", f"Far Shores {WORDS}", "un")
    worlds.refresh(database, elsewhere)
    far = elsewhere.actors["far"]
    with database.writing(far) as session:
        organisations.admit(
            session, far, workspace_id=space, organisation_id=far.must_organisation(),
            standing=Standing.COORDINATOR,
        )  # fmt: skip
    worlds.refresh(database, elsewhere)
    return elsewhere.actors["far"]


def a_hidden_workspace(made: Made) -> None:
    """Another country's, whose coordinator asks somebody in: none of the viewers is in it."""
    root = worlds.founder(NOW)
    with made.database.writing(root) as session:
        space = organisations.found_workspace(
            session, root, name=WORDS, slug="elsewhere", zone="Asia/Amman", country="ELS",
            weekend="4,5",
        ).id  # fmt: skip
    far = coordinator(made, space)
    with made.database.writing(far) as session:
        made.hidden["admission_id"] = admissions.ask(
            session, far, workspace_id=space, email="halloran@rights.example", standing="member"
        )
    made.hidden["workspace_slug"] = "elsewhere"


def an_admission(made: Made) -> None:
    """The cluster asks somebody in: for coordinators to know."""
    cluster = made.world.actor("cluster")
    with made.database.writing(cluster) as session:
        made.hidden["admission_id"] = admissions.ask(
            session, cluster, workspace_id=made.world.workspace_id,
            email="halloran@rights.example", standing="member",
        )  # fmt: skip
