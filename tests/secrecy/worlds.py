"""Two worlds that differ by hidden rows only, and examples of every address.

A *base* step makes what viewers may see; a *hidden* step makes what none of them may, in the
middle of the base, so that a gap in a number or a moved order would show. Each step has its own
seed for ids, so what both worlds have is the same in both. Register a new kind of hidden row in
HIDDEN, a new parameter of an address in a base step, a search or filter in QUERIES.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from advocacy.access.actor import Delegated, Seat, Standing
from advocacy.accounts import actions as accounts
from advocacy.adoptions import actions as adoptions
from advocacy.adoptions.rules import Said as Adoption
from advocacy.annexes import queries as annexes
from advocacy.asks import queries as asks
from advocacy.asks.actions import NewAsk
from advocacy.calendars import actions as calendars
from advocacy.delegations import actions as delegations
from advocacy.delegations.rules import Terms
from advocacy.discussion import actions as discussion
from advocacy.discussion.rules import More
from advocacy.discussion.schema import Reach
from advocacy.drafting import queries as drafting
from advocacy.ground import base, unit
from advocacy.importing.schema import ImportRow, ImportRun
from advocacy.institutions import actions as institutions
from advocacy.invitations import actions as invitations
from advocacy.links import actions as links
from advocacy.logos import actions as logos
from advocacy.organisations import actions as organisations
from advocacy.organisations import actions as seats
from advocacy.organisations.queries import organisation
from advocacy.organisations.schema import Holding, Membership, SeatRow
from advocacy.positions import queries as positions
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.redlines import actions as redlines
from advocacy.redlines.rules import Said as RedLine
from advocacy.reference import actions as reference
from advocacy.reference.rules import testland
from advocacy.renderings import actions as renderings
from advocacy.rounds.rules import Terms as RoundTerms
from advocacy.signoff import queries as rounds
from advocacy.text.anchor import Anchor
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.versions import actions as versions
from advocacy.word import actions as word
from advocacy.word import queries as word_files
from tests import world as worlds
from tests.logos.test_logos import png
from tests.secrecy import (
    following,
    knowing,
    outputs,
    register,
    register_files,
    results,
    says,
    sharing,
    signing,
    texts,
)
from tests.signoff import scene
from tests.word import files
from tests.world import NOW, World

AFTER = scene.CLOSES_AT + timedelta(hours=1)
LATER = date(2026, 12, 10)
WORDS = texts.WORDS


@dataclass
class Made:
    """A world, the records in it by the name their address gives them, and the hidden ones."""

    database: unit.Database
    world: World
    shown: dict[str, Any] = field(default_factory=dict)
    hidden: dict[str, Any] = field(default_factory=dict)
    # endpoint -> values that differ from what `shown` says
    at: dict[str, dict[str, Any]] = field(default_factory=dict)


Step = Callable[[Made], None]
BASE: list[Step] = []
HIDDEN: list[Step] = []
HIDDEN_FROM_OUTSIDE: list[Step] = []
HIDDEN_FROM_CIRCLE: list[Step] = []
HIDDEN_FROM_MEMBERS: list[Step] = []


def build(database: unit.Database, hidden: list[Step]) -> Made:
    """The base, with `hidden` done in its middle."""
    base.seed_ids(1)
    made = Made(database, worlds.found(database))
    middle = len(BASE) // 2
    try:
        for step in (*BASE[:middle], *hidden, *BASE[middle:]):
            base.seed_ids(zlib.crc32(step.__name__.encode()))
            step(made)
    finally:
        base.seed_ids(None)
    return made


def entry(title: str) -> Entry:
    return Entry(
        risk_code="PR15", title=title, summary=f"{title}: summary.", severity=4, sensitivity=1,
        people_low=1_200, people_high=1_500, narrative=WORDS,
    )  # fmt: skip


def report(made: Made, by: str, title: str, sharing: Sharing) -> UUID:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        space = made.world.workspace_id
        return threats.report(
            session, actor, workspace_id=space, entry=entry(title), sharing=sharing
        ).id


def draft(made: Made, by: str, title: str, circle: tuple[str, ...]) -> dict[str, UUID]:
    """A position that is still written, with a thread on its first clause."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        position_id = scene.start(
            session, actor, made.world, circle=circle, title=title, annexes=(f"Map: {title}",)
        )
        position = positions.position(session, actor, position_id)
        clause = drafting.clauses(session, actor, position.document_id)[1]
        thread = discussion.say(
            session, actor, about_id=position_id, lead_id=actor.must_organisation(),
            audience_id=position.audience_id, text=f"A word on {title}",
            anchor=Anchor(clause.cid, "0" * 64, "clinics"),
        )  # fmt: skip
        annex = annexes.of_draft(session, actor, position.document_id)[0]
        return {
            "position_id": position_id,
            "annex_id": annex.id,
            "annex_file_id": annex.file_id,
            "document_id": position.document_id,
            "clause_id": clause.cid,
            "thread_id": thread.id,
        }


