"""A text as the sheet that is written into a Word file; and what a file was made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.amendments import queries as amendments
from advocacy.amendments.rows import AmendmentRow, Currency
from advocacy.amendments.schema import Kind
from advocacy.copies import rules
from advocacy.discussion import queries as discussion
from advocacy.discussion.rows import ThreadRow
from advocacy.drafting import queries as drafts
from advocacy.formats import docx_match
from advocacy.formats.docx import Block, Mark, Paper, Said
from advocacy.formats.docx_clauses import cid_of
from advocacy.formats.docx_write import Piece, Sheet
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.ids import as_id
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position
from advocacy.text.hashes import Clause


@dataclass(frozen=True)
class Labels:
    """Words of the export, in the reader's language. proposes: kind of proposal -> sentence."""

    lines: tuple[str, ...]
    proposes: Mapping[str, str]


def sheet(
    session: Session, actor: Actor, of: Position, version: VersionRow | None, labels: Labels
) -> Sheet:
    """A text as it goes into a Word file: what all of its circle may see, and nothing else.

    version: None = as the text reads now.
    """
    clauses, html = _read(session, actor, of, version)
    rows = [
        row
        for row in amendments.open_ones(session, actor, of.id)
        if _fits(row, clauses, version.id if version else None)
    ]
    # A thread for some of the circle only stays here: the file is read by all of it.
    threads = [
        thread
        for thread in discussion.threads(session, actor, of.id)
        if thread.is_open and thread.audience_id == of.audience_id
    ]
    speakers = {said.organisation_id for thread in threads for said in thread.comments}
    names = organisations.names(session, speakers)
    making = _Making(clauses, labels, html)
    making.say(threads, names)
    pieces = making.pieces(rows, is_draft=version is None)
    number = version.number if version else 0
    return Sheet(
        title=version.title if version else of.title,
        language=of.language,
        bookmark=f"_p{of.id.hex}_{number}",
        lines=labels.lines,
        clauses=tuple(pieces),
        marks=tuple(making.marks),
        comments=tuple(making.comments),
        about={
            "position": str(of.id),
            "version": str(version.id) if version else "",
            "number": str(number),
            "title": version.title if version else of.title,
            "hash": version.content_hash if version else drafts.order_hash(clauses),
        },
        rows=making.rows(),
        comments_of_text=tuple(making.over.get(None, ())),
    )


def _read(
    session: Session, actor: Actor, of: Position, version: VersionRow | None
) -> tuple[tuple[Clause, ...], Mapping[UUID, str]]:
    """The clauses, and the rendered copy of each."""
    if version is not None:
        return version.clauses, version.html
    rows = drafts.rows(session, actor, of.document_id)
    return tuple(row.clause for row in rows), {row.clause.cid: row.html for row in rows}


def _fits(row: AmendmentRow, clauses: Sequence[Clause], version_id: UUID | None) -> bool:
    """Whether a proposal can be shown on these clauses."""
    hashes = {clause.cid: clause.hash for clause in clauses}
    if row.after is not None and row.after not in hashes:
        return False
    if row.kind is Kind.INSERTION:
        return version_id is None or row.made_from == version_id
    if version_id is None:
        return row.currency is not Currency.ORPHANED
    return hashes.get(row.cid or row.id) == row.base_hash


def traces(session: Session, actor: Actor, of: Position) -> dict[tuple[str, str], rules.Traces]:
    """What an export writes of proposals and comments, by author and date as it writes them.

    For a file that has lost what the export noted in it.
    """
    found: dict[tuple[str, str], rules.Traces] = {}
    for row in amendments.amendments(session, actor, of.id):
        found.setdefault((row.organisation_name, _instant(row.at)), []).append(("", ""))
    threads = discussion.threads(session, actor, of.id)
    names = organisations.names(session, {s.organisation_id for t in threads for s in t.comments})
    for thread in threads:
        for said in thread.comments:
            by = names[said.organisation_id], _instant(said.at)
            found.setdefault(by, []).append((" ".join(said.text.split()), str(thread.id)))
    return found


