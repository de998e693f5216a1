"""Keep what was read in a file, send it, place what had no place, make a text of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.amendments import actions as amendments
from advocacy.amendments import queries as proposals
from advocacy.amendments.schema import Kind
from advocacy.audit import actions as audit
from advocacy.copies import queries as copies
from advocacy.discussion import actions as discussion
from advocacy.discussion import queries as talks
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import MOST_CLAUSES, NewClause, words_faults
from advocacy.formats import docx_clauses
from advocacy.formats.docx import Paper
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.positions import actions as texts
from advocacy.positions.rules import ENDED, Details
from advocacy.positions.schema import Position, Stage
from advocacy.text.anchor import Anchor
from advocacy.text.bounded import Budget
from advocacy.text.hashes import Clause
from advocacy.word import mapper, queries, rules
from advocacy.word.rows import Fate, FileRow, Found, ItemRow, Reading, What
from advocacy.word.schema import WordFile, WordItem

_AS_KIND = {
    What.REPLACEMENT: Kind.REPLACEMENT,
    What.INSERTION: Kind.INSERTION,
    What.DELETION: Kind.DELETION,
    What.MOVE: Kind.MOVE,
}


def receive(
    session: Session, actor: Actor, position_id: UUID, *, paper: Paper, digest: str
) -> UUID:
    """Keep what a returned file of this text holds, for one's own organisation to look at.

    digest: SHA-256 of the file's bytes. Raises: NotFound; Denied; Invalid for a file of another
    text, one that was sent before, or one with too much in it; Conflict when the text is out.
    """
    of = queries.party(session, actor, position_id)
    if Stage(of.stage) in ENDED:
        raise Conflict(Reason("amendments.text-is-out"))
    if queries.sent_before(session, actor, position_id, digest):
        raise Invalid(Reason("word.sent-before", "file"))
    read = _read(session, actor, of, paper)
    kept = _keep(session, actor, of.workspace_id, read, digest, of=of)
    event = rules.Received(
        str(of.id), len(read.found), read.facts["changes"], read.facts["comments"]
    )
    audit.record(session, actor, event, book=_book(kept), about=kept)
    return kept


def _read(session: Session, actor: Actor, of: Position, paper: Paper) -> Reading:
    source = copies.origin(session, actor, of, paper)
    part = paper.part or {"known": [], "line": []}
    base = mapper.Base(
        clauses=source.clauses,
        title=source.title,
        lines=frozenset(row["words"] for row in part["line"]),
        known={row["key"]: row.get("thread", "") for row in part["known"] if "key" in row},
        traces={} if paper.part else copies.traces(session, actor, of),
        html=source.html,
        unsure=source.unsure,
        is_bare=source.is_bare,
        theirs={
            (row.after if row.kind is Kind.INSERTION else row.cid, row.heading, row.wording): (
                row.organisation_name
            )
            for row in proposals.open_ones(session, actor, of.id)
        },
        mine=actor.organisation_name,
    )
    found = mapper.findings(paper, base)
    unseen = paper.count - sum(one.count for one in found)
    if unseen > 0:
        found.append(Found(What.WORDS, Fate.PERSON, "word.in-elsewhere", count=unseen))
    found = [_fitting(one) for one in found]
    Invalid.unless_empty(rules.paper_faults([f for f in found if f.state is not Fate.NOTHING]))
    version = source.version
    return Reading(
        of.title, tuple(found), _facts(paper),
        version.id if version else None, version.number if version else 0,
    )  # fmt: skip


def _facts(paper: Paper) -> dict[str, int]:
    return {"changes": paper.count, "looks": paper.looks, "comments": len(paper.comments)}


def _fitting(found: Found) -> Found:
    """What is longer than a clause may be needs a person; its words are kept."""
    is_long = found.what is not What.COMMENT and words_faults(found.heading, found.wording)
    if found.state is Fate.READY and is_long:
        return replace(found, state=Fate.PERSON, why="word.long-clause")
    return found


def take(session: Session, actor: Actor, workspace_id: UUID, *, paper: Paper, digest: str) -> UUID:
    """Keep what a foreign file holds, to begin a text from it. Raises: Denied; Invalid."""
    policy.require(actor, "position:start", policy.About(workspace_id=workspace_id))
    title, clauses = docx_clauses.draft(paper)
    if not clauses:
        raise Invalid(Reason("word.no-words", "file"))
    if len(clauses) > MOST_CLAUSES:
        facts = {"most": MOST_CLAUSES, "number": len(clauses)}
        raise Invalid(Reason("word.many-clauses", "file", facts))
    Invalid.unless_empty([f for c in clauses for f in words_faults(c.heading, c.text)][:1])
    found = [
        Found(What.CLAUSE, clause_kind=c.kind, heading=c.heading, wording=c.text) for c in clauses
    ]
    read = Reading(title, (*found, *mapper.asides(paper)), _facts(paper))
    kept = _keep(session, actor, workspace_id, read, digest)
    event = rules.Received("", len(read.found), read.facts["changes"], read.facts["comments"])
    audit.record(session, actor, event, book=_book(kept), about=kept)
    return kept


def _keep(
    session: Session, actor: Actor, workspace_id: UUID, read: Reading, digest: str,
    *, of: Position | None = None,
) -> UUID:  # fmt: skip
    mine = actor.must_organisation()
    own = audience.intern(session, {mine})
    who = audience.meet(session, of.audience_id, own, now=actor.now) if of else own
    shared = {"organisation_id": mine, "audience_id": who, "own_audience_id": own}
    made = WordFile(
        id=new_id(),
        **shared,
        workspace_id=workspace_id,
        position_id=of.id if of else None,
        version_id=read.version_id,
        version_number=read.version_number,
        person_id=actor.person_id,
        at=actor.now,
        title=read.title[:300],
        digest=digest,
        facts=read.facts,
        sent_at=None,
    )
    session.add(made)
    session.flush()
    for number, found in enumerate(read.found, 1):
        values = {**asdict(found), "what": found.what.value, "state": found.state.value}
        row = WordItem(id=new_id(), **shared, file_id=made.id, number=number, **values)
        session.add(row)
    session.flush()
    return made.id


def send(session: Session, actor: Actor, file_id: UUID) -> FileRow:
    """Make proposals and comments of all that is ready; what cannot go waits for a person.

    Raises: NotFound; Denied; Conflict when it was sent already, or the text is out.
    """
    kept = _locked(session, actor, file_id)
    if kept.position_id is None:
        raise NotFound
    of = queries.party(session, actor, kept.position_id)
    if kept.sent_at is not None:
        raise Conflict(Reason("word.sent-already"))
    now = {c.cid: c for c in drafts.clauses(session, actor, of.document_id)}
    rows = list(session.scalars(select(WordItem).where(WordItem.file_id == file_id)))
    items = {one.id: one for one in queries.file(session, actor, file_id).items}
    # What begins a thread goes before what answers it.
    rows.sort(key=lambda row: ("answers" in row.facts, row.number))
    left = Budget()
    threads = {str(one.id): one.id for one in talks.threads(session, actor, of.id)}
    for row in rows:
        if row.state == Fate.READY.value:
            _send_one(session, actor, of, row, items[row.id], now, kept.version_id, threads, left)
    kept.sent_at = actor.now
    session.flush()
    made = queries.file(session, actor, file_id)
    sent = [one for one in made.items if one.state is Fate.SENT]
    comments = sum(one.what is What.COMMENT for one in sent)
    event = rules.Sent(len(sent) - comments, comments, made.waiting)
    audit.record(session, actor, event, book=_book(file_id), about=file_id)
    return made


def _send_one(
    session: Session, actor: Actor, of: Position, row: WordItem, item: ItemRow,
    now: dict[UUID, Clause], version_id: UUID | None, threads: dict[str, UUID], left: Budget,
) -> None:  # fmt: skip
    if item.what is What.COMMENT:
        thread_id = threads.get(item.facts.get("answers", ""))
        if thread_id is not None:
            discussion.reply(session, actor, thread_id, text=item.wording)
        result = thread_id or _say(
            session, actor, of, item, now.get(item.cid) if item.cid else None
        )
        threads[item.facts.get("said", "")] = result
        _settle(actor, row, Fate.SENT, result)
        return
    ready, why = (item, "") if version_id else rules.on_today(item, now, left)
    if why:
        row.state, row.why = Fate.PERSON.value, why
        return
    result = amendments.propose(
        session,
        actor,
        of.id,
        cid=ready.cid,
        after=ready.after,
        kind=_AS_KIND[ready.what],
        heading=ready.heading,
        wording=ready.wording,
        reason="",
        base_hash=ready.base_hash,
        made_from=version_id,
        clause_kind=ready.clause_kind if ready.what is What.INSERTION else "",
    ).id
    _settle(actor, row, Fate.SENT, result)


def _say(
    session: Session, actor: Actor, of: Position, item: ItemRow, clause: Clause | None
) -> UUID:
    """The comment at its clause, or about the whole text where the clause is gone."""
    anchor = None
    if clause is not None:
        anchor = Anchor(clause.cid, item.base_hash or clause.hash, item.quote)
    words = item.wording if anchor or not item.quote else f"> {item.quote}\n\n{item.wording}"
    return discussion.say(
        session,
        actor,
        about_id=of.id,
        lead_id=of.organisation_id,
        audience_id=of.audience_id,
        text=words,
        anchor=anchor,
    ).id


def place(session: Session, actor: Actor, item_id: UUID, *, how: What, cid: UUID | None) -> ItemRow:
    """Put words that had no place where a person says.

    how: a comment on a clause (or the whole), a new clause after it (None = first), other words
    for it, or its removal. Raises: NotFound; Denied; Invalid; Conflict when it was settled, or
    the clause is gone.
    """
    row, item, kept = _waiting(session, actor, item_id)
    if kept.position_id is None:
        raise Invalid(Reason("word.make-first"))
    of = queries.party(session, actor, kept.position_id)
    now = {c.cid: c for c in drafts.clauses(session, actor, of.document_id)}
    if cid is not None and cid not in now:
        raise Conflict(Reason("word.clause-gone"))
    if not (item.wording or item.heading) and how is not What.DELETION:
        raise Invalid(Reason("word.nothing-to-place"))
    if how is What.COMMENT:
        words = replace(item, wording="\n\n".join(w for w in (item.heading, item.wording) if w))
        result = _say(session, actor, of, words, now.get(cid) if cid else None)
    else:
        if cid is None and how is not What.INSERTION:
            raise Invalid(Reason("word.choose-clause", "clause"))
        result = amendments.propose(
            session,
            actor,
            of.id,
            cid=None if how is What.INSERTION else cid,
            after=cid if how is What.INSERTION else None,
            kind=_AS_KIND[how],
            heading="" if how is What.DELETION else item.heading,
            wording="" if how is What.DELETION else item.wording,
            reason="",
            base_hash=now[cid].hash if cid else "",
        ).id
    _settle(actor, row, Fate.PLACED, result)
    session.flush()
    event = rules.Placed(str(item_id), how.value)
    audit.record(session, actor, event, book=_book(kept.id), about=kept.id)
    return item


def dismiss(session: Session, actor: Actor, item_id: UUID) -> ItemRow:
    """Say that nothing is to be done about it; its words stay. Raises as `place` does."""
    row, item, kept = _waiting(session, actor, item_id)
    if kept.position_id is not None:
        queries.party(session, actor, kept.position_id)
    _settle(actor, row, Fate.DISMISSED, None)
    session.flush()
    audit.record(session, actor, rules.Dismissed(str(item_id)), book=_book(kept.id), about=kept.id)
    return item


def make(
    session: Session, actor: Actor, file_id: UUID, *, kind: str, language: str, details: Details
) -> Position:
    """Begin a text with the clauses of a foreign file.

    Raises: NotFound; Denied; Invalid; Conflict when one was begun from it already.
    """
    kept = _locked(session, actor, file_id)
    if kept.position_id is not None:
        raise Conflict(Reason("word.made-already"))
    items = queries.file(session, actor, file_id).items
    clauses = [
        NewClause(one.clause_kind, one.heading, one.wording)
        for one in items
        if one.what is What.CLAUSE
    ]
    made = texts.start(
        session,
        actor,
        workspace_id=kept.workspace_id,
        kind=kind,
        language=language,
        clauses=clauses,
        **asdict(details),
    )
    kept.position_id, kept.sent_at = made.id, actor.now
    _settle_clauses(session, actor, file_id)
    event = rules.Made(str(made.id), len(clauses))
    audit.record(session, actor, event, book=_book(file_id), about=file_id)
    return made


def _settle_clauses(session: Session, actor: Actor, file_id: UUID) -> None:
    query = select(WordItem).where(WordItem.file_id == file_id, WordItem.state == Fate.READY.value)
    for row in session.scalars(query):
        _settle(actor, row, Fate.SENT, None)
    session.flush()


def _settle(actor: Actor, row: WordItem, state: Fate, result: UUID | None) -> None:
    row.state, row.result_id = state.value, result
    row.settled_at, row.settled_by = actor.now, actor.person_id


def _locked(session: Session, actor: Actor, file_id: UUID) -> WordFile:
    queries.file(session, actor, file_id)
    query = select(WordFile).where(WordFile.id == file_id).with_for_update()
    found: Sequence[WordFile] = session.scalars(
        query.execution_options(populate_existing=True)
    ).all()
    return found[0]


def _waiting(session: Session, actor: Actor, item_id: UUID) -> tuple[WordItem, ItemRow, WordFile]:
    item = queries.item(session, actor, item_id)
    kept = _locked(session, actor, item.file_id)
    row = session.get_one(WordItem, item_id, populate_existing=True)
    if row.state != Fate.PERSON.value:
        raise Conflict(Reason("word.settled"))
    return row, item, kept


def _book(file_id: UUID) -> str:
    return f"word:{file_id}"