def asked(made: Made, by: str, title: str, **terms: Any) -> dict[str, UUID]:
    """A frozen version with a round put to the circle."""
    circle = terms.pop("circle", scene.CIRCLE)
    done = scene.frozen(
        made.database, made.world, lead=by, title=title, circle=circle, annexes=(f"Map: {title}",)
    )
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        roster = scene.ids(made.world, *circle)
        round_id = done.open_round(session, actor, roster, **terms)
    return {"position_id": done.position_id, "version_id": done.version.id, "round_id": round_id}


def answer(made: Made, by: str, round_id: UUID, **more: Any) -> UUID:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        return scene.reply(session, actor, rounds.round_of(session, actor, round_id), **more)


def recommend(made: Made, by: str, title: str, reach: str, **about: Any) -> dict[str, UUID]:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        space = made.world.workspace_id
        owner = institutions.add(
            session, actor, workspace_id=space, name=f"Owner of {title}", kind="authority", **about
        )
        row = recommendations.add(
            session, actor, workspace_id=space, new=NewText(title=title, text=f"{title}, please."),
            to=NewAsk(institution_id=owner.id, due_on=date(2026, 6, 30)), reach=reach,
        )  # fmt: skip
        (ask,) = asks.asks_of(session, actor, [row.id])[row.id]
        return {"recommendation_id": row.id, "ask_id": ask.id, "institution_id": owner.id}


# --- what may be seen ---------------------------------------------------------------------------


def lists(made: Made) -> None:
    with made.database.writing(worlds.founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, testland())


def a_body(made: Made) -> None:
    """An advisory group with Legal in it, and its days off."""
    lead, space = made.world.actor("cluster"), made.world.workspace_id
    with made.database.writing(lead) as session:
        body = organisations.found_body(session, lead, workspace_id=space, name="Advisory group")
        made.shown["body_id"] = body.id
        adoptions.set_body(
            session, lead, body.id, chair="The cluster", after=None,
            roster=[made.world.organisations["legal"]],
        )  # fmt: skip
        calendars.set_days(
            session, lead, space, first=LATER, last=LATER, kind="holiday", name="Feast"
        )