@dataclass
class _Making:
    clauses: Sequence[Clause]
    labels: Labels
    html: Mapping[UUID, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    comments: list[Said] = field(default_factory=list)
    over: dict[UUID | None, list[str]] = field(default_factory=dict)
    threads: dict[str, UUID] = field(default_factory=dict)

    def say(self, threads: Iterable[ThreadRow], names: Mapping[UUID, str]) -> None:
        """Note what was said, at the clause it was said about."""
        there = {clause.cid for clause in self.clauses}
        for thread in threads:
            about = thread.anchor.clause_id if thread.anchor else None
            place, first = about if about in there else None, ""
            for said in thread.comments:
                quote = thread.anchor.quote if thread.anchor and not first else ""
                parts = (f"“{quote}”" if quote else "", said.text, "" if first else thread.wording)
                words = "\n".join(part for part in parts if part)
                number = self._note(place, names[said.organisation_id], said.at, words, first)
                first = first or number
                self.threads[number] = thread.id

    def _note(
        self, cid: UUID | None, author: str, at: datetime, words: str, answers: str = ""
    ) -> str:
        number = str(len(self.comments))
        self.comments.append(Said(number, author, _instant(at), words, answers))
        self.over.setdefault(cid, []).append(number)
        return number

    def _mark(self, row: AmendmentRow, *, moved: bool = False) -> int:
        self.marks.append(Mark(row.organisation_name, _instant(row.at), moved))
        return len(self.marks) - 1

    def pieces(self, rows: Sequence[AmendmentRow], *, is_draft: bool) -> list[Piece]:
        """The clauses in order, the first proposal for each as tracked changes, the others told."""
        first: dict[UUID | None, AmendmentRow] = {}
        behind: dict[UUID | None, list[Piece]] = {}
        for row in rows:
            if row.kind is Kind.INSERTION:
                behind.setdefault(row.after, []).append(self._inserted(row))
            elif row.cid in first or row.currency is Currency.CONFLICT:
                words = (self.labels.proposes[row.kind], row.heading, row.wording, row.reason)
                told = "\n".join(part for part in words if part)
                self._note(row.cid, row.organisation_name, row.at, told)
            else:
                first[row.cid] = row
                if row.reason:
                    self._note(row.cid, row.organisation_name, row.at, row.reason)
        listed = [(clause, self._clause(clause, first.get(clause.cid), behind, is_draft=is_draft))
                  for clause in self.clauses]  # fmt: skip
        found = list(behind.get(None, ()))
        for clause, piece in listed:
            found += [piece, *behind.get(clause.cid, ())]
        return found

    def _inserted(self, row: AmendmentRow) -> Piece:
        new = Clause(row.id, row.clause_kind, row.heading, row.wording)
        mark = self._mark(row)
        return Piece(
            "", row.clause_kind, tuple(rules.marked(rules.blocks_of_clause(new), ins=mark))
        )

    def _clause(
        self, of: Clause, row: AmendmentRow | None, behind: dict[UUID | None, list[Piece]],
        *, is_draft: bool,
    ) -> Piece:  # fmt: skip
        blocks: Sequence[Block] = rules.blocks_of_clause(of, self.html.get(of.cid))
        move = ""
        if row is not None and row.kind is Kind.MOVE:
            move = f"move{row.id.hex[:8]}"
            mark = self._mark(row, moved=True)
            copy = Piece("", of.kind, tuple(rules.marked(blocks, ins=mark)), (), move)
            behind.setdefault(row.after, []).append(copy)
            blocks = rules.marked(blocks, gone=mark)
        elif row is not None and row.kind is Kind.DELETION:
            blocks = rules.marked(blocks, gone=self._mark(row))
        elif row is not None:
            now = row.outcome if is_draft and row.outcome else row
            new = Clause(of.cid, of.kind, now.heading, now.wording, of.lang)
            blocks = rules.tracked(blocks, rules.blocks_of_clause(new), self._mark(row))
        bookmark = f"_c{of.cid.hex}{of.hash[:6]}"
        return Piece(bookmark, of.kind, tuple(blocks), tuple(self.over.get(of.cid, ())), move)

    def rows(self) -> tuple[tuple[str, dict[str, str], str], ...]:
        """What the hidden part says: the clauses as they are, what was known, the lines."""
        known = {rules.known_key(mark.author, mark.date): "" for mark in self.marks}
        for said in self.comments:
            thread = str(self.threads.get(said.id, ""))
            known[rules.known_key(said.author, said.date, said.text)] = thread
        return (
            *(("clause", _told(clause), clause.text) for clause in self.clauses),
            *(("known", {"key": k} | ({"thread": t} if t else {}), "") for k, t in known.items()),
            *(("line", {}, line) for line in self.labels.lines),
        )


def _told(of: Clause) -> dict[str, str]:
    told = {"cid": str(of.cid), "kind": of.kind, "hash": of.hash, "lang": of.lang}
    return {**told, "heading": of.heading}


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


# --- in: what a file was made from ---------------------------------------------------------------


_MOST_VERSIONS = 5  # newest first: who sends an older one back without its marks downloads it anew


@dataclass(frozen=True)
class Origin:
    """What a returned file was made from.

    html: rendered copies of some. unsure: clauses it marks whose words of that day nobody can
    prove. is_bare: it marks none.
    """

    clauses: dict[UUID, Clause]
    title: str
    version: VersionRow | None
    html: Mapping[UUID, str] = field(default_factory=dict)
    unsure: frozenset[UUID] = frozenset()
    is_bare: bool = False


def origin(session: Session, actor: Actor, of: Position, paper: Paper) -> Origin:
    """The clauses that a file was made from. Raises Invalid where it is no file of this text."""
    text_id, number, version_id = rules.named(paper)
    if text_id is None:
        return _by_its_words(session, actor, of, paper)
    if text_id != of.id:
        raise Invalid(Reason("word.other-text", "file"))
    if version_id or number:
        heads = positions.versions(session, actor, of.id)
        head = next((h for h in heads if h.id == version_id or h.number == number), None)
        if head is None:
            raise Invalid(Reason("word.other-text", "file"))
        version = positions.version(session, actor, head.id)
        clauses = {clause.cid: clause for clause in version.clauses}
        return Origin(clauses, version.title, version, version.html)
    title = str(paper.part["title"]) if paper.part else of.title
    return _of_draft(session, actor, of, paper, title)


def _by_its_words(session: Session, actor: Actor, of: Position, paper: Paper) -> Origin:
    """The draft or the version most of whose clauses stand in the file word for word."""
    heads = positions.versions(session, actor, of.id)[:_MOST_VERSIONS]
    versions = [None, *(positions.version(session, actor, head.id) for head in heads)]
    best, most = None, 0.5
    for version in versions:
        found, html = _read(session, actor, of, version)
        texts = [rules.blocks_of_clause(one, html.get(one.cid)) for one in found]
        share = docx_match.share(paper.blocks, texts)
        if share > most:
            title, most = version.title if version else of.title, share
            best = Origin({c.cid: c for c in found}, title, version, html, is_bare=True)
    if best is None:
        raise Invalid(Reason("word.not-ours", "file"))
    return best


def _of_draft(session: Session, actor: Actor, of: Position, paper: Paper, title: str) -> Origin:
    """The draft's clauses as the file had them: each proved by its own hash."""
    now = {clause.cid: clause for clause in drafts.clauses(session, actor, of.document_id)}
    told = paper.part["clause"] if paper.part else []
    found: dict[UUID, Clause] = {}
    for row in told:
        cid = as_id(row.get("cid", ""))
        if cid is None or not (cid in now or _was_here(session, actor, of, cid)):
            continue
        made = Clause(cid, row["kind"], row["heading"], row["words"], row.get("lang", ""))
        if made.hash == row["hash"]:
            found[cid] = made
    unsure: set[UUID] = set()
    for name in (name for block in paper.blocks for name in block.starts):
        cid = cid_of(name)
        if cid is None or cid in found or not (cid in now or _was_here(session, actor, of, cid)):
            continue
        was = _as_it_was(session, actor, cid, now.get(cid), name[34:])
        found |= {cid: was} if was else {}
        unsure |= set() if was else {cid}
    return Origin(found, title, None, unsure=frozenset(unsure))


def _as_it_was(
    session: Session, actor: Actor, cid: UUID, now: Clause | None, short: str
) -> Clause | None:
    """A clause as it read when its bookmark was written, which holds the start of its hash."""
    if now is not None and now.hash.startswith(short):
        return now
    kind = drafts.place(session, actor, cid).clause.kind
    acts = drafts.history(session, actor, cid)
    read = (Clause(cid, kind, act.heading, act.text) for act in acts)
    return next((clause for clause in read if clause.hash.startswith(short)), None)


def _was_here(session: Session, actor: Actor, of: Position, cid: UUID) -> bool:
    try:
        return drafts.place(session, actor, cid).document_id == of.document_id
    except NotFound:
        return False
