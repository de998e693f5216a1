"""What somebody did to a text in Word: each change at its clause, and what has no place.

Every tracked change and every comment of the file is counted in exactly one thing that is found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from uuid import UUID

from advocacy.copies import rules
from advocacy.formats import docx_clauses as clauses
from advocacy.formats.docx import NO_MARK, Block, Paper, Role, Said, nothing, view
from advocacy.formats.docx_markdown import markdown_of
from advocacy.formats.docx_match import commented, keys_of, owners, places
from advocacy.text.bounded import Budget, joined
from advocacy.text.diff import rising
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Rebased
from advocacy.word.rows import Fate, Found, What

_LONG_QUOTE = 400
_MOST_IN_COMMENT = 3_900


@dataclass(frozen=True)
class Base:
    """What a file was made from. title, lines: what stood above the clauses.

    known: keys of comments and changes that the export wrote (see `rules.known_key`), with the
    thread of each comment. traces: the same for a file that does not say it (`queries.traces`).
    html: rendered copies of clauses. unsure: those that are marked in the file, and nobody knows
    how they read in it. is_bare: nothing in the file is marked. theirs: open proposals as (clause,
    or clause it goes after), heading, words -> whose.
    """

    clauses: Mapping[UUID, Clause]
    title: str = ""
    lines: frozenset[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=dict)
    traces: Mapping[tuple[str, str], rules.Traces] = field(default_factory=dict)
    html: Mapping[UUID, str] = field(default_factory=dict)
    unsure: frozenset[UUID] = frozenset()
    is_bare: bool = False
    theirs: Mapping[tuple[UUID | None, str, str], str] = field(default_factory=dict)
    mine: str = ""


def findings(paper: Paper, base: Base) -> list[Found]:
    """Everything in a returned file, in its order."""
    reader = _Reader(paper, base)
    return [_settled(found, base) for found in reader.all()]


def _settled(found: Found, base: Base) -> Found:
    """Found, unless it is proposed already."""
    if found.state is not Fate.READY or found.what is What.COMMENT:
        return found
    place = found.after if found.what is What.INSERTION else found.cid
    whose = base.theirs.get((place, found.heading, found.wording))
    if whose is None or found.what is What.MOVE:
        return found
    why = "word.proposed-already" if whose == base.mine else "word.proposed-by-other"
    return replace(found, state=Fate.NOTHING, why=why, facts={"organisation": whose})


class _Reader:
    def __init__(self, paper: Paper, base: Base) -> None:
        self._paper, self._base = paper, base
        self._blocks = [block for block in paper.blocks if not block.where]
        marks = enumerate(paper.marks)
        self._known = {n for n, m in marks if self._thread_of(m.author, m.date) is not None}
        self._owners = owners(
            self._blocks,
            {
                cid: partial(rules.blocks_of_clause, one, base.html.get(cid))
                for cid, one in base.clauses.items()
            },
            base.unsure,
        )
        self._at, self._over = places(self._owners), commented(self._blocks)
        self._used, self._left = set[int](), Budget()

    def _thread_of(self, author: str, date: str, text: str = "") -> str | None:
        """The thread of what the export wrote, "" where it has none; None = it did not write it."""
        told = self._base.known.get(rules.known_key(author, date, text))
        if told is not None:
            return told
        folded = " ".join(text.split())
        traces = self._base.traces.get((author, date), ())
        return next((thread for words, thread in traces if words in folded), None)

    def _mine(self, mark: int) -> bool:
        """Accepts what the sender did, and leaves the proposals of others as they were."""
        return mark not in self._known

    # --- everything --------------------------------------------------------------------------

    def all(self) -> list[Found]:
        found: list[Found] = self._head()
        there = [cid for cid in self._at if cid in self._base.clauses]
        changed = {cid: self._clause(cid) for cid in self._at}
        moves = self._moved_by_hand(there) + self._tracked_moves(changed)
        at = 0
        while at < len(self._blocks):
            cid, end = self._owners[at], at + 1
            while end < len(self._blocks) and self._owners[end] == cid:
                end += 1
            found += changed.pop(cid, []) if cid else self._new(at, end)
            at = end
        found += moves
        found += [self._missing(cid) for cid in self._base.clauses if cid not in self._at]
        return [*found, *self._asides(), *self._comments()]

    def _head(self) -> list[Found]:
        """The title, and the lines under it: not part of any clause."""
        found: list[Found] = []
        for at, block in enumerate(self._blocks):
            is_title = block.role == Role.TITLE and self._owners[at] is None
            is_line = block.role == Role.NOTE and self._owners[at] is None
            if not (is_title or is_line):
                continue
            self._used.add(at)
            told = {self._base.title} if is_title else self._base.lines or {block.words}
            if block.words and block.words not in {" ".join(line.split()) for line in told}:
                why = "word.title" if is_title else "word.line"
                found.append(_person(why, wording=block.words, count=block.count))
            elif block.count:
                found.append(_nothing("word.no-difference", block.count))
        return found

    def _clause(self, cid: UUID) -> list[Found]:
        blocks = [self._blocks[at] for at in self._at[cid]]
        count = sum(block.count for block in blocks)
        base = self._base.clauses.get(cid)
        if base is None:
            words = markdown_of(view(blocks, self._mine))
            return [_unsure(Found(What.WORDS, cid=cid, wording=words, count=count))]
        head = bool(base.heading)
        before = rules.written(view(blocks, nothing), has_heading=head)
        # Words that come back as they are kept need no second writing, which is what takes time.
        is_same = before == (base.heading, base.text)
        then = before if is_same else rules.canonical(base)
        accept = _all if _is_nested(blocks, self._known) else self._mine
        after = rules.written(view(blocks, accept), has_heading=head)
        found = self._joined(cid, blocks)
        if after == then:
            if count:
                is_known = all(block.marks <= self._known for block in blocks)
                why = "word.known" if is_known else "word.no-difference"
                found.append(replace(_nothing(why, count), cid=cid))
            return found
        change = Found(
            What.REPLACEMENT if any(after) else What.DELETION,
            cid=cid,
            is_untracked=before != then,
            count=count,
        )
        change = _on_base(change, base)
        if change.what is What.REPLACEMENT:
            heading = after[0] if after[0] != then[0] else base.heading
            change = replace(change, heading=heading, wording=self._words(base, then[1], after[1]))
        return [change, *found]

    def _words(self, base: Clause, then: str, now: str) -> str:
        """The new words, where nothing changed as the text writes them and not as Word does."""
        if then == base.text:
            return now
        made = joined(then, base.text, now, self._left)
        if isinstance(made, Rebased) and markdown_of(rules.body_of(made.text, base.lang)) == now:
            return made.text
        return now

    def _joined(self, cid: UUID, blocks: Sequence[Block]) -> list[Found]:
        """The end of a clause was deleted though its words stay: it would run into the next."""
        last = blocks[-1]
        at = self._at[cid][-1]
        is_deleted = last.gone != NO_MARK and last.gone not in self._known
        if not is_deleted or not view(blocks, _all) or at + 1 >= len(self._blocks):
            return []
        following = self._owners[at + 1]
        if following is None or not self._blocks[at + 1].words:
            return []
        words = f"{last.words} {self._blocks[at + 1].words}"
        return [replace(_person("word.joined", wording=words), cid=cid)]

    def _new(self, start: int, end: int) -> list[Found]:
        """Paragraphs that are in no clause of the text."""
        indexes = [n for n in range(start, end) if n not in self._used]
        blocks = [self._blocks[n] for n in indexes]
        count = sum(block.count for block in blocks)
        after = self._before(start)
        then = view(blocks, nothing)
        now = view(blocks, _all if _is_nested(blocks, self._known) else self._mine)
        if not now:
            return [_nothing("word.known", count)] if count else []
        found = [
            Found(
                What.INSERTION, after=after, clause_kind=new.kind, heading=new.heading,
                wording=new.text, is_untracked=bool(then),
            )
            for new in clauses.grouped(now)
        ]  # fmt: skip
        found[0] = replace(found[0], count=count)
        # Words that are in no clause of ours may be a clause that somebody wrote anew.
        return [_unsure(one) for one in found] if self._base.is_bare else found

    def _before(self, at: int, *, without: UUID | None = None) -> UUID | None:
        """The clause that stands before a block."""
        owners = (owner for owner in reversed(self._owners[:at]) if owner not in (None, without))
        return next(owners, None)

    # --- moves -------------------------------------------------------------------------------

    def _moved_by_hand(self, there: Sequence[UUID]) -> list[Found]:
        """Clauses that stand elsewhere than in the text, without a tracked change."""
        order = {cid: n for n, cid in enumerate(self._base.clauses)}
        kept = rising([order[cid] for cid in there])
        return [
            _on_base(
                Found(What.MOVE, cid=cid, after=there[n - 1] if n else None, is_untracked=True),
                self._base.clauses[cid],
            )
            for n, cid in enumerate(there)
            if order[cid] not in kept
        ]  # fmt: skip

    def _tracked_moves(self, changed: dict[UUID, list[Found]]) -> list[Found]:
        """A clause deleted here whose very words were put in there."""
        moves: list[Found] = []
        for cid, found in changed.items() if self._put_in else ():
            if not found or found[0].what is not What.DELETION or found[0].is_untracked:
                continue
            place = self._place_of(rules.blocks_of_clause(self._base.clauses[cid]))
            if place is None:
                continue
            count = found[0].count + sum(self._blocks[n].count for n in place)
            self._used |= set(place)
            after = self._before(place[0], without=cid)
            moves.append(replace(found.pop(0), what=What.MOVE, after=after, count=count))
        return moves

    def _place_of(self, wanted: Sequence[Block]) -> range | None:
        keys, size = keys_of(wanted), len(wanted)
        for at in self._put_in.get(keys[0], ()) if keys else ():
            here = range(at, min(at + size, len(self._blocks)))
            if not self._used.isdisjoint(here) or any(self._owners[n] for n in here):
                continue
            if keys_of(view([self._blocks[n] for n in here], self._mine)) == keys:
                return here
        return None

    @cached_property
    def _put_in(self) -> dict[str, list[int]]:
        """Where each new paragraph stands, by what it says."""
        found: dict[str, list[int]] = {}
        for at, block in enumerate(self._blocks):
            if self._owners[at] is None and not view([block], nothing):
                for key in keys_of(view([block], self._mine)):
                    found.setdefault(key, []).append(at)
        return found

    # --- the rest ----------------------------------------------------------------------------

    def _missing(self, cid: UUID) -> Found:
        base = self._base.clauses[cid]
        return _on_base(Found(What.MISSING, Fate.PERSON, "word.missing", cid=cid), base)

    def _asides(self) -> list[Found]:
        found = []
        for block in self._paper.blocks:
            if block.where and (block.runs or block.count or block.where == "picture"):
                words = "\n".join(run.text for run in block.runs)
                found.append(_person(f"word.in-{block.where}", wording=words, count=block.count))
        return found

    def _comments(self) -> list[Found]:
        said = {one.id: one for one in self._paper.comments}
        found = {one.id: self._comment(one) for one in said.values()}
        for one in said.values():
            above = said.get(one.answers)
            if above is not None and found[one.id].state is not Fate.NOTHING:
                self._answer(found, one, above)
        return list(found.values())

    def _answer(self, found: dict[str, Found], said: Said, above: Said) -> None:
        """An answer goes into the thread it was written in; else it takes along what it answers."""
        one, first = found[said.id], found[above.id]
        thread = self._thread_of(above.author, above.date, above.text)
        if first.state is Fate.READY:
            found[above.id] = replace(first, facts={**first.facts, "said": above.id})
            thread = above.id
        if thread and one.why != "word.long-comment":
            ready = replace(one, state=Fate.READY, why="", quote="", wording=said.text)
            found[said.id] = replace(ready, cid=first.cid or one.cid, facts={"answers": thread})
            return
        found[said.id] = replace(one, wording=_on(" ".join(above.text.split()), one.wording))

    def _comment(self, said: Said) -> Found:
        text, number = said.text, said.id
        one = Found(What.COMMENT, wording=text, author=said.author)
        if self._thread_of(said.author, said.date, text) is not None:
            return replace(one, state=Fate.NOTHING, why="word.known")
        if not text.strip():
            return replace(one, state=Fate.NOTHING, why="word.empty-comment")
        if len(text) > _MOST_IN_COMMENT:
            return replace(one, state=Fate.PERSON, why="word.long-comment")
        at = self._over.get(number)
        if at is None:
            return replace(one, state=Fate.PERSON, why="word.comment-nowhere")
        return self._placed(one, at, number)

    def _placed(self, one: Found, at: int, number: str) -> Found:
        """A comment at the clause it lies over; its words go with it where they are new."""
        owner = self._owners[at]
        block = self._blocks[at]
        runs = [run for run in block.runs if number in run.comments]
        quote = " ".join("".join(run.text for run in runs if run.stands(_all)).split())
        base = self._base.clauses.get(owner) if owner else None
        if base is None:
            if block.role in (Role.TITLE, Role.NOTE):
                return one
            near = self._before(at)
            return replace(one, cid=near, wording=_on(quote, one.wording), facts={"near": True})
        said = " ".join(b.words for b in rules.blocks_of_clause(base))
        if not quote or quote == said or len(quote) > _LONG_QUOTE:
            return _on_base(replace(one, cid=owner), base)
        if quote in said:
            return _on_base(replace(one, cid=owner, quote=quote), base)
        return _on_base(replace(one, cid=owner, wording=_on(quote, one.wording)), base)


def asides(paper: Paper) -> list[Found]:
    """What a foreign file holds besides its paragraphs, its comments among them."""
    reader = _Reader(paper, Base({}))
    notes = [
        Found(What.COMMENT, Fate.PERSON, "word.of-new-text", wording=s.text, author=s.author)
        for s in paper.comments
        if s.text.strip()
    ]
    return [*reader._asides(), *notes]


def _all(_mark: int) -> bool:
    return True


def _is_nested(blocks: Iterable[Block], known: set[int]) -> bool:
    """Whether the sender changed words inside a proposal of another organisation."""
    return any(
        {run.ins, run.gone} & known and {run.ins, run.gone} - known - {NO_MARK}
        for block in blocks
        for run in block.runs
    )


def _on_base(found: Found, base: Clause) -> Found:
    """Found, with the clause as the sender had it."""
    return replace(
        found,
        base_hash=base.hash,
        base_heading=base.heading,
        base_text=base.text,
        clause_kind=base.kind,
    )


def _person(why: str, *, wording: str = "", count: int = 0) -> Found:
    return Found(What.WORDS, Fate.PERSON, why, wording=wording, count=count)


def _unsure(found: Found) -> Found:
    return replace(found, what=What.WORDS, state=Fate.PERSON, why="word.unsure")


def _nothing(why: str, count: int) -> Found:
    return Found(What.WORDS, Fate.NOTHING, why, count=count)


def _on(quote: str, words: str) -> str:
    return f"> {quote[:_LONG_QUOTE]}\n\n{words}" if quote else words