def adopt(made: Made, by: str, position_id: UUID, words: str = "") -> UUID:
    """The advisory group is asked about a text of `by`, and refers it where words are given."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        last = positions.versions(session, actor, position_id)[0].id
        step = adoptions.plan(
            session, actor, position_id, body_id=made.shown["body_id"], deed="adopts", after=last
        )
        if words:
            said = Adoption("referred", NOW.date(), words, minutes=words, words=words)
            adoptions.record(session, actor, step.id, said, after=None)
        return step.id


def a_threat(made: Made) -> None:
    made.shown["threat_id"] = report(made, "relief", "Checkpoints", Sharing("members"))
    says.of(made, "legal", made.shown["threat_id"], "We see it at the bridge.")
    says.agreed(made, made.shown["threat_id"])
    threat_id = made.shown["threat_id"]
    made.shown["proposal_id"] = says.proposal(made, "legal", threat_id, "At bridges")
    made.shown["remark_id"] = says.remark(
        made, "legal", threat_id, "Since?", "record", asks="relief"
    )
    says.folded(made, made.shown["remark_id"])
    made.shown["exhibit_id"] = says.proof(made, "legal", threat_id, "view", "Order")
    known = knowing.all_of(made, "relief", made.shown["threat_id"], "Road blocks")
    made.at["analysis.remove_submit"] = known


def a_draft(made: Made) -> None:
    made.shown |= draft(made, "relief", "Clinics", scene.CIRCLE)


def a_proposal(made: Made) -> None:
    made.shown["amendment_id"] = texts.proposal(made, "legal", made.shown, "All of them.")


def an_open_round(made: Made) -> None:
    got = asked(made, "relief", "Schools", closes_on=LATER)
    made.shown |= {"round_id": got["round_id"], "version_id": got["version_id"]}
    made.shown["answer_id"] = answer(made, "legal", got["round_id"], outside="named", inside="all")
    made.shown["step_id"] = adopt(made, "relief", got["position_id"])


def a_public_threat(made: Made) -> None:
    made.shown["other_id"] = report(made, "relief", "Floods", Sharing("public"))


def a_recommendation(made: Made) -> None:
    made.shown |= recommend(made, "relief", "Open the crossings", "public")
    made.shown["kind"] = "response"
    donor = made.world.organisations["donor"]
    got = recommend(made, "relief", "Pay for two clinics", "donors", member_id=donor)
    made.at["donors.reply"] = {"ask_id": got["ask_id"]}


def a_tie(made: Made) -> None:
    got = recommend(made, "relief", "Open the bridge", "members")
    made.shown["tie_id"] = following.tied(made, "relief", got["recommendation_id"], "part_of")
    raised = made.shown["recommendation_id"]
    made.shown |= following.window(made, "relief", "Visit of the envoy", "members", raised)
    step = following.milestone(made, "relief", made.shown["ask_id"], "The decree is drafted")
    made.shown["milestone_id"] = step
    following.wording(made, "relief", raised, "Ouvrez les passages")
    part = following.body(made, "relief", made.shown, "Agency")
    made.at["commitments.commitment"] = {"institution_id": part}
    following.about(made, "relief", raised, "Access")


def a_release(made: Made) -> None:
    got = asked(made, "relief", "Wells", terms=RoundTerms(late_until=outputs.LATE))
    answer(made, "women", got["round_id"], outside="named", inside="all", logo=True)
    outputs.a_text_out(made, got)
    lead = made.world.actor("relief", now=AFTER)
    with made.database.reading(lead) as session:
        version = positions.version(session, lead, got["version_id"])
        clause = next(c for c in version.clauses if c.kind == "recommendation")
        made.at["annexes.with_release"] = {"annex_file_id": version.annexes[0].file_id}
    for name in ("followups.clauses", "followups.clause"):
        made.at[name] = {"version_id": version.id, "clause_id": clause.cid}


def kept(made: Made, by: str, words: str, *, shown: bool = False) -> UUID:
    """A red line of an organisation."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        return redlines.keep(session, actor, RedLine(words, is_shown=shown, why=WORDS)).id


def translated(made: Made, by: str, position_id: UUID) -> None:
    """The second clause of a text in French, unchecked."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        of = positions.position(session, actor, position_id)
        clause = drafting.clauses(session, actor, of.document_id)[1]
        renderings.write(
            session, actor, position_id, "fr", clause.cid, heading="", text=f"{WORDS}, en bref.",
            source_hash=clause.hash, based_on=None,
        )  # fmt: skip


def aids(made: Made) -> None:
    """Words that Relief and Legal do not use, and a translation."""
    made.shown |= {"language": "fr", "red_line_id": kept(made, "relief", "blockade")}
    kept(made, "legal", "turned back", shown=True)
    translated(made, "legal", made.shown["position_id"])


def keys_of_people(made: Made) -> None:
    """A holding of Relief, and the membership of Legal."""
    relief = made.world.actor("relief")
    with made.database.reading(relief) as session:
        assert organisation(session, relief)
        held = select(Holding.id).join(SeatRow, SeatRow.id == Holding.seat_id)
        made.shown["holding_id"] = session.scalar(
            held.where(SeatRow.organisation_id == relief.organisation_id).order_by(Holding.id)
        )
        legal = made.world.organisations["legal"]
        made.shown["membership_id"] = session.scalar(
            select(Membership.id).where(Membership.member_id == legal)
        )


def word_file(made: Made, by: str, position_id: UUID) -> dict[str, UUID]:
    """A text that came back from Word, with a table in it that needs a person."""
    actor = made.world.actor(by)

    def change(root: Any) -> None:
        cell = f"<w:tc><w:p>{files.typed(WORDS if by == 'rights' else 'Twelve wells')}</w:p></w:tc>"
        root[0].insert(3, files.node(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))

    with made.database.writing(actor) as session:
        data = files.edited(files.exported(session, actor, position_id), change)
        kept = word.receive(session, actor, position_id, paper=files.paper(data), digest=by)
        (first, *_rest) = word_files.file(session, actor, kept).items
        return {"file_id": kept, "item_id": first.id}


def a_word_file(made: Made) -> None:
    made.shown |= word_file(made, "legal", made.shown["position_id"])


def lent(made: Made, by: str) -> UUID:
    """A drafter of an organisation who may sign for it."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        person = accounts.add_person(session, actor, name=f"D. {by}", email=f"d@{by}.example")
        seats.seat_person(
            session, actor, organisation_id=actor.must_organisation(), person_id=person.id,
            kind=Seat.DRAFTER,
        )  # fmt: skip
        terms = Terms(person.id, Delegated.PUBLIC, NOW, NOW + timedelta(days=30))
        return delegations.give(session, actor, terms).id


def a_delegation(made: Made) -> None:
    made.shown["delegation_id"] = lent(made, "relief")


def a_hidden_delegation(made: Made) -> None:
    made.hidden["delegation_id"] = lent(made, "rights")
    made.hidden["logo_id"] = pictured(made, "rights")


def pictured(made: Made, by: str) -> UUID:
    """A logo of an organisation."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        return logos.put(session, actor, png(), after=None).id


def a_logo(made: Made) -> None:
    made.shown["logo_id"] = pictured(made, "women")


BASE += [
    lists,
    a_body,
    sharing.a_protocol,
    sharing.a_circle,
    sharing.an_area,
    a_threat,
    a_draft,
    an_open_round,
    signing.a_mandate,
]
BASE += [a_public_threat, a_recommendation, results.an_outcome, a_tie, a_release]
BASE += [a_proposal, texts.decided_proposals, aids, texts.a_checked_translation, keys_of_people]
BASE += [a_word_file, texts.points, texts.written_together, a_delegation, a_logo, signing.a_request]
BASE += [
    outputs.a_saved_view,
    register_files.a_file,
    register_files.a_sheet,
    register_files.a_batch,
    signing.a_ladder,
    signing.a_sign_on,
    outputs.a_delivery,
    outputs.a_share,
    register.a_known_record,
    register.a_draft,
]


# --- what none of the viewers may see; Rights Watch makes it ------------------------------------


def a_hidden_threat(made: Made) -> None:
    made.hidden["threat_id"] = report(made, "rights", WORDS, Sharing("own"))
    knowing.all_of(made, "rights", made.hidden["threat_id"], WORDS)


def hidden_views(made: Made) -> None:
    """What the Association says for itself of a threat that viewers see, and to Rights Watch."""
    says.of(made, "women", made.shown["threat_id"], WORDS, reach="own", shows_dissent=True)
    women = frozenset({made.world.organisations["women"]})
    to_women = report(made, "rights", f"{WORDS} too", Sharing("named", women))
    says.of(made, "women", to_women, WORDS, attribution="named")
    made.hidden["proposal_id"] = says.proposal(made, "women", to_women, WORDS)
    made.hidden["remark_id"] = says.remark(made, "women", to_women, WORDS, "owner", asks="rights")
    gone = says.remark(made, "women", made.shown["threat_id"], WORDS, "record", asks="relief")
    says.taken_back(made, "women", gone)


def a_threat_for_one_other(made: Made) -> None:
    women = frozenset({made.world.organisations["women"]})
    report(made, "rights", f"{WORDS} again", Sharing("named", women))


def a_hidden_draft(made: Made) -> None:
    made.hidden |= draft(made, "rights", WORDS, ("women",))


def a_hidden_round(made: Made) -> None:
    got = asked(made, "rights", WORDS, circle=("women",), closes_on=LATER)
    made.hidden |= {"round_id": got["round_id"], "version_id": got["version_id"]}
    made.hidden["answer_id"] = answer(made, "women", got["round_id"], inside="all")
    made.hidden["step_id"] = adopt(made, "rights", got["position_id"], WORDS)


def a_hidden_recommendation(made: Made) -> None:
    known = {made.world.organisations["rights"]}
    made.hidden |= recommend(made, "rights", WORDS, "own", known_to=known)


def a_hidden_tie(made: Made) -> None:
    source = made.hidden["recommendation_id"]
    made.hidden["tie_id"] = following.tied(made, "rights", source, "supersedes", WORDS)
    made.hidden |= following.window(made, "rights", WORDS, "own", source)
    step = following.milestone(made, "rights", made.hidden["ask_id"], WORDS)
    made.hidden["milestone_id"] = step
    following.wording(made, "rights", source, WORDS)
    following.body(made, "rights", made.hidden, WORDS, known_to=())
    following.about(made, "rights", source, WORDS)


def a_hidden_link(made: Made) -> None:
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        links.link(
            session, rights, source=("threat", made.hidden["threat_id"]),
            target=("position", made.shown["position_id"]),
        )  # fmt: skip


def a_hidden_comment(made: Made) -> None:
    """Rights Watch among themselves, on a text that viewers take part in; settled and opened."""
    rights, shown = made.world.actor("rights"), made.shown
    with made.database.writing(rights) as session:
        of = positions.position(session, rights, shown["position_id"])
        thread = discussion.say(
            session, rights, about_id=of.id, lead_id=of.organisation_id,
            audience_id=of.audience_id, text=WORDS, anchor=Anchor(shown["clause_id"], "0" * 64),
            more=More(kind="red-line", wording=WORDS, reach=Reach.OWN),
        )  # fmt: skip
        discussion.reply(session, rights, thread.id, text=WORDS)
        discussion.resolve(session, rights, thread.id)
        discussion.reopen(session, rights, thread.id)


def a_hidden_import(made: Made) -> None:
    """A run of Rights Watch's, and that it made their hidden recommendation."""
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        run = ImportRun(
            id=base.new_id(), kind="recommendations.upr", workspace_id=made.world.workspace_id,
            person_id=rights.person_id, organisation_id=rights.must_organisation(), at=NOW,
            file_name=f"{WORDS}.csv", file_hash="0" * 64, counts={"new": 1},
        )  # fmt: skip
        session.add(run)
        session.flush()
        target = made.hidden["recommendation_id"]
        row = {"key": WORDS, "verdict": "new", "target_id": target, "fingerprint": "1" * 64}
        session.add(ImportRow(run_id=run.id, **row))
        made.hidden["run_id"] = run.id


def a_hidden_invitation(made: Made) -> None:
    """Somebody is asked into a seat of Rights Watch."""
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        made.hidden["invitation_id"] = invitations.invite(
            session, rights, email="halloran@rights.example", name=WORDS, kind=Seat.DRAFTER
        )


def a_hidden_reading(made: Made) -> None:
    """That somebody has read a text is known to their own organisation alone."""
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        versions.saw(session, rights, made.shown["position_id"])


def hidden_aids(made: Made) -> None:
    """Words kept by members of all circles who show them in none, and one in a hidden text.

    Besides: a translation of that text, and what a source named in a shown text stands for.
    """
    made.hidden["red_line_id"] = kept(made, "rights", "clinics")
    kept(made, "women", "Governor")
    translated(made, "rights", made.hidden["position_id"])
    texts.checked(made, "women", made.hidden["position_id"], made.hidden["clause_id"])
    rights = made.world.actor("rights")
    with made.database.writing(rights) as session:
        links.cite(
            session, rights, position_id=made.shown["position_id"],
            record=("threat", made.hidden["threat_id"]), label=WORDS,
        )  # fmt: skip


def a_hidden_word_file(made: Made) -> None:
    """Of a text that all of the circle see: what was found is for the sender's organisation."""
    made.hidden |= word_file(made, "rights", made.shown["position_id"])


def a_hidden_release(made: Made) -> None:
    got = asked(made, "rights", f"{WORDS} out", circle=("women",))
    answer(made, "women", got["round_id"], outside="named", inside="all", logo=True)
    outputs.a_hidden_release(made, got)


HIDDEN += [a_hidden_threat, hidden_views, a_threat_for_one_other, a_hidden_draft, a_hidden_round]
HIDDEN += [a_hidden_release, signing.a_hidden_ladder, signing.a_hidden_answer]
HIDDEN += [signing.a_hidden_sign_on, signing.a_hidden_mandate]
HIDDEN += [a_hidden_recommendation, a_hidden_tie, a_hidden_link, hidden_aids]
HIDDEN += [a_hidden_delegation, a_hidden_import, a_hidden_invitation, a_hidden_comment]
HIDDEN += [texts.hidden_decisions, texts.hidden_points, texts.hidden_typing, texts.a_hidden_step]
HIDDEN += [sharing.a_hidden_circle, a_hidden_reading, a_hidden_word_file, texts.a_hidden_workspace]


def a_hidden_membership(made: Made) -> None:
    """Members know of a second donor; observers and the first donor do not."""
    with made.database.writing(worlds.founder(NOW)) as session:
        worlds.make_organisation(session, made.world, "second", f"Fund {WORDS}", "donor")
    worlds.admit(made.database, made.world, "second", Standing.DONOR)
    worlds.refresh(made.database, made.world)


HIDDEN += [sharing.a_hidden_word, results.a_hidden_outcome, results.a_hidden_contribution]
HIDDEN_FROM_OUTSIDE += [a_hidden_membership, outputs.a_name_left_out]
HIDDEN_FROM_OUTSIDE += [results.a_contribution_for_members]
HIDDEN_FROM_CIRCLE += [texts.a_comment_to_the_lead]
HIDDEN += [register_files.a_hidden_batch]
HIDDEN += [register_files.a_hidden_file, register_files.a_hidden_sheet, outputs.a_hidden_saved_view]
HIDDEN += [
    outputs.a_hidden_hand,
    register.a_hidden_known_record,
    register.a_hidden_draft,
    register.a_record_for_a_hidden_circle,
]
HIDDEN_FROM_MEMBERS += [texts.an_admission, sharing.a_hidden_acceptance]


def hidden_from(viewer: str) -> list[Step]:
    """All that this viewer may not see, as much of it as there is."""
    inside = viewer in worlds.ORGANISATIONS and viewer not in {"observer", "donor"}
    return [
        *HIDDEN,
        *([] if inside else HIDDEN_FROM_OUTSIDE),
        *([] if viewer == "relief" else HIDDEN_FROM_CIRCLE),
        *([] if viewer == "cluster" else HIDDEN_FROM_MEMBERS),
    ]


# Searches, filters and views of a list that a crawl of bare addresses would not ask for.
QUERIES = {
    "picture.register": [
        *("?q=Halloran", "?q=Checkpoints", "?risk=PR15", "?severity=4"),
        *("?level=0", "?area=TST02&level=2"),
    ],
    "picture.table": [
        "?area=TST0201",
        "?q=Halloran",
        "?cols=people.level&sort=severity",
        "?whose=ours&sort=title",
        "?state=draft",
        "?state=monitoring",
    ],
    "savedviews.saved": ["?view=table&severity=4&q=Halloran"],
    "trends.trend": ["?q=Halloran", "?by=quarter"],
    "reviews.many": ["?marked=1&left={threat_id}"],
    "maps.areas": ["?q=Halloran", "?risk=PR15", "?area=TST02&level=2", "?area=TST0201"],
    "maps.likelihood": ["?q=Halloran", "?severity=4"],
    "positions.positions": ["?q=Halloran", "?stage=drafting", "?stage=signoff"],
    "recommendations.recommendations": [
        "?q=Halloran",
        "?q=crossings",
        "?late=1",
        "?group=CHI&priority=1",
        "?sdg=16&tag=Halloran",
    ],
    "boards.board": ["?words=Halloran", "?late=1", "?progress=not_started", "?on=2026-11-22"],
    "boards.about": ["?group=CHI", "?priority=1&late=1"],
    "briefs.team": ["?since=2026-01-01"],
    "briefs.donor": ["?since=2026-01-01"],
    "reports.files": ["?words=Halloran", "?on=2026-11-21"],
    "boards.timeline": ["?words=Halloran", "?on=2026-11-22"],
    "together.choose": ["?deed=theme", "?deed=raised&words=Halloran", "?late=1"],
    "assignments.held": ["?whose=led", "?whose=all", "?institution={institution_id}"],
    "dues.dues": ["?whose=mine"],
    "boards.owner": ["?show=late", "?on=2026-11-22"],
    "boards.move": ["?to=claimed"],
    "outcomes.outcomes": ["?standing=undone", "?level=practice"],
    "outcomes.detail": ["?on=2026-09-15"],
    "institutions.institutions": ["?q=Halloran"],
    "organisations.directory": ["?q=Halloran"],
    "positions.start": ["?threat={threat_id}"],
    "amendments.amendments": ["?ours=1", "?state=open", "?clause={clause_id}"],
    "amendments.propose": ["?again={amendment_id}"],
    "live.updates": ["?since=0", "?since=1"],
    "live.events": ["?since=0", "?since=1"],
    "versions.compare": ["?from=read", "?show=ours", "?show=all&view=side"],
    "consultations.points": ["?whose=ours", "?kind=red-line", "?reach=own", "?state=open"],
    "consultations.matrix": ["?reach=lead", "?reach=own"],
}
